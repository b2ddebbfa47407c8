/* SPDX-License-Identifier: Apache-2.0 */
/* A judgement follows from its journal: verdicts that add up, clauses, readings, and the exit code with its reason. */
#include "journal_lines.h"
#include "runner/judgement.h"

#define RUN_OF(planned) RUN_LINE("0x0", "published", planned, WHOLE_PLAN)
#define SEED CLAUSES("\"" SEED_CLAUSE "\"")
#define NEEDS_RIGHTS ",\"features\":\"0x10\""

static struct pac_judgement *judge_lines(const char *lines, struct pac_journal **journal) {
  struct pac_judgement *judgement = NULL;
  *journal = journal_of_lines(lines);
  CU_ASSERT_EQUAL_FATAL(pac_judge(*journal, &judgement), PAC_RESULT_OK);
  return judgement;
}

static void let_go(struct pac_judgement *judgement, struct pac_journal *journal) {
  pac_judgement_free(judgement);
  pac_journal_free(journal);
}

static uint32_t sum_of_verdicts(const struct pac_judgement *judgement) {
  uint32_t sum = 0;
  for (int i = 0; i < PAC_VERDICT_COUNT; i++) {
    sum += judgement->verdict_counts[i];
  }
  return sum;
}

/* Exit codes ------------------------------------------------------------------------------------------------------ */

