/* SPDX-License-Identifier: Apache-2.0 */
/** The ways to make the objects of a program simpler, one at a time: for the shrinker. */
#ifndef PACHECK_PROGRAM_SIMPLER_H
#define PACHECK_PROGRAM_SIMPLER_H

#include "program/program.h"

/**
 * Changes the objects of `program` in the nth way in which they could be simpler. What is made from a changed object is
 * made anew. Once a way was taken it is none any more, so taking them until there is none ends.
 *
 * Errors  PAC_RESULT_NOT_FOUND: there is no nth way. Anything else: the program is not usable and that way leads
 * nowhere.
 */
enum pac_result pac_program_simpler(struct pac_program *program, uint32_t nth);

#endif
