/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs to octets. Every object is made by the instructions that make it from its base and change it; what no pool holds
 * is carried. Decoding the result gives an equal program, and that is checked before anything is given.
 */
#include <string.h>

#include "program/bytes_encoder.h"

static uint8_t *instruct(struct encoder *encoder, enum pac_bytes_op op) {
  if (encoder->instruction_count == PAC_BYTES_INSTRUCTIONS_MAX) {
    pac_bytes_fail(encoder, PAC_RESULT_LIMIT);
    return encoder->nowhere;
  }
  uint8_t *in = encoder->instructions[encoder->instruction_count++];
  memset(in, 0, PAC_PROGRAM_INSTRUCTION_OCTETS);
  in[0] = (uint8_t)op; /* the decoder takes its first numbers for the operations in order */
  return in;
}

/* Objects ----------------------------------------------------------------------------------------------------------------- */

/* Operand of a row: how far it is behind the newest. */
static uint8_t row_operand(const struct encoder *encoder, uint32_t row) {
  return (uint8_t)(encoder->rows - 1 - row);
}

static void qualify(struct encoder *encoder, const struct pac_qualifier_set *set, uint8_t which, uint8_t member) {
  for (uint32_t i = 0; i < pac_qualifier_count(set); i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(set, i);
    if (!pac_program_is_own_qualifier(qualifier, which == PAC_BYTES_OF_PROPERTY)) {
      continue;
    }
    uint8_t name = pac_bytes_name_operand(encoder, PAC_POOL_QUALIFIER, qualifier->name);
    uint8_t value = pac_bytes_qualifier_operand(encoder, &qualifier->value);
    uint8_t *in = instruct(encoder, PAC_BYTES_QUALIFY);
    in[2] = which;
    in[3] = member;
    in[4] = name;
    in[5] = value;
    in[6] = (uint8_t)((qualifier->flavor & PAC_BYTES_FLAVOR) |
                      ((qualifier->flavor & PAC_FLAVOR_AMENDED) != 0 ? PAC_BYTES_AMENDED : 0u));
  }
}

/* What the class says about a property that its base has too. */
static void override_property(struct encoder *encoder, const struct pac_object *base, const struct pac_property *property,
                              uint8_t index) {
  const struct pac_property *there = pac_object_property_find(base, property->name);
  if (there == NULL) {
    pac_bytes_fail(encoder, PAC_RESULT_UNSUPPORTED); /* it was made from another definition than its base */
    return;
  }
  bool is_retyped = there->value.type != property->value.type || there->value.is_array != property->value.is_array;
  if (property->is_default) {
    return;
  }
  uint8_t value = pac_bytes_value_operand(encoder, &property->value);
  uint8_t *in = instruct(encoder, is_retyped ? PAC_BYTES_RETYPE : PAC_BYTES_SET);
  if (is_retyped) {
    in[2] = (uint8_t)(pac_pool_type_operand(property->value.type) | (property->value.is_array ? PAC_BYTES_ARRAY : 0u));
    in[3] = index;
    in[5] = value;
  } else {
    in[2] = index;
    in[3] = value;
  }
}

static void add_property(struct encoder *encoder, const struct pac_property *property) {
  uint8_t name = pac_bytes_name_operand(encoder, PAC_POOL_PROPERTY, property->name);
  uint8_t value = pac_bytes_value_operand(encoder, &property->value);
  uint8_t *in = instruct(encoder, PAC_BYTES_ADD);
  in[2] = (uint8_t)(pac_pool_type_operand(property->value.type) | (property->value.is_array ? PAC_BYTES_ARRAY : 0u));
  in[3] = name;
  in[5] = value;
}

static void add_method(struct encoder *encoder, const struct pac_method *method) {
  struct pac_method_parameter parameters[PAC_METHOD_PARAMETERS_MAX];
  struct pac_method_shape shape;
  uint8_t name = pac_bytes_name_operand(encoder, PAC_POOL_METHOD, method->name);
  enum pac_result result = pac_program_method_shape(method, parameters, &shape);
  if (result != PAC_RESULT_OK) {
    pac_bytes_fail(encoder, result);
    return;
  }
  pac_bytes_begin_piece(encoder);
  pac_bytes_number_put(encoder, shape.returned == PAC_CIM_NONE ? UINT8_MAX : pac_pool_type_operand(shape.returned), 1);
  pac_bytes_number_put(encoder, shape.count, 1);
  for (uint32_t i = 0; i < shape.count; i++) {
    pac_bytes_text_put(encoder, parameters[i].name);
    pac_bytes_number_put(encoder, pac_pool_type_operand(parameters[i].type), 1);
    pac_bytes_number_put(encoder, (parameters[i].is_in ? PAC_BYTES_PARAMETER_IN : 0u) |
                                      (parameters[i].is_out ? PAC_BYTES_PARAMETER_OUT : 0u) |
                                      (parameters[i].is_array ? PAC_BYTES_PARAMETER_ARRAY : 0u), 1);
  }
  uint8_t carried = pac_bytes_end_piece(encoder);
  uint8_t *in = instruct(encoder, PAC_BYTES_METHOD);
  in[3] = name;
  in[6] = carried;
}

