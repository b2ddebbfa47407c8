/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random programs, for implementations that no fuzz engine can watch: the octet form filled from a seed. What random octets
 * mean most is for the pools and the decoder to say. Some programs begin with a scene: a few calls that belong together, as a
 * family of classes whose top is updated, which chance alone would hardly ever make.
 */
#include "program/bytes.h"
#include "program/instruction.h"
#include "program/pool.h"

/* Instructions tried for each call that is wanted; objects take about as many as calls do. */
#define INSTRUCTIONS_PER_CALL 3u
#define SCENE_MAX 20u
#define OCTETS_MAX (1 + (PAC_BYTES_INSTRUCTIONS_MAX + SCENE_MAX) * PAC_PROGRAM_INSTRUCTION_OCTETS)
#define SCENE_WITHOUT 4u /* choices of no scene beside the scenes */

/* What stands in a scene in place of an octet: any octet, one of the operations that change an object, flags. */
enum { ANY = 0x100, CHANGE, FLAGS, IMMEDIATELY, END };

typedef uint16_t scene_row[PAC_PROGRAM_INSTRUCTION_OCTETS];

#define THING {PAC_BYTES_CLASS, 0, 0, 0, PAC_BYTES_WITH_SIZE | PAC_BYTES_WITH_NOTE, 0, 0, 0}
#define CHILD {PAC_BYTES_DERIVE, 0, 1, 0, 0, 0, 0, 0}
#define GRANDCHILD {PAC_BYTES_DERIVE, 0, 2, 0, 0, 0, 0, 0}
#define INSTANCE_OF(object) {PAC_BYTES_INSTANCE, object, ANY, 0, 0, 0, 0, 0}
#define COPY_OF(object) {PAC_BYTES_COPY, object, 0, 0, 0, 0, 0, 0}
#define CHANGED(object) {CHANGE, object, ANY, ANY, ANY, ANY, ANY, ANY}
#define PUT_OF(object, flags, sink) {PAC_BYTES_PUT, object, flags, sink, 0, ANY, 0, 0}
#define ROW_OF(op) {op, ANY, 0, ANY, ANY, ANY, ANY, 0}
#define LAST {END, 0, 0, 0, 0, 0, 0, 0}

/* Objects are counted from the newest backwards. */
static const scene_row scenes[][SCENE_MAX] = {
    /* A class, two levels below it, an instance of the lowest: the top is updated. */
    {THING, CHILD, CHANGED(0), GRANDCHILD, CHANGED(0), PUT_OF(2, 0, 0), PUT_OF(1, 0, 1), PUT_OF(0, 0, 2), INSTANCE_OF(0), CHANGED(0),
     PUT_OF(0, 0, 3), COPY_OF(3), CHANGED(0), CHANGED(0), PUT_OF(0, FLAGS, 4), LAST},
    /* The same with one level, and with an instance of the class itself. */
    {THING, CHILD, CHANGED(0), PUT_OF(1, 0, 0), PUT_OF(0, 0, 1), INSTANCE_OF(1), CHANGED(0), PUT_OF(0, 0, 2), COPY_OF(2), CHANGED(0),
     PUT_OF(0, FLAGS, 3), CHANGED(0), PUT_OF(0, FLAGS, 4), LAST},
    /* Two puts that are outstanding on one sink, and one on another. */
    {THING, PUT_OF(0, IMMEDIATELY, 0), INSTANCE_OF(0), PUT_OF(0, IMMEDIATELY, 0), COPY_OF(0), CHANGED(0), PUT_OF(0, IMMEDIATELY, 1),
     ROW_OF(PAC_BYTES_STEP), {PAC_BYTES_CANCEL, 0, 0, 0, 0, 0, 0, 0}, LAST},
    /* A provider that holds two puts, which are then cancelled, or let go by what comes next. */
    {THING, PUT_OF(0, 0, 0), {PAC_BYTES_PROVIDER, 0, PAC_PROVIDER_HOLDS, 0, ANY, 0, 0, 0}, INSTANCE_OF(0), CHANGED(0),
     PUT_OF(0, IMMEDIATELY, 1), INSTANCE_OF(1), PUT_OF(0, IMMEDIATELY, 1), {PAC_BYTES_DRAIN, 0, 0, 0, 0, 0, 0, 0},
     {PAC_BYTES_CANCEL, 0, 0, 1, 0, 0, 0, 0}, LAST},
    /* Two children of a class and instances of both, which may have one key. */
    {THING, PUT_OF(0, 0, 0), CHILD, PUT_OF(0, 0, 1), INSTANCE_OF(0), PUT_OF(0, 0, 2), {PAC_BYTES_DERIVE, 2, 3, 0, 0, 0, 0, 0},
     PUT_OF(0, 0, 3), INSTANCE_OF(0), PUT_OF(0, 0, 4), LAST},
};

