/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text of the encodings: Latin-1 or UTF-16LE in the container, UTF-8 in the harness. Unpaired surrogates are kept as
 * three octets of their own. Which heap a text stands in is the business of heap.c.
 */
#include "encoding/text.h"

#include "object/text.h"

static const char *const dictionary[] = {"\"",    "key",      "",        "read",     "write",  "volatile",
                                         "provider", "dynamic", "cimwin32", "DWORD", "CIMTYPE"};

#define DICTIONARY_COUNT ((uint32_t)(sizeof dictionary / sizeof dictionary[0]))

const char *pac_dictionary_text(uint32_t index) {
  return index < DICTIONARY_COUNT ? dictionary[index] : NULL;
}

int pac_dictionary_index(const char *text) {
  int index;
  switch (text[0]) {
    case '"': index = 0; break;
    case 'k': index = 1; break;
    case 'r': index = 3; break;
    case 'w': index = 4; break;
    case 'v': index = 5; break;
    case 'p': index = 6; break;
    case 'd': index = 7; break;
    case 'c': index = 8; break;
    case 'D': index = 9; break;
    case 'C': index = 10; break;
    default: return -1;
  }
  return strcmp(text, dictionary[index]) == 0 ? index : -1;
}

/* Encoded-String -------------------------------------------------------------------------------------------------- */

/* Text that is shared between references is read again for each of them: this keeps the sum in bounds. */
static enum pac_result charge_text(struct decoder *decoder, uint32_t octets, uint32_t offset) {
  if (octets > decoder->text_left) {
    return pac_decoder_reject(decoder, 131, offset);
  }
  decoder->text_left -= octets;
  return PAC_RESULT_OK;
}

/* Finds the terminator of `room` octets and whether an octet before it is above 0x7F, eight octets at a time. */
static uint32_t scan_latin(const uint8_t *from, uint32_t room, bool *has_wide) {
  const uint64_t ones = 0x0101010101010101u;
  const uint64_t tops = 0x8080808080808080u;
  uint32_t at = 0;
  uint64_t wide = 0;
  for (; room - at >= 8; at += 8) {
    uint64_t word = octets_u64(from + at);
    uint64_t zeros = (word - ones) & ~word & tops;
    if (zeros != 0) {
      /* Below the lowest zero the subtraction borrows nothing, so that bit is exact. */
      wide |= word & ((zeros & (~zeros + 1)) - 1);
      while (from[at] != 0) {
        at += 1;
      }
      *has_wide = (wide & tops) != 0;
      return at;
    }
    wide |= word;
  }
  while (at < room && from[at] != 0) {
    wide |= from[at];
    at += 1;
  }
  *has_wide = (wide & tops) != 0;
  return at;
}

static enum pac_result read_latin(struct decoder *decoder, struct span *span, uint32_t start, const char **text) {
  const uint8_t *from = decoder->octets + span->at;
  bool has_wide = false;
  uint32_t length = scan_latin(from, span_left(span), &has_wide);
  if (length == span_left(span)) {
    return pac_decoder_reject(decoder, 21, start);
  }
  PAC_TRY(charge_text(decoder, length + 2, start));
  uint32_t wide = 0;
  for (uint32_t i = 0; i < length && has_wide; i++) {
    wide += from[i] >> 7;
  }
  char *to = NULL;
  PAC_TRY(pac_decoder_text_room(decoder, (size_t)length + wide + 1, &to));
  *text = to;
  if (wide == 0) {
    memcpy(to, from, (size_t)length + 1);
  } else {
    for (uint32_t i = 0; i < length; i++) {
      to = pac_text_put(to, from[i]);
    }
    *to = '\0';
  }
  pac_decoder_keep_text(decoder, (size_t)length + wide + 1);
  span->at += length + 1;
  return PAC_RESULT_OK;
}

static bool is_high(uint16_t unit) {
  return (unit & 0xFC00u) == 0xD800u;
}

static bool is_low(uint16_t unit) {
  return (unit & 0xFC00u) == 0xDC00u;
}

