/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The commands that judge: `run`, `replay` and `report`. Each gives the exit code of the program.
 */
#ifndef PACHECK_RUNNER_RUN_H
#define PACHECK_RUNNER_RUN_H

#include "runner/options.h"
#include "runner/plan.h"

/** `pacheck run`, and `pacheck replay`, which is a run of the one case named by options->operand. */
int pac_run_main(const struct pac_run_options *options, const struct pac_suite *const *suites);

/** `pacheck report`. */
int pac_report_main(const struct pac_run_options *options);

#endif
