/* SPDX-License-Identifier: Apache-2.0 */
/* ClassPart and MethodsPart in canonical form: table sorted, slots packed in DeclarationOrder, no gap in any heap. */
#include <string.h>

#include "encoding/encode.h"
#include "encoding/parts.h"

#define INFO_OCTETS 14u
#define DESCRIPTION_OCTETS 24u

/* Table order ----------------------------------------------------------------------------------------------------- */

static const char *name_at(const struct pac_object *class_object, uint32_t index) {
  return pac_property_entry_at(class_object, index)->view.name;
}

/* Merges pairs of sorted runs of `width` from one array into the other. */
static void merge_runs(const struct pac_object *class_object, const uint32_t *from, uint32_t *to, uint32_t count,
                       uint32_t width) {
  for (uint32_t start = 0; start < count; start += 2 * width) {
    uint32_t middle = count - start < width ? count : start + width;
    uint32_t end = count - middle < width ? count : middle + width;
    uint32_t left = start;
    uint32_t right = middle;
    if (middle == end || pac_name_compare(name_at(class_object, from[middle - 1]),
                                          name_at(class_object, from[middle])) <= 0) {
      /* Already in order, as most of what was decoded or inherited is. */
      memcpy(to + start, from + start, (end - start) * sizeof *to);
      continue;
    }
    for (uint32_t i = start; i < end; i++) {
      bool takes_left = right == end || (left < middle && pac_name_compare(name_at(class_object, from[left]),
                                                                           name_at(class_object, from[right])) <= 0);
      to[i] = takes_left ? from[left++] : from[right++];
    }
  }
}

const uint32_t *pac_encode_order(struct writer *writer, const struct pac_object *class_object) {
  uint32_t count = class_object->properties.count;
  if (writer->result == PAC_RESULT_OK && writer->orders == NULL) {
    pac_writer_fail(writer, pac_arena_new(writer->memory, 0, &writer->orders));
  }
  if (writer->result != PAC_RESULT_OK) {
    return NULL;
  }
  uint32_t *order = pac_arena_allocate_array(writer->orders, (size_t)count * 2, sizeof *order);
  if (order == NULL) {
    pac_writer_fail(writer, PAC_RESULT_NO_MEMORY);
    return NULL;
  }
  uint32_t *other = order + count;
  for (uint32_t i = 0; i < count; i++) {
    order[i] = i;
  }
  for (uint32_t width = 1; width < count; width *= 2) {
    merge_runs(class_object, order, other, count, width);
    uint32_t *merged = other;
    other = order;
    order = merged;
  }
  return order;
}

/* ClassPart ------------------------------------------------------------------------------------------------------- */

uint32_t pac_encode_tables_octets(const struct pac_object *class_object) {
  uint32_t octets = nd_table_octets(class_object->properties.count);
  for (uint32_t i = 0; i < class_object->properties.count; i++) {
    octets += pac_slot_width(&pac_property_entry_at(class_object, i)->view.value);
  }
  return octets;
}

void pac_encode_nd(struct writer *writer, size_t nd_table, uint32_t order, unsigned bits) {
  if (writer->result == PAC_RESULT_OK) {
    writer->data[nd_table + order / 4] |= (uint8_t)(bits << (order % 4 * 2));
  }
}

static void encode_derivation(struct writer *writer, const char *const *derivation, uint32_t count) {
  size_t list = pac_writer_fill(writer, 4, 0);
  for (uint32_t i = 0; i < count; i++) {
    size_t start = writer->size;
    pac_writer_text(writer, derivation[i]);
    pac_writer_u32(writer, (uint32_t)(writer->size - start));
  }
  pac_writer_set_length(writer, list, list);
}

void pac_encode_bare_class_part(struct writer *writer, const char *const *derivation, uint32_t derivation_count) {
  size_t start = pac_writer_fill(writer, 13, 0);
  pac_writer_set(writer, start + 5, WIRE_REF_NULL, 4);
  encode_derivation(writer, derivation_count > 0 ? derivation + 1 : NULL,
                    derivation_count > 0 ? derivation_count - 1 : 0);
  pac_writer_u32(writer, 4); /* no qualifiers */
  pac_writer_u32(writer, 0); /* no properties */
  size_t heap = pac_encode_heap(writer);
  if (derivation_count > 0) {
    pac_encode_name(writer, heap, start + 5, derivation[0]);
  }
  pac_encode_heap_end(writer, heap);
  pac_writer_set_length(writer, start, start);
}

/* The PropertyInfo of one property, and the items of its qualifiers. */
static void encode_info(struct writer *writer, size_t heap, size_t lookup, const struct pac_object *class_object,
                        uint32_t order, uint32_t slot) {
  const struct pac_property_entry *entry = pac_property_entry_at(class_object, order);
  uint32_t type_word = pac_type_word(&entry->view.value);
  pac_encode_name(writer, heap, lookup, entry->view.name);
  pac_writer_set(writer, lookup + 4, (uint32_t)(writer->size - heap), 4);
  size_t info = pac_writer_fill(writer, INFO_OCTETS, 0);
  pac_writer_set(writer, info, entry->view.is_inherited ? type_word | WIRE_TYPE_INHERITED : type_word, 4);
  pac_writer_set(writer, info + 4, order, 2);
  pac_writer_set(writer, info + 6, slot, 4);
  pac_writer_set(writer, info + 10, entry->origin_depth, 4);
  size_t set = pac_encode_set(writer, &entry->qualifiers);
  pac_encode_set_items(writer, heap, set, &entry->qualifiers);
}

