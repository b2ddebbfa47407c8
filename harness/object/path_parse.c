/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parser of object paths: one pass from left to right, nothing recursive. It takes what the published grammar states
 * and, beyond it, slashes of either kind, single quotes round text and hexadecimal numbers. A backslash inside quotes
 * escapes a quote or a backslash; before anything else it is malformed, because nothing says what it would mean.
 */
#include <string.h>

#include "object/arena.h"
#include "object/path_internal.h"
#include "object/text.h"

struct parser {
  struct pac_path *path;
  const char *at;
  const char *end;
};

static bool is_slash(char letter) {
  return letter == '\\' || letter == '/';
}

static bool skip(struct parser *parser, char letter) {
  if (parser->at < parser->end && *parser->at == letter) {
    parser->at++;
    return true;
  }
  return false;
}

static bool is_one_of(char letter, const char *set) {
  return strchr(set, letter) != NULL;
}

/* The first place from the cursor on that holds one of `stops`, or the end. */
static const char *find_any(const struct parser *parser, const char *stops) {
  const char *at = parser->at;
  while (at < parser->end && !is_one_of(*at, stops)) {
    at++;
  }
  return at;
}

static enum pac_result keep_text(struct parser *parser, const char *end, const char **kept) {
  *kept = pac_arena_copy_text(parser->path->arena, parser->at, (size_t)(end - parser->at));
  parser->at = end;
  return *kept != NULL ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
}

/* `\\server\` */
static enum pac_result parse_server(struct parser *parser) {
  parser->at += 2;
  const char *end = find_any(parser, "\\/");
  if (end == parser->end || !pac_path_is_server(parser->at, (size_t)(end - parser->at))) {
    return PAC_RESULT_MALFORMED;
  }
  PAC_TRY(keep_text(parser, end, &parser->path->server));
  parser->at++;
  return PAC_RESULT_OK;
}

/* `ns:`, which has to be there after a server. A colon behind the first equals sign or quote belongs to a key. */
static enum pac_result parse_namespace(struct parser *parser) {
  const char *end = find_any(parser, ":=\"'");
  if (end == parser->end || *end != ':') {
    return parser->path->server == NULL ? PAC_RESULT_OK : PAC_RESULT_MALFORMED;
  }
  size_t length = (size_t)(end - parser->at);
  if (!pac_path_is_namespace(parser->at, length)) {
    return PAC_RESULT_MALFORMED;
  }
  parser->path->namespace_name = pac_path_copy_namespace(parser->path->arena, parser->at, length);
  parser->at = end + 1;
  return parser->path->namespace_name != NULL ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
}

static enum pac_result parse_name(struct parser *parser, const char *stops, const char **name) {
  const char *end = find_any(parser, stops);
  if (!pac_path_is_name(parser->at, (size_t)(end - parser->at))) {
    return PAC_RESULT_MALFORMED;
  }
  return keep_text(parser, end, name);
}

