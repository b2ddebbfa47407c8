/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Running a program against an implementation and judging every step of it.
 *
 * What a put may answer comes from the contract: the decision table where the object is valid and the caller may put it,
 * and the rules of faults.h for everything else. What it leaves behind comes from the shadow. Puts may overlap; then every
 * order that the calls and completions allow is tried before anything is called a violation. No threads, no time: what
 * happens next is the program's to say, as far as the adapter can be pumped.
 */
#ifndef PACHECK_PROGRAM_RUN_H
#define PACHECK_PROGRAM_RUN_H

#include "case/case_run.h"
#include "contract/decision.h"
#include "program/program.h"

/** The statuses that the contract allows for a put, as it came to be judged. */
struct pac_program_statuses {
  uint32_t count; /* 0: it was not judged, or anything is allowed */
  enum pac_status statuses[PAC_PROGRAM_EXPECTED_MAX];
  pac_hresult outcome; /* what the implementation answered */
};

/** What became of a put, whatever the contract says of it. */
struct pac_program_end {
  bool is_ended;     /* false: it was not made, or never ended */
  bool is_raised;    /* by the call itself */
  bool is_cancelled; /* its sink was cancelled while it was open */
  uint32_t call;     /* during which it ended; the number of calls when that was after the last */
  pac_hresult outcome;
};

/** How a program is run, and what else it tells than its findings. */
struct pac_program_watch {
  bool is_brief; /* in bulk: the whole namespace is compared at the end only, and nothing is written down */
  /* Called with the abstract state after every call, and for each row of the decision table that judges a put. May be null. */
  void (*state)(void *context, uint32_t state);
  void *context;
  struct pac_program_statuses *allowed; /* by call; null when nobody asks */
  struct pac_program_end *ends;         /* by call; null when nobody asks */
  uint32_t *call_under_way; /* out: its position, at the end the number of calls; null when nobody asks */
  uint32_t finding_call; /* out: the call that the first finding is about; NONE when there is none */
};

/** How many abstract states there are: those of the protocol, then one for each row of the decision table. */
#define PAC_PROGRAM_PROTOCOL_STATES 256u
#define PAC_PROGRAM_STATES (PAC_PROGRAM_PROTOCOL_STATES + PAC_DECISION_ROWS_MAX)

/** Runs a program in a case. Findings are the case's; `watch` may be null. */
void pac_program_run(struct pac_case_run *run, const struct pac_program *program, struct pac_program_watch *watch);

/** Runs it in a case of its own, with record and verdict as pac_case_execute gives them. */
void pac_program_execute(const struct pac_program *program, const char *name, const struct pac_case_settings *settings,
                         struct pac_program_watch *watch, struct pac_case_record *record);

#endif
