/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of a program, call by call: instructions come, go, move and change, and come over from another program. */
#include "program.h"

#define RUN_MAX 6u
#define SHORT_LENGTH 3u /* a program shorter than this only grows */
#define LONG_LENGTH 22u /* and one longer than this only shrinks */

static const struct {
  uint8_t op;
  uint8_t weight;
} weights[] = {
    {PAC_BYTES_PUT, 24},    {PAC_BYTES_CLASS, 5},  {PAC_BYTES_DERIVE, 6},        {PAC_BYTES_INSTANCE, 9},
    {PAC_BYTES_COPY, 3},    {PAC_BYTES_KEEP, 1},   {PAC_BYTES_SET, 8},           {PAC_BYTES_ADD, 6},
    {PAC_BYTES_REMOVE, 3},  {PAC_BYTES_RETYPE, 3}, {PAC_BYTES_QUALIFY, 7},       {PAC_BYTES_UNQUALIFY, 2},
    {PAC_BYTES_METHOD, 3},  {PAC_BYTES_STEP, 7},   {PAC_BYTES_METHOD_REMOVE, 1}, {PAC_BYTES_DRAIN, 4},
    {PAC_BYTES_CANCEL, 5},  {PAC_BYTES_RIGHTS, 3}, {PAC_BYTES_FAIL, 4},          {PAC_BYTES_PROVIDER, 4},
    {PAC_BYTES_CONNECT, 1}, {PAC_BYTES_CHECK, 3},
};

static enum pac_bytes_op pick_op(struct random *random) {
  uint32_t all = 0;
  for (size_t i = 0; i < sizeof weights / sizeof weights[0]; i++) {
    all += weights[i].weight;
  }
  uint32_t at = random_below(random, all);
  size_t i = 0;
  while (at >= weights[i].weight) {
    at -= weights[i].weight;
    i += 1;
  }
  return (enum pac_bytes_op)weights[i].op;
}

/* A row with that operation at or behind a place chosen at random, around the end; false when there is none. */
static bool pick_row(const struct program *program, enum pac_bytes_op op, uint32_t *index) {
  uint32_t first = random_below(program->document->random, program->count);
  for (uint32_t i = 0; i < program->count; i++) {
    *index = (first + i) % program->count;
    if (mut_program_op(&program->rows[*index]) == op) {
      return true;
    }
  }
  return false;
}

/* An object that there is before a row, the newer ones more often; a class when one is asked for and can be had. */
static uint16_t pick_object(const struct program *program, uint32_t before, bool is_class) {
  struct random *random = program->document->random;
  struct objects objects;
  mut_program_objects(program, before, &objects);
  if (objects.count == 0) {
    return ANY_OBJECT;
  }
  for (unsigned tries = 0; tries < 6; tries++) {
    uint32_t back = random_below(random, random_chance(random, 1, 2) ? objects.count
                                         : objects.count < 3         ? objects.count
                                                                     : 3);
    uint32_t index = objects.count - 1 - back;
    if (!is_class || objects.is_class[index]) {
      return objects.ids[index];
    }
  }
  return objects.ids[objects.count - 1];
}

static bool needs_class(enum pac_bytes_op op) {
  return op == PAC_BYTES_DERIVE || op == PAC_BYTES_INSTANCE ||
         (mut_op_changes(op) && op != PAC_BYTES_SET && op != PAC_BYTES_QUALIFY && op != PAC_BYTES_UNQUALIFY);
}

