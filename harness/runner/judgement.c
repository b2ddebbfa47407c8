/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judges a journal: counts the verdicts, decides the exit code and says why in one sentence. The ledger of readings is
 * made in judgement_readings.c, the state of each clause in judgement_clauses.c.
 */
#include "runner/judgement.h"

#include <stdarg.h>

#include "runner/judgement_parts.h"

const char *pac_judgement_print(struct pac_arena *arena, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  char *text = length < 0 ? NULL : pac_arena_allocate(arena, (size_t)length + 1);
  if (text != NULL) {
    vsnprintf(text, (size_t)length + 1, format, again);
  }
  va_end(again);
  va_end(arguments);
  return text;
}

/* Cases are counted by their final verdict; planned ones without a record are broken. */
static void count_verdicts(struct pac_judgement *judgement) {
  for (uint32_t i = 0; i < judgement->case_count; i++) {
    judgement->verdict_counts[judgement->cases[i].record->verdict] += 1;
  }
  judgement->verdict_counts[PAC_VERDICT_BROKEN] += judgement->missing;
}

/* True when the case itself told something about the implementation. A note marks a case that was unsupported or
 * broken; a late event may have turned it into a failure since. */
static bool is_judged_on_its_own(const struct pac_case_record *record) {
  switch (record->verdict) {
    case PAC_VERDICT_PASS:
    case PAC_VERDICT_KNOWN:
    case PAC_VERDICT_UNEXPECTED_PASS:
      return true;
    case PAC_VERDICT_FAIL:
      for (uint32_t i = 0; i < record->finding_count; i++) {
        if (record->findings[i].reason != PAC_REASON_LATE_EVENT) {
          return true;
        }
      }
      return record->note == NULL;
    default:
      return false;
  }
}

static bool has_case_judged_on_its_own(const struct pac_journal *journal) {
  for (uint32_t i = 0; i < journal->case_count; i++) {
    if (is_judged_on_its_own(journal->cases[i].record)) {
      return true;
    }
  }
  return false;
}

static bool is_whole_plan(const struct pac_journal_run *run) {
  return run->filter_count == 0 && run->shard_count <= 1;
}

/* Sentences ------------------------------------------------------------------------------------------------------- */

static const char *failing_line(struct pac_judgement *judgement) {
  struct pac_arena *arena = judgement->arena;
  uint32_t failed = judgement->verdict_counts[PAC_VERDICT_FAIL];
  uint32_t unexpected = judgement->verdict_counts[PAC_VERDICT_UNEXPECTED_PASS];
  uint32_t broken = judgement->verdict_counts[PAC_VERDICT_BROKEN];
  uint32_t strays = judgement->journal->stray_count;
  uint32_t violated = 0;
  for (int i = PAC_CLAUSE_NONE + 1; i < PAC_CLAUSE_COUNT; i++) {
    violated += judgement->clauses[i].state == PAC_CLAUSE_VIOLATED;
  }
  const char *line = "does not conform";
  const char *separator = ":";
  if (failed > 0) {
    line = pac_judgement_print(arena, "%s: %u case%s", line, failed, failed == 1 ? " fails" : "s fail");
    separator = ";";
  }
  if (line != NULL && failed > 0 && violated > 0) {
    line = pac_judgement_print(arena, "%s, against %u clause%s", line, violated, violated == 1 ? "" : "s");
  }
  if (line != NULL && unexpected > 0) {
    line = pac_judgement_print(arena, "%s%s %u known difference%s", line, separator, unexpected,
                               unexpected == 1 ? " passes by now" : "s pass by now");
    separator = ";";
  }
  if (line != NULL && strays > 0) {
    line = pac_judgement_print(arena, "%s%s %u event%s to no case", line, separator, strays,
                               strays == 1 ? " belongs" : "s belong");
  }
  if (line != NULL && broken > 0) {
    line = pac_judgement_print(arena, "%s; %u more %s broken", line, broken, broken == 1 ? "is" : "are");
  }
  return line;
}

