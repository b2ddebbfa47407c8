/* SPDX-License-Identifier: Apache-2.0 */
/* What providers were asked: a put hands them its own context and create mode, and not those of a put before it or beside it. The
 * put that a provider was asked for is told by the instance; when that says nothing, the call is left alone. */
#include "pacheck/path.h"
#include "program/run_state.h"

bool pac_running_same_path(struct pac_running *running, const struct pac_object *left, const struct pac_object *right) {
  struct pac_path *one = NULL;
  struct pac_path *other = NULL;
  bool is_same = pac_path_of_object(running->run->memory, left, &one) == PAC_RESULT_OK &&
                 pac_path_of_object(running->run->memory, right, &other) == PAC_RESULT_OK && pac_path_equal(one, other);
  pac_path_free(one);
  pac_path_free(other);
  return is_same;
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

/* Which of the puts of that instance it may have been for: each of them has to be wrong for a finding. */
static void judge_asked(struct pac_running *running, uint32_t number, const struct pac_provider_call *asked) {
  uint32_t first = PAC_PROGRAM_NONE;
  for (uint32_t i = 0; i < running->put_count; i++) {
    const struct pac_running_put *put = &running->puts[i];
    const struct pac_object *object = put->circumstances.object;
    if (number < put->asked_before || object == NULL || pac_object_genus(object) != PAC_GENUS_INSTANCE ||
        !pac_running_same_path(running, object, asked->object)) {
      continue;
    }
    if (same_context(put->call->context, asked->context) && same_mode(put, asked)) {
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
