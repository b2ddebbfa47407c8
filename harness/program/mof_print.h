/* SPDX-License-Identifier: Apache-2.0 */
/** Prints what mof.h parses: the declarations of a program's objects, and the names and values of its calls. */
#ifndef PACHECK_PROGRAM_MOF_PRINT_H
#define PACHECK_PROGRAM_MOF_PRINT_H

#include "object/printer.h"
#include "program/program.h"

/** A program being printed. */
struct writer {
  struct pac_printer printer;
  const struct pac_program *program;
  bool is_embedded[PAC_PROGRAM_OBJECTS_MAX]; /* named by alias in a value */
};

/** Prints the declaration of a row. */
void pac_mof_declaration_text(struct writer *writer, uint32_t row);

/** Prints the name of a row, or its alias where the name alone would not mean it. */
void pac_mof_row_text(struct writer *writer, uint32_t row);

/** Prints a name, as a text where no word can say it; null as NULL. */
void pac_mof_name_text(struct writer *writer, const char *name);

/** Prints a value with its type before it where it does not say that itself. */
void pac_mof_typed_value_text(struct writer *writer, const struct pac_value *value);

#endif