/* Each row is a journal, its exit code and how the sentence begins; verdicts always add up to what was planned. */
static void the_exit_code_has_a_reason(void) {
  static const struct {
    const char *lines;
    enum pac_exit exit_code;
    const char *verdict_line;
  } rows[] = {
      /* conforms */
      {RUN_OF("1") CASE_LINE("0", "a", "pass", SEED), PAC_EXIT_CONFORMS,
       "conforms: every SEED clause that has a case for the features declared was exercised and held, under the "
       "readings listed (without a case: "},
      {RUN_OF("2") CASE_LINE("0", "a", "pass", SEED) CASE_LINE("1", "b", "known", ""), PAC_EXIT_CONFORMS,
       "conforms but for 1 known difference: every other SEED clause"},
      {RUN_OF("3") CASE_LINE("0", "a", "pass", SEED) CASE_LINE("1", "b", "known", "") CASE_LINE("2", "c", "known", ""),
       PAC_EXIT_CONFORMS, "conforms but for 2 known differences: "},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN ",\"filters\":[\"a\"]") CASE_LINE("0", "a", "pass", SEED),
       PAC_EXIT_CONFORMS, "conforms in this part of the plan: no case fails, under the readings listed"},
      {RUN_LINE("0x0", "page", "1", "\"shard_index\":1,\"shard_count\":2") CASE_LINE("0", "a", "pass", SEED),
       PAC_EXIT_CONFORMS, "conforms in this part of the plan: no case fails"},
      /* does not conform */
      {RUN_OF("1") CASE_LINE("0", "a", "fail", SEED FINDS(SEED_CLAUSE)), PAC_EXIT_DOES_NOT_CONFORM,
       "does not conform: 1 case fails, against 1 clause"},
      {RUN_OF("3") CASE_LINE("0", "a", "fail", FINDS(SEED_CLAUSE)) CASE_LINE("1", "b", "fail", FINDS(SEED_CLAUSE))
           CASE_LINE("2", "c", "fail", FINDS(OTHER_SEED_CLAUSE)),
       PAC_EXIT_DOES_NOT_CONFORM, "does not conform: 3 cases fail, against 2 clauses"},
      {RUN_OF("1") CASE_LINE("0", "a", "fail", ""), PAC_EXIT_DOES_NOT_CONFORM, "does not conform: 1 case fails"},
      {RUN_OF("2") CASE_LINE("0", "a", "fail", "") CASE_LINE("1", "b", "broken", ""), PAC_EXIT_DOES_NOT_CONFORM,
       "does not conform: 1 case fails; 1 more is broken"},
      {RUN_OF("3") CASE_LINE("0", "a", "fail", ""), PAC_EXIT_DOES_NOT_CONFORM,
       "does not conform: 1 case fails; 2 more are broken"},
      {RUN_OF("2") CASE_LINE("0", "a", "fail", "") CASE_LINE("1", "b", "unsupported", SEED), PAC_EXIT_DOES_NOT_CONFORM,
       "does not conform: 1 case fails"},
      {RUN_OF("1") CASE_LINE("0", "a", "unexpected pass", SEED), PAC_EXIT_DOES_NOT_CONFORM,
       "does not conform: 1 known difference passes by now"},
      {RUN_OF("3") CASE_LINE("0", "a", "unexpected pass", "") CASE_LINE("1", "b", "unexpected pass", "")
           CASE_LINE("2", "c", "fail", ""),
       PAC_EXIT_DOES_NOT_CONFORM, "does not conform: 1 case fails; 2 known differences pass by now"},
      {RUN_OF("1") CASE_LINE("0", "a", "pass", SEED) LATE_LINE("0", "e"), PAC_EXIT_DOES_NOT_CONFORM,
       "does not conform: 1 case fails"},
      {RUN_OF("1") CASE_LINE("0", "a", "pass", SEED) LATE_LINE("9", "e"), PAC_EXIT_DOES_NOT_CONFORM,
       "does not conform: 1 event belongs to no case"},
      {RUN_OF("1") CASE_LINE("0", "a", "pass", SEED) LATE_LINE("9", "e") LATE_LINE("8", "e"), PAC_EXIT_DOES_NOT_CONFORM,
       "does not conform: 2 events belong to no case"},
      {RUN_OF("1") CASE_LINE("0", "a", "broken", ",\"note\":\"n\"" FINDS(SEED_CLAUSE)), PAC_EXIT_COULD_NOT_JUDGE,
       "could not judge: 1 of 1 cases is broken"},
      /* could not judge */
      {RUN_OF("0"), PAC_EXIT_COULD_NOT_JUDGE, "could not judge: the plan is empty"},
      {RUN_OF("2"), PAC_EXIT_COULD_NOT_JUDGE, "could not judge: 2 of 2 cases are broken, 2 of them without a record"},
      {RUN_OF("2") CASE_LINE("0", "a", "unsupported", SEED) CASE_LINE("1", "b", "unsupported", NEEDS_RIGHTS),
       PAC_EXIT_COULD_NOT_JUDGE, "could not judge: 2 of 2 cases are unsupported"},
      {RUN_OF("1") CASE_LINE("0", "a", "unsupported", ""), PAC_EXIT_COULD_NOT_JUDGE,
       "could not judge: 1 of 1 cases is unsupported"},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN ",\"filters\":[\"a\"]") CASE_LINE("0", "a", "unsupported", ""),
       PAC_EXIT_COULD_NOT_JUDGE, "could not judge: 1 of 1 cases is unsupported"},
      {RUN_OF("2") CASE_LINE("0", "a", "pass", "") CASE_LINE("1", "b", "broken", ""), PAC_EXIT_COULD_NOT_JUDGE,
       "could not judge: 1 of 2 cases is broken"},
      {RUN_OF("2") CASE_LINE("0", "a", "pass", ""), PAC_EXIT_COULD_NOT_JUDGE,
       "could not judge: 1 of 2 cases is broken, 1 of them without a record"},
      {RUN_OF("2") CASE_LINE("0", "a", "pass", "") CASE_LINE("1", "b", "unsupported", SEED), PAC_EXIT_COULD_NOT_JUDGE,
       "could not judge: 1 SEED clause that needs no optional feature was not exercised, first " SEED_CLAUSE},
      {RUN_OF("2") CASE_LINE("0", "a", "pass", "")
           CASE_LINE("1", "b", "unsupported", CLAUSES("\"" OTHER_SEED_CLAUSE "\",\"" SEED_CLAUSE "\"")),
       PAC_EXIT_COULD_NOT_JUDGE,
       "could not judge: 2 SEED clauses that need no optional feature were not exercised, first " SEED_CLAUSE},
      {RUN_OF("2") CASE_LINE("0", "a", "broken", ",\"note\":\"n\"") LATE_LINE("0", "e")
           CASE_LINE("1", "b", "broken", ",\"note\":\"n\""),
       PAC_EXIT_COULD_NOT_JUDGE, "could not judge: 1 of 2 cases is broken"},
      {RUN_OF("2") CASE_LINE("0", "a", "unsupported", ",\"note\":\"n\"") LATE_LINE("0", "e")
           CASE_LINE("1", "b", "unsupported", ",\"note\":\"n\""),
       PAC_EXIT_COULD_NOT_JUDGE, "could not judge: cases were unsupported or broken, and fail only by events"},
      /* what needs a feature that is not declared is not owed */
      {RUN_OF("2") CASE_LINE("0", "a", "pass", "") CASE_LINE("1", "b", "unsupported", SEED NEEDS_RIGHTS),
       PAC_EXIT_CONFORMS, "conforms: every SEED clause that has a case"},
      {RUN_LINE("0x0", "page", "2", WHOLE_PLAN ",\"filters\":[\"a\"]") CASE_LINE("0", "a", "pass", "")
           CASE_LINE("1", "b", "unsupported", SEED),
       PAC_EXIT_CONFORMS, "conforms in this part of the plan"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct pac_journal *journal;
    struct pac_judgement *judgement = judge_lines(rows[i].lines, &journal);
    if (judgement->exit_code != rows[i].exit_code ||
        strncmp(judgement->verdict_line, rows[i].verdict_line, strlen(rows[i].verdict_line)) != 0) {
      fprintf(stderr, "\n%s  gives %d: %s\n", rows[i].lines, judgement->exit_code, judgement->verdict_line);
      CU_FAIL("the judgement is not the expected one");
    }
    CU_ASSERT_EQUAL(sum_of_verdicts(judgement), journal->run.planned);
    CU_ASSERT_EQUAL(judgement->missing + judgement->case_count, journal->run.planned);
    let_go(judgement, journal);
  }
}

