/* SPDX-License-Identifier: Apache-2.0 */
/** Text as the object model keeps it: UTF-8 in which an unpaired UTF-16 surrogate stands as its own three octets. */
#ifndef PACHECK_OBJECT_TEXT_H
#define PACHECK_OBJECT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Says whether `length` octets are well-formed: shortest sequences, no code point above U+10FFFF, and no pair of
 * surrogates spelt as two sequences, so that every sequence of UTF-16 units has one form.
 */
bool pac_text_is_well_formed(const char *text, size_t length);

/** Reads one code point of well-formed, NUL-terminated text and says how many octets it takes; 0 at the end. */
uint32_t pac_text_code_point(const char *text, size_t *octets);

/** Writes a code point, in up to four octets, and gives what is behind it. A surrogate makes three octets of its own. */
static inline char *pac_text_put(char *to, uint32_t code) {
  if (code < 0x80) {
    *to++ = (char)code;
  } else if (code < 0x800) {
    *to++ = (char)(0xC0 | code >> 6);
    *to++ = (char)(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    *to++ = (char)(0xE0 | code >> 12);
    *to++ = (char)(0x80 | (code >> 6 & 0x3F));
    *to++ = (char)(0x80 | (code & 0x3F));
  } else {
    *to++ = (char)(0xF0 | code >> 18);
    *to++ = (char)(0x80 | (code >> 12 & 0x3F));
    *to++ = (char)(0x80 | (code >> 6 & 0x3F));
    *to++ = (char)(0x80 | (code & 0x3F));
  }
  return to;
}

/** How much of `length` octets is left when a letter that their end may have cut is left out; they are cut-off well-formed text. */
size_t pac_text_cut(const char *text, size_t length);

/** The letter in lower case when it is an ASCII letter, otherwise unchanged. */
static inline unsigned char pac_text_fold(unsigned char octet) {
  return octet >= 'A' && octet <= 'Z' ? (unsigned char)(octet + ('a' - 'A')) : octet;
}

/** True when both names are the same to WMI. Neither may be null. */
bool pac_name_equal(const char *left, const char *right);

/** A hash that equal names (pac_name_equal) share. */
uint32_t pac_name_hash(const char *name);

#endif
