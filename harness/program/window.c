/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judges the outcome of puts that may have overlapped. The order in which they ended is tried first, as it goes. When an
 * outcome or the namespace does not fit it, every order that the times of calls and completions allow is searched, once no
 * put is open any more; only if none fits there is a violation.
 */
#include <stdio.h>
#include <string.h>

#include "program/passed.h"
#include "program/run_state.h"

/* Looks at a put in a state before the search for an order gives up and the space counts as unknown. Each takes memory that
 * the case keeps until its end, and there is one for each put at each place. */
#define SEARCH_LOOKS_MAX 10000u

void pac_running_find(struct pac_running *running, uint32_t put, enum pac_reason reason, enum pac_clause clause,
                      const char *expected, const char *observed) {
  if (running->watch != NULL && running->watch->finding_call == PAC_PROGRAM_NONE && put != PAC_PROGRAM_NONE) {
    running->watch->finding_call = (uint32_t)(running->puts[put].call - running->program->calls);
  }
  /* An object that shows how it was called after its call is one that was kept, whatever its put was about. */
  bool was_kept = reason == PAC_REASON_WRONG_STATE && strstr(observed, PAC_PASSED_OF_NOBODY) != NULL;
  pac_run_find(running->run, reason, was_kept ? PAC_CLAUSE_PUT_ASYNC_OBJECT_RELEASED_AFTER_CALL : clause, expected, observed);
}

/* True when the code is this status; the dialect is recorded by pac_run_status_is. */
static bool matches(struct pac_running *running, pac_hresult code, const struct pac_allowed_outcome *outcome) {
  pac_hresult header = pac_status_hresult(outcome->status, PAC_PROFILE_HEADER);
  pac_hresult page = pac_status_hresult(outcome->status, PAC_PROFILE_PAGE);
  return (code == header || code == page) && pac_run_status_is(running->run, code, outcome->status);
}

/* True when nothing but the cancelling of another sink explains the code of a put. */
static bool is_cancelled_wrongly(const struct pac_running_put *put) {
  const struct pac_circumstances *circumstances = &put->circumstances;
  enum pac_status status = PAC_STATUS_NO_ERR;
  (void)pac_status_of_hresult(put->seen.outcome, &status);
  return status == PAC_STATUS_CALL_CANCELLED && put->has_met_cancel && !circumstances->is_cancelled &&
         !circumstances->may_lack_memory && circumstances->provider_count == 0 && !circumstances->has_provider_changed;
}

/* The outcomes that fit what was seen, each effect once. */
static uint32_t fitting(struct pac_running *running, const struct pac_allowed *allowed,
                        const struct pac_running_put *put, struct pac_allowed_outcome fits[PAC_ALLOWED_MAX + 1]) {
  pac_hresult code = put->seen.outcome;
  uint32_t count = 0;
  for (uint32_t i = 0; i < allowed->count; i++) {
    const struct pac_allowed_outcome *outcome = &allowed->outcomes[i];
    bool is_known = false;
    if (!matches(running, code, outcome)) {
      continue;
    }
    for (uint32_t j = 0; j < count; j++) {
      if (fits[j].effect == outcome->effect && fits[j].is_loose == outcome->is_loose) {
        /* Two readings allow the very same: which one it was nobody can say. */
        fits[j].reading = fits[j].reading == outcome->reading ? outcome->reading : PAC_READING_NONE;
        is_known = true;
      }
    }
    if (!is_known) {
      fits[count] = *outcome;
      count += 1;
    }
  }
  if (count == 0 && (allowed->is_any || allowed->takes_other_codes) && pac_hresult_is_error(code) &&
      pac_hresult_is_published(code) && !is_cancelled_wrongly(put)) {
    fits[0] = (struct pac_allowed_outcome){PAC_STATUS_FAILED, PAC_EFFECT_UNCHANGED, false, PAC_READING_NONE, NULL};
    count = 1;
  }
  return count;
}

static void allow(struct pac_running *running, const struct pac_shadow *shadow, const struct pac_running_put *put,
                  struct pac_allowed *allowed) {
  pac_run_require(running->run,
                  pac_oracle_allow(shadow, &put->circumstances, running->run->settings->profile, allowed), "the oracle");
  if (running->watch != NULL && running->watch->state != NULL) {
    running->watch->state(running->watch->context, PAC_PROGRAM_PROTOCOL_STATES + allowed->row_number);
  }
}

