/* SPDX-License-Identifier: Apache-2.0 */
/* Judges one call: the rules that hold for the events of every put, the outcome against what is allowed, and the
 * namespace against what the matching effect leaves behind. */
#include <stdio.h>
#include <string.h>

#include "case/case_run.h"
#include "case/case_state.h"
#include "pacheck/path.h"

static const char *outcome_text(struct pac_case_run *run, const struct pac_put_seen *seen) {
  char code[96];
  pac_hresult_print(seen->outcome, code, sizeof code);
  switch (seen->place) {
    case PAC_PLACE_RAISED:
      return pac_run_text(run, "%s, raised by the call", code);
    case PAC_PLACE_COMPLETED:
      return pac_run_text(run, "%s in OnCompleted", code);
    case PAC_PLACE_BOTH:
      return pac_run_text(run, "%s raised by the call and OnCompleted as well", code);
    case PAC_PLACE_NOWHERE:
      break;
  }
  return pac_run_text(run, "the call answered %s and no OnCompleted came", code);
}

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

static void judge_numbers(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen) {
  bool is_error = pac_hresult_is_error(seen->outcome);
  if (seen->place == PAC_PLACE_NOWHERE) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS,
                 call->sink == NULL ? PAC_CLAUSE_PUT_ASYNC_PARAMETERS_NULL_SINK_REFUSED
                                    : PAC_CLAUSE_EVENTS_ORDER_COMPLETION_CERTAIN,
                 call->sink == NULL ? "an error raised by the call" : "OnCompleted, because the call raised no error",
                 outcome_text(run, seen));
  } else if (seen->place == PAC_PLACE_BOTH) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_ORDER_ERROR_IN_ONE_PLACE,
                 "the error in one place: raised, or in OnCompleted", outcome_text(run, seen));
  }
  if (seen->place == PAC_PLACE_RAISED && seen->object_put_count + seen->object_ready_count + seen->progress_count > 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_ORDER_NOT_STARTED_NO_EVENT,
                 "no event after an error raised by the call",
                 pac_run_text(run, "%u events",
                              (unsigned)(seen->object_put_count + seen->object_ready_count + seen->progress_count)));
  }
  if (seen->completed_count > 1) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_COMPLETED_ONCE, "exactly one OnCompleted",
                 pac_run_text(run, "%u", (unsigned)seen->completed_count));
  }
  if (seen->place == PAC_PLACE_COMPLETED && !is_error && seen->object_put_count == 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_OBJECT_PUT_AFTER_SUCCESS,
                 "OnObjectPut after a successful put", "none");
  }
  if (!is_error && seen->object_put_count > 1) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_OBJECT_PUT_ONCE, "exactly one OnObjectPut",
                 pac_run_text(run, "%u", (unsigned)seen->object_put_count));
  }
  if (is_error && seen->place == PAC_PLACE_COMPLETED && seen->object_put_count > 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_OBJECT_PUT_NONE_ON_FAILURE,
                 "no OnObjectPut for a failed put", "OnObjectPut came");
  }
  if (seen->object_ready_count > 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_OBJECT_READY_NOT_DELIVERED,
                 "no OnObjectReady for a put", pac_run_text(run, "%u", (unsigned)seen->object_ready_count));
  }
  if (seen->progress_count > 0 && (call->flags & PAC_FLAG_SEND_STATUS) == 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_PROGRESS_NONE_WITHOUT_SEND_STATUS,
                 "no OnProgress without 0x80", pac_run_text(run, "%u", (unsigned)seen->progress_count));
  }
}

/* What an event after OnCompleted violates. */
static enum pac_clause late_clause(enum pac_event_kind kind) {
  switch (kind) {
    case PAC_EVENT_OBJECT_PUT:
      return PAC_CLAUSE_EVENTS_ORDER_OBJECT_PUT_BEFORE_COMPLETED;
    case PAC_EVENT_PROGRESS:
      return PAC_CLAUSE_EVENTS_PROGRESS_NONE_AFTER_COMPLETED;
    default:
      return PAC_CLAUSE_EVENTS_COMPLETED_NOTHING_AFTER;
  }
}

