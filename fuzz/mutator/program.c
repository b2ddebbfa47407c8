/* SPDX-License-Identifier: Apache-2.0 */
/* The kind `program`: calls in the octet form of harness/program, as put_sequence reads them; and the same before the
 * option octet of put_differential. */
#include "program.h"

#include "kinds.h"

#define TRIES_MAX 12u
#define CHANGES_MAX 4u
#define OPTIONS 1u

static void change(struct mutation *mutation, uint32_t options) {
  static _Thread_local struct program program;
  static _Thread_local struct program partner;
  struct document *document = mutation->document;
  struct random *random = document->random;
  uint32_t partner_size = mutation->partner->size;
  bool has_partner = partner_size > options;
  mut_program_read(&program, document, document->octets, document->size, document->max);
  if (has_partner) {
    mut_program_read(&partner, document, mutation->partner->octets, partner_size - options, partner_size);
  }
  /* One change most of the time: what it does can be seen then. */
  uint32_t changes = random_chance(random, 1, 2) ? 1 : 1 + random_below(random, CHANGES_MAX);
  for (uint32_t tries = 0; tries < TRIES_MAX && changes > 0; tries++) {
    changes -= mut_program_change(&program, has_partner ? &partner : NULL);
  }
  document->size = mut_program_write(&program, document->octets);
}

static void havoc(struct document *document) {
  if (random_chance(document->random, 3, 16)) {
    size_t size = document->leaf(document->octets, document->size, document->max);
    document->size = size == 0 ? 1 : (uint32_t)size;
  }
}

void mut_mutate_program(struct mutation *mutation) {
  change(mutation, 0);
  havoc(mutation->document);
}

void mut_mutate_program_with_options(struct mutation *mutation) {
  struct document *document = mutation->document;
  uint8_t option = document->size == 0 ? 0 : document->octets[document->size - 1];
  if (document->max <= OPTIONS) {
    havoc(document);
    return;
  }
  document->size -= document->size == 0 ? 0 : OPTIONS;
  document->max -= OPTIONS;
  if (random_chance(document->random, 1, 16)) {
    option = (uint8_t)random_next(document->random);
  } else {
    change(mutation, OPTIONS);
  }
  document->max += OPTIONS;
  document->octets[document->size] = option;
  document->size += OPTIONS;
  havoc(document);
}
