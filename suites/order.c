/* SPDX-License-Identifier: Apache-2.0 */
/* Order and number of events when calls overlap: each call reports once and in one place, on a sink of its own or on one
 * that serves many, and a sink and its services object can be used again whatever came before. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_order;

/* Calls that are outstanding together. */
struct overlapping {
  struct pac_put_call *calls;
  struct pac_put_seen *seen;
  struct pac_decision *decisions;
  uint32_t count;
  uint32_t started; /* those that raised no error */
};

static struct overlapping make_room(struct pac_case_run *run, uint32_t count) {
  struct overlapping room = {.count = count};
  room.calls = pac_arena_allocate_array(run->arena, count, sizeof *room.calls);
  room.seen = pac_arena_allocate_array(run->arena, count, sizeof *room.seen);
  room.decisions = pac_arena_allocate_array(run->arena, count, sizeof *room.decisions);
  if (room.calls == NULL || room.seen == NULL || room.decisions == NULL) {
    pac_run_broken(run, "%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  }
  return room;
}

/* Starts them all on one sink, one after the other without looking, and waits for the last. */
static void start_all(struct pac_case_run *run, const struct step_row *row, struct overlapping *all) {
  struct pac_sink *sink = pac_run_sink(run, row->manner);
  for (uint32_t i = 0; i < all->count; i++) {
    all->calls[i].sink = sink;
    all->calls[i].is_sink_shared = true;
    all->calls[i].flags |= row->flags;
    all->calls[i].async_context = scene_async_context(run, pac_run_text(run, "call %u", (unsigned)i));
  }
  for (uint32_t i = 0; i < all->count; i++) {
    pac_run_start_put(run, &all->calls[i], &all->seen[i]);
    all->started += pac_hresult_is_error(all->seen[i].answer) ? 0u : 1u;
  }
  pac_run_settle(run, sink, all->started);
  for (uint32_t i = 0; i < all->count; i++) {
    pac_run_see(run, &all->calls[i], &all->seen[i]);
  }
}

/* Every event of the shared sink carries the context of one of the calls. */
static void expect_no_strays(struct pac_case_run *run, const struct overlapping *all) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  uint32_t received = 0;
  uint32_t owned = 0;
  for (uint32_t i = 0; i < count; i++) {
    received += events[i]->sink == all->calls[0].sink ? 1u : 0u;
  }
  for (uint32_t i = 0; i < all->count; i++) {
    const struct pac_put_seen *seen = &all->seen[i];
    owned += seen->completed_count + seen->object_put_count + seen->object_ready_count + seen->progress_count;
  }
  if (received != owned) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_ASYNC_CONTEXT_SHARED_SINK_NEVER_EXCHANGED,
                 "every event at the shared sink with the context of its call",
                 pac_run_text(run, "%u of %u events are of no call", (unsigned)(received - owned), (unsigned)received));
  }
  /* An event that one call lacks and another has twice went out with the context of the wrong one. */
  uint32_t lacking = all->count;
  uint32_t doubled = all->count;
  for (uint32_t i = 0; i < all->count; i++) {
    const struct pac_put_seen *seen = &all->seen[i];
    bool lacks = seen->place == PAC_PLACE_NOWHERE ||
                 (seen->place == PAC_PLACE_COMPLETED && seen->outcome == 0 && seen->object_put_count == 0);
    lacking = lacks ? i : lacking;
    doubled = seen->completed_count > 1 || seen->object_put_count > 1 ? i : doubled;
  }
  if (lacking < all->count && doubled < all->count) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_ASYNC_CONTEXT_SHARED_SINK_NEVER_EXCHANGED,
                 "each event with the context of its own call",
                 pac_run_text(run, "call %u lacks an event that call %u has twice", (unsigned)lacking, (unsigned)doubled));
  }
}

