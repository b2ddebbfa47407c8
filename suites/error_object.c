/* SPDX-License-Identifier: Apache-2.0 */
/* The error object of a failed put: it may be there or not, says something when it is, agrees with the code, and belongs to
 * its own call. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_error_object;

static bool is_empty(const struct pac_last_error *error) {
  return !error->has_status_code && error->operation == NULL && error->parameter_info == NULL &&
         error->provider_name == NULL && error->description == NULL;
}

/* `situation` says in the ledger when the error object is there or not. */
static void judge_content(struct pac_case_run *run, const char *situation, const struct pac_put_seen *seen) {
  if (seen->completed == NULL || !pac_hresult_is_error(seen->completed->result)) {
    return;
  }
  const struct pac_last_error *error = seen->completed->error;
  pac_run_reading(run, PAC_READING_A_07, situation,
                  error == NULL ? "no error object" : "an error object");
  if (error != NULL && is_empty(error)) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_ERROR_OBJECT_CONTENT_EXTENDED_STATUS,
                 "an error object that says what is known, or none", "an error object without any content");
  }
}

static void fail(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
  judge_content(run, situation_words(row->situation), &seen);
}

static void fail_in_provider(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_seen seen;
  put_to_answering_provider(run, row, &seen);
  judge_content(run, "provider answers an error", &seen);
}

/* Several puts fail at once, in two ways; each completion has its own code and an error object that agrees with it. */
static void fail_together(struct pac_case_run *run, const struct step_row *row) {
  enum { CALLS = 8 };
  struct pac_put_call calls[CALLS];
  struct pac_put_seen seen[CALLS];
  struct pac_decision decisions[CALLS];
  struct pac_sink *sink = pac_run_sink(run, row->manner);
  uint32_t started = 0;
  for (uint32_t i = 0; i < CALLS; i++) {
    calls[i] = situation_call(run, i % 2 == 0 ? row->situation : row->every_other, i);
    calls[i].flags |= row->flags;
    calls[i].sink = sink;
    calls[i].is_sink_shared = true;
    calls[i].async_context = scene_async_context(run, pac_run_text(run, "call %u", (unsigned)i));
  }
  for (uint32_t i = 0; i < CALLS; i++) {
    decisions[i] = call_decision(run, &calls[i]);
    pac_run_start_put(run, &calls[i], &seen[i]);
    started += pac_hresult_is_error(seen[i].answer) ? 0u : 1u;
  }
  pac_run_settle(run, sink, started);
  for (uint32_t i = 0; i < CALLS; i++) {
    pac_run_see(run, &calls[i], &seen[i]);
    (void)pac_run_judge_status(run, &calls[i], &seen[i], decisions[i].outcomes[0].status,
                               PAC_CLAUSE_ERROR_OBJECT_CONTENT_OF_OWN_CALL);
    judge_content(run, situation_words(i % 2 == 0 ? row->situation : row->every_other), &seen[i]);
  }
  pac_run_judge_state(run, main_clause(run));
}

static const struct step_row rows[] = {
#include "error_object.def"
};

STEP_SUITE(error_object, step_row, "Error object");
