/* SPDX-License-Identifier: Apache-2.0 */
/* A whole journal: what its lines make together, and which of them are refused together. */
#include "journal_lines.h"

#define RUN_OF(planned) RUN_LINE("0x0", "published", planned, WHOLE_PLAN)

static void cases_come_in_the_order_of_the_plan(void) {
  struct pac_journal *journal = journal_of_lines(RUN_OF("3") CASE_LINE("7", "c", "pass", "") CASE_LINE(
      "0", "a", "pass", "") CASE_LINE("4", "b", "pass", "") END_LINE("3"));
  CU_ASSERT_EQUAL_FATAL(journal->case_count, 3);
  CU_ASSERT_STRING_EQUAL(journal->cases[0].name, "a");
  CU_ASSERT_STRING_EQUAL(journal->cases[1].name, "b");
  CU_ASSERT_STRING_EQUAL(journal->cases[2].name, "c");
  CU_ASSERT_TRUE(journal->is_complete);
  pac_journal_free(journal);
}

static void the_last_line_of_a_case_counts(void) {
  struct pac_journal *journal = journal_of_lines(RUN_OF("2") CASE_LINE("1", "b", "broken", "") CASE_LINE(
      "0", "a", "pass", "") CASE_LINE("1", "b", "fail", "") CASE_LINE("1", "b", "pass", ""));
  CU_ASSERT_EQUAL_FATAL(journal->case_count, 2);
  CU_ASSERT_EQUAL(journal->cases[1].record->verdict, PAC_VERDICT_PASS);
  CU_ASSERT_FALSE(journal->is_complete);
  pac_journal_free(journal);
}

static void a_late_event_fails_its_case(void) {
  struct pac_journal *journal = journal_of_lines(RUN_OF("2") LATE_LINE("1", "first") CASE_LINE("0", "a", "pass", "")
                                                     CASE_LINE("1", "b", "pass", "") LATE_LINE("1", "second")
                                                         LATE_LINE("4294967295", "stray") END_LINE("2"));
  CU_ASSERT_EQUAL(journal->cases[0].record->verdict, PAC_VERDICT_PASS);
  const struct pac_case_record *record = journal->cases[1].record;
  CU_ASSERT_EQUAL(record->verdict, PAC_VERDICT_FAIL);
  CU_ASSERT_EQUAL_FATAL(record->finding_count, 2);
  CU_ASSERT_EQUAL(record->findings[0].reason, PAC_REASON_LATE_EVENT);
  CU_ASSERT_STRING_EQUAL(record->findings[0].observed, "first");
  CU_ASSERT_STRING_EQUAL(record->findings[1].observed, "second");
  CU_ASSERT_STRING_EQUAL(record->timeline[1], "second");
  CU_ASSERT_EQUAL_FATAL(journal->stray_count, 1);
  CU_ASSERT_STRING_EQUAL(journal->strays[0], "stray");
  pac_journal_free(journal);
}

static void a_storm_of_late_events_stays_within_the_record(void) {
  struct written written;
  FILE *file = written_start(&written);
  fputs(RUN_OF("1") CASE_LINE("0", "a", "pass", ""), file);
  for (int i = 0; i < 200; i++) {
    fputs(LATE_LINE("0", "again"), file);
  }
  written_end(&written);
  struct pac_journal *journal = journal_of_lines(written.text);
  CU_ASSERT_EQUAL(journal->cases[0].record->finding_count, PAC_FINDINGS_MAX);
  CU_ASSERT_EQUAL(journal->cases[0].record->timeline_count, PAC_TIMELINE_MAX);
  pac_journal_free(journal);
  free(written.text);
}

static void start_lines_add_nothing(void) {
  struct pac_journal *journal = journal_of_lines(RUN_OF("1") "{\"type\":\"start\",\"index\":0,\"case\":\"flags/a\"}\n");
  CU_ASSERT_EQUAL(journal->case_count, 0);
  pac_journal_free(journal);
}

