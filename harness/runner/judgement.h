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
  PAC_CLAUSE_HELD,          /* exercised, and no case found a violation */
  PAC_CLAUSE_VIOLATED,      /* a case found one */
  PAC_CLAUSE_NOT_EXERCISED, /* see why */
};

struct pac_clause_judgement {
  enum pac_clause_state state;
  uint32_t case_count;  /* planned cases that name it */
  uint32_t passed, failed, unsupported, broken;
  const char *why;      /* not exercised: the stated reason, "no case yet", "needs the feature rights", ... */
};

/** One line of the ledger "conforms under these readings". */
struct pac_reading_judgement {
  enum pac_reading reading;
  const char *scope;
  const char *option;
  const char *first_case; /* suite/name of the first case that saw it */
  uint32_t case_count;
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
 * `published`. Exit code: 2 when a case is broken or missing, the plan is empty, nothing was exercised, or (in a whole
 * plan, neither filtered nor sharded) a SEED clause that has no stated reason and has a case needing no optional feature
 * was not exercised; otherwise 1 when any case failed; otherwise 0. A failure outweighs a broken case: 1 wins when both
 * are present and at least one case passed or failed on its own.
 */
enum pac_result pac_judge(const struct pac_journal *journal, struct pac_judgement **given);
void pac_judgement_free(struct pac_judgement *judgement);

#endif
