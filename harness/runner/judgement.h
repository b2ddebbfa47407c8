/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The judgement of a run: a pure function of its journal.
 *
 * Per case the final verdict, per clause whether it was exercised, per reading the option that was followed, and the exit
 * code. Cases without a record count as broken, so planned cases are always the sum of the verdicts.
 */
#ifndef PACHECK_RUNNER_JUDGEMENT_H
#define PACHECK_RUNNER_JUDGEMENT_H

#include "runner/journal.h"

enum pac_exit { PAC_EXIT_CONFORMS = 0, PAC_EXIT_DOES_NOT_CONFORM = 1, PAC_EXIT_COULD_NOT_JUDGE = 2 };

enum pac_clause_state {
  PAC_CLAUSE_HELD,          /* a case that names it passed, and no case found a violation */
  PAC_CLAUSE_VIOLATED,      /* a case found one */
  PAC_CLAUSE_NOT_EXERCISED, /* see why */
};

struct pac_clause_judgement {
  enum pac_clause_state state;
  uint32_t case_count;  /* cases of the journal that name it, or found a violation of it */
  uint32_t passed, failed, unsupported, broken; /* of those; a known difference failed, an unexpected pass passed */
  const char *why;      /* not exercised: the stated reason, "no case yet", "needs the feature rights", ... */
};

/** One line of the ledger "conforms under these readings". */
struct pac_reading_judgement {
  enum pac_reading reading; /* the dialects under `published`: A-43, whichever of the two codes was seen */
  const char *scope;
  const char *option;
  const char *first_case; /* suite/name of the first case that saw it */
  uint32_t case_count;      /* cases that followed it */
};

struct pac_judgement {
  struct pac_arena *arena;
  const struct pac_journal *journal;       /* borrowed */
  struct pac_journal_case *cases;          /* the journal's, with inconsistent readings turned into failures */
  uint32_t case_count;                     /* with a record */
  uint32_t missing;                        /* planned, without a record: counted as broken */
  uint32_t verdict_counts[PAC_VERDICT_COUNT]; /* sums up to run.planned */
  struct pac_clause_judgement clauses[PAC_CLAUSE_COUNT];
  struct pac_reading_judgement *readings;
  uint32_t reading_count;
  enum pac_exit exit_code;
  const char *verdict_line;                /* one sentence: why this exit code */
};

/**
 * Judges a journal.
 *
 * The first option seen for a reading and scope, in plan order, stands; a later case that saw another one fails as
 * inconsistent. The dialects of the two disputed codes are one reading for the whole run under the profile
 * `published`. Exit code: 2 when a case is broken or missing, the plan is empty, nothing was exercised, some of several
 * shards are not there, or (in a whole plan, neither filtered nor sharded) a SEED clause that has no stated reason and
 * has a case needing no optional feature was not exercised; otherwise 1 when any case failed; otherwise 0. A failure
 * outweighs all of that: 1 wins whenever something failed and at least one case passed or failed on its own, that is,
 * not only by an event that came after the case had turned out broken or unsupported. An unexpected pass and a stray
 * event count as failures of the run.
 *
 * The judgement takes its memory where the journal has its own.
 */
enum pac_result pac_judge(const struct pac_journal *journal, struct pac_judgement **given);
void pac_judgement_free(struct pac_judgement *judgement);

#endif