#define SCENES (sizeof scenes / sizeof scenes[0])

/* splitmix64: short, and the same on every machine. */
static uint64_t next(uint64_t *state) {
  uint64_t mixed = *state += 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

static uint8_t octet_of(uint16_t meant, uint64_t random) {
  static const uint8_t changes[] = {PAC_BYTES_SET,     PAC_BYTES_SET,       PAC_BYTES_ADD,    PAC_BYTES_REMOVE, PAC_BYTES_RETYPE,
                                    PAC_BYTES_QUALIFY, PAC_BYTES_QUALIFY, PAC_BYTES_QUALIFY, PAC_BYTES_METHOD, PAC_BYTES_UNQUALIFY};
  static const uint32_t flags[] = {PAC_FLAG_UPDATE_SAFE, PAC_FLAG_UPDATE_SAFE, PAC_FLAG_UPDATE_FORCE, 0};
  uint8_t operand = 0;
  switch (meant) {
    case ANY:
      return (uint8_t)random;
    case CHANGE:
      return changes[random % (sizeof changes)];
    case FLAGS:
      (void)pac_pool_flags_find(flags[random % (sizeof flags / sizeof flags[0])], &operand);
      return operand;
    case IMMEDIATELY:
      (void)pac_pool_flags_find(PAC_FLAG_RETURN_IMMEDIATELY, &operand);
      return operand;
    default:
      return (uint8_t)meant;
  }
}

/* Writes the scene; how many instructions it has. */
static uint32_t write_scene(const scene_row *scene, uint64_t *state, uint8_t *octets) {
  uint32_t count = 0;
  for (; scene[count][0] != END; count++) {
    uint64_t random = next(state);
    for (uint32_t i = 0; i < PAC_PROGRAM_INSTRUCTION_OCTETS; i++) {
      octets[count * PAC_PROGRAM_INSTRUCTION_OCTETS + i] = octet_of(scene[count][i], (random >> (8u * i)) & 0xFFu);
    }
  }
  return count;
}

/* Fills what comes behind `begun` instructions by chance, and makes a program of `calls` calls of it. */
static enum pac_result go_on(const struct pac_memory *memory, uint8_t *octets, uint32_t begun, uint32_t calls,
                             uint64_t *state, struct pac_program **given) {
  uint32_t wanted = calls < PAC_PROGRAM_CALLS_MAX ? calls : PAC_PROGRAM_CALLS_MAX;
  uint32_t count = wanted * INSTRUCTIONS_PER_CALL;
  octets[0] = PAC_BYTES_ALL;
  for (uint32_t i = begun; i < begun + count; i++) {
    uint64_t random = next(state);
    for (uint32_t j = 0; j < PAC_PROGRAM_INSTRUCTION_OCTETS; j++) {
      octets[1 + i * PAC_PROGRAM_INSTRUCTION_OCTETS + j] = (uint8_t)(random >> (8u * j));
    }
    if (i == 0) {
      octets[1] = 0; /* a class to start with */
    }
  }
  struct pac_program *program = NULL;
  PAC_TRY(pac_program_decode(memory, octets, 1 + (size_t)(begun + count) * PAC_PROGRAM_INSTRUCTION_OCTETS, &program));
  if (program->call_count > wanted) {
    program->call_count = wanted;
  }
  pac_program_drop_unused(program);
  pac_program_keep_returning(program);
  *given = program;
  return PAC_RESULT_OK;
}

enum pac_result pac_program_random(const struct pac_memory *memory, uint64_t seed, uint32_t calls,
                                   struct pac_program **given) {
  uint8_t octets[OCTETS_MAX];
  uint64_t state = seed;
  uint64_t choice = next(&state) % (SCENES + SCENE_WITHOUT);
  uint32_t begun = choice < SCENES ? write_scene(scenes[choice], &state, octets + 1) : 0;
  return go_on(memory, octets, begun, calls, &state, given);
}

enum pac_result pac_program_of_chance(const struct pac_memory *memory, uint64_t seed, uint32_t calls,
                                      struct pac_program **given) {
  uint8_t octets[OCTETS_MAX];
  uint64_t state = seed;
  return go_on(memory, octets, 0, calls, &state, given);
}
