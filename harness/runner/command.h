/* SPDX-License-Identifier: Apache-2.0 */
/** The pacheck command with a list of suites: what main does, and what a test program can do with suites of its own. */
#ifndef PACHECK_RUNNER_COMMAND_H
#define PACHECK_RUNNER_COMMAND_H

#include "case/case.h"

/** Runs the command of argv; gives the exit code. Worker processes are this same executable, called with `worker`. */
int pac_command_main(int argc, char **argv, const struct pac_suite *const *suites);

#endif
