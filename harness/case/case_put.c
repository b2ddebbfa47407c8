/* SPDX-License-Identifier: Apache-2.0 */
/* The calls that a case makes of the implementation, and waiting for what they lead to. Nothing sleeps: what has to
 * come is pumped for, asked for or waited for; what must not come is never waited for. */
#include <stdio.h>
#include <string.h>

#include "case/case_run.h"
#include "case/case_state.h"
#include "object/printer.h"
#include "object/text.h"

/* Steps that one settling may take: far beyond any case, short of for ever. */
#define PUMPS_MAX 1000000u

struct pac_sink *pac_run_sink(struct pac_case_run *run, enum pac_sink_manner manner) {
  struct pac_sink *sink = NULL;
  pac_run_require(run, pac_session_sink(run->session, manner, &sink), "a sink");
  return sink;
}

void pac_run_goes_on(const struct pac_case_run *run) {
  if (run->settings->goes_on != NULL) {
    run->settings->goes_on(run->settings->goes_on_context);
  }
}

/* The name of an object for a timeline: its relative path, or what there is of it. */
static const char *object_label(struct pac_case_run *run, const struct pac_object *object, char *buffer, size_t size) {
  struct pac_path *path = NULL;
  const char *name = object == NULL ? NULL : pac_object_class_name(object);
  if (object == NULL) {
    snprintf(buffer, size, "null");
  } else if (pac_object_genus(object) == PAC_GENUS_CLASS) {
    snprintf(buffer, size, "class %s", name == NULL ? "without a name" : name);
  } else if (pac_path_of_object(run->memory, object, &path) == PAC_RESULT_OK) {
    size_t used = (size_t)snprintf(buffer, size, "instance ");
    pac_path_print(path, PAC_PATH_RELATIVE, buffer + used, size - used);
  } else {
    snprintf(buffer, size, "instance of %s", name == NULL ? "no class" : name);
  }
  return buffer;
}

/* Octets of an object in a timeline; what is longer is cut, so that a class of a thousand properties stays one line. */
#define OBJECT_TEXT_MAX 1024u

/* Notes what is put, as MOF on one line: without it a reader of the report has to look for the row's builder. */
static void note_object(struct pac_case_run *run, const struct pac_object *object) {
  char text[OBJECT_TEXT_MAX];
  struct pac_printer printer = pac_printer_start(text, sizeof text);
  pac_print_object(&printer, object, true);
  bool is_cut = pac_printer_end(&printer) >= sizeof text;
  if (is_cut) {
    text[pac_text_cut(text, sizeof text - 1)] = '\0';
  }
  pac_run_note(run, "  %s%s", text, is_cut ? " ..." : ";");
}

static void note_call(struct pac_case_run *run, const struct pac_put_call *call) {
  char object[256];
  char flags[160];
  char context[OBJECT_TEXT_MAX] = "null";
  if (run->settings->timeline == PAC_TIMELINE_OF_NONE) {
    return;
  }
  pac_flags_print(call->flags, flags, sizeof flags);
  if (call->encoded != NULL) {
    pac_run_note(run, "put_encoded(%s, %zu octets, flags %s, context of %zu octets)",
                 call->sink == NULL ? "null sink" : "sink", call->encoded->object_size, flags,
                 call->encoded->context_size);
    return;
  }
  if (call->context != NULL) {
    pac_set_print(call->context, context, sizeof context);
  }
  pac_run_note(
      run, "put_async(%s, %s, flags %s, context %s, async context %s)", call->sink == NULL ? "null sink" : "sink",
      object_label(run, call->object, object, sizeof object), flags,
      context,
      call->async_context == NULL ? "null" : pac_run_text(run, "of %u", pac_named_values_count(call->async_context)));
  if (call->object != NULL) {
    note_object(run, call->object);
  }
}

void pac_run_start_put(struct pac_case_run *run, const struct pac_put_call *call, struct pac_put_seen *seen) {
  const struct pac_event *const *events = NULL;
  *seen = (struct pac_put_seen){.first_event = pac_session_events(run->session, &events)};
  struct pac_services *services = call->services == NULL ? run->services : call->services;
  char code[96];
  note_call(run, call);
  pac_session_call_begins(run->session, call->sink);
  seen->answer = call->encoded != NULL
                     ? run->settings->adapter->put_encoded(services, call->sink, call->encoded)
                     : run->settings->adapter->put_async(services, call->sink, call->object, call->flags, call->context,
                                                         call->async_context);
  pac_session_call_ends(run->session);
  pac_run_goes_on(run);
  const char *called = call->encoded != NULL ? "put_encoded" : "put_async";
  if (run->settings->timeline != PAC_TIMELINE_OF_NONE) {
    pac_hresult_print(seen->answer, code, sizeof code);
    pac_run_note(run, "%s returned %s", called, code);
  }
  pac_run_answer(run, seen->answer, called);
}

