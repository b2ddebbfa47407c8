/* SPDX-License-Identifier: Apache-2.0 */
/* Reads `C-053` and `A-23`. What the numbers stand for is left to clauses.c and readings.c. */
#include "contract/published_number.h"

#include <stddef.h>

uint32_t pac_published_number(const char *word, char letter, uint32_t number_max) {
  if (word == NULL || (word[0] != letter && word[0] != letter - 'A' + 'a') || word[1] != '-') {
    return 0;
  }
  uint64_t number = 0;
  for (const char *digit = word + 2; *digit != '\0'; digit++) {
    if (*digit < '0' || *digit > '9') {
      return 0;
    }
    number = number * 10 + (uint64_t)(*digit - '0');
    if (number > number_max) {
      return 0;
    }
  }
  return (uint32_t)number;
}
