/* SPDX-License-Identifier: Apache-2.0 */
/** The types of a context buffer, the CIM types they carry and their widths. */
#ifndef PACHECK_ENCODING_VARIANT_H
#define PACHECK_ENCODING_VARIANT_H

#include <stdbool.h>
#include <stdint.h>

#include "encoding/wire.h"

/* type, CIM type, octets of its own, octets and ElementSize of an array element */
#define WIRE_VARIANT_MAP(X)          \
  X(NULL, NONE, 0, 0)                \
  X(I2, SINT16, 2, 2)                \
  X(I4, SINT32, 4, 4)                \
  X(R4, REAL32, 4, 8)                \
  X(R8, REAL64, 8, 8)                \
  X(BSTR, STRING, 0, 8)              \
  X(BOOL, BOOLEAN, 2, 2)             \
  X(UNKNOWN, OBJECT, 0, 8)           \
  X(I1, SINT8, 1, 1)                 \
  X(UI1, UINT8, 1, 1)                \
  X(UI2, UINT16, 2, 2)               \
  X(UI4, UINT32, 4, 4)

/** The CIM type of a variant without its array bit. False for one that a context cannot hold. */
bool pac_variant_type(enum wire_variant variant, enum pac_cim_type *type);
/** The variant of a CIM type. False for a type that a context cannot hold. */
bool pac_variant_find(enum pac_cim_type type, enum wire_variant *variant);
/** Octets that a number of that variant uses. */
unsigned pac_variant_width(enum wire_variant variant);
/** Octets of an array element, and the ElementSize that is written. */
unsigned pac_variant_element_octets(enum wire_variant variant);
/** "VT_I2"; never null for a variant of the table. */
const char *pac_variant_word(enum wire_variant variant);

#endif
