/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes journal lines. Each line is built as a JSON value, printed into one buffer and handed to the file in one
 * write, so that a reader at the other end of a pipe sees whole lines. Text may hold any octets: what is no UTF-8
 * becomes U+FFFD, and what is too long is cut, so that every line that is written can be read again.
 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runner/journal.h"
#include "runner/journal_text.h"

#define LINE_ON_STACK 16384u
#define CUT_MARK "..."
#define REPLACEMENT "\xef\xbf\xbd"

/* Octets that a code point takes within a JSON string. */
static size_t json_cost(uint32_t code_point, size_t octets) {
  if (code_point == PAC_JOURNAL_TEXT_INVALID) {
    return sizeof REPLACEMENT - 1;
  }
  if (code_point < 0x20) {
    return 6;
  }
  return code_point == '"' || code_point == '\\' ? 2 : octets;
}

/* Length of the text when it is short and plain printable ASCII, as nearly all of it is; otherwise the maximum. */
static size_t plain_length(const char *text) {
  size_t length = 0;
  while (text[length] >= 0x20 && text[length] < 0x7f && length < PAC_JOURNAL_TEXT_MAX / 4) {
    length++;
  }
  return text[length] == '\0' ? length : PAC_JOURNAL_TEXT_MAX;
}

/* A JSON string of at most PAC_JOURNAL_TEXT_MAX octets as printed. */
static json_t *text_json(const char *text) {
  size_t length = plain_length(text);
  if (length < PAC_JOURNAL_TEXT_MAX) {
    return json_stringn_nocheck(text, length);
  }
  char clean[PAC_JOURNAL_TEXT_MAX];
  size_t in = 0, out = 0, cost = 0;
  length = strlen(text);
  while (in < length) {
    size_t octets;
    uint32_t code = pac_journal_text_code_point(text + in, length - in, &octets);
    cost += json_cost(code, octets);
    if (cost > PAC_JOURNAL_TEXT_MAX - (sizeof CUT_MARK - 1)) {
      memcpy(clean + out, CUT_MARK, sizeof CUT_MARK - 1);
      out += sizeof CUT_MARK - 1;
      break;
    }
    if (code == PAC_JOURNAL_TEXT_INVALID) {
      memcpy(clean + out, REPLACEMENT, sizeof REPLACEMENT - 1);
      out += sizeof REPLACEMENT - 1;
    } else {
      memcpy(clean + out, text + in, octets);
      out += octets;
    }
    in += octets;
  }
  return json_stringn_nocheck(clean, out);
}

/* The line being built. The first failure sticks; adding to a failed line does nothing more than free the value. */
struct line {
  json_t *object;
  enum pac_result result;
};

static void add(struct line *line, const char *name, json_t *value) {
  if (json_object_set_new_nocheck(line->object, name, value) != 0 && line->result == PAC_RESULT_OK) {
    line->result = PAC_RESULT_NO_MEMORY;
  }
}

/* Adds an array or object that is filled afterwards; null when that failed, which jansson's functions accept. */
static json_t *add_container(struct line *line, const char *name, json_t *container) {
  if (json_object_set_new_nocheck(line->object, name, container) != 0) {
    line->result = line->result == PAC_RESULT_OK ? PAC_RESULT_NO_MEMORY : line->result;
    return NULL; /* it was freed with the failure */
  }
  return container;
}

static void append(struct line *line, json_t *array, json_t *value) {
  if (json_array_append_new(array, value) != 0 && line->result == PAC_RESULT_OK) {
    line->result = PAC_RESULT_NO_MEMORY;
  }
}

static void add_text(struct line *line, const char *name, const char *text) {
  add(line, name, text_json(text != NULL ? text : ""));
}

static void add_hex(struct line *line, const char *name, uint32_t bits) {
  char text[16];
  snprintf(text, sizeof text, "0x%x", (unsigned)bits);
  add(line, name, json_string_nocheck(text));
}

static struct line line_begin(const char *type) {
  struct line line = {json_object(), PAC_RESULT_OK};
  add(&line, "type", json_string_nocheck(type));
  return line;
}

