/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Named value sets: the provider context and the async context of a put (SWbemNamedValueSet).
 *
 * A set maps names to values. Names are unique ignoring case and keep the spelling of the first Add; elements keep the
 * order of their first Add. Values of every CIM type and arrays of them can be held, and null without a type. The types
 * that are published for a context: boolean, string, sint8 to sint32, uint8 to uint32, real32, real64, object, null, and
 * arrays of these (reading A-56).
 * Source: named_value_set clauses.
 */
#ifndef PACHECK_NAMED_VALUES_H
#define PACHECK_NAMED_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "pacheck/memory.h"
#include "pacheck/result.h"
#include "pacheck/value.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pac_named_values;

#define PAC_NAMED_VALUES_MAX 65535u

/** One element, borrowed until the set is next modified. */
struct pac_named_value {
  const char *name;
  struct pac_value value;
};

/** Makes an empty set. */
enum pac_result pac_named_values_new(const struct pac_memory *memory, struct pac_named_values **given);

/** Makes a new set with the same elements; later changes of one do not show in the other (Clone). */
enum pac_result pac_named_values_clone(const struct pac_memory *memory, const struct pac_named_values *set,
                                       struct pac_named_values **given);

/** Frees the set. Null is allowed. */
void pac_named_values_free(struct pac_named_values *set);

/**
 * Adds an element, or replaces the value of the one of that name (Add).
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (a null or empty name), PAC_RESULT_LIMIT, those of pac_value_check.
 */
enum pac_result pac_named_values_add(struct pac_named_values *set, const char *name, const struct pac_value *value);

/** Removes the element of that name (Remove). Errors: PAC_RESULT_NOT_FOUND, PAC_RESULT_INVALID_ARGUMENT (null name). */
enum pac_result pac_named_values_remove(struct pac_named_values *set, const char *name);

/** Empties the set (DeleteAll). */
void pac_named_values_delete_all(struct pac_named_values *set);

/** Finds the element of that name (Item); null when there is none. */
const struct pac_named_value *pac_named_values_item(const struct pac_named_values *set, const char *name);

uint32_t pac_named_values_count(const struct pac_named_values *set);

/** The element at `index` in enumeration order; null at and past the end. */
const struct pac_named_value *pac_named_values_at(const struct pac_named_values *set, uint32_t index);

/** True when both hold the same names (ignoring case) with equal types and values, in any order. Null equals null only. */
bool pac_named_values_equal(const struct pac_named_values *left, const struct pac_named_values *right);

#ifdef __cplusplus
}
#endif
#endif
