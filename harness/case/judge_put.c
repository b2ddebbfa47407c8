/* SPDX-License-Identifier: Apache-2.0 */
/* Judges one call: the outcome against what is allowed, and the namespace against what the matching effect leaves behind. */
#include <stdio.h>

#include "case/case_run.h"
#include "case/case_state.h"

bool pac_run_status_is(struct pac_case_run *run, pac_hresult code, enum pac_status status) {
  pac_hresult header = pac_status_hresult(status, PAC_PROFILE_HEADER);
  pac_hresult page = pac_status_hresult(status, PAC_PROFILE_PAGE);
  if (header == page || run->settings->profile != PAC_PROFILE_PUBLISHED) {
    return code == pac_status_hresult(status, run->settings->profile);
  }
  if (code != header && code != page) {
    return false;
  }
  pac_run_reading(run, status == PAC_STATUS_ILLEGAL_NULL ? PAC_READING_A_43 : PAC_READING_A_44, "",
                  code == page ? "page" : "header");
  return true;
}

static const char *expectation_text(struct pac_case_run *run, const struct pac_expectation *expectation) {
  char text[1024] = "";
  size_t used = 0;
  for (uint32_t i = 0; i < expectation->outcome_count && used < sizeof text; i++) {
    char code[96];
    bool is_repeated = false;
    for (uint32_t before = 0; before < i; before++) {
      is_repeated = is_repeated || expectation->outcomes[before].status == expectation->outcomes[i].status;
    }
    if (!is_repeated) {
      pac_hresult_print(
          pac_status_hresult(expectation->outcomes[i].status,
                             run->settings->profile == PAC_PROFILE_PAGE ? PAC_PROFILE_PAGE : PAC_PROFILE_HEADER),
          code, sizeof code);
      used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used == 0 ? "" : " or ", code);
    }
  }
  return pac_run_text(run, "%s%s", text, expectation->takes_other_codes ? " or another failure" : "");
}

/* True when another reading allows the very same: then nobody can say which one the implementation followed. */
static bool is_ambiguous(const struct pac_expectation *expectation, const struct pac_outcome *matched) {
  for (uint32_t i = 0; i < expectation->outcome_count; i++) {
    const struct pac_outcome *other = &expectation->outcomes[i];
    if (other->status == matched->status && other->effect == matched->effect && other->reading != matched->reading) {
      return true;
    }
  }
  return false;
}

static void record_readings(struct pac_case_run *run, const struct pac_expectation *expectation,
                            const struct pac_outcome *matched) {
  if (is_ambiguous(expectation, matched)) {
    return;
  }
  if (matched->reading != PAC_READING_NONE && matched->reading != expectation->bits_reading) {
    pac_run_reading(run, matched->reading, expectation->scope == NULL ? run->the_case->name : expectation->scope,
                    matched->option);
  }
  if (expectation->bits_reading == PAC_READING_NONE) {
    return;
  }
  if (matched->reading == expectation->bits_reading) {
    pac_run_reading(run, expectation->bits_reading, expectation->bits_scope, matched->option);
  } else if (matched->status == PAC_STATUS_NO_ERR) {
    pac_run_reading(run, expectation->bits_reading, expectation->bits_scope, "ignored");
  }
}

/* A failure that is none of those that the expectation lists and is taken nevertheless. */
static const struct pac_outcome another_failure = {PAC_STATUS_FAILED, PAC_EFFECT_UNCHANGED, PAC_READING_A_16,
                                                   "another failure"};

const struct pac_outcome *pac_run_judge(struct pac_case_run *run, const struct pac_put_call *call,
                                        const struct pac_put_seen *seen, const struct pac_expectation *expectation,
                                        enum pac_clause clause) {
  pac_run_judge_events(run, call, seen);
  pac_case_judge_keys(run, call, seen);
  if (seen->place == PAC_PLACE_NOWHERE) {
    run->is_shadow_lost = true;
    return NULL;
  }
  struct pac_services *services = call->services == NULL ? run->services : call->services;
  const char *first_difference = NULL;
  bool has_status = false;
  bool is_refused = pac_hresult_is_error(seen->outcome);
  for (uint32_t i = 0; i < expectation->outcome_count; i++) {
    const struct pac_outcome *outcome = &expectation->outcomes[i];
    if (!pac_run_status_is(run, seen->outcome, outcome->status)) {
      continue;
    }
    has_status = true;
    struct pac_shadow after;
    pac_run_require(run, pac_shadow_apply(&run->shadow, call->object, outcome->effect, &after), "the shadow");
    const char *difference = pac_run_difference(run, services, &after);
    if (difference == NULL) {
      record_readings(run, expectation, outcome);
      run->shadow = after;
      return outcome;
    }
    first_difference = first_difference == NULL ? difference : first_difference;
  }
  if (!has_status && expectation->takes_other_codes && is_refused) {
    has_status = true;
    first_difference = pac_run_difference(run, services, &run->shadow);
    if (first_difference == NULL) {
      record_readings(run, expectation, &another_failure);
      return &another_failure;
    }
  }
  run->is_shadow_lost = true;
  if (!has_status) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, clause, expectation_text(run, expectation), pac_case_outcome_text(run, seen));
    return NULL;
  }
  enum pac_clause state_clause =
      is_refused && expectation->state_clause != PAC_CLAUSE_NONE ? expectation->state_clause : clause;
  pac_run_find(run, PAC_REASON_WRONG_STATE, state_clause,
               is_refused ? "a refused put changes nothing" : "the namespace as the put should leave it",
               first_difference);
  return NULL;
}

bool pac_run_judge_status(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen,
                          enum pac_status status, enum pac_clause clause) {
  pac_run_judge_events(run, call, seen);
  pac_case_judge_keys(run, call, seen);
  if (seen->place == PAC_PLACE_NOWHERE) {
    return false;
  }
  if (!pac_run_status_is(run, seen->outcome, status)) {
    const struct pac_outcome outcome = {.status = status};
    const struct pac_expectation expectation = {.outcomes = &outcome, .outcome_count = 1};
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, clause, expectation_text(run, &expectation), pac_case_outcome_text(run, seen));
    return false;
  }
  return true;
}

void pac_run_judge_state(struct pac_case_run *run, enum pac_clause clause) {
  const char *difference = pac_run_difference(run, run->services, &run->shadow);
  if (difference != NULL) {
    run->is_shadow_lost = true;
    pac_run_find(run, PAC_REASON_WRONG_STATE, clause, "the namespace as the calls of the case should leave it",
                 difference);
  }
}

void pac_run_decide(struct pac_case_run *run, const struct pac_put_call *call, struct pac_decision *decision) {
  struct pac_facts facts;
  pac_run_require(run, pac_shadow_facts(&run->shadow, call->object, &facts), "the facts");
  pac_decide(&facts, call->flags, run->settings->profile, decision);
}

struct pac_expectation pac_expectation_of(const struct pac_decision *decision) {
  return (struct pac_expectation){.outcomes = decision->outcomes,
                                  .outcome_count = decision->outcome_count,
                                  .scope = decision->row,
                                  .bits_reading = decision->bits_reading,
                                  .bits_scope = decision->bits_scope,
                                  .takes_other_codes = decision->takes_other_codes};
}
