/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Octets to programs. Every input is one: operations and operands are taken modulo what there is, and what makes no sense
 * where it stands is passed over. Objects under construction stand in registers; what is put, derived from or instantiated
 * goes into the table as it is then, and a later change of the register makes a new row.
 */
#include "program/bytes_decoder.h"

/* Calls ----------------------------------------------------------------------------------------------------------------- */

static enum pac_result take_put(struct decoder *decoder, const uint8_t *in, struct pac_program_call *call) {
  struct maker *maker = pac_bytes_maker_of(decoder, in[A]);
  struct pac_carried *carried = pac_bytes_carried_of(decoder, in[B]);
  uint8_t null = in[G] >> 4;
  bool is_null = null == PAC_BYTES_NULL_OBJECT || null == PAC_BYTES_NULL_BOTH;
  if (!is_null && maker == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  if (!is_null) {
    PAC_TRY(pac_bytes_keep(decoder, maker));
    call->object = maker->row;
  }
  call->flags = carried != NULL ? (uint32_t)pac_carried_number(carried, 4) : pac_pool_flags(in[B] % PAC_POOL_OPERANDS);
  call->sink = null == PAC_BYTES_NULL_SINK || null == PAC_BYTES_NULL_BOTH ? PAC_PROGRAM_NONE
                                                                          : in[C] % PAC_PROGRAM_SINKS_MAX;
  PAC_TRY(pac_bytes_context_of(decoder, in[D], &call->context));
  return pac_bytes_async_context_of(decoder, in[E], &call->async_context);
}

static void take_provider(const uint8_t *in, struct pac_program_call *call) {
  call->provider = (enum pac_provider_kind)(in[B] % (PAC_PROVIDER_PARTIAL + 1u));
  if (call->provider == PAC_PROVIDER_ANSWERS) {
    call->answer = in[C] < PAC_POOL_OPERANDS ? pac_pool_answer(in[C])
                                             : (enum pac_status)((in[C] - PAC_POOL_OPERANDS) % PAC_STATUS_COUNT);
  }
  call->number = call->provider == PAC_PROVIDER_NONE ? 0 : in[D] % 4u;
}

static uint32_t rights_of(const uint8_t *in) {
  static const uint32_t rights[] = {PAC_RIGHTS_ALL,
                                    PAC_RIGHTS_NONE,
                                    PAC_RIGHTS_ALL,
                                    [PAC_BYTES_RIGHTS_READ] = PAC_RIGHTS_READ,
                                    PAC_RIGHTS_READ | PAC_RIGHT_FULL_WRITE,
                                    PAC_RIGHTS_READ | PAC_RIGHT_PARTIAL_WRITE,
                                    PAC_RIGHTS_READ | PAC_RIGHT_PROVIDER_WRITE,
                                    PAC_RIGHTS_ALL};
  return in[B] >= PAC_BYTES_RARE ? in[A] & (uint32_t)PAC_RIGHTS_ALL : rights[in[A] % 8u];
}

static enum pac_result make_call(struct decoder *decoder, enum pac_bytes_op op, const uint8_t *in) {
  static const enum pac_program_op ops[] = {
      [PAC_BYTES_PUT] = PAC_PROGRAM_PUT,         [PAC_BYTES_STEP] = PAC_PROGRAM_STEP,
      [PAC_BYTES_DRAIN] = PAC_PROGRAM_DRAIN,     [PAC_BYTES_CANCEL] = PAC_PROGRAM_CANCEL,
      [PAC_BYTES_RIGHTS] = PAC_PROGRAM_RIGHTS,   [PAC_BYTES_FAIL] = PAC_PROGRAM_FAIL,
      [PAC_BYTES_PROVIDER] = PAC_PROGRAM_PROVIDER, [PAC_BYTES_CONNECT] = PAC_PROGRAM_CONNECT,
      [PAC_BYTES_CHECK] = PAC_PROGRAM_CHECK,
  };
  struct pac_program_call call = pac_program_call_of(ops[op]);
  bool is_rare = in[B] >= PAC_BYTES_RARE;
  uint32_t high = is_rare ? (uint32_t)(in[B] - PAC_BYTES_RARE) << 8 : 0;
  call.space = (in[G] & PAC_BYTES_SPACE) % decoder->spaces;
  switch (call.op) {
    case PAC_PROGRAM_PUT:
      TAKE(take_put(decoder, in, &call));
      break;
    case PAC_PROGRAM_STEP:
      call.number = is_rare ? 1u + (high | in[A]) % PAC_PROGRAM_STEPS_MAX : 1u + in[A] % 8u; /* mostly few */
      break;
    case PAC_PROGRAM_CANCEL:
      call.sink = in[C] % PAC_PROGRAM_SINKS_MAX;
      break;
    case PAC_PROGRAM_RIGHTS:
      call.number = rights_of(in);
      break;
    case PAC_PROGRAM_FAIL:
      call.number = high | in[A];
      break;
    case PAC_PROGRAM_PROVIDER:
      PAC_TRY(pac_bytes_name_of(decoder, PAC_POOL_CLASS, in[A], &call.class_name));
      if (call.class_name == NULL || call.class_name[0] == '\0') {
        return PAC_RESULT_OK;
      }
      take_provider(in, &call);
      break;
    case PAC_PROGRAM_CONNECT:
      if (decoder->spaces == PAC_PROGRAM_SPACES_MAX || decoder->program->call_count == PAC_PROGRAM_CALLS_MAX) {
        return PAC_RESULT_OK;
      }
      call.space = decoder->spaces;
      decoder->spaces += 1;
      break;
    default:
      break;
  }
  TAKE(pac_program_add_call(decoder->program, &call));
  return PAC_RESULT_OK;
}

/* The whole ------------------------------------------------------------------------------------------------------------- */

static enum pac_result run_instruction(struct decoder *decoder, const uint8_t *in) {
  static const uint8_t ops[] = PAC_BYTES_OPS;
  enum pac_bytes_op op = (enum pac_bytes_op)ops[in[OP] % sizeof ops];
  return op < PAC_BYTES_PUT ? pac_bytes_construct(decoder, op, in) : make_call(decoder, op, in);
}

static void find_carried(struct decoder *decoder, const uint8_t *data, size_t size) {
  size_t at = 0;
  while (size - at >= 2 && decoder->carried_count < PAC_POOL_CARRIED_MAX) {
    size_t length = (size_t)data[at] | (size_t)data[at + 1] << 8;
    size_t left = size - at - 2;
    struct pac_carried piece = {.data = data + at + 2, .size = length < left ? length : left};
    decoder->carried[decoder->carried_count] = piece;
    decoder->carried_count += 1;
    at += 2 + piece.size;
  }
}

enum pac_result pac_program_decode(const struct pac_memory *memory, const uint8_t *data, size_t size,
                                   struct pac_program **given) {
  struct decoder decoder;
  decoder.maker_count = 0;
  decoder.next_maker = 0;
  decoder.spaces = 1;
  decoder.carried_count = 0;
  PAC_TRY(pac_program_new(memory, &decoder.program));
  size_t there = size == 0 ? 0 : (size - 1) / PAC_PROGRAM_INSTRUCTION_OCTETS;
  size_t count = size == 0 || data[0] == PAC_BYTES_ALL || data[0] > there ? there : data[0];
  size_t end = 1 + count * PAC_PROGRAM_INSTRUCTION_OCTETS;
  enum pac_result result = PAC_RESULT_OK;
  if (size > end) {
    find_carried(&decoder, data + end, size - end);
  }
  for (size_t i = 0; i < count && i < PAC_BYTES_INSTRUCTIONS_MAX && result == PAC_RESULT_OK; i++) {
    result = run_instruction(&decoder, data + 1 + i * PAC_PROGRAM_INSTRUCTION_OCTETS);
  }
  if (result == PAC_RESULT_OK) {
    pac_program_drop_unused(decoder.program);
    result = pac_program_tell_apart(decoder.program);
  }
  if (result != PAC_RESULT_OK) {
    pac_program_free(decoder.program);
    return result;
  }
  *given = decoder.program;
  return PAC_RESULT_OK;
}
