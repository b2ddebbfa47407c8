/* SPDX-License-Identifier: Apache-2.0 */
/** The steps of a judgement, in the order in which pac_judge takes them. Each adds to what those before it filled in.
 */
#ifndef PACHECK_RUNNER_JUDGEMENT_PARTS_H
#define PACHECK_RUNNER_JUDGEMENT_PARTS_H

#include "runner/judgement.h"

/** Prints into the arena; null when there is no memory. */
__attribute__((format(printf, 2, 3))) const char *pac_judgement_print(struct pac_arena *arena, const char *format, ...);

/** Fills the ledger of readings and turns cases that contradict it into failures. Needs `cases`. */
enum pac_result pac_judgement_judge_readings(struct pac_judgement *judgement);

/** What the clauses of strength SEED add up to. A clause with a stated reason counts nowhere here. */
struct pac_seed_summary {
  uint32_t without_case;    /* no case names it */
  uint32_t without_feature; /* its cases need features that the adapter lacks */
  uint32_t owed;            /* not exercised, though it has a case that needs no optional feature */
  enum pac_clause first_owed;
};

/** Fills `clauses`. Needs `cases` with their final verdicts. */
enum pac_result pac_judgement_judge_clauses(struct pac_judgement *judgement, struct pac_seed_summary *summary);

#endif
