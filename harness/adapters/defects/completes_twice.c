/* SPDX-License-Identifier: Apache-2.0 */
/* A put has one OnCompleted too many. */
#include "adapters/defects/defect.h"

static pac_hresult put(const struct defect_put *call) {
  (void)pac_sink_completed(call->sink, 0, NULL, call->async_context);
  return defect_pass_on(call);
}

const struct defect the_defect = {.name = "completes_twice", .put = put};
