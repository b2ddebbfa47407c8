/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a program from octets and writes it back, so that what is inserted or taken away changes the meaning of nothing
 * else. */
#include "program.h"

enum pac_bytes_op mut_program_op(const struct instruction *row) {
  static const uint8_t ops[] = PAC_BYTES_OPS;
  return (enum pac_bytes_op)ops[row->octets[OPERATION] % sizeof ops];
}

enum operand mut_program_operand(enum pac_bytes_op op, enum operand_at at) {
#define OBJECT [A] = OPERAND_OBJECT
#define CALL [G] = OPERAND_CONNECTION
  static const uint8_t operands[PAC_BYTES_CHECK + 1][PAC_PROGRAM_INSTRUCTION_OCTETS] = {
      [PAC_BYTES_CLASS] = {[A] = OPERAND_CLASS, [B] = OPERAND_RARE, [C] = OPERAND_CLASS, [D] = OPERAND_BITS},
      [PAC_BYTES_DERIVE] = {OBJECT, [B] = OPERAND_CLASS},
      [PAC_BYTES_INSTANCE] = {OBJECT, [B] = OPERAND_VALUE, [C] = OPERAND_BITS},
      [PAC_BYTES_COPY] = {OBJECT},
      [PAC_BYTES_KEEP] = {OBJECT},
      [PAC_BYTES_SET] = {OBJECT, [B] = OPERAND_MEMBER, [C] = OPERAND_VALUE},
      [PAC_BYTES_ADD] = {OBJECT, [B] = OPERAND_TYPE, [C] = OPERAND_PROPERTY, [D] = OPERAND_BITS, [E] = OPERAND_VALUE},
      [PAC_BYTES_REMOVE] = {OBJECT, [B] = OPERAND_MEMBER},
      [PAC_BYTES_RETYPE] = {OBJECT, [B] = OPERAND_TYPE, [C] = OPERAND_MEMBER, [E] = OPERAND_VALUE},
      [PAC_BYTES_QUALIFY] = {OBJECT, [B] = OPERAND_CHOICE, [C] = OPERAND_MEMBER, [D] = OPERAND_QUALIFIER,
                             [E] = OPERAND_QUALIFIER_VALUE, [F] = OPERAND_FLAVOR},
      [PAC_BYTES_UNQUALIFY] = {OBJECT, [B] = OPERAND_CHOICE, [C] = OPERAND_MEMBER, [D] = OPERAND_MEMBER},
      [PAC_BYTES_METHOD] = {OBJECT, [B] = OPERAND_TYPE, [C] = OPERAND_METHOD, [D] = OPERAND_CHOICE, [E] = OPERAND_TYPE,
                            [F] = OPERAND_SHAPE},
      [PAC_BYTES_METHOD_REMOVE] = {OBJECT, [B] = OPERAND_MEMBER},
      [PAC_BYTES_PUT] = {OBJECT, [B] = OPERAND_FLAGS, [C] = OPERAND_SINK, [D] = OPERAND_CONTEXT,
                         [E] = OPERAND_ASYNC_CONTEXT, [G] = OPERAND_CONNECTION_AND_NULLS},
      [PAC_BYTES_STEP] = {[A] = OPERAND_NUMBER, [B] = OPERAND_RARE, CALL},
      [PAC_BYTES_DRAIN] = {CALL},
      [PAC_BYTES_CANCEL] = {[C] = OPERAND_SINK, CALL},
      [PAC_BYTES_RIGHTS] = {[A] = OPERAND_CHOICE, [B] = OPERAND_RARE, CALL},
      [PAC_BYTES_FAIL] = {[A] = OPERAND_NUMBER, [B] = OPERAND_RARE, CALL},
      [PAC_BYTES_PROVIDER] =
          {[A] = OPERAND_CLASS, [B] = OPERAND_CHOICE, [C] = OPERAND_CHOICE, [D] = OPERAND_CHOICE, CALL},
      [PAC_BYTES_CHECK] = {CALL},
  };
#undef OBJECT
#undef CALL
  return (enum operand)operands[op][at];
}

bool mut_operand_carries(enum operand operand) {
  return operand >= OPERAND_CLASS && operand <= OPERAND_ASYNC_CONTEXT;
}

bool mut_op_makes(enum pac_bytes_op op) {
  return op <= PAC_BYTES_COPY;
}

bool mut_op_changes(enum pac_bytes_op op) {
  return op >= PAC_BYTES_SET && op <= PAC_BYTES_METHOD_REMOVE;
}

bool mut_op_is_call(enum pac_bytes_op op) {
  return op >= PAC_BYTES_PUT;
}

static bool names_object(const struct instruction *row) {
  return mut_program_operand(mut_program_op(row), A) == OPERAND_OBJECT;
}

/* Objects ---------------------------------------------------------------------------------------------------------- */

