/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that mean more together than one by one: a put, and what makes it end in another way. */
#include "program.h"

#define IMMEDIATELY 0x10u
#define UPDATE_ONLY 0x1u
#define SAFE 0x20u
#define FORCE 0x40u
#define AMENDED 0x20000u
#define CALLS_MAX 28u

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

/* With these flags and no others. */
static struct instruction *add_put_with(struct tail *tail, uint16_t object, uint32_t flags) {
  struct instruction *row = add_put(tail, object, 0);
  uint8_t octets[4];
  set_u32(octets, flags);
  row->octets[B] = mut_program_carry(tail->program, octets, sizeof octets);
  return row;
}

/* One that returns at once, with other flags too half of the time. */
static struct instruction *add_open_put(struct tail *tail, uint16_t object) {
  bool is_plain = random_chance(tail->program->document->random, 1, 2);
  return is_plain ? add_put_with(tail, object, IMMEDIATELY) : add_put(tail, object, IMMEDIATELY);
}

static void add_on(struct tail *tail, enum pac_bytes_op op, enum operand_at at, uint8_t octet) {
  add(tail, op)->octets[at] = octet;
}

/* Makes an object out of another one; gives its id. */
static uint16_t add_object(struct tail *tail, enum pac_bytes_op op, uint16_t from) {
  struct instruction *made = add_filled(tail, op);
  made->means = from;
  return made->id;
}

