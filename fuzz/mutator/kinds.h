/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A kind of input: how one mutation of it is made.
 *
 * A kind gets the document without a map and may use the two documents as it likes. A new kind is a function here, a file of
 * its own, and a row in kinds.def.
 */
#ifndef PACHECK_FUZZ_KINDS_H
#define PACHECK_FUZZ_KINDS_H

#include "layout.h"

/** What a kind works with. `partner` holds the octets of the other input, without a map; size 0 when there is none. */
struct mutation {
  struct document *document;
  struct document *partner;
};

/** Makes the partner known to the operators of a kind; both maps are laid when they are needed. */
static inline void mut_mutation_begin(struct mutation *mutation, mut_map map) {
  mutation->document->map = map;
  mutation->document->is_mapped = false;
  mutation->document->partner = mutation->partner->size > 0 ? mutation->partner : NULL;
  mutation->partner->map = map;
  mutation->partner->is_mapped = false;
}

typedef void (*pac_kind)(struct mutation *mutation);

void mut_mutate_unit(struct mutation *mutation);
void mut_mutate_context(struct mutation *mutation);
void mut_mutate_object_array(struct mutation *mutation);
void mut_mutate_container(struct mutation *mutation);
void mut_mutate_put(struct mutation *mutation);
void mut_mutate_program(struct mutation *mutation);
void mut_mutate_program_with_options(struct mutation *mutation);

/* One change that is valid as far as it goes, without the breaking; for a kind that holds another one. False when the octets
 * hold nothing of that kind. */
bool mut_change_unit(struct mutation *mutation);
bool mut_change_context(struct mutation *mutation);
bool mut_change_object_array(struct mutation *mutation);

/** Breaks the document in 7 of 16 mutants: some of what breaks them is no harm. */
void mut_break_some(struct mutation *mutation);

#endif
