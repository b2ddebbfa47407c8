/* SPDX-License-Identifier: Apache-2.0 */
/** The broken encodings of corpus/vectors that a put can carry; the table is made by vectors.cmake. */
#ifndef PACHECK_SUITES_VECTOR_TABLE_H
#define PACHECK_SUITES_VECTOR_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/encoding.h"
#include "vector_count.h"

struct vector_row {
  const char *name;
  enum pac_encoding_kind kind; /* unit or context */
  unsigned rule;               /* the V-rule that it breaks */
  bool is_tolerated;           /* the tolerant profile accepts it */
  const uint8_t *octets;
  size_t size;
};

extern const struct vector_row vector_rows[VECTOR_ROWS_COUNT];

#endif
