/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of the contract: statuses in both dialects, profiles, flags and events, found and printed. Which of them a
 * put may give is left to the decision table and the suites.
 */
#include "pacheck/contract.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct status_row {
  pac_hresult hresult;
  const char *word;
  const char *text;
};

static const struct status_row statuses[PAC_STATUS_COUNT] = {
#define PAC_STATUS_ROW(name, hresult_, word_, text_) \
  [PAC_STATUS_##name] = {.hresult = (hresult_), .word = (word_), .text = (text_)},
    PAC_STATUS_MAP(PAC_STATUS_ROW)
#undef PAC_STATUS_ROW
};

/* The two values that the page prints for other names than the headers do. */
static const struct {
  enum pac_status page_status;
  pac_hresult page_hresult;
} disputed[] = {
    {PAC_STATUS_ILLEGAL_NULL, 0x8004100Au},
    {PAC_STATUS_INVALID_OBJECT, 0x80041014u},
};
enum { DISPUTED_COUNT = sizeof disputed / sizeof *disputed };

struct flag_row {
  uint32_t bits;
  const char *word;
};

static const struct flag_row flag_rows[] = {
#define PAC_FLAG_ROW(name, bits_, word_) {.bits = (bits_), .word = (word_)},
    PAC_FLAG_MAP(PAC_FLAG_ROW)
#undef PAC_FLAG_ROW
};
enum { FLAG_ROW_COUNT = sizeof flag_rows / sizeof *flag_rows };

static const char *const profile_words[] = {
#define PAC_PROFILE_WORD(name, word) [PAC_PROFILE_##name] = (word),
    PAC_PROFILE_MAP(PAC_PROFILE_WORD)
#undef PAC_PROFILE_WORD
};
enum { PROFILE_COUNT = sizeof profile_words / sizeof *profile_words };

/* Printing in pieces: what does not fit is counted and cut off, and the buffer stays terminated. */
struct print {
  char *buffer;
  size_t size;
  size_t length;
};

static void print_text(struct print *print, const char *text) {
  for (; *text != '\0'; text++) {
    if (print->buffer != NULL && print->length + 1 < print->size) {
      print->buffer[print->length] = *text;
      print->buffer[print->length + 1] = '\0';
    }
    print->length += 1;
  }
}

static void print_hexadecimal(struct print *print, uint32_t number, bool all_digits) {
  char digits[sizeof "0x12345678"];
  snprintf(digits, sizeof digits, all_digits ? "0x%08" PRIX32 : "0x%" PRIX32, number);
  print_text(print, digits);
}

static struct print print_start(char *buffer, size_t size) {
  if (buffer != NULL && size > 0) {
    buffer[0] = '\0';
  }
  return (struct print){.buffer = buffer, .size = size};
}

/* Profiles -------------------------------------------------------------------------------------------------------- */

const char *pac_profile_word(enum pac_profile profile) {
  return (unsigned)profile < PROFILE_COUNT ? profile_words[profile] : "unknown profile";
}

enum pac_result pac_profile_find(const char *word, enum pac_profile *profile) {
  if (word == NULL || profile == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  for (unsigned at = 0; at < PROFILE_COUNT; at++) {
    if (strcmp(profile_words[at], word) == 0) {
      *profile = (enum pac_profile)at;
      return PAC_RESULT_OK;
    }
  }
  return PAC_RESULT_NOT_FOUND;
}

/* Statuses -------------------------------------------------------------------------------------------------------- */

pac_hresult pac_status_hresult(enum pac_status status, enum pac_profile profile) {
  for (size_t at = 0; profile != PAC_PROFILE_HEADER && at < DISPUTED_COUNT; at++) {
    if (disputed[at].page_status == status) {
      return disputed[at].page_hresult;
    }
  }
  return statuses[(unsigned)status < PAC_STATUS_COUNT ? status : PAC_STATUS_FAILED].hresult;
}

const char *pac_status_word(enum pac_status status) {
  return (unsigned)status < PAC_STATUS_COUNT ? statuses[status].word : "unknown status";
}

const char *pac_status_text(enum pac_status status) {
  return (unsigned)status < PAC_STATUS_COUNT ? statuses[status].text : "unknown status";
}

enum pac_result pac_status_find(const char *word, enum pac_status *status) {
  if (word == NULL || status == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  for (unsigned at = 0; at < PAC_STATUS_COUNT; at++) {
    if (strcmp(statuses[at].word, word) == 0) {
      *status = (enum pac_status)at;
      return PAC_RESULT_OK;
    }
  }
  return PAC_RESULT_NOT_FOUND;
}

enum pac_result pac_status_of_hresult(pac_hresult code, enum pac_status *status) {
  if (status == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  for (unsigned at = 0; at < PAC_STATUS_COUNT; at++) {
    if (statuses[at].hresult == code) {
      *status = (enum pac_status)at;
      return PAC_RESULT_OK;
    }
  }
  return PAC_RESULT_NOT_FOUND;
}

size_t pac_hresult_print(pac_hresult code, char *buffer, size_t size) {
  struct print print = print_start(buffer, size);
  enum pac_status status;
  if (pac_status_of_hresult(code, &status) != PAC_RESULT_OK) {
    print_hexadecimal(&print, code, true);
    return print.length;
  }
  for (size_t at = 0; at < DISPUTED_COUNT; at++) {
    if (disputed[at].page_hresult == code) {
      print_hexadecimal(&print, code, true);
      print_text(&print, " (page: ");
      print_text(&print, pac_status_word(disputed[at].page_status));
      print_text(&print, ", header: ");
      print_text(&print, pac_status_word(status));
      print_text(&print, ")");
      return print.length;
    }
  }
  print_text(&print, pac_status_word(status));
  print_text(&print, " (");
  print_hexadecimal(&print, code, true);
  print_text(&print, ")");
  return print.length;
}

bool pac_hresult_is_published(pac_hresult code) {
  enum pac_status status;
  uint32_t high = code >> 16;
  bool is_of_system = high == 0x8007u || high == 0x8000u || (high == 0x8004u && (code & 0xf000u) == 0u);
  bool is_of_transport = high == 0x8001u || high == 0x8008u;
  return pac_status_of_hresult(code, &status) == PAC_RESULT_OK || is_of_system || is_of_transport;
}

/* Flags ----------------------------------------------------------------------------------------------------------- */

uint32_t pac_flags_combine(const struct pac_flag_axes *axes) {
  static const uint32_t create_bits[] = {
      [PAC_CREATE_OR_UPDATE] = 0, [PAC_UPDATE_ONLY] = PAC_FLAG_UPDATE_ONLY, [PAC_CREATE_ONLY] = PAC_FLAG_CREATE_ONLY};
  static const uint32_t update_bits[] = {
      [PAC_UPDATE_COMPATIBLE] = 0, [PAC_UPDATE_SAFE] = PAC_FLAG_UPDATE_SAFE, [PAC_UPDATE_FORCE] = PAC_FLAG_UPDATE_FORCE};

  if (axes == NULL) {
    return 0;
  }
  uint32_t flags = axes->other_bits;
  flags |= (unsigned)axes->create <= PAC_CREATE_ONLY ? create_bits[axes->create] : 0;
  flags |= (unsigned)axes->update <= PAC_UPDATE_FORCE ? update_bits[axes->update] : 0;
  flags |= axes->returning == PAC_RETURN_IMMEDIATELY ? (uint32_t)PAC_FLAG_RETURN_IMMEDIATELY : 0;
  flags |= axes->is_amended ? (uint32_t)PAC_FLAG_AMENDED : 0;
  return flags;
}

size_t pac_flags_print(uint32_t flags, char *buffer, size_t size) {
  struct print print = print_start(buffer, size);
  print_hexadecimal(&print, flags, false);

  uint32_t unnamed = flags;
  const char *before = " (";
  for (size_t at = 0; at < FLAG_ROW_COUNT; at++) {
    if ((flags & flag_rows[at].bits) != 0) {
      print_text(&print, before);
      print_text(&print, flag_rows[at].word);
      before = " | ";
      unnamed &= ~flag_rows[at].bits;
    }
  }
  if (unnamed == flags) {
    return print.length; /* nothing has a name, and the number stands there already */
  }
  if (unnamed != 0) {
    print_text(&print, before);
    print_hexadecimal(&print, unnamed, false);
  }
  print_text(&print, ")");
  return print.length;
}

/* Events ---------------------------------------------------------------------------------------------------------- */

const char *pac_event_word(enum pac_event_kind kind) {
  switch (kind) {
#define PAC_EVENT_CASE(name, number, word) \
  case PAC_EVENT_##name:                   \
    return word;
    PAC_EVENT_MAP(PAC_EVENT_CASE)
#undef PAC_EVENT_CASE
  }
  return "unknown event";
}