/* Puts of different objects: each has its own events and all are stored. */
static void share_sink(struct pac_case_run *run, const struct step_row *row) {
  struct overlapping all = make_room(run, row->count);
  for (uint32_t i = 0; i < all.count; i++) {
    all.calls[i] = situation_call(run, i % 2 == 0 ? row->situation : row->every_other, i);
  }
  for (uint32_t i = 0; i < all.count; i++) {
    all.decisions[i] = call_decision(run, &all.calls[i]);
  }
  start_all(run, row, &all);
  expect_no_strays(run, &all);
  for (uint32_t i = 0; i < all.count; i++) {
    const struct pac_outcome *outcome = &all.decisions[i].outcomes[0];
    if (pac_run_judge_status(run, &all.calls[i], &all.seen[i], outcome->status, all.decisions[i].clauses[0])) {
      pac_run_require(run, pac_shadow_apply(&run->shadow, all.calls[i].object, outcome->effect, &run->shadow),
                      "the shadow");
    }
  }
  pac_run_judge_state(run, main_clause(run));
}

/* The same object with another content for each call. */
static void make_rivals(struct pac_case_run *run, const struct step_row *row, struct overlapping *all) {
  struct pac_put_call call = situation_call(run, row->situation, 0);
  for (uint32_t i = 0; i < all->count; i++) {
    struct pac_object *rival = scene_copy(run, call.object);
    scene_set(run, rival, "Size", pac_value_uint(PAC_CIM_UINT32, 2000 + i));
    scene_set(run, rival, "Note", pac_value_string(pac_run_text(run, "of call %u", (unsigned)i)));
    all->calls[i] = call;
    all->calls[i].object = rival;
  }
}

/* True when the namespace is what storing this object alone leaves behind; the shadow then follows. */
static bool is_stored_whole(struct pac_case_run *run, const struct pac_object *object) {
  struct pac_shadow after;
  pac_run_require(run, pac_shadow_apply(&run->shadow, object, PAC_EFFECT_STORED, &after), "the shadow");
  if (pac_run_difference(run, run->services, &after) != NULL) {
    return false;
  }
  run->shadow = after;
  return true;
}

/* All succeed; the object is that of one of them in full. */
static void put_same_object(struct pac_case_run *run, const struct step_row *row) {
  struct overlapping all = make_room(run, row->count);
  make_rivals(run, row, &all);
  start_all(run, row, &all);
  expect_no_strays(run, &all);
  bool is_whole = false;
  for (uint32_t i = 0; i < all.count; i++) {
    (void)pac_run_judge_status(run, &all.calls[i], &all.seen[i], PAC_STATUS_NO_ERR, main_clause(run));
    is_whole = is_whole || is_stored_whole(run, all.calls[i].object);
  }
  if (!is_whole) {
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_SINK_SHARED_SAME_OBJECT_STORED_WHOLE,
                 "the object as one of the calls passed it", "a namespace that none of them alone leaves behind");
  }
}

/* With create-only one of them wins and the others find the object there. */
static void race_to_create(struct pac_case_run *run, const struct step_row *row) {
  struct overlapping all = make_room(run, row->count);
  make_rivals(run, row, &all);
  start_all(run, row, &all);
  expect_no_strays(run, &all);
  uint32_t winners = 0;
  for (uint32_t i = 0; i < all.count; i++) {
    bool is_winner = all.seen[i].place == PAC_PLACE_COMPLETED && all.seen[i].outcome == 0;
    winners += is_winner ? 1u : 0u;
    (void)pac_run_judge_status(run, &all.calls[i], &all.seen[i], is_winner ? PAC_STATUS_NO_ERR : PAC_STATUS_ALREADY_EXISTS,
                               PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_ONLY_ONE_OF_MANY_WINS);
    if (is_winner && !is_stored_whole(run, all.calls[i].object)) {
      pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_ONLY_ONE_OF_MANY_WINS,
                   "the object of the call that succeeded", "another content");
    }
  }
  if (winners != 1) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_ONLY_ONE_OF_MANY_WINS,
                 "exactly one create-only put to succeed", pac_run_text(run, "%u", (unsigned)winners));
  }
}

