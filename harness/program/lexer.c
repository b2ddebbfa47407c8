/* SPDX-License-Identifier: Apache-2.0 */
/* Splits the text form into tokens and keeps the first thing that was wrong as one sentence with its line. */
#include "program/lexer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object/text.h"

static bool begins_with(const char *text, size_t length, const char *octets) {
  return length >= strlen(octets) && memcmp(text, octets, strlen(octets)) == 0;
}

void pac_lexer_start(struct pac_lexer *lexer, struct pac_program *program, const char *text, size_t length, char *why,
                     size_t why_size) {
  *lexer = (struct pac_lexer){.program = program,
                              .at = text,
                              .end = text + length,
                              .line = 1,
                              .taken_line = 1,
                              .token = {.line = 1},
                              .result = PAC_RESULT_OK,
                              .why = why,
                              .why_size = why_size};
  if (begins_with(text, length, "\xFF\xFE") || begins_with(text, length, "\xFE\xFF")) {
    (void)pac_lexer_fail(lexer, "the text is UTF-16; it has to be UTF-8");
    return;
  }
  /* Editors put U+FEFF in front of a text; it says no more than in which encoding that is. */
  lexer->at += begins_with(text, length, "\xEF\xBB\xBF") ? 3 : 0;
  (void)pac_lexer_next(lexer);
}

/* Only the first failure is kept. Gives false. */
static bool fail_at(struct pac_lexer *lexer, uint32_t line, const char *format, va_list arguments) {
  if (lexer->result == PAC_RESULT_OK) {
    int used = snprintf(lexer->why, lexer->why_size, "line %u: ", (unsigned)line);
    lexer->result = PAC_RESULT_MALFORMED;
    if (used > 0 && (size_t)used < lexer->why_size) {
      (void)vsnprintf(lexer->why + used, lexer->why_size - (size_t)used, format, arguments);
    }
  }
  return false;
}

bool pac_lexer_fail(struct pac_lexer *lexer, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  (void)fail_at(lexer, lexer->token.line, format, arguments);
  va_end(arguments);
  return false;
}

bool pac_lexer_fail_taken(struct pac_lexer *lexer, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  (void)fail_at(lexer, lexer->taken_line, format, arguments);
  va_end(arguments);
  return false;
}

bool pac_lexer_try(struct pac_lexer *lexer, enum pac_result result, const char *what) {
  if (result == PAC_RESULT_OK) {
    return true;
  }
  (void)pac_lexer_fail_taken(lexer, "%s: %s", what[0] == '\0' ? "an empty name" : what, pac_result_text(result));
  lexer->result = result == PAC_RESULT_NO_MEMORY || result == PAC_RESULT_LIMIT ? result : lexer->result;
  return false;
}

static bool is_letter(char octet) {
  return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || octet == '_';
}

static bool is_digit(char octet) {
  return octet >= '0' && octet <= '9';
}

static char peek(const struct pac_lexer *lexer, size_t distance) {
  return (size_t)(lexer->end - lexer->at) > distance ? lexer->at[distance] : '\0';
}

/* A line ends in a line feed, in a carriage return, or in both. */
static bool is_line_end(const struct pac_lexer *lexer) {
  return *lexer->at == '\n' || (*lexer->at == '\r' && peek(lexer, 1) != '\n');
}

static void skip_line(struct pac_lexer *lexer) {
  while (lexer->at < lexer->end && !is_line_end(lexer)) {
    lexer->at++;
  }
}

