/* SPDX-License-Identifier: Apache-2.0 */
/* Object blocks, units and object arrays in canonical form. The only place where encoding recurses. */
#include "encoding/encode.h"
#include "encoding/parts.h"

#define UNIT_SIGNATURE 0x12345678u

static void encode_decoration(struct writer *writer, const struct pac_object *object) {
  pac_writer_text(writer, object->server != NULL ? object->server : "");
  pac_writer_text(writer, object->namespace_name != NULL ? object->namespace_name : "");
}

static void encode_class(struct writer *writer, const struct pac_object *object) {
  if (object->parent != NULL) {
    pac_encode_class_part(writer, object->parent);
  } else if ((object->prototype_flags & WIRE_FLAG_PROTOTYPE) != 0) {
    pac_encode_bare_class_part(writer, NULL, 0); /* a query may select the ancestors and not the parent */
  } else {
    pac_encode_bare_class_part(writer, object->derivation, object->derivation_count);
  }
  pac_encode_methods_part(writer, object->parent);
  pac_encode_class_part(writer, object);
  pac_encode_methods_part(writer, object);
}

/* Instance -------------------------------------------------------------------------------------------------------- */

static bool has_property_qualifiers(const struct pac_object *instance) {
  for (uint32_t i = 0; i < instance->properties.count; i++) {
    if (pac_property_entry_at(instance, i)->qualifiers.list.count > 0) {
      return true;
    }
  }
  return false;
}

static void encode_settings(struct writer *writer, size_t heap, size_t nd_table, size_t slot,
                            const struct pac_object *instance) {
  for (uint32_t i = 0; i < instance->properties.count; i++) {
    const struct pac_property *property = &pac_property_entry_at(instance, i)->view;
    const struct pac_property *declared = &pac_property_entry_at(instance->class_object, i)->view;
    unsigned bits = property->value.is_null ? WIRE_ND_NULL : 0;
    if (property->is_default) {
      bits = WIRE_ND_DEFAULT | (declared->value.is_null ? WIRE_ND_NULL : 0);
    }
    pac_encode_nd(writer, nd_table, i, bits);
    if (bits == 0) {
      pac_encode_value(writer, heap, slot, &property->value);
    }
    slot += pac_slot_width(&property->value);
  }
}

static void encode_body(struct writer *writer, const struct pac_object *instance, const uint32_t *order) {
  uint32_t count = instance->properties.count;
  bool has_sets = has_property_qualifiers(instance);
  size_t start = pac_writer_fill(writer, 9, 0);
  size_t nd_table = pac_writer_fill(writer, pac_encode_tables_octets(instance->class_object), 0);
  size_t set = pac_encode_set(writer, &instance->qualifiers);
  pac_writer_u8(writer, has_sets ? 2 : 1);
  size_t sets = writer->size;
  for (uint32_t i = 0; i < count && has_sets; i++) {
    pac_encode_set(writer, &pac_property_entry_at(instance, order[i])->qualifiers);
  }
  size_t heap = pac_encode_heap(writer);
  pac_encode_name(writer, heap, start + 5, instance->class_name);
  encode_settings(writer, heap, nd_table, nd_table + nd_table_octets(count), instance);
  pac_encode_set_items(writer, heap, set, &instance->qualifiers);
  for (uint32_t i = 0; i < count && has_sets && writer->result == PAC_RESULT_OK; i++) {
    pac_encode_set_items(writer, heap, sets, &pac_property_entry_at(instance, order[i])->qualifiers);
    sets += octets_u32(writer->data + sets);
  }
  pac_encode_heap_end(writer, heap);
  pac_writer_set_length(writer, start, start);
}

static void encode_instance(struct writer *writer, const struct pac_object *instance, bool has_class) {
  const struct pac_object *class_object = instance->class_object;
  if (has_class) {
    pac_encode_class_part(writer, class_object);
  }
  const uint32_t *order = pac_encode_order(writer, class_object);
  if (order != NULL) {
    encode_body(writer, instance, order);
  }
}

/* Block, unit ----------------------------------------------------------------------------------------------------- */

static bool has_encoding(const struct pac_object *object) {
  bool is_named = object->class_name != NULL;
  if (object->genus == PAC_GENUS_INSTANCE) {
    return is_named && object->class_object->class_name != NULL;
  }
  return is_named && (object->parent == NULL || object->parent->class_name != NULL);
}