/* A journal may stop anywhere: what is whole counts, and the rest is only missing. */
static void a_truncated_journal_keeps_what_is_whole(void) {
  static const char lines[] = RUN_OF("2") CASE_LINE("0", "a", "pass", "") CASE_LINE("1", "b", "pass", "") END_LINE("2");
  size_t first_end = (size_t)(strchr(lines, '\n') - lines);
  for (size_t length = 0; length <= sizeof lines - 1; length++) {
    struct pac_journal *journal = NULL;
    char why[200];
    enum pac_result result = journal_of(NULL, lines, length, &journal, why);
    if (length < first_end) {
      CU_ASSERT_EQUAL(result, PAC_RESULT_MALFORMED);
      CU_ASSERT_EQUAL(strncmp(why, "line 1: ", 8), 0);
      continue;
    }
    CU_ASSERT_EQUAL_FATAL(result, PAC_RESULT_OK);
    CU_ASSERT_EQUAL(journal->is_complete, length >= sizeof lines - 2); /* the last newline says nothing */
    pac_journal_free(journal);
  }
}

static void a_bad_journal_is_told_with_its_line(void) {
  static const struct {
    const char *lines, *why;
  } rows[] = {
      {"", "line 1: the journal is empty"},
      {"\n", "line 1: it is not JSON"},
      {CASE_LINE("0", "a", "pass", ""), "line 1: a journal begins with its run line"},
      {RUN_OF("1") RUN_OF("1"), "line 2: there is a second run line"},
      {RUN_OF("1") "garbage\n" CASE_LINE("0", "a", "pass", ""), "line 2: it is not JSON (seen at octet"},
      {RUN_OF("1") "\n", "line 2: it is not JSON"},
      {RUN_OF("1") END_LINE("1") CASE_LINE("0", "a", "pass", ""), "line 3: there is something after the end line"},
      {RUN_OF("1") END_LINE("2"), "line 2: 2 cases were planned, and the run line says 1"},
      {RUN_OF("1") CASE_LINE("0", "a", "pass", "") CASE_LINE("1", "b", "pass", ""),
       "line 1: 1 cases were planned, and the journal has 2"},
      {RUN_OF("2") CASE_LINE("0", "a", "pass", "") CASE_LINE("0", "b", "pass", ""),
       "line 3: case 0 has another name than before"},
      {RUN_OF("1") "{\"type\":\"case\"}\n", "line 2: \"index\" has to be an integer"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct pac_journal *journal = NULL;
    char why[200];
    enum pac_result result = journal_of(NULL, rows[i].lines, strlen(rows[i].lines), &journal, why);
    if (result != PAC_RESULT_MALFORMED || strncmp(why, rows[i].why, strlen(rows[i].why)) != 0) {
      fprintf(stderr, "\n%s  gives %s: %s\n", rows[i].lines, pac_result_text(result), why);
      CU_FAIL("the journal is not refused as it should be");
    }
    CU_ASSERT_PTR_NULL(journal);
  }
}

static void a_line_without_an_end_is_bounded(void) {
  size_t length = (size_t)PAC_JOURNAL_LINE_MAX + 10;
  char *text = malloc(length);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  memset(text, ' ', length);
  struct pac_journal *journal;
  char why[200];
  CU_ASSERT_EQUAL(journal_of(NULL, text, length, &journal, why), PAC_RESULT_MALFORMED);
  CU_ASSERT_STRING_EQUAL(why, "line 1: it is longer than 1048576 octets");
  free(text);
}

static void too_many_late_events_are_refused(void) {
  struct written written;
  FILE *file = written_start(&written);
  fputs(RUN_OF("1"), file);
  for (unsigned i = 0; i <= PAC_JOURNAL_LATE_MAX; i++) {
    fputs(LATE_LINE("0", ""), file);
  }
  written_end(&written);
  struct pac_journal *journal;
  char why[200];
  CU_ASSERT_EQUAL(journal_of(NULL, written.text, written.length, &journal, why), PAC_RESULT_MALFORMED);
  CU_ASSERT_STRING_EQUAL(why, "line 65538: a journal has at most 65536 late lines");
  free(written.text);
}

static void what_cannot_be_read_is_told(void) {
  FILE *file = fopen("/", "r"); /* opens, and fails when read */
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  struct pac_journal *journal;
  CU_ASSERT_EQUAL(pac_journal_read(file, &journal, NULL, 0), PAC_RESULT_IO);
  fclose(file);
}

/* Reads the journal that stands in the manual and writes it again: the manual shows what the writer writes. */
static void the_example_of_the_manual_is_a_journal(void) {
  FILE *file = fopen(PAC_SOURCE_DIR "/harness/runner/JOURNAL.md", "r");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  static char manual[1 << 16];
  manual[fread(manual, 1, sizeof manual - 1, file)] = '\0';
  fclose(file);
  char *start = strstr(manual, "```json\n");
  CU_ASSERT_PTR_NOT_NULL_FATAL(start);
  start += strlen("```json\n");
  char *end = strstr(start, "```\n");
  CU_ASSERT_PTR_NOT_NULL_FATAL(end);
  *end = '\0';
  pac_journal_free(journal_of_lines(start));
  struct pac_arena *arena = arena_new();
  struct written written;
  written_start(&written);
  for (const char *text = start; *text != '\0'; text = strchr(text, '\n') + 1) {
    struct pac_journal_line line;
    CU_ASSERT_EQUAL_FATAL(pac_journal_parse(arena, text, strcspn(text, "\n"), &line, NULL, 0), PAC_RESULT_OK);
    const struct pac_journal_case *the_case = &line.the_case;
    CU_ASSERT_EQUAL(
        line.kind == PAC_JOURNAL_RUN    ? pac_journal_write_run(written.file, &line.run)
        : line.kind == PAC_JOURNAL_CASE ? pac_journal_write_case(written.file, the_case)
        : line.kind == PAC_JOURNAL_LATE
            ? pac_journal_write_late(written.file, the_case->index, the_case->suite, the_case->name, line.late_event)
            : pac_journal_write_end(written.file, line.planned, line.verdict_counts),
        PAC_RESULT_OK);
  }
  written_end(&written);
  CU_ASSERT_STRING_EQUAL(written.text, start);
  free(written.text);
  pac_arena_free(arena);
}

#define SHARD_OF(shard, planned, seed)                                                                                   \
  "{\"type\":\"run\",\"journal\":1,\"pacheck\":\"0.1.0\",\"adapter\":\"./m.so\",\"name\":\"M\",\"version\":\"1\",\"features\":\"0x0\"," \
  "\"profile\":\"published\",\"seed\":\"" seed "\",\"timeout_ms\":5000,\"planned\":" planned ",\"shard_index\":" shard    \
  ",\"shard_count\":2,\"filters\":[],\"options\":[]}\n"

static enum pac_result shards_of(const char *left, const char *right, struct pac_journal **journal, size_t *at,
                                 char *why) {
  FILE *files[] = {fmemopen((void *)(uintptr_t)left, strlen(left), "r"),
                   fmemopen((void *)(uintptr_t)right, strlen(right), "r")};
  CU_ASSERT_TRUE_FATAL(files[0] != NULL && files[1] != NULL);
  enum pac_result result = pac_journal_read_shards(NULL, files, 2, journal, at, why, 200);
  fclose(files[0]);
  fclose(files[1]);
  return result;
}

static void shards_make_the_journal_of_the_whole_plan(void) {
  struct pac_journal *journal = NULL;
  size_t at = 0;
  char why[200];
  CU_ASSERT_EQUAL_FATAL(
      shards_of(SHARD_OF("1", "1", "0") CASE_LINE("1", "b", "fail", "") END_LINE("1"),
                SHARD_OF("0", "2", "0") CASE_LINE("2", "c", "pass", "") CASE_LINE("0", "a", "pass", "") END_LINE("2"),
                &journal, &at, why),
      PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(journal->case_count, 3);
  CU_ASSERT_STRING_EQUAL(journal->cases[0].name, "a");
  CU_ASSERT_EQUAL(journal->cases[1].record->verdict, PAC_VERDICT_FAIL);
  CU_ASSERT_EQUAL(journal->run.planned, 3);
  CU_ASSERT_EQUAL(journal->run.shard_count, 1);
  CU_ASSERT_TRUE(journal->is_complete);
  pac_journal_free(journal);
  CU_ASSERT_EQUAL_FATAL(shards_of(SHARD_OF("1", "1", "0"), SHARD_OF("0", "0", "0") END_LINE("0"), &journal, &at, why),
                        PAC_RESULT_OK);
  CU_ASSERT_FALSE(journal->is_complete); /* one of them was cut short */
  pac_journal_free(journal);
}

static void journals_of_other_runs_are_no_shards(void) {
  struct pac_journal *journal = NULL;
  size_t at = 7;
  char why[200];
  CU_ASSERT_EQUAL(shards_of(SHARD_OF("1", "0", "0"), SHARD_OF("1", "0", "0"), &journal, &at, why), PAC_RESULT_MALFORMED);
  CU_ASSERT_STRING_EQUAL(why, "line 1: shard 1 of 2 is there twice");
  CU_ASSERT_EQUAL(at, 1);
  CU_ASSERT_EQUAL(shards_of(SHARD_OF("0", "0", "0"), SHARD_OF("1", "0", "5"), &journal, &at, why), PAC_RESULT_MALFORMED);
  CU_ASSERT_STRING_EQUAL(why, "line 1: it is of another run than the first journal: profile, seed or timeout differs");
  CU_ASSERT_EQUAL(shards_of(SHARD_OF("0", "1", "0"), RUN_OF("1"), &journal, &at, why), PAC_RESULT_MALFORMED);
  CU_ASSERT_EQUAL(shards_of(SHARD_OF("0", "1", "0") "x\n", SHARD_OF("1", "0", "0"), &journal, &at, why),
                  PAC_RESULT_MALFORMED);
  CU_ASSERT_EQUAL(at, 0);
  CU_ASSERT_EQUAL(strncmp(why, "line 2: ", 8), 0);
}

/* The second shard says something else of itself, in one word. */
static void shards_are_of_one_implementation(void) {
  static const struct {
    const char *word, *other, *difference;
  } rows[] = {
      {"\"0.1.0\"", "\"0.1.1\"", "pacheck"},
      {"\"M\"", "\"N\"", "the implementation"},
      {"\"1\"", "\"2\"", "the implementation"},
      {"\"0x0\"", "\"0x1\"", "the implementation"},
      {"\"published\"", "\"page\"", "profile, seed or timeout"},
      {"5000", "5001", "profile, seed or timeout"},
      {"./m.so", "./elsewhere/m.so", NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    static const char second[] = SHARD_OF("1", "0", "0");
    const char *at = strstr(second, rows[i].word);
    struct pac_journal *journal = NULL;
    char text[1024];
    char why[200] = "";
    char expected[200];
    size_t which = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - second), second, rows[i].other, at + strlen(rows[i].word));
    enum pac_result result = shards_of(SHARD_OF("0", "0", "0"), text, &journal, &which, why);
    if (rows[i].difference == NULL) {
      CU_ASSERT_EQUAL_FATAL(result, PAC_RESULT_OK);
      pac_journal_free(journal);
      continue;
    }
    snprintf(expected, sizeof expected, "line 1: it is of another run than the first journal: %s differs",
             rows[i].difference);
    CU_ASSERT_EQUAL(result, PAC_RESULT_MALFORMED);
    CU_ASSERT_STRING_EQUAL(why, expected);
  }
}

static CU_TestInfo tests[] = {
    {"the_example_of_the_manual_is_a_journal", the_example_of_the_manual_is_a_journal},
    {"cases_come_in_the_order_of_the_plan", cases_come_in_the_order_of_the_plan},
    {"the_last_line_of_a_case_counts", the_last_line_of_a_case_counts},
    {"a_late_event_fails_its_case", a_late_event_fails_its_case},
    {"a_storm_of_late_events_stays_within_the_record", a_storm_of_late_events_stays_within_the_record},
    {"start_lines_add_nothing", start_lines_add_nothing},
    {"a_truncated_journal_keeps_what_is_whole", a_truncated_journal_keeps_what_is_whole},
    {"a_bad_journal_is_told_with_its_line", a_bad_journal_is_told_with_its_line},
    {"a_line_without_an_end_is_bounded", a_line_without_an_end_is_bounded},
    {"too_many_late_events_are_refused", too_many_late_events_are_refused},
    {"what_cannot_be_read_is_told", what_cannot_be_read_is_told},
    {"shards_make_the_journal_of_the_whole_plan", shards_make_the_journal_of_the_whole_plan},
    {"shards_are_of_one_implementation", shards_are_of_one_implementation},
    {"journals_of_other_runs_are_no_shards", journals_of_other_runs_are_no_shards},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("journal_read", tests)
