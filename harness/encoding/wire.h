/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What an encoding says, before it becomes an object of the model: every field with its place in the container.
 *
 * The tree keeps what the model has no word for (offsets, slots, NdTable bits, class depths, both of two members with
 * one name), so that it can be printed and compared octet by octet. It lives in the arenas of its decoder.
 */
#ifndef PACHECK_ENCODING_WIRE_H
#define PACHECK_ENCODING_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "pacheck/value.h"

struct wire_object;
struct pac_arena;

struct wire_value {
  enum pac_cim_type type;
  bool is_array;
  bool is_null;    /* a NULL reference */
  bool is_unknown; /* an inherited default that does not resolve: V-072 */
  uint32_t offset; /* of the slot */
  uint32_t count;  /* elements */
  union {
    union pac_scalar scalar;
    union pac_scalar *elements;
    struct wire_object *object;
    struct wire_object **objects;
  } is;
};

struct wire_qualifier {
  const char *name;
  uint32_t offset;
  uint8_t flavor;
  struct wire_value value;
};

struct wire_qualifiers {
  uint32_t offset;
  uint32_t count;
  struct wire_qualifier *items;
};

/* The two bits of an NdTable entry. */
#define WIRE_ND_NULL 1u
#define WIRE_ND_DEFAULT 2u /* class: inherited from the parent; instance: taken from the class */

struct wire_property {
  const char *name;
  uint32_t offset; /* of the PropertyInfo */
  uint32_t slot;   /* ValueTableOffset */
  uint32_t origin; /* ClassOfOrigin: depth of the defining class, the root being 0 */
  uint16_t order;  /* DeclarationOrder */
  uint8_t bits;    /* of the class's NdTable */
  uint8_t width;   /* octets of the slot */
  bool is_inherited;
  struct wire_qualifiers qualifiers;
  struct wire_value value; /* its type always; the default unless bits has WIRE_ND_NULL */
};

struct wire_class {
  uint32_t offset;
  uint32_t size;
  const char *name; /* null: an absent parent */
  const char **ancestors;
  uint32_t ancestors_count;
  struct wire_qualifiers qualifiers;
  uint32_t properties_count;
  struct wire_property *properties; /* in table order */
  uint32_t *by_order;               /* indices of properties in DeclarationOrder, equal orders in table order */
  uint32_t tables_octets;           /* NdTable and ValueTable */
  bool is_ascending;                /* no name stands out of order */
  bool is_foreign;                  /* lives with a class table, not with the decoder's texts */
  struct pac_object *model;         /* made of it for an instance; null until then... */
  struct pac_arena *model_arena;    /* ...and where */
};

struct wire_method {
  const char *name;
  uint32_t offset;
  uint8_t flags;
  uint32_t origin;
  struct wire_qualifiers qualifiers;
  struct wire_object *in; /* null: no parameters */
  struct wire_object *out;
};

#define WIRE_METHOD_INHERITED 0x20u

struct wire_methods {
  uint32_t offset;
  uint32_t count;
  struct wire_method *items;
};

/* What an instance says of one property. */
struct wire_setting {
  uint8_t bits;
  struct wire_value value; /* when bits is 0 */
  struct wire_qualifiers qualifiers;
};

#define WIRE_FLAG_CLASS 0x01u
#define WIRE_FLAG_INSTANCE 0x02u
#define WIRE_FLAG_DECORATED 0x04u
#define WIRE_FLAG_PROTOTYPE 0x10u
#define WIRE_FLAG_KEY_MISSING 0x40u

struct wire_object {
  uint32_t offset;
  uint32_t size;
  uint8_t flags;
  bool is_class;
  const char *server; /* null without decoration */
  const char *namespace_name;
  struct wire_class *parent; /* class only */
  struct wire_methods parent_methods;
  struct wire_class *current;
  struct wire_methods methods;
  uint32_t body_offset; /* instance only, from here */
  uint8_t instance_flags;
  const char *class_name;
  struct wire_qualifiers qualifiers;
  bool has_property_qualifiers;
  struct wire_setting *settings; /* in the table order of `current` */
};

struct wire_array_object {
  uint32_t offset;
  uint8_t type;
  const uint8_t *class_id; /* in the container; null for a class */
  struct wire_object *object;
};

struct wire_array {
  uint8_t packet_type;
  uint32_t count;
  struct wire_array_object *items;
};

/* Property types of a context buffer. */
enum wire_variant {
  WIRE_VT_NULL = 0x0001,
  WIRE_VT_I2 = 0x0002,
  WIRE_VT_I4 = 0x0003,
  WIRE_VT_R4 = 0x0004,
  WIRE_VT_R8 = 0x0005,
  WIRE_VT_BSTR = 0x0008,
  WIRE_VT_BOOL = 0x000B,
  WIRE_VT_UNKNOWN = 0x000D,
  WIRE_VT_I1 = 0x0010,
  WIRE_VT_UI1 = 0x0011,
  WIRE_VT_UI2 = 0x0012,
  WIRE_VT_UI4 = 0x0013,
  WIRE_VT_ARRAY = 0x2000,
};

/* Text of a context buffer, which may hold NULs: `octets` of UTF-8, and a NUL after them. */
struct wire_text {
  const char *text;
  uint32_t octets;
};

struct wire_context_value {
  struct wire_text name;
  uint32_t offset;
  uint16_t variant;        /* with WIRE_VT_ARRAY */
  struct wire_value value; /* type PAC_CIM_NONE for WIRE_VT_NULL; text stands in `texts` */
  struct wire_text *texts; /* of a WIRE_VT_BSTR: one, or one an element */
};

struct wire_context {
  uint32_t guids_count;
  const uint8_t *guids; /* in the container */
  uint32_t count;
  struct wire_context_value *items;
};

#endif