/* Gaps and comments; false when a comment does not end. */
static bool skip(struct pac_lexer *lexer) {
  while (lexer->at < lexer->end) {
    char octet = *lexer->at;
    if (octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n') {
      lexer->line += is_line_end(lexer);
      lexer->at++;
    } else if (begins_with(lexer->at, (size_t)(lexer->end - lexer->at), "#pragma")) {
      lexer->token.line = lexer->line;
      return pac_lexer_fail(lexer, "#pragma has no meaning here: flags stand behind a put, 'connect' makes a namespace");
    } else if (octet == '#' || (octet == '/' && peek(lexer, 1) == '/')) {
      skip_line(lexer);
    } else if (octet == '/' && peek(lexer, 1) == '*') {
      uint32_t first_line = lexer->line;
      for (lexer->at += 2; !(peek(lexer, 0) == '*' && peek(lexer, 1) == '/'); lexer->at++) {
        if (lexer->at >= lexer->end) {
          lexer->token.line = first_line;
          return pac_lexer_fail(lexer, "the comment that begins here does not end");
        }
        lexer->line += is_line_end(lexer);
      }
      lexer->at += 2;
    } else {
      break;
    }
  }
  return true;
}

static bool keep_text(struct pac_lexer *lexer, const char *text, size_t length) {
  lexer->token.text = pac_arena_copy_text(lexer->program->arena, text, length);
  return pac_lexer_try(lexer, lexer->token.text == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK, "a word");
}

static bool take_word(struct pac_lexer *lexer, enum pac_token_kind kind) {
  const char *start = lexer->at;
  while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0)) || (peek(lexer, 0) == '-' && is_letter(peek(lexer, 1)))) {
    lexer->at++;
  }
  lexer->token.kind = kind;
  return keep_text(lexer, start, (size_t)(lexer->at - start));
}

static bool take_number(struct pac_lexer *lexer) {
  const char *start = lexer->at;
  while (is_digit(peek(lexer, 0)) || is_letter(peek(lexer, 0)) || peek(lexer, 0) == '.' ||
         ((peek(lexer, 0) == '-' || peek(lexer, 0) == '+') && (lexer->at[-1] == 'e' || lexer->at[-1] == 'E') &&
          !(start[0] == '0' && (start[1] == 'x' || start[1] == 'X')))) {
    lexer->at++;
  }
  lexer->token.kind = PAC_TOKEN_NUMBER;
  return keep_text(lexer, start, (size_t)(lexer->at - start));
}

/* Escapes and characters --------------------------------------------------------------------------------------------- */

static int hex_value(char octet) {
  return is_digit(octet) ? octet - '0' : octet >= 'a' && octet <= 'f' ? octet - 'a' + 10
                                   : octet >= 'A' && octet <= 'F'     ? octet - 'A' + 10
                                                                      : -1;
}

/* After the backslash. */
static bool take_escape(struct pac_lexer *lexer, uint32_t *unit) {
  static const char letters[] = "btnfr\"'\\";
  static const char meanings[] = "\b\t\n\f\r\"'\\";
  char letter = peek(lexer, 0);
  const char *found = letter == '\0' ? NULL : strchr(letters, letter);
  lexer->at += lexer->at < lexer->end;
  if (found != NULL) {
    *unit = (uint32_t)(unsigned char)meanings[found - letters];
    return true;
  }
  if (letter != 'x' && letter != 'X') {
    return pac_lexer_fail(lexer, "there is no escape \\%c", letter >= ' ' && letter <= '~' ? letter : '?');
  }
  *unit = 0;
  int digits = 0;
  for (; digits < 4 && hex_value(peek(lexer, 0)) >= 0; digits++) {
    *unit = *unit << 4 | (uint32_t)hex_value(peek(lexer, 0));
    lexer->at++;
  }
  return digits > 0 && *unit != 0 ? true : pac_lexer_fail(lexer, "\\x needs up to four hexadecimal digits, and not of zero");
}

/* The rest of a string after its opening mark, appended at `to`. *high is the first half of a pair of surrogates that was just
 * written. */
static bool take_string_part(struct pac_lexer *lexer, char *to, size_t *used, uint32_t *high) {
  while (peek(lexer, 0) != '"') {
    if (lexer->at >= lexer->end || *lexer->at == '\n' || *lexer->at == '\0') {
      return pac_lexer_fail(lexer, "the text that begins here does not end on its line");
    }
    uint32_t unit = 0;
    if (*lexer->at != '\\') {
      to[(*used)++] = *lexer->at++;
      *high = 0;
      continue;
    }
    lexer->at++;
    if (!take_escape(lexer, &unit)) {
      return false;
    }
    if (*high != 0 && unit >= 0xDC00u && unit <= 0xDFFFu) {
      *used -= 3;
      unit = 0x10000u + ((*high - 0xD800u) << 10) + (unit - 0xDC00u);
    }
    *high = unit >= 0xD800u && unit <= 0xDBFFu ? unit : 0;
    *used = (size_t)(pac_text_put(to + *used, unit) - to);
  }
  lexer->at++;
  return true;
}

