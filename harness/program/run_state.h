/* SPDX-License-Identifier: Apache-2.0 */
/** A program while it runs, shared by the files that run and judge it and by nothing else. */
#ifndef PACHECK_PROGRAM_RUN_STATE_H
#define PACHECK_PROGRAM_RUN_STATE_H

#include "program/oracle.h"
#include "program/run.h"

/** One put of the program, from the call to its judgement. */
struct pac_running_put {
  const struct pac_program_call *call;
  struct pac_put_call made;
  struct pac_put_seen seen;
  struct pac_circumstances circumstances;
  uint32_t space;
  uint32_t began, ended; /* logical times; a put that ended before another began came before it */
  bool is_open;          /* no outcome yet */
  bool is_raised;
  bool is_held;          /* by a provider, which has not changed since */
  bool has_met_cancel;   /* of another sink, while it was open */
  uint32_t asked_before; /* calls of providers before it began */
};

/** A connection of the program. */
struct pac_running_space {
  struct pac_services *services;
  struct pac_shadow shadow;
  struct pac_shadow settled;    /* as it was when last no put was open */
  uint32_t window_count;        /* puts since then, by index */
  uint32_t window[PAC_PROGRAM_CALLS_MAX];
  uint32_t open_count;
  uint32_t rights;
  bool lacks_memory;            /* an allocation is still to fail */
  uint32_t shortage_began;      /* when that was asked for last */
  bool is_unsettled;            /* an outcome fits no state of the order in which the puts ended: another is to be found */
  bool is_lost;                 /* nothing is known of it any more; events are judged still */
  uint32_t provider_count;
  struct pac_program_provider providers[PAC_PROGRAM_CALLS_MAX]; /* a call sets one */
  uint32_t last_put;            /* the last one judged, and the clause that it exercised */
  enum pac_clause last_clause;
  /* What there was to say when the space became unsettled. */
  uint32_t doubt_put;
  enum pac_reason doubt_reason;
  enum pac_clause doubt_clause;
  const char *doubt_expected;
  const char *doubt_observed;
};

struct pac_running {
  struct pac_case_run *run;
  const struct pac_program *program;
  struct pac_program_watch *watch;
  bool is_brief;
  bool has_copied; /* what a put passes, see passed.h */
  uint32_t clock;
  uint32_t events_seen;
  uint32_t space_count;
  uint32_t put_count;
  uint32_t current_call; /* that is being made; the number of calls after the last */
  bool has_choice;       /* what the namespace holds is one of several things that are allowed */
  uint32_t last_outcome; /* for the abstract state */
  struct pac_sink *sinks[PAC_PROGRAM_SINKS_MAX];
  bool is_shared[PAC_PROGRAM_SINKS_MAX];
  struct pac_running_space spaces[PAC_PROGRAM_SPACES_MAX];
  struct pac_running_put *puts; /* room for every call */
};

/* The adapter: run.c ----------------------------------------------------------------------------------------------- */

const struct pac_adapter *pac_running_adapter(const struct pac_running *running);
/** True when the adapter declares the feature. */
bool pac_running_has(const struct pac_running *running, enum pac_feature feature);

/* Looking: run_look.c ---------------------------------------------------------------------------------------------- */

/** Ends a put, by its index, with what is seen of it, and has it judged. */
void pac_running_end(struct pac_running *running, uint32_t index);
/** Takes note of the puts that have ended, in the order of their completions. */
void pac_running_look(struct pac_running *running);
/** Delivers up to so many events of a space, where the adapter can be pumped; how many steps it did. */
uint32_t pac_running_pump(struct pac_running *running, uint32_t space, uint32_t steps);
/** Delivers all that is due. An implementation that cannot be pumped is waited for, once for each put that is open. */
void pac_running_drain(struct pac_running *running);

/* Calls that set the scene: run_scene.c ---------------------------------------------------------------------------- */

void pac_running_set_rights(struct pac_running *running, const struct pac_program_call *call);
void pac_running_fail_allocation(struct pac_running *running, const struct pac_program_call *call);
void pac_running_set_provider(struct pac_running *running, const struct pac_program_call *call);

/** Lets go what providers hold, so that every put has to end. */
void pac_running_release(struct pac_running *running);

/* Words: run_words.c ------------------------------------------------------------------------------------------------ */

/** The allowed outcomes, a sentence part. */
const char *pac_running_allowed_text(struct pac_running *running, const struct pac_allowed *allowed);
/** The outcome of a put, a sentence part. */
const char *pac_running_seen_text(struct pac_running *running, const struct pac_running_put *put);
/** The clause that is violated when the namespace is not as the outcome leaves it. */
enum pac_clause pac_running_state_clause(const struct pac_allowed *allowed, const struct pac_running_put *put);
/** The clause that an outcome which is not allowed violates. */
enum pac_clause pac_running_outcome_clause(const struct pac_allowed *allowed, const struct pac_running_put *put);

/* What providers were asked: run_asked.c --------------------------------------------------------------------------- */

enum pac_sameness {
  PAC_SAMENESS_OTHER,
  PAC_SAMENESS_UNTOLD, /* one says other keys than the other, or a path cannot say them */
  PAC_SAMENESS_SAME,
};

/** Whether both are the same instance, as far as the paths that they state themselves tell. */
enum pac_sameness pac_running_compare_paths(struct pac_running *running, const struct pac_object *left,
                                            const struct pac_object *right);
/** Holds what providers saw against the puts that they were asked for. */
void pac_running_judge_asked(struct pac_running *running);

/* Judging: window.c ------------------------------------------------------------------------------------------------ */

/** Records a finding about a put. */
void pac_running_find(struct pac_running *running, uint32_t put, enum pac_reason reason, enum pac_clause clause,
                      const char *expected, const char *observed);

/** Judges a put that has just ended and moves its space on. */
void pac_running_judge(struct pac_running *running, uint32_t put);

/** Judges what is left to judge in a space in which no put is open: the whole of it when `is_thorough`. */
void pac_running_settle(struct pac_running *running, uint32_t space, bool is_thorough);

#endif
