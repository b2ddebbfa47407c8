/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The inside of a running case, shared by the files that implement case_run.h and by nothing else.
 */
#ifndef PACHECK_CASE_CASE_STATE_H
#define PACHECK_CASE_CASE_STATE_H

#include <setjmp.h>

#include "case/case_run.h"

#define PAC_CASE_SERVICES_MAX 8u
#define PAC_CASE_OBJECTS_MAX 4096u

/** A line that the harness adds to the timeline, with its place among the events. */
struct pac_case_note {
  uint32_t events_before;
  const char *text;
};

struct pac_case_state {
  struct pac_case_run run; /* first, so that a run is its state */
  struct pac_memory memory;
  struct pac_host host;
  struct pac_case_record *record;
  jmp_buf end;
  bool has_timed_out;
  uint32_t services_count;
  struct pac_services *services[PAC_CASE_SERVICES_MAX];
  uint32_t first_event; /* of the timeline */
  uint32_t note_count;
  struct pac_case_note notes[PAC_TIMELINE_MAX];
  uint32_t given_count, given_capacity;
  struct pac_object **given; /* objects that the adapter gave, freed with the case */
};

/**
 * Records an event that came although every put of its sink had completed, be it after the calls were judged: while the state
 * was read back or the connections closed. For a case in which nothing else was found.
 */
void pac_case_judge_surplus(struct pac_case_run *run);

/** Judges the keys of a delivered path. What they have to be only the class as it is stored can tell. */
void pac_case_judge_keys(struct pac_case_run *run, const struct pac_put_call *call, const struct pac_put_seen *seen);

/** How a put ended, in words for a report; of the case's memory. */
const char *pac_case_outcome_text(struct pac_case_run *run, const struct pac_put_seen *seen);

static inline struct pac_case_state *pac_case_state_of(struct pac_case_run *run) {
  return (struct pac_case_state *)run;
}

static inline const struct pac_case_state *pac_case_state_of_const(const struct pac_case_run *run) {
  return (const struct pac_case_state *)run;
}

#endif