/* Inserts an instruction. What is made is put too, and what is changed is put afterwards: the rest means nothing. */
static bool insert(struct program *program) {
  struct random *random = program->document->random;
  enum pac_bytes_op op = pick_op(random);
  struct instruction row = mut_program_instruction(program, op);
  uint32_t at = random_below(program->document->random, program->count + 1);
  uint32_t put_at = 0;
  mut_operands_fill(program, &row);
  if (mut_op_changes(op) && random_chance(random, 7, 8) && pick_row(program, PAC_BYTES_PUT, &put_at)) {
    row.means = program->rows[put_at].means;
    return mut_program_insert(program, put_at, &row);
  }
  row.means = op == PAC_BYTES_CLASS ? ANY_OBJECT : pick_object(program, at, needs_class(op));
  if (!mut_program_insert(program, at, &row)) {
    return false;
  }
  bool is_made = mut_op_makes(op);
  if ((is_made && random_chance(random, 7, 8)) || (mut_op_changes(op) && random_chance(random, 3, 4))) {
    struct instruction put = mut_program_instruction(program, PAC_BYTES_PUT);
    mut_operands_fill(program, &put);
    put.means = is_made ? row.id : row.means;
    mut_program_insert(program, at + 1, &put);
  }
  return true;
}

static bool is_meant(const struct program *program, uint32_t at) {
  bool is_found = false;
  for (uint32_t i = at + 1; i < program->count && !is_found; i++) {
    is_found = program->rows[i].means == program->rows[at].id;
  }
  return is_found;
}

/* With an object go all who mean it: rather something else. */
static bool remove_run(struct program *program) {
  struct random *random = program->document->random;
  if (program->count < 2) {
    return false;
  }
  uint32_t at = random_below(random, program->count);
  for (unsigned tries = 0; tries < 4 && is_meant(program, at); tries++) {
    at = random_below(random, program->count);
  }
  uint32_t left = program->count - at;
  uint32_t run = random_chance(random, 3, 4) ? 1 : 1 + random_below(random, RUN_MAX);
  mut_program_remove(program, at, run < left ? run : left);
  return true;
}

/* Ends behind one of the puts. */
static bool truncate(struct program *program) {
  uint32_t last = 0;
  if (!pick_row(program, PAC_BYTES_PUT, &last) || last + 1 == program->count) {
    return false;
  }
  mut_program_remove(program, last + 1, program->count - last - 1);
  return true;
}

/* The copy of what makes an object makes another one; who meant the first one still does. */
static bool duplicate(struct program *program) {
  struct random *random = program->document->random;
  uint32_t at = random_below(random, program->count);
  struct instruction row = program->rows[at];
  row.id = program->next_id++;
  return mut_program_insert(
      program, random_chance(random, 1, 2) ? at + 1 : at + random_below(random, program->count - at + 1), &row);
}

static bool swap(struct program *program) {
  struct random *random = program->document->random;
  uint32_t left = random_below(random, program->count);
  uint32_t right = random_chance(random, 1, 2) ? random_below(random, program->count) : left + 1;
  if (program->count < 2 || right >= program->count || left == right) {
    return false;
  }
  struct instruction kept = program->rows[left];
  program->rows[left] = program->rows[right];
  program->rows[right] = kept;
  return true;
}

static bool move_run(struct program *program) {
  struct random *random = program->document->random;
  struct instruction moved[RUN_MAX];
  uint32_t run = 1 + random_below(random, RUN_MAX);
  if (program->count <= run) {
    return false;
  }
  uint32_t from = random_below(random, program->count - run + 1);
  memcpy(moved, &program->rows[from], run * sizeof moved[0]);
  mut_program_remove(program, from, run);
  uint32_t to = random_below(random, program->count + 1);
  for (uint32_t i = 0; i < run; i++) {
    mut_program_insert(program, to + i, &moved[i]);
  }
  return to != from;
}

/* What says most about a program is changed most: puts, then the other calls. */
static uint32_t pick_weighted(const struct program *program) {
  struct random *random = program->document->random;
  uint32_t at = random_below(random, program->count);
  for (unsigned tries = 0; tries < 4; tries++) {
    enum pac_bytes_op op = mut_program_op(&program->rows[at]);
    uint32_t chances = op == PAC_BYTES_PUT ? 8 : mut_op_is_call(op) ? 5 : mut_op_makes(op) ? 4 : 3;
    if (op != PAC_BYTES_KEEP && random_chance(random, chances, 8)) {
      break;
    }
    at = random_below(random, program->count);
  }
  return at;
}

