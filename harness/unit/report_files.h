/* SPDX-License-Identifier: Apache-2.0 */
/** What the tests of reports share: the sample journal, judged, and files as text. */
#ifndef PACHECK_UNIT_REPORT_FILES_H
#define PACHECK_UNIT_REPORT_FILES_H

#include "journal_lines.h"
#include "reports/report.h"

#define EXPECTED_DIR PAC_SOURCE_DIR "/reports/expected/"
#define REPLAY "pacheck replay ./libmine.so"
#define FILE_SIZE_MAX 1000000L

/** The whole file as text, to be freed; null when it cannot be read. */
static inline char *file_text(const char *path) {
  FILE *file = fopen(path, "r");
  char *text = file == NULL ? NULL : calloc(1, FILE_SIZE_MAX + 1);
  if (text != NULL) {
    size_t length = fread(text, 1, FILE_SIZE_MAX, file);
    text[length] = '\0';
  }
  if (file != NULL) {
    fclose(file);
  }
  return text;
}

/** The sample: a run in which everything went wrong once. */
static inline struct pac_journal *sample_journal(const struct pac_memory *memory) {
  struct pac_journal *journal = NULL;
  char why[200] = "";
  FILE *file = fopen(EXPECTED_DIR "sample.jsonl", "r");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  CU_ASSERT_EQUAL_FATAL(pac_journal_read_with(memory, file, &journal, why, sizeof why), PAC_RESULT_OK);
  fclose(file);
  return journal;
}

static inline struct pac_judgement *judgement_of(const struct pac_journal *journal) {
  struct pac_judgement *judgement = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_judge(journal, &judgement), PAC_RESULT_OK);
  return judgement;
}

#endif
