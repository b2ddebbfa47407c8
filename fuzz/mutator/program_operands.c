/* SPDX-License-Identifier: Apache-2.0 */
/* What is worth trying in an operand, and the pieces that operands can mean: names, values, flags, contexts,
 * signatures. */
#include "names.h"
#include "program.h"

#define PIECE_OCTETS_MAX 256u
#define MEMBERS 4u  /* of an object, most of the time */
#define CONTEXTS 8u /* of the pool; from here on it is none again */

/* The bits that the pages of PutAsync give a meaning, but for the modes of creating and updating. */
static const uint32_t flag_bits[] = {0x10, 0x80, 0x100, 0x10000, 0x20000, 0x100000};

struct scrap {
  uint8_t octets[PIECE_OCTETS_MAX];
  uint32_t size;
};

/* Pieces ----------------------------------------------------------------------------------------------------------- */

static void add_octets(struct scrap *scrap, const void *octets, uint32_t size) {
  if (size <= PIECE_OCTETS_MAX - scrap->size) {
    memcpy(scrap->octets + scrap->size, octets, size);
    scrap->size += size;
  }
}

static void add_number(struct scrap *scrap, uint64_t number, unsigned octets) {
  for (unsigned i = 0; i < octets; i++) {
    uint8_t octet = (uint8_t)(number >> (8 * i));
    add_octets(scrap, &octet, 1);
  }
}

static uint64_t pick_number(struct random *random) {
  uint32_t bits = random_below(random, 64);
  switch (random_below(random, 4)) {
    case 0:
      return random_below(random, 256);
    case 1:
      return ((uint64_t)1 << bits) - random_below(random, 2);
    case 2:
      return ~(uint64_t)0 - random_below(random, 3);
    default:
      return random_next(random);
  }
}

/* A word: of the program itself, of the other kinds' pool, or of letters. */
static void add_word(struct program *program, struct scrap *scrap) {
  struct document *document = program->document;
  struct random *random = document->random;
  struct name name;
  if (program->pieces_count > 0 && random_chance(random, 1, 4)) {
    const struct piece *piece = &program->pieces[random_below(random, program->pieces_count)];
    if (piece->size > 0 && piece->size < 64) {
      add_octets(scrap, program->octets + piece->at, piece->size);
      return;
    }
  }
  if (random_chance(random, 1, 3)) {
    mut_name_fresh(document, &name);
  } else {
    mut_name_pick(document, &name);
  }
  if (name.octets[0] == 0 && name.size > 2) {
    add_octets(scrap, name.octets + 1, name.size - 2);
  }
  if (random_chance(random, 1, 16)) {
    static const char *const ends[] = {"\xc3\xa9", "\xf0\x9f\x98\x80", "\"", "\\", " ", "_"};
    const char *end = ends[random_below(random, sizeof ends / sizeof ends[0])];
    add_octets(scrap, end, (uint32_t)strlen(end));
  }
}

static void add_text(struct program *program, struct scrap *scrap) {
  uint32_t at = scrap->size;
  add_number(scrap, 0, 2);
  add_word(program, scrap);
  if (scrap->size >= at + 2) {
    set_u16(scrap->octets + at, scrap->size - at - 2);
  }
}

/* A value: which type it will be read as is the property's to say. */
static void add_value(struct program *program, struct scrap *scrap) {
  struct random *random = program->document->random;
  bool is_text = random_chance(random, 1, 2);
  bool is_array = random_chance(random, 1, 4);
  uint32_t count = is_array ? random_below(random, 4) : 1;
  add_number(scrap, is_array ? PAC_BYTES_VALUE_ARRAY : random_chance(random, 1, 16) ? PAC_BYTES_VALUE_NULL : 0, 1);
  if (is_array) {
    add_number(scrap, count, 2);
  }
  for (uint32_t i = 0; i < count; i++) {
    if (is_text && random_chance(random, 1, 16)) {
      add_number(scrap, PAC_BYTES_TEXT_NULL, 2);
    } else if (is_text) {
      add_text(program, scrap);
    } else {
      add_number(scrap, pick_number(random), 8);
    }
  }
}