/* What an event with another context than that of its call violates. */
static enum pac_clause context_clause(enum pac_event_kind kind) {
  switch (kind) {
    case PAC_EVENT_COMPLETED:
      return PAC_CLAUSE_ASYNC_CONTEXT_RETURNED_WITH_EVENTS;
    case PAC_EVENT_OBJECT_PUT:
      return PAC_CLAUSE_EVENTS_OBJECT_PUT_ASYNC_CONTEXT_ARGUMENT;
    default:
      return PAC_CLAUSE_ASYNC_CONTEXT_RETURNED_LAST_ARGUMENT_OF_EVERY_EVENT;
  }
}

/* Order, overlap and contexts of the events that the call's sink has received since the call. */
static void judge_each_event(struct pac_case_run *run, const struct pac_put_call *call,
                             const struct pac_put_seen *seen) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  bool is_over = false;
  for (uint32_t i = seen->first_event; i < count; i++) {
    const struct pac_event *event = events[i];
    if (!pac_run_is_own_event(call, event)) {
      continue;
    }
    if (is_over && event->kind != PAC_EVENT_COMPLETED) {
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, late_clause(event->kind),
                   event->kind == PAC_EVENT_OBJECT_PUT ? "OnObjectPut before OnCompleted" : "nothing after OnCompleted",
                   pac_run_text(run, "%s after OnCompleted", pac_event_word(event->kind)));
    }
    is_over = is_over || event->kind == PAC_EVENT_COMPLETED;
    if (event->is_overlapping && !call->is_sink_shared) {
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_SINK_DELIVERY_NEVER_TWICE_AT_ONCE,
                   "one event of a put at a time",
                   pac_run_text(run, "%s while another event was being delivered", pac_event_word(event->kind)));
    }
    bool is_empty = event->async_context == NULL || pac_named_values_count(event->async_context) == 0;
    if (call->async_context == NULL) {
      pac_run_reading(run, PAC_READING_A_08, "", event->async_context == NULL ? "null" : "empty set");
      if (!is_empty) {
        pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_ASYNC_CONTEXT_ABSENT_NONE_IN_EVENTS,
                     "no async context, because none was passed",
                     pac_run_text(run, "%s with a context of %u", pac_event_word(event->kind),
                                  (unsigned)pac_named_values_count(event->async_context)));
      }
    } else if (!pac_named_values_equal(event->async_context, call->async_context)) {
      char text[256];
      pac_event_print(event, text, sizeof text);
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, context_clause(event->kind), "the async context that was passed", text);
    }
  }
}

void pac_case_judge_surplus(struct pac_case_run *run) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  for (uint32_t i = 0; i < count; i++) {
    if (events[i]->is_surplus) {
      char text[256];
      pac_event_print(events[i], text, sizeof text);
      pac_run_find(run, PAC_REASON_WRONG_EVENTS,
                   events[i]->kind == PAC_EVENT_COMPLETED ? PAC_CLAUSE_EVENTS_COMPLETED_ONCE
                                                          : late_clause(events[i]->kind),
                   "nothing after the OnCompleted of a put", text);
      return;
    }
  }
}

static void judge_error_object(struct pac_case_run *run, const struct pac_event *completed) {
  char code[96];
  if (!pac_hresult_is_error(completed->result)) {
    if (completed->error != NULL) {
      pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_COMPLETED_NO_ERROR_OBJECT_ON_SUCCESS,
                   "no error object on success", "an error object");
    }
    return;
  }
  const struct pac_last_error *error = completed->error;
  if (error != NULL && error->has_status_code && error->status_code != completed->result) {
    pac_hresult_print(error->status_code, code, sizeof code);
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_ERROR_OBJECT_CONTENT_AGREES_WITH_RESULT,
                 "an error object that agrees with the code of OnCompleted", code);
  }
}