static void encode_class(struct encoder *encoder, const struct pac_program_object *row) {
  bool is_derived = row->base != PAC_PROGRAM_NONE;
  const struct pac_object *base = is_derived ? encoder->program->objects[row->base].object : NULL;
  const char *superclass = pac_object_superclass(row->object);
  uint8_t name = pac_bytes_name_operand(encoder, PAC_POOL_CLASS, pac_object_class_name(row->object));
  uint8_t by_hand = is_derived || superclass == NULL ? 0 : pac_bytes_name_operand(encoder, PAC_POOL_CLASS, superclass);
  uint8_t *in = instruct(encoder, is_derived ? PAC_BYTES_DERIVE : PAC_BYTES_CLASS);
  if (is_derived) {
    in[1] = row_operand(encoder, row->base);
    in[2] = name;
  } else {
    in[1] = name;
    in[2] = superclass == NULL ? 0 : PAC_BYTES_RARE;
    in[3] = by_hand;
    in[4] = PAC_BYTES_WITHOUT_NAME_KEY;
  }
  qualify(encoder, pac_object_qualifiers_view(row->object), PAC_BYTES_OF_OBJECT, 0);
  for (uint32_t i = 0; i < pac_object_property_count(row->object); i++) {
    const struct pac_property *property = pac_object_property_at(row->object, i);
    if (property->is_inherited && base != NULL) {
      override_property(encoder, base, property, (uint8_t)i);
    } else {
      add_property(encoder, property);
    }
    qualify(encoder, pac_object_property_qualifiers_view(row->object, property->name), PAC_BYTES_OF_PROPERTY, (uint8_t)i);
  }
  for (uint32_t i = 0; i < pac_object_method_count(row->object); i++) {
    const struct pac_method *method = pac_object_method_at(row->object, i);
    if (!method->is_inherited) {
      add_method(encoder, method);
      qualify(encoder, pac_object_method_qualifiers_view(row->object, method->name), PAC_BYTES_OF_METHOD, (uint8_t)i);
    }
  }
}

static void encode_instance(struct encoder *encoder, const struct pac_program_object *row) {
  uint8_t *in = instruct(encoder, PAC_BYTES_INSTANCE);
  in[1] = row_operand(encoder, row->base);
  in[3] = PAC_BYTES_WITHOUT_KEY_VALUE;
  qualify(encoder, pac_object_qualifiers_view(row->object), PAC_BYTES_OF_OBJECT, 0);
  for (uint32_t i = 0; i < pac_object_property_count(row->object); i++) {
    const struct pac_property *property = pac_object_property_at(row->object, i);
    if (!property->is_default) {
      uint8_t value = pac_bytes_value_operand(encoder, &property->value);
      in = instruct(encoder, PAC_BYTES_SET);
      in[2] = (uint8_t)i;
      in[3] = value;
    }
    qualify(encoder, pac_object_property_qualifiers_view(row->object, property->name), PAC_BYTES_OF_PROPERTY, (uint8_t)i);
  }
}

/* Calls ------------------------------------------------------------------------------------------------------------------- */

static void encode_put(struct encoder *encoder, const struct pac_program_call *call) {
  bool has_object = call->object != PAC_PROGRAM_NONE;
  bool has_sink = call->sink != PAC_PROGRAM_NONE;
  uint8_t flags = 0;
  if (!pac_pool_flags_find(call->flags, &flags)) {
    pac_bytes_begin_piece(encoder);
    pac_bytes_number_put(encoder, call->flags, 4);
    flags = pac_bytes_end_piece(encoder);
  }
  uint8_t context = pac_bytes_context_operand(encoder, call->context);
  uint8_t async_context = pac_bytes_context_operand(encoder, call->async_context);
  uint8_t null = has_object && has_sink ? 0u
                 : has_object           ? PAC_BYTES_NULL_SINK
                 : has_sink             ? PAC_BYTES_NULL_OBJECT
                                        : PAC_BYTES_NULL_BOTH;
  uint8_t *in = instruct(encoder, PAC_BYTES_PUT);
  in[1] = has_object ? row_operand(encoder, call->object) : 0;
  in[2] = flags;
  in[3] = has_sink ? (uint8_t)call->sink : 0;
  in[4] = context;
  in[5] = async_context;
  in[7] = (uint8_t)((uint32_t)null << 4 | call->space);
}