static bool find(const struct objects *objects, uint16_t id, uint32_t *index) {
  for (uint32_t i = 0; i < objects->count; i++) {
    if (objects->ids[i] == id) {
      *index = i;
      return true;
    }
  }
  return false;
}

/* Follows what a row makes. What makes no object where it stands is known as far as the form says it: a class can only
 * be derived from and instantiated. */
static void follow(struct objects *objects, const struct instruction *row) {
  enum pac_bytes_op op = mut_program_op(row);
  uint32_t index = objects->count == 0 ? 0 : objects->count - 1 - row->octets[A] % objects->count;
  bool is_class = op == PAC_BYTES_CLASS || op == PAC_BYTES_DERIVE;
  if (!mut_op_makes(op) || (op != PAC_BYTES_CLASS && objects->count == 0)) {
    return;
  }
  if (op == PAC_BYTES_COPY) {
    is_class = objects->is_class[index];
  } else if (op != PAC_BYTES_CLASS && !objects->is_class[index]) {
    return;
  }
  if (objects->count == PAC_PROGRAM_OBJECTS_MAX) {
    objects->count -= 1; /* the oldest is forgotten */
    memmove(objects->ids, objects->ids + 1, objects->count * sizeof objects->ids[0]);
    memmove(objects->is_class, objects->is_class + 1, objects->count * sizeof objects->is_class[0]);
  }
  objects->ids[objects->count] = row->id;
  objects->is_class[objects->count] = is_class;
  objects->count += 1;
}

/* Says in octets what a row means, where its object is still there. */
static void relate(const struct objects *objects, struct instruction *row) {
  uint32_t index = 0;
  if (row->means != ANY_OBJECT && names_object(row) && find(objects, row->means, &index)) {
    uint32_t distance = objects->count - 1 - index;
    if (row->octets[A] % objects->count != distance) {
      row->octets[A] = (uint8_t)distance;
    }
  }
}

void mut_program_objects(const struct program *program, uint32_t before, struct objects *objects) {
  objects->count = 0;
  for (uint32_t i = 0; i < before && i < program->count; i++) {
    struct instruction row = program->rows[i];
    relate(objects, &row);
    follow(objects, &row);
  }
}

/* Reading ---------------------------------------------------------------------------------------------------------- */

static void read_pieces(struct program *program, const uint8_t *octets, uint32_t size) {
  uint32_t at = 0;
  while (size - at >= 2 && program->pieces_count < PAC_POOL_CARRIED_MAX) {
    uint32_t length = get_u16(octets + at);
    uint32_t left = size - at - 2;
    length = length < left ? length : left;
    memcpy(program->octets + program->octets_size, octets + at + 2, length);
    program->pieces[program->pieces_count] = (struct piece){program->octets_size, length};
    program->pieces_count += 1;
    program->octets_size += length;
    program->size += 2 + length;
    at += 2 + length;
  }
}

/* An operand that means a piece is below their count; where there are none it means an entry of a pool, and says so. */
static void settle(const struct program *program, struct instruction *row) {
  enum pac_bytes_op op = mut_program_op(row);
  for (enum operand_at at = A; at <= G; at++) {
    enum operand operand = mut_program_operand(op, at);
    uint8_t index = (uint8_t)(row->octets[at] - PAC_POOL_OPERANDS);
    if (row->octets[at] < PAC_POOL_OPERANDS || !mut_operand_carries(operand)) {
      continue;
    }
    if (program->pieces_count > 0) {
      row->octets[at] = (uint8_t)(PAC_POOL_OPERANDS + index % program->pieces_count);
    } else if (operand != OPERAND_ASYNC_CONTEXT) { /* whose pool begins with contexts of its own */
      row->octets[at] = index;
    }
  }
}

void mut_program_read(struct program *program, struct document *document, const uint8_t *octets, uint32_t size,
                      uint32_t max) {
  uint32_t there = size == 0 ? 0 : (size - 1) / PAC_PROGRAM_INSTRUCTION_OCTETS;
  uint32_t count = size == 0 || octets[0] == PAC_BYTES_ALL || octets[0] > there ? there : octets[0];
  uint32_t end = 1 + count * PAC_PROGRAM_INSTRUCTION_OCTETS;
  program->document = document;
  program->max = max;
  program->count = count < PAC_BYTES_INSTRUCTIONS_MAX ? count : PAC_BYTES_INSTRUCTIONS_MAX;
  program->size = 1 + program->count * PAC_PROGRAM_INSTRUCTION_OCTETS;
  program->next_id = 0;
  program->pieces_count = 0;
  program->octets_size = 0;
  if (size > end) {
    read_pieces(program, octets + end, size - end);
  }
  struct objects objects = {.count = 0};
  for (uint32_t i = 0; i < program->count; i++) {
    struct instruction *row = &program->rows[i];
    memcpy(row->octets, octets + 1 + i * PAC_PROGRAM_INSTRUCTION_OCTETS, PAC_PROGRAM_INSTRUCTION_OCTETS);
    settle(program, row);
    row->id = program->next_id++;
    row->means = objects.count == 0 ? ANY_OBJECT : objects.ids[objects.count - 1 - row->octets[A] % objects.count];
    follow(&objects, row);
  }
}