/* A contract of which every clause is exercised is the only one that the whole sentence is said of. */
static void the_whole_sentence_is_said_of_the_whole_contract(void) {
  char *lines = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&lines, &size);
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fprintf(file, RUN_LINE("0x0", "published", "%d", WHOLE_PLAN), PAC_CLAUSE_COUNT - 1);
  for (int i = PAC_CLAUSE_NONE + 1; i < PAC_CLAUSE_COUNT; i++) {
    fprintf(file, CASE_LINE("%d", "c%d", "pass", CLAUSES("\"%s\"")), i, i, pac_clause_at((enum pac_clause)i)->id);
  }
  fclose(file);
  struct pac_journal *journal;
  struct pac_judgement *judgement = judge_lines(lines, &journal);
  CU_ASSERT_EQUAL(judgement->exit_code, PAC_EXIT_CONFORMS);
  CU_ASSERT_STRING_EQUAL(judgement->verdict_line,
                         "conforms: every SEED clause that can be decided was exercised and "
                         "held, under the readings listed");
  let_go(judgement, journal);
  free(lines);
}

/* Readings -------------------------------------------------------------------------------------------------------- */

static void the_first_option_in_the_plan_stands(void) {
  struct pac_journal *journal;
  /* The lines stand in another order than the plan. */
  struct pac_judgement *judgement =
      judge_lines(RUN_OF("5") CASE_LINE("4", "e", "pass", READS("A-23", "x", "accepted"))
                      CASE_LINE("3", "d", "pass", READS("A-23", "x", "refused"))
                          CASE_LINE("2", "c", "broken", READS("A-23", "x", "accepted"))
                              CASE_LINE("1", "b", "pass", READS("A-23", "y", "accepted"))
                                  CASE_LINE("0", "a", "pass", READS("A-23", "x", "refused")),
                  &journal);
  CU_ASSERT_EQUAL(judgement->cases[0].record->verdict, PAC_VERDICT_PASS);
  CU_ASSERT_EQUAL(judgement->cases[1].record->verdict, PAC_VERDICT_PASS);
  CU_ASSERT_EQUAL(judgement->cases[2].record->verdict, PAC_VERDICT_FAIL);
  CU_ASSERT_EQUAL(judgement->cases[3].record->verdict, PAC_VERDICT_PASS);
  const struct pac_case_record *record = judgement->cases[4].record;
  CU_ASSERT_EQUAL(record->verdict, PAC_VERDICT_FAIL);
  CU_ASSERT_EQUAL_FATAL(record->finding_count, 1);
  CU_ASSERT_EQUAL(record->findings[0].reason, PAC_REASON_INCONSISTENT);
  CU_ASSERT_STRING_EQUAL(record->findings[0].expected, "the reading \"refused\" of A-23 (x), as in flags/a");
  CU_ASSERT_STRING_EQUAL(record->findings[0].observed, "\"accepted\"");
  CU_ASSERT_EQUAL(judgement->verdict_counts[PAC_VERDICT_FAIL], 2);
  CU_ASSERT_EQUAL(judgement->verdict_counts[PAC_VERDICT_BROKEN], 0);
  /* The journal stays as it was. */
  CU_ASSERT_EQUAL(journal->cases[4].record->verdict, PAC_VERDICT_PASS);
  CU_ASSERT_EQUAL_FATAL(judgement->reading_count, 2);
  CU_ASSERT_EQUAL(judgement->readings[0].reading, PAC_READING_A_23);
  CU_ASSERT_STRING_EQUAL(judgement->readings[0].scope, "x");
  CU_ASSERT_STRING_EQUAL(judgement->readings[0].option, "refused");
  CU_ASSERT_STRING_EQUAL(judgement->readings[0].first_case, "flags/a");
  CU_ASSERT_EQUAL(judgement->readings[0].case_count, 2);
  CU_ASSERT_STRING_EQUAL(judgement->readings[1].scope, "y");
  CU_ASSERT_EQUAL(judgement->readings[1].case_count, 1);
  CU_ASSERT_EQUAL(judgement->exit_code, PAC_EXIT_DOES_NOT_CONFORM);
  let_go(judgement, journal);
}