static void add_context(struct program *program, struct scrap *scrap) {
  struct random *random = program->document->random;
  uint32_t count = random_below(random, 4);
  add_number(scrap, count, 1);
  for (uint32_t i = 0; i < count; i++) {
    add_text(program, scrap);
    add_number(scrap, random_below(random, PAC_POOL_TYPES), 1);
    add_value(program, scrap);
  }
}

static void add_shape(struct program *program, struct scrap *scrap) {
  struct random *random = program->document->random;
  uint32_t count = random_below(random, 4);
  add_number(scrap, random_chance(random, 1, 3) ? UINT8_MAX : random_below(random, PAC_POOL_TYPES), 1);
  add_number(scrap, count, 1);
  for (uint32_t i = 0; i < count; i++) {
    add_text(program, scrap);
    add_number(scrap, random_below(random, PAC_POOL_TYPES), 1);
    add_number(scrap, random_below(random, 8), 1);
  }
}

static uint32_t pick_flags(struct random *random) {
  static const uint32_t create[] = {0, 0, 0x1, 0x2, 0x3};
  static const uint32_t update[] = {0, 0, 0x20, 0x40, 0x60};
  uint32_t flags = create[random_below(random, random_chance(random, 1, 16) ? 5 : 4)] |
                   update[random_below(random, random_chance(random, 1, 16) ? 5 : 4)];
  flags |= random_chance(random, 1, 2) ? flag_bits[0] : 0;
  if (random_chance(random, 1, 4)) {
    flags |= flag_bits[random_below(random, sizeof flag_bits / sizeof flag_bits[0])];
  }
  return random_chance(random, 1, 16) ? flags ^ 1u << random_below(random, 32) : flags;
}

uint8_t mut_operand_flags(struct program *program, uint32_t always) {
  uint8_t octets[4];
  set_u32(octets, pick_flags(program->document->random) | always);
  return mut_program_carry(program, octets, sizeof octets);
}

uint8_t mut_operand_carry(struct program *program, enum operand operand) {
  struct random *random = program->document->random;
  struct scrap scrap = {.size = 0};
  switch (operand) {
    case OPERAND_FLAGS:
      return mut_operand_flags(program, 0);
    case OPERAND_QUALIFIER_VALUE:
      add_number(&scrap, random_below(random, PAC_BYTES_QUALIFIER_TYPES_COUNT), 1);
      add_value(program, &scrap);
      break;
    case OPERAND_VALUE:
      add_value(program, &scrap);
      break;
    case OPERAND_SHAPE:
      add_shape(program, &scrap);
      break;
    case OPERAND_CONTEXT:
    case OPERAND_ASYNC_CONTEXT:
      add_context(program, &scrap);
      break;
    default:
      add_word(program, &scrap);
      break;
  }
  return mut_program_carry(program, scrap.octets, scrap.size);
}

uint8_t mut_operand_change_piece(struct program *program, enum operand operand, uint8_t was) {
  const struct piece *piece = mut_program_piece(program, operand, was);
  struct random *random = program->document->random;
  struct scrap scrap = {.size = 0};
  if (piece == NULL || piece->size > PIECE_OCTETS_MAX || random_chance(random, 1, 4)) {
    return mut_operand_carry(program, operand);
  }
  add_octets(&scrap, program->octets + piece->at, piece->size);
  if (operand == OPERAND_FLAGS && scrap.size >= 4 && random_chance(random, 3, 4)) {
    set_u32(scrap.octets, get_u32(scrap.octets) ^ pick_flags(random));
  } else if (scrap.size > 0 && random_chance(random, 1, 2)) {
    uint8_t *octet = &scrap.octets[random_below(random, scrap.size)];
    *octet = (uint8_t)(random_chance(random, 1, 2) ? *octet ^ 1u << random_below(random, 8) : random_next(random));
  } else if (scrap.size > 0 && program->document->leaf != NULL && random_chance(random, 1, 2)) {
    size_t size = program->document->leaf(scrap.octets, scrap.size, PIECE_OCTETS_MAX);
    scrap.size = size < PIECE_OCTETS_MAX ? (uint32_t)size : PIECE_OCTETS_MAX;
  } else if (random_chance(random, 1, 2)) {
    scrap.size = random_below(random, scrap.size + 1);
  } else {
    add_word(program, &scrap);
  }
  return mut_program_carry(program, scrap.octets, scrap.size);
}

