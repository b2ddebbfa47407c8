/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the objects that cases put. What is put, and in what state of the namespace, is the suites' choice. */
#include "scene.h"

#include "pacheck/path.h"

struct pac_object *scene_class(struct pac_case_run *run, const char *name) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_class_new(run->memory, name, &made), "a class");
  scene_qualify(run, made, "Description", pac_value_string("A thing to be stored."), SCENE_TO_ALL);
  scene_add(run, made, "Name", pac_value_null(PAC_CIM_STRING, false));
  scene_key(run, made, "Name");
  scene_add(run, made, "Size", pac_value_uint(PAC_CIM_UINT32, 7));
  scene_add(run, made, "Note", pac_value_null(PAC_CIM_STRING, false));
  return made;
}

struct pac_object *scene_derive(struct pac_case_run *run, const struct pac_object *base, const char *name) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_class_derive(run->memory, base, name, &made), "a derived class");
  return made;
}

struct pac_object *scene_instance(struct pac_case_run *run, const struct pac_object *class_object, const char *name) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_instance_new(run->memory, class_object, &made), "an instance");
  scene_set(run, made, "Name", pac_value_string(name));
  return made;
}

struct pac_object *scene_copy(struct pac_case_run *run, const struct pac_object *object) {
  struct pac_object *made = NULL;
  pac_run_require(run, pac_object_clone(run->memory, object, &made), "a copy");
  return made;
}

void scene_add(struct pac_case_run *run, struct pac_object *class_object, const char *name, struct pac_value value) {
  pac_run_require(run, pac_class_property_add(class_object, name, &value), "a property");
}

void scene_set(struct pac_case_run *run, struct pac_object *object, const char *name, struct pac_value value) {
  pac_run_require(run, pac_object_property_set(object, name, &value), "a property's value");
}

void scene_qualify(struct pac_case_run *run, struct pac_object *object, const char *name, struct pac_value value,
                   uint8_t flavor) {
  pac_run_require(run, pac_qualifier_put(pac_object_qualifiers(object), name, &value, flavor), "a qualifier");
}

void scene_qualify_property(struct pac_case_run *run, struct pac_object *object, const char *property, const char *name,
                            struct pac_value value, uint8_t flavor) {
  pac_run_require(run, pac_qualifier_put(pac_object_property_qualifiers(object, property), name, &value, flavor),
                  "a property qualifier");
}

void scene_key(struct pac_case_run *run, struct pac_object *class_object, const char *property) {
  scene_qualify_property(run, class_object, property, "key", pac_value_boolean(true),
                         SCENE_TO_ALL | PAC_FLAVOR_NOT_OVERRIDABLE);
}

void scene_method(struct pac_case_run *run, struct pac_object *class_object, const char *name,
                  enum pac_cim_type parameter) {
  struct pac_object *in = NULL;
  struct pac_object *out = NULL;
  pac_run_require(run, pac_class_new(run->memory, "__PARAMETERS", &in), "a signature");
  pac_run_require(run, pac_class_new(run->memory, "__PARAMETERS", &out), "a signature");
  scene_qualify(run, in, "abstract", pac_value_boolean(true), PAC_FLAVOR_NONE);
  scene_qualify(run, out, "abstract", pac_value_boolean(true), PAC_FLAVOR_NONE);
  scene_add(run, in, "Input", pac_value_null(parameter, false));
  scene_qualify_property(run, in, "Input", "ID", pac_value_sint(PAC_CIM_SINT32, 0),
                         PAC_FLAVOR_TO_INSTANCE | PAC_FLAVOR_NOT_OVERRIDABLE);
  scene_add(run, out, "ReturnValue", pac_value_null(PAC_CIM_UINT32, false));
  pac_run_require(run, pac_class_method_put(class_object, name, in, out), "a method");
}

struct pac_named_values *scene_values(struct pac_case_run *run) {
  struct pac_named_values *set = NULL;
  pac_run_require(run, pac_named_values_new(run->memory, &set), "a named value set");
  return set;
}

void scene_value_add(struct pac_case_run *run, struct pac_named_values *set, const char *name, struct pac_value value) {
  pac_run_require(run, pac_named_values_add(set, name, &value), "a named value");
}

struct pac_named_values *scene_async_context(struct pac_case_run *run, const char *name) {
  struct pac_named_values *set = scene_values(run);
  scene_value_add(run, set, "Call", pac_value_string(name));
  scene_value_add(run, set, "Number", pac_value_sint(PAC_CIM_SINT32, 42));
  return set;
}

const struct pac_object *scene_stored(struct pac_case_run *run, const char *class_name) {
  const struct pac_shadow_class *stored = pac_shadow_class_find(&run->shadow, class_name);
  if (stored == NULL) {
    pac_run_broken(run, "the case speaks of class %s, which it has not stored", class_name);
  }
  return stored->definition;
}

const struct pac_object *scene_given_class(struct pac_case_run *run) {
  pac_run_given(run, scene_class(run, SCENE_CLASS));
  return scene_stored(run, SCENE_CLASS);
}

const struct pac_object *scene_with_key_of_path(struct pac_case_run *run, const struct pac_object *instance,
                                                const char *key, const struct pac_event *object_put) {
  const char *text = object_put == NULL ? NULL : object_put->path;
  struct pac_path *path = NULL;
  const struct pac_path_key *stated = NULL;
  if (text != NULL && pac_path_parse(run->memory, text, &path) == PAC_RESULT_OK && pac_path_key_count(path) == 1) {
    stated = pac_path_key_at(path, 0);
  }
  struct pac_object *copy = scene_copy(run, instance);
  if (stated == NULL || pac_object_property_set(copy, key, &stated->value) != PAC_RESULT_OK) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_INSTANCE_KEY_INVENTED_VALUE_IN_PATH,
                 "the path of the stored instance with its made-up key", text == NULL ? "no path" : text);
  }
  return copy;
}

void scene_back(struct pac_case_run *run, const char *class_name, struct pac_provider_behaviour behaviour) {
  pac_run_require(run, pac_session_provider(run->session, &behaviour.recorder), "a recorder");
  pac_run_given_provider(run, class_name, &behaviour);
}

void scene_check_usable(struct pac_case_run *run, struct pac_sink *sink) {
  static const struct pac_outcome accepted = {PAC_STATUS_NO_ERR, PAC_EFFECT_STORED, PAC_READING_NONE, NULL};
  const struct pac_expectation expectation = {.outcomes = &accepted, .outcome_count = 1};
  struct pac_put_call call = {.sink = sink == NULL ? pac_run_sink(run, PAC_SINK_RECORDS) : sink,
                              .object = scene_class(run, SCENE_PROBE),
                              .async_context = scene_async_context(run, "a further put")};
  struct pac_put_seen seen;
  pac_run_put(run, &call, &seen);
  (void)pac_run_judge(run, &call, &seen, &expectation, PAC_CLAUSE_ERROR_RECOVERY_USABLE_AFTER_FAILURE);
}