void pac_encode_block(struct writer *writer, const struct pac_object *object, bool has_class) {
  if (!has_encoding(object)) {
    pac_writer_fail(writer, PAC_RESULT_UNSUPPORTED);
    return;
  }
  if (writer->depth >= PAC_ENCODING_NESTING_MAX) {
    pac_writer_fail(writer, PAC_RESULT_LIMIT);
    return;
  }
  writer->depth += 1;
  bool is_class = object->genus == PAC_GENUS_CLASS;
  bool is_decorated = object->server != NULL || object->namespace_name != NULL;
  pac_writer_u8(writer, (uint8_t)((is_class ? WIRE_FLAG_CLASS : WIRE_FLAG_INSTANCE) |
                                  (is_decorated ? WIRE_FLAG_DECORATED : 0) | object->prototype_flags));
  if (is_decorated) {
    encode_decoration(writer, object);
  }
  if (is_class) {
    encode_class(writer, object);
  } else {
    encode_instance(writer, object, has_class);
  }
  writer->depth -= 1;
}

void pac_encode_unit(struct writer *writer, const struct pac_object *object) {
  pac_writer_u32(writer, UNIT_SIGNATURE);
  size_t length_at = pac_writer_fill(writer, 4, 0);
  pac_encode_block(writer, object, true);
  pac_writer_set_length(writer, length_at, length_at + 4);
}

enum pac_result pac_unit_encode(const struct pac_memory *memory, const struct pac_object *object, unsigned options,
                                struct pac_octets *given) {
  struct writer writer;
  pac_writer_init(&writer, memory, options);
  pac_encode_unit(&writer, object);
  return pac_writer_finish(&writer, given);
}

/* Object array ---------------------------------------------------------------------------------------------------- */

static bool fits_type(const struct pac_array_object *item) {
  bool is_class = item->object->genus == PAC_GENUS_CLASS;
  return item->type == PAC_ARRAY_CLASS ? is_class
                                       : !is_class && (item->type == PAC_ARRAY_INSTANCE ||
                                                       item->type == PAC_ARRAY_INSTANCE_NO_CLASS);
}

static void encode_item(struct writer *writer, const struct pac_array_object *item) {
  bool is_class = item->type == PAC_ARRAY_CLASS;
  pac_writer_u32(writer, 9);
  size_t outer = pac_writer_fill(writer, 4, 0);
  pac_writer_u8(writer, (uint8_t)item->type);
  size_t header = writer->size;
  pac_writer_u32(writer, is_class ? 8 : 0x18);
  size_t inner = pac_writer_fill(writer, 4, 0);
  if (!is_class) {
    pac_writer_append(writer, item->class_id, PAC_CLASS_ID_OCTETS);
  }
  size_t block = writer->size;
  pac_encode_block(writer, item->object, item->type != PAC_ARRAY_INSTANCE_NO_CLASS);
  pac_writer_set_length(writer, inner, block);
  pac_writer_set_length(writer, outer, header);
}

enum pac_result pac_object_array_encode(const struct pac_memory *memory, const struct pac_array_object *objects,
                                        uint32_t count, enum pac_packet_type packet_type, unsigned options,
                                        struct pac_octets *given) {
  struct writer writer;
  for (uint32_t i = 0; i < count; i++) {
    if (!fits_type(&objects[i])) {
      return PAC_RESULT_INVALID_ARGUMENT;
    }
  }
  pac_writer_init(&writer, memory, options);
  pac_writer_u32(&writer, 0);
  pac_writer_append(&writer, "WBEMDATA", 8);
  pac_writer_u32(&writer, 0x1A);
  size_t size1 = pac_writer_fill(&writer, 4, 0);
  pac_writer_u32(&writer, 0);
  pac_writer_u8(&writer, 1);
  pac_writer_u8(&writer, (uint8_t)packet_type);
  size_t header2 = writer.size;
  pac_writer_u32(&writer, 8);
  size_t size2 = pac_writer_fill(&writer, 4, 0);
  size_t header3 = writer.size;
  pac_writer_u32(&writer, 12);
  size_t size3 = pac_writer_fill(&writer, 4, 0);
  pac_writer_u32(&writer, count);
  size_t first = writer.size;
  for (uint32_t i = 0; i < count && writer.result == PAC_RESULT_OK; i++) {
    encode_item(&writer, &objects[i]);
  }
  pac_writer_set_length(&writer, size1, header2);
  pac_writer_set_length(&writer, size2, header3);
  pac_writer_set_length(&writer, size3, first);
  return pac_writer_finish(&writer, given);
}
