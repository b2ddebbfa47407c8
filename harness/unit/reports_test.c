/* SPDX-License-Identifier: Apache-2.0 */
/* The reports of a sample journal are the expected ones, and no text of an implementation steers a terminal or a file. */
#include "report_files.h"
#include "reports/terminal.h"

/* Keeps what was printed where it can be compared with the expected file, or put in its place. */
static void keep(const char *name, const char *text) {
  FILE *file = fopen(name, "w");
  if (file != NULL) {
    fputs(text, file);
    fclose(file);
    fprintf(stderr, "\n  compare %s%s with %s here\n", EXPECTED_DIR, name, name);
  }
}

static char *text_report(const char *lines, const struct pac_report_text_options *options) {
  struct pac_journal *journal = lines == NULL ? sample_journal(NULL) : journal_of_lines(lines);
  struct pac_judgement *judgement = judgement_of(journal);
  struct written written;
  CU_ASSERT_EQUAL(pac_report_text(written_start(&written), judgement, options), PAC_RESULT_OK);
  written_end(&written);
  pac_judgement_free(judgement);
  pac_journal_free(journal);
  return written.text;
}

/* Leaves out the lists of clauses: they change with every clause of the contract, and have tests of their own. */
static void cut_clauses(char *text) {
  char *from = strstr(text, "\nCLAUSES\n");
  char *to = strstr(text, "\nREADINGS");
  from = from == NULL ? strstr(text, "\n\x1b[1mCLAUSES\x1b[0m\n") : from;
  to = to == NULL ? strstr(text, "\n\x1b[1mREADINGS") : to;
  CU_ASSERT_PTR_NOT_NULL_FATAL(from);
  CU_ASSERT_PTR_NOT_NULL_FATAL(to);
  memmove(from, to, strlen(to) + 1);
}

static void compare_with_expected(const char *name, const struct pac_report_text_options *options) {
  char path[1024];
  snprintf(path, sizeof path, "%s%s", EXPECTED_DIR, name);
  char *text = text_report(NULL, options);
  char *expected = file_text(path);
  cut_clauses(text);
  if (expected == NULL || strcmp(text, expected) != 0) {
    keep(name, text);
    CU_FAIL("the report is not the expected one");
  }
  free(expected);
  free(text);
}

static void the_text_report_is_the_expected_one(void) {
  compare_with_expected("sample.txt", &(struct pac_report_text_options){.replay_prefix = REPLAY});
}

static void the_full_text_report_is_the_expected_one(void) {
  compare_with_expected("sample_full.txt", &(struct pac_report_text_options){.is_full = true, .failures_max = 1});
}

static void the_coloured_report_is_the_expected_one(void) {
  compare_with_expected("sample_coloured.txt",
                        &(struct pac_report_text_options){.color = true, .replay_prefix = REPLAY});
}

static void a_report_is_the_same_every_time(void) {
  const struct pac_report_text_options options = {.is_full = true, .replay_prefix = REPLAY};
  char *first = text_report(NULL, &options), *second = text_report(NULL, &options);
  CU_ASSERT_STRING_EQUAL(first, second);
  free(first);
  free(second);
}

