/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parses one journal line. The line may be anything: the journal of another version, a damaged file, or what a confused
 * adapter printed. jansson reads the JSON; this file demands the members, each with its type and range, and copies what
 * is kept into the arena. Members that it does not know are left alone. How lines make a journal is journal_read.c.
 */
#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "runner/journal.h"

#define SHOWN_MAX 40u /* octets of foreign text within a sentence */

struct parser {
  struct pac_arena *arena;
  char *why;
  size_t why_size;
};

__attribute__((format(printf, 2, 3))) static enum pac_result malformed(struct parser *parser, const char *format, ...) {
  if (parser->why != NULL && parser->why_size > 0) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(parser->why, parser->why_size, format, arguments);
    va_end(arguments);
  }
  return PAC_RESULT_MALFORMED;
}

/* Foreign text for a sentence: short, and without what a terminal would obey. */
struct shown {
  char text[SHOWN_MAX + 1];
};

static struct shown show(const char *text) {
  struct shown shown = {{0}};
  for (size_t i = 0; i < SHOWN_MAX && text[i] != '\0'; i++) {
    shown.text[i] = text[i] >= 0x20 && text[i] < 0x7f ? text[i] : '?';
  }
  return shown;
}

/* Members --------------------------------------------------------------------------------------------------------- */

static enum pac_result get_uint32(struct parser *parser, json_t *object, const char *name, uint32_t *value) {
  json_t *member = json_object_get(object, name);
  json_int_t number = json_is_integer(member) ? json_integer_value(member) : -1;
  if (number < 0 || number > (json_int_t)UINT32_MAX) {
    return malformed(parser, "\"%s\" has to be an integer from 0 to 4294967295", name);
  }
  *value = (uint32_t)number;
  return PAC_RESULT_OK;
}

