/* SPDX-License-Identifier: Apache-2.0 */
/** What the tests of programs share: running them from text and at random. */
#ifndef PACHECK_PROGRAM_SCENE_H
#define PACHECK_PROGRAM_SCENE_H

#include <stdio.h>
#include <string.h>

#include "program/run.h"
#include "reference.h"
#include "unit.h"

#define THING "class Test_Thing { [key] string Name; uint32 Size = 7; };\n"

static inline struct pac_case_settings settings_of(const struct pac_adapter *adapter) {
  return (struct pac_case_settings){
      .adapter = adapter, .profile = PAC_PROFILE_PUBLISHED, .timeout_ms = 1000, .timeline = PAC_TIMELINE_OF_NONE};
}

/* The verdict, and the clause of the first finding. */
static inline enum pac_verdict run_on(const struct pac_adapter *adapter, const struct pac_program *program,
                                      enum pac_clause *clause, uint32_t *call) {
  const struct pac_case_settings settings = settings_of(adapter);
  struct pac_program_watch watch = {.finding_call = PAC_PROGRAM_NONE};
  struct pac_case_record record;
  pac_program_execute(program, "program", &settings, &watch, &record);
  enum pac_verdict verdict = record.verdict;
  *clause = record.finding_count > 0 ? record.findings[0].clause : PAC_CLAUSE_NONE;
  *call = watch.finding_call;
  if (verdict == PAC_VERDICT_BROKEN) {
    printf("%s\n", record.note);
  }
  pac_case_record_reset(&record);
  return verdict;
}

static inline struct pac_program *parsed(const char *text) {
  char why[256] = "";
  struct pac_program *program = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_program_parse(NULL, text, strlen(text), &program, why, sizeof why), PAC_RESULT_OK);
  return program;
}

/* The number of the first program that violates something; `count` when none does. */
static inline uint32_t explore(const struct pac_adapter *adapter, uint64_t seed, uint32_t calls, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    enum pac_clause clause = PAC_CLAUSE_NONE;
    uint32_t call = 0;
    struct pac_program *program = NULL;
    CU_ASSERT_EQUAL_FATAL(pac_program_random(NULL, seed * 0x100000001u + i, calls, &program), PAC_RESULT_OK);
    enum pac_verdict verdict = run_on(adapter, program, &clause, &call);
    pac_program_free(program);
    CU_ASSERT_NOT_EQUAL_FATAL(verdict, PAC_VERDICT_BROKEN);
    if (verdict == PAC_VERDICT_FAIL) {
      return i;
    }
  }
  return count;
}

#endif
