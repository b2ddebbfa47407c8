/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The words of the text form: identifiers, aliases, literals and marks, each with its line. Line ends mean nothing; comments
 * are those of MOF and, to the end of the line, what follows a number sign.
 */
#ifndef PACHECK_PROGRAM_LEXER_H
#define PACHECK_PROGRAM_LEXER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "program/program.h"

enum pac_token_kind {
  PAC_TOKEN_END,
  PAC_TOKEN_WORD,   /* an identifier or a key word */
  PAC_TOKEN_ALIAS,  /* $name; the text is the name */
  PAC_TOKEN_STRING, /* "text"; adjacent ones are one */
  PAC_TOKEN_CHAR,   /* 'c' */
  PAC_TOKEN_NUMBER, /* digits with what belongs to them; no sign */
  PAC_TOKEN_MARK,   /* one of the octets of punctuation */
};

struct pac_token {
  enum pac_token_kind kind;
  uint32_t line;
  const char *text; /* WORD, ALIAS, STRING, NUMBER; in the program's arena */
  uint16_t unit;    /* CHAR */
  char mark;        /* MARK */
};

/** A text being read. `token` is the next one that nobody has taken. */
struct pac_lexer {
  struct pac_program *program;
  const char *at;
  const char *end;
  uint32_t line;
  uint32_t taken_line; /* of the token before `token` */
  uint32_t depth; /* of embedded declarations */
  struct pac_token token;
  enum pac_result result; /* of the first failure; everything fails after it */
  char *why;
  size_t why_size;
};

/** Starts at the first token. `why` is where the sentence of a failure goes. */
void pac_lexer_start(struct pac_lexer *lexer, struct pac_program *program, const char *text, size_t length, char *why,
                     size_t why_size);

/** Goes on to the next token; false after a failure. */
bool pac_lexer_next(struct pac_lexer *lexer);

/** Records a failure at the line of the current token. Gives false. */
bool pac_lexer_fail(struct pac_lexer *lexer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** The same for what is wrong with the token that was taken last: `token` may stand many lines below. */
bool pac_lexer_fail_taken(struct pac_lexer *lexer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Records that the harness could not do its part, when `result` is a failure. Gives true when it is none. */
bool pac_lexer_try(struct pac_lexer *lexer, enum pac_result result, const char *what);

/** True when the current token is this word, ignoring case, or this mark; it is not taken. */
bool pac_lexer_is_word(const struct pac_lexer *lexer, const char *word);
bool pac_lexer_is_mark(const struct pac_lexer *lexer, char mark);
/** Takes it when it is there. */
bool pac_lexer_take_word(struct pac_lexer *lexer, const char *word);
bool pac_lexer_take_mark(struct pac_lexer *lexer, char mark);
/** Takes it, or fails with a sentence. */
bool pac_lexer_need_mark(struct pac_lexer *lexer, char mark);
/** Takes a name: a word or a string. `what` says in the sentence which one is missing. */
bool pac_lexer_need_name(struct pac_lexer *lexer, const char *what, const char **name);
/** Takes an unsigned number within bounds: decimal, `0x` and hexadecimal, or `0` and octal, as in MOF. */
bool pac_lexer_need_number(struct pac_lexer *lexer, const char *what, uint64_t minimum, uint64_t maximum, uint64_t *number);
/** The current token as a sentence shows it. */
const char *pac_lexer_shown(const struct pac_lexer *lexer, char *buffer, size_t size);

#endif
