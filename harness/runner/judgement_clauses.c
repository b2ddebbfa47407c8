/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per clause: was it exercised, did it hold, and if it was not exercised, why. A case counts for the clauses that it
 * names and for those that it found violated. Failing for another reason shows nothing about a clause, so only a case
 * that passed lets a clause hold.
 */
#include <stdio.h>
#include <string.h>

#include "runner/judgement_parts.h"

/* What has to be known of a clause beyond its judgement. */
struct clause_facts {
  bool is_violated;
  bool has_required_case;    /* one that needs no optional feature */
  uint32_t missing_features; /* the fewest that one of its unsupported cases lacks */
  uint32_t last_case;        /* plus one: a case that names a clause twice counts once */
};

static unsigned bits_count(uint32_t bits) {
  unsigned count = 0;
  for (; bits != 0; bits &= bits - 1) {
    count++;
  }
  return count;
}

static void count_case(struct pac_judgement *judgement, struct clause_facts *facts, uint32_t place,
                       enum pac_clause clause) {
  const struct pac_journal_case *the_case = &judgement->cases[place];
  struct pac_clause_judgement *entry = &judgement->clauses[clause];
  struct clause_facts *fact = &facts[clause];
  if (fact->last_case == place + 1) {
    return;
  }
  fact->last_case = place + 1;
  fact->has_required_case |= the_case->features == 0;
  entry->case_count += 1;
  switch (the_case->record->verdict) {
    case PAC_VERDICT_PASS:
    case PAC_VERDICT_UNEXPECTED_PASS:
      entry->passed += 1;
      break;
    case PAC_VERDICT_FAIL:
    case PAC_VERDICT_KNOWN:
      entry->failed += 1;
      break;
    case PAC_VERDICT_UNSUPPORTED: {
      uint32_t missing = the_case->features & ~judgement->journal->run.features;
      if (entry->unsupported == 0 || bits_count(missing) < bits_count(fact->missing_features)) {
        fact->missing_features = missing;
      }
      entry->unsupported += 1;
      break;
    }
    default:
      entry->broken += 1;
      break;
  }
}

static const char *missing_features_text(struct pac_arena *arena, uint32_t missing) {
  char text[PAC_MISSING_FEATURES_OCTETS_MAX];
  pac_missing_features_print(missing, text, sizeof text);
  return pac_judgement_print(arena, "%s", text);
}

static const char *why_not_exercised(struct pac_judgement *judgement, enum pac_clause clause,
                                     const struct clause_facts *fact) {
  const struct pac_clause_judgement *entry = &judgement->clauses[clause];
  const struct pac_journal_run *run = &judgement->journal->run;
  const char *reason = pac_clause_at(clause)->reason;
  if (reason != NULL) {
    return reason;
  }
  if (entry->case_count == 0) {
    return judgement->missing > 0          ? "no case with a record"
           : pac_journal_run_is_part(run) ? "no case in this part of the plan"
                                          : "no case yet";
  }
  if (entry->failed > 0) {
    return "its cases fail for other reasons";
  }
  if (entry->broken > 0) {
    return "its cases are broken";
  }
  return fact->missing_features != 0 ? missing_features_text(judgement->arena, fact->missing_features)
                                     : "the adapter answers unsupported";
}

enum pac_result pac_judgement_judge_clauses(struct pac_judgement *judgement, struct pac_seed_summary *summary) {
  struct clause_facts facts[PAC_CLAUSE_COUNT];
  memset(facts, 0, sizeof facts);
  for (uint32_t i = 0; i < judgement->case_count; i++) {
    const struct pac_journal_case *the_case = &judgement->cases[i];
    for (size_t k = 0; k < PAC_CASE_CLAUSES_MAX && the_case->clauses[k] != PAC_CLAUSE_NONE; k++) {
      count_case(judgement, facts, i, the_case->clauses[k]);
    }
    for (uint32_t k = 0; k < the_case->record->finding_count; k++) {
      enum pac_clause clause = the_case->record->findings[k].clause;
      if (clause != PAC_CLAUSE_NONE) {
        count_case(judgement, facts, i, clause);
        facts[clause].is_violated = true;
      }
    }
  }
  *summary = (struct pac_seed_summary){0};
  for (int i = PAC_CLAUSE_NONE + 1; i < PAC_CLAUSE_COUNT; i++) {
    enum pac_clause clause = (enum pac_clause)i;
    struct pac_clause_judgement *entry = &judgement->clauses[i];
    entry->state = facts[i].is_violated ? PAC_CLAUSE_VIOLATED
                   : entry->passed > 0  ? PAC_CLAUSE_HELD
                                        : PAC_CLAUSE_NOT_EXERCISED;
    if (entry->state != PAC_CLAUSE_NOT_EXERCISED) {
      continue;
    }
    entry->why = why_not_exercised(judgement, clause, &facts[i]);
    if (entry->why == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    if (pac_clause_at(clause)->strength != PAC_STRENGTH_SEED || pac_clause_at(clause)->reason != NULL) {
      continue;
    }
    if (facts[i].has_required_case) {
      summary->first_owed = summary->owed == 0 ? clause : summary->first_owed;
      summary->owed += 1;
    } else if (entry->case_count == 0) {
      summary->without_case += 1;
    } else {
      summary->without_feature += 1;
    }
  }
  return PAC_RESULT_OK;
}
