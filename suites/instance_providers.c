/* SPDX-License-Identifier: Apache-2.0 */
/* Instances that a provider keeps: which provider is asked, what it is told, and that its answer is the outcome. */
#include "builders.h"

extern const struct pac_suite pac_suite_instance_providers;

static const struct pac_object *instance_of_provider_without_put(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_WITHOUT_PUT, build_new_instance(run));
}

static const struct pac_object *instance_of_missing_provider(struct pac_case_run *run) {
  return build_backed(run, PAC_PROVIDER_MISSING, build_new_instance(run));
}

/* Test_Thing and Test_Child, both backed; the top one answers with the row's status. */
static void back_both(struct pac_case_run *run) {
  enum pac_status status = built_row_of(run)->answer;
  const struct pac_object *top = scene_given_class(run);
  pac_run_given(run, scene_derive(run, top, SCENE_CHILD));
  scene_back(run, SCENE_CLASS,
             (struct pac_provider_behaviour){.kind = status == PAC_STATUS_NO_ERR ? PAC_PROVIDER_ACCEPTS
                                                                                 : PAC_PROVIDER_ANSWERS,
                                             .answer = pac_status_hresult(status, run->settings->profile)});
  scene_back(run, SCENE_CHILD, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS});
}

static const struct pac_object *instance_of_backed_child(struct pac_case_run *run) {
  back_both(run);
  return scene_instance(run, scene_stored(run, SCENE_CHILD), "the one");
}

static void back_with_status(struct pac_case_run *run, const char *class_name, enum pac_status status) {
  scene_back(run, class_name,
             (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ANSWERS,
                                             .answer = pac_status_hresult(status, run->settings->profile)});
}

/* The same, and the provider below answers success of its own accord. */
static const struct pac_object *instance_of_child_that_is_answered_success(struct pac_case_run *run) {
  back_both(run);
  back_with_status(run, SCENE_CHILD, PAC_STATUS_NO_ERR);
  return scene_instance(run, scene_stored(run, SCENE_CHILD), "the one");
}

/* The top one accepts, and the one below answers with the row's status. */
static const struct pac_object *instance_of_child_that_is_refused(struct pac_case_run *run) {
  back_both(run);
  scene_back(run, SCENE_CLASS, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS});
  back_with_status(run, SCENE_CHILD, built_row_of(run)->answer);
  return scene_instance(run, scene_stored(run, SCENE_CHILD), "the one");
}

static const struct pac_object *instance_of_backed_parent(struct pac_case_run *run) {
  back_both(run);
  return scene_instance(run, scene_stored(run, SCENE_CLASS), "the one");
}

/* The position of the first put of this class's provider; the count of calls when there is none. */
static uint32_t position_of(const struct pac_provider_call *const *calls, uint32_t count, const char *class_name) {
  uint32_t position = 0;
  while (position < count && pac_name_compare(calls[position]->class_name, class_name) != 0) {
    position += 1;
  }
  return position;
}

static void top_provider_is_asked_first(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = built_put_provider_calls(run, put, &calls);
  uint32_t top = position_of(calls, count, SCENE_CLASS);
  uint32_t child = position_of(calls, count, SCENE_CHILD);
  if (child == count || top > child) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_FROM_TOP_CLASS_DOWN,
                 "the provider of the top class asked first, then that of the derived class",
                 child == count ? "the provider of the derived class was not asked"
                 : top == count ? "the provider of the top class was not asked"
                                : "the other way round");
  }
}

static void child_provider_is_not_asked(struct pac_case_run *run, const struct built_put *put) {
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = built_put_provider_calls(run, put, &calls);
  if (position_of(calls, count, SCENE_CHILD) < count || position_of(calls, count, SCENE_CLASS) == count) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_DERIVED_NOT_CALLED,
                 "the provider of the class asked and that of the derived class left alone",
                 pac_run_text(run, "%u calls, the first for %s", (unsigned)count,
                              count == 0 ? "none" : calls[0]->class_name));
  }
}

static void provider_sees_create_mode(struct pac_case_run *run, const struct built_put *put) {
  const uint32_t modes = PAC_FLAG_CREATE_ONLY | PAC_FLAG_UPDATE_ONLY;
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = built_put_provider_calls(run, put, &calls);
  char flags[160];
  if (count == 0) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_SEES_CREATE_MODE,
                 "the provider asked", "it was not");
  }
  for (uint32_t i = 0; i < count; i++) {
    pac_flags_print(calls[i]->flags, flags, sizeof flags);
    if (((calls[i]->flags ^ put->call.flags) & modes) != 0) {
      pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_SEES_CREATE_MODE,
                   "the provider sees the caller's create mode", flags);
    }
    if ((calls[i]->flags & PAC_FLAG_RETURN_IMMEDIATELY) != 0) {
      pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_NEVER_SEES_RETURN_MODE,
                   "the provider never sees 0x10", flags);
    }
  }
}

/* What is to be stored reaches the one that stores it. */
static void provider_is_given_the_instance(struct pac_case_run *run, const struct built_put *put) {
  const unsigned values_only = PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_QUALIFIERS | PAC_COMPARE_IGNORE_DEFAULTS |
                               PAC_COMPARE_IGNORE_ORDER | PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_SPELLING;
  const struct pac_provider_call *const *calls = NULL;
  char difference[256] = "";
  if (built_put_provider_calls(run, put, &calls) == 0) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_PUT_ASYNC_CREATE_FULL_UPDATE, "the provider asked", "it was not");
  } else if (calls[0]->object == NULL) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_PUT_ASYNC_CREATE_FULL_UPDATE,
                 "the provider given the instance that was put", "no object");
  } else if (!pac_object_compare(calls[0]->object, put->call.object, values_only, difference, sizeof difference)) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_PUT_ASYNC_CREATE_FULL_UPDATE,
                 "the provider given the instance that was put", difference);
  }
}

/* A provider that cannot write Note, asked to. */
static const struct pac_object *unwritable_value(struct pac_case_run *run) {
  struct pac_object *instance = scene_copy(run, build_new_instance(run));
  scene_set(run, instance, "Note", pac_value_string("not to be written"));
  scene_back(run, SCENE_CLASS, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS, .unwritable = "Note"});
  return instance;
}

static const struct pac_object *left_out(struct pac_case_run *run, const struct built_put *put) {
  struct pac_object *without = scene_copy(run, put->call.object);
  scene_set(run, without, "Note", pac_value_null(PAC_CIM_STRING, false));
  return without;
}

/* A null over a stored value that the provider cannot write. */
static const struct pac_object *null_in_unwritable(struct pac_case_run *run) {
  struct pac_object *instance = scene_copy(run, build_backed_changed_instance(run));
  scene_set(run, instance, "Note", pac_value_null(PAC_CIM_STRING, false));
  scene_back(run, SCENE_CLASS, (struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS, .unwritable = "Note"});
  return instance;
}

/* A null over a stored value that the provider could write. */
static const struct pac_object *null_in_writable(struct pac_case_run *run) {
  struct pac_object *instance = scene_copy(run, build_backed_changed_instance(run));
  scene_set(run, instance, "Note", pac_value_null(PAC_CIM_STRING, false));
  return instance;
}

static const struct pac_object *note_as_it_was(struct pac_case_run *run, const struct built_put *put) {
  struct pac_object *kept = scene_copy(run, put->call.object);
  scene_set(run, kept, "Note", pac_value_string("as it was"));
  return kept;
}

static const struct built_row rows[] = {
#include "instance_providers.def"
};

BUILT_SUITE(instance_providers, "Providers of instances");
