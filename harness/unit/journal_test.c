/* SPDX-License-Identifier: Apache-2.0 */
/* What is written can be read, whatever it holds and however much. */
#include "journal_lines.h"

static const enum pac_clause no_clause[] = {PAC_CLAUSE_NONE};

/* Parses what was written, which has to be one line. */
static struct pac_journal_line parse_written(struct pac_arena *arena, const struct written *written) {
  struct pac_journal_line line = {0};
  char why[200] = "";
  CU_ASSERT_EQUAL_FATAL(written->text[written->length - 1], '\n');
  CU_ASSERT_PTR_EQUAL_FATAL(strchr(written->text, '\n'), written->text + written->length - 1);
  CU_ASSERT_EQUAL(pac_journal_parse(arena, written->text, written->length - 1, &line, why, sizeof why), PAC_RESULT_OK);
  CU_ASSERT_STRING_EQUAL(why, "");
  return line;
}

static void a_run_line_comes_back(void) {
  const char *const filters[] = {"flags/", "!cancel"};
  const struct pac_option options[] = {{"host", "a=b"}, {"host", ""}};
  struct pac_journal_run run = {"0.1.0",    "./libmine.so", "Mine",     "1.2", 0x90000001u, PAC_PROFILE_HEADER,
                                UINT64_MAX, UINT32_MAX,     UINT32_MAX, 3,     4,           filters,
                                2,          options,        2};
  struct written written;
  CU_ASSERT_EQUAL(pac_journal_write_run(written_start(&written), &run), PAC_RESULT_OK);
  written_end(&written);
  CU_ASSERT_PTR_NOT_NULL(strstr(written.text, "\"features\":\"0x90000001\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(written.text, "\"seed\":\"18446744073709551615\""));
  struct pac_arena *arena = arena_new();
  struct pac_journal_line line = parse_written(arena, &written);
  CU_ASSERT_EQUAL(line.kind, PAC_JOURNAL_RUN);
  CU_ASSERT_STRING_EQUAL(line.run.suite_version, "0.1.0");
  CU_ASSERT_STRING_EQUAL(line.run.adapter, "./libmine.so");
  CU_ASSERT_STRING_EQUAL(line.run.name, "Mine");
  CU_ASSERT_STRING_EQUAL(line.run.version, "1.2");
  CU_ASSERT_EQUAL(line.run.features, 0x90000001u);
  CU_ASSERT_EQUAL(line.run.profile, PAC_PROFILE_HEADER);
  CU_ASSERT_EQUAL(line.run.seed, UINT64_MAX);
  CU_ASSERT_EQUAL(line.run.timeout_ms, UINT32_MAX);
  CU_ASSERT_EQUAL(line.run.planned, UINT32_MAX);
  CU_ASSERT_EQUAL(line.run.shard_index, 3);
  CU_ASSERT_EQUAL(line.run.shard_count, 4);
  CU_ASSERT_EQUAL_FATAL(line.run.filter_count, 2);
  CU_ASSERT_STRING_EQUAL(line.run.filters[1], "!cancel");
  CU_ASSERT_EQUAL_FATAL(line.run.option_count, 2);
  CU_ASSERT_STRING_EQUAL(line.run.options[0].name, "host");
  CU_ASSERT_STRING_EQUAL(line.run.options[0].value, "a=b");
  CU_ASSERT_STRING_EQUAL(line.run.options[1].value, "");
  pac_arena_free(arena);
  free(written.text);
}