static void failures_beyond_the_maximum_are_counted(void) {
  char *text = text_report(NULL, &(struct pac_report_text_options){.failures_max = 2});
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\n  create_update/create_only_put_of_existing_class_fails\n"));
  CU_ASSERT_PTR_NULL(strstr(text, "\n  flags/null_object_is_refused\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "  ... and 3 more; the full report has them all\n"));
  CU_ASSERT_PTR_NULL(strstr(text, "replay"));
  free(text);
}

static void colours_come_only_when_asked_for(void) {
  char *plain = text_report(NULL, &(struct pac_report_text_options){.replay_prefix = REPLAY});
  char *colored = text_report(NULL, &(struct pac_report_text_options){.color = true, .replay_prefix = REPLAY});
  CU_ASSERT_PTR_NULL(strchr(plain, '\x1b'));
  CU_ASSERT_PTR_NOT_NULL(strstr(colored, "\x1b[1mFAILURES (5)\x1b[0m\n"));
  /* Without its colours it is the plain report: none of the sample's own escapes got through. */
  char *out = colored;
  for (const char *in = colored; *in != '\0';) {
    if (*in == '\x1b') {
      in += strcspn(in, "m") + 1;
    } else {
      *out++ = *in++;
    }
  }
  *out = '\0';
  CU_ASSERT_STRING_EQUAL(colored, plain);
  free(plain);
  free(colored);
}

/* What was exercised is green when it held, and red when not. */
static void clauses_have_the_colour_of_their_state(void) {
  char *text = text_report(NULL, &(struct pac_report_text_options){.is_full = true, .color = true});
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\x1b[32mheld\x1b[0m; cases"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\x1b[31mviolated\x1b[0m; cases"));
  free(text);
}

/* The last line that starts so, as five numbers of its columns; all 0 when there is none. */
static void read_row(const char *text, const char *label, unsigned row[4]) {
  const char *line = strstr(text, label);
  memset(row, 0, 4 * sizeof *row);
  if (line != NULL) {
    CU_ASSERT_EQUAL(sscanf(line + strlen(label), "%u %u %u %u", &row[0], &row[1], &row[2], &row[3]), 4);
  }
}

static void the_table_of_clauses_adds_up(void) {
  char *text = text_report(NULL, &(struct pac_report_text_options){0});
  static const char *const labels[] = {"exercised and held", "exercised and violated", "not exercised: no case ",
                                       "not exercised: its cases did not pass", "not exercised: no case can decide it"};
  unsigned sum[4] = {0}, row[4];
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
    read_row(text, labels[i], row);
    for (size_t k = 0; k < 4; k++) {
      sum[k] += row[k];
    }
    if (i == 1) {
      CU_ASSERT_EQUAL(row[3], 2);
    }
  }
  read_row(text, "clauses of the contract", row);
  CU_ASSERT_EQUAL(memcmp(row, sum, sizeof row), 0);
  CU_ASSERT_EQUAL(row[3], PAC_CLAUSE_COUNT - 1);
  unsigned exercised = 0, decidable = 0, undecidable[4];
  read_row(text, "not exercised: no case can decide it", undecidable);
  const char *line = strstr(text, "exercised, of those a case can decide");
  CU_ASSERT_PTR_NOT_NULL_FATAL(line);
  line += strlen("exercised, of those a case can decide");
  CU_ASSERT_EQUAL(sscanf(line, " %u/%u", &exercised, &decidable), 2);
  CU_ASSERT_EQUAL(exercised, 3);
  CU_ASSERT_EQUAL(decidable, row[0] - undecidable[0]);
  CU_ASSERT_EQUAL(sscanf(line, " %*u/%*u %*u/%*u %*u/%*u %u/%u", &exercised, &decidable), 2);
  CU_ASSERT_EQUAL(exercised, 3);
  CU_ASSERT_EQUAL(decidable, row[3] - undecidable[3]);
  free(text);
}

/* The heading above that place says this; a long reason is wrapped, so that its beginning has to do. */
static bool stands_under(const char *text, const char *place, const char *reason) {
  static const char heading[] = "\n  SEED clauses not exercised: ";
  const char *last = NULL;
  for (const char *at = strstr(text, heading); at != NULL && at < place; at = strstr(at + 1, heading)) {
    last = at + sizeof heading - 1;
  }
  return last != NULL && strncmp(last, reason, strlen(reason) < 30 ? strlen(reason) : 30) == 0;
}

static void a_seed_clause_that_was_not_exercised_is_listed_with_its_reason(void) {
  char *text = text_report(NULL, &(struct pac_report_text_options){0});
  CU_ASSERT_PTR_NOT_NULL(strstr(text,
                                "\n  SEED clauses not exercised: its cases fail for other reasons\n"
                                "    C-002 " OTHER_SEED_CLAUSE "\n"));
  CU_ASSERT_PTR_NULL(strstr(text, "    C-001 " SEED_CLAUSE "\n"));
  for (int i = PAC_CLAUSE_NONE + 1; i < PAC_CLAUSE_COUNT; i++) {
    const struct pac_clause_text *clause = pac_clause_at((enum pac_clause)i);
    char line[160];
    snprintf(line, sizeof line, "    C-%03u %s\n", (unsigned)clause->number, clause->id);
    const char *found = strstr(text, line);
    if (clause->strength != PAC_STRENGTH_SEED) {
      CU_ASSERT_PTR_NULL(found);
    } else if (clause->reason != NULL) {
      CU_ASSERT_PTR_NOT_NULL_FATAL(found);
      CU_ASSERT_PTR_NULL(strstr(found + 1, line));
      CU_ASSERT_TRUE(stands_under(text, found, clause->reason));
    }
  }
  free(text);
}

static void the_first_case_may_be_the_broken_one(void) {
  char *text = text_report(RUN_LINE("0x0", "page", "2", WHOLE_PLAN) CASE_LINE("0", "a", "broken", ",\"note\":\"why\"")
                               CASE_LINE("1", "b", "pass", "") END_LINE("2"),
                           &(struct pac_report_text_options){0});
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "plan      2 cases\n\nBROKEN (1)\n\n  flags/a\n    why\n"));
  free(text);
}