enum pac_result pac_utf16_read(struct decoder *decoder, uint32_t offset, uint32_t units, struct wire_text *text) {
  const uint8_t *from = decoder->octets + offset;
  char *room = NULL;
  PAC_TRY(charge_text(decoder, units * 2, offset));
  PAC_TRY(pac_decoder_text_room(decoder, (size_t)units * 3 + 1, &room));
  char *to = room;
  bool has_unpaired = false;
  for (uint32_t i = 0; i < units; i++) {
    uint32_t code = octets_u16(from + 2 * (size_t)i);
    if (is_high((uint16_t)code) && i + 1 < units && is_low(octets_u16(from + 2 * (size_t)i + 2))) {
      code = 0x10000u + ((code & 0x3FFu) << 10) + (octets_u16(from + 2 * (size_t)i + 2) & 0x3FFu);
      i += 1;
    } else {
      has_unpaired = has_unpaired || is_high((uint16_t)code) || is_low((uint16_t)code);
    }
    to = pac_text_put(to, code);
  }
  *to = '\0';
  pac_decoder_keep_text(decoder, (size_t)(to - room) + 1);
  *text = (struct wire_text){room, (uint32_t)(to - room)};
  if (has_unpaired) {
    pac_decoder_note(decoder, 24, offset);
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_utf16(struct decoder *decoder, struct span *span, uint32_t start, const char **text) {
  const uint8_t *from = decoder->octets + span->at;
  uint32_t left = span_left(span);
  uint32_t units = 0;
  uint16_t all = 0;
  for (;; units++) {
    if (left / 2 <= units) {
      return pac_decoder_reject(decoder, left % 2 != 0 ? 22 : 21, start);
    }
    uint16_t unit = octets_u16(from + 2 * (size_t)units);
    if (unit == 0) {
      break;
    }
    all |= unit;
  }
  if (all <= 0xFF) {
    PAC_TRY(pac_decoder_soft(decoder, 23, start));
  }
  struct wire_text read;
  PAC_TRY(pac_utf16_read(decoder, span->at, units, &read));
  *text = read.text;
  span->at += 2 * (units + 1);
  return PAC_RESULT_OK;
}

enum pac_result pac_encoded_text_read(struct decoder *decoder, struct span *span, const char **text) {
  uint32_t start = span->at;
  uint8_t flag = 0;
  PAC_TRY(read_u8(decoder, span, &flag));
  if (flag > 1) {
    return pac_decoder_reject(decoder, 20, start);
  }
  return flag == 0 ? read_latin(decoder, span, start, text) : read_utf16(decoder, span, start, text);
}

/* Names ----------------------------------------------------------------------------------------------------------- */

static unsigned fold(unsigned unit, bool is_upper) {
  if (is_upper) {
    return unit >= 'a' && unit <= 'z' ? unit - 32 : unit;
  }
  return unit >= 'A' && unit <= 'Z' ? unit + 32 : unit;
}

/* The UTF-16 units of the character at `text`: one or two; a terminator counts as the unit 0. */
static unsigned char_units(const unsigned char *text, uint16_t units[2]) {
  uint32_t code = text[0];
  if (code >= 0xF0) {
    code = ((code & 0x07u) << 18 | (text[1] & 0x3Fu) << 12 | (text[2] & 0x3Fu) << 6 | (text[3] & 0x3Fu)) - 0x10000u;
    units[0] = (uint16_t)(0xD800u | code >> 10);
    units[1] = (uint16_t)(0xDC00u | (code & 0x3FFu));
    return 2;
  }
  if (code >= 0xE0) {
    code = (code & 0x0Fu) << 12 | (text[1] & 0x3Fu) << 6 | (text[2] & 0x3Fu);
  } else if (code >= 0xC0) {
    code = (code & 0x1Fu) << 6 | (text[1] & 0x3Fu);
  }
  units[0] = (uint16_t)code;
  return 1;
}

/* Both differ at `left` and `right`, which stand at the beginning of a character. A character beyond U+FFFF sorts as
 * its surrogates do, below U+E000; and one may share its first unit with an unpaired surrogate of the other name. */
static int order_wide(const unsigned char *left, const unsigned char *right) {
  uint16_t left_units[2];
  uint16_t right_units[2];
  unsigned left_count = char_units(left, left_units);
  unsigned right_count = char_units(right, right_units);
  if (left_units[0] != right_units[0]) {
    return left_units[0] < right_units[0] ? -1 : 1;
  }
  if (left_count == 2 && right_count == 2) {
    return left_units[1] < right_units[1] ? -1 : 1;
  }
  if (left_count == 2) {
    char_units(right + 3, right_units);
    return left_units[1] < right_units[0] ? -1 : 1;
  }
  char_units(left + 3, left_units);
  return left_units[0] < right_units[1] ? -1 : 1;
}

int pac_name_order(const char *left_name, const char *right_name, bool is_upper) {
  const unsigned char *left = (const unsigned char *)left_name;
  const unsigned char *right = (const unsigned char *)right_name;
  size_t i = 0;
  while (left[i] != 0 && fold(left[i], is_upper) == fold(right[i], is_upper)) {
    i += 1;
  }
  unsigned a = fold(left[i], is_upper);
  unsigned b = fold(right[i], is_upper);
  if (a == b) {
    return 0;
  }
  if (a < 0x80 || b < 0x80) {
    return a < b ? -1 : 1;
  }
  while ((left[i] & 0xC0u) == 0x80u) {
    i -= 1;
  }
  return order_wide(left + i, right + i);
}

/* Datetime -------------------------------------------------------------------------------------------------------- */

static bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

/* `count` digits, or as many asterisks when they may stand for the field. */
static bool is_field(const char *text, unsigned count, bool may_be_asterisks) {
  bool is_asterisks = may_be_asterisks && text[0] == '*';
  for (unsigned i = 0; i < count; i++) {
    if (is_asterisks ? text[i] != '*' : !is_digit(text[i])) {
      return false;
    }
  }
  return true;
}

static bool are_microseconds(const char *text) {
  for (unsigned i = 0; i < 6; i++) {
    if (!is_digit(text[i]) && text[i] != '*') {
      return false;
    }
  }
  return true;
}

bool pac_datetime_is_formed(const char *text) {
  if (strlen(text) != 25 || text[14] != '.' || !are_microseconds(text + 15)) {
    return false;
  }
  if (text[21] == ':') {
    return is_field(text, 14, false) && strcmp(text + 22, "000") == 0;
  }
  if ((text[21] != '+' && text[21] != '-') || !is_field(text, 4, true) || !is_field(text + 22, 3, true)) {
    return false;
  }
  for (unsigned at = 4; at < 14; at += 2) {
    if (!is_field(text + at, 2, true)) {
      return false;
    }
  }
  return true;
}