/* The octets of the part that begins at the cursor, its marks included; what it means is no longer. */
static size_t part_length(const struct pac_lexer *lexer) {
  const char *at = lexer->at + 1;
  while (at < lexer->end && *at != '"' && *at != '\n') {
    at += *at == '\\' && lexer->end - at > 1 ? 2 : 1;
  }
  return (size_t)(at - lexer->at) + 1;
}

/* Makes room for `length` octets behind those that are used. */
static bool reserve(struct pac_lexer *lexer, char **text, size_t used, size_t length, size_t *capacity) {
  if (length <= *capacity - used) {
    return true;
  }
  size_t larger = used + length > 2 * *capacity ? used + length : 2 * *capacity;
  char *longer = pac_arena_allocate(lexer->program->arena, larger);
  if (!pac_lexer_try(lexer, longer == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK, "a text")) {
    return false;
  }
  if (used > 0) {
    memcpy(longer, *text, used);
  }
  *text = longer;
  *capacity = larger;
  return true;
}

/* Parts that stand beside each other are one text. */
static bool take_string(struct pac_lexer *lexer) {
  char *text = NULL;
  size_t used = 0, capacity = 0;
  uint32_t high = 0;
  do {
    if (!reserve(lexer, &text, used, part_length(lexer), &capacity)) {
      return false;
    }
    lexer->at++;
    if (!take_string_part(lexer, text, &used, &high) || !skip(lexer)) {
      return false;
    }
  } while (peek(lexer, 0) == '"');
  text[used] = '\0';
  struct pac_value as_value = pac_value_string(text);
  lexer->token.kind = PAC_TOKEN_STRING;
  lexer->token.text = text;
  return pac_value_check(&as_value) == PAC_RESULT_OK ? true : pac_lexer_fail(lexer, "the text is not well-formed UTF-8");
}

static bool take_char(struct pac_lexer *lexer) {
  uint32_t unit = 0;
  lexer->at++;
  if (peek(lexer, 0) == '\\') {
    lexer->at++;
    if (peek(lexer, 0) == 'x' && peek(lexer, 1) == '0' && peek(lexer, 2) == '0' && peek(lexer, 3) == '0' &&
        peek(lexer, 4) == '0') {
      lexer->at += 5; /* the unit zero, which a text cannot hold and a character can */
    } else if (!take_escape(lexer, &unit)) {
      return false;
    }
  } else {
    unit = (uint32_t)(unsigned char)peek(lexer, 0);
    lexer->at += lexer->at < lexer->end;
    if (unit < 0x20u || unit >= 0x80u) {
      return pac_lexer_fail(lexer, "a character is written as itself only in ASCII; use '\\x20AC'");
    }
  }
  if (peek(lexer, 0) != '\'') {
    return pac_lexer_fail(lexer, "a character is one character between single quotes");
  }
  lexer->at++;
  lexer->token.kind = PAC_TOKEN_CHAR;
  lexer->token.unit = (uint16_t)unit;
  return true;
}