/* More reasons than are counted one by one. */
static void rare_reasons_for_unsupported_are_counted_together(void) {
  char lines[8192] = RUN_LINE("0x0", "page", "20", WHOLE_PLAN);
  size_t used = strlen(lines);
  for (int i = 0; i < 20; i++) {
    used += (size_t)snprintf(lines + used, sizeof lines - used,
                             CASE_LINE("%d", "c%d", "unsupported", ",\"note\":\"reason %d\""), i, i, i < 18 ? i : 0);
  }
  char *text = text_report(lines, &(struct pac_report_text_options){0});
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "UNSUPPORTED (20)\n  3 cases: reason 0\n  1 case: reason 1\n"));
  CU_ASSERT_PTR_NOT_NULL(
      strstr(text, "  1 case: reason 15\n  ... and 2 more for other reasons; the full report has them all\n"));
  CU_ASSERT_PTR_NULL(strstr(text, "reason 16"));
  free(text);
}

#define CASE_OF(suite, index, name) \
  "{\"type\":\"case\",\"index\":" index ",\"case\":\"" suite "/" name "\",\"verdict\":\"pass\",\"ms\":1}\n"

/* Suites come as the plan has their first cases, and the columns make room for the longest name. */
static void cases_of_a_suite_need_not_stand_together(void) {
  char *text = text_report(RUN_LINE("0x0", "page", "6", WHOLE_PLAN) CASE_OF("zeta", "0", "a") CASE_OF(
                               "a_suite_of_a_long_name", "1", "b") CASE_OF("zeta", "2", "c") CASE_OF("middle", "3", "d")
                               CASE_OF("a_suite_of_a_long_name", "4", "e") CASE_OF("zeta", "5", "f"),
                           &(struct pac_report_text_options){.is_full = true});
  CU_ASSERT_PTR_NOT_NULL(strstr(text,
                                "  zeta                         3       3       0            0       0\n"
                                "  a_suite_of_a_long_name       2       2       0            0       0\n"
                                "  middle                       1       1       0            0       0\n"
                                "  all                          6       6       0            0       0\n"));
  free(text);
}