static void a_case_may_contradict_itself(void) {
  struct pac_journal *journal;
  struct pac_judgement *judgement =
      judge_lines(RUN_OF("1") CASE_LINE("0", "a", "pass",
                                        ",\"readings\":[{\"reading\":\"A-02\",\"scope\":\"\",\"option\":\"raised\"},"
                                        "{\"reading\":\"A-02\",\"scope\":\"\",\"option\":\"delivered\"},"
                                        "{\"reading\":\"A-02\",\"scope\":\"\",\"option\":\"delivered\"},"
                                        "{\"reading\":\"A-02\",\"scope\":\"\",\"option\":\"raised\"}]"),
                  &journal);
  CU_ASSERT_EQUAL_FATAL(judgement->cases[0].record->finding_count, 1);
  CU_ASSERT_STRING_EQUAL(judgement->cases[0].record->findings[0].expected,
                         "the reading \"raised\" of A-02, as in flags/a");
  CU_ASSERT_EQUAL(judgement->readings[0].case_count, 1);
  let_go(judgement, journal);
}

#define FINDING "{\"reason\":\"crash\",\"expected\":\"x\",\"observed\":\"y\"}"
#define FOUR_FINDINGS FINDING "," FINDING "," FINDING "," FINDING

static void a_full_record_takes_no_further_finding(void) {
  struct pac_journal *journal;
  struct pac_judgement *judgement =
      judge_lines(RUN_OF("2") CASE_LINE("0", "a", "pass", READS("A-02", "", "raised"))
                      CASE_LINE("1", "b", "fail",
                                READS("A-02", "", "delivered") ",\"findings\":[" FOUR_FINDINGS "," FOUR_FINDINGS
                                                               "," FOUR_FINDINGS "," FOUR_FINDINGS "]"),
                  &journal);
  CU_ASSERT_EQUAL(judgement->cases[1].record->finding_count, PAC_FINDINGS_MAX);
  CU_ASSERT_EQUAL(judgement->cases[1].record->findings[PAC_FINDINGS_MAX - 1].reason, PAC_REASON_CRASH);
  let_go(judgement, journal);
}

#define DIALECTS(profile)                                     \
  RUN_LINE("0x0", profile, "2", WHOLE_PLAN)                   \
  CASE_LINE("0", "a", "pass", READS("A-44", "one", "header")) \
  CASE_LINE("1", "b", "pass", READS("A-43", "two", "page"))

static void both_disputed_codes_speak_one_dialect(void) {
  struct pac_journal *journal;
  struct pac_judgement *judgement = judge_lines(DIALECTS("published"), &journal);
  CU_ASSERT_EQUAL_FATAL(judgement->reading_count, 1);
  CU_ASSERT_EQUAL(judgement->readings[0].reading, PAC_READING_A_43);
  CU_ASSERT_STRING_EQUAL(judgement->readings[0].scope, "");
  CU_ASSERT_STRING_EQUAL(judgement->readings[0].option, "header");
  CU_ASSERT_EQUAL(judgement->cases[1].record->verdict, PAC_VERDICT_FAIL);
  CU_ASSERT_EQUAL(judgement->exit_code, PAC_EXIT_DOES_NOT_CONFORM);
  let_go(judgement, journal);
  judgement = judge_lines(DIALECTS("page"), &journal);
  CU_ASSERT_EQUAL(judgement->reading_count, 2);
  CU_ASSERT_EQUAL(judgement->cases[1].record->verdict, PAC_VERDICT_PASS);
  let_go(judgement, journal);
}

