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
#define SCENE_BASE "Test_Base"
#define SCENE_CHILD "Test_Child"
#define SCENE_GRANDCHILD "Test_Grandchild"
#define SCENE_OTHER "Test_Other"
#define SCENE_PROBE "Test_Probe"

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
/** Makes the property a key that no derived class may change. */
void scene_key(struct pac_case_run *run, struct pac_object *class_object, const char *property);
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

/** Stores Test_Thing and gives its stored definition. */
const struct pac_object *scene_given_class(struct pac_case_run *run);

/**
 * The instance as it is stored when the server made up its key: a copy with the key of the path in `object_put` (null: no
 * event came). A path that states no such key is a finding against instance.key.invented_value_in_path, and the object is
 * given as it was passed.
 */
const struct pac_object *scene_with_key_of_path(struct pac_case_run *run, const struct pac_object *instance,
                                                const char *key, const struct pac_event *object_put);

/** Backs a class with a test provider that reports to a recorder of the case. */
void scene_back(struct pac_case_run *run, const char *class_name, struct pac_provider_behaviour behaviour);

/**
 * Proves that the same services and the same sink (null: a new one) still take a put that succeeds, as they have to after
 * any failure (error.recovery.usable_after_failure). The class SCENE_PROBE is stored by it.
 */
void scene_check_usable(struct pac_case_run *run, struct pac_sink *sink);

#endif
