/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The object array: three headers, then objects each with a header of its own. An instance without class takes the class
 * part that came with the same class id before.
 */
#include "encoding/class_ids.h"
#include "encoding/parts.h"

#define HEADER1_OCTETS 0x1Au
#define HEADER2_OCTETS 8u
#define HEADER3_OCTETS 12u
#define OBJECT_HEADER_OCTETS 9u
#define INNER_HEADER_CLASS_OCTETS 8u
#define INNER_HEADER_INSTANCE_OCTETS 0x18u

static const uint8_t array_signature[] = {'W', 'B', 'E', 'M', 'D', 'A', 'T', 'A'};

static enum pac_result expect_u32(struct decoder *decoder, struct span *span, uint32_t expected, unsigned rule) {
  uint32_t at = span->at;
  uint32_t value = 0;
  PAC_TRY(read_u32(decoder, span, &value));
  return value == expected ? PAC_RESULT_OK : pac_decoder_reject(decoder, rule, at);
}

/* Reads the size behind a header's own size, which should be what `span` holds after the header, and narrows the span
 * to the header and that. */
static enum pac_result narrow(struct decoder *decoder, struct span *span, unsigned rule, unsigned header_octets) {
  uint32_t at = span->at;
  uint32_t size = 0;
  PAC_TRY(read_u32(decoder, span, &size));
  uint32_t header = at - 4;
  if (header_octets > span->end - header) {
    return pac_decoder_reject(decoder, 3, at);
  }
  uint32_t expected = span->end - header - header_octets;
  if (size > expected) {
    return pac_decoder_reject(decoder, 6, at);
  }
  if (size < expected) {
    PAC_TRY(pac_decoder_soft(decoder, rule, at));
  }
  span->end = header + header_octets + size;
  return PAC_RESULT_OK;
}

static enum pac_result read_header1(struct decoder *decoder, struct span *span, struct wire_array *array) {
  uint32_t flags = 0;
  uint8_t version = 0;
  PAC_TRY(expect_u32(decoder, span, 0, 140));
  if (span_left(span) < sizeof array_signature) {
    return pac_decoder_reject(decoder, 3, span->at);
  }
  if (memcmp(decoder->octets + span->at, array_signature, sizeof array_signature) != 0) {
    return pac_decoder_reject(decoder, 141, span->at);
  }
  span->at += (uint32_t)sizeof array_signature;
  PAC_TRY(expect_u32(decoder, span, HEADER1_OCTETS, 142));
  uint32_t size_at = span->at;
  uint32_t size = 0;
  PAC_TRY(read_u32(decoder, span, &size));
  if (span->end < HEADER1_OCTETS || size > span->end - HEADER1_OCTETS) {
    return pac_decoder_reject(decoder, span->end < HEADER1_OCTETS ? 3 : 143, size_at);
  }
  PAC_TRY(read_u32(decoder, span, &flags));
  if (flags != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 144, span->at - 4));
  }
  PAC_TRY(read_u8(decoder, span, &version));
  if (version != 1) {
    PAC_TRY(pac_decoder_soft(decoder, 145, span->at - 1));
  }
  PAC_TRY(read_u8(decoder, span, &array->packet_type));
  if (array->packet_type > PAC_PACKET_NEXT) {
    PAC_TRY(pac_decoder_soft(decoder, 146, span->at - 1));
  }
  if (size < span_left(span)) {
    pac_decoder_note(decoder, 4, span->at + size);
  }
  span->end = span->at + size;
  return PAC_RESULT_OK;
}

