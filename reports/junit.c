/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JUnit report, in the dialect that Jenkins, GitLab and Surefire readers share; junit.xsd beside this file
 * describes it. libxml2 writes the XML. XML 1.0 cannot hold most control characters, so all of them are made visible
 * first.
 */
#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>

#include "reports/report.h"
#include "reports/suites.h"
#include "reports/terminal.h"
#include "runner/journal_text.h"

/* The document being written. The first failure sticks. */
struct document {
  xmlTextWriterPtr writer;
  enum pac_result result;
  const struct pac_judgement *judgement;
  const struct pac_report_junit_options *options;
};

static void check(struct document *document, int written) {
  if (written < 0 && document->result == PAC_RESULT_OK) {
    document->result = PAC_RESULT_NO_MEMORY;
  }
}

/* XML ------------------------------------------------------------------------------------------------------------- */

/* Text that XML 1.0 can hold; the caller's to free, null when there is no memory. Line breaks stay in bodies only. */
static char *xml_text(const char *text, bool is_body) {
  char *shown = NULL;
  size_t size = 0, length = strlen(text);
  FILE *stream = open_memstream(&shown, &size);
  if (stream == NULL) {
    return NULL;
  }
  for (size_t in = 0, octets; in < length; in += octets) {
    uint32_t code = pac_journal_text_code_point(text + in, length - in, &octets);
    if (code == PAC_JOURNAL_TEXT_INVALID || code == 0xfffe || code == 0xffff) {
      fputs("\xef\xbf\xbd", stream);
    } else if (pac_journal_text_is_control(code) && !(is_body && code == '\n')) {
      fprintf(stream, "\\x%02x", (unsigned)code);
    } else {
      fwrite(text + in, 1, octets, stream);
    }
  }
  bool is_whole = !ferror(stream);
  if (fclose(stream) != 0 || !is_whole) {
    free(shown);
    return NULL;
  }
  return shown;
}

static void start(struct document *document, const char *name) {
  check(document, xmlTextWriterStartElement(document->writer, BAD_CAST name));
}

static void end(struct document *document) {
  check(document, xmlTextWriterEndElement(document->writer));
}

static void attribute(struct document *document, const char *name, const char *value) {
  char *shown = xml_text(value, false);
  check(document, shown == NULL ? -1 : xmlTextWriterWriteAttribute(document->writer, BAD_CAST name, BAD_CAST shown));
  free(shown);
}

static void number(struct document *document, const char *name, uint32_t value) {
  check(document, xmlTextWriterWriteFormatAttribute(document->writer, BAD_CAST name, "%u", value));
}

/* Seconds, as JUnit counts. */
static void duration(struct document *document, double milliseconds) {
  check(document, xmlTextWriterWriteFormatAttribute(document->writer, BAD_CAST "time", "%.6f", milliseconds / 1000));
}

static void property(struct document *document, const char *name, const char *value) {
  start(document, "property");
  attribute(document, "name", name);
  attribute(document, "value", value);
  end(document);
}

static void property_number(struct document *document, const char *name, unsigned long long value) {
  char text[24];
  snprintf(text, sizeof text, "%llu", value);
  property(document, name, text);
}

/* Cases ----------------------------------------------------------------------------------------------------------- */

/* What a reader of a failure needs: the further findings, the clauses' sentences, the timeline, the command. */
static void write_body(struct document *document, const struct pac_journal_case *the_case) {
  const struct pac_case_record *record = the_case->record;
  char *body = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&body, &size);
  if (stream == NULL) {
    check(document, -1);
    return;
  }
  struct pac_terminal terminal = {stream, false};
  for (uint32_t i = 0; i < record->finding_count; i++) {
    const struct pac_finding *finding = &record->findings[i];
    const struct pac_clause_text *clause = pac_clause_at(finding->clause);
    fprintf(stream, "%s: expected ", pac_reason_word(finding->reason));
    pac_terminal_text(&terminal, finding->expected);
    fputs(", got ", stream);
    pac_terminal_text(&terminal, finding->observed);
    fputc('\n', stream);
    if (clause != NULL) {
      fprintf(stream, "  [%s] C-%03u: %s\n", clause->id, (unsigned)clause->number, clause->statement);
    }
  }
  for (uint32_t i = 0; i < record->timeline_count; i++) {
    fputs(i == 0 ? "timeline\n  " : "  ", stream);
    pac_terminal_text(&terminal, record->timeline[i]);
    fputc('\n', stream);
  }
  if (document->options->replay_prefix != NULL) {
    fputs("replay ", stream);
    pac_terminal_replay(&terminal, document->options->replay_prefix, the_case);
    fputc('\n', stream);
  }
  bool is_whole = !ferror(stream);
  char *shown = fclose(stream) == 0 && is_whole ? xml_text(body, true) : NULL;
  /* xmlTextWriterWriteString would escape too, but calls it no error when it has no memory for that. */
  xmlChar *escaped = shown == NULL ? NULL : xmlEncodeSpecialChars(NULL, BAD_CAST shown);
  check(document, escaped == NULL ? -1 : xmlTextWriterWriteRaw(document->writer, escaped));
  xmlFree(escaped);
  free(shown);
  free(body);
}

