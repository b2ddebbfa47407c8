/* SPDX-License-Identifier: Apache-2.0 */
/* The implementation works, and leaves a child behind that keeps every descriptor open. */
#include <unistd.h>

#include "adapters/defects/defect.h"

static pac_hresult put(const struct defect_put *call) {
  if (fork() == 0) {
    for (;;) {
      (void)pause();
    }
  }
  return defect_pass_on(call);
}

const struct defect the_defect = {.name = "fork_child", .put = put};
