/* SPDX-License-Identifier: Apache-2.0 */
/** Composing complete definitions: what a class declares itself, put upon the definition of its parent. */
#ifndef PACHECK_REFERENCE_COMPOSE_H
#define PACHECK_REFERENCE_COMPOSE_H

#include "pacheck/object.h"

/** True when the class declares this property itself, or gives an inherited one a value or qualifiers of its own. */
bool ref_declares_property(const struct pac_object *class_object, const struct pac_property *property);

/** True when the qualifier was set here and is not inherited. */
bool ref_qualifier_is_own(const struct pac_qualifier *qualifier);

/**
 * Makes the complete definition of the class that `declared` describes below `parent` (null for the top).
 *
 * Whatever `declared` shows as inherited comes from `parent`. Where both declare a property with different types the
 * parent's declaration stands. `declared` and `parent` are left alone.
 */
enum pac_result ref_compose_class(const struct pac_memory *memory, const struct pac_object *parent,
                                  const struct pac_object *declared, struct pac_object **given);

/**
 * Makes an instance of `class_object` with the values and qualifiers of `instance`. Values that the class has no room for
 * are left out.
 */
enum pac_result ref_compose_instance(const struct pac_memory *memory, const struct pac_object *class_object,
                                     const struct pac_object *instance, struct pac_object **given);

#endif
