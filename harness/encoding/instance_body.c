/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The InstanceBody: class name, values and qualifiers of an instance, laid out as the class part says. The class part has
 * been read before, from this object or from an earlier one of an array.
 */
#include "encoding/parts.h"
#include "encoding/text.h"

#define BODY_OCTETS_MIN 18u
#define SETS_NONE 1u
#define SETS_FOLLOW 2u

/* Where the fixed parts of the body stand. */
struct body {
  uint32_t name_ref;
  uint32_t name_at;
  struct span nd_table;
  struct span value_table;
  struct heap heap;
};

static enum pac_result scan_property_sets(struct decoder *decoder, struct span *part, struct wire_object *object) {
  uint32_t at = part->at;
  uint8_t flag = 0;
  PAC_TRY(read_u8(decoder, part, &flag));
  if (flag != SETS_NONE && flag != SETS_FOLLOW) {
    return pac_decoder_reject(decoder, 113, at);
  }
  object->has_property_qualifiers = flag == SETS_FOLLOW;
  for (uint32_t i = 0; i < object->current->properties_count && object->has_property_qualifiers; i++) {
    struct frame frame;
    frame_push(decoder, &frame, "property", object->current->properties[i].name, i);
    PAC_TRY(pac_qualifiers_scan(decoder, part, &object->settings[i].qualifiers));
    frame_pop(decoder);
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_fixed_parts(struct decoder *decoder, struct span *part, struct wire_object *object,
                                        struct body *body) {
  const struct wire_class *current = object->current;
  PAC_TRY(read_u8(decoder, part, &object->instance_flags));
  if (object->instance_flags != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 110, part->at - 1));
  }
  body->name_at = part->at;
  PAC_TRY(read_u32(decoder, part, &body->name_ref));
  /* The length of the body was held against both tables: they are inside. */
  body->nd_table = (struct span){part->at, part->at + nd_table_octets(current->properties_count)};
  body->value_table = (struct span){body->nd_table.end, part->at + current->tables_octets};
  part->at += current->tables_octets;
  PAC_TRY(pac_qualifiers_scan(decoder, part, &object->qualifiers));
  PAC_TRY(scan_property_sets(decoder, part, object));
  PAC_TRY(pac_heap_open(decoder, part, &body->heap));
  if (part->at < part->end) {
    pac_decoder_note(decoder, 8, part->at);
  }
  return PAC_RESULT_OK;
}

static void judge_unused_slot(struct decoder *decoder, uint32_t at, unsigned width) {
  for (unsigned i = 0; i < width; i++) {
    if (decoder->octets[at + i] != 0) {
      pac_decoder_note(decoder, 115, at);
      return;
    }
  }
}

static enum pac_result read_setting(struct decoder *decoder, struct body *body, const struct wire_property *property,
                                    struct wire_setting *setting) {
  uint32_t at = body->value_table.at + property->slot;
  struct frame frame;
  frame_push(decoder, &frame, "property", property->name, -1);
  setting->bits = nd_bits(decoder, &body->nd_table, property->order);
  setting->value.type = property->value.type;
  setting->value.is_array = property->value.is_array;
  setting->value.offset = at;
  if (setting->bits == 0) {
    PAC_TRY(pac_slot_read(decoder, &body->heap, at, &setting->value));
  } else {
    judge_unused_slot(decoder, at, property->width);
  }
  PAC_TRY(pac_qualifiers_read(decoder, &body->heap, &setting->qualifiers));
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

enum pac_result pac_instance_body_read(struct decoder *decoder, struct span *span, struct wire_object *object) {
  const struct wire_class *current = object->current;
  struct span part;
  struct body body;
  object->body_offset = span->at;
  PAC_TRY(pac_decoder_open(decoder, span, BODY_OCTETS_MIN + (uint64_t)current->tables_octets, &part));
  if (current->properties_count > 0) {
    PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, current->properties_count, sizeof *object->settings,
                                 &object->settings));
  }
  PAC_TRY(read_fixed_parts(decoder, &part, object, &body));
  PAC_TRY(pac_heap_name(decoder, &body.heap, body.name_ref, body.name_at, &object->class_name));
  if (!names_equal(object->class_name, current->name)) {
    PAC_TRY(pac_decoder_soft(decoder, 112, body.name_at));
  }
  PAC_TRY(pac_qualifiers_read(decoder, &body.heap, &object->qualifiers));
  for (uint32_t i = 0; i < current->properties_count; i++) {
    PAC_TRY(read_setting(decoder, &body, &current->properties[i], &object->settings[i]));
  }
  return pac_heap_close(decoder, &body.heap);
}