static void write_failure(struct document *document, const struct pac_journal_case *the_case) {
  const struct pac_case_record *record = the_case->record;
  start(document, "failure");
  if (record->verdict == PAC_VERDICT_UNEXPECTED_PASS) {
    attribute(document, "message", "recorded as a known difference, yet passes");
    attribute(document, "type", pac_verdict_word(record->verdict));
  } else if (record->finding_count == 0) {
    attribute(document, "message", "fails without a finding");
    attribute(document, "type", pac_verdict_word(record->verdict));
  } else {
    size_t length = pac_finding_print(&record->findings[0], the_case->name, NULL, 0);
    char *message = malloc(length + 1);
    if (message == NULL) {
      check(document, -1);
    } else {
      pac_finding_print(&record->findings[0], the_case->name, message, length + 1);
      attribute(document, "message", message);
    }
    free(message);
    attribute(document, "type", pac_reason_word(record->findings[0].reason));
  }
  write_body(document, the_case);
  end(document);
}

static void write_note(struct document *document, const char *element, const char *note, const char *otherwise) {
  start(document, element);
  attribute(document, "message", note != NULL ? note : otherwise);
  end(document);
}

static void write_case(struct document *document, const struct pac_journal_case *the_case) {
  const struct pac_case_record *record = the_case->record;
  start(document, "testcase");
  char *class_name = xml_text(the_case->suite, false);
  check(document, class_name == NULL ? -1
                                     : xmlTextWriterWriteFormatAttribute(document->writer, BAD_CAST "classname",
                                                                         "pacheck.%s", class_name));
  free(class_name);
  attribute(document, "name", the_case->name);
  duration(document, the_case->milliseconds);
  switch (record->verdict) {
    case PAC_VERDICT_FAIL:
    case PAC_VERDICT_UNEXPECTED_PASS:
      write_failure(document, the_case);
      break;
    case PAC_VERDICT_UNSUPPORTED:
      write_note(document, "skipped", record->note, "the adapter answers unsupported");
      break;
    case PAC_VERDICT_KNOWN:
      write_note(document, "skipped", record->note, "fails as recorded in the known differences");
      break;
    case PAC_VERDICT_BROKEN:
      start(document, "error");
      attribute(document, "message", record->note != NULL ? record->note : "no reason is recorded");
      attribute(document, "type", pac_verdict_word(record->verdict));
      write_body(document, the_case);
      end(document);
      break;
    default:
      break;
  }
  end(document);
}

/* Suites ---------------------------------------------------------------------------------------------------------- */

static void write_counts(struct document *document, uint32_t tests, const uint32_t counts[PAC_VERDICT_COUNT]) {
  number(document, "tests", tests);
  number(document, "failures", counts[PAC_VERDICT_FAIL] + counts[PAC_VERDICT_UNEXPECTED_PASS]);
  number(document, "errors", counts[PAC_VERDICT_BROKEN]);
  number(document, "skipped", counts[PAC_VERDICT_UNSUPPORTED] + counts[PAC_VERDICT_KNOWN]);
}

