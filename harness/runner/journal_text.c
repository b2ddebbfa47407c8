/* SPDX-License-Identifier: Apache-2.0 */
/* Reads UTF-8 that may be anything. What stands for an invalid octet or a control is decided by those who print. */
#include "runner/journal_text.h"

uint32_t pac_journal_text_code_point(const char *text, size_t length, size_t *octets) {
  const unsigned char *in = (const unsigned char *)text;
  *octets = 1;
  if (in[0] < 0x80) {
    return in[0];
  }
  size_t count;
  uint32_t code, least;
  if (in[0] >= 0xc2 && in[0] <= 0xdf) {
    count = 2, code = in[0] & 0x1fu, least = 0x80;
  } else if (in[0] >= 0xe0 && in[0] <= 0xef) {
    count = 3, code = in[0] & 0x0fu, least = 0x800;
  } else if (in[0] >= 0xf0 && in[0] <= 0xf4) {
    count = 4, code = in[0] & 0x07u, least = 0x10000;
  } else {
    return PAC_JOURNAL_TEXT_INVALID;
  }
  if (count > length) {
    return PAC_JOURNAL_TEXT_INVALID;
  }
  for (size_t i = 1; i < count; i++) {
    if ((in[i] & 0xc0u) != 0x80u) {
      return PAC_JOURNAL_TEXT_INVALID;
    }
    code = code << 6 | (in[i] & 0x3fu);
  }
  if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    return PAC_JOURNAL_TEXT_INVALID;
  }
  *octets = count;
  return code;
}

bool pac_journal_text_is_control(uint32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7f && code_point <= 0x9f);
}
