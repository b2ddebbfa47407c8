/* SPDX-License-Identifier: Apache-2.0 */
/** The cases of a judgement by suite. */
#ifndef PACHECK_REPORTS_SUITES_H
#define PACHECK_REPORTS_SUITES_H

#include "runner/judgement.h"

struct pac_report_suite {
  const char *name;
  const struct pac_journal_case **cases; /* in the order of the plan */
  uint32_t case_count;
  uint32_t verdict_counts[PAC_VERDICT_COUNT];
  double milliseconds;
};

/** Gives the suites in the order in which the plan first names them. They live in `arena`. */
enum pac_result pac_report_suites_list(struct pac_arena *arena, const struct pac_judgement *judgement,
                                       struct pac_report_suite **given, uint32_t *count);

#endif
