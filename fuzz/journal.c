/* SPDX-License-Identifier: Apache-2.0 */
/* No file harms the reader of journals: it says why it refuses one; what it accepts is judged, planned cases being the sum
 * of the verdicts, and is the same journal when it is written and read again. */
#include "input.h"
#include "runner/judgement.h"

struct text {
  char *octets;
  size_t size;
};

/* Writes what the journal holds, late events of its cases as the findings that they have become. */
static struct text write(const struct pac_journal *journal) {
  struct text text = {NULL, 0};
  uint32_t verdict_counts[PAC_VERDICT_COUNT] = {0};
  FILE *file = open_memstream(&text.octets, &text.size);
  PAC_CHECK(file != NULL && pac_journal_write_run(file, &journal->run) == PAC_RESULT_OK, "the run is not written");
  for (uint32_t i = 0; i < journal->case_count; i++) {
    PAC_CHECK(pac_journal_write_case(file, &journal->cases[i]) == PAC_RESULT_OK, "case %u is not written", (unsigned)i);
    verdict_counts[journal->cases[i].record->verdict] += 1;
  }
  for (uint32_t i = 0; i < journal->stray_count; i++) {
    PAC_CHECK(pac_journal_write_late(file, UINT32_MAX, NULL, NULL, journal->strays[i]) == PAC_RESULT_OK, "a late event");
  }
  if (journal->is_complete) {
    PAC_CHECK(pac_journal_write_end(file, journal->run.planned, verdict_counts) == PAC_RESULT_OK, "the end");
  }
  fclose(file);
  return text;
}

static enum pac_result read(const void *octets, size_t size, struct pac_journal **journal, char *why, size_t why_size) {
  FILE *file = fmemopen((void *)(uintptr_t)octets, size, "r");
  PAC_CHECK(file != NULL, "fmemopen");
  enum pac_result result = pac_journal_read(file, journal, why, why_size);
  fclose(file);
  return result;
}

static void check_written(const struct pac_journal *journal) {
  struct pac_journal *again = NULL;
  char why[256] = "";
  struct text first = write(journal);
  enum pac_result result = read(first.octets, first.size, &again, why, sizeof why);
  PAC_CHECK(result == PAC_RESULT_OK, "what was written is refused: %s\n%s", why, first.octets);
  struct text second = write(again);
  PAC_CHECK(first.size == second.size && memcmp(first.octets, second.octets, first.size) == 0,
            "written again it is another journal:\n%s%s", first.octets, second.octets);
  free(first.octets);
  free(second.octets);
  pac_journal_free(again);
}

static void check_judged(const struct pac_journal *journal) {
  struct pac_judgement *judgement = NULL;
  PAC_CHECK(pac_judge(journal, &judgement) == PAC_RESULT_OK, "it cannot be judged");
  uint64_t sum = 0;
  for (unsigned i = 0; i < PAC_VERDICT_COUNT; i++) {
    sum += judgement->verdict_counts[i];
  }
  PAC_CHECK(sum == journal->run.planned, "%llu verdicts of %u planned cases", (unsigned long long)sum, journal->run.planned);
  PAC_CHECK(judgement->verdict_line[0] != '\0', "no sentence says why");
  pac_judgement_free(judgement);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_journal *journal = NULL;
  char why[256] = "";
  if (size == 0) {
    return 0; /* fmemopen wants a size above 0 */
  }
  enum pac_result result = read(data, size, &journal, why, sizeof why);
  PAC_CHECK((journal != NULL) == (result == PAC_RESULT_OK), "%s", pac_result_text(result));
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_MALFORMED, "%s", pac_result_text(result));
  PAC_CHECK(result == PAC_RESULT_OK || why[0] != '\0', "refused without a reason");
  for (uint32_t i = 0; journal != NULL && i < journal->case_count; i++) {
    const struct pac_journal_case *at = &journal->cases[i];
    PAC_CHECK(at->suite != NULL && at->name != NULL && at->record != NULL, "case %u has no name or no record", (unsigned)i);
    PAC_CHECK(i == 0 || journal->cases[i - 1].index < at->index, "cases are out of order");
    PAC_CHECK((unsigned)at->record->verdict < PAC_VERDICT_COUNT, "no verdict");
  }
  if (journal != NULL) {
    check_judged(journal);
    check_written(journal);
  }
  pac_journal_free(journal);
  return 0;
}