/* Why a run without a failure cannot be judged; *line stays null when it can. */
static enum pac_result unjudged_line(struct pac_judgement *judgement, const struct pac_seed_summary *seed,
                                     const char **line) {
  struct pac_arena *arena = judgement->arena;
  const struct pac_journal_run *run = &judgement->journal->run;
  uint32_t broken = judgement->verdict_counts[PAC_VERDICT_BROKEN];
  uint32_t unsupported = judgement->verdict_counts[PAC_VERDICT_UNSUPPORTED];
  if (run->planned == 0) {
    *line = "could not judge: the plan is empty";
  } else if (judgement->journal->shards > 1 && run->shard_count > 1) { /* one alone is judged as a part */
    *line = pac_judgement_print(arena, "could not judge: %u of %u shards are here", judgement->journal->shards,
                                run->shard_count);
  } else if (broken > 0 && judgement->missing > 0) {
    *line = pac_judgement_print(arena, "could not judge: %u of %u cases %s broken, %u of them without a record", broken,
                                run->planned, broken == 1 ? "is" : "are", judgement->missing);
  } else if (broken > 0) {
    *line = pac_judgement_print(arena, "could not judge: %u of %u cases %s broken", broken, run->planned,
                                broken == 1 ? "is" : "are");
  } else if (unsupported < run->planned && !has_case_judged_on_its_own(judgement->journal)) {
    *line = "could not judge: cases were unsupported or broken, and fail only by events that came after their end";
  } else if (unsupported == run->planned) {
    *line = pac_judgement_print(arena, "could not judge: %u of %u cases %s unsupported", unsupported, run->planned,
                                unsupported == 1 ? "is" : "are");
  } else if (is_whole_plan(run) && seed->owed > 0) {
    *line =
        pac_judgement_print(arena, "could not judge: %u SEED clause%s no optional feature %s not exercised, first %s",
                            seed->owed, seed->owed == 1 ? " that needs" : "s that need",
                            seed->owed == 1 ? "was" : "were", pac_clause_at(seed->first_owed)->id);
  } else {
    return PAC_RESULT_OK;
  }
  return *line == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK;
}

static const char *conforming_line(struct pac_judgement *judgement, const struct pac_seed_summary *seed) {
  struct pac_arena *arena = judgement->arena;
  uint32_t known = judgement->verdict_counts[PAC_VERDICT_KNOWN];
  const char *subject = "conforms";
  if (known > 0) {
    subject = pac_judgement_print(arena, "conforms but for %u known difference%s", known, known == 1 ? "" : "s");
  }
  if (subject == NULL) {
    return NULL;
  }
  if (!is_whole_plan(&judgement->journal->run)) {
    return pac_judgement_print(arena, "%s in this part of the plan: no case fails, under the readings listed", subject);
  }
  const char *which = known > 0 ? "every other SEED clause" : "every SEED clause";
  if (seed->without_case == 0 && seed->without_feature == 0) {
    return pac_judgement_print(arena, "%s: %s that can be decided was exercised and held, under the readings listed",
                               subject, which);
  }
  return pac_judgement_print(arena,
                             "%s: %s that has a case for the features declared was exercised and held, under the "
                             "readings listed (without a case: %u; needing other features: %u)",
                             subject, which, seed->without_case, seed->without_feature);
}

static enum pac_result decide(struct pac_judgement *judgement, const struct pac_seed_summary *seed) {
  const uint32_t *counts = judgement->verdict_counts;
  bool has_failure =
      counts[PAC_VERDICT_FAIL] > 0 || counts[PAC_VERDICT_UNEXPECTED_PASS] > 0 || judgement->journal->stray_count > 0;
  if (has_failure && has_case_judged_on_its_own(judgement->journal)) {
    judgement->exit_code = PAC_EXIT_DOES_NOT_CONFORM;
    judgement->verdict_line = failing_line(judgement);
  } else {
    judgement->exit_code = PAC_EXIT_COULD_NOT_JUDGE;
    PAC_TRY(unjudged_line(judgement, seed, &judgement->verdict_line));
    if (judgement->verdict_line == NULL) {
      judgement->exit_code = PAC_EXIT_CONFORMS;
      judgement->verdict_line = conforming_line(judgement, seed);
    }
  }
  return judgement->verdict_line == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK;
}

/* The whole ------------------------------------------------------------------------------------------------------- */

static enum pac_result judge(struct pac_judgement *judgement) {
  const struct pac_journal *journal = judgement->journal;
  judgement->cases = pac_arena_allocate_array(judgement->arena, journal->case_count, sizeof *judgement->cases);
  if (judgement->cases == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (uint32_t i = 0; i < journal->case_count; i++) {
    judgement->cases[i] = journal->cases[i];
  }
  judgement->case_count = journal->case_count;
  judgement->missing = journal->run.planned - journal->case_count;
  struct pac_seed_summary seed;
  PAC_TRY(pac_judgement_judge_readings(judgement));
  count_verdicts(judgement);
  PAC_TRY(pac_judgement_judge_clauses(judgement, &seed));
  return decide(judgement, &seed);
}

enum pac_result pac_judge(const struct pac_journal *journal, struct pac_judgement **given) {
  if (journal->case_count > journal->run.planned) {
    return PAC_RESULT_INVALID_ARGUMENT; /* the reader gives no such journal */
  }
  struct pac_arena *arena;
  PAC_TRY(pac_arena_new(pac_arena_memory(journal->arena), 0, &arena));
  struct pac_judgement *judgement = pac_arena_allocate(arena, sizeof *judgement);
  enum pac_result result = PAC_RESULT_NO_MEMORY;
  if (judgement != NULL) {
    judgement->arena = arena;
    judgement->journal = journal;
    result = judge(judgement);
  }
  if (result == PAC_RESULT_OK) {
    *given = judgement;
  } else {
    pac_arena_free(arena);
  }
  return result;
}

void pac_judgement_free(struct pac_judgement *judgement) {
  if (judgement != NULL) {
    pac_arena_free(judgement->arena);
  }
}