/* "suite/name", the id by which a case is known outside of the suite. */
static void add_id(struct line *line, const char *suite, const char *name) {
  size_t suite_length = strlen(suite), name_length = strlen(name);
  char on_stack[512];
  char *id = on_stack;
  if (suite_length + name_length + 2 > sizeof on_stack) {
    id = malloc(suite_length + name_length + 2);
    if (id == NULL) {
      line->result = PAC_RESULT_NO_MEMORY;
      return;
    }
  }
  memcpy(id, suite, suite_length);
  id[suite_length] = '/';
  memcpy(id + suite_length + 1, name, name_length + 1);
  add_text(line, "case", id);
  if (id != on_stack) {
    free(id);
  }
}

/* Prints the line and takes it apart. */
static enum pac_result line_end(struct line *line, FILE *file) {
  const size_t flags = JSON_COMPACT | JSON_REAL_PRECISION(15);
  char on_stack[LINE_ON_STACK];
  char *text = on_stack;
  size_t length = 0;
  if (line->result == PAC_RESULT_OK) {
    length = json_dumpb(line->object, on_stack, sizeof on_stack - 1, flags);
    if (length == 0) {
      line->result = PAC_RESULT_NO_MEMORY;
    } else if (length > PAC_JOURNAL_LINE_MAX) {
      line->result = PAC_RESULT_LIMIT;
    } else if (length > sizeof on_stack - 1) {
      text = malloc(length + 1);
      if (text == NULL || json_dumpb(line->object, text, length, flags) != length) {
        line->result = PAC_RESULT_NO_MEMORY;
      }
    }
  }
  if (line->result == PAC_RESULT_OK) {
    text[length] = '\n';
    if (fwrite(text, 1, length + 1, file) != length + 1) {
      line->result = PAC_RESULT_IO;
    }
  }
  if (text != on_stack) {
    free(text);
  }
  json_decref(line->object);
  return line->result;
}

