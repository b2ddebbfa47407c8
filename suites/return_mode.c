/* SPDX-License-Identifier: Apache-2.0 */
/* The return mode: with 0x10 the call returns whatever the put waits for, without it before or after completion; what is
 * stored and delivered is the same in both. Nothing here is timed: a provider or a sink holds the put open, and a call that
 * waits for it never returns. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_return_mode;

static void put_and_complete(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  (void)call_put(run, &call, &seen, main_clause(run));
}

/* The provider lets go only after the call has returned. */
static void return_while_provider_holds(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  struct pac_provider_behaviour behaviour = {.kind = PAC_PROVIDER_HOLDS, .recorder = step_recorder(run)};
  pac_run_given_provider(run, SCENE_CLASS, &behaviour);
  struct pac_decision decision = call_decision(run, &call);
  pac_run_start_put(run, &call, &seen);
  pac_run_drain(run);
  uint32_t completed = pac_session_completed(run->session, call.sink);
  if (completed > 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, main_clause(run), "no OnCompleted while the provider holds the put",
                 pac_run_text(run, "%u", (unsigned)completed));
  }
  behaviour.kind = PAC_PROVIDER_ACCEPTS;
  pac_run_given_provider(run, SCENE_CLASS, &behaviour);
  pac_run_settle(run, call.sink, 1);
  pac_run_see(run, &call, &seen);
  (void)call_judge(run, &call, &seen, &decision, PAC_CLAUSE_NONE);
}

/* Two namespaces in the same state, one put in each; only 0x10 differs. */
static void both_modes_agree(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_seen seen[2];
  struct pac_namespace other;
  pac_run_new_namespace(run, &other);
  for (unsigned mode = 0; mode < 2; mode++) {
    struct pac_put_call call = row_call(run, row, 0);
    call.flags |= mode == 1 ? (uint32_t)PAC_FLAG_RETURN_IMMEDIATELY : 0u;
    (void)call_put(run, &call, &seen[mode], main_clause(run));
    pac_run_exchange_namespace(run, &other);
  }
  if (seen[0].outcome != seen[1].outcome || seen[0].completed_count != seen[1].completed_count ||
      seen[0].object_put_count != seen[1].object_put_count || seen[0].progress_count != seen[1].progress_count ||
      seen[0].object_ready_count != seen[1].object_ready_count) {
    char codes[2][96];
    pac_hresult_print(seen[0].outcome, codes[0], sizeof codes[0]);
    pac_hresult_print(seen[1].outcome, codes[1], sizeof codes[1]);
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_PUT_ASYNC_RETURN_SAME_RESULT_AND_EVENTS,
                 pac_run_text(run, "the events of the put without 0x10: %u OnObjectPut, %u OnCompleted, %s",
                              (unsigned)seen[0].object_put_count, (unsigned)seen[0].completed_count, codes[0]),
                 pac_run_text(run, "%u OnObjectPut, %u OnCompleted, %s", (unsigned)seen[1].object_put_count,
                              (unsigned)seen[1].completed_count, codes[1]));
  }
}

/*
 * Whether the call with 0x10 clear came back before its completion. A completion after the return proves that the call does
 * not block, one on the caller's own thread that it does. One on another thread before the return proves neither: the call
 * may have waited for it or have been overtaken by it.
 */
static void tell_whether_it_blocks(struct pac_case_run *run, const struct step_row *row) {
  uint32_t returned_first = 0;
  uint32_t came_inside = 0;
  for (uint32_t number = 1; number <= row->count; number++) {
    struct pac_put_call call = row_call(run, row, number);
    struct pac_put_seen seen;
    (void)call_put(run, &call, &seen, main_clause(run));
    if (seen.place == PAC_PLACE_COMPLETED) {
      returned_first += seen.completed->is_before_return ? 0u : 1u;
      came_inside += seen.completed->is_inside_call ? 1u : 0u;
    }
  }
  pac_run_note(run, "%u of %u calls returned before their completion", (unsigned)returned_first, (unsigned)row->count);
  if (returned_first > 0 || came_inside > 0) {
    pac_run_reading(run, PAC_READING_A_01, "", returned_first > 0 ? "returns at once" : "blocks");
  } else {
    pac_run_reading(run, PAC_READING_A_01, "completions on other threads", "all came before the call returned");
  }
}

static const struct step_row rows[] = {
#include "return_mode.def"
};

STEP_SUITE(return_mode, step_row, "Return mode (0x10 and 0)");