/* Operands --------------------------------------------------------------------------------------------------------- */

static uint8_t below(struct random *random, uint32_t usual, uint32_t limit) {
  return (uint8_t)random_below(random, random_chance(random, 7, 8) ? usual : limit);
}

uint8_t mut_operand_pick(struct program *program, enum operand operand, uint8_t was) {
  struct random *random = program->document->random;
  bool is_carrying = mut_operand_carries(operand);
  if (random_chance(random, 1, 16)) {
    uint8_t octet = (uint8_t)(random_chance(random, 1, 2) ? was + random_below(random, 5) - 2 : random_next(random));
    return is_carrying ? octet % PAC_POOL_OPERANDS : octet;
  }
  if (is_carrying && operand != OPERAND_ASYNC_CONTEXT && random_chance(random, 1, 4)) {
    return mut_operand_change_piece(program, operand, was);
  }
  switch (operand) {
    case OPERAND_NONE:
      return was;
    case OPERAND_OBJECT:
    case OPERAND_MEMBER:
      return below(random, MEMBERS, 256);
    case OPERAND_CLASS:
    case OPERAND_METHOD:
      return below(random, 4, PAC_POOL_OPERANDS);
    case OPERAND_PROPERTY:
      return below(random, 6, PAC_POOL_OPERANDS);
    case OPERAND_VALUE:
    case OPERAND_QUALIFIER:
    case OPERAND_QUALIFIER_VALUE:
    case OPERAND_FLAGS:
      return (uint8_t)random_below(random, PAC_POOL_OPERANDS);
    case OPERAND_SHAPE:
      return 0;
    case OPERAND_CONTEXT:
      return random_chance(random, 1, 2) ? 0 : (uint8_t)random_below(random, CONTEXTS);
    case OPERAND_ASYNC_CONTEXT:
      return (uint8_t)(random_chance(random, 1, 4) ? random_below(random, 2) : random_below(random, 28));
    case OPERAND_TYPE:
      return (uint8_t)(random_below(random, PAC_POOL_TYPES) | (random_chance(random, 1, 4) ? PAC_BYTES_ARRAY : 0));
    case OPERAND_FLAVOR:
      return (uint8_t)(random_chance(random, 1, 8) ? 0xFF : random_next(random) & 0x7F);
    case OPERAND_BITS: /* the lowest takes or gives a key */
      return (uint8_t)(2 * random_below(random, 4) + random_chance(random, 1, 8));
    case OPERAND_NUMBER:
      return below(random, 24, 256);
    case OPERAND_RARE:
      return random_chance(random, 1, 32) ? (uint8_t)(PAC_BYTES_RARE + random_below(random, 16)) : 0;
    case OPERAND_SINK:
      return below(random, 3, PAC_PROGRAM_SINKS_MAX);
    case OPERAND_CONNECTION:
      return below(random, 1, PAC_PROGRAM_SPACES_MAX);
    case OPERAND_CONNECTION_AND_NULLS:
      return (uint8_t)(below(random, 1, PAC_PROGRAM_SPACES_MAX) |
                       (random_chance(random, 1, 16) ? (PAC_BYTES_NULL_BOTH + random_below(random, 3)) << 4 : 0));
    case OPERAND_CHOICE:
      return (uint8_t)random_below(random, 8);
  }
  return was;
}

void mut_operands_fill(struct program *program, struct instruction *row) {
  enum pac_bytes_op op = mut_program_op(row);
  for (enum operand_at at = A; at <= G; at++) {
    enum operand operand = mut_program_operand(op, at);
    if (operand != OPERAND_OBJECT) {
      row->octets[at] = mut_operand_pick(program, operand, 0);
    }
  }
}
