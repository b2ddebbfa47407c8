/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The context buffer: names, variants and arrays of variants, into the wire tree. Making a named value set of it is left
 * to context_model.c.
 */
#include "encoding/name_set.h"
#include "encoding/parts.h"
#include "encoding/text.h"
#include "encoding/variant.h"

#define SCALAR_OCTETS 8u /* every number takes that many, whatever its own width */
#define OBJREF_OCTETS 48u
#define OBJREF_SIGNATURE 0x574F454Du
#define PROPERTY_OCTETS_MIN 10u

static enum pac_result read_string(struct decoder *decoder, struct span *span, struct wire_text *text) {
  uint32_t at = span->at;
  uint32_t units = 0;
  PAC_TRY(read_u32(decoder, span, &units));
  if (units > span_left(span) / 2) {
    return pac_decoder_reject(decoder, 164, at);
  }
  PAC_TRY(count_node(decoder, at));
  PAC_TRY(pac_utf16_read(decoder, span->at, units, text));
  span->at += units * 2;
  if (text->octets > 0 && text->text[text->octets - 1] == '\0') {
    return pac_decoder_soft(decoder, 166, at);
  }
  if (strlen(text->text) < text->octets) {
    pac_decoder_note(decoder, 166, at);
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_object(struct decoder *decoder, struct span *span, struct wire_object **object) {
  uint32_t at = span->at;
  const struct frame *frame = decoder->frame;
  if (span_left(span) >= OBJREF_OCTETS && octets_u32(decoder->octets + at) == OBJREF_SIGNATURE) {
    span->at += OBJREF_OCTETS;
  }
  enum pac_result result = pac_wire_unit_read(decoder, span, object);
  if (result != PAC_RESULT_MALFORMED) {
    return result;
  }
  /* What is wrong with the object is told by decoding it alone; here it is the context that holds no object. */
  decoder->frame = frame;
  return pac_decoder_reject(decoder, 172, at);
}

/* A number of `width` octets at `at`. */
static enum pac_result read_number(struct decoder *decoder, enum wire_variant variant, uint32_t at, unsigned width,
                                   union pac_scalar *scalar) {
  const uint8_t *octets = decoder->octets + at;
  switch (variant) {
    case WIRE_VT_I1: scalar->sint = (int8_t)octets[0]; break;
    case WIRE_VT_UI1: scalar->uint = octets[0]; break;
    case WIRE_VT_I2: scalar->sint = (int16_t)octets_u16(octets); break;
    case WIRE_VT_UI2: scalar->uint = octets_u16(octets); break;
    case WIRE_VT_I4: scalar->sint = (int32_t)octets_u32(octets); break;
    case WIRE_VT_UI4: scalar->uint = octets_u32(octets); break;
    case WIRE_VT_R4: {
      uint32_t bits = octets_u32(octets);
      memcpy(&scalar->real32, &bits, sizeof bits);
      break;
    }
    case WIRE_VT_R8: {
      uint64_t bits = octets_u64(octets);
      memcpy(&scalar->real64, &bits, sizeof bits);
      break;
    }
    default: { /* WIRE_VT_BOOL */
      uint16_t word = octets_u16(octets);
      if (word != 0 && word != 0xFFFF) {
        PAC_TRY(pac_decoder_soft(decoder, 174, at));
      }
      scalar->boolean = word != 0;
    }
  }
  for (unsigned i = pac_variant_width(variant); i < width; i++) {
    if (octets[i] != 0) {
      pac_decoder_note(decoder, 175, at);
      break;
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_scalar(struct decoder *decoder, struct span *span, enum wire_variant variant,
                                   struct wire_context_value *item) {
  switch (variant) {
    case WIRE_VT_NULL: item->value.is_null = true; return PAC_RESULT_OK;
    case WIRE_VT_BSTR:
      PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, 1, sizeof *item->texts, &item->texts));
      PAC_TRY(read_string(decoder, span, item->texts));
      item->value.is.scalar.text = item->texts->text;
      return PAC_RESULT_OK;
    case WIRE_VT_UNKNOWN: return read_object(decoder, span, &item->value.is.object);
    default:
      if (span_left(span) < SCALAR_OCTETS) {
        return pac_decoder_reject(decoder, 3, span->at);
      }
      span->at += SCALAR_OCTETS;
      return read_number(decoder, variant, span->at - SCALAR_OCTETS, SCALAR_OCTETS, &item->value.is.scalar);
  }
}

/* The octets of one element for the ElementSize that was stated: the table's, or the width tolerated beside it. */
static enum pac_result judge_element_size(struct decoder *decoder, enum wire_variant variant, uint32_t stated,
                                          uint32_t at, unsigned *width) {
  *width = pac_variant_element_octets(variant);
  bool is_good = stated == *width;
  if (variant == WIRE_VT_R4 && stated == 4) {
    *width = 4;
    is_good = true;
  }
  if (variant == WIRE_VT_BSTR || variant == WIRE_VT_UNKNOWN) {
    is_good = stated == 4 || stated == 8;
  }
  return is_good ? PAC_RESULT_OK : pac_decoder_soft(decoder, 170, at);
}

static enum pac_result read_elements(struct decoder *decoder, struct span *span, enum wire_variant variant,
                                     unsigned width, struct wire_context_value *item) {
  struct wire_value *value = &item->value;
  if (variant == WIRE_VT_UNKNOWN) {
    PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, value->count, sizeof(struct wire_object *),
                                 &value->is.objects));
  } else if (variant != WIRE_VT_NULL) {
    PAC_TRY(pac_decoder_allocate(decoder, decoder->texts, value->count, sizeof(union pac_scalar),
                                 &value->is.elements));
  }
  if (variant == WIRE_VT_BSTR) {
    PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, value->count, sizeof *item->texts, &item->texts));
  }
  for (uint32_t i = 0; i < value->count && variant != WIRE_VT_NULL; i++) {
    struct frame frame;
    frame_push(decoder, &frame, "element", NULL, i);
    if (variant == WIRE_VT_UNKNOWN) {
      PAC_TRY(read_object(decoder, span, &value->is.objects[i]));
    } else if (variant == WIRE_VT_BSTR) {
      PAC_TRY(read_string(decoder, span, &item->texts[i]));
      value->is.elements[i].text = item->texts[i].text;
    } else {
      PAC_TRY(read_number(decoder, variant, span->at, width, &value->is.elements[i]));
      span->at += width;
    }
    frame_pop(decoder);
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_array(struct decoder *decoder, struct span *span, enum wire_variant variant,
                                  struct wire_context_value *item) {
  uint32_t at = span->at;
  uint32_t stated = 0;
  unsigned width = 0;
  PAC_TRY(read_u32(decoder, span, &item->value.count));
  PAC_TRY(read_u32(decoder, span, &stated));
  PAC_TRY(judge_element_size(decoder, variant, stated, at + 4, &width));
  /* An element that is read by its own length takes four octets (a string) or eight (a unit) at least. */
  unsigned least = variant == WIRE_VT_BSTR ? 4 : variant == WIRE_VT_UNKNOWN ? 8 : width;
  if (least > 0 && item->value.count > span_left(span) / least) {
    return pac_decoder_reject(decoder, 171, at);
  }
  if (variant != WIRE_VT_BSTR) {
    PAC_TRY(pac_decoder_count_nodes(decoder, item->value.count, at));
  }
  return read_elements(decoder, span, variant, width, item);
}

static enum pac_result read_property(struct decoder *decoder, struct span *span, struct frame *frame,
                                     struct wire_context_value *item) {
  uint32_t flags = 0;
  item->offset = span->at;
  PAC_TRY(count_node(decoder, span->at));
  PAC_TRY(read_string(decoder, span, &item->name));
  frame->name = item->name.text;
  if (item->name.octets == 0) {
    PAC_TRY(pac_decoder_soft(decoder, 165, item->offset));
  }
  PAC_TRY(read_u32(decoder, span, &flags));
  if (flags != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 167, span->at - 4));
  }
  PAC_TRY(read_u16(decoder, span, &item->variant));
  enum wire_variant variant = (enum wire_variant)(item->variant & ~WIRE_VT_ARRAY);
  if (!pac_variant_type(variant, &item->value.type)) {
    return pac_decoder_reject(decoder, 168, span->at - 2);
  }
  item->value.is_array = (item->variant & WIRE_VT_ARRAY) != 0;
  item->value.offset = span->at;
  return item->value.is_array ? read_array(decoder, span, variant, item)
                              : read_scalar(decoder, span, variant, item);
}

