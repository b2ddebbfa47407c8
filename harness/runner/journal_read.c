/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads a whole journal: takes lines one by one, holds them against each other, and puts the cases into the order of
 * the plan. Workers run side by side, so case lines come in any order. The journals of several shards are loaded one after
 * the other and finished together.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "object/memory_source.h"
#include "runner/journal.h"

#define FIRST_LINE_SIZE 4096u
#define FIRST_LIST_SIZE 64u

/* A case line as it came. The order among lines of the same index is that of the files and lines. */
struct loaded_case {
  struct pac_journal_case the_case;
  uint32_t file;
  uint32_t line_number;
};

struct loaded_late {
  uint32_t index;
  const char *event;
};

struct loader {
  const struct pac_memory *memory;
  struct pac_journal *journal;
  bool has_run, has_end; /* of the file that is loaded, as its line_number and planned */
  uint32_t line_number;
  uint32_t planned;
  uint32_t *shards; /* of the files so far */
  uint32_t file;    /* that is loaded, or that a sentence is about */
  bool is_cut_short; /* one of them */
  char *line;
  size_t line_length, line_capacity;
  struct loaded_case *cases;
  size_t case_count, case_capacity;
  struct loaded_late *lates;
  size_t late_count, late_capacity;
  char *why;
  size_t why_size;
};

