/* SPDX-License-Identifier: Apache-2.0 */
/* Cancel: it ends every outstanding put of its sink, each once and with the call-cancelled code, and touches nothing else.
 * A provider holds the puts open, so that there is something to cancel. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_cancel;

#define HELD_MAX 16

/* Sets what the provider of the class does; the behaviour before it, if it held puts, lets them go. */
static void set_provider(struct pac_case_run *run, const struct step_row *row, enum pac_provider_kind kind) {
  pac_run_given_provider(run, SCENE_CLASS,
                         &(struct pac_provider_behaviour){.kind = kind,
                                                          .progress_count = row->progress_count,
                                                          .progress_code = row->progress_code,
                                                          .recorder = step_recorder(run)});
}

static bool is_listed_code(pac_hresult code) {
  static const enum pac_status listed[] = {PAC_STATUS_FAILED, PAC_STATUS_OUT_OF_MEMORY, PAC_STATUS_TRANSPORT_FAILURE,
                                           PAC_STATUS_ACCESS_DENIED};
  for (unsigned i = 0; i < sizeof listed / sizeof listed[0]; i++) {
    if (code == pac_status_hresult(listed[i], PAC_PROFILE_HEADER)) {
      return true;
    }
  }
  return !pac_hresult_is_error(code);
}

static pac_hresult cancel(struct pac_case_run *run, struct pac_sink *sink) {
  char code[96];
  pac_hresult answer = run->settings->adapter->cancel(run->services, sink);
  pac_hresult_print(answer, code, sizeof code);
  pac_run_note(run, "cancel(sink) -> %s", code);
  pac_run_answer(run, answer, "cancel");
  if (!is_listed_code(answer)) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_CANCEL_CALL_CODES,
                 "success, failed, out of memory, transport failure or access denied", code);
  }
  return answer;
}

/* The put was carried out all the same, or it was not: either is allowed, and nothing between. */
static void judge_cancelled(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen) {
  static const struct pac_outcome outcomes[] = {
      {PAC_STATUS_CALL_CANCELLED, PAC_EFFECT_UNCHANGED, PAC_READING_A_12, "not stored"},
      {PAC_STATUS_CALL_CANCELLED, PAC_EFFECT_STORED, PAC_READING_A_12, "stored"}};
  static const struct pac_expectation expectation = {
      .outcomes = outcomes, .outcome_count = 2, .state_clause = PAC_CLAUSE_CANCEL_WRITE_MAY_BE_CARRIED_OUT};
  (void)pac_run_judge(run, call, seen, &expectation, PAC_CLAUSE_CANCEL_COMPLETION_CALL_CANCELLED);
}

/* Whether it completes at once or when the provider lets go is not said. */
static void hold_and_cancel(struct pac_case_run *run, const struct step_row *row, const struct pac_put_call *call,
                            struct pac_put_seen *seen) {
  set_provider(run, row, PAC_PROVIDER_HOLDS);
  pac_run_start_put(run, call, seen);
  pac_run_drain(run); /* the provider has it now */
  (void)cancel(run, call->sink);
  pac_run_drain(run);
  set_provider(run, row, PAC_PROVIDER_ACCEPTS);
  pac_run_settle(run, call->sink, 1);
  pac_run_see(run, call, seen);
}

static void cancel_held(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  hold_and_cancel(run, row, &call, &seen);
  judge_cancelled(run, &call, &seen);
}

/* All puts of the sink end; none can be picked. */
static void cancel_all_of_sink(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call calls[HELD_MAX];
  struct pac_put_seen seen[HELD_MAX];
  struct pac_sink *sink = pac_run_sink(run, row->manner);
  for (uint32_t i = 0; i < row->count; i++) {
    calls[i] = row_call(run, row, i);
    calls[i].sink = sink;
    calls[i].is_sink_shared = true;
  }
  set_provider(run, row, PAC_PROVIDER_HOLDS);
  for (uint32_t i = 0; i < row->count; i++) {
    pac_run_start_put(run, &calls[i], &seen[i]);
  }
  pac_run_drain(run);
  (void)cancel(run, sink);
  pac_run_drain(run);
  set_provider(run, row, PAC_PROVIDER_ACCEPTS);
  pac_run_settle(run, sink, row->count);
  for (uint32_t i = 0; i < row->count; i++) {
    pac_run_see(run, &calls[i], &seen[i]);
    (void)pac_run_judge_status(run, &calls[i], &seen[i], PAC_STATUS_CALL_CANCELLED,
                               PAC_CLAUSE_CANCEL_SCOPE_EVERY_PUT_OF_SINK);
  }
}

