/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The decision table: which outcomes the contract allows for a put, given the facts and the flags.
 *
 * Two tables decide together. decision.def maps facts, create mode and update mode to outcomes (the R-rows of CONTRACT.md
 * and the rules for instances); every combination is matched by exactly one row. flag_bits.def says what each bit of the
 * flags does to that (the K-rows): nothing, or that a refusal is allowed beside it. Combinations that exclude each other
 * are refused whatever the facts are.
 *
 * The reference implementation never reads these tables.
 */
#ifndef PACHECK_CONTRACT_DECISION_H
#define PACHECK_CONTRACT_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/clauses.h"
#include "contract/facts.h"
#include "contract/readings.h"
#include "pacheck/contract.h"

/* What a put does to the namespace. Forced: the derived classes are made to fit. */
#define PAC_EFFECT_MAP(X)                                                                                          \
  X(UNCHANGED, "nothing changed")                                                                                  \
  X(STORED, "the object is stored as passed, derived classes inherit from it, every instance is kept")             \
  X(FORCED, "stored, and derived classes lose what contradicts it; every instance is kept")                        \
  X(FORCED_WITHOUT_INSTANCES, "forced, and all instances of the class are gone")                                   \
  X(FORCED_WITHOUT_DERIVED_INSTANCES, "forced, and all instances of the class and its derived classes are gone")

enum pac_effect {
#define PAC_EFFECT_ENUMERATOR(name, text) PAC_EFFECT_##name,
  PAC_EFFECT_MAP(PAC_EFFECT_ENUMERATOR)
#undef PAC_EFFECT_ENUMERATOR
};

const char *pac_effect_text(enum pac_effect effect);

/** One allowed outcome: the status, what it did, and the reading that allows it. */
struct pac_outcome {
  enum pac_status status;
  enum pac_effect effect;
  enum pac_reading reading; /* NONE when the texts agree */
  const char *option;       /* the choice, for the ledger of readings: "refused"; null when there is no reading */
};

#define PAC_OUTCOMES_MAX 24u
#define PAC_DECISION_CLAUSES_MAX 4u

#define PAC_DECISION_ROWS_MAX 64u /* with a number for what the table does not decide */

struct pac_decision {
  const char *row;                                     /* "R-13", "K-04", ... */
  uint32_t row_number;                                 /* in the table, several rows having one name; below PAC_DECISION_ROWS_MAX */
  enum pac_clause clauses[PAC_DECISION_CLAUSES_MAX];   /* the sentences behind it; ends with NONE */
  uint32_t outcome_count;
  struct pac_outcome outcomes[PAC_OUTCOMES_MAX];
  bool takes_other_codes;        /* any other published failure that changes nothing, reported under A-16 */
  enum pac_reading bits_reading; /* of flag bits that may be refused or ignored; NONE when there are none */
  char bits_scope[48];           /* which bits and kind of object, for the ledger: "bits 0x100, instance" */
};

/** Decides a put of a valid object by a caller with all rights. Never fails: the tables have no gap. */
void pac_decide(const struct pac_facts *facts, uint32_t flags, enum pac_profile profile,
                struct pac_decision *decision);

/**
 * Checks the tables: every combination of facts and modes is matched by exactly one row, every bit has exactly one rule
 * for classes and one for instances.
 *
 * Errors  PAC_RESULT_BROKEN; `why` then names the first gap or overlap.
 */
enum pac_result pac_decision_check(char *why, size_t why_size);

#endif
