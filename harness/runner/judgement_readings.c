/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger of readings. Every sighting of a reading is sorted to its like - same reading, same scope - in the order
 * of the plan; the first of each group stands, and a case that saw something else fails as inconsistent.
 */
#include <stdlib.h>
#include <string.h>

#include "runner/judgement_parts.h"

struct sighting {
  enum pac_reading reading;
  const char *scope;
  const char *option;
  uint32_t case_place; /* in pac_judgement.cases */
  uint32_t place;      /* within the case */
};

static bool same_group(const struct sighting *left, const struct sighting *right) {
  return left->reading == right->reading && strcmp(left->scope, right->scope) == 0;
}

static int by_group_and_place(const void *left, const void *right) {
  const struct sighting *a = left, *b = right;
  if (a->reading != b->reading) {
    return a->reading < b->reading ? -1 : 1;
  }
  int order = strcmp(a->scope, b->scope);
  if (order != 0) {
    return order;
  }
  if (a->case_place != b->case_place) {
    return a->case_place < b->case_place ? -1 : 1;
  }
  return a->place < b->place ? -1 : a->place > b->place;
}

static struct sighting sighting_of(const struct pac_judgement *judgement, uint32_t case_place, uint32_t place) {
  const struct pac_reading_seen *seen = &judgement->cases[case_place].record->readings[place];
  struct sighting sighting = {seen->reading, seen->scope, seen->option, case_place, place};
  /* Free to choose, an implementation still has to speak one dialect: both codes, everywhere, are one reading. */
  bool is_dialect = seen->reading == PAC_READING_A_43 || seen->reading == PAC_READING_A_44;
  if (is_dialect && judgement->journal->run.profile == PAC_PROFILE_PUBLISHED) {
    sighting.reading = PAC_READING_A_43;
    sighting.scope = "";
  }
  return sighting;
}

/* Fails a case. Its record is the journal's, so it gets one of its own first. */
static enum pac_result contradict(struct pac_judgement *judgement, const struct sighting *first,
                                  const struct sighting *other) {
  struct pac_journal_case *the_case = &judgement->cases[other->case_place];
  const struct pac_journal_case *first_case = &judgement->cases[first->case_place];
  struct pac_case_record *record = pac_arena_allocate(judgement->arena, sizeof *record);
  bool is_scoped = first->scope[0] != '\0';
  const char *expected =
      pac_judgement_print(judgement->arena, "the reading \"%s\" of A-%02u%s%s%s, as in %s/%s", first->option,
                          (unsigned)pac_reading_at(first->reading)->number, is_scoped ? " (" : "", first->scope,
                          is_scoped ? ")" : "", first_case->suite, first_case->name);
  const char *observed = pac_judgement_print(judgement->arena, "\"%s\"", other->option);
  if (record == NULL || expected == NULL || observed == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  *record = *the_case->record;
  record->arena = judgement->arena;
  record->verdict = PAC_VERDICT_FAIL;
  if (record->finding_count < PAC_FINDINGS_MAX) {
    record->findings[record->finding_count++] =
        (struct pac_finding){PAC_REASON_INCONSISTENT, PAC_CLAUSE_NONE, expected, observed};
  }
  the_case->record = record;
  return PAC_RESULT_OK;
}

/* Judges one group, sorted; gives its line of the ledger. */
static enum pac_result judge_group(struct pac_judgement *judgement, const struct sighting *group, size_t count,
                                   struct pac_reading_judgement *ledger) {
  const struct pac_journal_case *first_case = &judgement->cases[group[0].case_place];
  *ledger = (struct pac_reading_judgement){group[0].reading, group[0].scope, group[0].option, NULL, 0};
  ledger->first_case = pac_judgement_print(judgement->arena, "%s/%s", first_case->suite, first_case->name);
  if (ledger->first_case == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  uint32_t following = UINT32_MAX, failing = UINT32_MAX; /* the last case that was counted, or failed */
  for (size_t i = 0; i < count; i++) {
    bool follows = strcmp(group[i].option, group[0].option) == 0;
    if (follows && group[i].case_place != following) {
      following = group[i].case_place;
      ledger->case_count += 1;
    }
    if (!follows && group[i].case_place != failing) {
      failing = group[i].case_place;
      PAC_TRY(contradict(judgement, &group[0], &group[i]));
    }
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_judgement_judge_readings(struct pac_judgement *judgement) {
  size_t count = 0;
  for (uint32_t i = 0; i < judgement->case_count; i++) {
    count += judgement->cases[i].record->reading_count;
  }
  struct sighting *sightings = pac_arena_allocate_array(judgement->arena, count, sizeof *sightings);
  if (sightings == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  size_t filled = 0;
  for (uint32_t i = 0; i < judgement->case_count; i++) {
    for (uint32_t k = 0; k < judgement->cases[i].record->reading_count; k++) {
      sightings[filled++] = sighting_of(judgement, i, k);
    }
  }
  if (count > 0) {
    qsort(sightings, count, sizeof *sightings, by_group_and_place);
  }
  size_t groups = 0;
  for (size_t i = 0; i < count; i++) {
    groups += i == 0 || !same_group(&sightings[i - 1], &sightings[i]);
  }
  judgement->readings = pac_arena_allocate_array(judgement->arena, groups, sizeof *judgement->readings);
  if (judgement->readings == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (size_t start = 0, end; start < count; start = end) {
    for (end = start + 1; end < count && same_group(&sightings[start], &sightings[end]); end++) {
    }
    PAC_TRY(judge_group(judgement, &sightings[start], end - start, &judgement->readings[judgement->reading_count]));
    judgement->reading_count += 1;
  }
  return PAC_RESULT_OK;
}
