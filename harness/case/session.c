/* SPDX-License-Identifier: Apache-2.0 */
/* Receives events from whatever thread delivers them and keeps them for the case that asked. Judging them is left to
 * judge_put.c. The registry of handles, with the ended cases of late.c behind it, is the one mutable global of the harness: an
 * event names nothing but its handle. late.c has a lock of its own, taken inside of the registry's. */
#include "case/session.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "case/case.h"
#include "case/late.h"
#include "case/session_copy.h"

struct sink_state {
  enum pac_sink_manner manner;
  pac_sink_reaction reaction; /* null for none */
  void *reaction_context;
  uint32_t puts; /* that were begun with it */
  uint32_t completed;
  uint32_t delivering; /* events that are in its routines right now */
};

struct pac_session {
  struct pac_arena *arena;
  uint32_t case_index;
  uint64_t first_serial; /* of the handles of this session; they are consecutive */
  struct sink_state *sinks;
  uint32_t sink_count;
  uint32_t sink_capacity;
  const struct pac_event **events;
  uint32_t event_count;
  uint32_t event_capacity;
  const struct pac_provider_call **calls;
  uint32_t call_count;
  uint32_t call_capacity;
  bool has_lost;
  bool is_in_call;
  uint64_t call_number; /* of calls begun; a blocked sink waits until it is over */
  pthread_t caller;
};

static struct {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  struct pac_session *open;
  uint64_t next_serial;
} registry = {.mutex = PTHREAD_MUTEX_INITIALIZER, .next_serial = 1};

/* Waiting goes by a clock that nobody sets, which an initialiser cannot say. */
static void registry_prepare(void) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&registry.changed, &attributes);
  pthread_condattr_destroy(&attributes);
}

/* Handles are odd multiples of 16 away from zero pages and never dereferenced. */
static void *handle_of_serial(uint64_t serial) {
  return (void *)(uintptr_t)(serial << 4);
}

static uint64_t serial_of_handle(const void *handle) {
  return (uint64_t)(uintptr_t)handle >> 4;
}

enum pac_result pac_session_open(uint32_t case_index, struct pac_session **given) {
  return pac_session_open_in(NULL, case_index, given);
}

enum pac_result pac_session_open_in(const struct pac_memory *memory, uint32_t case_index, struct pac_session **given) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  struct pac_arena *arena = NULL;
  pthread_once(&once, registry_prepare); /* before any session, and so before anybody waits or is woken */
  PAC_TRY(pac_arena_new(memory, 4096, &arena));
  struct pac_session *session = pac_arena_allocate(arena, sizeof *session);
  if (session == NULL) {
    pac_arena_free(arena);
    return PAC_RESULT_NO_MEMORY;
  }
  *session = (struct pac_session){.arena = arena, .case_index = case_index};
  enum pac_result result = PAC_RESULT_OK;
  pthread_mutex_lock(&registry.mutex);
  if (registry.open == NULL) {
    session->first_serial = registry.next_serial;
    registry.open = session;
  } else {
    result = PAC_RESULT_EXISTS;
  }
  pthread_mutex_unlock(&registry.mutex);
  if (result != PAC_RESULT_OK) {
    pac_arena_free(arena);
    return result;
  }
  *given = session;
  return PAC_RESULT_OK;
}

void pac_session_close(struct pac_session *session) {
  if (session == NULL) {
    return;
  }
  pthread_mutex_lock(&registry.mutex);
  session->is_in_call = false;
  pthread_cond_broadcast(&registry.changed);
  pac_late_case_ended(session->case_index, session->first_serial);
  registry.open = NULL;
  pthread_mutex_unlock(&registry.mutex);
  pac_arena_free(session->arena);
}

/* Doubles an array of the session's arena; `count` elements are kept. */
static bool grow(struct pac_arena *arena, void **array, uint32_t *capacity, uint32_t count, uint32_t count_max,
                 size_t element_size) {
  if (count < *capacity) {
    return true;
  }
  if (count >= count_max) {
    return false;
  }
  uint32_t larger = *capacity == 0 ? 8 : *capacity * 2;
  void *copy = pac_arena_allocate_array(arena, larger, element_size);
  if (copy == NULL) {
    return false;
  }
  if (count > 0) {
    memcpy(copy, *array, count * element_size);
  }
  *array = copy;
  *capacity = larger;
  return true;
}

/* Sinks and recorders share one row of serials, so that either is found by subtraction. */
static enum pac_result new_handle(struct pac_session *session, enum pac_sink_manner manner, void **handle) {
  enum pac_result result = PAC_RESULT_OK;
  pthread_mutex_lock(&registry.mutex);
  void *sinks = session->sinks;
  if (session->sink_count >= PAC_SESSION_SINKS_MAX) {
    result = PAC_RESULT_LIMIT;
  } else if (!grow(session->arena, &sinks, &session->sink_capacity, session->sink_count, PAC_SESSION_SINKS_MAX,
                   sizeof *session->sinks)) {
    result = PAC_RESULT_NO_MEMORY;
  } else {
    session->sinks = sinks;
    session->sinks[session->sink_count] = (struct sink_state){.manner = manner};
    session->sink_count += 1;
    *handle = handle_of_serial(registry.next_serial);
    registry.next_serial += 1;
  }
  pthread_mutex_unlock(&registry.mutex);
  return result;
}

