/* SPDX-License-Identifier: Apache-2.0 */
/* The choice among the operators: which object, which operator, and how often. */
#include "operators.h"

#define OFTEN_MAX 24u

uint32_t mut_pick_object(const struct document *document) {
  uint32_t per_depth[DEPTH_MAX + 1] = {0};
  uint32_t depths = 0;
  for (uint32_t i = 0; i < document->objects_count; i++) {
    depths += per_depth[document->objects[i].depth]++ == 0;
  }
  uint32_t wanted = random_below(document->random, depths);
  uint32_t depth = 0;
  while (per_depth[depth] == 0 || wanted-- > 0) {
    depth += 1;
  }
  uint32_t nth = random_below(document->random, per_depth[depth]);
  for (uint32_t i = 0; i < document->objects_count; i++) {
    if (document->objects[i].depth == depth && nth-- == 0) {
      return i;
    }
  }
  return 0;
}

/* A set of this object, or of one inside of it. */
static const struct set *pick_set(struct document *document, const struct object_layout *object) {
  const struct part *range = &document->parts[object->part];
  for (unsigned tries = 0; tries < 8 && document->sets_count > 0; tries++) {
    const struct set *set = &document->sets[random_below(document->random, document->sets_count)];
    const struct part *part = &document->parts[set->part];
    if (part->begin >= range->begin && part->end <= range->end) {
      return set;
    }
  }
  return NULL;
}

static bool add_qualifier(struct document *document, const struct object_layout *object) {
  const struct set *set = pick_set(document, object);
  return set != NULL && mut_qualifier_add(document, set);
}

static bool drop_qualifier(struct document *document, const struct object_layout *object) {
  const struct set *set = pick_set(document, object);
  return set != NULL && mut_qualifier_drop(document, set);
}

typedef bool (*operation)(struct document *document, const struct object_layout *object);

/* One at random each time: what stands twice is twice as likely. */
static const operation operators[] = {
    mut_property_add,    mut_property_add,       mut_property_add,   mut_property_remove, mut_property_retype,
    mut_property_rename, mut_object_rename,      add_qualifier,      add_qualifier,       drop_qualifier,
    mut_method_add,      mut_method_drop,        mut_method_redeclare, mut_object_convert, mut_object_derive,
    mut_object_decorate, mut_object_replace,     mut_object_slack,   mut_object_splice,   mut_property_sets,
    mut_property_rearrange, mut_property_set,    mut_property_set,   mut_property_set,    mut_property_set,
    mut_property_set,    mut_property_set,
};
/* What makes an object grow. Being inside of ever more others makes an input slow, so it is here only. */
static const operation growing[] = {mut_property_add,  mut_property_add, add_qualifier,  mut_method_add,
                                    mut_object_derive, mut_object_nest,  mut_object_nest};

static bool operate(struct document *document, uint32_t index, operation chosen) {
  const struct object_layout *object = &document->objects[index];
  document->depth = object->depth;
  document->is_mapped = false; /* as soon as it is done */
  return chosen(document, object);
}

bool mut_operate(struct document *document, uint32_t index) {
  return operate(document, index, operators[random_below(document->random, sizeof operators / sizeof operators[0])]);
}

void mut_operate_often(struct document *document) {
  operation chosen = growing[random_below(document->random, sizeof growing / sizeof growing[0])];
  uint32_t index = mut_pick_object(document);
  uint32_t times = 2 + random_below(document->random, random_chance(document->random, 1, 2) ? 3 : OFTEN_MAX - 1);
  while (times-- > 0 && mut_layout_refresh(document) && index < document->objects_count &&
         operate(document, index, chosen)) {
  }
}
