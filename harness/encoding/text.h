/* SPDX-License-Identifier: Apache-2.0 */
/** Encoded strings, the dictionary, and names as the lookup table orders them. */
#ifndef PACHECK_ENCODING_TEXT_H
#define PACHECK_ENCODING_TEXT_H

#include "encoding/decoder.h"

/**
 * Reads an Encoded-String at span->at as UTF-8 and moves the span behind it.
 *
 * Errors  V-003, V-020, V-021, V-022, V-023 (S), V-131.
 */
enum pac_result pac_encoded_text_read(struct decoder *decoder, struct span *span, const char **text);

/** Reads `units` UTF-16LE units at `offset`, which may hold NULs, as UTF-8 and a NUL. Notes V-024. */
enum pac_result pac_utf16_read(struct decoder *decoder, uint32_t offset, uint32_t units, struct wire_text *text);

/** The text of a dictionary index; null from 11 on. */
const char *pac_dictionary_text(uint32_t index);
/** The index of a text that stands in the dictionary, the empty string left out; -1 when it does not. */
int pac_dictionary_index(const char *text);

/** Compares names unit by unit with ASCII letters folded to lower or to upper case: below, equal to or above 0. */
int pac_name_order(const char *left, const char *right, bool is_upper);

/** True for the text of a date or an interval: V-123. */
bool pac_datetime_is_formed(const char *text);

/* Names are equal when they differ in the case of ASCII letters only (pac_name_compare). */
static inline bool names_equal(const char *left, const char *right) {
  for (;; left++, right++) {
    unsigned char a = (unsigned char)*left;
    unsigned char b = (unsigned char)*right;
    if (a != b) {
      unsigned char lower = a | 0x20;
      if (lower != (b | 0x20) || lower < 'a' || lower > 'z') {
        return false;
      }
    }
    if (a == '\0') {
      return true;
    }
  }
}

#endif
