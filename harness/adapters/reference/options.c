/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads the options that the host passes on and refuses what options.def does not list, so that a misspelt reading never
 * passes for the default.
 */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum row_kind { ROW_OPTION, ROW_VALUE, ROW_NUMBER };

struct row {
  enum row_kind kind;
  enum ref_option option;
  uint16_t number; /* a value's index, a number's maximum */
  const char *word;
};

static const struct row rows[] = {
#define OPTION(identifier, name, sentence) {ROW_OPTION, REF_OPTION_##identifier, 0, (name)},
#define VALUE(identifier, index, enumerator, word) {ROW_VALUE, REF_OPTION_##identifier, (index), (word)},
#define NUMBER(identifier, name, maximum, sentence) {ROW_NUMBER, REF_OPTION_##identifier, (maximum), (name)},
#include "options.def"
#undef OPTION
#undef VALUE
#undef NUMBER
};

static const struct row *find_name(const char *name) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    if (rows[i].kind != ROW_VALUE && strcmp(rows[i].word, name) == 0) {
      return &rows[i];
    }
  }
  return NULL;
}

static bool read_number(const struct row *row, const char *text, uint16_t *value) {
  char *end = NULL;
  unsigned long number = strtoul(text, &end, 10);
  if (text[0] < '0' || text[0] > '9' || *end != '\0' || number > row->number) {
    return false;
  }
  *value = (uint16_t)number;
  return true;
}

static bool read_word(const struct row *row, const char *text, uint16_t *value) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    if (rows[i].kind == ROW_VALUE && rows[i].option == row->option && strcmp(rows[i].word, text) == 0) {
      *value = rows[i].number;
      return true;
    }
  }
  return false;
}

enum pac_result ref_options_read(const struct pac_host *host, struct ref_options *options) {
  struct ref_options read = {{0}};
  for (size_t i = 0; i < host->option_count; i++) {
    const struct pac_option *given = &host->options[i];
    const struct row *row = given->name == NULL ? NULL : find_name(given->name);
    if (row == NULL) {
      fprintf(stderr, "reference: there is no option %s\n", given->name == NULL ? "without a name" : given->name);
      return PAC_RESULT_INVALID_ARGUMENT;
    }
    uint16_t *value = &read.value[row->option];
    const char *text = given->value == NULL ? "" : given->value;
    if (row->kind == ROW_NUMBER ? !read_number(row, text, value) : !read_word(row, text, value)) {
      fprintf(stderr, "reference: option %s does not take the value '%s'\n", given->name, text);
      return PAC_RESULT_INVALID_ARGUMENT;
    }
  }
  *options = read;
  return PAC_RESULT_OK;
}