static enum pac_result copy_text(struct parser *parser, json_t *string, const char **text) {
  char *copy = pac_arena_copy_text(parser->arena, json_string_value(string), json_string_length(string));
  if (copy == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  *text = copy;
  return PAC_RESULT_OK;
}

static enum pac_result get_text(struct parser *parser, json_t *object, const char *name, const char **text) {
  json_t *member = json_object_get(object, name);
  return json_is_string(member) ? copy_text(parser, member, text)
                                : malformed(parser, "\"%s\" has to be a string", name);
}

/* The value of a string of digits in `base`: at most `max`, nothing before, between or after the digits. */
static bool number_of(const char *text, unsigned base, uint64_t max, uint64_t *value) {
  uint64_t sum = 0;
  if (*text == '\0') {
    return false;
  }
  for (; *text != '\0'; text++) {
    unsigned digit = *text >= '0' && *text <= '9'   ? (unsigned)(*text - '0')
                     : *text >= 'a' && *text <= 'f' ? (unsigned)(*text - 'a') + 10
                     : *text >= 'A' && *text <= 'F' ? (unsigned)(*text - 'A') + 10
                                                    : base;
    if (digit >= base || sum > (max - digit) / base) {
      return false;
    }
    sum = sum * base + digit;
  }
  *value = sum;
  return true;
}

static enum pac_result get_hex(struct parser *parser, json_t *object, const char *name, uint32_t *bits) {
  const char *text = json_string_value(json_object_get(object, name));
  uint64_t value;
  if (text == NULL || strncmp(text, "0x", 2) != 0 || !number_of(text + 2, 16, UINT32_MAX, &value)) {
    return malformed(parser, "\"%s\" has to be a string such as \"0x1f\", of at most 32 bits", name);
  }
  *bits = (uint32_t)value;
  return PAC_RESULT_OK;
}

/* An array of at most `max` elements; absent means empty. */
static enum pac_result get_array(struct parser *parser, json_t *object, const char *name, size_t max, json_t **array) {
  json_t *member = json_object_get(object, name);
  if (member != NULL && (!json_is_array(member) || json_array_size(member) > max)) {
    return malformed(parser, "\"%s\" has to be an array of at most %zu elements", name, max);
  }
  *array = member;
  return PAC_RESULT_OK;
}

/* "case": "suite/name", cut at its first slash. */
static enum pac_result get_id(struct parser *parser, json_t *object, struct pac_journal_case *the_case) {
  json_t *member = json_object_get(object, "case");
  const char *id = json_string_value(member);
  const char *slash = id == NULL ? NULL : strchr(id, '/');
  if (slash == NULL || slash == id || slash[1] == '\0') {
    return malformed(parser, "\"case\" has to be a string such as \"suite/name\"");
  }
  size_t suite_length = (size_t)(slash - id);
  the_case->suite = pac_arena_copy_text(parser->arena, id, suite_length);
  the_case->name = pac_arena_copy_text(parser->arena, slash + 1, json_string_length(member) - suite_length - 1);
  return the_case->suite == NULL || the_case->name == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK;
}

static enum pac_result get_clause(struct parser *parser, json_t *string, enum pac_clause *clause) {
  const char *id = json_string_value(string);
  if (id == NULL) {
    return malformed(parser, "a clause has to be a string");
  }
  return pac_clause_find(id, clause) == PAC_RESULT_OK && *clause != PAC_CLAUSE_NONE
             ? PAC_RESULT_OK
             : malformed(parser, "there is no clause \"%s\"", show(id).text);
}

/* The run line ---------------------------------------------------------------------------------------------------- */

static enum pac_result get_filters(struct parser *parser, json_t *object, struct pac_journal_run *run) {
  json_t *array = NULL;
  PAC_TRY(get_array(parser, object, "filters", PAC_JOURNAL_FILTERS_MAX, &array));
  size_t count = json_array_size(array);
  const char **filters = pac_arena_allocate_array(parser->arena, count, sizeof *filters);
  if (filters == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (size_t i = 0; i < count; i++) {
    json_t *filter = json_array_get(array, i);
    if (!json_is_string(filter)) {
      return malformed(parser, "a filter has to be a string");
    }
    PAC_TRY(copy_text(parser, filter, &filters[i]));
  }
  run->filters = filters;
  run->filter_count = (uint32_t)count;
  return PAC_RESULT_OK;
}

static enum pac_result get_options(struct parser *parser, json_t *object, struct pac_journal_run *run) {
  json_t *array = NULL;
  PAC_TRY(get_array(parser, object, "options", PAC_JOURNAL_OPTIONS_MAX, &array));
  size_t count = json_array_size(array);
  struct pac_option *options = pac_arena_allocate_array(parser->arena, count, sizeof *options);
  if (options == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (size_t i = 0; i < count; i++) {
    PAC_TRY(get_text(parser, json_array_get(array, i), "name", &options[i].name));
    PAC_TRY(get_text(parser, json_array_get(array, i), "value", &options[i].value));
  }
  run->options = options;
  run->option_count = (uint32_t)count;
  return PAC_RESULT_OK;
}

static enum pac_result parse_run(struct parser *parser, json_t *object, struct pac_journal_line *line) {
  struct pac_journal_run *run = &line->run;
  uint32_t journal_version = 0;
  PAC_TRY(get_uint32(parser, object, "journal", &journal_version));
  if (journal_version != PAC_JOURNAL_VERSION) {
    return malformed(parser, "the journal has version %u, and this program reads version %u", journal_version,
                     PAC_JOURNAL_VERSION);
  }
  PAC_TRY(get_text(parser, object, "pacheck", &run->suite_version));
  PAC_TRY(get_text(parser, object, "adapter", &run->adapter));
  PAC_TRY(get_text(parser, object, "name", &run->name));
  PAC_TRY(get_text(parser, object, "version", &run->version));
  PAC_TRY(get_hex(parser, object, "features", &run->features));
  const char *profile = json_string_value(json_object_get(object, "profile"));
  if (profile == NULL || pac_profile_find(profile, &run->profile) != PAC_RESULT_OK) {
    return malformed(parser, "\"profile\" has to be the word of a profile");
  }
  const char *seed = json_string_value(json_object_get(object, "seed"));
  if (seed == NULL || !number_of(seed, 10, UINT64_MAX, &run->seed)) {
    return malformed(parser, "\"seed\" has to be a string of decimal digits, of at most 64 bits");
  }
  PAC_TRY(get_uint32(parser, object, "timeout_ms", &run->timeout_ms));
  PAC_TRY(get_uint32(parser, object, "planned", &run->planned));
  PAC_TRY(get_uint32(parser, object, "shard_index", &run->shard_index));
  PAC_TRY(get_uint32(parser, object, "shard_count", &run->shard_count));
  if (run->shard_index >= run->shard_count) {
    return malformed(parser, "there is no shard %u of %u", run->shard_index, run->shard_count);
  }
  PAC_TRY(get_filters(parser, object, run));
  return get_options(parser, object, run);
}

/* The case line --------------------------------------------------------------------------------------------------- */

static enum pac_result get_clauses(struct parser *parser, json_t *object, struct pac_journal_case *the_case) {
  json_t *array = NULL;
  PAC_TRY(get_array(parser, object, "clauses", PAC_CASE_CLAUSES_MAX, &array));
  size_t count = json_array_size(array);
  enum pac_clause *clauses = pac_arena_allocate_array(parser->arena, count + 1, sizeof *clauses);
  if (clauses == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (size_t i = 0; i < count; i++) {
    PAC_TRY(get_clause(parser, json_array_get(array, i), &clauses[i]));
  }
  clauses[count] = PAC_CLAUSE_NONE;
  the_case->clauses = clauses;
  return PAC_RESULT_OK;
}

static enum pac_result get_findings(struct parser *parser, json_t *object, struct pac_case_record *record) {
  json_t *array = NULL;
  PAC_TRY(get_array(parser, object, "findings", PAC_FINDINGS_MAX, &array));
  size_t count = json_array_size(array);
  for (size_t i = 0; i < count; i++) {
    json_t *entry = json_array_get(array, i);
    struct pac_finding *finding = &record->findings[i];
    const char *reason = json_string_value(json_object_get(entry, "reason"));
    if (reason == NULL || pac_reason_find(reason, &finding->reason) != PAC_RESULT_OK) {
      return malformed(parser, "a finding has no reason that is known");
    }
    json_t *clause = json_object_get(entry, "clause");
    finding->clause = PAC_CLAUSE_NONE;
    if (clause != NULL) {
      PAC_TRY(get_clause(parser, clause, &finding->clause));
    }
    PAC_TRY(get_text(parser, entry, "expected", &finding->expected));
    PAC_TRY(get_text(parser, entry, "observed", &finding->observed));
  }
  record->finding_count = (uint32_t)count;
  return PAC_RESULT_OK;
}

static enum pac_result get_readings(struct parser *parser, json_t *object, struct pac_case_record *record) {
  json_t *array = NULL;
  PAC_TRY(get_array(parser, object, "readings", PAC_READINGS_SEEN_MAX, &array));
  size_t count = json_array_size(array);
  for (size_t i = 0; i < count; i++) {
    json_t *entry = json_array_get(array, i);
    struct pac_reading_seen *seen = &record->readings[i];
    const char *word = json_string_value(json_object_get(entry, "reading"));
    if (word == NULL || pac_reading_find(word, &seen->reading) != PAC_RESULT_OK) {
      return malformed(parser, "a reading has to be one of the contract, such as \"A-23\"");
    }
    PAC_TRY(get_text(parser, entry, "scope", &seen->scope));
    PAC_TRY(get_text(parser, entry, "option", &seen->option));
  }
  record->reading_count = (uint32_t)count;
  return PAC_RESULT_OK;
}

static enum pac_result get_timeline(struct parser *parser, json_t *object, struct pac_case_record *record) {
  json_t *array = NULL;
  PAC_TRY(get_array(parser, object, "timeline", PAC_TIMELINE_MAX, &array));
  size_t count = json_array_size(array);
  for (size_t i = 0; i < count; i++) {
    json_t *entry = json_array_get(array, i);
    if (!json_is_string(entry)) {
      return malformed(parser, "a line of a timeline has to be a string");
    }
    PAC_TRY(copy_text(parser, entry, &record->timeline[i]));
  }
  record->timeline_count = (uint32_t)count;
  return PAC_RESULT_OK;
}

static enum pac_result parse_case(struct parser *parser, json_t *object, struct pac_journal_line *line) {
  struct pac_journal_case *the_case = &line->the_case;
  struct pac_case_record *record = pac_arena_allocate(parser->arena, sizeof *record);
  if (record == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  record->arena = parser->arena;
  PAC_TRY(get_id(parser, object, the_case));
  const char *verdict = json_string_value(json_object_get(object, "verdict"));
  if (verdict == NULL || pac_verdict_find(verdict, &record->verdict) != PAC_RESULT_OK) {
    return malformed(parser, "\"verdict\" has to be the word of a verdict");
  }
  PAC_TRY(get_clauses(parser, object, the_case));
  if (json_object_get(object, "features") != NULL) {
    PAC_TRY(get_hex(parser, object, "features", &the_case->features));
  }
  if (json_object_get(object, "note") != NULL) {
    PAC_TRY(get_text(parser, object, "note", &record->note));
  }
  PAC_TRY(get_findings(parser, object, record));
  PAC_TRY(get_readings(parser, object, record));
  PAC_TRY(get_timeline(parser, object, record));
  json_t *milliseconds = json_object_get(object, "ms");
  if (!json_is_number(milliseconds) || !(json_number_value(milliseconds) >= 0)) {
    return malformed(parser, "\"ms\" has to be a number that is not negative");
  }
  the_case->milliseconds = json_number_value(milliseconds);
  the_case->record = record;
  return PAC_RESULT_OK;
}

/* The other lines ------------------------------------------------------------------------------------------------- */

static enum pac_result parse_late(struct parser *parser, json_t *object, struct pac_journal_line *line) {
  if (json_object_get(object, "case") != NULL) {
    PAC_TRY(get_id(parser, object, &line->the_case));
  }
  return get_text(parser, object, "event", &line->late_event);
}

static enum pac_result parse_end(struct parser *parser, json_t *object, struct pac_journal_line *line) {
  PAC_TRY(get_uint32(parser, object, "planned", &line->planned));
  json_t *verdicts = json_object_get(object, "verdicts");
  if (!json_is_object(verdicts)) {
    return malformed(parser, "\"verdicts\" has to be an object");
  }
  for (int i = 0; i < PAC_VERDICT_COUNT; i++) {
    PAC_TRY(get_uint32(parser, verdicts, pac_verdict_word((enum pac_verdict)i), &line->verdict_counts[i]));
  }
  return PAC_RESULT_OK;
}

static enum pac_result parse_object(struct parser *parser, json_t *object, struct pac_journal_line *line) {
  const char *type = json_string_value(json_object_get(object, "type"));
  if (type == NULL) {
    return malformed(parser, "it is not a JSON object with a string \"type\"");
  }
  if (strcmp(type, "run") == 0) {
    line->kind = PAC_JOURNAL_RUN;
    return parse_run(parser, object, line);
  }
  if (strcmp(type, "end") == 0) {
    line->kind = PAC_JOURNAL_END;
    return parse_end(parser, object, line);
  }
  line->kind = strcmp(type, "start") == 0  ? PAC_JOURNAL_START
               : strcmp(type, "case") == 0 ? PAC_JOURNAL_CASE
                                           : PAC_JOURNAL_LATE;
  if (line->kind == PAC_JOURNAL_LATE && strcmp(type, "late") != 0) {
    return malformed(parser, "there is no line of type \"%s\"", show(type).text);
  }
  PAC_TRY(get_uint32(parser, object, "index", &line->the_case.index));
  return line->kind == PAC_JOURNAL_START  ? get_id(parser, object, &line->the_case)
         : line->kind == PAC_JOURNAL_CASE ? parse_case(parser, object, line)
                                          : parse_late(parser, object, line);
}

enum pac_result pac_journal_parse(struct pac_arena *arena, const char *text, size_t length,
                                  struct pac_journal_line *line, char *why, size_t why_size) {
  struct parser parser = {arena, why, why_size};
  if (length > PAC_JOURNAL_LINE_MAX) {
    return malformed(&parser, "it is longer than %u octets", PAC_JOURNAL_LINE_MAX);
  }
  json_error_t error = {.text = ""};
  json_t *object = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
  if (object == NULL) {
    /* jansson has a text for all bad input, but not for every allocation that failed. */
    return error.text[0] == '\0' || json_error_code(&error) == json_error_out_of_memory
               ? PAC_RESULT_NO_MEMORY
               : malformed(&parser, "it is not JSON (seen at octet %d)", error.position);
  }
  struct pac_journal_line parsed = {0};
  enum pac_result result = parse_object(&parser, object, &parsed);
  json_decref(object);
  if (result == PAC_RESULT_OK) {
    *line = parsed;
  }
  return result;
}