static void apply(struct pac_running *running, const struct pac_shadow *before, const struct pac_running_put *put,
                  const struct pac_allowed_outcome *outcome, struct pac_shadow *after) {
  pac_run_require(running->run, pac_oracle_apply(before, put->circumstances.object, outcome, after), "the shadow");
}

/* Keeps what is to be said when no other order fits either. */
static void doubt(struct pac_running_space *space, uint32_t put, enum pac_reason reason, enum pac_clause clause,
                  const char *expected, const char *observed) {
  if (!space->is_unsettled) {
    space->is_unsettled = true;
    space->doubt_put = put;
    space->doubt_reason = reason;
    space->doubt_clause = clause;
    space->doubt_expected = expected;
    space->doubt_observed = observed;
  }
}

/* Readings --------------------------------------------------------------------------------------------------------------- */

/* Those of which one program can tell that they were followed in two ways: nothing else decides the same outcome. */
static bool is_kept_track_of(enum pac_reading reading) {
  switch (reading) {
    case PAC_READING_A_17:
    case PAC_READING_A_18:
    case PAC_READING_A_19:
    case PAC_READING_A_20:
    case PAC_READING_A_21:
    case PAC_READING_A_22:
    case PAC_READING_A_24:
    case PAC_READING_A_32:
      return true;
    default:
      return false;
  }
}

static void keep_reading(struct pac_running *running, uint32_t put, const struct pac_allowed *allowed,
                         enum pac_reading reading, const char *scope, const char *option) {
  struct pac_reading_seen other;
  if (pac_run_reading_find(running->run, reading, scope, &other) && strcmp(other.option, option) != 0) {
    pac_running_find(running, put, PAC_REASON_INCONSISTENT, allowed->clause,
                     pac_run_text(running->run, "%s, as before (%s)", other.option, scope), option);
  }
  pac_run_reading(running->run, reading, scope, option);
}

/* True when no other put had a say since the state was last certain. */
static bool is_alone(const struct pac_running *running, uint32_t put) {
  return running->spaces[running->puts[put].space].window_count == 1;
}

static void keep_readings(struct pac_running *running, uint32_t put, const struct pac_allowed *allowed,
                          const struct pac_allowed_outcome *outcome) {
  bool is_plain = !allowed->is_any && !allowed->must_fail && !outcome->is_loose && is_alone(running, put) &&
                  !running->puts[put].circumstances.is_cancelled;
  if (!is_plain) {
    return;
  }
  if (outcome->reading != PAC_READING_NONE && outcome->option != NULL && is_kept_track_of(outcome->reading) &&
      outcome->reading != allowed->bits_reading) {
    keep_reading(running, put, allowed, outcome->reading, allowed->scope, outcome->option);
  }
  if (allowed->bits_reading != PAC_READING_NONE && outcome->reading == allowed->bits_reading) {
    keep_reading(running, put, allowed, allowed->bits_reading, allowed->bits_scope, outcome->option);
  } else if (allowed->bits_reading != PAC_READING_NONE && outcome->status == PAC_STATUS_NO_ERR) {
    keep_reading(running, put, allowed, allowed->bits_reading, allowed->bits_scope, "ignored");
  }
}

/* One put ---------------------------------------------------------------------------------------------------------------- */

/* Holds what the text form expects against what the contract allows, as long as no choice of the implementation and no
 * overlapping put has had a say. */
static void check_expected(struct pac_running *running, uint32_t index, const struct pac_allowed *allowed) {
  const struct pac_program_call *call = running->puts[index].call;
  if (call->expected_count == 0 || !is_alone(running, index) || running->has_choice || allowed->is_any) {
    return;
  }
  for (uint32_t i = 0; i < call->expected_count; i++) {
    bool is_there = false;
    for (uint32_t j = 0; j < allowed->count; j++) {
      is_there = is_there || allowed->outcomes[j].status == call->expected[i];
    }
    if (!is_there) {
      pac_run_broken(running->run, "line %u expects %s, but the contract allows %s", (unsigned)call->line,
                     pac_status_word(call->expected[i]), pac_running_allowed_text(running, allowed));
    }
  }
}

static void tell_allowed(struct pac_running *running, uint32_t index, const struct pac_allowed *allowed) {
  if (running->watch == NULL || running->watch->allowed == NULL || allowed->is_any) {
    return;
  }
  struct pac_program_statuses *told = &running->watch->allowed[running->puts[index].call - running->program->calls];
  told->outcome = running->puts[index].seen.outcome;
  for (uint32_t i = 0; i < allowed->count && told->count < PAC_PROGRAM_EXPECTED_MAX; i++) {
    bool is_repeated = false;
    for (uint32_t j = 0; j < told->count; j++) {
      is_repeated = is_repeated || told->statuses[j] == allowed->outcomes[i].status;
    }
    if (!is_repeated) {
      told->statuses[told->count] = allowed->outcomes[i].status;
      told->count += 1;
    }
  }
}

