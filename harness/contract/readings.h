/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The ambiguities of the contract: points on which published texts are silent or contradict each other.
 *
 * The rows stand in readings.def and nowhere else; CONTRACT.md, section 9, has them with the texts that disagree. An
 * implementation follows one reading of each point, consistently, and the run records which. The texts live as long as
 * the program.
 */
#ifndef PACHECK_CONTRACT_READINGS_H
#define PACHECK_CONTRACT_READINGS_H

#include <stdint.h>

#include "pacheck/result.h"

/* The enumerators carry the published names: PAC_READING_A_01 is A-01 and has the value 1. */
enum pac_reading {
  PAC_READING_NONE,
#define READING(name, number, id, point, accept) PAC_READING_##name,
#include "contract/readings.def"
#undef READING
  PAC_READING_COUNT /* one past the last reading */
};

/** One ambiguity, in words. */
struct pac_reading_text {
  const char *id;     /* "return.bit_clear" */
  uint32_t number;    /* 1, printed as A-01 */
  const char *point;  /* the question */
  const char *accept; /* what conforms */
};

/** The words of an ambiguity; null for PAC_READING_NONE and for a value that is none. */
const struct pac_reading_text *pac_reading_at(enum pac_reading reading);

/**
 * Finds an ambiguity by its published name (`A-23`, `a-23`) or by its dotted id.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (a null pointer), PAC_RESULT_NOT_FOUND.
 */
enum pac_result pac_reading_find(const char *word, enum pac_reading *reading);

#endif
