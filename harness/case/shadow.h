/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The shadow: what the namespace under test should hold, kept by the harness.
 *
 * It knows every class and instance that was stored, yields the facts for the next put, and computes what the namespace
 * has to look like after each effect that the contract allows. It knows nothing of flags and codes; the decision table
 * does. Everything in it lives in the arena it was made in; an abandoned state is simply left there.
 */
#ifndef PACHECK_CASE_SHADOW_H
#define PACHECK_CASE_SHADOW_H

#include <stdbool.h>
#include <stdint.h>

#include "contract/decision.h"
#include "contract/facts.h"
#include "pacheck/memory.h"
#include "pacheck/object.h"

struct pac_shadow_class {
  const struct pac_object *definition; /* complete: inherited members included */
  bool is_provider;
  bool is_loose; /* content not predictable after a forced update: it is there and valid */
};

/** Definitions that were computed lately, shared by all states that come from one; null when objects may change. */
struct pac_shadow_memo;

/** One state of a namespace. Copying the struct and then changing the copy leaves the original as it was. */
struct pac_shadow {
  const struct pac_memory *memory; /* borrowed; blocks are never given back one by one */
  struct pac_shadow_memo *memo;
  const struct pac_shadow_class *classes;
  uint32_t class_count;
  const struct pac_object *const *instances;
  uint32_t instance_count;
};

/** An empty namespace. */
void pac_shadow_init(struct pac_shadow *shadow, const struct pac_memory *memory);

/**
 * Promises that no object changes after it was first shown to this shadow or to a state that comes from it, and that all of
 * them live as long: objects are kept instead of copied then, and nothing is computed twice. Errors: PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_shadow_keep_objects(struct pac_shadow *shadow);

/** True for the name of a system class: which of them there are is the implementation's affair. Null is no name. */
static inline bool pac_shadow_is_system_name(const char *name) {
  return name != NULL && name[0] == '_' && name[1] == '_';
}

/** Finds the definition of a class; null when there is none. */
const struct pac_shadow_class *pac_shadow_class_find(const struct pac_shadow *shadow, const char *name);
/** Finds the stored instance with the class and keys of `instance`; null when there is none. */
const struct pac_object *pac_shadow_instance_find(const struct pac_shadow *shadow, const struct pac_object *instance);

/** The facts for a put of `object` in this state. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_shadow_facts(const struct pac_shadow *shadow, const struct pac_object *object,
                                 struct pac_facts *facts);

/**
 * Says whether a put of this class states anew, or no longer states, a default that is the parent's anyway. The facts call
 * that no change, since every value stays; an implementation may take it for one. Errors: PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_shadow_restates(const struct pac_shadow *shadow, const struct pac_object *class_object,
                                    bool *restates);

/** Computes the state that a put of `object` with this effect leads to. Errors: PAC_RESULT_NO_MEMORY, PAC_RESULT_BROKEN. */
enum pac_result pac_shadow_apply(const struct pac_shadow *before, const struct pac_object *object,
                                 enum pac_effect effect, struct pac_shadow *after);

/** Marks a class as backed by a provider, or not. Of one that is not stored nothing is kept. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_shadow_set_provider(struct pac_shadow *shadow, const char *class_name, bool is_provider);

/* Parts that apply shares with facts: shadow_class.c ------------------------------------------------------------------- */

/**
 * The definition that `class_object` makes below `parent` (null for a top-level class, which is its own definition): borrowed
 * from the shadow, or `class_object` itself.
 */
enum pac_result pac_shadow_define(const struct pac_shadow *shadow, const struct pac_object *class_object,
                                  const struct pac_object *parent, const struct pac_object **given);

/** Puts the members that `class_object` declares itself on top of `parent`: properties, defaults, qualifiers, methods. */
enum pac_result pac_shadow_rebase(const struct pac_memory *memory, const struct pac_object *class_object,
                                  const struct pac_object *parent, const struct pac_object **given);

/** The class with what it says itself, below a parent of its parent's name of which nothing is known; `class_object` itself
 *  at the top. */
enum pac_result pac_shadow_own(const struct pac_memory *memory, const struct pac_object *class_object,
                               const struct pac_object **given);

/** Carries an instance's own values over to a new definition of its class. */
enum pac_result pac_shadow_reinstance(const struct pac_memory *memory, const struct pac_object *instance,
                                      const struct pac_object *class_object, const struct pac_object **given);

/** What differs between two complete definitions of one class. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_shadow_change(const struct pac_memory *memory, const struct pac_object *stored,
                                  const struct pac_object *updated, enum pac_change *change);

/** Whether an update of a class from `stored` to `updated` conflicts with `derived`. */
enum pac_conflict pac_shadow_conflict(const struct pac_object *stored, const struct pac_object *updated,
                                      const struct pac_object *derived);

/** True when a class qualifier of `updated` contradicts the one that `derived` sets itself. */
bool pac_shadow_qualifier_conflicts(const struct pac_object *stored, const struct pac_object *updated,
                                    const struct pac_qualifier *own);

#endif
