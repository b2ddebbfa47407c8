/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The structure-aware mutator, whatever the engine: octets in, other octets out, by the seed given and nothing else.
 *
 * Most mutants are as valid as what they were made from: a change of the structure repairs every length, count and
 * reference around it. A share is broken on purpose afterwards, once. Anything may be given; what does not parse is
 * treated as far as it does.
 */
#ifndef PACHECK_FUZZ_MUTATOR_H
#define PACHECK_FUZZ_MUTATOR_H

#include <stddef.h>
#include <stdint.h>

#define PAC_MUTATOR_OCTETS_MAX 65536u /* of a mutant; more is never made, whatever an engine allows */

struct pac_mutator;

/** Changes `size` octets in place, at most `max` of them, and returns the new size: the engine's own mutation. */
typedef size_t (*pac_leaf_mutation)(uint8_t *octets, size_t size, size_t max);

/** Makes the mutator of a target; null without memory, or when kinds.def has no row for the target. */
struct pac_mutator *pac_mutator_new(const char *target, pac_leaf_mutation leaf);
void pac_mutator_free(struct pac_mutator *mutator);

/**
 * Mutates `size` octets in place and returns the new size, at least 1 and at most `max`. `partner` (may be null) is another
 * input of the same target from which parts are taken.
 */
size_t pac_mutate(struct pac_mutator *mutator, uint8_t *octets, size_t size, size_t max, const uint8_t *partner,
                  size_t partner_size, uint64_t seed);

/** How deep in the document the last mutation was made (the outermost object is 0), for the acceptance test. */
unsigned pac_mutator_depth(const struct pac_mutator *mutator);

#endif
