/* SPDX-License-Identifier: Apache-2.0 */
/** Reading what the input carries after its instructions: texts, values, contexts. Past the end everything is zero. */
#ifndef PACHECK_PROGRAM_CARRIED_H
#define PACHECK_PROGRAM_CARRIED_H

#include "program/bytes.h"

/** A piece of the input, read from the front. */
struct pac_carried {
  const uint8_t *data;
  size_t size;
  size_t at;
};

/** The next number of so many octets, at most eight, the lowest first. */
uint64_t pac_carried_number(struct pac_carried *carried, unsigned octets);

/* What these give lives in the program's arena. Errors: PAC_RESULT_NO_MEMORY. */

/** The next text with its length before it, usable as text; null when it cannot be, or is null. */
enum pac_result pac_carried_text(struct pac_program *program, struct pac_carried *carried, const char **text);

/** The next value of a type. What cannot be held is null. */
enum pac_result pac_carried_value(struct pac_program *program, struct pac_carried *carried, enum pac_cim_type type,
                                  struct pac_value *value);

/** Objects in one value of a property, in each other too, each counted as often as it stands there. */
#define PAC_CARRIED_OBJECTS_MAX 16u

/**
 * True when a value holds no more objects than that: a value that names one object many times, inside of another that does
 * so, would be copied whole for each. Contexts are not asked.
 */
bool pac_carried_holds_few_objects(const struct pac_value *value);

/** The next context. */
enum pac_result pac_carried_context(struct pac_program *program, struct pac_carried *carried,
                                    struct pac_named_values **given);

#endif