/* True when what the namespace holds from now on is a choice. */
static bool is_choice(const struct pac_allowed *allowed) {
  for (uint32_t i = 1; i < allowed->count; i++) {
    if (allowed->outcomes[i].effect != allowed->outcomes[0].effect) {
      return true;
    }
  }
  return false;
}

/* The effect that the namespace shows; null when none does. Only when nothing else can be changing it. */
static const struct pac_allowed_outcome *choose_effect(struct pac_running *running, struct pac_running_space *space,
                                                       const struct pac_running_put *put,
                                                       const struct pac_allowed_outcome *fits, uint32_t count,
                                                       struct pac_shadow *after, const char **difference) {
  *difference = NULL;
  for (uint32_t i = 0; i < count; i++) {
    apply(running, &space->shadow, put, &fits[i], after);
    const char *found = pac_run_difference(running->run, space->services, after);
    if (found == NULL) {
      return &fits[i];
    }
    *difference = *difference == NULL ? found : *difference;
  }
  return NULL;
}

void pac_running_judge(struct pac_running *running, uint32_t index) {
  struct pac_running_put *put = &running->puts[index];
  struct pac_running_space *space = &running->spaces[put->space];
  struct pac_allowed allowed;
  struct pac_allowed_outcome fits[PAC_ALLOWED_MAX + 1];
  if (space->is_lost || space->is_unsettled || put->seen.place == PAC_PLACE_NOWHERE) {
    return; /* judged with the others, or by its events */
  }
  allow(running, &space->shadow, put, &allowed);
  space->last_put = index;
  space->last_clause = allowed.clause;
  tell_allowed(running, index, &allowed);
  check_expected(running, index, &allowed);
  uint32_t count = fitting(running, &allowed, put, fits);
  if (count == 0) {
    doubt(space, index, PAC_REASON_WRONG_OUTCOME, pac_running_outcome_clause(&allowed, put),
          pac_running_allowed_text(running, &allowed), pac_running_seen_text(running, put));
    return;
  }
  struct pac_shadow after;
  const struct pac_allowed_outcome *chosen = &fits[0];
  bool is_error = pac_hresult_is_error(put->seen.outcome);
  if (count > 1 && space->open_count > 0) {
    doubt(space, index, PAC_REASON_WRONG_STATE, pac_running_state_clause(&allowed, put),
          "the namespace as the puts should leave it", "one that no order of them leads to");
    return;
  }
  if (count == 1 && (running->is_brief || space->open_count > 0)) {
    apply(running, &space->shadow, put, chosen, &after);
  } else {
    const char *difference = NULL;
    chosen = choose_effect(running, space, put, fits, count, &after, &difference);
    if (chosen == NULL) {
      doubt(space, index, PAC_REASON_WRONG_STATE, pac_running_state_clause(&allowed, put),
            is_error ? "a refused put changes nothing" : "the namespace as the put should leave it", difference);
      return;
    }
  }
  running->has_choice = running->has_choice || chosen->reading != PAC_READING_NONE || count > 1 || is_choice(&allowed);
  keep_readings(running, index, &allowed, chosen);
  /* A put that was open before may have met an earlier shortage, and this one is still to come. */
  if (chosen->status == PAC_STATUS_OUT_OF_MEMORY && put->began > space->shortage_began) {
    space->lacks_memory = false;
  }
  space->shadow = after;
}

/* All orders ------------------------------------------------------------------------------------------------------------- */

/* What the search has seen of one put. */
struct looked {
  bool fits;            /* in some state */
  const char *expected; /* in the first state that it did not fit; null when there was none */
  enum pac_clause clause;
};

struct search {
  struct pac_running *running;
  struct pac_running_space *space;
  uint32_t looks;
  bool is_taken[PAC_PROGRAM_CALLS_MAX]; /* by place in the window, as below */
  struct looked looked[PAC_PROGRAM_CALLS_MAX];
  const char *difference; /* of the first order in which every outcome fits from what the namespace holds */
  struct pac_shadow found;
};

