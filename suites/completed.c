/* SPDX-License-Identifier: Apache-2.0 */
/* The event OnCompleted: exactly one for every put that was started, last of all, with the code and the error object of
 * that put, at the sink of that put. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_completed;

static void complete_with_success(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  (void)call_put(run, &call, &seen, main_clause(run));
}

/* A failure shows in one place, and an error object may come with it: the text leaves both open, situation by situation. */
static void fail(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  if (!call_put(run, &call, &seen, main_clause(run))) {
    return;
  }
  pac_run_reading(run, PAC_READING_A_02, situation_words(row->situation),
                  seen.place == PAC_PLACE_RAISED ? "raised by the call" : "in OnCompleted");
  if (seen.completed != NULL) {
    pac_run_reading(run, PAC_READING_A_07, situation_words(row->situation),
                    seen.completed->error == NULL ? "no error object" : "an error object");
  }
}

/* Events at another sink than that of their call. */
static void expect_silent(struct pac_case_run *run, const struct pac_sink *sink, uint32_t from) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  for (uint32_t i = from; i < count; i++) {
    if (events[i]->sink == sink) {
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_COMPLETED_ONLY_TO_GIVEN_SINK,
                   "no event at the sink of another call", pac_event_word(events[i]->kind));
    }
  }
}

/* Two sinks take turns; while one serves a call the other hears nothing. */
static void take_turns(struct pac_case_run *run, const struct step_row *row) {
  struct pac_sink *sinks[2] = {pac_run_sink(run, row->manner), pac_run_sink(run, row->manner)};
  for (uint32_t number = 0; number < row->count; number++) {
    struct pac_put_call call = row_call(run, row, number);
    struct pac_put_seen seen;
    call.sink = sinks[number % 2];
    (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
    expect_silent(run, sinks[(number + 1) % 2], seen.first_event);
  }
}

/* Whatever the namespace does afterwards, the call that has ended stays ended. */
static void stay_quiet(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
  const struct pac_event *const *events = NULL;
  uint32_t ended = pac_session_events(run->session, &events);
  for (uint32_t number = 1; number <= row->count; number++) {
    struct pac_put_call further = row_call(run, row, number);
    struct pac_put_seen further_seen;
    (void)call_put(run, &further, &further_seen, PAC_CLAUSE_NONE);
  }
  uint32_t count = pac_session_events(run->session, &events);
  for (uint32_t i = ended; i < count; i++) {
    if (events[i]->sink == call.sink) {
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_COMPLETED_NOTHING_AFTER,
                   "nothing more of a call that has completed", pac_event_word(events[i]->kind));
    }
  }
}

/* Goes step by step where the adapter can, and looks at the namespace as soon as OnCompleted is there. */
static void look_at_completion(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  struct pac_decision decision = call_decision(run, &call);
  pac_run_start_put(run, &call, &seen);
  while (pac_session_completed(run->session, call.sink) == 0 && pac_run_pump(run)) {
  }
  if (pac_session_completed(run->session, call.sink) == 0) {
    pac_run_settle(run, call.sink, 1);
  }
  pac_run_see(run, &call, &seen);
  (void)call_judge(run, &call, &seen, &decision, main_clause(run));
}

/* A success code of the provider that is not 0 is no error, whether it comes through or is turned into 0. */
static void provider_succeeds_oddly(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  back_with_answer(run, row);
  const struct pac_outcome outcomes[] = {{row->answer, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL},
                                         {PAC_STATUS_NO_ERR, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL}};
  const struct pac_expectation expectation = {.outcomes = outcomes, .outcome_count = 2};
  pac_run_put(run, &call, &seen);
  (void)pac_run_judge(run, &call, &seen, &expectation, main_clause(run));
}

static const struct step_row rows[] = {
#include "completed.def"
};

STEP_SUITE(completed, step_row, "Event OnCompleted");
