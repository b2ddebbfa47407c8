/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The frame of a unit test program: a list of CUnit tests and a main that runs them.
 *
 *     static CU_TestInfo tests[] = {{"a_null_key_is_refused", a_null_key_is_refused}, CU_TEST_INFO_NULL};
 *     UNIT_MAIN("object_path", tests)
 */
#ifndef PACHECK_UNIT_H
#define PACHECK_UNIT_H

#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdlib.h>

#include "pacheck/memory.h"

static inline int unit_run(const char *name, CU_TestInfo *tests) {
  CU_SuiteInfo suites[] = {{name, NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
  if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS) {
    return EXIT_FAILURE;
  }
  CU_basic_set_mode(CU_BRM_NORMAL);
  CU_basic_run_tests();
  unsigned failures = CU_get_number_of_failures() + CU_get_number_of_tests_failed();
  unsigned run = CU_get_number_of_tests_run();
  CU_cleanup_registry();
  return failures == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define UNIT_MAIN(name, tests) \
  int main(void) {             \
    return unit_run(name, tests); \
  }

/**
 * A memory source that fails its nth request (counted from 1; 0 never) and counts what is outstanding, for sweeps:
 * run with 1, 2, 3 ... until nothing failed.
 */
struct unit_memory {
  struct pac_memory source;
  unsigned long requests;
  unsigned long fail_at;
  long outstanding;
};

static inline void *unit_memory_resize(void *context, void *block, size_t size) {
  struct unit_memory *memory = context;
  if (size == 0) {
    memory->outstanding -= block != NULL;
    free(block);
    return NULL;
  }
  memory->requests += 1;
  if (memory->requests == memory->fail_at) {
    return NULL;
  }
  void *result = realloc(block, size);
  memory->outstanding += block == NULL && result != NULL;
  return result;
}

static inline void unit_memory_init(struct unit_memory *memory, unsigned long fail_at) {
  *memory = (struct unit_memory){.source = {unit_memory_resize, memory}, .fail_at = fail_at};
}

#endif
