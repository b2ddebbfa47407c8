/* SPDX-License-Identifier: Apache-2.0 */
/* Values as MOF writes them: of a declared type, or saying their type themselves. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "program/mof.h"

/* Declarations inside values inside declarations. */
#define DEPTH_MAX 8u

static bool take_sign(struct pac_lexer *lexer) {
  bool is_negative = pac_lexer_is_mark(lexer, '-');
  (void)(pac_lexer_take_mark(lexer, '-') || pac_lexer_take_mark(lexer, '+'));
  return is_negative;
}

static bool take_integer(struct pac_lexer *lexer, enum pac_cim_type type, union pac_scalar *scalar) {
  bool is_signed = false;
  (void)pac_cim_type_is_integer(type, &is_signed, NULL);
  bool is_negative = take_sign(lexer);
  uint64_t number = 0;
  if (!pac_lexer_need_number(lexer, "an integer", 0, UINT64_MAX, &number)) {
    return false;
  }
  if (is_negative && (!is_signed || number > (uint64_t)INT64_MAX + 1)) {
    return pac_lexer_fail_taken(lexer, "-%llu is no %s", (unsigned long long)number, pac_cim_type_word(type));
  }
  if (is_signed && !is_negative && number > (uint64_t)INT64_MAX) {
    return pac_lexer_fail_taken(lexer, "%llu is no %s", (unsigned long long)number, pac_cim_type_word(type));
  }
  if (is_signed) {
    scalar->sint = is_negative ? (int64_t)(0 - number) : (int64_t)number;
  } else {
    scalar->uint = number;
  }
  return true;
}

static bool take_real(struct pac_lexer *lexer, enum pac_cim_type type, union pac_scalar *scalar) {
  char shown[64];
  char *end = NULL;
  bool is_negative = take_sign(lexer);
  double number = 0;
  if (pac_lexer_take_word(lexer, "Infinity")) {
    number = (double)INFINITY;
  } else {
    if (lexer->token.kind == PAC_TOKEN_NUMBER) {
      number = strtod(lexer->token.text, &end);
    }
    if (end == NULL || *end != '\0') {
      return pac_lexer_fail(lexer, "a number is missing before %s", pac_lexer_shown(lexer, shown, sizeof shown));
    }
    if (isinf(type == PAC_CIM_REAL32 ? (float)number : number)) {
      return pac_lexer_fail(lexer, "%s is no %s", lexer->token.text, pac_cim_type_word(type));
    }
    if (!pac_lexer_next(lexer)) {
      return false;
    }
  }
  number = is_negative ? -number : number;
  if (type == PAC_CIM_REAL32) {
    scalar->real32 = (float)number;
  } else {
    scalar->real64 = number;
  }
  return true;
}

static bool take_object(struct pac_lexer *lexer, union pac_scalar *scalar) {
  uint32_t row = PAC_PROGRAM_NONE;
  if (lexer->token.kind == PAC_TOKEN_ALIAS) {
    row = pac_mof_alias_row(lexer->program, lexer->token.text);
    if (row == PAC_PROGRAM_NONE) {
      return pac_lexer_fail(lexer, "$%s is not declared above", lexer->token.text);
    }
    scalar->object = lexer->program->objects[row].object;
    return pac_lexer_next(lexer);
  }
  if (lexer->depth == DEPTH_MAX) {
    return pac_lexer_fail(lexer, "objects are declared more than %u deep in each other", DEPTH_MAX);
  }
  lexer->depth += 1;
  bool is_there = pac_mof_declaration(lexer, &row);
  lexer->depth -= 1;
  if (is_there) {
    scalar->object = lexer->program->objects[row].object;
  }
  return is_there;
}

static bool take_text(struct pac_lexer *lexer, const char **text) {
  char shown[64];
  if (lexer->token.kind != PAC_TOKEN_STRING) {
    return pac_lexer_fail(lexer, "a text is missing before %s", pac_lexer_shown(lexer, shown, sizeof shown));
  }
  *text = lexer->token.text;
  return pac_lexer_next(lexer);
}