static uint32_t operand_weight(enum operand operand) {
  switch (operand) {
    case OPERAND_NONE:
      return 0;
    case OPERAND_FLAGS:
      return 6;
    case OPERAND_SINK:
    case OPERAND_OBJECT:
      return 4;
    case OPERAND_CONTEXT:
    case OPERAND_VALUE:
    case OPERAND_NUMBER:
      return 3;
    case OPERAND_RARE:
    case OPERAND_CONNECTION:
      return 1;
    default:
      return 2;
  }
}

static bool change_operand(struct program *program) {
  struct random *random = program->document->random;
  uint32_t index = pick_weighted(program);
  struct instruction *row = &program->rows[index];
  enum pac_bytes_op op = mut_program_op(row);
  uint32_t all = 0;
  for (enum operand_at at = A; at <= G; at++) {
    all += operand_weight(mut_program_operand(op, at));
  }
  if (all == 0) {
    return false;
  }
  uint32_t left = random_below(random, all);
  enum operand_at at = A;
  while (left >= operand_weight(mut_program_operand(op, at))) {
    left -= operand_weight(mut_program_operand(op, at));
    at++;
  }
  enum operand operand = mut_program_operand(op, at);
  uint8_t was = row->octets[at];
  if (operand == OPERAND_OBJECT && random_chance(random, 7, 8)) {
    uint16_t meant = row->means;
    row->means = pick_object(program, index, needs_class(op));
    return row->means != meant;
  }
  if (operand == OPERAND_OBJECT) {
    row->means = ANY_OBJECT;
  }
  row->octets[at] = mut_operand_pick(program, operand, was);
  return row->octets[at] != was;
}

static bool change_op(struct program *program) {
  struct instruction *row = &program->rows[random_below(program->document->random, program->count)];
  enum pac_bytes_op op = pick_op(program->document->random);
  bool is_other = op != mut_program_op(row);
  if (is_other && random_chance(program->document->random, 1, 2)) {
    memset(row->octets, 0, sizeof row->octets);
    row->octets[OPERATION] = (uint8_t)op;
    mut_operands_fill(program, row);
  }
  row->octets[OPERATION] = (uint8_t)op;
  return is_other;
}

/* Gives an operand a piece, or another one in place of the one that it means. */
static bool change_piece(struct program *program) {
  struct random *random = program->document->random;
  for (unsigned tries = 0; tries < 12; tries++) {
    struct instruction *row = &program->rows[random_below(random, program->count)];
    enum operand_at at = (enum operand_at)(A + random_below(random, G));
    enum operand operand = mut_program_operand(mut_program_op(row), at);
    bool is_piece = mut_program_piece(program, operand, row->octets[at]) != NULL;
    if (mut_operand_carries(operand) && (is_piece || tries >= 8)) {
      uint8_t was = row->octets[at];
      row->octets[at] = is_piece && random_chance(random, 1, 8) ? (uint8_t)random_below(random, PAC_POOL_OPERANDS)
                                                                : mut_operand_change_piece(program, operand, was);
      return row->octets[at] != was;
    }
  }
  return false;
}

/* The same object again: with other flags, to another sink, or just again. */
static bool put_again(struct program *program) {
  struct random *random = program->document->random;
  uint32_t from = 0;
  if (!pick_row(program, PAC_BYTES_PUT, &from)) {
    return false;
  }
  struct instruction row = program->rows[from];
  row.id = program->next_id++;
  row.octets[B] = random_chance(random, 1, 2) ? mut_operand_flags(program, 0)
                                              : mut_operand_pick(program, OPERAND_FLAGS, row.octets[B]);
  row.octets[C] = random_chance(random, 1, 4) ? mut_operand_pick(program, OPERAND_SINK, row.octets[C]) : row.octets[C];
  return mut_program_insert(program, random_chance(random, 1, 2) ? from + 1 : program->count, &row);
}