/* A newly made class and an instance of it: what there is before the first put. */
static void begin(struct tail *tail) {
  struct instruction *made = add_filled(tail, PAC_BYTES_CLASS);
  uint16_t id = made->id;
  made->octets[D] &= (uint8_t)~PAC_BYTES_WITHOUT_NAME_KEY;
  add_put(tail, id, 0);
  add_put(tail, add_object(tail, PAC_BYTES_INSTANCE, id), 0);
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

/* A provider of the object's class, where that is in sight. */
static struct instruction *add_provider(struct tail *tail, uint16_t object) {
  struct instruction *row = add_filled(tail, PAC_BYTES_PROVIDER);
  uint8_t name = 0;
  if (class_name_of(tail->program, object, &name)) {
    row->octets[A] = name;
  }
  return row;
}

/* Two puts that are open at the same time, on one sink or on two. */
static void add_overlap(struct tail *tail, uint16_t left, uint16_t right) {
  struct random *random = tail->program->document->random;
  uint8_t sink = mut_operand_pick(tail->program, OPERAND_SINK, 0);
  add_open_put(tail, left)->octets[C] = sink;
  if (random_chance(random, 1, 2)) {
    add_on(tail, PAC_BYTES_STEP, A, (uint8_t)random_below(random, 3));
  }
  add_open_put(tail, right)->octets[C] = random_chance(random, 1, 2) ? sink : (uint8_t)(sink + 1);
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
  uint16_t id = add_object(tail, (enum pac_bytes_op)makers[random_below(random, sizeof makers)], from);
  if (random_chance(random, 1, 2)) {
    add_filled(tail, (enum pac_bytes_op)changes[random_below(random, sizeof changes)])->means = id;
  }
  add_put(tail, id, 0);
}

/* Takes something away from the caller or gives it back. */
static void add_circumstance(struct tail *tail, uint32_t which, uint16_t object, bool is_bad) {
  struct random *random = tail->program->document->random;
  if (which == 0) {
    uint8_t rights = random_chance(random, 1, 2) ? PAC_BYTES_RIGHTS_READ : (uint8_t)(1 + random_below(random, 7));
    add(tail, PAC_BYTES_RIGHTS)->octets[A] = is_bad ? rights : 0;
  } else if (which == 1) {
    add_on(tail, PAC_BYTES_FAIL, A, is_bad ? (uint8_t)(1 + random_below(random, 24)) : 0);
  } else {
    struct instruction *row = add_provider(tail, object);
    row->octets[B] = is_bad ? row->octets[B] : 0;
  }
}

/* An update as a client asks for one that writes some properties only. */
static void add_partial(struct tail *tail, uint16_t object) {
  static const uint8_t contexts[] = {PAC_POOL_CONTEXT_WITHOUT_LIST, PAC_POOL_CONTEXT_PARTIAL,
                                     PAC_POOL_CONTEXT_PARTIAL_KEY, PAC_POOL_CONTEXT_PARTIAL_KEY};
  struct random *random = tail->program->document->random;
  struct instruction *row = add_put_with(tail, object, UPDATE_ONLY);
  row->octets[D] = random_chance(random, 3, 4) ? contexts[random_below(random, sizeof contexts)]
                                               : mut_operand_carry(tail->program, OPERAND_CONTEXT);
}

/* The same put before, during and after that, and perhaps one of something else in between. Of a class also one derived from
 * it, which is more work. */
static void add_around(struct tail *tail, uint16_t object, uint16_t other, bool is_class) {
  struct random *random = tail->program->document->random;
  uint32_t which = random_below(random, 3);
  if (is_class && random_chance(random, 1, 3)) {
    object = add_object(tail, PAC_BYTES_DERIVE, object);
  }
  add_put_with(tail, object, 0);
  add_circumstance(tail, which, object, true);
  if (random_chance(random, 1, 4)) {
    add_put(tail, other, 0);
  }
  if (random_chance(random, 1, 2)) {
    add_put_with(tail, object, 0);
  } else {
    add_put(tail, object, 0);
  }
  add_circumstance(tail, which, object, false);
  if (!is_class && random_chance(random, 1, 2)) {
    add_partial(tail, object);
    return;
  }
  add_put_with(tail, object, 0);
  if (is_class && random_chance(random, 1, 2)) {
    add_put_with(tail, add_object(tail, PAC_BYTES_INSTANCE, object), 0);
  }
}

static void add_cancelled(struct tail *tail, uint16_t object) {
  struct random *random = tail->program->document->random;
  uint8_t sink = mut_operand_pick(tail->program, OPERAND_SINK, 0);
  add_open_put(tail, object)->octets[C] = sink;
  if (random_chance(random, 1, 2)) {
    add_on(tail, PAC_BYTES_STEP, A, (uint8_t)random_below(random, 4));
  }
  add_on(tail, PAC_BYTES_CANCEL, C, sink);
}

/* One put after the other that ends in another way each time. */
static void add_troubles(struct tail *tail, uint16_t object) {
  struct random *random = tail->program->document->random;
  for (uint32_t left = random_below(random, 4); left > 0; left--) {
    uint32_t which = random_below(random, 4);
    if (which == 3) {
      add_cancelled(tail, object);
      add(tail, PAC_BYTES_DRAIN); /* so that it has ended when the next one begins */
    } else {
      add_circumstance(tail, which, object, true);
      add_put_with(tail, object, random_chance(random, 1, 2) ? 0 : FORCE);
      add_circumstance(tail, which, object, false);
    }
  }
}

/* A put that waits, a cancel, and the same put once more when its provider lets go. */
static void add_held(struct tail *tail, uint16_t object) {
  uint8_t sink = mut_operand_pick(tail->program, OPERAND_SINK, 0);
  add_circumstance(tail, 2, object, true);
  add_open_put(tail, object)->octets[C] = sink;
  add_on(tail, PAC_BYTES_STEP, A, (uint8_t)random_below(tail->program->document->random, 4));
  add_on(tail, PAC_BYTES_CANCEL, C, sink);
  add_open_put(tail, object);
  add_circumstance(tail, 2, object, false);
  add(tail, PAC_BYTES_DRAIN);
}

static struct instruction *add_qualifier(struct tail *tail, uint16_t of, const struct instruction *like) {
  struct instruction *row = add_filled(tail, PAC_BYTES_QUALIFY);
  row->means = of;
  row->octets[B] = PAC_BYTES_OF_OBJECT;
  row->octets[D] = like == NULL ? row->octets[D] : like->octets[D];
  return row;
}

/* The one conflict that is published: a class, one derived from it that has set a qualifier, and updates of the first
 * that set it otherwise, under one mode after the other. */
static void add_contradiction(struct tail *tail, uint16_t base) {
  struct random *random = tail->program->document->random;
  uint16_t derived = add_object(tail, PAC_BYTES_DERIVE, base);
  const struct instruction *said = add_qualifier(tail, derived, NULL);
  add_put_with(tail, base, 0);
  add_put_with(tail, derived, 0);
  uint16_t updated = add_object(tail, PAC_BYTES_COPY, base);
  add_qualifier(tail, updated, said);
  add_put_with(tail, updated, SAFE);
  add_troubles(tail, updated);
  add_put_with(tail, updated, random_chance(random, 1, 2) ? FORCE : FORCE | AMENDED);
  if (random_chance(random, 1, 2)) {
    add_put(tail, add_object(tail, PAC_BYTES_INSTANCE, derived), 0);
  }
}

static void fill(struct tail *tail, const struct objects *objects) {
  struct random *random = tail->program->document->random;
  uint32_t index = random_below(random, objects->count);
  uint16_t object = objects->ids[index];
  uint16_t other = objects->ids[random_below(random, objects->count)];
  switch (random_below(random, 12)) {
    case 0:
      add_cancelled(tail, object);
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
      add_put(tail, object, 0);
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
    case 7:
      add_held(tail, object);
      break;
    case 8:
    case 9:
      add_around(tail, object, other, objects->is_class[index]);
      break;
    case 10:
      add_contradiction(tail, object);
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