static void a_case_line_comes_back(void) {
  struct pac_case_record record;
  fill_record(&record);
  struct pac_journal_case the_case = {5, "flags", "a/b", two_clauses, PAC_FEATURE_RIGHTS, &record, 0.12345};
  struct written written;
  CU_ASSERT_EQUAL(pac_journal_write_case(written_start(&written), &the_case), PAC_RESULT_OK);
  written_end(&written);
  CU_ASSERT_STRING_EQUAL(
      written.text,
      "{\"type\":\"case\",\"index\":5,\"case\":\"flags/a/b\",\"verdict\":\"fail\",\"clauses\":[\"" SEED_CLAUSE
      "\",\"" OTHER_SEED_CLAUSE
      "\"],\"features\":\"0x10\",\"note\":\"why\",\"findings\":[{\"reason\":\"wrong "
      "outcome\",\"clause\":\"" SEED_CLAUSE
      "\",\"expected\":\"wbemNoErr\",\"observed\":\"wbemErrFailed "
      "\\\"!\\\"\"},{\"reason\":\"crash\",\"expected\":\"an end\",\"observed\":\"signal 11\"}],\"readings\":"
      "[{\"reading\":\"A-02\",\"scope\":\"flags 0x20\",\"option\":\"raised\"}],\"timeline\":[\"PutAsync(class A, "
      "0x0)\",\"OnCompleted(wbemErrFailed)\"],\"ms\":0.123}\n");
  struct pac_arena *arena = arena_new();
  struct pac_journal_line line = parse_written(arena, &written);
  const struct pac_case_record *read = line.the_case.record;
  CU_ASSERT_EQUAL(line.kind, PAC_JOURNAL_CASE);
  CU_ASSERT_EQUAL(line.the_case.index, 5);
  CU_ASSERT_STRING_EQUAL(line.the_case.suite, "flags");
  CU_ASSERT_STRING_EQUAL(line.the_case.name, "a/b");
  CU_ASSERT_EQUAL(line.the_case.clauses[0], two_clauses[0]);
  CU_ASSERT_EQUAL(line.the_case.clauses[1], two_clauses[1]);
  CU_ASSERT_EQUAL(line.the_case.clauses[2], PAC_CLAUSE_NONE);
  CU_ASSERT_EQUAL(line.the_case.features, PAC_FEATURE_RIGHTS);
  CU_ASSERT_EQUAL(line.the_case.milliseconds, 0.123);
  CU_ASSERT_EQUAL(read->verdict, PAC_VERDICT_FAIL);
  CU_ASSERT_STRING_EQUAL(read->note, "why");
  CU_ASSERT_EQUAL_FATAL(read->finding_count, 2);
  CU_ASSERT_EQUAL(read->findings[0].reason, PAC_REASON_WRONG_OUTCOME);
  CU_ASSERT_EQUAL(read->findings[0].clause, two_clauses[0]);
  CU_ASSERT_STRING_EQUAL(read->findings[0].expected, "wbemNoErr");
  CU_ASSERT_STRING_EQUAL(read->findings[0].observed, "wbemErrFailed \"!\"");
  CU_ASSERT_EQUAL(read->findings[1].clause, PAC_CLAUSE_NONE);
  CU_ASSERT_EQUAL_FATAL(read->reading_count, 1);
  CU_ASSERT_EQUAL(read->readings[0].reading, PAC_READING_A_02);
  CU_ASSERT_STRING_EQUAL(read->readings[0].scope, "flags 0x20");
  CU_ASSERT_STRING_EQUAL(read->readings[0].option, "raised");
  CU_ASSERT_EQUAL_FATAL(read->timeline_count, 2);
  CU_ASSERT_STRING_EQUAL(read->timeline[1], "OnCompleted(wbemErrFailed)");
  pac_arena_free(arena);
  free(written.text);
}

static void a_case_without_more_is_short(void) {
  struct pac_case_record record = {.verdict = PAC_VERDICT_PASS};
  struct pac_journal_case the_case = {0, "flags", "a", no_clause, 0, &record, -1.0 / 0.0 * 0.0};
  struct written written;
  CU_ASSERT_EQUAL(pac_journal_write_case(written_start(&written), &the_case), PAC_RESULT_OK);
  written_end(&written);
  CU_ASSERT_STRING_EQUAL(written.text,
                         "{\"type\":\"case\",\"index\":0,\"case\":\"flags/a\",\"verdict\":\"pass\","
                         "\"clauses\":[],\"ms\":0.0}\n");
  free(written.text);
}

static void the_other_lines_come_back(void) {
  struct pac_arena *arena = arena_new();
  struct written written;
  CU_ASSERT_EQUAL(pac_journal_write_start(written_start(&written), 9, "flags", "a"), PAC_RESULT_OK);
  written_end(&written);
  struct pac_journal_line line = parse_written(arena, &written);
  CU_ASSERT_EQUAL(line.kind, PAC_JOURNAL_START);
  CU_ASSERT_EQUAL(line.the_case.index, 9);
  CU_ASSERT_STRING_EQUAL(line.the_case.suite, "flags");
  CU_ASSERT_STRING_EQUAL(line.the_case.name, "a");
  free(written.text);

  CU_ASSERT_EQUAL(pac_journal_write_late(written_start(&written), 9, "flags", "a", "OnCompleted"), PAC_RESULT_OK);
  written_end(&written);
  line = parse_written(arena, &written);
  CU_ASSERT_EQUAL(line.kind, PAC_JOURNAL_LATE);
  CU_ASSERT_STRING_EQUAL(line.the_case.name, "a");
  CU_ASSERT_STRING_EQUAL(line.late_event, "OnCompleted");
  free(written.text);

  CU_ASSERT_EQUAL(pac_journal_write_late(written_start(&written), UINT32_MAX, NULL, NULL, "e"), PAC_RESULT_OK);
  written_end(&written);
  line = parse_written(arena, &written);
  CU_ASSERT_EQUAL(line.the_case.index, UINT32_MAX);
  CU_ASSERT_PTR_NULL(line.the_case.name);
  free(written.text);

  const uint32_t counts[PAC_VERDICT_COUNT] = {1, 2, 3, 4, 5, 6};
  CU_ASSERT_EQUAL(pac_journal_write_end(written_start(&written), 21, counts), PAC_RESULT_OK);
  written_end(&written);
  line = parse_written(arena, &written);
  CU_ASSERT_EQUAL(line.kind, PAC_JOURNAL_END);
  CU_ASSERT_EQUAL(line.planned, 21);
  CU_ASSERT_EQUAL(memcmp(line.verdict_counts, counts, sizeof counts), 0);
  free(written.text);
  pac_arena_free(arena);
}

