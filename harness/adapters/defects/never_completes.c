/* SPDX-License-Identifier: Apache-2.0 */
/* A put that was accepted never gets its OnCompleted, and the adapter cannot tell that nothing more will come. */
#include "adapters/defects/defect.h"

static pac_hresult put(const struct defect_put *call) {
  (void)call;
  return 0;
}

const struct defect the_defect = {
    .name = "never_completes", .put = put, .hidden_features = PAC_FEATURE_PUMP | PAC_FEATURE_QUIESCE};