/* Changing --------------------------------------------------------------------------------------------------------- */

struct instruction mut_program_instruction(struct program *program, enum pac_bytes_op op) {
  return (struct instruction){.octets = {(uint8_t)op}, .id = program->next_id++, .means = ANY_OBJECT};
}

bool mut_program_insert(struct program *program, uint32_t at, const struct instruction *row) {
  if (program->count == PAC_BYTES_INSTRUCTIONS_MAX || program->size + PAC_PROGRAM_INSTRUCTION_OCTETS > program->max) {
    return false;
  }
  memmove(&program->rows[at + 1], &program->rows[at], (program->count - at) * sizeof *row);
  program->rows[at] = *row;
  program->count += 1;
  program->size += PAC_PROGRAM_INSTRUCTION_OCTETS;
  return true;
}

void mut_program_remove(struct program *program, uint32_t at, uint32_t count) {
  memmove(&program->rows[at], &program->rows[at + count], (program->count - at - count) * sizeof program->rows[0]);
  program->count -= count;
  program->size -= count * PAC_PROGRAM_INSTRUCTION_OCTETS;
}

const struct piece *mut_program_piece(const struct program *program, enum operand operand, uint8_t octet) {
  bool is_piece =
      mut_operand_carries(operand) && octet >= PAC_POOL_OPERANDS && octet - PAC_POOL_OPERANDS < program->pieces_count;
  return is_piece ? &program->pieces[octet - PAC_POOL_OPERANDS] : NULL;
}

uint8_t mut_program_carry(struct program *program, const uint8_t *octets, uint32_t size) {
  for (uint32_t i = 0; i < program->pieces_count; i++) {
    if (program->pieces[i].size == size && memcmp(program->octets + program->pieces[i].at, octets, size) == 0) {
      return (uint8_t)(PAC_POOL_OPERANDS + i);
    }
  }
  if (program->pieces_count == PAC_POOL_CARRIED_MAX || size > sizeof program->octets - program->octets_size ||
      program->size + 2 + size > program->max) {
    return 0;
  }
  memcpy(program->octets + program->octets_size, octets, size);
  program->pieces[program->pieces_count] = (struct piece){program->octets_size, size};
  program->octets_size += size;
  program->size += 2 + size;
  program->pieces_count += 1;
  return (uint8_t)(PAC_POOL_OPERANDS + program->pieces_count - 1);
}

/* Writing ---------------------------------------------------------------------------------------------------------- */

uint32_t mut_program_write(struct program *program, uint8_t *octets) {
  uint8_t numbers[PAC_POOL_CARRIED_MAX];
  bool is_meant[PAC_POOL_CARRIED_MAX] = {false};
  uint32_t meant = 0;
  struct objects objects = {.count = 0};
  for (uint32_t i = 0; i < program->count; i++) {
    struct instruction *row = &program->rows[i];
    relate(&objects, row);
    follow(&objects, row);
    for (enum operand_at at = A; at <= G; at++) {
      if (mut_program_piece(program, mut_program_operand(mut_program_op(row), at), row->octets[at]) != NULL) {
        is_meant[row->octets[at] - PAC_POOL_OPERANDS] = true;
      }
    }
  }
  for (uint32_t i = 0; i < program->pieces_count; i++) {
    numbers[i] = (uint8_t)(PAC_POOL_OPERANDS + meant);
    meant += is_meant[i];
  }
  octets[0] = (uint8_t)(meant == 0 ? PAC_BYTES_ALL : program->count);
  uint32_t size = 1;
  for (uint32_t i = 0; i < program->count; i++) {
    struct instruction *row = &program->rows[i];
    memcpy(octets + size, row->octets, PAC_PROGRAM_INSTRUCTION_OCTETS);
    for (enum operand_at at = A; at <= G; at++) {
      if (mut_program_piece(program, mut_program_operand(mut_program_op(row), at), row->octets[at]) != NULL) {
        octets[size + at] = numbers[row->octets[at] - PAC_POOL_OPERANDS];
      }
    }
    size += PAC_PROGRAM_INSTRUCTION_OCTETS;
  }
  for (uint32_t i = 0; i < program->pieces_count; i++) {
    if (is_meant[i]) {
      set_u16(octets + size, program->pieces[i].size);
      memcpy(octets + size + 2, program->octets + program->pieces[i].at, program->pieces[i].size);
      size += 2 + program->pieces[i].size;
    }
  }
  return size;
}
