/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a record and its failure line. */
#include "journal_lines.h"

static void words_are_found_and_others_are_not(void) {
  for (int i = 0; i < PAC_VERDICT_COUNT; i++) {
    enum pac_verdict verdict = PAC_VERDICT_COUNT;
    CU_ASSERT_EQUAL(pac_verdict_find(pac_verdict_word((enum pac_verdict)i), &verdict), PAC_RESULT_OK);
    CU_ASSERT_EQUAL((int)verdict, i);
  }
  for (int i = 0; i < PAC_REASON_COUNT; i++) {
    enum pac_reason reason = PAC_REASON_COUNT;
    CU_ASSERT_EQUAL(pac_reason_find(pac_reason_word((enum pac_reason)i), &reason), PAC_RESULT_OK);
    CU_ASSERT_EQUAL((int)reason, i);
  }
  enum pac_verdict verdict;
  enum pac_reason reason;
  CU_ASSERT_EQUAL(pac_verdict_find("Pass", &verdict), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_EQUAL(pac_verdict_find(NULL, &verdict), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_EQUAL(pac_reason_find("", &reason), PAC_RESULT_NOT_FOUND);
  CU_ASSERT_STRING_EQUAL(pac_verdict_word(PAC_VERDICT_COUNT), "unknown verdict");
  CU_ASSERT_STRING_EQUAL(pac_reason_word(PAC_REASON_COUNT), "unknown reason");
}

static void a_finding_is_one_line(void) {
  struct pac_finding finding = {PAC_REASON_WRONG_OUTCOME, PAC_CLAUSE_PUT_ASYNC_CALL_STORES_OBJECT, "this", "that"};
  char text[200];
  size_t length = pac_finding_print(&finding, "a_name", text, sizeof text);
  CU_ASSERT_STRING_EQUAL(text, "[" SEED_CLAUSE "] a_name: expected this, got that");
  CU_ASSERT_EQUAL(length, strlen(text));
  CU_ASSERT_EQUAL(pac_finding_print(&finding, "a_name", text, 5), length);
  CU_ASSERT_STRING_EQUAL(text, "[put");
  finding = (struct pac_finding){PAC_REASON_HANG, PAC_CLAUSE_NONE, NULL, NULL};
  pac_finding_print(&finding, "a_name", text, sizeof text);
  CU_ASSERT_STRING_EQUAL(text, "[hang] a_name: expected nothing, got nothing");
}

static void a_record_is_given_back(void) {
  struct unit_memory memory;
  unit_memory_init(&memory, 0);
  struct pac_case_record record = {.verdict = PAC_VERDICT_FAIL, .finding_count = 3};
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(&memory.source, 0, &record.arena), PAC_RESULT_OK);
  CU_ASSERT_NOT_EQUAL(memory.outstanding, 0);
  pac_case_record_reset(&record);
  CU_ASSERT_EQUAL(memory.outstanding, 0);
  CU_ASSERT_PTR_NULL(record.arena);
  CU_ASSERT_EQUAL(record.finding_count, 0);
  pac_case_record_reset(&record);
  pac_case_record_reset(NULL);
  pac_journal_free(NULL);
}

static CU_TestInfo tests[] = {
    {"words_are_found_and_others_are_not", words_are_found_and_others_are_not},
    {"a_finding_is_one_line", a_finding_is_one_line},
    {"a_record_is_given_back", a_record_is_given_back},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("record", tests)
