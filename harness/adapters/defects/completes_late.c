/* SPDX-License-Identifier: Apache-2.0 */
/* A put completes as it should, and once more when its case has long ended: as the next case connects. */
#include "adapters/defects/defect.h"

static struct pac_sink *remembered;

static pac_hresult put(const struct defect_put *call) {
  remembered = call->sink;
  return defect_pass_on(call);
}

static void connects(void) {
  if (remembered != NULL) {
    (void)pac_sink_completed(remembered, 0, NULL, NULL);
    remembered = NULL;
  }
}

const struct defect the_defect = {.name = "completes_late", .put = put, .connects = connects};