/* An instance may be made from another definition than the one that is stored, which then says what its keys are. */
static bool has_stored_keys(const struct pac_case_run *run, const struct pac_object *instance) {
  const struct pac_shadow_class *stored = pac_shadow_class_find(&run->shadow, pac_object_class_name(instance));
  if (stored == NULL) {
    return false;
  }
  const struct pac_object *definition = stored->definition;
  for (uint32_t i = 0; i < pac_object_property_count(definition); i++) {
    const char *name = pac_object_property_at(definition, i)->name;
    if (pac_object_property_is_key(definition, name) && !pac_object_property_is_key(instance, name)) {
      return false;
    }
  }
  return pac_object_key_count(definition) == pac_object_key_count(instance) &&
         pac_object_is_singleton(definition) == pac_object_is_singleton(instance);
}

/* False when the path states other keys than the instance has. Where it comes from does not count, and an instance that has
 * no path yet may be given any: its key is made up. */
static bool may_name(struct pac_case_run *run, const struct pac_path *path, const struct pac_object *instance) {
  struct pac_path *own = NULL;
  if (!has_stored_keys(run, instance) || pac_path_of_object(run->memory, instance, &own) != PAC_RESULT_OK) {
    return true;
  }
  return pac_path_set_origin(own, NULL, NULL) != PAC_RESULT_OK || pac_path_equal(path, own);
}

static void judge_path(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_event *event) {
  enum pac_clause clause = pac_object_genus(call->object) == PAC_GENUS_CLASS
                               ? PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_OF_CLASS
                               : PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_OF_INSTANCE;
  struct pac_path *path = NULL;
  if (event->path == NULL || pac_path_parse(run->memory, event->path, &path) != PAC_RESULT_OK) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_ARGUMENT,
                 "an object path in OnObjectPut", event->path == NULL ? "null" : event->path);
    return;
  }
  bool is_class = pac_object_genus(call->object) == PAC_GENUS_CLASS;
  const char *name = pac_object_class_name(call->object);
  if (name == NULL || pac_path_is_class(path) != is_class || pac_name_compare(pac_path_class_name(path), name) != 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, clause,
                 pac_run_text(run, "the path of %s %s", is_class ? "class" : "an instance of",
                              name == NULL ? "without a name" : name),
                 event->path);
  }
}

/* The keys of a delivered path. What they have to be only the class as it is stored can tell. */
static void judge_path_keys(struct pac_case_run *run, const struct pac_put_call *call,
                            const struct pac_put_seen *seen) {
  struct pac_path *path = NULL;
  const struct pac_object *object = call->object;
  if (seen->object_put == NULL || seen->object_put->path == NULL || object == NULL ||
      pac_object_genus(object) == PAC_GENUS_CLASS ||
      pac_path_parse(run->memory, seen->object_put->path, &path) != PAC_RESULT_OK || pac_path_is_class(path)) {
    return;
  }
  if (!may_name(run, path, object)) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_OBJECT_PUT_PATH_OF_INSTANCE,
                 "the path of the instance that was put", seen->object_put->path);
  }
}

void pac_run_judge_events(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen) {
  judge_numbers(run, call, seen);
  judge_each_event(run, call, seen);
  if (seen->completed != NULL) {
    judge_error_object(run, seen->completed);
  }
  if (seen->object_put != NULL && call->object != NULL) {
    judge_path(run, call, seen->object_put);
  }
  if (pac_hresult_is_error(seen->outcome) && !pac_hresult_is_published(seen->outcome)) {
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_ERROR_CODES_PUBLISHED_ONLY,
                 "a published code, or one of the system or the transport", outcome_text(run, seen));
  }
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
  judge_path_keys(run, call, seen);
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
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, clause, expectation_text(run, expectation), outcome_text(run, seen));
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
  judge_path_keys(run, call, seen);
  if (seen->place == PAC_PLACE_NOWHERE) {
    return false;
  }
  if (!pac_run_status_is(run, seen->outcome, status)) {
    const struct pac_outcome outcome = {.status = status};
    const struct pac_expectation expectation = {.outcomes = &outcome, .outcome_count = 1};
    pac_run_find(run, PAC_REASON_WRONG_OUTCOME, clause, expectation_text(run, &expectation), outcome_text(run, seen));
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
