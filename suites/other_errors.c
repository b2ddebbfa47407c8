/* SPDX-License-Identifier: Apache-2.0 */
/* Errors beside those of the page: a provider's veto, the two values that only the page prints, and what has to go on working
 * after failures, also after many. */
#include "builders.h"

extern const struct pac_suite pac_suite_other_errors;

#define REPETITIONS 8

static const struct pac_object *instance_with_null_key(struct pac_case_run *run) {
  struct pac_object *instance = scene_instance(run, scene_given_class(run), "");
  scene_set(run, instance, "Name", pac_value_null(PAC_CIM_STRING, false));
  return instance;
}

static const struct pac_object *with_key_of_path(struct pac_case_run *run, const struct built_put *put) {
  return scene_with_key_of_path(run, put->call.object, "Name", put->seen.object_put);
}

static const struct pac_object *instance_of_other_members(struct pac_case_run *run) {
  (void)scene_given_class(run);
  struct pac_object *other = scene_class(run, SCENE_CLASS);
  scene_add(run, other, "Stray", pac_value_string("stray"));
  return scene_instance(run, other, "the one");
}

static const struct pac_object *unnamed_class(struct pac_case_run *run) {
  return scene_class(run, NULL);
}

/* The same call on the same sink, again and again: each has to fail as the first did and change nothing. */
static void fails_again(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_outcome same = {put->outcome->status, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL};
  const struct pac_expectation expectation = {.outcomes = &same, .outcome_count = 1};
  for (int i = 0; i < REPETITIONS && pac_run_findings(run) == 0; i++) {
    struct pac_put_seen seen;
    pac_run_put(run, &put->call, &seen);
    (void)pac_run_judge(run, &put->call, &seen, &expectation, PAC_CLAUSE_ERROR_RECOVERY_USABLE_AFTER_FAILURE);
  }
}

static const struct built_row rows[] = {
#include "other_errors.def"
};

BUILT_SUITE(other_errors, "Other published errors");
