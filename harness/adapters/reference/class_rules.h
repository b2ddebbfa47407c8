/* SPDX-License-Identifier: Apache-2.0 */
/** The rules that a class definition has to meet by itself and below its parent (sections 3.4 and 3.5). */
#ifndef PACHECK_REFERENCE_CLASS_RULES_H
#define PACHECK_REFERENCE_CLASS_RULES_H

#include "services.h"

/** The grammar and length of the name of a class; `name` may be null. */
struct ref_answer ref_class_name_check(const struct pac_services *services, const char *name);

/** That no two properties and no two methods have one name: only a class that came from octets can break that. */
struct ref_answer ref_class_members_check(const struct pac_services *services, const struct pac_object *declared);

/** Keys, singleton, abstract and limits of a complete definition. `parent` is null at the top. */
struct ref_answer ref_class_check(const struct pac_services *services, const struct pac_object *complete,
                                  const struct pac_object *parent);

/** What `declared` overrides and may not: types, signatures, qualifiers that are not overridable. */
struct ref_answer ref_class_check_overrides(const struct pac_services *services, const struct pac_object *declared,
                                            const struct pac_object *parent);

/** True when both methods have the same signature: the same parameters, in and out. */
bool ref_same_signature(const struct pac_method *left, const struct pac_method *right);

#endif
