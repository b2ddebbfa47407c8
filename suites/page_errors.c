/* SPDX-License-Identifier: Apache-2.0 */
/* The nine codes of the PutAsync page, each by the condition that the page and the specifications give for it. Shortage of
 * memory has a suite of its own, out_of_memory.c. */
#include "builders.h"

extern const struct pac_suite pac_suite_page_errors;

/* Rights a caller needs for ordinary objects; the rows take some of them away. */
#define WRITE_RIGHTS (PAC_RIGHT_FULL_WRITE | PAC_RIGHT_PARTIAL_WRITE | PAC_RIGHT_PROVIDER_WRITE)

/* An instance of a class below one of the system's keyless classes: the first of these that the namespace has. */
static const struct pac_object *system_derived_instance(struct pac_case_run *run) {
  static const char *const names[] = {"__EventConsumer", "__SystemClass"};
  const struct pac_object *system = NULL;
  for (size_t i = 0; system == NULL && i < sizeof names / sizeof names[0]; i++) {
    system = pac_run_get(run, run->services, names[i]);
  }
  if (system == NULL) {
    pac_run_unsupported(run, "the namespace holds no system class to derive from");
  }
  struct pac_object *derived = scene_derive(run, system, SCENE_CLASS);
  scene_add(run, derived, "Name", pac_value_null(PAC_CIM_STRING, false));
  scene_key(run, derived, "Name");
  pac_run_given(run, derived);
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

static void provider_is_not_asked(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_provider_call *const *calls = NULL;
  if (pac_hresult_is_error(put->seen.outcome) && built_put_provider_calls(run, put, &calls) > 0) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_ERROR_ACCESS_DENIED_STORES_NOTHING,
                 "a put that is refused for access does not reach the provider", "the provider was asked");
  }
}

/* Nulls and objects that are not valid -------------------------------------------------------------------------- */

/* Test_Thing with the qualifier that the row names on Note. */
static struct pac_object *marked_instance(struct pac_case_run *run) {
  struct pac_object *marked = scene_class(run, SCENE_CLASS);
  scene_qualify_property(run, marked, "Note", built_row_of(run)->text, pac_value_boolean(true), SCENE_TO_ALL);
  pac_run_given(run, marked);
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

static const struct pac_object *instance_with_marked_null(struct pac_case_run *run) {
  struct pac_object *instance = marked_instance(run);
  scene_set(run, instance, "Note", pac_value_null(PAC_CIM_STRING, false));
  return instance;
}

static const struct pac_object *instance_with_null_key(struct pac_case_run *run) {
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "");
  scene_set(run, instance, "Name", pac_value_null(PAC_CIM_STRING, false));
  return instance;
}

static const struct pac_object *instance_without_class_name(struct pac_case_run *run) {
  (void)scene_given_class(run);
  struct pac_object *unnamed = scene_class(run, NULL);
  return scene_instance(run, unnamed, "the one");
}

/* An instance of a class of the same name whose property has another type than the stored one. */
static const struct pac_object *instance_of_other_type(struct pac_case_run *run) {
  (void)scene_given_class(run);
  struct pac_object *other = scene_class(run, SCENE_CLASS);
  const struct pac_value text = pac_value_string("seven");
  pac_run_require(run, pac_class_property_retype(other, "Size", &text), "another type");
  return scene_instance(run, other, "the one");
}

/* The same with an array where the stored class has one text. */
static const struct pac_object *instance_with_array(struct pac_case_run *run) {
  (void)scene_given_class(run);
  struct pac_object *other = scene_class(run, SCENE_CLASS);
  const struct pac_value list = pac_value_null(PAC_CIM_STRING, true);
  pac_run_require(run, pac_class_property_retype(other, "Note", &list), "an array");
  return scene_instance(run, other, "the one");
}

/* The same with a number for the key, which is a text. */
static const struct pac_object *instance_with_key_of_other_type(struct pac_case_run *run) {
  (void)scene_given_class(run);
  struct pac_object *other = scene_class(run, SCENE_CLASS);
  struct pac_object *instance = NULL;
  const struct pac_value none = pac_value_null(PAC_CIM_UINT32, false);
  pac_run_require(run, pac_class_property_retype(other, "Name", &none), "another type");
  pac_run_require(run, pac_instance_new(run->memory, other, &instance), "an instance");
  scene_set(run, instance, "Name", pac_value_uint(PAC_CIM_UINT32, 1));
  return instance;
}

/* An instance of a class of the same name with a property that the stored one does not have. */
static const struct pac_object *instance_of_other_members(struct pac_case_run *run) {
  (void)scene_given_class(run);
  struct pac_object *other = scene_class(run, SCENE_CLASS);
  scene_add(run, other, "Stray", pac_value_string("stray"));
  return scene_instance(run, other, "the one");
}

/* Classes that are not complete ----------------------------------------------------------------------------------- */

static const struct pac_object *unnamed_class(struct pac_case_run *run) {
  return scene_class(run, NULL);
}

static const struct pac_object *class_below_unregistered(struct pac_case_run *run) {
  return scene_derive(run, scene_class(run, SCENE_CLASS), SCENE_CHILD);
}

static const struct pac_object *instance_of_unregistered(struct pac_case_run *run) {
  return scene_instance(run, scene_class(run, SCENE_CLASS), "the one");
}

/* A made-up key stands in the delivered path. */
static const struct pac_object *with_key_of_path(struct pac_case_run *run, const struct built_put *put) {
  return scene_with_key_of_path(run, put->call.object, "Name", put->seen.object_put);
}

static const struct pac_object *changed_instance_with_null(struct pac_case_run *run) {
  return build_null_over_a_value(run, marked_instance(run));
}

static const struct built_row rows[] = {
#include "page_errors.def"
};

BUILT_SUITE(page_errors, "Errors of the page's list");
