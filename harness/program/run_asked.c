/* SPDX-License-Identifier: Apache-2.0 */
/* What providers were asked: a put hands them its own context and create mode, and not those of a put before it or beside it. The
 * put that a provider was asked for is told by the instance; when that says nothing, the call is left alone. */
#include "pacheck/path.h"
#include "program/run_state.h"

static bool has_key(const struct pac_path *path, const char *name) {
  bool has = false;
  for (uint32_t i = 0; i < pac_path_key_count(path) && !has; i++) {
    has = pac_name_compare(pac_path_key_at(path, i)->name, name) == 0;
  }
  return has;
}

/* Both say the same keys, or none as a singleton: then other values mean another instance. */
static bool have_same_keys(const struct pac_path *left, const struct pac_path *right) {
  bool have = pac_path_is_singleton(left) == pac_path_is_singleton(right) &&
              pac_path_key_count(left) == pac_path_key_count(right);
  for (uint32_t i = 0; have && i < pac_path_key_count(left); i++) {
    have = has_key(right, pac_path_key_at(left, i)->name);
  }
  return have;
}

enum pac_sameness pac_running_compare_paths(struct pac_running *running, const struct pac_object *left,
                                            const struct pac_object *right) {
  struct pac_path *one = NULL;
  struct pac_path *other = NULL;
  enum pac_sameness sameness = PAC_SAMENESS_OTHER;
  const char *left_class = pac_object_class_name(left);
  const char *right_class = pac_object_class_name(right);
  if (left_class != NULL && right_class != NULL && pac_name_compare(left_class, right_class) == 0) {
    bool can_tell = pac_path_of_object(running->run->memory, left, &one) == PAC_RESULT_OK &&
                    pac_path_of_object(running->run->memory, right, &other) == PAC_RESULT_OK;
    sameness = can_tell && pac_path_equal(one, other)     ? PAC_SAMENESS_SAME
               : !can_tell || !have_same_keys(one, other) ? PAC_SAMENESS_UNTOLD
                                                          : PAC_SAMENESS_OTHER;
  }
  pac_path_free(one);
  pac_path_free(other);
  return sameness;
}

/* An empty set is like none (C-199). */
static bool same_context(const struct pac_named_values *passed, const struct pac_named_values *arrived) {
  bool is_none = passed == NULL || pac_named_values_count(passed) == 0;
  return is_none ? arrived == NULL || pac_named_values_count(arrived) == 0
                 : arrived != NULL && pac_named_values_equal(passed, arrived);
}

static bool same_mode(const struct pac_running_put *put, const struct pac_provider_call *asked) {
  return ((asked->flags ^ put->call->flags) & (PAC_FLAG_CREATE_ONLY | PAC_FLAG_UPDATE_ONLY)) == 0;
}

/* Which of the puts it may have been for: each of them has to be wrong for a finding, and to be of that instance for certain. */
static void judge_asked(struct pac_running *running, uint32_t number, const struct pac_provider_call *asked) {
  uint32_t first = PAC_PROGRAM_NONE;
  for (uint32_t i = 0; i < running->put_count; i++) {
    const struct pac_running_put *put = &running->puts[i];
    const struct pac_object *object = put->circumstances.object;
    if (number < put->asked_before || object == NULL || pac_object_genus(object) != PAC_GENUS_INSTANCE) {
      continue;
    }
    enum pac_sameness sameness = pac_running_compare_paths(running, object, asked->object);
    if (sameness == PAC_SAMENESS_OTHER) {
      continue;
    }
    if (sameness == PAC_SAMENESS_UNTOLD || (same_context(put->call->context, asked->context) && same_mode(put, asked))) {
      return;
    }
    first = first == PAC_PROGRAM_NONE ? i : first;
  }
  if (first == PAC_PROGRAM_NONE) {
    return;
  }
  if (!same_context(running->puts[first].call->context, asked->context)) {
    pac_running_find(running, first, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_CONTEXT_PROVIDER_RECEIVES_UNCHANGED,
                     "the provider sees the elements that were passed and no others",
                     pac_run_text(running->run, "another context, of %u",
                                  asked->context == NULL ? 0u : (unsigned)pac_named_values_count(asked->context)));
    return;
  }
  char flags[160];
  pac_flags_print(asked->flags, flags, sizeof flags);
  pac_running_find(running, first, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_INSTANCE_PROVIDER_SEES_CREATE_MODE,
                   "the provider sees the caller's create mode", pac_run_text(running->run, "%s", flags));
}

void pac_running_judge_asked(struct pac_running *running) {
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = pac_session_provider_calls(running->run->session, &calls);
  for (uint32_t i = 0; i < count; i++) {
    if (!calls[i]->is_deletion && calls[i]->object != NULL) {
      judge_asked(running, i, calls[i]);
    }
  }
}
