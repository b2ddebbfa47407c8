/* SPDX-License-Identifier: Apache-2.0 */
/** Making a program small that shows something. */
#ifndef PACHECK_PROGRAM_SHRINK_H
#define PACHECK_PROGRAM_SHRINK_H

#include "program/program.h"

/** Runs a candidate; true when it still shows what the first program showed. */
typedef bool (*pac_program_test)(void *context, const struct pac_program *candidate);

/**
 * Leaves out calls, members and qualifiers of objects, flags, contexts and their elements, and says the rest as plainly as
 * it can be said (one object for two that are equal, no parent, plain values), as long as the test stays true, until
 * nothing more can go or `tests_max` candidates were tried. What the file expected of calls is left out too.
 *
 * Errors  PAC_RESULT_NO_MEMORY. *given is the smallest program found, the first one when nothing could go.
 */
enum pac_result pac_program_shrink(const struct pac_program *program, pac_program_test test, void *context,
                                   uint32_t tests_max, struct pac_program **given);

#endif
