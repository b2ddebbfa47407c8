/* SPDX-License-Identifier: Apache-2.0 */
/* A put completes as it should, and once more when it has been judged and its case not ended: as the connection closes. */
#include "adapters/defects/defect.h"

static struct pac_sink *remembered;

static pac_hresult put(const struct defect_put *call) {
  remembered = call->sink;
  return defect_pass_on(call);
}

static void closes(void) {
  if (remembered != NULL) {
    (void)pac_sink_completed(remembered, 0, NULL, NULL);
    remembered = NULL;
  }
}

const struct defect the_defect = {.name = "completes_in_close", .put = put, .closes = closes};