static void text_of_any_octets_can_be_written(void) {
  static const struct {
    const char *text, *read;
  } rows[] = {
      {"plain", "plain"},
      {"tab\tnul-free \x01\x1f\x7f", "tab\tnul-free \x01\x1f\x7f"},
      {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
      {"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf",
       "\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"},
      {"\x80", "\xef\xbf\xbd"},
      {"\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xe0\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"a\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xf5", "\xef\xbf\xbd"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct pac_arena *arena = arena_new();
    struct written written;
    CU_ASSERT_EQUAL(pac_journal_write_late(written_start(&written), 0, "s", "n", rows[i].text), PAC_RESULT_OK);
    written_end(&written);
    struct pac_journal_line line = parse_written(arena, &written);
    CU_ASSERT_STRING_EQUAL(line.late_event, rows[i].read);
    pac_arena_free(arena);
    free(written.text);
  }
}

/* The worst that a case can hold - everything as often as it fits, each text long and costly - is still a line. */
static void the_longest_case_line_can_be_read(void) {
  static char text[20000];
  static struct pac_case_record record;
  memset(text, '\x01', sizeof text - 1);
  record = (struct pac_case_record){.verdict = PAC_VERDICT_FAIL,
                                    .note = text,
                                    .finding_count = PAC_FINDINGS_MAX,
                                    .reading_count = PAC_READINGS_SEEN_MAX,
                                    .timeline_count = PAC_TIMELINE_MAX};
  for (size_t i = 0; i < PAC_FINDINGS_MAX; i++) {
    record.findings[i] = (struct pac_finding){PAC_REASON_HANG, two_clauses[0], text, text};
  }
  for (size_t i = 0; i < PAC_READINGS_SEEN_MAX; i++) {
    record.readings[i] = (struct pac_reading_seen){PAC_READING_A_44, text, text};
  }
  for (size_t i = 0; i < PAC_TIMELINE_MAX; i++) {
    record.timeline[i] = text;
  }
  enum pac_clause clauses[PAC_CASE_CLAUSES_MAX];
  for (size_t i = 0; i < PAC_CASE_CLAUSES_MAX; i++) {
    clauses[i] = two_clauses[0]; /* without the NONE at the end: the writer stops at the maximum */
  }
  struct pac_journal_case the_case = {UINT32_MAX, "flags", text, clauses, UINT32_MAX, &record, 1e300};
  struct written written;
  CU_ASSERT_EQUAL(pac_journal_write_case(written_start(&written), &the_case), PAC_RESULT_OK);
  written_end(&written);
  CU_ASSERT(written.length <= PAC_JOURNAL_LINE_MAX);
  struct pac_arena *arena = arena_new();
  struct pac_journal_line line = parse_written(arena, &written);
  CU_ASSERT_EQUAL(line.the_case.record->timeline_count, PAC_TIMELINE_MAX);
  size_t length = strlen(line.the_case.record->note);
  CU_ASSERT_STRING_EQUAL(line.the_case.record->note + length - 3, "...");
  pac_arena_free(arena);
  free(written.text);
}

static void what_exceeds_a_limit_is_not_written(void) {
  const char *filters[PAC_JOURNAL_FILTERS_MAX + 1];
  for (size_t i = 0; i < PAC_JOURNAL_FILTERS_MAX + 1; i++) {
    filters[i] = "f";
  }
  struct pac_journal_run run = {.suite_version = "",
                                .adapter = "",
                                .name = "",
                                .version = "",
                                .shard_count = 1,
                                .filters = filters,
                                .filter_count = PAC_JOURNAL_FILTERS_MAX + 1};
  struct written written;
  CU_ASSERT_EQUAL(pac_journal_write_run(written_start(&written), &run), PAC_RESULT_LIMIT);
  run.filter_count = 0;
  run.option_count = PAC_JOURNAL_OPTIONS_MAX + 1;
  CU_ASSERT_EQUAL(pac_journal_write_run(written.file, &run), PAC_RESULT_LIMIT);
  written_end(&written);
  CU_ASSERT_EQUAL(written.length, 0);
  free(written.text);
}

static void a_full_disk_is_told(void) {
  FILE *file = fopen("/dev/full", "w");
  if (file == NULL) {
    fputs("(skipped: there is no /dev/full) ", stdout);
    return;
  }
  setvbuf(file, NULL, _IONBF, 0);
  CU_ASSERT_EQUAL(pac_journal_write_start(file, 0, "s", "n"), PAC_RESULT_IO);
  fclose(file);
}

static CU_TestInfo tests[] = {
    {"a_run_line_comes_back", a_run_line_comes_back},
    {"a_case_line_comes_back", a_case_line_comes_back},
    {"a_case_without_more_is_short", a_case_without_more_is_short},
    {"the_other_lines_come_back", the_other_lines_come_back},
    {"text_of_any_octets_can_be_written", text_of_any_octets_can_be_written},
    {"the_longest_case_line_can_be_read", the_longest_case_line_can_be_read},
    {"what_exceeds_a_limit_is_not_written", what_exceeds_a_limit_is_not_written},
    {"a_full_disk_is_told", a_full_disk_is_told},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("journal", tests)
