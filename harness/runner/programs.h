/* SPDX-License-Identifier: Apache-2.0 */
/** The commands for programs of calls: replay of a `.put` file, fuzz-to-put, shrink, explore. */
#ifndef PACHECK_RUNNER_PROGRAMS_H
#define PACHECK_RUNNER_PROGRAMS_H

#include "program/program.h"
#include "runner/options.h"

/** True when the operand of `replay` names a file of calls and not a case. */
bool pac_programs_is_file(const char *operand);

/** Reads a file of calls; null after one sentence. The caller frees it. */
struct pac_program *pac_programs_read(const char *path);

/* Each gives the exit code: 0 conforms, 1 does not, 2 could not judge, after one sentence. */
int pac_programs_replay(const struct pac_run_options *options);
int pac_programs_fuzz_to_put(const struct pac_run_options *options);
int pac_programs_shrink(const struct pac_run_options *options);
int pac_programs_explore(const struct pac_run_options *options);

#endif
