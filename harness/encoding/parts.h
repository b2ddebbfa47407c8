/* SPDX-License-Identifier: Apache-2.0 */
/** The readers of an object block's parts, each in its own file; they are called in the order of ENCODINGS.md. */
#ifndef PACHECK_ENCODING_PARTS_H
#define PACHECK_ENCODING_PARTS_H

#include "encoding/heap.h"
#include "encoding/wire.h"

/* Types (slots.c) */

#define WIRE_TYPE_ARRAY 0x2000u
#define WIRE_TYPE_INHERITED 0x4000u

/** Octets of one element of a type, or of a slot that holds no array; 0 for a number that is no type. */
unsigned pac_type_width(unsigned base);

/** True for a type whose slot holds a reference. */
static inline bool type_is_referred(enum pac_cim_type type, bool is_array) {
  return is_array || type == PAC_CIM_STRING || type == PAC_CIM_OBJECT || type == PAC_CIM_DATETIME ||
         type == PAC_CIM_REFERENCE;
}

/** Reads the value in the slot at `at`; its octets are there. value->type and is_array are set. */
enum pac_result pac_slot_read(struct decoder *decoder, struct heap *heap, uint32_t at, struct wire_value *value);

/** The same for an inherited default: one that does not resolve is noted (V-072) and unknown. */
enum pac_result pac_slot_read_inherited(struct decoder *decoder, struct heap *heap, uint32_t at,
                                        struct wire_value *value);

/* Qualifier sets (qualifiers.c): first the shape, then, with the heap at hand, the content. */

/** Checks the lengths and types of the set at span->at, counts its qualifiers and moves the span behind it. */
enum pac_result pac_qualifiers_scan(struct decoder *decoder, struct span *span, struct wire_qualifiers *set);
/** Reads names and values of a scanned set. */
enum pac_result pac_qualifiers_read(struct decoder *decoder, struct heap *heap, struct wire_qualifiers *set);
/** The first qualifier of that name; null when there is none. */
const struct wire_qualifier *pac_qualifiers_find(const struct wire_qualifiers *set, const char *name);

/* Class part (class_part.c, properties.c) */

enum class_role { CLASS_OF_PARENT, CLASS_CURRENT };

/** Reads the ClassPart at span->at. */
enum pac_result pac_class_part_read(struct decoder *decoder, struct span *span, enum class_role role,
                                    bool is_prototype, struct wire_class **given);

/** Where the fixed parts of a class stand that its properties are read from. */
struct class_tables {
  struct span lookup;
  struct span nd_table;
  struct span value_table;
  struct heap *heap;
  bool is_prototype;
};

/** Reads the properties of a class and their defaults. */
enum pac_result pac_properties_read(struct decoder *decoder, const struct class_tables *tables,
                                    struct wire_class *part);

/** Compares a class with its parent: V-055, V-074, V-075. */
enum pac_result pac_class_judge_parent(struct decoder *decoder, const struct wire_class *parent,
                                       const struct wire_class *current);

/** The two NdTable bits of a DeclarationOrder. */
static inline uint8_t nd_bits(const struct decoder *decoder, const struct span *nd_table, uint32_t order) {
  return decoder->octets[nd_table->at + order / 4] >> (order % 4 * 2) & 3u;
}

static inline uint32_t nd_table_octets(uint32_t properties_count) {
  return properties_count / 4 + (properties_count % 4 != 0);
}

/* Methods part (methods_part.c) */

enum pac_result pac_methods_part_read(struct decoder *decoder, struct span *span, uint32_t ancestors_count,
                                      bool is_prototype, struct wire_methods *methods);

/* Instance body (instance_body.c) */

enum pac_result pac_instance_body_read(struct decoder *decoder, struct span *span, struct wire_object *object);

/* Object block (object_block.c) */

enum block_kind {
  BLOCK_ANY,
  BLOCK_CLASS,             /* in an object array, type 1 */
  BLOCK_INSTANCE,          /* type 2 */
  BLOCK_INSTANCE_NO_CLASS, /* type 3: the class part is given */
};

/** Reads the ObjectBlock that fills `block`, slack included. `class_part` goes with BLOCK_INSTANCE_NO_CLASS. */
enum pac_result pac_object_block_read(struct decoder *decoder, struct span block, enum block_kind kind,
                                      struct wire_class *class_part, struct wire_object **given);

/** Reads the encoding unit at span->at and moves the span behind it. */
enum pac_result pac_wire_unit_read(struct decoder *decoder, struct span *span, struct wire_object **given);

/* Containers */

/** Reads the whole container as one encoding unit. */
enum pac_result pac_wire_unit_decode(struct decoder *decoder, struct wire_object **given);

/** The class parts known by class id: keys are 16 octets. */
struct class_ids;

enum pac_result pac_wire_array_decode(struct decoder *decoder, struct class_ids *known, struct wire_array **given);

enum pac_result pac_wire_context_decode(struct decoder *decoder, struct wire_context **given);

#endif
