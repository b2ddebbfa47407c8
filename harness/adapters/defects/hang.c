/* SPDX-License-Identifier: Apache-2.0 */
/* The call never returns. */
#include <unistd.h>

#include "adapters/defects/defect.h"

static pac_hresult put(const struct defect_put *call) {
  (void)call;
  while (pause() != 0) {
  }
  return PAC_ANSWER_BROKEN;
}

const struct defect the_defect = {.name = "hang", .put = put};