/* Clauses --------------------------------------------------------------------------------------------------------- */

static void a_clause_holds_only_by_a_case_that_passed(void) {
  struct pac_journal *journal;
  struct pac_judgement *judgement =
      judge_lines(RUN_OF("6") CASE_LINE("0", "a", "pass", CLAUSES("\"" SEED_CLAUSE "\",\"" SEED_CLAUSE "\""))
                      CASE_LINE("1", "b", "fail", CLAUSES("\"" SEED_CLAUSE "\",\"" OTHER_SEED_CLAUSE "\""))
                          CASE_LINE("2", "c", "unsupported", SEED) CASE_LINE("3", "d", "broken", SEED)
                              CASE_LINE("4", "e", "unexpected pass", SEED)
                                  CASE_LINE("5", "f", "known", SEED FINDS("put_async.parameters.five_in_order")),
                  &journal);
  const struct pac_clause_judgement *held = &judgement->clauses[PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT];
  CU_ASSERT_EQUAL(held->state, PAC_CLAUSE_HELD);
  CU_ASSERT_EQUAL(held->case_count, 6);
  CU_ASSERT_EQUAL(held->passed, 2);
  CU_ASSERT_EQUAL(held->failed, 2);
  CU_ASSERT_EQUAL(held->unsupported, 1);
  CU_ASSERT_EQUAL(held->broken, 1);
  CU_ASSERT_PTR_NULL(held->why);
  const struct pac_clause_judgement *unknown = &judgement->clauses[PAC_CLAUSE_PUT_ASYNC_CALL_OUTCOME_BY_SINK];
  CU_ASSERT_EQUAL(unknown->state, PAC_CLAUSE_NOT_EXERCISED);
  CU_ASSERT_STRING_EQUAL(unknown->why, "its cases fail for other reasons");
  const struct pac_clause_judgement *violated = &judgement->clauses[PAC_CLAUSE_PUT_ASYNC_PARAMETERS_FIVE_IN_ORDER];
  CU_ASSERT_EQUAL(violated->state, PAC_CLAUSE_VIOLATED);
  CU_ASSERT_EQUAL(violated->case_count, 1);
  CU_ASSERT_EQUAL(violated->failed, 1);
  let_go(judgement, journal);
}

