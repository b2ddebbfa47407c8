/* SPDX-License-Identifier: Apache-2.0 */
/** The parts of the terminal report, in the order in which they are printed. */
#ifndef PACHECK_REPORTS_TEXT_PARTS_H
#define PACHECK_REPORTS_TEXT_PARTS_H

#include "reports/report.h"
#include "reports/suites.h"
#include "reports/terminal.h"

struct pac_report_page {
  struct pac_terminal terminal;
  const struct pac_judgement *judgement;
  const struct pac_report_text_options *options;
  const struct pac_report_suite *suites;
  uint32_t suite_count;
};

/* text_failures.c */
void pac_report_print_failures(const struct pac_report_page *page);
void pac_report_print_broken(const struct pac_report_page *page);
void pac_report_print_unsupported(const struct pac_report_page *page);
void pac_report_print_strays(const struct pac_report_page *page);
/* text_coverage.c */
void pac_report_print_clauses(const struct pac_report_page *page);
void pac_report_print_readings(const struct pac_report_page *page);

#endif