static bool take_scalar(struct pac_lexer *lexer, enum pac_cim_type type, union pac_scalar *scalar) {
  char shown[64];
  memset(scalar, 0, sizeof *scalar);
  if (pac_cim_type_is_integer(type, NULL, NULL)) {
    return take_integer(lexer, type, scalar);
  }
  switch (type) {
    case PAC_CIM_REAL32:
    case PAC_CIM_REAL64:
      return take_real(lexer, type, scalar);
    case PAC_CIM_BOOLEAN:
      scalar->boolean = pac_lexer_is_word(lexer, "TRUE");
      return pac_lexer_take_word(lexer, "TRUE") || pac_lexer_take_word(lexer, "FALSE") ||
             pac_lexer_fail(lexer, "TRUE or FALSE is missing before %s", pac_lexer_shown(lexer, shown, sizeof shown));
    case PAC_CIM_CHAR16:
      scalar->char16 = lexer->token.unit;
      return lexer->token.kind == PAC_TOKEN_CHAR
                 ? pac_lexer_next(lexer)
                 : pac_lexer_fail(lexer, "a character is missing before %s", pac_lexer_shown(lexer, shown, sizeof shown));
    case PAC_CIM_OBJECT:
      return take_object(lexer, scalar);
    default:
      return take_text(lexer, &scalar->text);
  }
}

static bool may_be_null(enum pac_cim_type type) {
  return type == PAC_CIM_STRING || type == PAC_CIM_DATETIME || type == PAC_CIM_REFERENCE || type == PAC_CIM_OBJECT;
}

/* Doubles a list of elements. */
static bool grow(struct pac_lexer *lexer, union pac_scalar **elements, uint32_t count, uint32_t *capacity) {
  if (count < *capacity) {
    return true;
  }
  uint32_t larger = *capacity == 0 ? 8 : *capacity * 2;
  union pac_scalar *copy = pac_arena_allocate_array(lexer->program->arena, larger, sizeof *copy);
  if (!pac_lexer_try(lexer, copy == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK, "an array")) {
    return false;
  }
  if (count > 0) {
    memcpy(copy, *elements, count * sizeof *copy);
  }
  *elements = copy;
  *capacity = larger;
  return true;
}

static bool take_array(struct pac_lexer *lexer, enum pac_cim_type type, struct pac_value *value) {
  union pac_scalar *elements = NULL;
  uint32_t count = 0, capacity = 0;
  if (!pac_lexer_need_mark(lexer, '{')) {
    return false;
  }
  while (!pac_lexer_is_mark(lexer, '}')) {
    if ((count > 0 && !pac_lexer_need_mark(lexer, ',')) || !grow(lexer, &elements, count, &capacity)) {
      return false;
    }
    if (may_be_null(type) && pac_lexer_is_word(lexer, "NULL")) {
      memset(&elements[count], 0, sizeof *elements);
      (void)pac_lexer_take_word(lexer, "NULL");
    } else if (!take_scalar(lexer, type, &elements[count])) {
      return false;
    }
    count += 1;
  }
  *value = pac_value_array(type, count == 0 ? NULL : elements, count);
  return pac_lexer_need_mark(lexer, '}');
}

bool pac_mof_value(struct pac_lexer *lexer, enum pac_cim_type type, bool is_array, struct pac_value *value) {
  uint32_t line = lexer->token.line;
  if (pac_lexer_take_word(lexer, "NULL")) {
    *value = pac_value_null(type, is_array);
    return true;
  }
  *value = (struct pac_value){.type = type, .is_array = is_array};
  if (!(is_array ? take_array(lexer, type, value) : take_scalar(lexer, type, &value->scalar))) {
    return false;
  }
  if (pac_value_check(value) != PAC_RESULT_OK) {
    lexer->token.line = line;
    return pac_lexer_fail(lexer, "the value does not fit the type %s", pac_cim_type_word(type));
  }
  return true;
}

