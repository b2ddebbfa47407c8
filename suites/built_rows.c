/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a row that builds its own scene: the put with the rights, contexts and sink of the row, its judgement, and the proof
 * that a refusal left the services and the sink usable. */
#include "built_rows.h"

#include <string.h>

const struct built_row *built_row_of(const struct pac_case_run *run) {
  return run->the_case->row;
}

static void add_clause(struct pac_case *out, enum pac_clause clause) {
  uint32_t count = 0;
  while (count < PAC_CASE_CLAUSES_MAX && out->clauses[count] != PAC_CLAUSE_NONE) {
    if (out->clauses[count] == clause) {
      return;
    }
    count += 1;
  }
  if (count < PAC_CASE_CLAUSES_MAX) {
    out->clauses[count] = clause;
  }
}

enum pac_result built_row_case(const struct built_row *row, const struct pac_suite *suite, struct pac_case *out) {
  *out = (struct pac_case){.name = row->name, .suite = suite, .row = row, .features = row->features};
  memcpy(out->clauses, row->clauses, sizeof out->clauses);
  out->features |= row->without != 0 ? PAC_FEATURE_RIGHTS : 0u;
  bool may_refuse = row->outcome_count == 0;
  for (uint32_t i = 0; i < row->outcome_count; i++) {
    may_refuse = may_refuse || row->outcomes[i].status != PAC_STATUS_NO_ERR;
  }
  if (row->state_clause != PAC_CLAUSE_NONE) {
    add_clause(out, row->state_clause);
  }
  if (may_refuse) {
    add_clause(out, PAC_CLAUSE_ERROR_RECOVERY_USABLE_AFTER_FAILURE);
    add_clause(out, PAC_CLAUSE_ERROR_CODES_PUBLISHED_ONLY);
  }
  return PAC_RESULT_OK;
}

bool built_put_is_accepted(const struct built_put *put) {
  return put->seen.place == PAC_PLACE_COMPLETED && !pac_hresult_is_error(put->seen.outcome);
}

uint32_t built_put_provider_calls(struct pac_case_run *run, const struct built_put *put,
                                  const struct pac_provider_call *const **calls) {
  uint32_t count = pac_session_provider_calls(run->session, calls);
  if (*calls != NULL) {
    *calls += put->first_provider_call;
  }
  return count - put->first_provider_call;
}

void built_put_check_context(struct pac_case_run *run, const struct built_put *put,
                             const struct pac_named_values *expected, enum pac_clause clause) {
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = built_put_provider_calls(run, put, &calls);
  if (count == 0) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_CONTEXT_PROVIDER_RECEIVES_ELEMENTS,
                 "the provider is asked and given the context", "it was not asked");
    return;
  }
  const struct pac_named_values *arrived = calls[0]->context;
  uint32_t arrived_count = arrived == NULL ? 0 : pac_named_values_count(arrived);
  for (uint32_t i = 0; i < pac_named_values_count(expected); i++) {
    const struct pac_named_value *passed = pac_named_values_at(expected, i);
    const struct pac_named_value *there = arrived == NULL ? NULL : pac_named_values_item(arrived, passed->name);
    if (there == NULL) {
      pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_CONTEXT_PROVIDER_RECEIVES_ELEMENTS,
                   pac_run_text(run, "%s in the context that the provider sees", passed->name), "it is not there");
    } else if (!pac_value_equal(&there->value, &passed->value)) {
      char text[256];
      pac_value_print(&there->value, text, sizeof text);
      pac_run_find(run, PAC_REASON_WRONG_OUTCOME, clause,
                   pac_run_text(run, "the provider sees %s as it was passed", passed->name), text);
    }
  }
  if (arrived_count > pac_named_values_count(expected)) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, clause, "the provider sees the elements that were passed and no others",
                 pac_run_text(run, "%u elements", (unsigned)arrived_count));
  }
}

const struct pac_object *built_choose_stored(struct pac_case_run *run, const struct pac_object *const *candidates,
                                                 const char *const *options, uint32_t count, enum pac_reading reading) {
  for (uint32_t i = 0; i < count; i++) {
    struct pac_shadow after;
    pac_run_require(run, pac_shadow_apply(&run->shadow, candidates[i], PAC_EFFECT_STORED, &after), "the shadow");
    if (pac_run_difference(run, run->services, &after) == NULL) {
      const char *scope = built_row_of(run)->scope;
      pac_run_reading(run, reading, scope == NULL ? run->the_case->name : scope, options[i]);
      return candidates[i];
    }
  }
  return candidates[0];
}

static void set_rights(struct pac_case_run *run, uint32_t rights) {
  pac_hresult answer = run->settings->adapter->set_rights(run->services, rights);
  pac_run_answer(run, answer, "set_rights");
  if (pac_hresult_is_error(answer)) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(run, "set_rights answered %s", code);
  }
  pac_run_note(run, "set_rights(0x%02x)", (unsigned)rights);
}

static void make_put(struct pac_case_run *run, const struct built_row *row, struct built_put *put,
                     struct pac_named_values *context) {
  const struct pac_provider_call *const *calls = NULL;
  put->first_provider_call = pac_session_provider_calls(run->session, &calls);
  if (row->without != 0) {
    set_rights(run, PAC_RIGHTS_ALL & ~row->without);
  }
  if (row->put == NULL) {
    pac_run_put(run, &put->call, &put->seen);
  } else {
    row->put(run, put, context);
  }
  if (row->without != 0) {
    set_rights(run, PAC_RIGHTS_ALL);
  }
}

void run_built_row(struct pac_case_run *run) {
  const struct built_row *row = built_row_of(run);
  struct pac_named_values *context = row->context == NULL ? NULL : row->context(run);
  struct built_put put = {.call = {.flags = row->flags, .context = context}};
  put.call.object = row->build(run);
  put.call.sink = row->has_null_sink ? NULL : pac_run_sink(run, PAC_SINK_RECORDS);
  put.call.async_context =
      row->async_context == NULL ? scene_async_context(run, row->name) : row->async_context(run, context);
  struct pac_expectation expectation = {
      .outcomes = row->outcomes, .outcome_count = row->outcome_count, .scope = row->scope};
  struct pac_decision decision;
  if (row->outcome_count == 0) {
    pac_run_decide(run, &put.call, &decision);
    expectation = pac_expectation_of(&decision);
  }
  expectation.state_clause = row->state_clause;
  make_put(run, row, &put, context);
  struct pac_put_call judged = put.call;
  if (row->stored != NULL && built_put_is_accepted(&put)) {
    judged.object = row->stored(run, &put);
  }
  put.outcome = pac_run_judge(run, &judged, &put.seen, &expectation, row->clauses[0]);
  if (put.outcome == NULL) {
    return;
  }
  bool is_refused = pac_hresult_is_error(put.seen.outcome);
  if (is_refused && row->is_before_start) {
    pac_run_reading(run, PAC_READING_A_02, row->name, put.seen.place == PAC_PLACE_RAISED ? "raised" : "delivered");
  }
  if (row->then != NULL) {
    row->then(run, &put);
  }
  if (is_refused) {
    scene_check_usable(run, put.call.sink);
  }
}
