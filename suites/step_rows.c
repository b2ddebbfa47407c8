/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the calls of the situations and has them judged by the decision table. Which calls a case makes, and how they
 * overlap, is the suites' choice. */
#include "step_rows.h"

struct situation_facts {
  enum put_object put;
  bool exists;
  bool is_changed;
  uint32_t flags;
  const char *words;
};

static const struct situation_facts situations[] = {
#define SITUATION_FACTS(name, put, exists, changed, flags, words) {PUT_##put, exists, changed, flags, words},
    SITUATION_MAP(SITUATION_FACTS)
#undef SITUATION_FACTS
};

const char *situation_words(enum situation situation) {
  return situations[situation].words;
}

/* The stored object, or the same not stored. */
static struct pac_object *first_state(struct pac_case_run *run, const struct situation_facts *facts, uint32_t number) {
  if (facts->put == PUT_CLASS) {
    return scene_class(run, number == 0 ? SCENE_CLASS : pac_run_text(run, "%s_%u", SCENE_CLASS, (unsigned)number));
  }
  if (pac_shadow_class_find(&run->shadow, SCENE_CLASS) == NULL) {
    pac_run_given(run, scene_class(run, SCENE_CLASS));
  }
  return scene_instance(run, scene_stored(run, SCENE_CLASS), pac_run_text(run, "thing %u", (unsigned)number));
}

struct pac_put_call situation_call(struct pac_case_run *run, enum situation situation, uint32_t number) {
  const struct situation_facts *facts = &situations[situation];
  struct pac_object *object = first_state(run, facts, number);
  if (facts->exists) {
    pac_run_given(run, object);
    object = scene_copy(run, object);
  }
  if (facts->is_changed) {
    /* Two members, so that a write that stops half-way shows. */
    scene_set(run, object, "Size", pac_value_uint(PAC_CIM_UINT32, 1000 + number));
    scene_set(run, object, "Note", pac_value_string("changed"));
  }
  return (struct pac_put_call){.object = object, .flags = facts->flags};
}

struct pac_put_call row_call(struct pac_case_run *run, const struct step_row *row, uint32_t number) {
  struct pac_put_call call = situation_call(run, row->situation, number);
  call.flags |= row->flags;
  call.sink = pac_run_sink(run, row->manner);
  call.async_context = scene_async_context(run, pac_run_text(run, "call %u", (unsigned)number));
  return call;
}

struct pac_decision call_decision(struct pac_case_run *run, const struct pac_put_call *call) {
  struct pac_decision decision;
  pac_run_decide(run, call, &decision);
  return decision;
}

/* What a refused put violates when it changes something. */
static enum pac_clause refusal_clause(uint32_t flags) {
  bool is_create_only = (flags & PAC_FLAG_CREATE_ONLY) != 0;
  bool is_update_only = (flags & PAC_FLAG_UPDATE_ONLY) != 0;
  return is_create_only == is_update_only ? PAC_CLAUSE_FLAGS_REFUSAL_CHANGES_NOTHING
         : is_create_only                 ? PAC_CLAUSE_PUT_ASYNC_CREATE_CREATE_ONLY_REFUSAL_KEEPS_STATE
                                          : PAC_CLAUSE_PUT_ASYNC_CREATE_UPDATE_ONLY_REFUSAL_CREATES_NOTHING;
}

bool call_judge(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen,
                const struct pac_decision *decision, enum pac_clause clause) {
  struct pac_expectation expectation = pac_expectation_of(decision);
  expectation.state_clause = refusal_clause(call->flags);
  enum pac_clause violated = clause != PAC_CLAUSE_NONE ? clause : decision->clauses[0];
  return pac_run_judge(run, call, seen, &expectation, violated != PAC_CLAUSE_NONE ? violated : main_clause(run)) !=
         NULL;
}

bool call_put(struct pac_case_run *run, const struct pac_put_call *call, struct pac_put_seen *seen,
              enum pac_clause clause) {
  struct pac_decision decision = call_decision(run, call);
  pac_run_put(run, call, seen);
  return call_judge(run, call, seen, &decision, clause);
}

void put_and_judge(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_call call = row_call(run, row, 0);
  struct pac_put_seen seen;
  (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
}

enum pac_clause main_clause(const struct pac_case_run *run) {
  return run->the_case->clauses[0];
}

struct pac_provider *step_recorder(struct pac_case_run *run) {
  struct pac_provider *recorder = NULL;
  pac_run_require(run, pac_session_provider(run->session, &recorder), "a recorder");
  return recorder;
}

void back_with_answer(struct pac_case_run *run, const struct step_row *row) {
  pac_run_given_provider(run, SCENE_CLASS,
                         &(struct pac_provider_behaviour){.kind = PAC_PROVIDER_ANSWERS,
                                                          .answer = pac_status_hresult(row->answer, PAC_PROFILE_HEADER),
                                                          .recorder = step_recorder(run)});
}

void put_to_answering_provider(struct pac_case_run *run, const struct step_row *row, struct pac_put_seen *seen) {
  struct pac_put_call call = row_call(run, row, 0);
  back_with_answer(run, row);
  const struct pac_outcome outcomes[] = {{row->answer, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL},
                                         {PAC_STATUS_PROVIDER_FAILURE, PAC_EFFECT_UNCHANGED, PAC_READING_NONE, NULL}};
  const struct pac_expectation expectation = {.outcomes = outcomes, .outcome_count = 2};
  pac_run_put(run, &call, seen);
  (void)pac_run_judge(run, &call, seen, &expectation, PAC_CLAUSE_INSTANCE_PROVIDER_CODE_REACHES_COMPLETION);
}
