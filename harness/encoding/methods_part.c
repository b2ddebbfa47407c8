/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MethodsPart: method descriptions, their qualifiers and signatures in the method heap, and what has to hold between
 * the parameters of a method.
 */
#include "encoding/name_set.h"
#include "encoding/parts.h"
#include "encoding/text.h"

#define METHODS_PART_OCTETS_MIN 12u
#define DESCRIPTION_OCTETS 24u
#define PARAMETERS_CLASS "__PARAMETERS"
#define RETURN_VALUE "ReturnValue"

static enum pac_result judge_repeat(struct decoder *decoder, struct name_set *names,
                                    const struct wire_method *method, uint32_t index) {
  uint32_t earlier = NAME_SET_NEW;
  PAC_TRY(pac_name_set_add(decoder, names, method->name, (uint32_t)strlen(method->name), index, &earlier));
  return earlier != NAME_SET_NEW ? pac_decoder_repeat(decoder, 95, method->offset) : PAC_RESULT_OK;
}

static enum pac_result judge_origin(struct decoder *decoder, const struct wire_method *method,
                                    uint32_t ancestors_count, bool is_prototype) {
  if ((method->flags & ~WIRE_METHOD_INHERITED) != 0) {
    PAC_TRY(pac_decoder_soft(decoder, 92, method->offset + 4));
  }
  if (is_prototype) {
    return PAC_RESULT_OK;
  }
  if (method->origin > ancestors_count) {
    PAC_TRY(pac_decoder_soft(decoder, 94, method->offset + 8));
  }
  bool is_inherited = (method->flags & WIRE_METHOD_INHERITED) != 0;
  return is_inherited != (method->origin < ancestors_count) ? pac_decoder_soft(decoder, 93, method->offset + 4)
                                                            : PAC_RESULT_OK;
}

static enum pac_result read_qualifiers(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                                       struct wire_qualifiers *set) {
  struct span item;
  if (ref == WIRE_REF_NULL) {
    return pac_decoder_soft(decoder, 96, at);
  }
  PAC_TRY(pac_heap_item(decoder, heap, ref, at, 0, &item));
  PAC_TRY(pac_qualifiers_scan(decoder, &item, set));
  PAC_TRY(pac_heap_claim(decoder, heap, set->offset, item.at));
  return pac_qualifiers_read(decoder, heap, set);
}

static enum pac_result read_signature(struct decoder *decoder, struct heap *heap, uint32_t ref, uint32_t at,
                                      struct wire_object **given) {
  struct span item;
  uint32_t length = 0;
  if (ref == WIRE_REF_NULL) {
    return pac_decoder_soft(decoder, 99, at);
  }
  PAC_TRY(pac_heap_item(decoder, heap, ref, at, 4, &item));
  uint32_t start = item.at;
  PAC_TRY(read_u32(decoder, &item, &length));
  if (length > span_left(&item)) {
    return pac_decoder_reject(decoder, 97, start);
  }
  PAC_TRY(pac_heap_claim(decoder, heap, start, item.at + length));
  if (length == 0) {
    return PAC_RESULT_OK;
  }
  struct wire_object *object = NULL;
  PAC_TRY(pac_object_block_read(decoder, (struct span){item.at, item.at + length}, BLOCK_ANY, NULL, &object));
  *given = object;
  if (!object->is_class || object->current->name == NULL || !names_equal(object->current->name, PARAMETERS_CLASS) ||
      pac_qualifiers_find(&object->current->qualifiers, "abstract") == NULL) {
    return pac_decoder_soft(decoder, 98, item.at);
  }
  return PAC_RESULT_OK;
}

/* Parameters ------------------------------------------------------------------------------------------------------ */

/* The ids of a method so far, and whose they are. Keys are the four octets of an id. */
struct parameter_ids {
  struct name_set set;
  const struct wire_object *in;
  const struct wire_object *out;
};

static const int64_t *parameter_id(const struct wire_property *parameter) {
  const struct wire_qualifier *id = pac_qualifiers_find(&parameter->qualifiers, "ID");
  return id != NULL && id->value.type == PAC_CIM_SINT32 && !id->value.is_array ? &id->value.is.scalar.sint : NULL;
}

/* An id that the output shares with the input has to name the same parameter there. */
static bool is_same_parameter(const struct parameter_ids *ids, bool is_output, uint32_t earlier,
                              const struct wire_property *parameter) {
  return is_output && ids->in != NULL && earlier < ids->in->current->properties_count &&
         names_equal(ids->in->current->properties[earlier].name, parameter->name);
}