static enum pac_result judge_repeats(struct decoder *decoder, const struct wire_context *context) {
  struct name_set names = {.is_folded = true};
  for (uint32_t i = 0; i < context->count; i++) {
    const struct wire_context_value *item = &context->items[i];
    uint32_t earlier = NAME_SET_NEW;
    PAC_TRY(pac_name_set_add(decoder, &names, item->name.text, item->name.octets, i, &earlier));
    if (earlier != NAME_SET_NEW) {
      PAC_TRY(pac_decoder_soft(decoder, 173, item->offset));
    }
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_wire_context_decode(struct decoder *decoder, struct wire_context **given) {
  struct span span = {0, decoder->size};
  struct wire_context *context = NULL;
  uint32_t count = 0;
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, 1, sizeof *context, &context));
  PAC_TRY(read_u32(decoder, &span, &context->guids_count));
  if (context->guids_count > span_left(&span) / PAC_CONTEXT_GUID_OCTETS) {
    return pac_decoder_reject(decoder, 161, 0);
  }
  if (context->guids_count != 1) {
    PAC_TRY(pac_decoder_soft(decoder, 160, 0));
  }
  context->guids = decoder->octets + span.at;
  span.at += context->guids_count * PAC_CONTEXT_GUID_OCTETS;
  uint32_t count_at = span.at;
  PAC_TRY(read_u32(decoder, &span, &count));
  if (count > span_left(&span) / PROPERTY_OCTETS_MIN) {
    return pac_decoder_reject(decoder, 162, count_at);
  }
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, count, sizeof *context->items, &context->items));
  for (uint32_t i = 0; i < count; i++) {
    struct frame frame;
    frame_push(decoder, &frame, "property", NULL, i);
    if (span_left(&span) == 0) {
      return pac_decoder_reject(decoder, 162, count_at);
    }
    PAC_TRY(read_property(decoder, &span, &frame, &context->items[i]));
    context->count = i + 1;
    frame_pop(decoder);
  }
  PAC_TRY(judge_repeats(decoder, context));
  if (span.at < span.end) {
    PAC_TRY(pac_decoder_soft(decoder, 163, span.at));
  }
  *given = context;
  return PAC_RESULT_OK;
}
