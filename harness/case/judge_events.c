/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that hold for the events of every put: how many, in which order, with what in them. */
#include "case/case_run.h"
#include "case/case_state.h"
#include "pacheck/path.h"

const char *pac_case_outcome_text(struct pac_case_run *run, const struct pac_put_seen *seen) {
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

static void judge_numbers(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen) {
  bool is_error = pac_hresult_is_error(seen->outcome);
  if (seen->place == PAC_PLACE_NOWHERE) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS,
                 call->sink == NULL ? PAC_CLAUSE_PUT_ASYNC_PARAMETERS_NULL_SINK_REFUSED
                                    : PAC_CLAUSE_EVENTS_ORDER_COMPLETION_CERTAIN,
                 call->sink == NULL ? "an error raised by the call" : "OnCompleted, because the call raised no error",
                 pac_case_outcome_text(run, seen));
  } else if (seen->place == PAC_PLACE_BOTH) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_ORDER_ERROR_IN_ONE_PLACE,
                 "the error in one place: raised, or in OnCompleted", pac_case_outcome_text(run, seen));
  }
  if (seen->place == PAC_PLACE_RAISED && seen->object_put_count + seen->object_ready_count + seen->progress_count > 0) {
    pac_run_find(run, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_EVENTS_ORDER_NOT_STARTED_NO_EVENT,
                 "no event after an error raised by the call",
                 pac_run_text(run, "%u of them",
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

void pac_case_judge_keys(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen) {
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
                 "a published code, or one of the system or the transport", pac_case_outcome_text(run, seen));
  }
}
