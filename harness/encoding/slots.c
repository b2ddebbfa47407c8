/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values: a slot, inline or referring into a heap, and the elements of arrays. Where slots stand and which of them
 * count is left to the parts.
 */
#include "encoding/parts.h"
#include "encoding/text.h"

unsigned pac_type_width(unsigned base) {
  switch (base) {
    case PAC_CIM_SINT8:
    case PAC_CIM_UINT8: return 1;
    case PAC_CIM_SINT16:
    case PAC_CIM_UINT16:
    case PAC_CIM_BOOLEAN:
    case PAC_CIM_CHAR16: return 2;
    case PAC_CIM_SINT32:
    case PAC_CIM_UINT32:
    case PAC_CIM_REAL32:
    case PAC_CIM_STRING:
    case PAC_CIM_OBJECT:
    case PAC_CIM_DATETIME:
    case PAC_CIM_REFERENCE: return 4;
    case PAC_CIM_REAL64:
    case PAC_CIM_SINT64:
    case PAC_CIM_UINT64: return 8;
    default: return 0;
  }
}

/* Everything that stands in the slot or element itself. */
static enum pac_result read_number(struct decoder *decoder, uint32_t at, enum pac_cim_type type,
                                   union pac_scalar *scalar) {
  const uint8_t *octets = decoder->octets + at;
  switch (type) {
    case PAC_CIM_SINT8: scalar->sint = (int8_t)octets[0]; break;
    case PAC_CIM_UINT8: scalar->uint = octets[0]; break;
    case PAC_CIM_SINT16: scalar->sint = (int16_t)octets_u16(octets); break;
    case PAC_CIM_UINT16: scalar->uint = octets_u16(octets); break;
    case PAC_CIM_SINT32: scalar->sint = (int32_t)octets_u32(octets); break;
    case PAC_CIM_UINT32: scalar->uint = octets_u32(octets); break;
    case PAC_CIM_SINT64: scalar->sint = (int64_t)octets_u64(octets); break;
    case PAC_CIM_UINT64: scalar->uint = octets_u64(octets); break;
    case PAC_CIM_CHAR16: scalar->char16 = octets_u16(octets); break;
    case PAC_CIM_REAL32: {
      uint32_t bits = octets_u32(octets);
      memcpy(&scalar->real32, &bits, sizeof bits);
      break;
    }
    case PAC_CIM_REAL64: {
      uint64_t bits = octets_u64(octets);
      memcpy(&scalar->real64, &bits, sizeof bits);
      break;
    }
    default: { /* boolean */
      uint16_t word = octets_u16(octets);
      if (word != 0 && word != 0xFFFF) {
        PAC_TRY(pac_decoder_soft(decoder, 120, at));
      }
      scalar->boolean = word != 0;
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_text(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                                 enum pac_cim_type type, const char **text) {
  PAC_TRY(pac_heap_text(decoder, heap, ref, at, text));
  if ((ref & WIRE_REF_DICTIONARY) == 0 && pac_dictionary_index(*text) >= 0) {
    pac_decoder_note(decoder, 38, heap->content.at + ref);
  }
  if (type == PAC_CIM_DATETIME && !pac_datetime_is_formed(*text)) {
    PAC_TRY(pac_decoder_soft(decoder, 123, at));
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_object(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                                   struct wire_object **object) {
  struct span item;
  uint32_t length = 0;
  PAC_TRY(pac_heap_item(decoder, heap, ref, at, 4, &item));
  uint32_t start = item.at;
  PAC_TRY(read_u32(decoder, &item, &length));
  if (length == 0 || length > span_left(&item)) {
    return pac_decoder_reject(decoder, 122, start);
  }
  PAC_TRY(pac_heap_claim(decoder, heap, start, item.at + length));
  return pac_object_block_read(decoder, (struct span){item.at, item.at + length}, BLOCK_ANY, NULL, object);
}

static enum pac_result read_element(struct decoder *decoder, struct heap *heap, uint32_t at, uint32_t index,
                                    struct wire_value *array) {
  if (!type_is_referred(array->type, false)) {
    return read_number(decoder, at, array->type, &array->is.elements[index]);
  }
  uint32_t ref = octets_u32(decoder->octets + at);
  if (ref == WIRE_REF_NULL) {
    pac_decoder_note(decoder, 124, at);
    return PAC_RESULT_OK;
  }
  struct frame frame;
  frame_push(decoder, &frame, "element", NULL, index);
  if (array->type == PAC_CIM_OBJECT) {
    PAC_TRY(read_object(decoder, heap, ref, at, &array->is.objects[index]));
  } else {
    PAC_TRY(read_text(decoder, heap, ref, at, array->type, &array->is.elements[index].text));
  }
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

static enum pac_result read_array(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                                  struct wire_value *value) {
  struct span item;
  unsigned width = pac_type_width(value->type);
  PAC_TRY(pac_heap_item(decoder, heap, ref, at, 4, &item));
  uint32_t start = item.at;
  PAC_TRY(read_u32(decoder, &item, &value->count));
  if (value->count > span_left(&item) / width) {
    return pac_decoder_reject(decoder, 121, start);
  }
  PAC_TRY(pac_decoder_count_nodes(decoder, value->count, start));
  PAC_TRY(pac_heap_claim(decoder, heap, start, item.at + value->count * width));
  if (value->type == PAC_CIM_OBJECT) {
    PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, value->count, sizeof(struct wire_object *),
                                 &value->is.objects));
  } else {
    PAC_TRY(pac_decoder_allocate(decoder, decoder->texts, value->count, sizeof(union pac_scalar),
                                 &value->is.elements));
  }
  for (uint32_t i = 0; i < value->count; i++) {
    PAC_TRY(read_element(decoder, heap, item.at + i * width, i, value));
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_slot_read(struct decoder *decoder, struct heap *heap, uint32_t at, struct wire_value *value) {
  value->offset = at;
  PAC_TRY(count_node(decoder, at));
  if (!type_is_referred(value->type, value->is_array)) {
    return read_number(decoder, at, value->type, &value->is.scalar);
  }
  uint32_t ref = octets_u32(decoder->octets + at);
  if (ref == WIRE_REF_NULL) {
    value->is_null = true;
    return PAC_RESULT_OK;
  }
  if (value->is_array) {
    return read_array(decoder, heap, ref, at, value);
  }
  if (value->type == PAC_CIM_OBJECT) {
    return read_object(decoder, heap, ref, at, &value->is.object);
  }
  return read_text(decoder, heap, ref, at, value->type, &value->is.scalar.text);
}

enum pac_result pac_slot_read_inherited(struct decoder *decoder, struct heap *heap, uint32_t at,
                                        struct wire_value *value) {
  struct trial trial;
  bool was_trial = false;
  pac_decoder_try(decoder, &trial);
  uint32_t mark = pac_heap_try(heap, &was_trial);
  enum pac_result result = pac_slot_read(decoder, heap, at, value);
  bool is_unknown = pac_decoder_tried(decoder, &trial, result);
  pac_heap_tried(heap, mark, was_trial, result == PAC_RESULT_OK);
  if (!is_unknown) {
    return result;
  }
  *value = (struct wire_value){
      .type = value->type, .is_array = value->is_array, .is_unknown = true, .offset = at};
  pac_decoder_note(decoder, 72, at);
  return PAC_RESULT_OK;
}
