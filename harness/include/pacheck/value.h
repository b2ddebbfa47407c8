/* SPDX-License-Identifier: Apache-2.0 */
/**
 * CIM values: what a property, a qualifier or an element of a named value set holds.
 *
 * A value is plain data. Text, arrays and embedded objects in it are borrowed: a function that keeps a value copies it,
 * a function that hands one out says how long it stays.
 *
 * Text is NUL-terminated UTF-8. WMI text is a sequence of UTF-16 units without NUL, and a unit that is an unpaired
 * surrogate is kept as its own three-octet sequence, so every WMI text has exactly one form here.
 */
#ifndef PACHECK_VALUE_H
#define PACHECK_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/memory.h"
#include "pacheck/result.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pac_object;

/* enumerator, CIM type number, word in MOF, union member. The numbers are those of the CIM type enumeration. */
#define PAC_CIM_TYPE_MAP(X)               \
  X(SINT16, 2, "sint16", sint)            \
  X(SINT32, 3, "sint32", sint)            \
  X(REAL32, 4, "real32", real32)          \
  X(REAL64, 5, "real64", real64)          \
  X(STRING, 8, "string", text)            \
  X(BOOLEAN, 11, "boolean", boolean)      \
  X(OBJECT, 13, "object", object)         \
  X(SINT8, 16, "sint8", sint)             \
  X(UINT8, 17, "uint8", uint)             \
  X(UINT16, 18, "uint16", uint)           \
  X(UINT32, 19, "uint32", uint)           \
  X(SINT64, 20, "sint64", sint)           \
  X(UINT64, 21, "uint64", uint)           \
  X(DATETIME, 101, "datetime", text)      \
  X(REFERENCE, 102, "reference", text)    \
  X(CHAR16, 103, "char16", char16)

enum pac_cim_type {
  PAC_CIM_NONE = 0, /* a null of no type: only in named value sets, where it is called null */
#define PAC_CIM_ENUMERATOR(name, number, word, member) PAC_CIM_##name = (number),
  PAC_CIM_TYPE_MAP(PAC_CIM_ENUMERATOR)
#undef PAC_CIM_ENUMERATOR
};

union pac_scalar {
  int64_t sint;
  uint64_t uint;
  float real32;
  double real64;
  bool boolean;
  uint16_t char16;                 /* one UTF-16 unit */
  const char *text;                /* string, datetime, reference; null only for a null array element */
  const struct pac_object *object; /* class or instance; null only for a null array element */
};

#define PAC_ARRAY_ELEMENTS_MAX (1u << 24)
#define PAC_TEXT_OCTETS_MAX (1u << 26)

struct pac_value {
  enum pac_cim_type type;
  bool is_array;
  bool is_null;                     /* the whole value is null; nothing below counts */
  uint32_t count;                   /* elements, when is_array; an empty array is not null */
  union pac_scalar scalar;          /* when not is_array */
  const union pac_scalar *elements; /* when is_array; null only when count is 0 */
};

/* Making values. Pointers stay borrowed. Integers have to fit the type: see pac_value_check. */
struct pac_value pac_value_null(enum pac_cim_type type, bool is_array);
struct pac_value pac_value_sint(enum pac_cim_type type, int64_t number);
struct pac_value pac_value_uint(enum pac_cim_type type, uint64_t number);
struct pac_value pac_value_real32(float number);
struct pac_value pac_value_real64(double number);
struct pac_value pac_value_boolean(bool truth);
struct pac_value pac_value_char16(uint16_t unit);
struct pac_value pac_value_string(const char *text);
struct pac_value pac_value_datetime(const char *text);
struct pac_value pac_value_reference(const char *path);
struct pac_value pac_value_object(const struct pac_object *object);
struct pac_value pac_value_array(enum pac_cim_type type, const union pac_scalar *elements, uint32_t count);

/**
 * Says whether a value can be held: a known type, integers in range, text that is well-formed, no null pointer where one
 * is not allowed, limits kept.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT, PAC_RESULT_TYPE_MISMATCH (an integer out of range), PAC_RESULT_LIMIT.
 */
enum pac_result pac_value_check(const struct pac_value *value);

/** Copies a value and all that it refers to into `arena`. Errors: those of pac_value_check, PAC_RESULT_NO_MEMORY. */
enum pac_result pac_value_copy(struct pac_arena *arena, const struct pac_value *value, struct pac_value *copy);

/** True when both have the same type and content. Text compares exactly, reals by their bits, objects by pac_object_equal. */
bool pac_value_equal(const struct pac_value *left, const struct pac_value *right);

/**
 * Prints a value as MOF would write it (`"a\"b"`, `{1, 2}`, `NULL`, `TRUE`; an embedded object as `instance of Class`).
 *
 * Shape   as snprintf: returns the length needed without the NUL, writes at most `size` octets.
 */
size_t pac_value_print(const struct pac_value *value, char *buffer, size_t size);

/** The MOF word of a type ("uint32"); "null" for PAC_CIM_NONE, null for a number that is no type. */
const char *pac_cim_type_word(enum pac_cim_type type);

/** Finds a type by its MOF word, ignoring case. Errors: PAC_RESULT_NOT_FOUND. */
enum pac_result pac_cim_type_find(const char *word, enum pac_cim_type *type);

/** True for an integer type; *is_signed and *bits (8 to 64) are then set. Either may be null. */
bool pac_cim_type_is_integer(enum pac_cim_type type, bool *is_signed, unsigned *bits);

/**
 * Compares names as WMI does, ignoring case: less than, equal to or greater than 0.
 *
 * Case is folded for the ASCII letters; every other character compares as it is, because no published text names a table.
 */
int pac_name_compare(const char *left, const char *right);

#ifdef __cplusplus
}
#endif
#endif