enum pac_result pac_journal_write_run(FILE *file, const struct pac_journal_run *run) {
  if (run->filter_count > PAC_JOURNAL_FILTERS_MAX || run->option_count > PAC_JOURNAL_OPTIONS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  struct line line = line_begin("run");
  char seed[24];
  snprintf(seed, sizeof seed, "%llu", (unsigned long long)run->seed);
  add(&line, "journal", json_integer(PAC_JOURNAL_VERSION));
  add_text(&line, "pacheck", run->suite_version);
  add_text(&line, "adapter", run->adapter);
  add_text(&line, "name", run->name);
  add_text(&line, "version", run->version);
  add_hex(&line, "features", run->features);
  add_text(&line, "profile", pac_profile_word(run->profile));
  add_text(&line, "seed", seed);
  add(&line, "timeout_ms", json_integer(run->timeout_ms));
  add(&line, "planned", json_integer(run->planned));
  add(&line, "shard_index", json_integer(run->shard_index));
  add(&line, "shard_count", json_integer(run->shard_count));
  json_t *filters = add_container(&line, "filters", json_array());
  for (uint32_t i = 0; i < run->filter_count; i++) {
    append(&line, filters, text_json(run->filters[i]));
  }
  json_t *options = add_container(&line, "options", json_array());
  for (uint32_t i = 0; i < run->option_count; i++) {
    struct line option = {json_object(), PAC_RESULT_OK};
    add_text(&option, "name", run->options[i].name);
    add_text(&option, "value", run->options[i].value);
    append(&line, options, option.object);
    line.result = line.result != PAC_RESULT_OK ? line.result : option.result;
  }
  return line_end(&line, file);
}

enum pac_result pac_journal_write_start(FILE *file, uint32_t index, const char *suite, const char *name) {
  struct line line = line_begin("start");
  add(&line, "index", json_integer(index));
  add_id(&line, suite, name);
  return line_end(&line, file);
}

static void add_findings(struct line *line, const struct pac_case_record *record) {
  json_t *findings = add_container(line, "findings", json_array());
  for (uint32_t i = 0; i < record->finding_count && i < PAC_FINDINGS_MAX; i++) {
    const struct pac_finding *finding = &record->findings[i];
    struct line entry = {json_object(), PAC_RESULT_OK};
    add(&entry, "reason", json_string_nocheck(pac_reason_word(finding->reason)));
    if (finding->clause != PAC_CLAUSE_NONE) {
      add(&entry, "clause", json_string_nocheck(pac_clause_at(finding->clause)->id));
    }
    add_text(&entry, "expected", finding->expected);
    add_text(&entry, "observed", finding->observed);
    append(line, findings, entry.object);
    line->result = line->result != PAC_RESULT_OK ? line->result : entry.result;
  }
}

static void add_readings(struct line *line, const struct pac_case_record *record) {
  json_t *readings = add_container(line, "readings", json_array());
  for (uint32_t i = 0; i < record->reading_count && i < PAC_READINGS_SEEN_MAX; i++) {
    const struct pac_reading_seen *seen = &record->readings[i];
    struct line entry = {json_object(), PAC_RESULT_OK};
    char number[16];
    snprintf(number, sizeof number, "A-%02u", (unsigned)pac_reading_at(seen->reading)->number);
    add(&entry, "reading", json_string_nocheck(number));
    add_text(&entry, "scope", seen->scope);
    add_text(&entry, "option", seen->option);
    append(line, readings, entry.object);
    line->result = line->result != PAC_RESULT_OK ? line->result : entry.result;
  }
}

/* The members that are empty in most cases stand only where there is something in them: a line is short, and cheap. */
enum pac_result pac_journal_write_case(FILE *file, const struct pac_journal_case *the_case) {
  const struct pac_case_record *record = the_case->record;
  struct line line = line_begin("case");
  add(&line, "index", json_integer(the_case->index));
  add_id(&line, the_case->suite, the_case->name);
  add(&line, "verdict", json_string_nocheck(pac_verdict_word(record->verdict)));
  json_t *clauses = add_container(&line, "clauses", json_array());
  for (size_t i = 0; i < PAC_CASE_CLAUSES_MAX && the_case->clauses[i] != PAC_CLAUSE_NONE; i++) {
    append(&line, clauses, json_string_nocheck(pac_clause_at(the_case->clauses[i])->id));
  }
  if (the_case->features != 0) {
    add_hex(&line, "features", the_case->features);
  }
  if (record->note != NULL) {
    add_text(&line, "note", record->note);
  }
  if (record->finding_count > 0) {
    add_findings(&line, record);
  }
  if (record->reading_count > 0) {
    add_readings(&line, record);
  }
  if (record->timeline_count > 0) {
    json_t *timeline = add_container(&line, "timeline", json_array());
    for (uint32_t i = 0; i < record->timeline_count && i < PAC_TIMELINE_MAX; i++) {
      append(&line, timeline, text_json(record->timeline[i]));
    }
  }
  double milliseconds = isfinite(the_case->milliseconds) ? the_case->milliseconds : 0;
  add(&line, "ms", json_real(round(milliseconds * 1000) / 1000));
  return line_end(&line, file);
}

enum pac_result pac_journal_write_late(FILE *file, uint32_t index, const char *suite, const char *name,
                                       const char *event) {
  struct line line = line_begin("late");
  add(&line, "index", json_integer(index));
  if (suite != NULL && name != NULL) {
    add_id(&line, suite, name);
  }
  add_text(&line, "event", event);
  return line_end(&line, file);
}

enum pac_result pac_journal_write_end(FILE *file, uint32_t planned, const uint32_t verdict_counts[PAC_VERDICT_COUNT]) {
  struct line line = line_begin("end");
  add(&line, "planned", json_integer(planned));
  json_t *verdicts = add_container(&line, "verdicts", json_object());
  for (int i = 0; i < PAC_VERDICT_COUNT; i++) {
    json_t *count = json_integer(verdict_counts[i]);
    if (json_object_set_new_nocheck(verdicts, pac_verdict_word((enum pac_verdict)i), count) != 0) {
      line.result = PAC_RESULT_NO_MEMORY;
    }
  }
  return line_end(&line, file);
}
