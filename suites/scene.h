/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The objects that cases put: one small world of a class, its derived classes and their instances.
 *
 *     class Test_Thing               { [key] string Name; uint32 Size = 7; string Note; [Description] ... };
 *     class Test_Child : Test_Thing  { string Extra; [Color("green")] };
 *     class Test_Grandchild : Test_Child { };
 *     class Test_Other               { [key] string Name; uint32 Size = 7; string Note; };
 *
 * Everything is made from the case's memory and has to be freed by nobody. A function that cannot do its part ends the case
 * as broken.
 */
#ifndef PACHECK_SUITES_SCENE_H
#define PACHECK_SUITES_SCENE_H

#include "case/case_run.h"

#define SCENE_CLASS "Test_Thing"
#define SCENE_CHILD "Test_Child"
#define SCENE_GRANDCHILD "Test_Grandchild"
#define SCENE_OTHER "Test_Other"

/* Flavor of a qualifier that derived classes and instances take over. */
#define SCENE_TO_ALL ((uint8_t)(PAC_FLAVOR_TO_INSTANCE | PAC_FLAVOR_TO_DERIVED))

/** A top-level class with the members of Test_Thing under this name. */
struct pac_object *scene_class(struct pac_case_run *run, const char *name);

/** A class derived from `base`, without members of its own. */
struct pac_object *scene_derive(struct pac_case_run *run, const struct pac_object *base, const char *name);

/** An instance with Name set. */
struct pac_object *scene_instance(struct pac_case_run *run, const struct pac_object *class_object, const char *name);

/** A copy that the case may change. */
struct pac_object *scene_copy(struct pac_case_run *run, const struct pac_object *object);

/* Changes; each ends the case when the model refuses. */
void scene_add(struct pac_case_run *run, struct pac_object *class_object, const char *name, struct pac_value value);
void scene_set(struct pac_case_run *run, struct pac_object *object, const char *name, struct pac_value value);
void scene_qualify(struct pac_case_run *run, struct pac_object *object, const char *name, struct pac_value value,
                   uint8_t flavor);
void scene_qualify_property(struct pac_case_run *run, struct pac_object *object, const char *property,
                            const char *name, struct pac_value value, uint8_t flavor);
/** Declares a method with one input parameter of this type and a uint32 result. */
void scene_method(struct pac_case_run *run, struct pac_object *class_object, const char *name,
                  enum pac_cim_type parameter);

/** A set that names a call: {Call = "name", Number = 42}. */
struct pac_named_values *scene_async_context(struct pac_case_run *run, const char *name);
/** An empty set, and adding to one. */
struct pac_named_values *scene_values(struct pac_case_run *run);
void scene_value_add(struct pac_case_run *run, struct pac_named_values *set, const char *name, struct pac_value value);

/** The stored definition of a class in the shadow; ends the case when there is none. */
const struct pac_object *scene_stored(struct pac_case_run *run, const char *class_name);

#endif
