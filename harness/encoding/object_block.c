/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ObjectBlock and the encoding unit around it: flags, decoration, and the order of the parts. The only place where
 * decoding recurses, once for each object in an object.
 */
#include "encoding/parts.h"
#include "encoding/text.h"

#define UNIT_SIGNATURE 0x12345678u
#define FLAGS_KNOWN 0x57u

static enum pac_result judge_flags(struct decoder *decoder, uint8_t flags, enum block_kind kind, uint32_t at) {
  bool is_class = (flags & WIRE_FLAG_CLASS) != 0;
  bool is_instance = (flags & WIRE_FLAG_INSTANCE) != 0;
  if (kind == BLOCK_INSTANCE_NO_CLASS) {
    if (is_class || !is_instance) {
      return pac_decoder_reject(decoder, 14, at);
    }
  } else if (is_class == is_instance) {
    return pac_decoder_reject(decoder, 10, at);
  } else if (kind != BLOCK_ANY && is_class != (kind == BLOCK_CLASS)) {
    return pac_decoder_reject(decoder, 157, at);
  }
  if ((flags & (uint8_t)~FLAGS_KNOWN) != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 11, at));
  }
  if ((flags & WIRE_FLAG_PROTOTYPE) != 0 && !is_class) {
    PAC_TRY(pac_decoder_soft(decoder, 12, at));
  }
  if ((flags & WIRE_FLAG_KEY_MISSING) != 0 && (!is_class || (flags & WIRE_FLAG_PROTOTYPE) == 0)) {
    PAC_TRY(pac_decoder_soft(decoder, 13, at));
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_decoration(struct decoder *decoder, struct span *block, struct wire_object *object) {
  struct frame frame;
  frame_push(decoder, &frame, "server", NULL, -1);
  PAC_TRY(count_node(decoder, block->at));
  PAC_TRY(pac_encoded_text_read(decoder, block, &object->server));
  frame.word = "namespace";
  PAC_TRY(count_node(decoder, block->at));
  PAC_TRY(pac_encoded_text_read(decoder, block, &object->namespace_name));
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

static enum pac_result read_class(struct decoder *decoder, struct span *block, struct wire_object *object) {
  struct frame frame;
  bool is_prototype = (object->flags & WIRE_FLAG_PROTOTYPE) != 0;
  frame_push(decoder, &frame, "parent", NULL, -1);
  PAC_TRY(pac_class_part_read(decoder, block, CLASS_OF_PARENT, is_prototype, &object->parent));
  PAC_TRY(pac_methods_part_read(decoder, block, object->parent->ancestors_count, is_prototype,
                                &object->parent_methods));
  if (object->parent->name == NULL && object->parent_methods.count > 0) {
    PAC_TRY(pac_decoder_soft(decoder, 51, object->parent_methods.offset));
  }
  frame.word = "current";
  PAC_TRY(pac_class_part_read(decoder, block, CLASS_CURRENT, is_prototype, &object->current));
  PAC_TRY(pac_methods_part_read(decoder, block, object->current->ancestors_count, is_prototype, &object->methods));
  if (!is_prototype) {
    PAC_TRY(pac_class_judge_parent(decoder, object->parent, object->current));
  }
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

static enum pac_result read_instance(struct decoder *decoder, struct span *block, struct wire_class *class_part,
                                     struct wire_object *object) {
  struct frame frame;
  object->current = class_part;
  if (class_part == NULL) {
    frame_push(decoder, &frame, "current", NULL, -1);
    PAC_TRY(pac_class_part_read(decoder, block, CLASS_CURRENT, false, &object->current));
    frame_pop(decoder);
  }
  frame_push(decoder, &frame, "instance", NULL, -1);
  PAC_TRY(pac_instance_body_read(decoder, block, object));
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

enum pac_result pac_object_block_read(struct decoder *decoder, struct span block, enum block_kind kind,
                                      struct wire_class *class_part, struct wire_object **given) {
  struct wire_object *object = NULL;
  if (decoder->depth >= PAC_ENCODING_NESTING_MAX) {
    return pac_decoder_reject(decoder, 130, block.at);
  }
  decoder->depth += 1;
  PAC_TRY(count_node(decoder, block.at));
  PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, 1, sizeof *object, &object));
  object->offset = block.at;
  object->size = span_left(&block);
  PAC_TRY(read_u8(decoder, &block, &object->flags));
  PAC_TRY(judge_flags(decoder, object->flags, kind, object->offset));
  object->is_class = (object->flags & WIRE_FLAG_CLASS) != 0;
  if ((object->flags & WIRE_FLAG_DECORATED) != 0) {
    PAC_TRY(read_decoration(decoder, &block, object));
  }
  if (object->is_class) {
    PAC_TRY(read_class(decoder, &block, object));
  } else {
    PAC_TRY(read_instance(decoder, &block, class_part, object));
  }
  if (block.at < block.end) {
    pac_decoder_note(decoder, 5, block.at);
  }
  decoder->depth -= 1;
  *given = object;
  return PAC_RESULT_OK;
}

enum pac_result pac_wire_unit_read(struct decoder *decoder, struct span *span, struct wire_object **given) {
  uint32_t start = span->at;
  uint32_t signature = 0;
  uint32_t length = 0;
  PAC_TRY(read_u32(decoder, span, &signature));
  if (signature != UNIT_SIGNATURE) {
    return pac_decoder_reject(decoder, 1, start);
  }
  PAC_TRY(read_u32(decoder, span, &length));
  if (length > span_left(span)) {
    return pac_decoder_reject(decoder, 2, start + 4);
  }
  struct span block = {span->at, span->at + length};
  span->at = block.end;
  return pac_object_block_read(decoder, block, BLOCK_ANY, NULL, given);
}

enum pac_result pac_wire_unit_decode(struct decoder *decoder, struct wire_object **given) {
  struct span container = {0, decoder->size};
  PAC_TRY(pac_wire_unit_read(decoder, &container, given));
  if (container.at < container.end) {
    pac_decoder_note(decoder, 4, container.at);
  }
  return PAC_RESULT_OK;
}
