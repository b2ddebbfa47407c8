/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Judges a journal and prints the reports that the options ask for.
 */
#ifndef PACHECK_RUNNER_SHOW_H
#define PACHECK_RUNNER_SHOW_H

#include "runner/judgement.h"
#include "runner/options.h"

/** `names` are the journals', for sentences; several are the shards of a run. Gives the exit code of the program. */
int pac_show_journals(const struct pac_run_options *options, const char *const *names, FILE *const *journals,
                      size_t count);

/**
 * Prints the command that replays a case of a run, but for the case itself, as a shell takes it: adapter, options,
 * profile, seed and timeout as they were. The caller frees it; null when there is no memory.
 */
char *pac_replay_prefix_new(const struct pac_journal_run *run);

#endif
