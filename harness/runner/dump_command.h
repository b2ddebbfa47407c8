/* SPDX-License-Identifier: Apache-2.0 */
/** The command dump: prints an encoded object, object array or context for a reader. */
#ifndef PACHECK_RUNNER_DUMP_COMMAND_H
#define PACHECK_RUNNER_DUMP_COMMAND_H

#include "runner/options.h"

/** Exit code: 0 the file decodes under the profile, 1 it does not, 2 it could not be read. */
int pac_dump_main(const struct pac_run_options *options);

#endif
