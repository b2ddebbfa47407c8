/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps case lines until every line before them has come, then writes them. Which process ran a case is nothing that a
 * journal shows, so the same run gives the same journal for any number of workers. */
#include "runner/ledger.h"

#include <stdlib.h>
#include <string.h>

#define LATE_PER_CASE_MAX 8u
#define LATE_STRAY_MAX 64u
#define VERDICT_NONE UINT8_MAX

struct late_line {
  uint32_t position;
  uint32_t order; /* of arrival, so that sorting keeps it */
  char *text;
};

struct pac_ledger {
  const struct pac_plan *plan;
  FILE *journal;
  char **lines;
  uint8_t *verdicts;
  uint8_t *late_counts;
  uint32_t stray_count;
  uint32_t written;
  uint32_t done;
  uint32_t counts[PAC_VERDICT_COUNT];
  struct late_line *late;
  uint32_t late_count, late_room;
};

enum pac_result pac_ledger_new(const struct pac_plan *plan, FILE *journal, struct pac_ledger **given) {
  struct pac_ledger *ledger = calloc(1, sizeof *ledger);
  if (ledger == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  ledger->plan = plan;
  ledger->journal = journal;
  size_t room = plan->count == 0 ? 1 : plan->count;
  ledger->lines = calloc(room, sizeof *ledger->lines);
  ledger->verdicts = malloc(room);
  ledger->late_counts = calloc(room, 1);
  if (ledger->lines == NULL || ledger->verdicts == NULL || ledger->late_counts == NULL) {
    pac_ledger_free(ledger);
    return PAC_RESULT_NO_MEMORY;
  }
  memset(ledger->verdicts, VERDICT_NONE, room);
  *given = ledger;
  return PAC_RESULT_OK;
}

void pac_ledger_free(struct pac_ledger *ledger) {
  if (ledger == NULL) {
    return;
  }
  for (uint32_t i = 0; ledger->lines != NULL && i < ledger->plan->count; i++) {
    free(ledger->lines[i]);
  }
  for (uint32_t i = 0; i < ledger->late_count; i++) {
    free(ledger->late[i].text);
  }
  free(ledger->late);
  free(ledger->late_counts);
  free(ledger->verdicts);
  free(ledger->lines);
  free(ledger);
}

static char *line_copy(const char *line, size_t length) {
  char *copy = malloc(length + 2);
  if (copy != NULL) {
    memcpy(copy, line, length);
    copy[length] = '\n';
    copy[length + 1] = '\0';
  }
  return copy;
}

enum pac_result pac_ledger_put_line(struct pac_ledger *ledger, uint32_t position, enum pac_verdict verdict,
                                    const char *line, size_t length) {
  if (position >= ledger->plan->count || position < ledger->written || verdict >= PAC_VERDICT_COUNT) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  char *copy = line_copy(line, length);
  if (copy == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  if (ledger->verdicts[position] == VERDICT_NONE) {
    ledger->done += 1;
  } else {
    ledger->counts[ledger->verdicts[position]] -= 1;
  }
  free(ledger->lines[position]);
  ledger->lines[position] = copy;
  ledger->verdicts[position] = (uint8_t)verdict;
  ledger->counts[verdict] += 1;
  return PAC_RESULT_OK;
}

enum pac_result pac_ledger_put_record(struct pac_ledger *ledger, uint32_t position,
                                      const struct pac_case_record *record, double milliseconds) {
  if (position >= ledger->plan->count) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  const struct pac_case *the_case = &ledger->plan->cases[position];
  const struct pac_journal_case line = {.index = ledger->plan->indexes[position],
                                        .suite = the_case->suite->name,
                                        .name = the_case->name,
                                        .clauses = the_case->clauses,
                                        .features = the_case->features,
                                        .record = record,
                                        .milliseconds = milliseconds};
  char *text = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&text, &length);
  if (memory == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  enum pac_result result = pac_journal_write_case(memory, &line);
  if (fclose(memory) != 0 && result == PAC_RESULT_OK) {
    result = PAC_RESULT_NO_MEMORY;
  }
  if (result == PAC_RESULT_OK) {
    result = pac_ledger_put_line(ledger, position, record->verdict, text, length - 1);
  }
  free(text);
  return result;
}

enum pac_result pac_ledger_put_late(struct pac_ledger *ledger, uint32_t position, const char *line, size_t length) {
  if (position < ledger->plan->count) {
    if (ledger->late_counts[position] == LATE_PER_CASE_MAX) {
      return PAC_RESULT_OK;
    }
  } else if (ledger->stray_count == LATE_STRAY_MAX) {
    return PAC_RESULT_OK;
  }
  if (ledger->late_count == ledger->late_room) {
    uint32_t room = ledger->late_room == 0 ? 16 : ledger->late_room * 2;
    struct late_line *grown = realloc(ledger->late, room * sizeof *grown);
    if (grown == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    ledger->late = grown;
    ledger->late_room = room;
  }
  char *copy = line_copy(line, length);
  if (copy == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  ledger->late[ledger->late_count] = (struct late_line){position, ledger->late_count, copy};
  ledger->late_count += 1;
  if (position < ledger->plan->count) {
    ledger->late_counts[position] += 1;
  } else {
    ledger->stray_count += 1;
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_ledger_give_up_rest(struct pac_ledger *ledger, uint32_t hang_count) {
  char note[128];
  (void)snprintf(note, sizeof note, "not run, because %u case%s hung (--max-hangs)", hang_count,
                 hang_count == 1 ? "" : "s");
  const struct pac_case_record record = {.verdict = PAC_VERDICT_BROKEN, .note = note};
  for (uint32_t position = 0; position < ledger->plan->count; position++) {
    if (!pac_ledger_has(ledger, position)) {
      PAC_TRY(pac_ledger_put_record(ledger, position, &record, 0.0));
    }
  }
  return PAC_RESULT_OK;
}

bool pac_ledger_has(const struct pac_ledger *ledger, uint32_t position) {
  return position < ledger->plan->count && ledger->verdicts[position] != VERDICT_NONE;
}

uint32_t pac_ledger_done(const struct pac_ledger *ledger) {
  return ledger->done;
}

uint32_t pac_ledger_verdict_count(const struct pac_ledger *ledger, enum pac_verdict verdict) {
  return ledger->counts[verdict];
}

enum pac_result pac_ledger_write(struct pac_ledger *ledger, uint32_t limit) {
  while (ledger->written < ledger->plan->count && ledger->written < limit && ledger->lines[ledger->written] != NULL) {
    char **line = &ledger->lines[ledger->written];
    if (fputs(*line, ledger->journal) < 0) {
      return PAC_RESULT_IO;
    }
    free(*line);
    *line = NULL;
    ledger->written += 1;
  }
  return PAC_RESULT_OK;
}

static int late_compare(const void *left, const void *right) {
  const struct late_line *a = left;
  const struct late_line *b = right;
  if (a->position != b->position) {
    return a->position < b->position ? -1 : 1;
  }
  if (a->position == UINT32_MAX && strcmp(a->text, b->text) != 0) {
    return strcmp(a->text, b->text); /* they come from any worker: their order in time would tell how many there were */
  }
  return a->order < b->order ? -1 : a->order > b->order;
}

enum pac_result pac_ledger_leave(struct pac_ledger *ledger) {
  for (uint32_t i = ledger->written; i < ledger->plan->count; i++) {
    if (ledger->lines[i] != NULL && fputs(ledger->lines[i], ledger->journal) < 0) {
      return PAC_RESULT_IO;
    }
  }
  if (ledger->late_count > 0) {
    qsort(ledger->late, ledger->late_count, sizeof *ledger->late, late_compare);
  }
  for (uint32_t i = 0; i < ledger->late_count; i++) {
    if (fputs(ledger->late[i].text, ledger->journal) < 0) {
      return PAC_RESULT_IO;
    }
  }
  return fflush(ledger->journal) == 0 ? PAC_RESULT_OK : PAC_RESULT_IO;
}

enum pac_result pac_ledger_finish(struct pac_ledger *ledger) {
  PAC_TRY(pac_ledger_leave(ledger));
  PAC_TRY(pac_journal_write_end(ledger->journal, ledger->plan->count, ledger->counts));
  return fflush(ledger->journal) == 0 ? PAC_RESULT_OK : PAC_RESULT_IO;
}