bool pac_run_pump(struct pac_case_run *run) {
  const struct pac_adapter *adapter = run->settings->adapter;
  return (adapter->features & PAC_FEATURE_PUMP) != 0 && adapter->pump(run->services);
}

void pac_run_quiesce(struct pac_case_run *run, struct pac_services *services) {
  const struct pac_adapter *adapter = run->settings->adapter;
  if ((adapter->features & PAC_FEATURE_QUIESCE) == 0) {
    return;
  }
  pac_hresult answer = adapter->quiesce(services);
  pac_run_goes_on(run);
  pac_run_answer(run, answer, "quiesce");
  if (pac_hresult_is_error(answer)) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(run, "quiesce answered %s", code);
  }
}

void pac_run_drain(struct pac_case_run *run) {
  const struct pac_adapter *adapter = run->settings->adapter;
  struct pac_case_state *state = pac_case_state_of(run);
  for (uint32_t i = 0; i < state->services_count; i++) {
    uint32_t pumps = 0;
    while ((adapter->features & PAC_FEATURE_PUMP) != 0 && pumps < PUMPS_MAX && adapter->pump(state->services[i])) {
      pumps += 1;
    }
    if (pumps == PUMPS_MAX) {
      pac_run_broken(run, "pump still delivers after %u calls", PUMPS_MAX);
    }
    pac_run_quiesce(run, state->services[i]);
  }
}

void pac_run_settle(struct pac_case_run *run, struct pac_sink *sink, uint32_t completed) {
  pac_run_drain(run);
  bool can_tell_the_end = (run->settings->adapter->features & (PAC_FEATURE_PUMP | PAC_FEATURE_QUIESCE)) != 0;
  if (sink == NULL || can_tell_the_end || pac_session_completed(run->session, sink) >= completed) {
    return;
  }
  if (pac_session_wait(run->session, sink, completed, run->settings->timeout_ms) != PAC_RESULT_OK) {
    pac_run_note(run, "waited %u ms for OnCompleted in vain", (unsigned)run->settings->timeout_ms);
    pac_case_state_of(run)->has_timed_out = true;
  }
  pac_run_goes_on(run);
}

bool pac_run_is_own_event(const struct pac_put_call *call, const struct pac_event *event) {
  return event->sink == call->sink &&
         (!call->is_sink_shared || pac_named_values_equal(event->async_context, call->async_context));
}

void pac_run_see(struct pac_case_run *run, const struct pac_put_call *call, struct pac_put_seen *seen) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(run->session, &events);
  *seen = (struct pac_put_seen){.answer = seen->answer, .first_event = seen->first_event};
  for (uint32_t i = seen->first_event; i < count; i++) {
    const struct pac_event *event = events[i];
    if (!pac_run_is_own_event(call, event)) {
      continue;
    }
    switch (event->kind) {
      case PAC_EVENT_COMPLETED:
        seen->completed = seen->completed_count == 0 ? event : seen->completed;
        seen->completed_count += 1;
        break;
      case PAC_EVENT_OBJECT_PUT:
        seen->object_put = seen->object_put_count == 0 ? event : seen->object_put;
        seen->object_put_count += 1;
        break;
      case PAC_EVENT_OBJECT_READY:
        seen->object_ready_count += 1;
        break;
      case PAC_EVENT_PROGRESS:
        seen->progress_count += 1;
        break;
    }
  }
  bool is_raised = pac_hresult_is_error(seen->answer);
  bool is_completed = seen->completed_count > 0;
  seen->place = is_raised && is_completed ? PAC_PLACE_BOTH
                : is_raised               ? PAC_PLACE_RAISED
                : is_completed            ? PAC_PLACE_COMPLETED
                                          : PAC_PLACE_NOWHERE;
  seen->outcome = is_raised ? seen->answer : is_completed ? seen->completed->result : 0;
}

void pac_run_put(struct pac_case_run *run, const struct pac_put_call *call, struct pac_put_seen *seen) {
  uint32_t completed = call->sink == NULL ? 0 : pac_session_completed(run->session, call->sink);
  pac_run_start_put(run, call, seen);
  if (pac_hresult_is_error(seen->answer)) {
    pac_run_drain(run);
  } else {
    pac_run_settle(run, call->sink, completed + 1);
  }
  pac_run_see(run, call, seen);
}

static void keep_given(struct pac_case_run *run, struct pac_object *object) {
  struct pac_case_state *state = pac_case_state_of(run);
  if (state->given_count == state->given_capacity) {
    uint32_t larger = state->given_capacity == 0 ? 16 : state->given_capacity * 2;
    struct pac_object **list = pac_arena_allocate_array(run->arena, larger, sizeof *list);
    if (list == NULL || larger > PAC_CASE_OBJECTS_MAX) {
      pac_object_free(object);
      pac_run_broken(run, "a case reads more objects than the harness keeps");
    }
    if (state->given_count > 0) {
      memcpy(list, state->given, state->given_count * sizeof *list);
    }
    state->given = list;
    state->given_capacity = larger;
  }
  state->given[state->given_count] = object;
  state->given_count += 1;
}

