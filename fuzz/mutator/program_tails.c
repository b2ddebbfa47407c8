/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that mean more together than one by one: a put, and what makes it end in another way. */
#include "program.h"

#define IMMEDIATELY 0x10u
#define CALLS_MAX 8u

/* Calls to be appended, in order. */
struct tail {
  struct program *program;
  uint32_t count;
  struct instruction rows[CALLS_MAX];
};

static struct instruction *add(struct tail *tail, enum pac_bytes_op op) {
  struct instruction *row = &tail->rows[tail->count++];
  *row = mut_program_instruction(tail->program, op);
  return row;
}

static struct instruction *add_filled(struct tail *tail, enum pac_bytes_op op) {
  struct instruction *row = add(tail, op);
  mut_operands_fill(tail->program, row);
  return row;
}

static struct instruction *add_put(struct tail *tail, uint16_t object, uint32_t flags) {
  struct instruction *row = add_filled(tail, PAC_BYTES_PUT);
  row->octets[B] = mut_operand_flags(tail->program, flags);
  row->means = object;
  return row;
}

static void add_on(struct tail *tail, enum pac_bytes_op op, enum operand_at at, uint8_t octet) {
  add(tail, op)->octets[at] = octet;
}

/* A newly made class and an instance of it: what there is before the first put. */
static void begin(struct tail *tail) {
  struct instruction *made = add_filled(tail, PAC_BYTES_CLASS);
  uint16_t id = made->id;
  made->octets[D] &= (uint8_t)~PAC_BYTES_WITHOUT_NAME_KEY;
  add_put(tail, id, 0);
  made = add_filled(tail, PAC_BYTES_INSTANCE);
  made->means = id;
  add_put(tail, made->id, 0);
}

/* The class that an object is of, as its instruction or that of its class names it; false when it is not in sight. */
static bool class_name_of(const struct program *program, uint16_t object, uint8_t *name) {
  for (uint32_t i = program->count; i > 0; i--) {
    const struct instruction *row = &program->rows[i - 1];
    enum pac_bytes_op op = mut_program_op(row);
    if (!mut_op_makes(op) || row->id != object) {
      continue;
    }
    if (op == PAC_BYTES_CLASS || op == PAC_BYTES_DERIVE) {
      *name = row->octets[op == PAC_BYTES_CLASS ? A : B];
      return true;
    }
    object = row->means; /* it stands further up */
  }
  return false;
}

static void add_provider(struct tail *tail, uint16_t object) {
  struct instruction *row = add_filled(tail, PAC_BYTES_PROVIDER);
  uint8_t name = 0;
  if (class_name_of(tail->program, object, &name)) {
    row->octets[A] = name;
  }
  add_put(tail, object, 0);
}

/* Two puts that are open at the same time, on one sink or on two. */
static void add_overlap(struct tail *tail, uint16_t left, uint16_t right) {
  struct random *random = tail->program->document->random;
  uint8_t sink = mut_operand_pick(tail->program, OPERAND_SINK, 0);
  add_put(tail, left, IMMEDIATELY)->octets[C] = sink;
  if (random_chance(random, 1, 2)) {
    add_on(tail, PAC_BYTES_STEP, A, (uint8_t)random_below(random, 3));
  }
  add_put(tail, right, IMMEDIATELY)->octets[C] = random_chance(random, 1, 2) ? sink : (uint8_t)(sink + 1);
  add_on(tail, PAC_BYTES_STEP, A, (uint8_t)random_below(random, 8));
  if (random_chance(random, 1, 2)) {
    add_on(tail, PAC_BYTES_CANCEL, C, sink);
  }
}

static void add_made(struct tail *tail, uint16_t from) {
  static const uint8_t makers[] = {PAC_BYTES_INSTANCE, PAC_BYTES_DERIVE, PAC_BYTES_COPY};
  static const uint8_t changes[] = {PAC_BYTES_SET, PAC_BYTES_QUALIFY, PAC_BYTES_ADD, PAC_BYTES_RETYPE,
                                    PAC_BYTES_METHOD};
  struct random *random = tail->program->document->random;
  struct instruction *made = add_filled(tail, (enum pac_bytes_op)makers[random_below(random, sizeof makers)]);
  uint16_t id = made->id;
  made->means = from;
  if (random_chance(random, 1, 2)) {
    add_filled(tail, (enum pac_bytes_op)changes[random_below(random, sizeof changes)])->means = id;
  }
  add_put(tail, id, 0);
}

static void fill(struct tail *tail, const struct objects *objects) {
  struct random *random = tail->program->document->random;
  uint16_t object = objects->ids[random_below(random, objects->count)];
  uint16_t other = objects->ids[random_below(random, objects->count)];
  uint8_t sink = mut_operand_pick(tail->program, OPERAND_SINK, 0);
  switch (random_below(random, 8)) {
    case 0: /* cancelled, at once or after some steps */
      add_put(tail, object, IMMEDIATELY)->octets[C] = sink;
      if (random_chance(random, 1, 2)) {
        add_on(tail, PAC_BYTES_STEP, A, (uint8_t)random_below(random, 4));
      }
      add_on(tail, PAC_BYTES_CANCEL, C, sink);
      break;
    case 1: /* without memory */
      add_on(tail, PAC_BYTES_FAIL, A, (uint8_t)(1 + random_below(random, random_chance(random, 3, 4) ? 24 : 255)));
      add_put(tail, object, 0);
      break;
    case 2: /* without rights */
      add_filled(tail, PAC_BYTES_RIGHTS);
      add_put(tail, object, 0);
      if (random_chance(random, 1, 2)) {
        add(tail, PAC_BYTES_RIGHTS);
      }
      break;
    case 3:
      add_provider(tail, object);
      break;
    case 4: /* in another namespace */
      add(tail, PAC_BYTES_CONNECT);
      add_put(tail, object, 0)->octets[G] = 1;
      add_put(tail, other, 0)->octets[G] = 1;
      break;
    case 5:
      add_overlap(tail, object, other);
      break;
    case 6: /* twice */
      add_put(tail, object, 0);
      add_put(tail, object, 0);
      break;
    default:
      add_made(tail, object);
      break;
  }
  if (random_chance(random, 1, 4)) {
    add(tail, random_chance(random, 1, 2) ? PAC_BYTES_DRAIN : PAC_BYTES_CHECK);
  }
}

bool mut_program_tail(struct program *program) {
  struct tail tail = {.program = program, .count = 0};
  struct random *random = program->document->random;
  struct objects objects;
  uint32_t at = random_chance(random, 3, 4) ? program->count : random_below(random, program->count + 1);
  mut_program_objects(program, at, &objects);
  if (objects.count == 0 || random_chance(random, 1, 16)) {
    begin(&tail);
  } else {
    fill(&tail, &objects);
  }
  for (uint32_t i = 0; i < tail.count; i++) {
    if (!mut_program_insert(program, at + i, &tail.rows[i])) {
      return i > 0;
    }
  }
  return true;
}
