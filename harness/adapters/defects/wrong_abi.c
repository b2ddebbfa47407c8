/* SPDX-License-Identifier: Apache-2.0 */
/* The table is one of a pacheck that does not exist yet. */
#include "adapters/defects/defect.h"

const struct defect the_defect = {.name = "wrong_abi", .abi = PAC_ADAPTER_ABI + 1};
