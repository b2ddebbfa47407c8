/* SPDX-License-Identifier: Apache-2.0 */
/** What the files that read and that write the octet form of a program share, besides its numbers (instruction.h). */
#ifndef PACHECK_PROGRAM_BYTES_H
#define PACHECK_PROGRAM_BYTES_H

#include "program/instruction.h"
#include "program/pool.h"
#include "program/program.h"

/**
 * True for what a qualifier of a program can hold: a value of PAC_BYTES_QUALIFIER_TYPES, no null, and no array whose first
 * element does not say the type, because MOF writes no type there.
 */
bool pac_bytes_is_of_qualifier(const struct pac_value *value);

/** A method as MOF declares it: what it returns, and up to PAC_METHOD_PARAMETERS_MAX parameters. */
struct pac_method_shape {
  enum pac_cim_type returned; /* PAC_CIM_NONE: void */
  uint32_t count;
  const struct pac_method_parameter *parameters;
};
struct pac_method_parameter {
  const char *name;
  enum pac_cim_type type;
  bool is_array;
  bool is_in, is_out;
};
#define PAC_METHOD_PARAMETERS_MAX 16u
#define PAC_METHOD_RETURN_VALUE "ReturnValue" /* what a method returns; no name of a parameter */

/**
 * Declares a method with the signature classes that MOF makes: one property a parameter, numbered by the qualifier ID.
 *
 * Errors  PAC_RESULT_EXISTS (two parameters of one name in one direction), those of pac_class_property_add and
 *         pac_class_method_put.
 */
enum pac_result pac_program_method_put(const struct pac_memory *memory, struct pac_object *class_object,
                                       const char *name, const struct pac_method_shape *shape);

/** Reads the shape back. Errors: PAC_RESULT_LIMIT. */
enum pac_result pac_program_method_shape(const struct pac_method *method,
                                         struct pac_method_parameter parameters[PAC_METHOD_PARAMETERS_MAX],
                                         struct pac_method_shape *shape);

#endif
