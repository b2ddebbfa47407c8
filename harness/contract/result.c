/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of the harness's own outcomes. */
#include "pacheck/result.h"

const char *pac_result_text(enum pac_result result) {
  switch (result) {
#define PAC_RESULT_CASE(name, text) \
  case PAC_RESULT_##name:           \
    return text;
    PAC_RESULT_MAP(PAC_RESULT_CASE)
#undef PAC_RESULT_CASE
  }
  return "unknown result";
}