/* Default values in DeclarationOrder; the ValueTable is filled with 0xFF. */
static void encode_defaults(struct writer *writer, size_t heap, size_t nd_table, size_t slot,
                            const struct pac_object *class_object) {
  for (uint32_t i = 0; i < class_object->properties.count; i++) {
    const struct pac_property *property = &pac_property_entry_at(class_object, i)->view;
    unsigned bits = (property->value.is_null ? WIRE_ND_NULL : 0) | (property->is_default ? WIRE_ND_DEFAULT : 0);
    pac_encode_nd(writer, nd_table, i, bits);
    if (!property->value.is_null) {
      pac_encode_value(writer, heap, slot, &property->value);
    }
    slot += pac_slot_width(&property->value);
  }
}

/* Slot offsets in DeclarationOrder, in the writer's scratch arena. */
static const uint32_t *slot_offsets(struct writer *writer, const struct pac_object *class_object) {
  uint32_t count = class_object->properties.count;
  uint32_t *slots = pac_arena_allocate_array(writer->orders, count, sizeof *slots);
  if (slots == NULL) {
    pac_writer_fail(writer, PAC_RESULT_NO_MEMORY);
    return NULL;
  }
  uint32_t next = 0;
  for (uint32_t i = 0; i < count; i++) {
    slots[i] = next;
    next += pac_slot_width(&pac_property_entry_at(class_object, i)->view.value);
  }
  return slots;
}

void pac_encode_class_part(struct writer *writer, const struct pac_object *class_object) {
  uint32_t count = class_object->properties.count;
  uint32_t tables_octets = pac_encode_tables_octets(class_object);
  const uint32_t *order = pac_encode_order(writer, class_object);
  const uint32_t *slots = order != NULL ? slot_offsets(writer, class_object) : NULL;
  if (slots == NULL) {
    return;
  }
  size_t start = pac_writer_fill(writer, 13, 0);
  pac_writer_set(writer, start + 9, tables_octets, 4);
  encode_derivation(writer, class_object->derivation, class_object->derivation_count);
  size_t set = pac_encode_set(writer, &class_object->qualifiers);
  pac_writer_u32(writer, count);
  size_t lookup = pac_writer_fill(writer, (size_t)count * 8, 0);
  uint32_t nd_octets = nd_table_octets(count);
  size_t nd_table = pac_writer_fill(writer, nd_octets, 0);
  size_t value_table = pac_writer_fill(writer, tables_octets - nd_octets, 0xFF);
  size_t heap = pac_encode_heap(writer);
  pac_encode_name(writer, heap, start + 5, class_object->class_name);
  pac_encode_set_items(writer, heap, set, &class_object->qualifiers);
  for (uint32_t i = 0; i < count; i++) {
    encode_info(writer, heap, lookup + (size_t)i * 8, class_object, order[i], slots[order[i]]);
  }
  encode_defaults(writer, heap, nd_table, value_table, class_object);
  pac_encode_heap_end(writer, heap);
  pac_writer_set_length(writer, start, start);
}

/* MethodsPart ----------------------------------------------------------------------------------------------------- */

static void encode_signature(struct writer *writer, size_t heap, size_t at, const struct pac_object *signature) {
  pac_writer_set(writer, at, (uint32_t)(writer->size - heap), 4);
  size_t length_at = pac_writer_fill(writer, 4, 0);
  if (signature != NULL) {
    pac_encode_block(writer, signature, true);
    pac_writer_set_length(writer, length_at, length_at + 4);
  }
}

static void encode_method(struct writer *writer, size_t heap, size_t at, const struct pac_method_entry *entry) {
  pac_encode_name(writer, heap, at, entry->view.name);
  pac_writer_set(writer, at + 4, entry->view.is_inherited ? WIRE_METHOD_INHERITED : 0, 1);
  pac_writer_set(writer, at + 8, entry->origin_depth, 4);
  encode_signature(writer, heap, at + 16, entry->view.in);
  encode_signature(writer, heap, at + 20, entry->view.out);
  pac_writer_set(writer, at + 12, (uint32_t)(writer->size - heap), 4);
  size_t set = pac_encode_set(writer, &entry->qualifiers);
  pac_encode_set_items(writer, heap, set, &entry->qualifiers);
}

void pac_encode_methods_part(struct writer *writer, const struct pac_object *class_object) {
  uint32_t count = class_object != NULL ? class_object->methods.count : 0;
  size_t start = pac_writer_fill(writer, 8, 0);
  pac_writer_set(writer, start + 4, count, 2);
  size_t descriptions = pac_writer_fill(writer, (size_t)count * DESCRIPTION_OCTETS, 0);
  size_t heap = pac_encode_heap(writer);
  for (uint32_t i = 0; i < count; i++) {
    encode_method(writer, heap, descriptions + (size_t)i * DESCRIPTION_OCTETS, pac_method_entry_at(class_object, i));
  }
  pac_encode_heap_end(writer, heap);
  pac_writer_set_length(writer, start, start);
}
