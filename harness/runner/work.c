/* SPDX-License-Identifier: Apache-2.0 */
/* Runs cases as CUnit tests. CUnit looks through a whole suite for each test that is added, and keeps every failure
 * until its registry is cleaned up; so it gets a new registry for every few cases, which bounds both. */
#include "runner/work.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>
#include <time.h>

#define REGISTRY_CASES_MAX 64u
#define LATE_TAKEN_MAX 4096u /* by one poll: a flood of late events must not keep the next case from running */

/* The current case: CUnit's tests are void(void), so it cannot be handed over in another way. */
static struct {
  const struct pac_work *work;
  uint32_t position;
  bool is_stopped;
} current;

static double milliseconds_between(const struct timespec *from, const struct timespec *to) {
  return (double)(to->tv_sec - from->tv_sec) * 1e3 + (double)(to->tv_nsec - from->tv_nsec) / 1e6;
}

void pac_work_take_late(const struct pac_work *work) {
  struct pac_late_event event;
  for (uint32_t taken = 0; taken < LATE_TAKEN_MAX && pac_late_event_take(&event); taken++) {
    work->late(work->context, &event);
  }
}

/* What CUnit is told: one failure for each finding, with the line that a reader sees. */
static void assert_findings(const struct pac_case *the_case, const struct pac_case_record *record) {
  for (uint32_t i = 0; i < record->finding_count; i++) {
    char line[1024];
    (void)pac_finding_print(&record->findings[i], the_case->name, line, sizeof line);
    CU_assertImplementation(CU_FALSE, 0, line, the_case->suite->name, the_case->name, CU_FALSE);
  }
  if (record->verdict == PAC_VERDICT_BROKEN) {
    CU_assertImplementation(CU_FALSE, 0, record->note, the_case->suite->name, the_case->name, CU_FALSE);
  }
}

static void run_current_case(void) {
  const struct pac_work *work = current.work;
  uint32_t position = current.position++;
  if (current.is_stopped) {
    return;
  }
  const struct pac_case *the_case = &work->plan->cases[position];
  if (work->starts != NULL) {
    work->starts(work->context, position);
  }
  struct timespec start, end;
  struct pac_case_record record;
  bool must_replace = false;
  (void)clock_gettime(CLOCK_MONOTONIC, &start);
  pac_case_execute(the_case, work->plan->indexes[position], &work->settings, &record, &must_replace);
  (void)clock_gettime(CLOCK_MONOTONIC, &end);
  assert_findings(the_case, &record);
  if (!work->ended(work->context, position, &record, milliseconds_between(&start, &end), must_replace)) {
    current.is_stopped = true;
  }
  pac_case_record_reset(&record);
  pac_work_take_late(work);
}

/* Registers cases that follow each other; those of one suite become tests of one CUnit suite. */
static bool registry_fill(const struct pac_work *work, uint32_t first, uint32_t count) {
  CU_pSuite cunit_suite = NULL;
  const struct pac_suite *suite = NULL;
  for (uint32_t position = first; position < first + count; position++) {
    const struct pac_case *the_case = &work->plan->cases[position];
    if (the_case->suite != suite) {
      suite = the_case->suite;
      cunit_suite = CU_add_suite(suite->name, NULL, NULL);
    }
    if (cunit_suite == NULL || CU_add_test(cunit_suite, the_case->name, run_current_case) == NULL) {
      return false;
    }
  }
  return true;
}

static enum pac_result registry_run(const struct pac_work *work, uint32_t first, uint32_t count) {
  if (CU_initialize_registry() != CUE_SUCCESS) {
    return PAC_RESULT_BROKEN;
  }
  enum pac_result result = registry_fill(work, first, count) ? PAC_RESULT_OK : PAC_RESULT_BROKEN;
  if (result == PAC_RESULT_OK) {
    current.work = work;
    current.position = first;
    current.is_stopped = false;
    (void)CU_run_all_tests(); /* its result only says that tests failed */
    current.work = NULL;
  }
  CU_cleanup_registry();
  return result;
}

struct pac_case_settings pac_work_settings(const struct pac_run_options *options, const struct pac_adapter *adapter) {
  return (struct pac_case_settings){.adapter = adapter,
                                    .profile = options->profile,
                                    .seed = options->seed,
                                    .timeout_ms = options->timeout_ms,
                                    .options = options->adapter_options,
                                    .option_count = options->adapter_option_count,
                                    .timeline =
                                        options->has_timeline ? PAC_TIMELINE_OF_ALL : PAC_TIMELINE_OF_FAILURES};
}

enum pac_result pac_work_run(const struct pac_work *work, uint32_t first, uint32_t count) {
  current.is_stopped = false;
  while (count > 0 && !current.is_stopped) {
    uint32_t now = count < REGISTRY_CASES_MAX ? count : REGISTRY_CASES_MAX;
    PAC_TRY(registry_run(work, first, now));
    first += now;
    count -= now;
  }
  return PAC_RESULT_OK;
}
