/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing is supported: no such adapter may pass. */
#include "adapters/defects/defect.h"

const struct defect the_defect = {.name = "answers_unsupported",
                                  .answer = PAC_ANSWER_UNSUPPORTED,
                                  .has_answer = true,
                                  .hidden_features = UINT32_MAX & ~(uint32_t)PAC_FEATURE_PUMP};