enum pac_result pac_session_sink(struct pac_session *session, enum pac_sink_manner manner, struct pac_sink **sink) {
  void *handle = NULL;
  PAC_TRY(new_handle(session, manner, &handle));
  *sink = handle;
  return PAC_RESULT_OK;
}

/* With the mutex held: the state behind a handle of the open session, or null. */
static struct sink_state *find_sink(const void *handle) {
  struct pac_session *session = registry.open;
  uint64_t serial = serial_of_handle(handle);
  if (session == NULL || serial < session->first_serial || serial - session->first_serial >= session->sink_count) {
    return NULL;
  }
  return &session->sinks[serial - session->first_serial];
}

void pac_session_set_reaction(struct pac_session *session, const struct pac_sink *sink, pac_sink_reaction reaction,
                              void *context) {
  (void)session;
  pthread_mutex_lock(&registry.mutex);
  struct sink_state *state = find_sink(sink);
  if (state != NULL) {
    state->reaction = reaction;
    state->reaction_context = context;
  }
  pthread_mutex_unlock(&registry.mutex);
}

enum pac_result pac_session_provider(struct pac_session *session, struct pac_provider **recorder) {
  void *handle = NULL;
  PAC_TRY(new_handle(session, PAC_SINK_RECORDS, &handle));
  *recorder = handle;
  return PAC_RESULT_OK;
}

uint32_t pac_session_events(struct pac_session *session, const struct pac_event *const **events) {
  pthread_mutex_lock(&registry.mutex);
  uint32_t count = session->event_count;
  *events = (const struct pac_event *const *)session->events;
  pthread_mutex_unlock(&registry.mutex);
  return count;
}

uint32_t pac_session_provider_calls(struct pac_session *session, const struct pac_provider_call *const **calls) {
  pthread_mutex_lock(&registry.mutex);
  uint32_t count = session->call_count;
  *calls = (const struct pac_provider_call *const *)session->calls;
  pthread_mutex_unlock(&registry.mutex);
  return count;
}

bool pac_session_has_lost(struct pac_session *session) {
  pthread_mutex_lock(&registry.mutex);
  bool has_lost = session->has_lost;
  pthread_mutex_unlock(&registry.mutex);
  return has_lost;
}

void pac_session_call_begins(struct pac_session *session, const struct pac_sink *sink) {
  pthread_mutex_lock(&registry.mutex);
  struct sink_state *state = find_sink(sink);
  if (state != NULL) {
    state->puts += 1;
  }
  session->caller = pthread_self();
  session->is_in_call = true;
  session->call_number += 1;
  pthread_mutex_unlock(&registry.mutex);
}

void pac_session_call_ends(struct pac_session *session) {
  pthread_mutex_lock(&registry.mutex);
  session->is_in_call = false;
  pthread_cond_broadcast(&registry.changed);
  pthread_mutex_unlock(&registry.mutex);
}

uint32_t pac_session_completed(struct pac_session *session, const struct pac_sink *sink) {
  (void)session;
  pthread_mutex_lock(&registry.mutex);
  struct sink_state *state = find_sink(sink);
  uint32_t completed = state == NULL ? 0 : state->completed;
  pthread_mutex_unlock(&registry.mutex);
  return completed;
}

enum pac_result pac_session_wait(struct pac_session *session, const struct pac_sink *sink, uint32_t count,
                                 uint32_t timeout_ms) {
  (void)session;
  struct timespec limit;
  clock_gettime(CLOCK_MONOTONIC, &limit);
  limit.tv_sec += (time_t)(timeout_ms / 1000);
  limit.tv_nsec += (long)(timeout_ms % 1000) * 1000000L;
  if (limit.tv_nsec >= 1000000000L) {
    limit.tv_sec += 1;
    limit.tv_nsec -= 1000000000L;
  }
  enum pac_result result = PAC_RESULT_OK;
  pthread_mutex_lock(&registry.mutex);
  for (;;) {
    struct sink_state *state = find_sink(sink);
    if (state != NULL && state->completed >= count) {
      break;
    }
    if (pthread_cond_timedwait(&registry.changed, &registry.mutex, &limit) == ETIMEDOUT) {
      state = find_sink(sink);
      result = state != NULL && state->completed >= count ? PAC_RESULT_OK : PAC_RESULT_NOT_FOUND;
      break;
    }
  }
  pthread_mutex_unlock(&registry.mutex);
  return result;
}

/* With the mutex held: keeps a copy of the event in the open session. */
static void keep_event(struct pac_session *session, const struct pac_event *event) {
  void *events = session->events;
  bool has_failed = false;
  struct pac_event *copy = pac_session_copy_event(session->arena, event, &has_failed);
  if (copy == NULL || !grow(session->arena, &events, &session->event_capacity, session->event_count,
                            PAC_SESSION_EVENTS_MAX, sizeof *session->events)) {
    session->has_lost = true;
    return;
  }
  session->events = events;
  session->has_lost = session->has_lost || has_failed;
  session->events[session->event_count] = copy;
  session->event_count += 1;
}