/* Null when there is none; otherwise given. */
static struct pac_object *read_object(struct pac_case_run *run, struct pac_services *services, const char *path) {
  struct pac_object *object = NULL;
  pac_hresult answer = run->settings->adapter->get(services, path, &object);
  pac_run_answer(run, answer, "get");
  if (answer == pac_status_hresult(PAC_STATUS_NOT_FOUND, run->settings->profile)) {
    return NULL;
  }
  if (pac_hresult_is_error(answer) || object == NULL) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(run, "get(%s) answered %s%s", path, code, object == NULL ? " and gave no object" : "");
  }
  return object;
}

const struct pac_object *pac_run_get(struct pac_case_run *run, struct pac_services *services, const char *path) {
  struct pac_object *object = read_object(run, services, path);
  if (object != NULL) {
    keep_given(run, object);
  }
  return object;
}

bool pac_run_is_there(struct pac_case_run *run, struct pac_services *services, const char *path) {
  struct pac_object *object = read_object(run, services, path);
  pac_object_free(object);
  return object != NULL;
}

void pac_run_given(struct pac_case_run *run, const struct pac_object *object) {
  pac_run_given_as(run, object, 0, object);
}

void pac_run_given_as(struct pac_case_run *run, const struct pac_object *object, uint32_t flags,
                      const struct pac_object *stored) {
  struct pac_put_call call = {.sink = pac_run_sink(run, PAC_SINK_RECORDS), .object = object, .flags = flags};
  struct pac_put_seen seen;
  char label[256];
  pac_run_put(run, &call, &seen);
  if (seen.place != PAC_PLACE_COMPLETED || pac_hresult_is_error(seen.outcome)) {
    char code[96];
    pac_hresult_print(seen.outcome, code, sizeof code);
    pac_run_broken(run, "the set-up put of %s was not accepted: %s", object_label(run, object, label, sizeof label),
                   seen.place == PAC_PLACE_NOWHERE ? "no OnCompleted came" : code);
  }
  pac_run_require(run, pac_shadow_apply(&run->shadow, stored, PAC_EFFECT_STORED, &run->shadow), "the shadow");
  const char *difference = pac_run_difference(run, run->services, &run->shadow);
  if (difference != NULL) {
    /* What the case is about could not be told from this. */
    pac_run_find(run, PAC_REASON_WRONG_STATE, PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT,
                 pac_run_text(run, "%s stored as the set-up put it", object_label(run, object, label, sizeof label)), difference);
    pac_run_end(run);
  }
}

void pac_run_note_provider(struct pac_case_run *run, const char *class_name,
                           const struct pac_provider_behaviour *behaviour) {
  static const char *const words[] = {
      [PAC_PROVIDER_NONE] = "none",
      [PAC_PROVIDER_ACCEPTS] = "accepts",
      [PAC_PROVIDER_ANSWERS] = "answers",
      [PAC_PROVIDER_HOLDS] = "holds",
      [PAC_PROVIDER_WITHOUT_PUT] = "without put",
      [PAC_PROVIDER_MISSING] = "missing",
      [PAC_PROVIDER_PARTIAL] = "partial updates",
  };
  if (run->settings->timeline == PAC_TIMELINE_OF_NONE) {
    return;
  }
  char code[96] = "";
  if (behaviour->kind == PAC_PROVIDER_ANSWERS) {
    pac_hresult_print(behaviour->answer, code, sizeof code);
  }
  pac_run_note(run, "set_provider(%s, %s%s%s%s%s%s)", class_name, words[behaviour->kind], code[0] == '\0' ? "" : " ", code,
               behaviour->progress_count == 0 ? "" : pac_run_text(run, ", %u of progress", behaviour->progress_count),
               behaviour->unwritable == NULL ? "" : ", cannot write ",
               behaviour->unwritable == NULL ? "" : behaviour->unwritable);
}

void pac_run_given_provider(struct pac_case_run *run, const char *class_name,
                            const struct pac_provider_behaviour *behaviour) {
  pac_hresult answer = run->settings->adapter->set_provider(run->services, class_name, behaviour);
  pac_run_answer(run, answer, "set_provider");
  if (pac_hresult_is_error(answer)) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(run, "set_provider(%s) answered %s", class_name, code);
  }
  pac_run_note_provider(run, class_name, behaviour);
  pac_run_require(run, pac_shadow_set_provider(&run->shadow, class_name, behaviour->kind != PAC_PROVIDER_NONE),
                  "the shadow");
}