static void write_properties(struct document *document, const uint32_t counts[PAC_VERDICT_COUNT]) {
  const struct pac_journal_run *run = &document->judgement->journal->run;
  start(document, "properties");
  property(document, "adapter", run->adapter);
  property(document, "implementation", run->name);
  property(document, "implementation version", run->version);
  property(document, "pacheck", run->suite_version);
  property(document, "profile", pac_profile_word(run->profile));
  property_number(document, "seed", run->seed);
  for (int i = 0; i < PAC_VERDICT_COUNT; i++) {
    property_number(document, pac_verdict_word((enum pac_verdict)i), counts[i]);
  }
  end(document);
}

static void write_suite(struct document *document, const struct pac_report_suite *suite) {
  start(document, "testsuite");
  attribute(document, "name", suite->name);
  write_counts(document, suite->case_count, suite->verdict_counts);
  duration(document, suite->milliseconds);
  write_properties(document, suite->verdict_counts);
  for (uint32_t i = 0; i < suite->case_count; i++) {
    write_case(document, suite->cases[i]);
  }
  end(document);
}

/* Cases without a record and clauses that were not exercised belong to no case. Without this suite a reader that looks
 * at nothing else would take a run that could not be judged for a good one. */
static void write_run_suite(struct document *document, bool is_error) {
  uint32_t counts[PAC_VERDICT_COUNT] = {[PAC_VERDICT_BROKEN] = is_error};
  start(document, "testsuite");
  attribute(document, "name", "pacheck.run");
  write_counts(document, 1, counts);
  duration(document, 0);
  write_properties(document, document->judgement->verdict_counts);
  start(document, "testcase");
  attribute(document, "classname", "pacheck.run");
  attribute(document, "name", "the run can be judged");
  duration(document, 0);
  if (is_error) {
    start(document, "error");
    attribute(document, "message", document->judgement->verdict_line);
    attribute(document, "type", "run");
    end(document);
  }
  end(document);
  end(document);
}

static void write_document(struct document *document, const struct pac_report_suite *suites, uint32_t count) {
  const struct pac_judgement *judgement = document->judgement;
  bool is_error =
      judgement->exit_code == PAC_EXIT_COULD_NOT_JUDGE || judgement->missing > 0 || judgement->journal->stray_count > 0;
  uint32_t counts[PAC_VERDICT_COUNT];
  memcpy(counts, judgement->verdict_counts, sizeof counts);
  counts[PAC_VERDICT_BROKEN] += (uint32_t)is_error - judgement->missing;
  double milliseconds = 0;
  for (uint32_t i = 0; i < count; i++) {
    milliseconds += suites[i].milliseconds;
  }
  check(document, xmlTextWriterSetIndent(document->writer, 1));
  check(document, xmlTextWriterStartDocument(document->writer, "1.0", "UTF-8", NULL));
  start(document, "testsuites");
  attribute(document, "name", "pacheck");
  write_counts(document, judgement->case_count + 1, counts);
  duration(document, milliseconds);
  for (uint32_t i = 0; i < count; i++) {
    write_suite(document, &suites[i]);
  }
  write_run_suite(document, is_error);
  end(document);
  check(document, xmlTextWriterEndDocument(document->writer));
}

enum pac_result pac_report_junit(FILE *file, const struct pac_judgement *judgement,
                                 const struct pac_report_junit_options *options) {
  struct pac_arena *arena;
  struct pac_report_suite *suites;
  uint32_t count;
  PAC_TRY(pac_arena_new(pac_arena_memory(judgement->arena), 0, &arena));
  struct document document = {.judgement = judgement, .options = options};
  document.result = pac_report_suites_list(arena, judgement, &suites, &count);
  xmlOutputBufferPtr buffer = document.result == PAC_RESULT_OK ? xmlOutputBufferCreateFile(file, NULL) : NULL;
  document.writer = buffer == NULL ? NULL : xmlNewTextWriter(buffer);
  if (document.writer != NULL) {
    write_document(&document, suites, count);
    xmlFreeTextWriter(document.writer); /* and the buffer, which flushes */
  } else if (buffer != NULL) {
    xmlOutputBufferClose(buffer);
  }
  if (document.writer == NULL && document.result == PAC_RESULT_OK) {
    document.result = PAC_RESULT_NO_MEMORY;
  }
  pac_arena_free(arena);
  /* libxml2 tells a file that takes no more apart from a lack of memory only in its own words. */
  bool is_written = fflush(file) == 0 && !ferror(file);
  return is_written ? document.result : PAC_RESULT_IO;
}