/* True when the put at that place may come next: none that is left ended before it began. */
static bool may_be_next(const struct search *search, uint32_t place) {
  const struct pac_running_put *puts = search->running->puts;
  for (uint32_t i = 0; i < search->space->window_count; i++) {
    if (!search->is_taken[i] && i != place &&
        puts[search->space->window[i]].ended < puts[search->space->window[place]].began) {
      return false;
    }
  }
  return true;
}

static void note_look(struct search *search, uint32_t place, const struct pac_running_put *put,
                      const struct pac_allowed *allowed, bool fits) {
  struct looked *looked = &search->looked[place];
  looked->fits = looked->fits || fits;
  if (!fits && looked->expected == NULL) {
    looked->expected = pac_running_allowed_text(search->running, allowed);
    looked->clause = pac_running_outcome_clause(allowed, put);
  }
}

static bool search_from(struct search *search, const struct pac_shadow *state, uint32_t left) {
  struct pac_running *running = search->running;
  if (left == 0) {
    const char *difference = pac_run_difference(running->run, search->space->services, state);
    search->found = *state;
    search->difference = search->difference == NULL ? difference : search->difference;
    return difference == NULL;
  }
  for (uint32_t place = 0; place < search->space->window_count; place++) {
    const struct pac_running_put *put = &running->puts[search->space->window[place]];
    struct pac_allowed allowed;
    struct pac_allowed_outcome fits[PAC_ALLOWED_MAX + 1];
    if (search->is_taken[place] || !may_be_next(search, place)) {
      continue;
    }
    search->looks += 1;
    if (search->looks > SEARCH_LOOKS_MAX) {
      return false;
    }
    allow(running, state, put, &allowed);
    uint32_t count = fitting(running, &allowed, put, fits);
    note_look(search, place, put, &allowed, count > 0);
    search->is_taken[place] = true;
    for (uint32_t i = 0; i < count; i++) {
      struct pac_shadow after;
      apply(running, state, put, &fits[i], &after);
      if (search_from(search, &after, left - 1)) {
        return true;
      }
    }
    search->is_taken[place] = false;
  }
  return false;
}

/* No order fits. A put whose outcome fits in none of the states says more than that the first doubt was right. */
static void find_misfit(const struct search *search) {
  struct pac_running *running = search->running;
  const struct pac_running_space *space = search->space;
  for (uint32_t place = 0; place < space->window_count; place++) {
    const struct looked *looked = &search->looked[place];
    uint32_t put = space->window[place];
    if (looked->expected != NULL && !looked->fits) {
      pac_running_find(running, put, PAC_REASON_WRONG_OUTCOME, looked->clause, looked->expected,
                       pac_running_seen_text(running, &running->puts[put]));
      return;
    }
  }
  bool is_known = space->doubt_reason == PAC_REASON_WRONG_STATE && search->difference != NULL;
  pac_running_find(running, space->doubt_put, space->doubt_reason, space->doubt_clause, space->doubt_expected,
                   is_known ? search->difference : space->doubt_observed);
}

static void resolve(struct pac_running *running, struct pac_running_space *space) {
  struct search search = {.running = running, .space = space};
  uint32_t left = space->window_count;
  for (uint32_t i = 0; i < space->window_count; i++) {
    if (running->puts[space->window[i]].seen.place == PAC_PLACE_NOWHERE) {
      space->is_lost = true; /* a put without an end may have done anything; that is a finding of its own */
      return;
    }
  }
  running->has_choice = true;
  if (search_from(&search, &space->settled, left)) {
    space->shadow = search.found;
  } else {
    space->is_lost = true;
    if (search.looks <= SEARCH_LOOKS_MAX) {
      find_misfit(&search);
    } else {
      pac_run_note(running->run, "too many orders of %u puts to try: what is stored is not judged from here",
                   (unsigned)left);
    }
  }
}

void pac_running_settle(struct pac_running *running, uint32_t index, bool is_thorough) {
  struct pac_running_space *space = &running->spaces[index];
  /* Of puts that overlapped the last to complete need not be the last to be carried out. */
  bool is_in_doubt = is_thorough || space->window_count > 1;
  if (!space->is_lost && !space->is_unsettled && is_in_doubt) {
    const char *difference = pac_run_difference(running->run, space->services, &space->shadow);
    if (difference != NULL) {
      doubt(space, space->last_put, PAC_REASON_WRONG_STATE, space->last_clause, "the namespace as the puts should leave it", difference);
    }
  }
  if (!space->is_lost && space->is_unsettled) {
    resolve(running, space);
  }
  space->is_unsettled = false;
  space->settled = space->shadow;
  space->window_count = 0;
}
