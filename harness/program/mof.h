/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The part of MOF that declares the objects of a program: classes with qualifiers and their flavors, properties of every
 * type and arrays of them, defaults, derivation, methods; instances; objects in values.
 *
 * Beyond MOF: a name may be written as a text, so that any name can be; `: Parent by name` names a parent without having
 * one; `: $alias` and `instance of $alias` say which of several declarations is meant.
 */
#ifndef PACHECK_PROGRAM_MOF_H
#define PACHECK_PROGRAM_MOF_H

#include "program/lexer.h"

/** Parses one declaration that begins here, adds it to the program and gives its row. */
bool pac_mof_declaration(struct pac_lexer *lexer, uint32_t *row);

/** Parses a value of a type that is known. Embedded objects become rows. */
bool pac_mof_value(struct pac_lexer *lexer, enum pac_cim_type type, bool is_array, struct pac_value *value);

/** Parses a value that says its type itself: a text, a sint32, a real64, a boolean, NULL, or after `(type)` any other. */
bool pac_mof_typed_value(struct pac_lexer *lexer, struct pac_value *value);

/** The row that a name or an alias means; PAC_PROGRAM_NONE when there is none. */
uint32_t pac_mof_class_row(const struct pac_program *program, const char *class_name, uint32_t before);
uint32_t pac_mof_alias_row(const struct pac_program *program, const char *alias);

/** True for NULL, which a name has to be put in quotes to be. */
bool pac_mof_is_reserved(const char *word);

/** The flavor of a qualifier that states none. */
uint8_t pac_mof_default_flavor(const char *qualifier);

#endif
