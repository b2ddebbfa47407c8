/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reports: pure functions of a judgement. The same journal gives the same report, to the octet, but for the durations
 * that JUnit shows.
 *
 * Text that came from the implementation under test is shown so that it can steer neither a terminal nor an XML reader:
 * a control character becomes `\x1b`, an octet that is no UTF-8 becomes U+FFFD.
 */
#ifndef PACHECK_REPORTS_REPORT_H
#define PACHECK_REPORTS_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "runner/judgement.h"

struct pac_report_text_options {
  bool color;            /* ANSI colours */
  bool is_full;          /* every failure, every case and every clause */
  uint32_t failures_max; /* failing and broken cases shown in detail, of each kind; 0 shows all */
  const char
      *replay_prefix; /* what the case id is appended to, such as "pacheck replay"; null leaves the command out */
};

/**
 * Writes the report for a terminal of 100 columns, the most important first.
 *
 * Errors  PAC_RESULT_IO, PAC_RESULT_NO_MEMORY; part of the report may then be written.
 */
enum pac_result pac_report_text(FILE *file, const struct pac_judgement *judgement,
                                const struct pac_report_text_options *options);

struct pac_report_junit_options {
  const char *replay_prefix; /* as above */
};

/**
 * Writes the JUnit file: one test suite for each suite, one test case for each case, and a last one, `pacheck.run`,
 * that is an error when the run could not be judged.
 *
 * Errors  PAC_RESULT_IO, PAC_RESULT_NO_MEMORY; part of the report may then be written.
 */
enum pac_result pac_report_junit(FILE *file, const struct pac_judgement *judgement,
                                 const struct pac_report_junit_options *options);

#endif
