/* SPDX-License-Identifier: Apache-2.0 */
/** Text that is held against a file of this folder; with PAC_SELFTEST_UPDATE=1 the file is written instead. */
#ifndef PACHECK_UNIT_GOLDEN_H
#define PACHECK_UNIT_GOLDEN_H

#include <stdlib.h>

#include "unit.h"
#include "vectors.h"

/* Prints the first line that differs. */
static inline bool golden_same_lines(const char *left, const char *right) {
  while (*left != '\0' || *right != '\0') {
    size_t left_length = strcspn(left, "\n");
    size_t right_length = strcspn(right, "\n");
    if (left_length != right_length || memcmp(left, right, left_length) != 0) {
      fprintf(stderr, "expected %.*s\ngot      %.*s\n", (int)left_length, left, (int)right_length, right);
      return false;
    }
    left += left_length + (left[left_length] == '\n');
    right += right_length + (right[right_length] == '\n');
  }
  return true;
}

static inline bool golden_is(const char *file_name, const char *text) {
  char path[2048];
  size_t size = 0;
  snprintf(path, sizeof path, PAC_SOURCE_DIR "/harness/unit/%s", file_name);
  if (getenv("PAC_SELFTEST_UPDATE") != NULL) {
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_TRUE(fputs(text, file) >= 0);
    CU_ASSERT_EQUAL(fclose(file), 0);
  }
  char *expected = (char *)vectors_read_file(path, &size);
  CU_ASSERT_PTR_NOT_NULL_FATAL(expected);
  expected[size] = '\0';
  bool is_same = golden_same_lines(expected, text);
  free(expected);
  return is_same;
}

#endif
