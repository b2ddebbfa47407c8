/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs a plan through worker processes. The supervisor never loads an adapter: whatever one does, the plan goes on.
 */
#ifndef PACHECK_RUNNER_SUPERVISE_H
#define PACHECK_RUNNER_SUPERVISE_H

#include "runner/journal.h"
#include "runner/options.h"
#include "runner/plan.h"
#include "runner/progress.h"

/**
 * Runs the plan with options->jobs workers and writes the journal, all but its order in time independent of that
 * number.
 *
 * A crash, an exit or a hang is charged to the case that was running, and a new worker goes on with the next. `run` is
 * what the run line tells; name, version and features are filled in from the first worker that is ready.
 *
 * Errors  PAC_RESULT_UNSUPPORTED (no worker can use the adapter), PAC_RESULT_IO, PAC_RESULT_NO_MEMORY,
 * PAC_RESULT_BROKEN (stopped by a signal), each with one sentence in `why`.
 */
enum pac_result pac_supervise(const struct pac_run_options *options, const struct pac_plan *plan,
                              const struct pac_journal_run *run, FILE *journal, struct pac_progress *progress,
                              char *why, size_t why_size);

#endif
