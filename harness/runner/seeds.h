/* SPDX-License-Identifier: Apache-2.0 */
/** The command `export-seeds`: what the suites put as inputs of the fuzz targets. */
#ifndef PACHECK_RUNNER_SEEDS_H
#define PACHECK_RUNNER_SEEDS_H

#include "case/case.h"
#include "runner/options.h"

/**
 * Runs the cases that the filter selects on the reference, takes down the calls of each, and writes them below the folder
 * options->operand: <target>/<name of the case>, as seed_files.h says; files of calls in the same way, under their own
 * names. Gives the exit code: 0, or 2 after one sentence.
 */
int pac_export_seeds_main(const struct pac_run_options *options, const struct pac_suite *const *suites);

#endif
