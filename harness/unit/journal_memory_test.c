/* SPDX-License-Identifier: Apache-2.0 */
/* Writing and reading journals without memory. */
#include <jansson.h>

#include "journal_lines.h"

static const char long_journal[] =
    RUN_LINE("0x0", "published", "3", WHOLE_PLAN ",\"filters\":[\"a\"],\"options\":[{\"name\":\"n\",\"value\":\"v\"}]")
        CASE_LINE("0", "a", "fail", CLAUSES("\"" SEED_CLAUSE "\"") FINDS(SEED_CLAUSE) READS("A-02", "", "raised"))
            CASE_LINE("1", "b", "broken", ",\"note\":\"n\",\"timeline\":[\"t\"]") LATE_LINE("1", "e") END_LINE("3");

static void reading_survives_every_failed_allocation(void) {
  for (unsigned long fail_at = 1;; fail_at++) {
    struct unit_memory memory;
    unit_memory_init(&memory, fail_at);
    struct pac_journal *journal = NULL;
    char why[200];
    enum pac_result result = journal_of(&memory.source, long_journal, sizeof long_journal - 1, &journal, why);
    bool has_failed = memory.requests >= fail_at;
    CU_ASSERT_EQUAL(result, has_failed ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK);
    pac_journal_free(journal);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
    if (!has_failed) {
      CU_ASSERT(fail_at > 4);
      break;
    }
  }
}

/* jansson has no context for its source of memory, so the sweep through it counts here. */
static unsigned long json_requests, json_fail_at;

static void *json_allocate(size_t size) {
  json_requests += 1;
  return json_requests == json_fail_at ? NULL : malloc(size);
}

static void writing_and_parsing_survive_jansson_without_memory(void) {
  static struct pac_case_record record;
  fill_record(&record);
  static char long_name[600];
  memset(long_name, 'n', sizeof long_name - 1);
  for (uint32_t i = 0; i < PAC_TIMELINE_MAX; i++) {
    record.timeline[i] = long_name;
  }
  record.timeline_count = PAC_TIMELINE_MAX;
  struct pac_journal_case the_case = {5, "flags", long_name, two_clauses, PAC_FEATURE_RIGHTS, &record, 0.5};
  const char *const filters[] = {"f"};
  const struct pac_option options[] = {{"host", "a"}};
  const struct pac_journal_run run = {"0", "a", "n", "1", 1, PAC_PROFILE_PAGE, 1, 1, 1, 0, 1, filters, 1, options, 1};
  const uint32_t counts[PAC_VERDICT_COUNT] = {0};
  json_set_alloc_funcs(json_allocate, free);
  for (int step = 0; step < 4; step++) {
    enum pac_result result = PAC_RESULT_NO_MEMORY;
    for (json_fail_at = 1; result != PAC_RESULT_OK; json_fail_at++) {
      struct written written;
      FILE *file = written_start(&written);
      struct pac_arena *arena = arena_new();
      struct pac_journal_line line;
      json_requests = 0;
      result = step == 0   ? pac_journal_write_case(file, &the_case)
               : step == 1 ? pac_journal_write_run(file, &run)
               : step == 2 ? pac_journal_write_end(file, 1, counts)
                           : pac_journal_parse(arena, long_journal, strcspn(long_journal, "\n"), &line, NULL, 0);
      bool has_failed = json_requests >= json_fail_at;
      /* Its scanner takes some of its own failed allocations for bad input. */
      bool is_told = result == PAC_RESULT_NO_MEMORY || (step == 3 && result == PAC_RESULT_MALFORMED);
      CU_ASSERT_EQUAL(is_told, has_failed);
      CU_ASSERT_EQUAL(result == PAC_RESULT_OK, !has_failed);
      written_end(&written);
      CU_ASSERT_EQUAL(written.length > 0, result == PAC_RESULT_OK && step < 3);
      free(written.text);
      pac_arena_free(arena);
    }
    CU_ASSERT(json_fail_at > 10);
  }
  json_set_alloc_funcs(malloc, free);
}

static CU_TestInfo tests[] = {
    {"reading_survives_every_failed_allocation", reading_survives_every_failed_allocation},
    {"writing_and_parsing_survive_jansson_without_memory", writing_and_parsing_survive_jansson_without_memory},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("journal_memory", tests)
