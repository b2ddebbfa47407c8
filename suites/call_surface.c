/* SPDX-License-Identifier: Apache-2.0 */
/* The call surface: which arguments have to be there, which may be left out, what each of them decides, and that none of
 * them comes back changed. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_call_surface;

/* The relative path of an object. */
static const char *relative_path(struct pac_case_run *run, const struct pac_object *object) {
  char text[512];
  struct pac_path *path = NULL;
  pac_run_require(run, pac_path_of_object(run->memory, object, &path), "a path");
  pac_path_print(path, PAC_PATH_RELATIVE, text, sizeof text);
  return pac_run_text(run, "%s", text);
}

/* The stored object is read by its path as well: listing it is not enough. */
static void expect_readable(struct pac_case_run *run, const struct pac_object *object) {
  const char *path = relative_path(run, object);
  const struct pac_object *found = pac_run_get(run, run->services, path);
  char difference[256] = "";
  unsigned ignore = PAC_COMPARE_IGNORE_ORIGIN | PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_DEFAULTS |
                    PAC_COMPARE_IGNORE_ORDER | PAC_COMPARE_IGNORE_SPELLING;
  if (found == NULL) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT,
                 pac_run_text(run, "%s to be readable", path), "wbemErrNotFound");
  } else if (!pac_object_compare(found, object, ignore, difference, sizeof difference)) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT,
                 pac_run_text(run, "%s to be the object that was put", path), difference);
  }
}

static void add_contexts(struct pac_case_run *run, const struct step_row *row, struct pac_put_call *call) {
  struct pac_named_values *context = scene_values(run);
  scene_value_add(run, context, "ForTheProvider", pac_value_string("anything"));
  call->context = row->has_context ? context : NULL;
  call->async_context = row->has_async_context ? scene_async_context(run, row->name) : NULL;
}

static void put_and_read(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  add_contexts(run, row, &call);
  if (call_put(run, &call, &seen, main_clause(run))) {
    expect_readable(run, call.object);
  }
}

/* INVALID_PARAMETER, or what Automation itself says of a null: type mismatch, parameter not optional, bad count. */
static bool is_null_refusal(struct pac_case_run *run, pac_hresult code) {
  return pac_run_status_is(run, code, PAC_STATUS_INVALID_PARAMETER) || code == 0x80020005u || code == 0x8002000fu ||
         code == 0x8002000eu;
}

static void leave_out_required(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  call.sink = row->omits_sink ? NULL : call.sink;
  call.object = row->omits_object ? NULL : call.object;
  pac_run_put(run, &call, &seen);
  pac_run_judge_events(run, &call, &seen);
  char code[96];
  pac_hresult_print(seen.outcome, code, sizeof code);
  if (seen.place != PAC_PLACE_RAISED) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, main_clause(run), "an error raised by the call, before anything is started",
                 seen.place == PAC_PLACE_COMPLETED ? pac_run_text(run, "%s in OnCompleted", code) : "no error raised");
  } else if (!is_null_refusal(run, seen.outcome)) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_ERROR_INVALID_PARAMETER_NULL_ARGUMENT,
                 "wbemErrInvalidParameter or an Automation error for a missing argument", code);
  } else {
    pac_run_reading(run, PAC_READING_A_47, row->omits_sink ? "null sink" : "null object",
                    seen.outcome == 0x80041008u ? "invalid parameter" : "Automation error");
  }
  pac_run_judge_state(run, main_clause(run));
}

/* After the call, and after its events, the caller's object and sets are what they were. */
static void arguments_stay(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  struct pac_named_values *context = NULL;
  struct pac_named_values *async_context = NULL;
  add_contexts(run, row, &call);
  pac_run_require(run, pac_named_values_clone(run->memory, call.context, &context), "a copy");
  pac_run_require(run, pac_named_values_clone(run->memory, call.async_context, &async_context), "a copy");
  /* Judged with copies, so that a changed argument is found once and for what it is. */
  struct pac_put_call as_passed = call;
  as_passed.object = scene_copy(run, call.object);
  as_passed.async_context = async_context;
  struct pac_decision decision = call_decision(run, &as_passed);
  pac_run_put(run, &call, &seen);
  (void)call_judge(run, &as_passed, &seen, &decision, PAC_CLAUSE_NONE);
  char difference[256] = "";
  if (!pac_object_compare(call.object, as_passed.object, PAC_COMPARE_ALL, difference, sizeof difference)) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_PUT_ASYNC_PARAMETERS_INPUT_ONLY,
                 "the caller's object as it was passed", difference);
  }
  if (!pac_named_values_equal(context, call.context)) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_CONTEXT_SET_NOT_ALTERED,
                 "the caller's named value set as it was passed", "another content");
  }
  if (!pac_named_values_equal(async_context, call.async_context)) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_PUT_ASYNC_PARAMETERS_INPUT_ONLY,
                 "the caller's async context as it was passed", "another content");
  }
}