bool pac_lexer_next(struct pac_lexer *lexer) {
  lexer->taken_line = lexer->token.line;
  if (lexer->result != PAC_RESULT_OK || !skip(lexer)) {
    return false;
  }
  lexer->token = (struct pac_token){.kind = PAC_TOKEN_END, .line = lexer->line};
  if (lexer->at >= lexer->end) {
    return true;
  }
  char octet = *lexer->at;
  if (is_letter(octet)) {
    return take_word(lexer, PAC_TOKEN_WORD);
  }
  if (is_digit(octet) || (octet == '.' && is_digit(peek(lexer, 1)))) {
    return take_number(lexer);
  }
  if (octet == '"') {
    return take_string(lexer);
  }
  if (octet == '\'') {
    return take_char(lexer);
  }
  if (octet == '$' && is_letter(peek(lexer, 1))) {
    lexer->at++;
    return take_word(lexer, PAC_TOKEN_ALIAS);
  }
  if (strchr("[](){}:;,=|+-", octet) == NULL || octet == '\0') {
    bool is_shown = octet > ' ' && octet <= '~';
    return (octet & 0x80) != 0
               ? pac_lexer_fail(lexer, "a name with characters beyond ASCII stands in quotes")
               : pac_lexer_fail(lexer, is_shown ? "'%c' means nothing here" : "an octet that means nothing here",
                                octet);
  }
  lexer->at++;
  lexer->token.kind = PAC_TOKEN_MARK;
  lexer->token.mark = octet;
  return true;
}

/* Taking -------------------------------------------------------------------------------------------------------------- */

bool pac_lexer_is_word(const struct pac_lexer *lexer, const char *word) {
  return lexer->result == PAC_RESULT_OK && lexer->token.kind == PAC_TOKEN_WORD &&
         pac_name_compare(lexer->token.text, word) == 0;
}

bool pac_lexer_is_mark(const struct pac_lexer *lexer, char mark) {
  return lexer->result == PAC_RESULT_OK && lexer->token.kind == PAC_TOKEN_MARK && lexer->token.mark == mark;
}

bool pac_lexer_take_word(struct pac_lexer *lexer, const char *word) {
  return pac_lexer_is_word(lexer, word) && pac_lexer_next(lexer);
}

bool pac_lexer_take_mark(struct pac_lexer *lexer, char mark) {
  return pac_lexer_is_mark(lexer, mark) && pac_lexer_next(lexer);
}

bool pac_lexer_need_mark(struct pac_lexer *lexer, char mark) {
  char shown[64];
  if (pac_lexer_is_mark(lexer, mark)) {
    return pac_lexer_next(lexer);
  }
  return pac_lexer_fail(lexer, "'%c' is missing before %s", mark, pac_lexer_shown(lexer, shown, sizeof shown));
}

bool pac_lexer_need_name(struct pac_lexer *lexer, const char *what, const char **name) {
  char shown[64];
  if (lexer->token.kind != PAC_TOKEN_WORD && lexer->token.kind != PAC_TOKEN_STRING) {
    return pac_lexer_fail(lexer, "%s is missing before %s", what, pac_lexer_shown(lexer, shown, sizeof shown));
  }
  *name = lexer->token.text;
  return pac_lexer_next(lexer);
}

bool pac_lexer_need_number(struct pac_lexer *lexer, const char *what, uint64_t minimum, uint64_t maximum, uint64_t *number) {
  char shown[64];
  char *end = NULL;
  errno = 0;
  if (lexer->token.kind == PAC_TOKEN_NUMBER) {
    *number = strtoull(lexer->token.text, &end, 0);
  }
  if (end == NULL || *end != '\0' || errno != 0 || *number < minimum || *number > maximum) {
    return pac_lexer_fail(lexer, "%s is a number from %llu to %llu, not %s", what, (unsigned long long)minimum,
                          (unsigned long long)maximum, pac_lexer_shown(lexer, shown, sizeof shown));
  }
  return pac_lexer_next(lexer);
}

const char *pac_lexer_shown(const struct pac_lexer *lexer, char *buffer, size_t size) {
  switch (lexer->token.kind) {
    case PAC_TOKEN_END:
      return "the end of the file";
    case PAC_TOKEN_MARK:
      (void)snprintf(buffer, size, "'%c'", lexer->token.mark);
      break;
    case PAC_TOKEN_CHAR:
      return "a character";
    default:
      (void)snprintf(buffer, size, "%s'%s'", lexer->token.kind == PAC_TOKEN_STRING ? "the text " : "",
                     lexer->token.text == NULL ? "" : lexer->token.text);
      break;
  }
  return buffer;
}
