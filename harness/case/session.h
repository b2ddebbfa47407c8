/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The sinks and test providers of one case, and the events that they received.
 *
 * A sink is handed out as a handle, not as memory: a number that is never used twice in a process. So an event that comes
 * after its case has ended is recognised, charged to that case, and can touch nothing. One session is open at a time; the
 * events of it may come from any thread.
 */
#ifndef PACHECK_CASE_SESSION_H
#define PACHECK_CASE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "pacheck/adapter.h"
#include "pacheck/memory.h"

#define PAC_SESSION_SINKS_MAX 8192u
#define PAC_SESSION_EVENTS_MAX 32768u

struct pac_session;

/** One event as it was received. Everything in it is copied and lives as long as the session. */
struct pac_event {
  enum pac_event_kind kind;
  struct pac_sink *sink;
  bool is_inside_call;   /* it came on the caller's thread before put_async returned */
  bool is_before_return; /* it came before put_async returned, on any thread */
  bool is_overlapping;   /* another event of the same sink was being delivered */
  bool is_surplus;       /* every put that was begun with its sink had completed before */
  const char *path;      /* OnObjectPut */
  pac_hresult result;    /* OnCompleted */
  const struct pac_last_error *error; /* OnCompleted; null when none came */
  const struct pac_object *object;    /* OnObjectReady */
  uint32_t upper_bound, current;      /* OnProgress */
  const char *message;                /* OnProgress */
  const struct pac_named_values *async_context; /* null when none came */
};

/** What a sink does when an event comes, beside recording it. */
enum pac_sink_manner {
  PAC_SINK_RECORDS,
  PAC_SINK_BLOCKS_UNTIL_RETURN, /* on another thread than the caller's: returns only once put_async has returned */
  PAC_SINK_REFUSES,             /* every routine returns an error */
};

/** One call of a test provider, copied. */
struct pac_provider_call {
  struct pac_provider *recorder;
  bool is_deletion;
  const char *class_name;
  const struct pac_object *object;        /* a put */
  uint32_t flags;                         /* a put, as the provider saw them */
  const struct pac_named_values *context; /* a put; null when none */
  const char *path;                       /* a deletion */
};

/** Opens the session of a case. Errors: PAC_RESULT_NO_MEMORY; PAC_RESULT_EXISTS when one is open. */
enum pac_result pac_session_open(uint32_t case_index, struct pac_session **given);
/** The same, with the session's own memory from `memory`; null means malloc. */
enum pac_result pac_session_open_in(const struct pac_memory *memory, uint32_t case_index, struct pac_session **given);

/** Closes it: from here on its handles are those of an ended case. */
void pac_session_close(struct pac_session *session);

/** Makes a sink. Errors: PAC_RESULT_LIMIT, PAC_RESULT_NO_MEMORY. */
enum pac_result pac_session_sink(struct pac_session *session, enum pac_sink_manner manner, struct pac_sink **sink);
/** What a client does in a sink's routine, on the thread that delivers: it may call the implementation. */
typedef void (*pac_sink_reaction)(void *context, const struct pac_event *event);
/** From now on each event of the sink, once it is recorded, is handed to `reaction`; null takes that back. */
void pac_session_set_reaction(struct pac_session *session, const struct pac_sink *sink, pac_sink_reaction reaction,
                              void *context);
/** Makes a recorder for a test provider. Errors as above. */
enum pac_result pac_session_provider(struct pac_session *session, struct pac_provider **recorder);

/* The caller marks where put_async begins and ends, so that events know where they fell. `sink` is the one that is passed to
 * it; null for none. */
void pac_session_call_begins(struct pac_session *session, const struct pac_sink *sink);
void pac_session_call_ends(struct pac_session *session);

/** The events so far, in order of arrival; *events stays valid and may be followed by more. */
uint32_t pac_session_events(struct pac_session *session, const struct pac_event *const **events);
uint32_t pac_session_provider_calls(struct pac_session *session, const struct pac_provider_call *const **calls);
/** True when an event or call was lost to a limit or to memory. */
bool pac_session_has_lost(struct pac_session *session);

/** How many OnCompleted the sink has received. */
uint32_t pac_session_completed(struct pac_session *session, const struct pac_sink *sink);

/** Waits until the sink has received `count` OnCompleted. Errors: PAC_RESULT_NOT_FOUND when the time has run out. */
enum pac_result pac_session_wait(struct pac_session *session, const struct pac_sink *sink, uint32_t count,
                                 uint32_t timeout_ms);

/** The elements of a set, `{Call = "first", Number = 42}`. As snprintf. */
size_t pac_set_print(const struct pac_named_values *set, char *buffer, size_t size);

/** The line of an event, as a timeline has it. As snprintf. */
size_t pac_event_print(const struct pac_event *event, char *buffer, size_t size);

#endif