/* The very same put several times: each of them is one, with events of its own. */
static void put_same_content(struct pac_case_run *run, const struct step_row *row) {
  struct overlapping all = make_room(run, row->count);
  struct pac_put_call call = situation_call(run, row->situation, 0);
  for (uint32_t i = 0; i < all.count; i++) {
    all.calls[i] = call;
  }
  start_all(run, row, &all);
  expect_no_strays(run, &all);
  for (uint32_t i = 0; i < all.count; i++) {
    (void)pac_run_judge_status(run, &all.calls[i], &all.seen[i], PAC_STATUS_NO_ERR, main_clause(run));
  }
  pac_run_require(run, pac_shadow_apply(&run->shadow, call.object, PAC_EFFECT_STORED, &run->shadow), "the shadow");
  pac_run_judge_state(run, main_clause(run));
}

/* The provider holds the first put of the sink while the others come; let go, all of them complete. */
static void share_sink_with_held(struct pac_case_run *run, const struct step_row *row) {
  struct overlapping all = make_room(run, row->count);
  struct pac_provider_behaviour behaviour = {.kind = PAC_PROVIDER_HOLDS, .recorder = step_recorder(run)};
  struct pac_sink *sink = pac_run_sink(run, row->manner);
  for (uint32_t i = 0; i < all.count; i++) {
    all.calls[i] = situation_call(run, row->situation, i);
    all.calls[i].sink = sink;
    all.calls[i].is_sink_shared = true;
    all.calls[i].flags |= row->flags;
    all.calls[i].async_context = scene_async_context(run, pac_run_text(run, "call %u", (unsigned)i));
  }
  pac_run_given_provider(run, SCENE_CLASS, &behaviour);
  for (uint32_t i = 0; i < all.count; i++) {
    pac_run_start_put(run, &all.calls[i], &all.seen[i]);
    (void)pac_run_pump(run);
  }
  behaviour.kind = PAC_PROVIDER_ACCEPTS;
  pac_run_given_provider(run, SCENE_CLASS, &behaviour);
  pac_run_settle(run, sink, all.count);
  for (uint32_t i = 0; i < all.count; i++) {
    pac_run_see(run, &all.calls[i], &all.seen[i]);
  }
  expect_no_strays(run, &all);
  for (uint32_t i = 0; i < all.count; i++) {
    if (pac_run_judge_status(run, &all.calls[i], &all.seen[i], PAC_STATUS_NO_ERR, main_clause(run))) {
      pac_run_require(run, pac_shadow_apply(&run->shadow, all.calls[i].object, PAC_EFFECT_STORED, &run->shadow),
                      "the shadow");
    }
  }
  pac_run_judge_state(run, main_clause(run));
}

/* Two puts outstanding, each with a sink of its own. */
static void keep_sinks_apart(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call calls[2] = {row_call(run, row, 1), row_call(run, row, 2)};
  struct pac_decision decisions[2] = {call_decision(run, &calls[0]), call_decision(run, &calls[1])};
  struct pac_put_seen seen[2];
  pac_run_start_put(run, &calls[0], &seen[0]);
  pac_run_start_put(run, &calls[1], &seen[1]);
  for (unsigned i = 0; i < 2; i++) {
    const struct pac_outcome *outcome = &decisions[i].outcomes[0];
    pac_run_settle(run, calls[i].sink, pac_hresult_is_error(seen[i].answer) ? 0u : 1u);
    pac_run_see(run, &calls[i], &seen[i]);
    if (pac_run_judge_status(run, &calls[i], &seen[i], outcome->status, decisions[i].clauses[0])) {
      pac_run_require(run, pac_shadow_apply(&run->shadow, calls[i].object, outcome->effect, &run->shadow), "the shadow");
    }
  }
  pac_run_judge_state(run, main_clause(run));
}

/* Two clients, each with puts outstanding in a namespace of its own. */
static void serve_two_clients(struct pac_case_run *run, const struct step_row *row) {
  struct pac_namespace other;
  struct pac_put_call calls[2];
  struct pac_decision decisions[2];
  struct pac_put_seen seen[2];
  pac_run_new_namespace(run, &other);
  for (unsigned i = 0; i < 2; i++) {
    calls[i] = row_call(run, row, i);
    calls[i].services = run->services;
    decisions[i] = call_decision(run, &calls[i]);
    pac_run_exchange_namespace(run, &other);
  }
  pac_run_start_put(run, &calls[0], &seen[0]);
  pac_run_start_put(run, &calls[1], &seen[1]);
  for (unsigned i = 0; i < 2; i++) {
    pac_run_settle(run, calls[i].sink, pac_hresult_is_error(seen[i].answer) ? 0u : 1u);
    pac_run_see(run, &calls[i], &seen[i]);
    (void)call_judge(run, &calls[i], &seen[i], &decisions[i], main_clause(run));
    pac_run_exchange_namespace(run, &other);
  }
}

