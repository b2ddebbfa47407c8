/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the octet form of a program says with one octet: names, types, values, contexts.
 *
 * An operand below 128 chooses from a pool, in which the first entries, and most of them, make valid objects; 128 and above
 * chooses from the texts and values that the input carries itself. Every octet means something.
 */
#ifndef PACHECK_PROGRAM_POOL_H
#define PACHECK_PROGRAM_POOL_H

#include "program/program.h"

/* The kinds of names; each has a pool. */
enum pac_pool_names { PAC_POOL_CLASS, PAC_POOL_PROPERTY, PAC_POOL_METHOD, PAC_POOL_QUALIFIER };

/** The name that an operand below 128 means; null for the class name that is missing. */
const char *pac_pool_name(enum pac_pool_names names, uint8_t operand);
/** The operand of a name; false when the pool does not hold it in this spelling. */
bool pac_pool_name_find(enum pac_pool_names names, const char *name, uint8_t *operand);

/** The type that an operand means, and its operand. */
enum pac_cim_type pac_pool_type(uint8_t operand);
uint8_t pac_pool_type_operand(enum pac_cim_type type);

#define PAC_POOL_ELEMENTS_MAX 3u

/** The value of that type and form that an operand below 128 means; `elements` is what an array in it points to. */
struct pac_value pac_pool_value(enum pac_cim_type type, bool is_array, uint8_t operand,
                                union pac_scalar elements[PAC_POOL_ELEMENTS_MAX]);

/** What a qualifier may hold, by operand below 128: a boolean, text, sint32 or real64. */
struct pac_value pac_pool_qualifier_value(uint8_t operand);

/** The provider context that an operand below 128 means; *given is null for none. */
enum pac_result pac_pool_context(const struct pac_memory *memory, uint8_t operand, struct pac_named_values **given);

/** The statuses that a provider of a program answers with. */
enum pac_status pac_pool_answer(uint8_t operand);

/** Flag values, by operand: those of the page and their combinations first, then bits of other meaning and of none. */
uint32_t pac_pool_flags(uint8_t operand);
bool pac_pool_flags_find(uint32_t flags, uint8_t *operand);

#endif