/* Events that went to a sink which was not passed. */
static void expect_silent(struct pac_case_run *run, const struct pac_sink *other) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  for (uint32_t i = 0; i < count; i++) {
    if (events[i]->sink == other) {
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PUT_ASYNC_PARAMETERS_FIVE_IN_ORDER,
                   "events at the sink that was passed and nowhere else", pac_event_word(events[i]->kind));
    }
  }
}

/* One call in which no two arguments could be exchanged unnoticed, then the same call with another flags value. */
static void each_parameter_counts(struct pac_case_run *run, const struct step_row *row) {
  struct pac_sink *other = pac_run_sink(run, PAC_SINK_RECORDS);
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  add_contexts(run, row, &call);
  if (!call_put(run, &call, &seen, main_clause(run))) {
    return;
  }
  expect_silent(run, other);
  call.flags |= PAC_FLAG_CREATE_ONLY;
  (void)call_put(run, &call, &seen, main_clause(run));
}

/* The fourth argument, and only that, reaches the provider. */
static void provider_gets_fourth(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  pac_run_given_provider(run, SCENE_CLASS,
                         &(struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS, .recorder = step_recorder(run)});
  add_contexts(run, row, &call);
  (void)call_put(run, &call, &seen, main_clause(run));
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = pac_session_provider_calls(run->session, &calls);
  if (count == 0 || !pac_named_values_equal(calls[0]->context, call.context)) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, main_clause(run), "the provider to be handed the fourth argument",
                 count == 0 ? "it was not asked" : "another set");
  }
}

static void put_what_was_read(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  const struct pac_object *read = pac_run_get(run, run->services, relative_path(run, call.object));
  if (read == NULL) {
    pac_run_broken(run, "what the set-up stored cannot be read");
  }
  struct pac_object *changed = scene_copy(run, read);
  scene_set(run, changed, "Size", pac_object_property_find(call.object, "Size")->value);
  call.object = changed;
  (void)call_put(run, &call, &seen, main_clause(run));
}

/* The put goes to the namespace of the services object that it is called on, wherever the object comes from. */
static void put_elsewhere(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
  const struct pac_object *read = pac_run_get(run, run->services, relative_path(run, call.object));
  const struct pac_object *class_object = pac_run_get(run, run->services, SCENE_CLASS);
  if (read == NULL || class_object == NULL) {
    pac_run_broken(run, "what was stored first cannot be read");
  }
  for (uint32_t i = 0; i < row->count; i++) {
    struct pac_namespace other;
    pac_run_new_namespace(run, &other);
    pac_run_exchange_namespace(run, &other);
    if (pac_object_genus(read) == PAC_GENUS_INSTANCE) {
      pac_run_given(run, class_object);
    }
    call.object = scene_copy(run, read);
    call.sink = pac_run_sink(run, PAC_SINK_RECORDS);
    (void)call_put(run, &call, &seen, main_clause(run));
    pac_run_exchange_namespace(run, &other);
    pac_run_judge_state(run, PAC_CLAUSE_PUT_ASYNC_NAMESPACE_ORIGINAL_UNCHANGED);
  }
}

/* A put that another services object gets leaves the first namespace empty. */
static void put_into_second(struct pac_case_run *run, const struct step_row *row) {
  struct pac_namespace other;
  struct pac_put_seen seen;
  pac_run_new_namespace(run, &other);
  pac_run_exchange_namespace(run, &other);
  struct pac_put_call call = row_call(run, row, 0);
  (void)call_put(run, &call, &seen, main_clause(run));
  pac_run_exchange_namespace(run, &other);
  pac_run_judge_state(run, main_clause(run));
}

/* The caller overwrites what it passed as soon as the call has returned. */
static void change_after_return(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  struct pac_object *passed = scene_copy(run, call.object);
  struct pac_put_call call_as_passed = call;
  struct pac_decision decision = call_decision(run, &call);
  call_as_passed.object = passed;
  pac_run_start_put(run, &call_as_passed, &seen);
  scene_set(run, passed, "Size", pac_value_uint(PAC_CIM_UINT32, 99));
  scene_set(run, passed, "Note", pac_value_string("written after the call had returned"));
  scene_set(run, passed, "Name", pac_value_string("renamed after the call had returned"));
  scene_qualify(run, passed, "Late", pac_value_boolean(true), SCENE_TO_ALL);
  pac_run_note(run, "the caller has overwritten the object");
  pac_run_settle(run, call.sink, 1);
  pac_run_see(run, &call, &seen);
  (void)call_judge(run, &call, &seen, &decision, main_clause(run));
}

static const struct step_row rows[] = {
#include "call_surface.def"
};

STEP_SUITE(call_surface, step_row, "Call surface");
