/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a suite's run function works with: one case while it runs.
 *
 * A run function sets the scene (given), makes its calls, and has them judged. Findings are recorded and the function goes
 * on; only what makes the case impossible ends it at once: the functions marked "ends the case" do not return then. All
 * memory of a case comes from its arena, so a run function frees nothing: objects and sets are made with run->memory.
 */
#ifndef PACHECK_CASE_CASE_RUN_H
#define PACHECK_CASE_CASE_RUN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "case/case.h"
#include "case/session.h"
#include "case/shadow.h"
#include "contract/decision.h"
#include "pacheck/adapter.h"

/** One case while it runs. Run functions read it and leave it alone. */
struct pac_case_run {
  const struct pac_case *the_case;
  const struct pac_case_settings *settings;
  const struct pac_memory *memory; /* of the case: nothing made from it has to be freed */
  struct pac_arena *arena;
  struct pac_session *session;
  struct pac_services *services;   /* the namespace under test, connected before the run function starts */
  struct pac_shadow shadow;        /* what it should hold */
  bool is_shadow_lost;             /* an outcome that nothing allows was seen: the shadow cannot follow any more */
};

/* Ending a case ------------------------------------------------------------------------------------------------------ */

/** The harness or the set-up could not do its part. Ends the case: broken. */
_Noreturn void pac_run_broken(struct pac_case_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The adapter does not offer something. Ends the case: unsupported. */
_Noreturn void pac_run_unsupported(struct pac_case_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Ends the case with the findings that it has. */
_Noreturn void pac_run_end(struct pac_case_run *run);

/** For harness calls that have to succeed. Ends the case when `result` is not PAC_RESULT_OK. */
void pac_run_require(struct pac_case_run *run, enum pac_result result, const char *what);

/** Reads an answer of the adapter: its two own words end the case; anything else is left to the caller. */
void pac_run_answer(struct pac_case_run *run, pac_hresult answer, const char *what);

/* Recording -------------------------------------------------------------------------------------------------------- */

/** Records a violation of `clause`. `expected` and `observed` are sentence parts. */
void pac_run_find(struct pac_case_run *run, enum pac_reason reason, enum pac_clause clause, const char *expected,
                  const char *observed);
/** How many violations there are so far. */
uint32_t pac_run_findings(const struct pac_case_run *run);
/** Records which option was followed where the text leaves a choice. Strings are copied. */
void pac_run_reading(struct pac_case_run *run, enum pac_reading reading, const char *scope, const char *option);
/** The first option that was recorded for a reading in a situation; false when there is none. */
bool pac_run_reading_find(const struct pac_case_run *run, enum pac_reading reading, const char *scope,
                          struct pac_reading_seen *seen);
/** Adds a line to the timeline. */
void pac_run_note(struct pac_case_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Drops the lines so far: a case that repeats a step many times shows only the last one and what it then adds. */
void pac_run_restart_timeline(struct pac_case_run *run);
/** Formats into the case's arena; ends the case when memory is short. */
const char *pac_run_text(struct pac_case_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Calls -------------------------------------------------------------------------------------------------------------- */

/** Connects to a further fresh namespace, closed with the case. Ends the case when it cannot. */
struct pac_services *pac_run_connect(struct pac_case_run *run);
/** Closes the namespace under test and goes on in a fresh, empty one. Ends the case when it cannot connect. */
void pac_run_renew(struct pac_case_run *run);
/** A sink of the case. Ends the case when memory is short. */
struct pac_sink *pac_run_sink(struct pac_case_run *run, enum pac_sink_manner manner);

/** One call of put_async; what is null is passed as null. */
struct pac_put_call {
  struct pac_services *services; /* null: the namespace under test */
  struct pac_sink *sink;
  const struct pac_object *object;
  uint32_t flags;
  const struct pac_named_values *context;
  const struct pac_named_values *async_context;
  const struct pac_encoded_put *encoded; /* put these octets instead; object says what they hold, null for nothing valid */
  bool is_sink_shared; /* other calls use the sink meanwhile: the events of this one are those with its async context */
};

/** Where a call reported its outcome. */
enum pac_place { PAC_PLACE_NOWHERE, PAC_PLACE_RAISED, PAC_PLACE_COMPLETED, PAC_PLACE_BOTH };

/** What a call led to, as far as its own sink and async context tell. */
struct pac_put_seen {
  pac_hresult answer;            /* of the call itself */
  enum pac_place place;
  pac_hresult outcome;           /* the raised error or the code of the first OnCompleted */
  const struct pac_event *completed;   /* the first OnCompleted; null when none came */
  const struct pac_event *object_put;  /* the first OnObjectPut; null when none came */
  uint32_t completed_count, object_put_count, object_ready_count, progress_count;
  uint32_t first_event;          /* index in the session's events of the first event after the call began */
};

/** Makes the call and returns when it has returned. Ends the case when the adapter cannot. */
void pac_run_start_put(struct pac_case_run *run, const struct pac_put_call *call, struct pac_put_seen *seen);

/** Delivers and waits until the sink has received `completed` OnCompleted in all, or nothing more will come. */
void pac_run_settle(struct pac_case_run *run, struct pac_sink *sink, uint32_t completed);

/** Tells whoever limits the time that the case does not hang: a call or a wait is over, or the next one begins. */
void pac_run_goes_on(const struct pac_case_run *run);

/** Delivers whatever is due, without waiting for anything in particular. */
void pac_run_drain(struct pac_case_run *run);

/** Returns when nothing more will come in a namespace, if the adapter can tell. Ends the case when it answers an error. */
void pac_run_quiesce(struct pac_case_run *run, struct pac_services *services);

/** Lets the namespace under test do one step; false when nothing is due or the adapter has no pump. */
bool pac_run_pump(struct pac_case_run *run);

/** Fills anew what `seen` says of events until now, for a call whose sink serves it alone since the call began, or is marked
 *  shared. */
void pac_run_see(struct pac_case_run *run, const struct pac_put_call *call, struct pac_put_seen *seen);

/** True when an event is one of a call, as far as its sink and, on a shared sink, its async context tell. */
bool pac_run_is_own_event(const struct pac_put_call *call, const struct pac_event *event);

/** Start, settle and see in one. */
void pac_run_put(struct pac_case_run *run, const struct pac_put_call *call, struct pac_put_seen *seen);

/** Reads an object; null when it is not there. Ends the case on another answer. The object lives as long as the case. */
const struct pac_object *pac_run_get(struct pac_case_run *run, struct pac_services *services, const char *path);
/** Whether an object can be read there; nothing is kept of it. Ends the case as pac_run_get does. */
bool pac_run_is_there(struct pac_case_run *run, struct pac_services *services, const char *path);

/** A namespace that the case works in, with what it should hold. */
struct pac_namespace {
  struct pac_services *services;
  struct pac_shadow shadow;
  bool is_shadow_lost;
};

/** Connects to a further fresh namespace, as pac_run_connect, together with an empty shadow. */
void pac_run_new_namespace(struct pac_case_run *run, struct pac_namespace *fresh);

/** Makes `other` the namespace under test, so that giving and judging go there, and keeps the former one in its place. */
void pac_run_exchange_namespace(struct pac_case_run *run, struct pac_namespace *other);

/* Given -------------------------------------------------------------------------------------------------------------- */

/**
 * Stores an object with flags 0 and keeps the shadow in step. Ends the case: as broken when the put is not accepted, as failed
 * when something else than the object is stored.
 */
void pac_run_given(struct pac_case_run *run, const struct pac_object *object);
/** The same with flags, which leave `stored` behind. */
void pac_run_given_as(struct pac_case_run *run, const struct pac_object *object, uint32_t flags,
                      const struct pac_object *stored);

/** Adds the line of a set_provider to the timeline: the class, and what its provider does with puts. */
void pac_run_note_provider(struct pac_case_run *run, const char *class_name,
                           const struct pac_provider_behaviour *behaviour);
/** Backs a class with a test provider. Ends the case when the adapter refuses. */
void pac_run_given_provider(struct pac_case_run *run, const char *class_name,
                            const struct pac_provider_behaviour *behaviour);

/* Judging ------------------------------------------------------------------------------------------------------------ */

/** Outcomes that a row allows, written down in the suite. */
struct pac_expectation {
  const struct pac_outcome *outcomes;
  uint32_t outcome_count;
  const char *scope;             /* of the readings in it; null: the case's name */
  enum pac_clause state_clause;  /* violated when a refused put changed something; NONE: the main clause */
  enum pac_reading bits_reading; /* as in struct pac_decision; NONE when no flag bit is contested */
  const char *bits_scope;
  bool takes_other_codes; /* any other published failure that changes nothing, reported under A-16 */
};

/**
 * Judges one settled call: the events that came, the outcome against the expectation, and the whole namespace against what
 * the matching effect leaves behind. The shadow follows. What is found is recorded; clause is the one that a wrong
 * outcome violates.
 *
 * Returns the outcome that matched, null when none did.
 */
const struct pac_outcome *pac_run_judge(struct pac_case_run *run, const struct pac_put_call *call,
                                        const struct pac_put_seen *seen, const struct pac_expectation *expectation,
                                        enum pac_clause clause);

/** Asks the decision table what is allowed for this call in the shadow's state. */
void pac_run_decide(struct pac_case_run *run, const struct pac_put_call *call, struct pac_decision *decision);

/** The expectation of a decision; borrowed from it. */
struct pac_expectation pac_expectation_of(const struct pac_decision *decision);

/** Judges only what holds for the events of every call: number, place, order, contexts, error object. */
void pac_run_judge_events(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen);

/**
 * Judges the events of a call and holds its outcome against one status, another of which violates `clause`. The namespace
 * is left alone, for calls that overlap: see pac_run_judge_state. True when the outcome is that status.
 */
bool pac_run_judge_status(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen,
                          enum pac_status status, enum pac_clause clause);

/** Holds the namespace under test against the shadow; a difference violates `clause`. */
void pac_run_judge_state(struct pac_case_run *run, enum pac_clause clause);

/** Compares the namespace under test with a state. Returns null when they agree, otherwise the first difference. */
const char *pac_run_difference(struct pac_case_run *run, struct pac_services *services,
                               const struct pac_shadow *expected);

/** True when `code` is this status in a dialect that the run's profile allows; records which dialect it was. */
bool pac_run_status_is(struct pac_case_run *run, pac_hresult code, enum pac_status status);

#endif
