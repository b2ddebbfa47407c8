/* SPDX-License-Identifier: Apache-2.0 */
/* Random programs, for implementations that no fuzz engine can watch: the octet form filled from a seed. What random octets
 * mean most is for the pools and the decoder to say; here only their number is chosen. */
#include "program/bytes.h"

/* Instructions tried for each call that is wanted; objects take about as many as calls do. */
#define INSTRUCTIONS_PER_CALL 3u

/* splitmix64: short, and the same on every machine. */
static uint64_t next(uint64_t *state) {
  uint64_t mixed = *state += 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

enum pac_result pac_program_random(const struct pac_memory *memory, uint64_t seed, uint32_t calls,
                                   struct pac_program **given) {
  uint8_t octets[1 + PAC_BYTES_INSTRUCTIONS_MAX * PAC_PROGRAM_INSTRUCTION_OCTETS];
  uint64_t state = seed;
  uint32_t wanted = calls < PAC_PROGRAM_CALLS_MAX ? calls : PAC_PROGRAM_CALLS_MAX;
  uint32_t count = wanted * INSTRUCTIONS_PER_CALL;
  octets[0] = PAC_BYTES_ALL;
  for (uint32_t i = 0; i < count; i++) {
    uint64_t random = next(&state);
    for (uint32_t j = 0; j < PAC_PROGRAM_INSTRUCTION_OCTETS; j++) {
      octets[1 + i * PAC_PROGRAM_INSTRUCTION_OCTETS + j] = (uint8_t)(random >> (8u * j));
    }
    if (i == 0) {
      octets[1] = 0; /* a class to start with */
    }
  }
  struct pac_program *program = NULL;
  PAC_TRY(pac_program_decode(memory, octets, 1 + (size_t)count * PAC_PROGRAM_INSTRUCTION_OCTETS, &program));
  if (program->call_count > wanted) {
    program->call_count = wanted;
  }
  pac_program_drop_unused(program);
  pac_program_keep_returning(program);
  *given = program;
  return PAC_RESULT_OK;
}
