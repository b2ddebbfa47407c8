/* SPDX-License-Identifier: Apache-2.0 */
/* The objects that several suites of built rows put: a class or an instance, absent or present, static or backed. */
#include "builders.h"

const struct pac_object *build_new_class(struct pac_case_run *run) {
  return scene_class(run, SCENE_CLASS);
}

const struct pac_object *build_changed_class(struct pac_case_run *run) {
  struct pac_object *changed = scene_copy(run, scene_given_class(run));
  scene_set(run, changed, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  return changed;
}

const struct pac_object *build_derived_class(struct pac_case_run *run) {
  struct pac_object *derived = scene_derive(run, scene_given_class(run), SCENE_CHILD);
  scene_add(run, derived, "Extra", pac_value_null(PAC_CIM_STRING, false));
  return derived;
}

const struct pac_object *build_new_instance(struct pac_case_run *run) {
  return scene_instance(run, scene_given_class(run), "the one");
}

const struct pac_object *build_changed_instance(struct pac_case_run *run) {
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "the one");
  pac_run_given(run, instance);
  struct pac_object *changed = scene_copy(run, instance);
  scene_set(run, changed, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  return changed;
}

const struct pac_object *build_null_over_a_value(struct pac_case_run *run, struct pac_object *instance) {
  scene_set(run, instance, "Note", pac_value_string("as it was"));
  pac_run_given(run, instance);
  struct pac_object *changed = scene_copy(run, instance);
  scene_set(run, changed, "Note", pac_value_null(PAC_CIM_STRING, false));
  return changed;
}

const struct pac_object *build_nothing(struct pac_case_run *run) {
  (void)run;
  return NULL;
}

const struct pac_object *build_backed(struct pac_case_run *run, enum pac_provider_kind kind,
                                      const struct pac_object *object) {
  scene_back(run, SCENE_CLASS, (struct pac_provider_behaviour){.kind = kind});
  return object;
}

const struct pac_object *build_backed_instance(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_ACCEPTS, build_new_instance(run));
}

const struct pac_object *build_backed_changed_instance(struct pac_case_run *run) {
  (void)build_backed(run, PAC_PROVIDER_ACCEPTS, scene_given_class(run));
  struct pac_object *instance = scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
  scene_set(run, instance, "Note", pac_value_string("as it was"));
  pac_run_given(run, instance);
  struct pac_object *changed = scene_copy(run, instance);
  scene_set(run, changed, "Size", pac_value_uint(PAC_CIM_UINT32, 8));
  return changed;
}

const struct pac_object *build_backed_changed_class(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_ACCEPTS, build_changed_class(run));
}

const struct pac_object *build_answered_instance(struct pac_case_run *run) {
  const struct pac_object *instance = build_new_instance(run);
  pac_hresult answer = pac_status_hresult(built_row_of(run)->answer, run->settings->profile);
  scene_back(run, SCENE_CLASS, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ANSWERS, .answer = answer});
  return instance;
}