/* `(type)` or `(type[])`, when it is there. */
static bool take_cast(struct pac_lexer *lexer, enum pac_cim_type *type, bool *is_array) {
  const char *word = NULL;
  if (!pac_lexer_take_mark(lexer, '(') || !pac_lexer_need_name(lexer, "a type", &word)) {
    return false;
  }
  if (pac_cim_type_find(word, type) != PAC_RESULT_OK) {
    return pac_lexer_fail_taken(lexer, "there is no type '%s'", word);
  }
  *is_array = pac_lexer_take_mark(lexer, '[');
  return (!*is_array || pac_lexer_need_mark(lexer, ']')) && pac_lexer_need_mark(lexer, ')');
}

/* Of a number without its sign. */
static enum pac_cim_type number_type(const struct pac_lexer *lexer) {
  if (lexer->token.kind != PAC_TOKEN_NUMBER) {
    return pac_lexer_is_word(lexer, "Infinity") ? PAC_CIM_REAL64 : PAC_CIM_SINT32;
  }
  const char *text = lexer->token.text;
  bool is_hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  return !is_hexadecimal && strpbrk(text, ".eE") != NULL ? PAC_CIM_REAL64 : PAC_CIM_SINT32;
}

/* The type that the current token has when nothing is said. */
static bool infer(struct pac_lexer *lexer, enum pac_cim_type *type) {
  char shown[64];
  bool is_sign = pac_lexer_is_mark(lexer, '-') || pac_lexer_is_mark(lexer, '+');
  if (lexer->token.kind == PAC_TOKEN_STRING) {
    *type = PAC_CIM_STRING;
  } else if (pac_lexer_is_word(lexer, "TRUE") || pac_lexer_is_word(lexer, "FALSE")) {
    *type = PAC_CIM_BOOLEAN;
  } else if (lexer->token.kind == PAC_TOKEN_ALIAS || pac_lexer_is_word(lexer, "instance") ||
             pac_lexer_is_word(lexer, "class")) {
    *type = PAC_CIM_OBJECT;
  } else if (lexer->token.kind == PAC_TOKEN_NUMBER || pac_lexer_is_word(lexer, "Infinity")) {
    *type = number_type(lexer);
  } else if (is_sign) { /* what follows it says the type */
    struct pac_lexer after = *lexer;
    *type = pac_lexer_next(&after) ? number_type(&after) : PAC_CIM_SINT32;
  } else {
    return pac_lexer_fail(lexer, "a value is missing before %s", pac_lexer_shown(lexer, shown, sizeof shown));
  }
  return true;
}

bool pac_mof_typed_value(struct pac_lexer *lexer, struct pac_value *value) {
  enum pac_cim_type type = PAC_CIM_NONE;
  bool is_array = false;
  if (pac_lexer_is_mark(lexer, '(')) {
    return take_cast(lexer, &type, &is_array) && pac_mof_value(lexer, type, is_array, value);
  }
  if (pac_lexer_take_word(lexer, "NULL")) {
    *value = pac_value_null(PAC_CIM_NONE, false);
    return true;
  }
  is_array = pac_lexer_is_mark(lexer, '{');
  if (!is_array) {
    return infer(lexer, &type) && pac_mof_value(lexer, type, false, value);
  }
  /* The first element says the type: look at it and come back. */
  struct pac_lexer before = *lexer;
  if (!pac_lexer_next(lexer)) {
    return false;
  }
  if (pac_lexer_is_mark(lexer, '}')) {
    return pac_lexer_fail(lexer, "an empty array says no type; write it before: (string[]) {}");
  }
  if (!infer(lexer, &type)) {
    return false;
  }
  *lexer = before;
  return pac_mof_value(lexer, type, true, value);
}