static void the_full_report_has_every_clause(void) {
  char *text = text_report(NULL, &(struct pac_report_text_options){.is_full = true});
  for (int i = PAC_CLAUSE_NONE + 1; i < PAC_CLAUSE_COUNT; i++) {
    const struct pac_clause_text *clause = pac_clause_at((enum pac_clause)i);
    char line[160];
    snprintf(line, sizeof line, "    C-%03u %s\n", (unsigned)clause->number, clause->id);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, line));
  }
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "held; cases 2: pass 1, fail 0, unsupported 1, broken 0\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "violated; cases 1: pass 0, fail 1, unsupported 0, broken 0\n"));
  free(text);
}

static void a_good_run_has_a_short_report(void) {
  char *text = text_report(RUN_LINE("0x0", "page", "1", "\"shard_index\":1,\"shard_count\":3,\"filters\":[\"a\",\"b\"]")
                               CASE_LINE("0", "a", "pass", READS("A-23", "x", "refused")) END_LINE("1"),
                           &(struct pac_report_text_options){0});
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "features  none\nplan      1 case, shard 1 of 3, filtered by a, b\n"));
  CU_ASSERT_PTR_NULL(strstr(text, "FAILURES"));
  CU_ASSERT_PTR_NULL(strstr(text, "BROKEN"));
  CU_ASSERT_PTR_NULL(strstr(text, "EVENTS"));
  CU_ASSERT_PTR_NULL(strstr(text, "known"));
  CU_ASSERT_PTR_NULL(strstr(text, "options"));
  CU_ASSERT_PTR_NULL(strstr(text, "SEED clauses not exercised"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nREADINGS under which it conforms (pacheck explain A-..; --full lists every situation)\n  A-23 "));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "       refused, for x (1 case)\n"));
  const char *end =
      "\n1 case: 1 pass, 0 fail, 0 unsupported, 0 broken\nconforms in this part of the plan: no case fails, "
      "under the readings listed\n";
  CU_ASSERT_STRING_EQUAL(text + strlen(text) - strlen(end), end);
  free(text);
}

#define LACKS(what) ",\"note\":\"needs the feature " what "\""

static void the_most_frequent_reason_for_unsupported_comes_first(void) {
  char *text = text_report(RUN_LINE("0x0", "page", "4", WHOLE_PLAN) CASE_LINE("0", "a", "unsupported", LACKS("rights"))
                               CASE_LINE("1", "b", "unsupported", LACKS("pump"))
                                   CASE_LINE("2", "c", "unsupported", LACKS("cancel"))
                                       CASE_LINE("3", "d", "unsupported", LACKS("cancel")),
                           &(struct pac_report_text_options){0});
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "UNSUPPORTED (4)\n"
                                      "  2 cases: needs the feature cancel\n"
                                      "  1 case: needs the feature rights\n"
                                      "  1 case: needs the feature pump\n"));
  free(text);
}

static void an_empty_run_has_a_report(void) {
  char *text = text_report(RUN_LINE("0x0", "page", "0", WHOLE_PLAN), &(struct pac_report_text_options){0});
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "could not judge: the plan is empty\n"));
  CU_ASSERT_PTR_NULL(strstr(text, "READINGS"));
  free(text);
}

static void words_are_wrapped_and_long_ones_stay_whole(void) {
  char word[160];
  memset(word, 'w', sizeof word - 1);
  word[sizeof word - 1] = '\0';
  char text[400];
  snprintf(text, sizeof text, "  one   %s two", word);
  struct written written;
  struct pac_terminal terminal = {written_start(&written), false};
  pac_terminal_wrapped(&terminal, 95, 4, text);
  pac_terminal_wrapped(&terminal, 97, 4, "ab c");
  pac_terminal_wrapped(&terminal, 0, 0, "");
  written_end(&written);
  char expected[400];
  snprintf(expected, sizeof expected, "one\n    %s\n    two\nab\n    c\n\n", word);
  CU_ASSERT_STRING_EQUAL(written.text, expected);
  free(written.text);
}

