/* SPDX-License-Identifier: Apache-2.0 */
/* Every result has a text of its own. */
#include "unit.h"

#include <string.h>

static void every_result_has_a_text_of_its_own(void) {
  for (int left = PAC_RESULT_OK; left <= PAC_RESULT_BROKEN; left++) {
    CU_ASSERT_STRING_NOT_EQUAL(pac_result_text((enum pac_result)left), "unknown result");
    for (int right = left + 1; right <= PAC_RESULT_BROKEN; right++) {
      CU_ASSERT_STRING_NOT_EQUAL(pac_result_text((enum pac_result)left), pac_result_text((enum pac_result)right));
    }
  }
  CU_ASSERT_STRING_EQUAL(pac_result_text((enum pac_result)(PAC_RESULT_BROKEN + 1)), "unknown result");
}

static CU_TestInfo tests[] = {
    {"every_result_has_a_text_of_its_own", every_result_has_a_text_of_its_own},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("result", tests)
