/* SPDX-License-Identifier: Apache-2.0 */
/** The writers of an object's parts, each in its own file. All of them write the canonical form of ENCODINGS.md. */
#ifndef PACHECK_ENCODING_ENCODE_H
#define PACHECK_ENCODING_ENCODE_H

#include "encoding/writer.h"
#include "object/object_internal.h"

/* Values (encode_values.c). `heap` is where the content of the heap begins. */

/** Octets of the slot of a value. */
unsigned pac_slot_width(const struct pac_value *value);
/** The type word of a value: base and array bit. */
uint32_t pac_type_word(const struct pac_value *value);
/** Writes a value that is not null into the slot at `at` and appends its items. */
void pac_encode_value(struct writer *writer, size_t heap, size_t at, const struct pac_value *value);
/** Writes the reference to a name at `at` and appends the name when it is not in the dictionary. */
void pac_encode_name(struct writer *writer, size_t heap, size_t at, const char *name);
/** Appends a qualifier set with empty references and says where it begins. */
size_t pac_encode_set(struct writer *writer, const struct pac_qualifier_set *set);
/** Fills in the set at `at` and appends the items of its names and values. */
void pac_encode_set_items(struct writer *writer, size_t heap, size_t at, const struct pac_qualifier_set *set);
/** Appends the length of a heap, still empty, and says where its content begins. */
size_t pac_encode_heap(struct writer *writer);
/** Writes the length of the heap that ends here. */
void pac_encode_heap_end(struct writer *writer, size_t heap);

/* Classes (encode_class.c) */

/**
 * The properties of a class in table order; null after a failure. Valid until the writer is finished.
 */
const uint32_t *pac_encode_order(struct writer *writer, const struct pac_object *class_object);

/** Where the slot of each property stands, relative to the ValueTable, and the octets of both tables. */
uint32_t pac_encode_tables_octets(const struct pac_object *class_object);

void pac_encode_class_part(struct writer *writer, const struct pac_object *class_object);
/** A parent of which only the name is known, or none when `derivation_count` is 0. */
void pac_encode_bare_class_part(struct writer *writer, const char *const *derivation, uint32_t derivation_count);
void pac_encode_methods_part(struct writer *writer, const struct pac_object *class_object);

/* Objects (encode_object.c) */

/** Appends the ObjectBlock of an object. `has_class` is false for an instance without class. */
void pac_encode_block(struct writer *writer, const struct pac_object *object, bool has_class);
/** Appends an encoding unit. */
void pac_encode_unit(struct writer *writer, const struct pac_object *object);

/** One bit pair of an NdTable, of which all octets are zero. */
void pac_encode_nd(struct writer *writer, size_t nd_table, uint32_t order, unsigned bits);

#endif
