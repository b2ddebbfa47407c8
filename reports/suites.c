/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts the cases of a judgement by suite. A journal may name any number of suites, so this sorts and never searches. */
#include "reports/suites.h"

#include <stdlib.h>
#include <string.h>

static int by_suite_and_index(const void *left, const void *right) {
  const struct pac_journal_case *a = *(const struct pac_journal_case *const *)left;
  const struct pac_journal_case *b = *(const struct pac_journal_case *const *)right;
  int order = strcmp(a->suite, b->suite);
  return order != 0 ? order : a->index < b->index ? -1 : a->index > b->index;
}

static int by_first_index(const void *left, const void *right) {
  const struct pac_report_suite *a = left, *b = right;
  return a->cases[0]->index < b->cases[0]->index ? -1 : a->cases[0]->index > b->cases[0]->index;
}

enum pac_result pac_report_suites_list(struct pac_arena *arena, const struct pac_judgement *judgement,
                                       struct pac_report_suite **given, uint32_t *count) {
  uint32_t case_count = judgement->case_count, suite_count = 0;
  const struct pac_journal_case **cases = pac_arena_allocate_array(arena, case_count, sizeof *cases);
  if (cases == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (uint32_t i = 0; i < case_count; i++) {
    cases[i] = &judgement->cases[i];
  }
  if (case_count > 0) {
    qsort(cases, case_count, sizeof *cases, by_suite_and_index);
  }
  for (uint32_t i = 0; i < case_count; i++) {
    suite_count += i == 0 || strcmp(cases[i - 1]->suite, cases[i]->suite) != 0;
  }
  struct pac_report_suite *suites = pac_arena_allocate_array(arena, suite_count, sizeof *suites);
  if (suites == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  struct pac_report_suite *suite = NULL;
  for (uint32_t i = 0; i < case_count; i++) {
    if (suite == NULL || strcmp(suite->name, cases[i]->suite) != 0) {
      suite = suite == NULL ? suites : suite + 1;
      suite->name = cases[i]->suite;
      suite->cases = &cases[i];
    }
    suite->case_count += 1;
    suite->verdict_counts[cases[i]->record->verdict] += 1;
    suite->milliseconds += cases[i]->milliseconds;
  }
  if (suite_count > 0) {
    qsort(suites, suite_count, sizeof *suites, by_first_index);
  }
  *given = suites;
  *count = suite_count;
  return PAC_RESULT_OK;
}