static void a_report_that_cannot_be_written_is_told(void) {
  FILE *file = fopen("/dev/full", "w");
  if (file == NULL) {
    fputs("(skipped: there is no /dev/full) ", stdout);
    return;
  }
  struct pac_journal *journal = sample_journal(NULL);
  struct pac_judgement *judgement = judgement_of(journal);
  CU_ASSERT_EQUAL(pac_report_text(file, judgement, &(struct pac_report_text_options){0}), PAC_RESULT_IO);
  CU_ASSERT_EQUAL(pac_report_junit(file, judgement, &(struct pac_report_junit_options){NULL}), PAC_RESULT_IO);
  fclose(file);
  pac_judgement_free(judgement);
  pac_journal_free(journal);
}

static void reporting_survives_every_failed_allocation(void) {
  struct unit_memory memory;
  unit_memory_init(&memory, 0);
  struct pac_journal *journal = sample_journal(&memory.source);
  struct pac_judgement *judgement = judgement_of(journal);
  const struct pac_report_text_options text_options = {0};
  const struct pac_report_junit_options junit_options = {NULL};
  for (int kind = 0; kind < 2; kind++) {
    long outstanding = memory.outstanding;
    bool has_failed = true;
    for (unsigned long fail_at = 1; has_failed; fail_at++) {
      struct written written;
      FILE *file = written_start(&written);
      memory.requests = 0;
      memory.fail_at = fail_at;
      enum pac_result result = kind == 0 ? pac_report_text(file, judgement, &text_options)
                                         : pac_report_junit(file, judgement, &junit_options);
      has_failed = memory.requests >= fail_at;
      CU_ASSERT_EQUAL(result, has_failed ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK);
      CU_ASSERT(!has_failed || fail_at < 100);
      written_end(&written);
      free(written.text);
      CU_ASSERT_EQUAL(memory.outstanding, outstanding);
    }
    memory.fail_at = 0;
  }
  pac_judgement_free(judgement);
  pac_journal_free(journal);
  CU_ASSERT_EQUAL(memory.outstanding, 0);
}

static CU_TestInfo tests[] = {
    {"the_text_report_is_the_expected_one", the_text_report_is_the_expected_one},
    {"the_full_text_report_is_the_expected_one", the_full_text_report_is_the_expected_one},
    {"the_coloured_report_is_the_expected_one", the_coloured_report_is_the_expected_one},
    {"clauses_have_the_colour_of_their_state", clauses_have_the_colour_of_their_state},
    {"the_first_case_may_be_the_broken_one", the_first_case_may_be_the_broken_one},
    {"rare_reasons_for_unsupported_are_counted_together", rare_reasons_for_unsupported_are_counted_together},
    {"cases_of_a_suite_need_not_stand_together", cases_of_a_suite_need_not_stand_together},
    {"a_report_is_the_same_every_time", a_report_is_the_same_every_time},
    {"failures_beyond_the_maximum_are_counted", failures_beyond_the_maximum_are_counted},
    {"colours_come_only_when_asked_for", colours_come_only_when_asked_for},
    {"the_table_of_clauses_adds_up", the_table_of_clauses_adds_up},
    {"a_seed_clause_that_was_not_exercised_is_listed_with_its_reason",
     a_seed_clause_that_was_not_exercised_is_listed_with_its_reason},
    {"the_full_report_has_every_clause", the_full_report_has_every_clause},
    {"a_good_run_has_a_short_report", a_good_run_has_a_short_report},
    {"the_most_frequent_reason_for_unsupported_comes_first", the_most_frequent_reason_for_unsupported_comes_first},
    {"an_empty_run_has_a_report", an_empty_run_has_a_report},
    {"words_are_wrapped_and_long_ones_stay_whole", words_are_wrapped_and_long_ones_stay_whole},
    {"a_report_that_cannot_be_written_is_told", a_report_that_cannot_be_written_is_told},
    {"reporting_survives_every_failed_allocation", reporting_survives_every_failed_allocation},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("reports", tests)
