/* SPDX-License-Identifier: Apache-2.0 */
/** The command `explain`: what a clause, a reading or a case means. */
#ifndef PACHECK_RUNNER_EXPLAIN_H
#define PACHECK_RUNNER_EXPLAIN_H

#include "runner/options.h"
#include "runner/plan.h"

/** Explains options->operand. Gives the exit code: 0, or 2 after one sentence. */
int pac_explain_main(const struct pac_run_options *options, const struct pac_suite *const *suites);

#endif
