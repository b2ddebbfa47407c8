/* SPDX-License-Identifier: Apache-2.0 */
/* The implementation ends the process, with a status that looks like success. */
#include <unistd.h>

#include "adapters/defects/defect.h"

static pac_hresult put(const struct defect_put *call) {
  (void)call;
  _exit(0);
}

const struct defect the_defect = {.name = "exit", .put = put};