/* Text in quotes of the kind at the cursor. */
static enum pac_result parse_text(struct parser *parser, struct pac_value *value) {
  char quote = *parser->at++;
  char *text = pac_arena_allocate_text(parser->path->arena, (size_t)(parser->end - parser->at) + 1);
  if (text == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  size_t length = 0;
  while (parser->at < parser->end && *parser->at != quote) {
    if (*parser->at == '\\') {
      parser->at++;
      if (parser->at == parser->end || !is_one_of(*parser->at, "\\\"'")) {
        return PAC_RESULT_MALFORMED;
      }
    }
    text[length++] = *parser->at++;
  }
  if (!skip(parser, quote)) {
    return PAC_RESULT_MALFORMED;
  }
  text[length] = '\0';
  *value = pac_value_string(text);
  return PAC_RESULT_OK;
}

static int digit_of(char letter) {
  if (letter >= '0' && letter <= '9') {
    return letter - '0';
  }
  unsigned char folded = pac_text_fold((unsigned char)letter);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : 16;
}

/* A number that fits in 64 bits: negative ones as sint64, all others as uint64, so that each has one form. */
static enum pac_result parse_integer(struct parser *parser, struct pac_value *value) {
  bool is_negative = skip(parser, '-');
  if (!is_negative) {
    skip(parser, '+');
  }
  uint64_t base = 10;
  if (parser->end - parser->at > 2 && parser->at[0] == '0' && (parser->at[1] == 'x' || parser->at[1] == 'X')) {
    base = 16;
    parser->at += 2;
  }
  uint64_t magnitude = 0;
  const char *first = parser->at;
  for (; parser->at < parser->end && (uint64_t)digit_of(*parser->at) < base; parser->at++) {
    uint64_t digit = (uint64_t)digit_of(*parser->at);
    if (magnitude > (UINT64_MAX - digit) / base) {
      return PAC_RESULT_MALFORMED;
    }
    magnitude = magnitude * base + digit;
  }
  if (parser->at == first || (is_negative && magnitude > (uint64_t)INT64_MAX + 1)) {
    return PAC_RESULT_MALFORMED;
  }
  if (is_negative && magnitude != 0) {
    *value = pac_value_sint(PAC_CIM_SINT64, -(int64_t)(magnitude - 1) - 1);
  } else {
    *value = pac_value_uint(PAC_CIM_UINT64, magnitude);
  }
  return PAC_RESULT_OK;
}

static bool skip_word(struct parser *parser, const char *word) {
  size_t length = strlen(word);
  if ((size_t)(parser->end - parser->at) < length) {
    return false;
  }
  for (size_t i = 0; i < length; i++) {
    if (pac_text_fold((unsigned char)parser->at[i]) != (unsigned char)word[i]) {
      return false;
    }
  }
  parser->at += length;
  return true;
}

static enum pac_result parse_value(struct parser *parser, struct pac_value *value) {
  if (parser->at < parser->end && is_one_of(*parser->at, "\"'")) {
    return parse_text(parser, value);
  }
  if (skip_word(parser, "true")) {
    *value = pac_value_boolean(true);
    return PAC_RESULT_OK;
  }
  if (skip_word(parser, "false")) {
    *value = pac_value_boolean(false);
    return PAC_RESULT_OK;
  }
  return parse_integer(parser, value);
}

/* `.Key=value,Key=value` */
static enum pac_result parse_named_keys(struct parser *parser) {
  do {
    const char *name = NULL;
    struct pac_value value;
    PAC_TRY(parse_name(parser, "=", &name));
    if (!skip(parser, '=')) {
      return PAC_RESULT_MALFORMED;
    }
    PAC_TRY(parse_value(parser, &value));
    for (uint32_t i = 0; i < parser->path->key_count; i++) {
      if (pac_name_equal(parser->path->keys[i].name, name)) {
        return PAC_RESULT_MALFORMED;
      }
    }
    PAC_TRY(pac_path_append_key(parser->path, name, &value));
  } while (skip(parser, ','));
  return PAC_RESULT_OK;
}

/* Nothing for a class, `=@`, `=value` or `.Key=value,...`. */
static enum pac_result parse_key_part(struct parser *parser) {
  if (skip(parser, '.')) {
    return parse_named_keys(parser);
  }
  if (!skip(parser, '=')) {
    return PAC_RESULT_OK;
  }
  if (skip(parser, '@')) {
    parser->path->is_singleton = true;
    return PAC_RESULT_OK;
  }
  struct pac_value value;
  PAC_TRY(parse_value(parser, &value));
  return pac_path_append_key(parser->path, NULL, &value);
}

static enum pac_result parse(struct parser *parser) {
  if (parser->end - parser->at >= 2 && is_slash(parser->at[0]) && is_slash(parser->at[1])) {
    PAC_TRY(parse_server(parser));
  }
  PAC_TRY(parse_namespace(parser));
  PAC_TRY(parse_name(parser, ".=", &parser->path->class_name));
  PAC_TRY(parse_key_part(parser));
  return parser->at == parser->end ? PAC_RESULT_OK : PAC_RESULT_MALFORMED;
}

enum pac_result pac_path_parse(const struct pac_memory *memory, const char *text, struct pac_path **given) {
  if (text == NULL) {
    return PAC_RESULT_MALFORMED;
  }
  size_t length = strnlen(text, PAC_PATH_OCTETS_MAX + 1u);
  if (length > PAC_PATH_OCTETS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  if (!pac_text_is_well_formed(text, length)) {
    return PAC_RESULT_MALFORMED;
  }
  struct pac_path *path = NULL;
  PAC_TRY(pac_path_new(memory, 2 * length, &path));
  struct parser parser = {.path = path, .at = text, .end = text + length};
  enum pac_result result = parse(&parser);
  if (result != PAC_RESULT_OK) {
    pac_path_free(path);
    return result;
  }
  *given = path;
  return PAC_RESULT_OK;
}