/* Makes room for one more element. */
static enum pac_result grow(const struct loader *loader, void *list, size_t count, size_t *capacity, size_t first,
                            size_t element_size) {
  void *block;
  if (count < *capacity) {
    return PAC_RESULT_OK;
  }
  memcpy(&block, list, sizeof block);
  size_t wanted = *capacity == 0 ? first : *capacity * 2;
  block = pac_memory_resize(loader->memory, block, wanted * element_size);
  if (block == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  memcpy(list, &block, sizeof block);
  *capacity = wanted;
  return PAC_RESULT_OK;
}

__attribute__((format(printf, 2, 3))) static enum pac_result malformed(const struct loader *loader, const char *format,
                                                                       ...) {
  if (loader->why != NULL && loader->why_size > 0) {
    int start = snprintf(loader->why, loader->why_size, "line %u: ", loader->line_number);
    if (start > 0 && (size_t)start < loader->why_size) {
      va_list arguments;
      va_start(arguments, format);
      vsnprintf(loader->why + start, loader->why_size - (size_t)start, format, arguments);
      va_end(arguments);
    }
  }
  return PAC_RESULT_MALFORMED;
}

/* Lines ----------------------------------------------------------------------------------------------------------- */

/* Reads the next line without its newline. PAC_RESULT_NOTHING_DUE at the end of the file. */
static enum pac_result next_line(struct loader *loader, FILE *file, bool *has_newline) {
  loader->line_length = 0;
  *has_newline = false;
  for (;;) {
    int octet = getc_unlocked(file);
    if (octet == EOF) {
      if (ferror(file)) {
        return PAC_RESULT_IO;
      }
      if (loader->line_length == 0) {
        return PAC_RESULT_NOTHING_DUE;
      }
      break;
    }
    if (octet == '\n') {
      *has_newline = true;
      break;
    }
    if (loader->line_length == PAC_JOURNAL_LINE_MAX) {
      loader->line_number += 1;
      return malformed(loader, "it is longer than %u octets", PAC_JOURNAL_LINE_MAX);
    }
    PAC_TRY(grow(loader, &loader->line, loader->line_length, &loader->line_capacity, FIRST_LINE_SIZE, 1));
    loader->line[loader->line_length++] = (char)octet;
  }
  loader->line_number += 1;
  return PAC_RESULT_OK;
}

static enum pac_result take_case(struct loader *loader, const struct pac_journal_line *line) {
  if (loader->case_count >= PAC_JOURNAL_CASES_MAX) {
    return malformed(loader, "a journal has at most %u case lines", PAC_JOURNAL_CASES_MAX);
  }
  PAC_TRY(
      grow(loader, &loader->cases, loader->case_count, &loader->case_capacity, FIRST_LIST_SIZE, sizeof *loader->cases));
  loader->cases[loader->case_count++] = (struct loaded_case){line->the_case, loader->file, loader->line_number};
  return PAC_RESULT_OK;
}

static enum pac_result take_late(struct loader *loader, const struct pac_journal_line *line) {
  if (loader->late_count >= PAC_JOURNAL_LATE_MAX) {
    return malformed(loader, "a journal has at most %u late lines", PAC_JOURNAL_LATE_MAX);
  }
  PAC_TRY(
      grow(loader, &loader->lates, loader->late_count, &loader->late_capacity, FIRST_LIST_SIZE, sizeof *loader->lates));
  loader->lates[loader->late_count++] = (struct loaded_late){line->the_case.index, line->late_event};
  return PAC_RESULT_OK;
}

static bool same_text(const char *left, const char *right) {
  return left == NULL || right == NULL ? left == right : strcmp(left, right) == 0;
}

/* The member in which two runs differ that were to be shards of one; null when they are. Where an adapter lies is the
 * machine's affair. */
static const char *difference_of(const struct pac_journal_run *left, const struct pac_journal_run *right) {
  if (!same_text(left->suite_version, right->suite_version)) {
    return "pacheck";
  }
  if (!same_text(left->name, right->name) || !same_text(left->version, right->version) ||
      left->features != right->features) {
    return "the implementation";
  }
  if (left->profile != right->profile || left->seed != right->seed || left->timeout_ms != right->timeout_ms) {
    return "profile, seed or timeout";
  }
  bool is_same = left->filter_count == right->filter_count && left->option_count == right->option_count;
  for (uint32_t i = 0; is_same && i < left->filter_count; i++) {
    is_same = same_text(left->filters[i], right->filters[i]);
  }
  for (uint32_t i = 0; is_same && i < left->option_count; i++) {
    is_same = same_text(left->options[i].name, right->options[i].name) &&
              same_text(left->options[i].value, right->options[i].value);
  }
  return !is_same ? "filters or options" : left->shard_count != right->shard_count ? "the number of shards" : NULL;
}

static enum pac_result take_run(struct loader *loader, const struct pac_journal_run *run) {
  struct pac_journal_run *whole = &loader->journal->run;
  loader->has_run = true;
  loader->planned = run->planned;
  loader->shards[loader->file] = run->shard_index;
  if (loader->file == 0) {
    *whole = *run;
    return PAC_RESULT_OK;
  }
  const char *difference = difference_of(whole, run);
  if (difference != NULL) {
    return malformed(loader, "it is of another run than the first journal: %s differs", difference);
  }
  for (uint32_t i = 0; i < loader->file; i++) {
    if (loader->shards[i] == run->shard_index) {
      return malformed(loader, "shard %u of %u is there twice", run->shard_index, run->shard_count);
    }
  }
  whole->planned = run->planned > UINT32_MAX - whole->planned ? UINT32_MAX : whole->planned + run->planned;
  return PAC_RESULT_OK;
}

static enum pac_result take_line(struct loader *loader, const struct pac_journal_line *line) {
  if (loader->has_end) {
    return malformed(loader, "there is something after the end line");
  }
  if (loader->has_run == (line->kind == PAC_JOURNAL_RUN)) {
    return malformed(loader, loader->has_run ? "there is a second run line" : "a journal begins with its run line");
  }
  switch (line->kind) {
    case PAC_JOURNAL_RUN:
      return take_run(loader, &line->run);
    case PAC_JOURNAL_CASE:
      return take_case(loader, line);
    case PAC_JOURNAL_LATE:
      return take_late(loader, line);
    case PAC_JOURNAL_END:
      loader->has_end = true;
      return line->planned == loader->planned
                 ? PAC_RESULT_OK
                 : malformed(loader, "%u cases were planned, and the run line says %u", line->planned, loader->planned);
    case PAC_JOURNAL_START:
      break; /* adds nothing: a case that started and has no case line counts as missing */
  }
  return PAC_RESULT_OK;
}

/* Takes every line of one file. */
static enum pac_result load_lines(struct loader *loader, FILE *file) {
  for (;;) {
    bool has_newline;
    enum pac_result result = next_line(loader, file, &has_newline);
    if (result != PAC_RESULT_OK) {
      return result == PAC_RESULT_NOTHING_DUE ? PAC_RESULT_OK : result;
    }
    struct pac_journal_line line;
    char why[160];
    result = pac_journal_parse(loader->journal->arena, loader->line, loader->line_length, &line, why, sizeof why);
    if (result == PAC_RESULT_MALFORMED) {
      /* A run that was killed while it wrote leaves half a line; what stands before it is still good. */
      return has_newline || !loader->has_run ? malformed(loader, "%s", why) : PAC_RESULT_OK;
    }
    PAC_TRY(result);
    PAC_TRY(take_line(loader, &line));
  }
}

static enum pac_result load(struct loader *loader, FILE *file) {
  loader->has_run = false;
  loader->has_end = false;
  loader->line_number = 0;
  PAC_TRY(load_lines(loader, file));
  if (!loader->has_run) {
    loader->line_number = 1;
    return malformed(loader, "the journal is empty");
  }
  loader->is_cut_short = loader->is_cut_short || !loader->has_end;
  return PAC_RESULT_OK;
}

/* The whole ------------------------------------------------------------------------------------------------------- */

static int by_index_and_line(const void *left, const void *right) {
  const struct loaded_case *a = left, *b = right;
  if (a->the_case.index != b->the_case.index) {
    return a->the_case.index < b->the_case.index ? -1 : 1;
  }
  if (a->file != b->file) {
    return a->file < b->file ? -1 : 1;
  }
  return a->line_number < b->line_number ? -1 : a->line_number > b->line_number;
}

static int by_index(const void *key, const void *element) {
  const uint32_t *index = key;
  const struct pac_journal_case *the_case = element;
  return *index < the_case->index ? -1 : *index > the_case->index;
}

/* Sorts the cases into the order of the plan and keeps the last line of each. */
static enum pac_result order_cases(struct loader *loader) {
  struct pac_journal *journal = loader->journal;
  size_t count = loader->case_count;
  if (count > 0) {
    qsort(loader->cases, count, sizeof *loader->cases, by_index_and_line);
  }
  journal->cases = pac_arena_allocate_array(journal->arena, count, sizeof *journal->cases);
  if (journal->cases == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (size_t i = 0; i < count; i++) {
    const struct pac_journal_case *the_case = &loader->cases[i].the_case;
    struct pac_journal_case *last = journal->case_count == 0 ? NULL : &journal->cases[journal->case_count - 1];
    if (last == NULL || last->index != the_case->index) {
      journal->cases[journal->case_count++] = *the_case;
    } else if (strcmp(last->suite, the_case->suite) == 0 && strcmp(last->name, the_case->name) == 0) {
      *last = *the_case;
    } else {
      loader->file = loader->cases[i].file;
      loader->line_number = loader->cases[i].line_number;
      return malformed(loader, "case %u has another name than before", the_case->index);
    }
  }
  if (journal->case_count > journal->run.planned) {
    loader->file = 0;
    loader->line_number = 1;
    return malformed(loader, "%u cases were planned, and the journal has %u", journal->run.planned,
                     journal->case_count);
  }
  return PAC_RESULT_OK;
}

/* A case has room for a few findings; what does not fit adds nothing to a case that fails anyway. */
static void charge(struct pac_case_record *record, const char *event) {
  record->verdict = PAC_VERDICT_FAIL;
  if (record->finding_count < PAC_FINDINGS_MAX) {
    record->findings[record->finding_count++] =
        (struct pac_finding){PAC_REASON_LATE_EVENT, PAC_CLAUSE_NONE, "no event after the case has ended", event};
  }
  if (record->timeline_count < PAC_TIMELINE_MAX) {
    record->timeline[record->timeline_count++] = event;
  }
}

static int by_text(const void *left, const void *right) {
  const char *const *a = left, *const *b = right;
  return strcmp(*a, *b);
}

static enum pac_result charge_late_events(struct loader *loader) {
  struct pac_journal *journal = loader->journal;
  journal->strays = pac_arena_allocate_array(journal->arena, loader->late_count, sizeof *journal->strays);
  if (journal->strays == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (size_t i = 0; i < loader->late_count; i++) {
    const struct loaded_late *late = &loader->lates[i];
    const struct pac_journal_case *the_case =
        bsearch(&late->index, journal->cases, journal->case_count, sizeof *journal->cases, by_index);
    if (the_case == NULL) {
      journal->strays[journal->stray_count++] = late->event;
    } else {
      /* The record was made by pac_journal_parse in this journal's arena; only outside of here is it constant. */
      charge((struct pac_case_record *)(uintptr_t)the_case->record, late->event);
    }
  }
  if (journal->stray_count > 0) { /* in one order, however the plan was split */
    qsort(journal->strays, journal->stray_count, sizeof *journal->strays, by_text);
  }
  return PAC_RESULT_OK;
}

static enum pac_result finish(struct loader *loader, size_t file_count) {
  struct pac_journal_run *run = &loader->journal->run;
  PAC_TRY(order_cases(loader));
  PAC_TRY(charge_late_events(loader));
  loader->journal->is_complete = !loader->is_cut_short;
  loader->journal->shards = (uint32_t)file_count;
  if (file_count == run->shard_count) {
    run->shard_index = 0; /* all of them are here: that is the whole plan */
    run->shard_count = 1;
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_journal_read_shards(const struct pac_memory *memory, FILE *const *files, size_t count,
                                        struct pac_journal **given, size_t *at, char *why, size_t why_size) {
  struct pac_arena *arena;
  PAC_TRY(pac_arena_new(memory, 0, &arena));
  struct pac_journal *journal = pac_arena_allocate(arena, sizeof *journal);
  if (journal == NULL) {
    pac_arena_free(arena);
    return PAC_RESULT_NO_MEMORY;
  }
  journal->arena = arena;
  struct loader loader = {.memory = memory, .journal = journal, .why = why, .why_size = why_size};
  loader.shards = pac_arena_allocate_array(arena, count, sizeof *loader.shards);
  enum pac_result result = loader.shards == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK;
  for (size_t i = 0; result == PAC_RESULT_OK && i < count; i++) {
    loader.file = (uint32_t)i;
    result = load(&loader, files[i]);
  }
  if (result == PAC_RESULT_OK) {
    result = finish(&loader, count);
  }
  *at = loader.file;
  if (result == PAC_RESULT_OK) {
    *given = journal;
  } else {
    pac_arena_free(arena);
  }
  pac_memory_resize(memory, loader.line, 0);
  pac_memory_resize(memory, loader.cases, 0);
  pac_memory_resize(memory, loader.lates, 0);
  return result;
}

enum pac_result pac_journal_read_with(const struct pac_memory *memory, FILE *file, struct pac_journal **given,
                                      char *why, size_t why_size) {
  size_t at = 0;
  return pac_journal_read_shards(memory, &file, 1, given, &at, why, why_size);
}

enum pac_result pac_journal_read(FILE *file, struct pac_journal **given, char *why, size_t why_size) {
  return pac_journal_read_with(NULL, file, given, why, why_size);
}

void pac_journal_free(struct pac_journal *journal) {
  if (journal != NULL) {
    pac_arena_free(journal->arena);
  }
}