/* The octets of one object after its header, opened up to the ObjectBlock. */
static enum pac_result open_object(struct decoder *decoder, struct span *span, struct wire_array_object *item,
                                   struct span *block) {
  uint32_t size = 0;
  PAC_TRY(expect_u32(decoder, span, OBJECT_HEADER_OCTETS, 152));
  PAC_TRY(read_u32(decoder, span, &size));
  PAC_TRY(read_u8(decoder, span, &item->type));
  if (size > span_left(span)) {
    return pac_decoder_reject(decoder, 153, span->at - 5);
  }
  if (item->type < PAC_ARRAY_CLASS || item->type > PAC_ARRAY_INSTANCE_NO_CLASS) {
    return pac_decoder_reject(decoder, 154, span->at - 1);
  }
  *block = (struct span){span->at, span->at + size};
  span->at += size;
  uint32_t header =
      item->type == PAC_ARRAY_CLASS ? INNER_HEADER_CLASS_OCTETS : INNER_HEADER_INSTANCE_OCTETS;
  PAC_TRY(expect_u32(decoder, block, header, 155));
  PAC_TRY(narrow(decoder, block, 156, header));
  if (item->type != PAC_ARRAY_CLASS) {
    /* The block holds its whole header, and the class id is the rest of that. */
    item->class_id = decoder->octets + block->at;
    block->at += PAC_CLASS_ID_OCTETS;
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_object(struct decoder *decoder, struct span *span, struct class_ids *known,
                                   struct wire_array_object *item) {
  struct span block;
  struct wire_class *class_part = NULL;
  item->offset = span->at;
  PAC_TRY(open_object(decoder, span, item, &block));
  enum block_kind kind = item->type == PAC_ARRAY_CLASS      ? BLOCK_CLASS
                         : item->type == PAC_ARRAY_INSTANCE ? BLOCK_INSTANCE
                                                            : BLOCK_INSTANCE_NO_CLASS;
  if (kind == BLOCK_INSTANCE_NO_CLASS) {
    class_part = pac_class_ids_find(known, item->class_id);
    if (class_part == NULL) {
      return pac_decoder_reject(decoder, 158, block.at - PAC_CLASS_ID_OCTETS);
    }
  }
  PAC_TRY(pac_object_block_read(decoder, block, kind, class_part, &item->object));
  if (kind != BLOCK_INSTANCE) {
    return PAC_RESULT_OK;
  }
  bool is_repeated = false;
  PAC_TRY(pac_class_ids_put(decoder, known, item->class_id, item->object->current, &is_repeated));
  if (is_repeated) {
    pac_decoder_note(decoder, 159, block.at - PAC_CLASS_ID_OCTETS);
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_wire_array_decode(struct decoder *decoder, struct class_ids *known, struct wire_array **given) {
  struct span span = {0, decoder->size};
  struct wire_array *array = NULL;
  uint32_t count = 0;
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, 1, sizeof *array, &array));
  PAC_TRY(read_header1(decoder, &span, array));
  PAC_TRY(expect_u32(decoder, &span, HEADER2_OCTETS, 147));
  PAC_TRY(narrow(decoder, &span, 148, HEADER2_OCTETS));
  PAC_TRY(expect_u32(decoder, &span, HEADER3_OCTETS, 149));
  PAC_TRY(narrow(decoder, &span, 150, HEADER3_OCTETS));
  uint32_t count_at = span.at;
  PAC_TRY(read_u32(decoder, &span, &count));
  if (count > span_left(&span) / OBJECT_HEADER_OCTETS) {
    return pac_decoder_reject(decoder, 151, count_at);
  }
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, count, sizeof *array->items, &array->items));
  for (uint32_t i = 0; i < count; i++) {
    struct frame frame;
    frame_push(decoder, &frame, "object", NULL, i);
    if (span_left(&span) == 0) {
      return pac_decoder_reject(decoder, 151, count_at);
    }
    PAC_TRY(read_object(decoder, &span, known, &array->items[i]));
    array->count = i + 1;
    frame_pop(decoder);
  }
  if (span.at < span.end) {
    PAC_TRY(pac_decoder_soft(decoder, 151, span.at));
  }
  *given = array;
  return PAC_RESULT_OK;
}