/* The sink and the services object of the row's put serve another one, which succeeds. */
static void use_again(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
  for (uint32_t number = 1; number <= row->count; number++) {
    struct pac_put_call further = situation_call(run, row->every_other, number);
    further.sink = call.sink;
    further.async_context = scene_async_context(run, pac_run_text(run, "call %u", (unsigned)number));
    (void)call_put(run, &further, &seen, main_clause(run));
  }
}

/* The same sink after a call that could not be started at all. */
static void use_after_null_object(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_call nothing = {.sink = call.sink, .async_context = call.async_context};
  struct pac_put_seen seen;
  pac_run_put(run, &nothing, &seen);
  pac_run_judge_events(run, &nothing, &seen);
  (void)call_put(run, &call, &seen, main_clause(run));
}

/* Every routine of the sink fails. OnObjectPut may count as coming before the final status (C-304) and make the put end as
 * cancelled, or as coming with it; it ends once in any case, and what was reported as stored is there. */
static void judge_refused_object_put(struct pac_case_run *run, const struct pac_put_call *call,
                                     const struct pac_put_seen *seen, const struct pac_decision *decision) {
  if (seen->object_put_count != 1 || !pac_run_status_is(run, seen->outcome, PAC_STATUS_CALL_CANCELLED)) {
    (void)call_judge(run, call, seen, decision, PAC_CLAUSE_NONE);
    return;
  }
  pac_run_reading(run, PAC_READING_A_13, "after OnObjectPut failed", "cancelled");
  if (seen->completed_count != 1) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_COMPLETED_ONCE, "exactly one OnCompleted",
                 pac_run_text(run, "%u", (unsigned)seen->completed_count));
  }
  pac_run_require(run, pac_shadow_apply(&run->shadow, call->object, PAC_EFFECT_STORED, &run->shadow), "the shadow");
  pac_run_judge_state(run, PAC_CLAUSE_EVENTS_OBJECT_PUT_ALREADY_COMMITTED);
}

/* A routine of the sink fails before the final status. Without a report of progress to fail on, OnObjectPut is the first. */
static void refuse_progress(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  pac_run_given_provider(run, SCENE_CLASS,
                         &(struct pac_provider_behaviour){.kind = PAC_PROVIDER_ACCEPTS,
                                                          .progress_count = row->progress_count,
                                                          .progress_code = row->progress_code,
                                                          .recorder = step_recorder(run)});
  struct pac_decision decision = call_decision(run, &call);
  static const struct pac_outcome cancelled[] = {
      {PAC_STATUS_CALL_CANCELLED, PAC_EFFECT_UNCHANGED, PAC_READING_A_12, "not stored"},
      {PAC_STATUS_CALL_CANCELLED, PAC_EFFECT_STORED, PAC_READING_A_12, "stored"}};
  static const struct pac_expectation expectation = {
      .outcomes = cancelled, .outcome_count = 2, .scope = "after a routine that failed"};
  pac_run_put(run, &call, &seen);
  if (seen.progress_count == 0) {
    pac_run_note(run, "no progress was reported, so OnObjectPut is the first routine that fails");
    judge_refused_object_put(run, &call, &seen, &decision);
  } else {
    (void)pac_run_judge(run, &call, &seen, &expectation, PAC_CLAUSE_SINK_ROUTINES_ERROR_CANCELS);
  }
}

static void refuse_every_event(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  struct pac_decision decision = call_decision(run, &call);
  pac_run_put(run, &call, &seen);
  judge_refused_object_put(run, &call, &seen, &decision);
}

static const struct step_row rows[] = {
#include "order.def"
};

STEP_SUITE(order, step_row, "Order, exactly once, lifetime");
