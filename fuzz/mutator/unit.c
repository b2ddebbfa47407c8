/* SPDX-License-Identifier: Apache-2.0 */
/* The kind `unit`: one encoded object. */
#include "kinds.h"
#include "operators.h"

#define TRIES_MAX 8u

/* What does not parse becomes a new object. */
static void start_anew(struct document *document) {
  static _Thread_local struct block block;
  static _Thread_local struct block unit;
  struct name name;
  mut_block_clear(&block);
  mut_block_clear(&unit);
  mut_name_fresh(document, &name);
  mut_block_class(&block, &name);
  mut_block_unit(&unit, &block);
  if (unit.size <= document->max) {
    memcpy(document->octets, unit.octets, unit.size);
    document->size = unit.size;
  }
}

static bool map(struct document *document) {
  mut_layout_clear(document);
  return document->size >= 9 && get_u32(document->octets) == 0x12345678u &&
         mut_layout_unit(document, 0, document->size, NO_PART, 0);
}

bool mut_change_unit(struct mutation *mutation) {
  struct document *document = mutation->document;
  uint32_t changes = 1 + random_below(document->random, 2);
  mut_mutation_begin(mutation, map);
  if (!mut_layout_refresh(document)) {
    return false;
  }
  if (random_chance(document->random, 1, 128)) {
    mut_operate_often(document);
  }
  for (uint32_t tries = 0; tries < TRIES_MAX && changes > 0 && mut_layout_refresh(document); tries++) {
    changes -= mut_operate(document, mut_pick_object(document));
  }
  return true;
}

void mut_break_some(struct mutation *mutation) {
  if (random_chance(mutation->document->random, 7, 16)) {
    mut_break(mutation->document);
    if (random_chance(mutation->document->random, 1, 4)) {
      mut_break(mutation->document);
    }
  }
}

void mut_mutate_unit(struct mutation *mutation) {
  if (!mut_change_unit(mutation)) {
    if (random_chance(mutation->document->random, 1, 2)) {
      mut_break(mutation->document);
      return;
    }
    start_anew(mutation->document);
    mut_change_unit(mutation);
  }
  mut_break_some(mutation);
}
