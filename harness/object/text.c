/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks of text and comparison of names. Names fold the ASCII letters only, and order by UTF-16 units, because that is
 * the order of a class's property lookup table on the wire.
 */
#include "object/text.h"

#include "pacheck/value.h"

static bool is_continuation(unsigned char octet) {
  return (octet & 0xC0u) == 0x80u;
}

size_t pac_text_cut(const char *text, size_t length) {
  while (length > 0 && is_continuation((unsigned char)text[length - 1])) {
    length -= 1;
  }
  return length > 0 && (unsigned char)text[length - 1] >= 0xC0u ? length - 1 : length;
}

/* Octets of the sequence that starts with `lead`; 0 when none does. */
static size_t sequence_octets(unsigned char lead) {
  if (lead < 0x80u) {
    return 1;
  }
  if (lead >= 0xC2u && lead <= 0xDFu) {
    return 2;
  }
  if ((lead & 0xF0u) == 0xE0u) {
    return 3;
  }
  return lead >= 0xF0u && lead <= 0xF4u ? 4 : 0;
}

bool pac_text_is_well_formed(const char *text, size_t length) {
  bool after_high_surrogate = false;
  size_t position = 0;
  while (position < length) {
    const unsigned char *at = (const unsigned char *)text + position;
    if (at[0] < 0x80u) { /* nearly all text there is */
      after_high_surrogate = false;
      position += 1;
      continue;
    }
    size_t octets = sequence_octets(at[0]);
    if (octets == 0 || octets > length - position) {
      return false;
    }
    for (size_t i = 1; i < octets; i++) {
      if (!is_continuation(at[i])) {
        return false;
      }
    }
    if ((at[0] == 0xE0u && at[1] < 0xA0u) || (at[0] == 0xF0u && at[1] < 0x90u) || (at[0] == 0xF4u && at[1] > 0x8Fu)) {
      return false;
    }
    bool is_surrogate = at[0] == 0xEDu && at[1] >= 0xA0u;
    bool is_low = is_surrogate && at[1] >= 0xB0u;
    if (is_low && after_high_surrogate) {
      return false;
    }
    after_high_surrogate = is_surrogate && !is_low;
    position += octets;
  }
  return true;
}

uint32_t pac_text_code_point(const char *text, size_t *octets) {
  const unsigned char *at = (const unsigned char *)text;
  if (at[0] == 0) {
    *octets = 0;
    return 0;
  }
  *octets = sequence_octets(at[0]);
  switch (*octets) {
    case 2:
      return ((at[0] & 0x1Fu) << 6) | (at[1] & 0x3Fu);
    case 3:
      return ((at[0] & 0x0Fu) << 12) | ((at[1] & 0x3Fu) << 6) | (at[2] & 0x3Fu);
    case 4:
      return ((at[0] & 0x07u) << 18) | ((at[1] & 0x3Fu) << 12) | ((at[2] & 0x3Fu) << 6) | (at[3] & 0x3Fu);
    default:
      *octets = 1; /* ASCII; a stray octet cannot occur in well-formed text */
      return at[0];
  }
}

/* The UTF-16 unit at *text, advancing; a code point above U+FFFF takes two calls, the second through *low. */
static uint32_t next_unit(const char **text, uint32_t *low) {
  if (*low != 0) {
    uint32_t unit = *low;
    *low = 0;
    return unit;
  }
  size_t octets = 0;
  uint32_t point = pac_text_code_point(*text, &octets);
  *text += octets;
  if (point > 0xFFFFu) {
    *low = 0xDC00u | ((point - 0x10000u) & 0x3FFu);
    return 0xD800u | ((point - 0x10000u) >> 10);
  }
  return point;
}

static int compare_units(const char *left, const char *right) {
  uint32_t left_low = 0;
  uint32_t right_low = 0;
  uint32_t left_unit = 0;
  uint32_t right_unit = 0;
  do {
    left_unit = next_unit(&left, &left_low);
    right_unit = next_unit(&right, &right_low);
  } while (left_unit == right_unit && left_unit != 0);
  return left_unit < right_unit ? -1 : left_unit > right_unit;
}

int pac_name_compare(const char *left, const char *right) {
  if (left == NULL || right == NULL) {
    return (left != NULL) - (right != NULL);
  }
  const unsigned char *l = (const unsigned char *)left;
  const unsigned char *r = (const unsigned char *)right;
  size_t i = 0;
  while (l[i] != 0 && pac_text_fold(l[i]) == pac_text_fold(r[i])) {
    i++;
  }
  unsigned char low = pac_text_fold(l[i]) < pac_text_fold(r[i]) ? pac_text_fold(l[i]) : pac_text_fold(r[i]);
  unsigned char high = pac_text_fold(l[i]) < pac_text_fold(r[i]) ? pac_text_fold(r[i]) : pac_text_fold(l[i]);
  if (high >= 0xF0u && low >= 0xEDu && low < 0xF0u) {
    /* Only here do octets and UTF-16 units order differently: a surrogate pair precedes U+E000. */
    return compare_units(left + i, right + i);
  }
  return (int)pac_text_fold(l[i]) - (int)pac_text_fold(r[i]);
}

bool pac_name_equal(const char *left, const char *right) {
  const unsigned char *l = (const unsigned char *)left;
  const unsigned char *r = (const unsigned char *)right;
  if (l == r) {
    return true;
  }
  while (*l != 0 && pac_text_fold(*l) == pac_text_fold(*r)) {
    l++;
    r++;
  }
  return pac_text_fold(*l) == pac_text_fold(*r);
}

uint32_t pac_name_hash(const char *name) {
  uint32_t hash = 2166136261u;
  for (const unsigned char *at = (const unsigned char *)name; *at != 0; at++) {
    hash = (hash ^ pac_text_fold(*at)) * 16777619u;
  }
  hash ^= hash >> 15;
  hash *= 0x2C1B3C6Du;
  return hash ^ (hash >> 13);
}