static enum pac_result judge_parameters(struct decoder *decoder, struct parameter_ids *ids, bool is_output) {
  const struct wire_object *signature = is_output ? ids->out : ids->in;
  if (signature == NULL || !signature->is_class) {
    return PAC_RESULT_OK;
  }
  uint32_t base = is_output && ids->in != NULL ? ids->in->current->properties_count : 0;
  const struct wire_class *parameters = signature->current;
  for (uint32_t i = 0; i < parameters->properties_count; i++) {
    const struct wire_property *parameter = &parameters->properties[i];
    const int64_t *id = parameter_id(parameter);
    uint32_t earlier = NAME_SET_NEW;
    if (names_equal(parameter->name, RETURN_VALUE)) {
      if (!is_output) {
        PAC_TRY(pac_decoder_soft(decoder, 100, parameter->offset));
      }
      continue;
    }
    if (id == NULL) {
      PAC_TRY(pac_decoder_soft(decoder, 100, parameter->offset));
      continue;
    }
    PAC_TRY(pac_name_set_add(decoder, &ids->set, id, sizeof *id, base + i, &earlier));
    if (earlier != NAME_SET_NEW && !is_same_parameter(ids, is_output, earlier, parameter)) {
      PAC_TRY(pac_decoder_soft(decoder, 100, parameter->offset));
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result read_signatures(struct decoder *decoder, struct heap *heap, struct wire_method *method) {
  const uint8_t *octets = decoder->octets + method->offset;
  struct parameter_ids ids = {.set = {.is_folded = false}};
  struct frame frame;
  frame_push(decoder, &frame, "in", NULL, -1);
  PAC_TRY(read_signature(decoder, heap, octets_u32(octets + 16), method->offset + 16, &method->in));
  if (method->in != NULL && method->in->is_class) {
    ids.in = method->in;
  }
  PAC_TRY(judge_parameters(decoder, &ids, false));
  frame.word = "out";
  PAC_TRY(read_signature(decoder, heap, octets_u32(octets + 20), method->offset + 20, &method->out));
  ids.out = method->out;
  PAC_TRY(judge_parameters(decoder, &ids, true));
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

/* Methods --------------------------------------------------------------------------------------------------------- */

static enum pac_result read_method(struct decoder *decoder, struct heap *heap, struct name_set *names,
                                   uint32_t ancestors_count, bool is_prototype, uint32_t index,
                                   struct wire_method *method) {
  const uint8_t *octets = decoder->octets + method->offset;
  struct frame frame;
  frame_push(decoder, &frame, "method", NULL, index);
  PAC_TRY(count_node(decoder, method->offset));
  PAC_TRY(pac_heap_name(decoder, heap, octets_u32(octets), method->offset, &method->name));
  frame.name = method->name;
  PAC_TRY(judge_repeat(decoder, names, method, index));
  method->flags = octets[4];
  method->origin = octets_u32(octets + 8);
  PAC_TRY(judge_origin(decoder, method, ancestors_count, is_prototype));
  PAC_TRY(read_qualifiers(decoder, heap, octets_u32(octets + 12), method->offset + 12, &method->qualifiers));
  PAC_TRY(read_signatures(decoder, heap, method));
  frame_pop(decoder);
  return PAC_RESULT_OK;
}

enum pac_result pac_methods_part_read(struct decoder *decoder, struct span *span, uint32_t ancestors_count,
                                      bool is_prototype, struct wire_methods *methods) {
  struct span part;
  struct heap heap;
  uint16_t count = 0;
  uint16_t padding = 0;
  methods->offset = span->at;
  PAC_TRY(pac_decoder_open(decoder, span, METHODS_PART_OCTETS_MIN, &part));
  PAC_TRY(read_u16(decoder, &part, &count));
  PAC_TRY(read_u16(decoder, &part, &padding));
  if (count > span_left(&part) / DESCRIPTION_OCTETS) {
    return pac_decoder_reject(decoder, 90, methods->offset + 4);
  }
  uint32_t first = part.at;
  part.at += count * DESCRIPTION_OCTETS;
  PAC_TRY(pac_heap_open(decoder, &part, &heap));
  if (count == 0 && heap.content.at < heap.content.end) {
    PAC_TRY(pac_decoder_soft(decoder, 91, heap.content.at - 4));
  }
  if (part.at < part.end) {
    pac_decoder_note(decoder, 8, part.at);
  }
  if (count > 0) {
    PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, count, sizeof *methods->items, &methods->items));
  }
  struct name_set names = {.is_folded = true};
  for (uint32_t i = 0; i < count; i++) {
    struct wire_method *method = &methods->items[i];
    method->offset = first + i * DESCRIPTION_OCTETS;
    PAC_TRY(read_method(decoder, &heap, &names, ancestors_count, is_prototype, i, method));
    methods->count = i + 1;
  }
  return pac_heap_close(decoder, &heap);
}