/* Takes a run of the partner's instructions. With `is_whole` also what makes and changes the objects that it uses, else
 * it uses what there is here. The pieces come along. */
static bool splice(struct program *program, const struct program *partner) {
  struct random *random = program->document->random;
  bool is_taken[PAC_BYTES_INSTRUCTIONS_MAX] = {false};
  bool is_needed[PAC_BYTES_INSTRUCTIONS_MAX] = {false}; /* by id: rows of a program just read are their ids */
  uint16_t ids[PAC_BYTES_INSTRUCTIONS_MAX];
  if (partner == NULL || partner->count == 0) {
    return false;
  }
  bool is_whole = random_chance(random, 2, 3);
  uint32_t from = random_below(random, partner->count);
  uint32_t run = 1 + random_below(random, RUN_MAX);
  uint32_t end = from + run < partner->count ? from + run : partner->count;
  for (uint32_t i = end; i > 0; i--) {
    const struct instruction *row = &partner->rows[i - 1];
    enum pac_bytes_op op = mut_program_op(row);
    bool names_object = mut_program_operand(op, A) == OPERAND_OBJECT && row->means != ANY_OBJECT;
    is_taken[i - 1] = i - 1 >= from || (is_whole && ((mut_op_makes(op) && is_needed[row->id]) ||
                                                     (mut_op_changes(op) && names_object && is_needed[row->means])));
    if (is_taken[i - 1] && names_object) {
      is_needed[row->means] = true;
    }
  }
  uint32_t at = random_chance(random, 1, 2) ? program->count : random_below(random, program->count + 1);
  bool has_taken = false;
  for (uint32_t i = 0; i < end; i++) {
    if (!is_taken[i]) {
      continue;
    }
    struct instruction row = partner->rows[i];
    enum pac_bytes_op op = mut_program_op(&row);
    ids[i] = program->next_id++;
    row.id = ids[i];
    bool is_here = row.means != ANY_OBJECT && row.means < i && is_taken[row.means];
    row.means = is_here ? ids[row.means] : ANY_OBJECT;
    for (enum operand_at j = A; j <= G; j++) {
      const struct piece *piece = mut_program_piece(partner, mut_program_operand(op, j), row.octets[j]);
      if (piece != NULL) {
        row.octets[j] = mut_program_carry(program, partner->octets + piece->at, piece->size);
      }
    }
    if (!mut_program_insert(program, at, &row)) {
      break;
    }
    at += 1;
    has_taken = true;
  }
  return has_taken;
}

/* What a program costs to run: most of it are its calls. The longer it is, the more often it shrinks. */
static uint32_t length_of(const struct program *program) {
  uint32_t calls = 0;
  for (uint32_t i = 0; i < program->count; i++) {
    calls += mut_op_is_call(mut_program_op(&program->rows[i]));
  }
  return calls + (program->count - calls) / 8;
}

bool mut_program_change(struct program *program, const struct program *partner) {
  struct random *random = program->document->random;
  if (program->count == 0) {
    return (partner != NULL && random_chance(random, 1, 2) && splice(program, partner)) || mut_program_tail(program);
  }
  uint32_t length = length_of(program);
  if (length >= SHORT_LENGTH && random_chance(random, length, LONG_LENGTH)) {
    return remove_run(program);
  }
  if (partner != NULL && random_chance(random, 1, 4)) {
    return splice(program, partner);
  }
  uint32_t choice = random_below(random, length < SHORT_LENGTH ? 58 : 64);
  return choice < 12   ? insert(program)
         : choice < 30 ? change_operand(program)
         : choice < 37 ? put_again(program)
         : choice < 44 ? mut_program_tail(program)
         : choice < 49 ? change_piece(program)
         : choice < 52 ? duplicate(program)
         : choice < 54 ? swap(program)
         : choice < 56 ? move_run(program)
         : choice < 58 ? change_op(program)
         : choice < 62 ? remove_run(program)
                       : truncate(program);
}