/* The one way in for every event. Returns what the client's routine returns. */
static pac_hresult receive(struct pac_event *event) {
  pac_hresult answer = 0;
  pthread_mutex_lock(&registry.mutex);
  struct sink_state *state = find_sink(event->sink);
  struct pac_session *session = registry.open;
  uint64_t serial = serial_of_handle(event->sink);
  if (state == NULL) {
    pac_late_record(event, serial < registry.next_serial ? serial : 0);
    pthread_mutex_unlock(&registry.mutex);
    return 0;
  }
  event->is_before_return = session->is_in_call;
  event->is_inside_call = session->is_in_call && pthread_equal(session->caller, pthread_self()) != 0;
  event->is_overlapping = state->delivering > 0;
  event->is_surplus = state->completed >= state->puts;
  keep_event(session, event);
  state->delivering += 1;
  pac_sink_reaction reaction = state->reaction;
  void *context = state->reaction_context;
  if (state->manner == PAC_SINK_BLOCKS_UNTIL_RETURN && !event->is_inside_call) {
    uint64_t call_number = session->call_number;
    while (find_sink(event->sink) != NULL && session->is_in_call && session->call_number == call_number) {
      pthread_cond_wait(&registry.changed, &registry.mutex);
    }
  } else if (state->manner == PAC_SINK_REFUSES) {
    answer = 0x80004005u; /* E_FAIL, as a routine that gave up would return */
  }
  if (reaction != NULL) {
    pthread_mutex_unlock(&registry.mutex);
    reaction(context, event);
    pthread_mutex_lock(&registry.mutex);
  }
  /* While this routine waited the array may have grown and the session may have been closed, with another in its place. */
  state = find_sink(event->sink);
  if (state != NULL) {
    state->delivering -= 1;
    state->completed += event->kind == PAC_EVENT_COMPLETED;
    pthread_cond_broadcast(&registry.changed);
  }
  pthread_mutex_unlock(&registry.mutex);
  return answer;
}

pac_hresult pac_sink_object_put(struct pac_sink *sink, const char *path, const struct pac_named_values *async_context) {
  struct pac_event event = {.kind = PAC_EVENT_OBJECT_PUT, .sink = sink, .path = path, .async_context = async_context};
  return receive(&event);
}

pac_hresult pac_sink_completed(struct pac_sink *sink, pac_hresult result, const struct pac_last_error *error,
                               const struct pac_named_values *async_context) {
  struct pac_event event = {
      .kind = PAC_EVENT_COMPLETED, .sink = sink, .result = result, .error = error, .async_context = async_context};
  return receive(&event);
}

pac_hresult pac_sink_object_ready(struct pac_sink *sink, const struct pac_object *object,
                                  const struct pac_named_values *async_context) {
  struct pac_event event = {
      .kind = PAC_EVENT_OBJECT_READY, .sink = sink, .object = object, .async_context = async_context};
  return receive(&event);
}

pac_hresult pac_sink_progress(struct pac_sink *sink, uint32_t upper_bound, uint32_t current, const char *message,
                              const struct pac_named_values *async_context) {
  struct pac_event event = {.kind = PAC_EVENT_PROGRESS,
                            .sink = sink,
                            .upper_bound = upper_bound,
                            .current = current,
                            .message = message,
                            .async_context = async_context};
  return receive(&event);
}

/* With the mutex held: keeps a copy of the call in the open session. */
static void keep_call(struct pac_session *session, const struct pac_provider_call *call) {
  void *calls = session->calls;
  bool has_failed = false;
  struct pac_provider_call *copy = pac_session_copy_call(session->arena, call, &has_failed);
  if (copy == NULL || !grow(session->arena, &calls, &session->call_capacity, session->call_count,
                            PAC_SESSION_EVENTS_MAX, sizeof *session->calls)) {
    session->has_lost = true;
    return;
  }
  session->calls = calls;
  session->has_lost = session->has_lost || has_failed;
  session->calls[session->call_count] = copy;
  session->call_count += 1;
}

static void record_call(const struct pac_provider_call *call) {
  pthread_mutex_lock(&registry.mutex);
  if (find_sink(call->recorder) != NULL) {
    keep_call(registry.open, call);
  }
  pthread_mutex_unlock(&registry.mutex);
}

void pac_provider_put(struct pac_provider *recorder, const char *class_name, const struct pac_object *object,
                      uint32_t flags, const struct pac_named_values *context) {
  struct pac_provider_call call = {
      .recorder = recorder, .class_name = class_name, .object = object, .flags = flags, .context = context};
  record_call(&call);
}

void pac_provider_deleted(struct pac_provider *recorder, const char *class_name, const char *path) {
  struct pac_provider_call call = {.recorder = recorder, .is_deletion = true, .class_name = class_name, .path = path};
  record_call(&call);
}
