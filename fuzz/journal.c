/* SPDX-License-Identifier: Apache-2.0 */
/* No file harms the reader of journals: it says why it refuses one, and what it accepts can be judged. */
#include "input.h"
#include "runner/journal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  /* fmemopen wants a size above 0 and a block that it may write to. */
  char *copy = malloc(size + 1);
  PAC_CHECK(copy != NULL, "not enough memory");
  memcpy(copy, data, size);
  copy[size] = '\n';
  FILE *file = fmemopen(copy, size + 1, "r");
  PAC_CHECK(file != NULL, "fmemopen");
  struct pac_journal *journal = NULL;
  char why[256] = "";
  enum pac_result result = pac_journal_read(file, &journal, why, sizeof why);
  fclose(file);
  free(copy);
  PAC_CHECK((journal != NULL) == (result == PAC_RESULT_OK), "%s", pac_result_text(result));
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_MALFORMED, "%s", pac_result_text(result));
  PAC_CHECK(result == PAC_RESULT_OK || why[0] != '\0', "refused without a reason");
  for (uint32_t i = 0; journal != NULL && i < journal->case_count; i++) {
    const struct pac_journal_case *at = &journal->cases[i];
    PAC_CHECK(at->suite != NULL && at->name != NULL && at->record != NULL, "case %u has no name or no record", (unsigned)i);
    PAC_CHECK(i == 0 || journal->cases[i - 1].index < at->index, "cases are out of order");
    PAC_CHECK((unsigned)at->record->verdict < PAC_VERDICT_COUNT, "no verdict");
  }
  pac_journal_free(journal);
  return 0;
}
