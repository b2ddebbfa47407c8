/* SPDX-License-Identifier: Apache-2.0 */
/** The command `list`: cases, suites or clauses, one a line, or the cases as JSON. */
#ifndef PACHECK_RUNNER_LIST_H
#define PACHECK_RUNNER_LIST_H

#include "runner/options.h"
#include "runner/plan.h"

/** Gives the exit code: 0, or 2 after one sentence. */
int pac_list_main(const struct pac_run_options *options, const struct pac_suite *const *suites);

#endif
