/* SPDX-License-Identifier: Apache-2.0 */
/** Builders that several suites of built rows share: each stores what has to be there and gives the object to put. */
#ifndef PACHECK_SUITES_BUILDERS_H
#define PACHECK_SUITES_BUILDERS_H

#include "built_rows.h"

/** Test_Thing, not stored. */
const struct pac_object *build_new_class(struct pac_case_run *run);
/** Test_Thing, stored, with another default. */
const struct pac_object *build_changed_class(struct pac_case_run *run);
/** Test_Child below a stored Test_Thing, not stored itself. */
const struct pac_object *build_derived_class(struct pac_case_run *run);
/** An instance of a stored Test_Thing, not stored itself. */
const struct pac_object *build_new_instance(struct pac_case_run *run);
/** The same, stored, with another value of Size. */
const struct pac_object *build_changed_instance(struct pac_case_run *run);
/** `instance` with a null in Note, over a value that is stored. */
const struct pac_object *build_null_over_a_value(struct pac_case_run *run, struct pac_object *instance);
/** No object. */
const struct pac_object *build_nothing(struct pac_case_run *run);

/** Backs Test_Thing with a provider of this kind and gives `object` on. */
const struct pac_object *build_backed(struct pac_case_run *run, enum pac_provider_kind kind,
                                      const struct pac_object *object);
/** An instance as build_new_instance, whose class is backed by a provider that accepts. */
const struct pac_object *build_backed_instance(struct pac_case_run *run);
/** An instance as build_changed_instance, likewise. */
const struct pac_object *build_backed_changed_instance(struct pac_case_run *run);
/** A class as build_changed_class, likewise. */
const struct pac_object *build_backed_changed_class(struct pac_case_run *run);
/** An instance as build_new_instance, whose provider answers with the row's status. */
const struct pac_object *build_answered_instance(struct pac_case_run *run);

#endif