static void a_clause_that_was_not_exercised_says_why(void) {
  static const struct {
    const char *lines, *why;
  } rows[] = {
      {RUN_OF("1") CASE_LINE("0", "a", "pass", ""), "no case yet"},
      {RUN_OF("2") CASE_LINE("0", "a", "pass", ""), "no case with a record"},
      {RUN_LINE("0x0", "page", "1", WHOLE_PLAN ",\"filters\":[\"a\"]") CASE_LINE("0", "a", "pass", ""),
       "no case in this part of the plan"},
      {RUN_OF("1") CASE_LINE("0", "a", "broken", SEED), "its cases are broken"},
      {RUN_OF("1") CASE_LINE("0", "a", "unsupported", SEED), "the adapter answers unsupported"},
      {RUN_LINE("0x10", "page", "1", WHOLE_PLAN) CASE_LINE("0", "a", "unsupported", SEED NEEDS_RIGHTS),
       "the adapter answers unsupported"},
      {RUN_OF("1") CASE_LINE("0", "a", "unsupported", SEED NEEDS_RIGHTS), "needs the feature rights"},
      {RUN_OF("1") CASE_LINE("0", "a", "unsupported", SEED ",\"features\":\"0x54\""),
       "needs the features cancel, rights and provider"},
      {RUN_OF("2") CASE_LINE("0", "a", "unsupported", SEED ",\"features\":\"0x50\"")
           CASE_LINE("1", "b", "unsupported", SEED NEEDS_RIGHTS),
       "needs the feature rights"},
      {RUN_OF("2") CASE_LINE("0", "a", "unsupported", SEED) CASE_LINE("1", "b", "unsupported", SEED NEEDS_RIGHTS),
       "the adapter answers unsupported"},
      {RUN_OF("2") CASE_LINE("0", "a", "unsupported", SEED NEEDS_RIGHTS) CASE_LINE("1", "b", "unsupported", SEED),
       "the adapter answers unsupported"},
      {RUN_LINE("0x10", "page", "1", WHOLE_PLAN) CASE_LINE("0", "a", "unsupported", SEED ",\"features\":\"0x50\""),
       "needs the feature provider"},
      {RUN_OF("1") CASE_LINE("0", "a", "unsupported", SEED ",\"features\":\"0x80000000\""),
       "needs a feature that this program does not know"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct pac_journal *journal;
    struct pac_judgement *judgement = judge_lines(rows[i].lines, &journal);
    CU_ASSERT_STRING_EQUAL(judgement->clauses[PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT].why, rows[i].why);
    for (int k = PAC_CLAUSE_NONE + 1; k < PAC_CLAUSE_COUNT; k++) {
      const char *reason = pac_clause_at((enum pac_clause)k)->reason;
      if (reason != NULL) {
        CU_ASSERT_STRING_EQUAL(judgement->clauses[k].why, reason);
      }
    }
    let_go(judgement, journal);
  }
}

/* The rest -------------------------------------------------------------------------------------------------------- */

static void a_journal_with_more_cases_than_planned_is_refused(void) {
  struct pac_journal *journal = journal_of_lines(RUN_OF("1") CASE_LINE("0", "a", "pass", ""));
  journal->run.planned = 0;
  struct pac_judgement *judgement = NULL;
  CU_ASSERT_EQUAL(pac_judge(journal, &judgement), PAC_RESULT_INVALID_ARGUMENT);
  CU_ASSERT_PTR_NULL(judgement);
  pac_judgement_free(judgement);
  pac_journal_free(journal);
}

static void judging_survives_every_failed_allocation(void) {
  static const char *const journals[] = {
      RUN_OF("4") CASE_LINE("0", "a", "fail", SEED FINDS(SEED_CLAUSE) READS("A-23", "x", "refused"))
          CASE_LINE("1", "b", "pass", READS("A-23", "x", "accepted"))
              CASE_LINE("2", "c", "unsupported", CLAUSES("\"" OTHER_SEED_CLAUSE "\"") NEEDS_RIGHTS)
                  CASE_LINE("3", "d", "unexpected pass", "") LATE_LINE("9", "e"),
      RUN_OF("1") CASE_LINE("0", "a", "known", SEED),
      RUN_OF("2") CASE_LINE("0", "a", "pass", SEED),
  };
  for (size_t i = 0; i < sizeof journals / sizeof *journals; i++) {
    unsigned long failures = 0;
    bool has_failed = true;
    for (unsigned long fail_at = 1; has_failed; fail_at++) {
      struct unit_memory memory;
      struct pac_journal *journal = NULL;
      char why[200];
      unit_memory_init(&memory, 0);
      CU_ASSERT_EQUAL_FATAL(journal_of(&memory.source, journals[i], strlen(journals[i]), &journal, why), PAC_RESULT_OK);
      memory.requests = 0;
      memory.fail_at = fail_at;
      struct pac_judgement *judgement = NULL;
      enum pac_result result = pac_judge(journal, &judgement);
      has_failed = memory.requests >= fail_at;
      failures += has_failed;
      CU_ASSERT_EQUAL(result, has_failed ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK);
      pac_judgement_free(judgement);
      pac_journal_free(journal);
      CU_ASSERT_EQUAL(memory.outstanding, 0);
    }
    CU_ASSERT(failures > 1);
  }
}

static CU_TestInfo tests[] = {
    {"the_exit_code_has_a_reason", the_exit_code_has_a_reason},
    {"the_whole_sentence_is_said_of_the_whole_contract", the_whole_sentence_is_said_of_the_whole_contract},
    {"the_first_option_in_the_plan_stands", the_first_option_in_the_plan_stands},
    {"a_case_may_contradict_itself", a_case_may_contradict_itself},
    {"a_full_record_takes_no_further_finding", a_full_record_takes_no_further_finding},
    {"both_disputed_codes_speak_one_dialect", both_disputed_codes_speak_one_dialect},
    {"a_clause_holds_only_by_a_case_that_passed", a_clause_holds_only_by_a_case_that_passed},
    {"a_clause_that_was_not_exercised_says_why", a_clause_that_was_not_exercised_says_why},
    {"a_journal_with_more_cases_than_planned_is_refused", a_journal_with_more_cases_than_planned_is_refused},
    {"judging_survives_every_failed_allocation", judging_survives_every_failed_allocation},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("judgement", tests)