static void expect_stored(struct pac_case_run *run, const struct pac_object *of_other_sink) {
  struct pac_path *path = NULL;
  char text[256];
  pac_run_require(run, pac_path_of_object(run->memory, of_other_sink, &path), "a path");
  pac_path_print(path, PAC_PATH_RELATIVE, text, sizeof text);
  if (!pac_run_is_there(run, run->services, text)) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_CANCEL_SCOPE_OTHER_SINKS_UNAFFECTED,
                 "the object of the other sink to be stored", "it is not there");
  }
}

/* The put of another sink goes on and is stored. */
static void spare_other_sink(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call cancelled = row_call(run, row, 1);
  struct pac_put_call other = row_call(run, row, 2);
  struct pac_put_seen seen[2];
  set_provider(run, row, PAC_PROVIDER_HOLDS);
  pac_run_start_put(run, &cancelled, &seen[0]);
  pac_run_start_put(run, &other, &seen[1]);
  pac_run_drain(run);
  (void)cancel(run, cancelled.sink);
  pac_run_drain(run);
  set_provider(run, row, PAC_PROVIDER_ACCEPTS);
  pac_run_settle(run, cancelled.sink, 1);
  pac_run_settle(run, other.sink, 1);
  pac_run_see(run, &cancelled, &seen[0]);
  pac_run_see(run, &other, &seen[1]);
  (void)pac_run_judge_status(run, &cancelled, &seen[0], PAC_STATUS_CALL_CANCELLED,
                             PAC_CLAUSE_CANCEL_COMPLETION_CALL_CANCELLED);
  (void)pac_run_judge_status(run, &other, &seen[1], PAC_STATUS_NO_ERR, PAC_CLAUSE_CANCEL_SCOPE_OTHER_SINKS_UNAFFECTED);
  expect_stored(run, other.object);
}

/* Cancel from inside an event: no text lets a client do so, and none says what comes of it. */
struct inner_cancel {
  struct pac_case_run *run;
  struct pac_sink *sink;
  enum pac_event_kind kind; /* of the event that is answered so */
  bool is_done;
  pac_hresult answer;
};

static void cancel_in_event(void *context, const struct pac_event *event) {
  struct inner_cancel *inner = context;
  if (event->kind == inner->kind && !inner->is_done) {
    inner->is_done = true;
    inner->answer = inner->run->settings->adapter->cancel(inner->run->services, inner->sink);
  }
}

/* Nothing waits for ever, its put ends once, and that of another sink goes on. */
static void cancel_inside(struct pac_case_run *run, const struct step_row *row, enum pac_event_kind kind) {
  struct pac_put_call call = row_call(run, row, 1);
  struct pac_put_call other = row_call(run, row, 2);
  struct pac_put_seen seen[2];
  struct inner_cancel inner = {.run = run, .sink = call.sink, .kind = kind};
  pac_session_set_reaction(run->session, call.sink, cancel_in_event, &inner);
  pac_run_start_put(run, &call, &seen[0]);
  pac_run_start_put(run, &other, &seen[1]);
  pac_run_settle(run, call.sink, 1);
  pac_run_settle(run, other.sink, 1);
  pac_session_set_reaction(run->session, call.sink, NULL, NULL);
  pac_run_see(run, &call, &seen[0]);
  pac_run_see(run, &other, &seen[1]);
  if (!inner.is_done && seen[0].place != PAC_PLACE_NOWHERE) {
    pac_run_unsupported(run, "no %s came in which the put could have been cancelled", pac_event_word(kind));
  }
  bool is_cancelled = pac_run_status_is(run, seen[0].outcome, PAC_STATUS_CALL_CANCELLED);
  bool may_be = kind == PAC_EVENT_PROGRESS;
  (void)pac_run_judge_status(run, &call, &seen[0], is_cancelled && may_be ? PAC_STATUS_CALL_CANCELLED : PAC_STATUS_NO_ERR,
                             main_clause(run));
  (void)pac_run_judge_status(run, &other, &seen[1], PAC_STATUS_NO_ERR, PAC_CLAUSE_CANCEL_SCOPE_OTHER_SINKS_UNAFFECTED);
  expect_stored(run, other.object);
  pac_run_reading(run, PAC_READING_A_15, pac_event_word(kind),
                  pac_hresult_is_error(inner.answer) ? "an error" : is_cancelled ? "cancelled" : "success without effect");
}

static void cancel_inside_progress(struct pac_case_run *run, const struct step_row *row) {
  set_provider(run, row, PAC_PROVIDER_ACCEPTS);
  cancel_inside(run, row, PAC_EVENT_PROGRESS);
}

