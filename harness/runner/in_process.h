/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs a plan in this very process, for a debugger: the same plan and the same journal, without protection.
 */
#ifndef PACHECK_RUNNER_IN_PROCESS_H
#define PACHECK_RUNNER_IN_PROCESS_H

#include "runner/journal.h"
#include "runner/options.h"
#include "runner/plan.h"
#include "runner/progress.h"

/** As pac_supervise. */
enum pac_result pac_run_in_process(const struct pac_run_options *options, const struct pac_plan *plan,
                                   const struct pac_journal_run *run, FILE *journal, struct pac_progress *progress,
                                   char *why, size_t why_size);

#endif
