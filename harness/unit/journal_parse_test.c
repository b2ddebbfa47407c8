/* SPDX-License-Identifier: Apache-2.0 */
/* A line that is no journal line, however wrong, is refused in a sentence and does nothing more. */
#include "journal_lines.h"

#define BAD_RUN(members) \
  "{\"type\":\"run\",\"journal\":1,\"pacheck\":\"\",\"adapter\":\"\",\"name\":\"\",\"version\":\"\"" members "}"
#define BAD_CASE(members) "{\"type\":\"case\",\"index\":0,\"case\":\"s/n\",\"ms\":1" members "}"
#define PASSES ",\"verdict\":\"pass\""

static void a_bad_line_is_told_in_a_sentence(void) {
  static const struct {
    const char *line, *why;
  } rows[] = {
      {"", "it is not JSON"},
      {"nonsense", "it is not JSON"},
      {"{\"type\":\"start\"", "it is not JSON"},
      {"{\"type\":\"start\",\"type\":\"start\"}", "it is not JSON"},
      {"{\"type\":\"late\",\"index\":0,\"event\":\"\\u0000\"}", "it is not JSON"},
      {"{\"type\":\"late\",\"index\":0,\"event\":\"\xff\"}", "it is not JSON"},
      {"[]", "it is not a JSON object"},
      {"{}", "it is not a JSON object with a string \"type\""},
      {"{\"type\":1}", "it is not a JSON object with a string \"type\""},
      {"{\"type\":\"some\\u001bthing\"}", "there is no line of type \"some?thing\""},
      {"{\"type\":\"start\",\"index\":-1}", "\"index\" has to be an integer"},
      {"{\"type\":\"start\",\"index\":4294967296}", "\"index\" has to be an integer"},
      {"{\"type\":\"start\",\"index\":1.5}", "\"index\" has to be an integer"},
      {"{\"type\":\"start\",\"index\":0}", "\"case\" has to be a string such as"},
      {"{\"type\":\"start\",\"index\":0,\"case\":\"no slash\"}", "\"case\" has to be a string such as"},
      {"{\"type\":\"start\",\"index\":0,\"case\":\"/name\"}", "\"case\" has to be a string such as"},
      {"{\"type\":\"start\",\"index\":0,\"case\":\"suite/\"}", "\"case\" has to be a string such as"},
      {"{\"type\":\"late\",\"index\":0}", "\"event\" has to be a string"},
      {"{\"type\":\"late\",\"index\":0,\"case\":\"x\",\"event\":\"\"}", "\"case\" has to be"},
      {"{\"type\":\"end\"}", "\"planned\" has to be an integer"},
      {"{\"type\":\"end\",\"planned\":1}", "\"verdicts\" has to be an object"},
      {"{\"type\":\"end\",\"planned\":1,\"verdicts\":{}}", "\"pass\" has to be an integer"},
      {"{\"type\":\"run\"}", "\"journal\" has to be an integer"},
      {"{\"type\":\"run\",\"journal\":2}", "the journal has version 2, and this program reads version 1"},
      {"{\"type\":\"run\",\"journal\":1}", "\"pacheck\" has to be a string"},
      {BAD_RUN(""), "\"features\" has to be a string such as"},
      {BAD_RUN(",\"features\":\"1f\""), "\"features\" has to be a string such as"},
      {BAD_RUN(",\"features\":\"0x\""), "\"features\" has to be a string such as"},
      {BAD_RUN(",\"features\":\"0x1g\""), "\"features\" has to be a string such as"},
      {BAD_RUN(",\"features\":\"0x1G\""), "\"features\" has to be a string such as"},
      {BAD_RUN(",\"features\":\"0x@\""), "\"features\" has to be a string such as"},
      {BAD_RUN(",\"features\":\"0x`\""), "\"features\" has to be a string such as"},
      {BAD_RUN(",\"features\":\"0x100000000\""), "\"features\" has to be a string such as"},
      {BAD_RUN(",\"features\":\"0xAf\""), "\"profile\" has to be the word of a profile"},
      {BAD_RUN(",\"features\":\"0x1\",\"profile\":\"mine\""), "\"profile\" has to be the word of a profile"},
      {BAD_RUN(",\"features\":\"0x1\",\"profile\":\"page\",\"seed\":7"), "\"seed\" has to be a string"},
      {BAD_RUN(",\"features\":\"0x1\",\"profile\":\"page\",\"seed\":\"18446744073709551616\""), "\"seed\" has to be"},
      {BAD_RUN(",\"features\":\"0x1\",\"profile\":\"page\",\"seed\":\"-1\""), "\"seed\" has to be"},
      {RUN_LINE("0x0", "page", "1", "\"shard_index\":2,\"shard_count\":2"), "there is no shard 2 of 2"},
      {RUN_LINE("0x0", "page", "1", "\"shard_index\":0,\"shard_count\":0"), "there is no shard 0 of 0"},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN ",\"filters\":{}"), "\"filters\" has to be an array"},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN ",\"filters\":[1]"), "a filter has to be a string"},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN ",\"options\":[1]"), "\"name\" has to be a string"},
      {BAD_CASE(""), "\"verdict\" has to be the word of a verdict"},
      {BAD_CASE(",\"verdict\":\"good\""), "\"verdict\" has to be the word of a verdict"},
      {BAD_CASE(PASSES ",\"clauses\":[1]"), "a clause has to be a string"},
      {BAD_CASE(PASSES ",\"clauses\":[\"\"]"), "there is no clause \"\""},
      {BAD_CASE(PASSES ",\"clauses\":[\"none\"]"), "there is no clause \"none\""},
      {BAD_CASE(PASSES ",\"clauses\":[\"no.such\"]"), "there is no clause \"no.such\""},
      {BAD_CASE(PASSES ",\"clauses\":[1,1,1,1,1,1,1,1,1,1,1,1,1]"), "\"clauses\" has to be an array of at most 12"},
      {BAD_CASE(PASSES ",\"features\":1"), "\"features\" has to be a string"},
      {BAD_CASE(PASSES ",\"note\":1"), "\"note\" has to be a string"},
      {BAD_CASE(PASSES ",\"findings\":[{}]"), "a finding has no reason that is known"},
      {BAD_CASE(PASSES ",\"findings\":[{\"reason\":\"crash\",\"clause\":\"x\"}]"), "there is no clause \"x\""},
      {BAD_CASE(PASSES ",\"findings\":[{\"reason\":\"crash\"}]"), "\"expected\" has to be a string"},
      {BAD_CASE(PASSES ",\"findings\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]"), "\"findings\" has to be an array"},
      {BAD_CASE(PASSES ",\"readings\":[{}]"), "a reading has to be one of the contract"},
      {BAD_CASE(PASSES ",\"readings\":[{\"reading\":\"A-99\"}]"), "a reading has to be one of the contract"},
      {BAD_CASE(PASSES ",\"readings\":[{\"reading\":\"A-02\"}]"), "\"scope\" has to be a string"},
      {BAD_CASE(PASSES ",\"timeline\":[1]"), "a line of a timeline has to be a string"},
      {BAD_CASE(PASSES ",\"timeline\":1"), "\"timeline\" has to be an array of at most 128"},
      {"{\"type\":\"case\",\"index\":0,\"case\":\"s/n\",\"verdict\":\"pass\"}", "\"ms\" has to be a number"},
      {"{\"type\":\"case\",\"index\":0,\"case\":\"s/n\",\"verdict\":\"pass\",\"ms\":-1}", "\"ms\" has to be a number"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct pac_arena *arena = arena_new();
    struct pac_journal_line line = {.planned = 77};
    char why[200] = "";
    enum pac_result result = pac_journal_parse(arena, rows[i].line, strlen(rows[i].line), &line, why, sizeof why);
    if (result != PAC_RESULT_MALFORMED || strncmp(why, rows[i].why, strlen(rows[i].why)) != 0) {
      fprintf(stderr, "\n%s\n  gives %s: %s\n", rows[i].line, pac_result_text(result), why);
      CU_FAIL("the line is not refused as it should be");
    }
    CU_ASSERT_EQUAL(line.planned, 77);
    CU_ASSERT_EQUAL(pac_journal_parse(arena, rows[i].line, strlen(rows[i].line), &line, NULL, 0), PAC_RESULT_MALFORMED);
    pac_arena_free(arena);
  }
}