static void cancel_inside_completed(struct pac_case_run *run, const struct step_row *row) {
  cancel_inside(run, row, PAC_EVENT_COMPLETED);
}

/* A put that has completed stays what it was. */
static void cancel_late(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  struct pac_decision decision = call_decision(run, &call);
  pac_run_put(run, &call, &seen);
  (void)cancel(run, call.sink);
  pac_run_drain(run);
  pac_run_see(run, &call, &seen);
  (void)call_judge(run, &call, &seen, &decision, PAC_CLAUSE_CANCEL_LATE_CHANGES_NOTHING);
}

/* Nothing to cancel: no event comes, and the sink serves afterwards. */
static void cancel_idle(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  const struct pac_event *const *events = NULL;
  uint32_t before = pac_session_events(run->session, &events);
  for (uint32_t i = 0; i < row->count; i++) {
    pac_hresult answer = cancel(run, call.sink);
    pac_run_reading(run, PAC_READING_A_14, "", pac_hresult_is_error(answer) ? "an error" : "success");
  }
  pac_run_drain(run);
  if (pac_session_events(run->session, &events) != before) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_CANCEL_IDLE_HARMLESS, "no event of a sink without puts",
                 pac_event_word(events[before]->kind));
  }
  (void)call_put(run, &call, &seen, PAC_CLAUSE_CANCEL_SINK_STAYS_USABLE);
}

/* After a cancelled put the sink serves the next one. */
static void use_after_cancel(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 1);
  struct pac_put_call again = row_call(run, row, 2);
  struct pac_put_seen seen;
  hold_and_cancel(run, row, &call, &seen);
  judge_cancelled(run, &call, &seen);
  again.sink = call.sink;
  (void)call_put(run, &again, &seen, PAC_CLAUSE_CANCEL_SINK_STAYS_USABLE);
}

/* Cancel comes after so many steps of the put: its own status or the call-cancelled code, and one of them. */
static void race_with_completion(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  pac_run_start_put(run, &call, &seen);
  for (uint32_t i = 0; i < row->count; i++) {
    (void)pac_run_pump(run);
  }
  (void)cancel(run, call.sink);
  pac_run_settle(run, call.sink, 1);
  pac_run_see(run, &call, &seen);
  static const struct pac_outcome outcomes[] = {
      {PAC_STATUS_NO_ERR, PAC_EFFECT_STORED, PAC_READING_NONE, NULL},
      {PAC_STATUS_CALL_CANCELLED, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL},
      {PAC_STATUS_CALL_CANCELLED, PAC_EFFECT_STORED, PAC_READING_NONE, NULL}};
  static const struct pac_expectation expectation = {
      .outcomes = outcomes, .outcome_count = 3, .state_clause = PAC_CLAUSE_CANCEL_WRITE_MAY_BE_CARRIED_OUT};
  (void)pac_run_judge(run, &call, &seen, &expectation, PAC_CLAUSE_CANCEL_RACE_ONE_STATUS);
}

/* The provider has progress to report when the put is cancelled, after so many steps. One report may be on its way already;
 * no second one is. The status flag may be refused, raised or delivered. */
static void cancel_before_progress(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  const struct pac_event *const *events = NULL;
  set_provider(run, row, PAC_PROVIDER_HOLDS);
  pac_run_start_put(run, &call, &seen);
  for (uint32_t i = 0; i < row->count; i++) {
    (void)pac_run_pump(run);
  }
  (void)cancel(run, call.sink);
  uint32_t before = pac_session_events(run->session, &events);
  pac_run_drain(run);
  set_provider(run, row, PAC_PROVIDER_ACCEPTS);
  pac_run_settle(run, call.sink, 1);
  uint32_t count = pac_session_events(run->session, &events);
  uint32_t reports = 0;
  for (uint32_t i = before; i < count; i++) {
    reports += events[i]->sink == call.sink && events[i]->kind == PAC_EVENT_PROGRESS ? 1u : 0u;
  }
  if (reports > 1) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_CANCEL_PROGRESS_NONE_AFTER,
                 "no new OnProgress once the put is cancelled", pac_run_text(run, "%u", (unsigned)reports));
  }
  pac_run_see(run, &call, &seen);
  if (pac_run_status_is(run, seen.outcome, PAC_STATUS_INVALID_PARAMETER)) {
    (void)pac_run_judge_status(run, &call, &seen, PAC_STATUS_INVALID_PARAMETER, main_clause(run));
    pac_run_reading(run, PAC_READING_A_21, "bits 0x80, instance", "refused");
    return;
  }
  judge_cancelled(run, &call, &seen);
}

static const struct step_row rows[] = {
#include "cancel.def"
};

STEP_SUITE(cancel, step_row, "Cancel");