static void encode_call(struct encoder *encoder, const struct pac_program_call *call) {
  static const enum pac_bytes_op ops[] = {
      [PAC_PROGRAM_PUT] = PAC_BYTES_PUT,         [PAC_PROGRAM_STEP] = PAC_BYTES_STEP,
      [PAC_PROGRAM_DRAIN] = PAC_BYTES_DRAIN,     [PAC_PROGRAM_CHECK] = PAC_BYTES_CHECK,
      [PAC_PROGRAM_CONNECT] = PAC_BYTES_CONNECT, [PAC_PROGRAM_CANCEL] = PAC_BYTES_CANCEL,
      [PAC_PROGRAM_RIGHTS] = PAC_BYTES_RIGHTS,   [PAC_PROGRAM_FAIL] = PAC_BYTES_FAIL,
      [PAC_PROGRAM_PROVIDER] = PAC_BYTES_PROVIDER,
  };
  if (call->op == PAC_PROGRAM_PUT) {
    encode_put(encoder, call);
    return;
  }
  uint32_t number = call->op == PAC_PROGRAM_STEP ? call->number - 1u : call->number;
  bool is_provider = call->op == PAC_PROGRAM_PROVIDER;
  uint8_t name = is_provider ? pac_bytes_name_operand(encoder, PAC_POOL_CLASS, call->class_name) : 0;
  uint8_t *in = instruct(encoder, ops[call->op]);
  in[7] = (uint8_t)(call->op == PAC_PROGRAM_CONNECT ? 0u : call->space);
  if (is_provider) {
    in[1] = name;
    in[2] = (uint8_t)call->provider;
    in[3] = (uint8_t)(PAC_POOL_OPERANDS + (unsigned)call->answer);
    in[4] = (uint8_t)call->number;
    if (call->number > 3u) {
      pac_bytes_fail(encoder, PAC_RESULT_LIMIT);
    }
  } else if (call->op == PAC_PROGRAM_CANCEL) {
    in[3] = (uint8_t)call->sink;
  } else {
    in[1] = (uint8_t)number;
    in[2] = (uint8_t)(PAC_BYTES_RARE + (number >> 8));
  }
}

/* The whole --------------------------------------------------------------------------------------------------------------- */

static void encode_all(struct encoder *encoder) {
  const struct pac_program *program = encoder->program;
  for (uint32_t i = 0; i < program->object_count; i++) {
    bool is_class = pac_object_genus(program->objects[i].object) == PAC_GENUS_CLASS;
    if (is_class) {
      encode_class(encoder, &program->objects[i]);
    } else {
      encode_instance(encoder, &program->objects[i]);
    }
    (void)instruct(encoder, PAC_BYTES_KEEP); /* operand 0: the newest */
    encoder->rows += 1;
  }
  for (uint32_t i = 0; i < program->call_count; i++) {
    encode_call(encoder, &program->calls[i]);
  }
}

static size_t write_all(const struct encoder *encoder, uint8_t *octets, size_t capacity) {
  size_t at = 0;
  size_t size = encoder->instruction_count * (size_t)PAC_PROGRAM_INSTRUCTION_OCTETS;
#define WRITE(source, length)                                  \
  do {                                                         \
    if (at + (length) <= capacity && (length) > 0) {           \
      memcpy(octets + at, (source), (length));                 \
    }                                                          \
    at += (length);                                            \
  } while (0)
  uint8_t count = encoder->carried_count == 0 ? (uint8_t)PAC_BYTES_ALL : (uint8_t)encoder->instruction_count;
  WRITE(&count, (size_t)1);
  WRITE(encoder->instructions, size);
  for (uint32_t i = 0; i < encoder->carried_count; i++) {
    size_t length = encoder->carried[i].size;
    const uint8_t prefix[2] = {(uint8_t)length, (uint8_t)(length >> 8)};
    WRITE(prefix, sizeof prefix);
    WRITE(encoder->carried[i].octets, length);
  }
#undef WRITE
  return at;
}

/* What the form cannot say shows when the octets are read back. */
static enum pac_result check(const struct encoder *encoder) {
  size_t size = write_all(encoder, NULL, 0);
  uint8_t *octets = pac_arena_allocate(encoder->arena, size);
  struct pac_program *back = NULL;
  if (octets == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  (void)write_all(encoder, octets, size);
  PAC_TRY(pac_program_decode(NULL, octets, size, &back));
  for (uint32_t i = 0; i < back->call_count && i < encoder->program->call_count; i++) {
    back->calls[i].expected = encoder->program->calls[i].expected;
    back->calls[i].expected_count = encoder->program->calls[i].expected_count;
  }
  bool is_same = pac_program_equal(back, encoder->program);
  pac_program_free(back);
  return is_same ? PAC_RESULT_OK : PAC_RESULT_UNSUPPORTED;
}

enum pac_result pac_program_encode(const struct pac_program *program, uint8_t *octets, size_t capacity, size_t *size) {
  struct pac_arena *arena = NULL;
  PAC_TRY(pac_arena_new(NULL, 0, &arena));
  struct encoder *encoder = pac_arena_allocate(arena, sizeof *encoder);
  enum pac_result result = PAC_RESULT_NO_MEMORY;
  if (encoder != NULL) {
    encoder->program = program;
    encoder->arena = arena;
    encode_all(encoder);
    result = encoder->result != PAC_RESULT_OK ? encoder->result : check(encoder);
  }
  if (result == PAC_RESULT_OK) {
    *size = write_all(encoder, octets, capacity);
  }
  pac_arena_free(arena);
  return result;
}
