/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values, names and qualifier sets as the canonical encoder writes them: the fixed part first, its items behind it, the
 * references filled in. An item's elements follow the item itself.
 */
#include "encoding/encode.h"
#include "encoding/parts.h"
#include "encoding/text.h"

#define QUALIFIER_HEAD_OCTETS 9u

unsigned pac_slot_width(const struct pac_value *value) {
  return value->is_array ? 4 : pac_type_width((unsigned)value->type);
}

uint32_t pac_type_word(const struct pac_value *value) {
  return (uint32_t)value->type | (value->is_array ? WIRE_TYPE_ARRAY : 0);
}

/* The reference to an item that is appended next. */
static void set_reference(struct writer *writer, size_t heap, size_t at) {
  pac_writer_set(writer, at, (uint32_t)(writer->size - heap), 4);
}

size_t pac_encode_heap(struct writer *writer) {
  pac_writer_u32(writer, 0);
  return writer->size;
}

void pac_encode_heap_end(struct writer *writer, size_t heap) {
  pac_writer_set(writer, heap - 4, (uint64_t)(writer->size - heap) | 0x80000000u, 4);
}

void pac_encode_name(struct writer *writer, size_t heap, size_t at, const char *name) {
  int index = pac_dictionary_index(name);
  if (index >= 0) {
    pac_writer_set(writer, at, WIRE_REF_DICTIONARY | (uint32_t)index, 4);
    return;
  }
  set_reference(writer, heap, at);
  pac_writer_text(writer, name);
}

static void encode_text(struct writer *writer, size_t heap, size_t at, const char *text) {
  if ((writer->options & PAC_ENCODE_DICTIONARY_VALUES) != 0) {
    pac_encode_name(writer, heap, at, text);
    return;
  }
  set_reference(writer, heap, at);
  pac_writer_text(writer, text);
}

static void encode_object(struct writer *writer, size_t heap, size_t at, const struct pac_object *object) {
  set_reference(writer, heap, at);
  size_t length_at = pac_writer_fill(writer, 4, 0);
  pac_encode_block(writer, object, true);
  pac_writer_set_length(writer, length_at, length_at + 4);
}

static void encode_number(struct writer *writer, size_t at, enum pac_cim_type type, const union pac_scalar *scalar) {
  uint32_t bits32 = 0;
  uint64_t bits = 0;
  switch (type) {
    case PAC_CIM_BOOLEAN: bits = scalar->boolean ? 0xFFFFu : 0; break;
    case PAC_CIM_CHAR16: bits = scalar->char16; break;
    case PAC_CIM_REAL32:
      memcpy(&bits32, &scalar->real32, sizeof bits32);
      bits = bits32;
      break;
    case PAC_CIM_REAL64: memcpy(&bits, &scalar->real64, sizeof bits); break;
    case PAC_CIM_SINT8:
    case PAC_CIM_SINT16:
    case PAC_CIM_SINT32:
    case PAC_CIM_SINT64: bits = (uint64_t)scalar->sint; break;
    default: bits = scalar->uint;
  }
  pac_writer_set(writer, at, bits, pac_type_width((unsigned)type));
}

static void encode_scalar(struct writer *writer, size_t heap, size_t at, enum pac_cim_type type,
                          const union pac_scalar *scalar) {
  switch (type) {
    case PAC_CIM_STRING:
    case PAC_CIM_DATETIME:
    case PAC_CIM_REFERENCE:
      if (scalar->text == NULL) {
        pac_writer_set(writer, at, WIRE_REF_NULL, 4);
      } else {
        encode_text(writer, heap, at, scalar->text);
      }
      break;
    case PAC_CIM_OBJECT:
      if (scalar->object == NULL) {
        pac_writer_set(writer, at, WIRE_REF_NULL, 4);
      } else {
        encode_object(writer, heap, at, scalar->object);
      }
      break;
    default: encode_number(writer, at, type, scalar);
  }
}

void pac_encode_value(struct writer *writer, size_t heap, size_t at, const struct pac_value *value) {
  if (!value->is_array) {
    encode_scalar(writer, heap, at, value->type, &value->scalar);
    return;
  }
  unsigned width = pac_type_width((unsigned)value->type);
  set_reference(writer, heap, at);
  pac_writer_u32(writer, value->count);
  size_t elements = pac_writer_fill(writer, (size_t)value->count * width, 0);
  for (uint32_t i = 0; i < value->count && writer->result == PAC_RESULT_OK; i++) {
    encode_scalar(writer, heap, elements + (size_t)i * width, value->type, &value->elements[i]);
  }
}

size_t pac_encode_set(struct writer *writer, const struct pac_qualifier_set *set) {
  size_t octets = 4;
  for (uint32_t i = 0; i < set->list.count; i++) {
    octets += QUALIFIER_HEAD_OCTETS + pac_slot_width(&pac_qualifier_entry_at(set, i)->value);
  }
  size_t at = pac_writer_fill(writer, octets, 0);
  pac_writer_set(writer, at, octets, 4);
  return at;
}

void pac_encode_set_items(struct writer *writer, size_t heap, size_t at, const struct pac_qualifier_set *set) {
  at += 4;
  for (uint32_t i = 0; i < set->list.count; i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_entry_at(set, i);
    pac_encode_name(writer, heap, at, qualifier->name);
    pac_writer_set(writer, at + 4, qualifier->flavor, 1);
    pac_writer_set(writer, at + 5, pac_type_word(&qualifier->value), 4);
    at += QUALIFIER_HEAD_OCTETS;
    if (!qualifier->value.is_null) {
      pac_encode_value(writer, heap, at, &qualifier->value);
    } else if (type_is_referred(qualifier->value.type, qualifier->value.is_array)) {
      pac_writer_set(writer, at, WIRE_REF_NULL, 4);
    } else {
      /* A slot has no word for a null number. */
      pac_writer_fail(writer, PAC_RESULT_UNSUPPORTED);
    }
    at += pac_slot_width(&qualifier->value);
  }
}