static void a_line_that_is_too_long_is_not_even_parsed(void) {
  struct pac_arena *arena = arena_new();
  struct pac_journal_line line;
  char why[200];
  CU_ASSERT_EQUAL(pac_journal_parse(arena, "", (size_t)PAC_JOURNAL_LINE_MAX + 1, &line, why, sizeof why),
                  PAC_RESULT_MALFORMED);
  CU_ASSERT_STRING_EQUAL(why, "it is longer than 1048576 octets");
  pac_arena_free(arena);
}

/* Every beginning of a line, and every line with one octet changed, gives a result and nothing else. */
static void a_damaged_line_does_no_harm(void) {
  struct pac_case_record record;
  fill_record(&record);
  struct pac_journal_case the_case = {5, "flags", "a/b", two_clauses, PAC_FEATURE_RIGHTS, &record, 0.5};
  struct written written;
  CU_ASSERT_EQUAL(pac_journal_write_case(written_start(&written), &the_case), PAC_RESULT_OK);
  written_end(&written);
  struct pac_arena *arena = arena_new();
  struct pac_journal_line line;
  for (size_t i = 0; i + 1 < written.length; i++) {
    CU_ASSERT_EQUAL(pac_journal_parse(arena, written.text, i, &line, NULL, 0), PAC_RESULT_MALFORMED);
    char kept = written.text[i];
    for (const char *put = "\"{[0,\\\x80\n"; *put != '\0'; put++) {
      written.text[i] = *put;
      enum pac_result result = pac_journal_parse(arena, written.text, written.length - 1, &line, NULL, 0);
      CU_ASSERT(result == PAC_RESULT_OK || result == PAC_RESULT_MALFORMED);
    }
    written.text[i] = kept;
  }
  pac_arena_free(arena);
  free(written.text);
}

static CU_TestInfo tests[] = {
    {"a_bad_line_is_told_in_a_sentence", a_bad_line_is_told_in_a_sentence},
    {"a_line_that_is_too_long_is_not_even_parsed", a_line_that_is_too_long_is_not_even_parsed},
    {"a_damaged_line_does_no_harm", a_damaged_line_does_no_harm},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("journal_parse", tests)
