/* SPDX-License-Identifier: Apache-2.0 */
/* Operators on qualifiers and whole objects. */
#include "operators.h"

bool mut_qualifier_add(struct document *document, const struct set *set) {
  struct name name;
  uint8_t qualifier[17] = {0};
  uint32_t type = random_chance(document->random, 1, 2) ? 8 : mut_pick_type(document->random);
  uint32_t width = mut_slot_width(type);
  uint32_t at = document->parts[set->part].end;
  do {
    mut_name_fresh(document, &name);
  } while (name.size < 3);
  if (random_chance(document->random, 1, 4)) {
    mut_name_of("key", &name);
    type = 11;
    width = 2;
  }
  if (document->max - document->size < name.size + 256 ||
      !mut_splice(document, set->part, at, 0, qualifier, 9 + width)) {
    return false;
  }
  uint32_t ref = mut_name_place(document, set->heap, &name);
  uint8_t *octets = document->octets + at;
  set_u32(octets, ref);
  octets[4] = (uint8_t)(random_next(document->random) & 0xF3u);
  set_u32(octets + 5, type);
  if (mut_value_make(document, set->heap, type, qualifier)) {
    memcpy(document->octets + at + 9, qualifier, width);
  } else {
    memset(document->octets + at + 9, 0xFF, width); /* null, or a number */
  }
  return true;
}

bool mut_qualifier_drop(struct document *document, const struct set *set) {
  uint32_t at = document->parts[set->part].begin + 4;
  uint32_t end = document->parts[set->part].end;
  uint32_t starts[32];
  uint32_t count = 0;
  while (end - at >= 10 && count < 32) {
    uint32_t width = mut_slot_width(get_u32(document->octets + at + 5));
    if (width == 0 || width > end - at - 9) {
      break;
    }
    starts[count++] = at;
    at += 9 + width;
  }
  if (count == 0) {
    return false;
  }
  uint32_t start = starts[random_below(document->random, count)];
  /* CIMTYPE has to stay: some types are not legal without it. */
  if (get_u32(document->octets + start) == 0x8000000Au && random_chance(document->random, 7, 8)) {
    return false;
  }
  return mut_splice(document, set->part, start, 9 + mut_slot_width(get_u32(document->octets + start + 5)), NULL, 0);
}

bool mut_object_rename(struct document *document, const struct object_layout *object) {
  struct name name;
  if (!object->is_whole || object->is_signature || object->has_fixed_class) {
    return false;
  }
  do {
    mut_name_fresh(document, &name);
  } while (name.size < 3);
  if (document->max - document->size < 2 * name.size) { /* of the class and of the instance */
    return false;
  }
  if (!object->is_class) {
    uint32_t at = object->body.name_at;
    set_u32(document->octets + at, mut_name_place(document, object->body.heap, &name));
  }
  set_u32(document->octets + object->current.name_at, mut_name_place(document, object->current.heap, &name));
  return true;
}

bool mut_object_convert(struct document *document, const struct object_layout *object) {
  static _Thread_local struct block block;
  const struct part *part = &document->parts[object->part];
  mut_block_clear(&block);
  if (!object->is_whole || object->is_signature || object->has_fixed_class) {
    return false;
  }
  if (object->is_class) {
    mut_block_instance(document, object, &block);
  } else if (object->current.ancestors == 0) {
    mut_block_class_of(document, object, &block);
  } else {
    return false;
  }
  return !block.is_overflown &&
         mut_splice(document, object->part, part->begin, part->end - part->begin, block.octets, block.size);
}

bool mut_object_decorate(struct document *document, const struct object_layout *object) {
  uint32_t at = object->flags_at + 1;
  struct name server;
  struct name space;
  if (!object->is_whole) {
    return false;
  }
  mut_name_pick(document, &server);
  mut_name_of("ROOT\\Sample", &space);
  bool is_decorated = (document->octets[object->flags_at] & 4) != 0;
  if (!is_decorated && document->max - document->size < server.size + space.size) {
    return false;
  }
  document->octets[object->flags_at] ^= 4;
  if (is_decorated) {
    return mut_splice(document, object->part, at, object->class_at - at, NULL, 0);
  }
  return mut_splice(document, object->part, at, 0, space.octets, space.size) &&
         mut_splice(document, object->part, at, 0, server.octets, server.size);
}

bool mut_object_replace(struct document *document, const struct object_layout *object) {
  static _Thread_local struct block block;
  const struct part *part = &document->parts[object->part];
  mut_block_clear(&block);
  if (object->is_signature || object->has_fixed_class) {
    return false;
  }
  mut_block_any(document, &block);
  return !block.is_overflown &&
         mut_splice(document, object->part, part->begin, part->end - part->begin, block.octets, block.size);
}

/* Octets that nothing refers to: at the end of a part, or in front of a heap's item. */
bool mut_object_slack(struct document *document, const struct object_layout *object) {
  uint16_t parts[] = {object->part, object->current.part, object->current.heap,
                      object->is_class ? object->methods.part : object->body.part,
                      object->is_class ? object->methods.heap : object->body.heap};
  uint8_t octets[8];
  set_u32(octets, (uint32_t)random_next(document->random));
  set_u32(octets + 4, (uint32_t)random_next(document->random));
  uint32_t choice = random_below(document->random, object->is_class ? 4 : 5);
  if (!object->is_whole) {
    return false;
  }
  uint16_t part = parts[choice];
  uint32_t at = document->parts[part].end;
  for (unsigned tries = 0; tries < 8 && (part == object->current.heap || choice == 4); tries++) {
    const struct ref *ref = &document->refs[random_below(document->random, document->refs_count)];
    if (document->refs_count > 0 && ref->heap == part && random_chance(document->random, 1, 2)) {
      at = document->parts[part].begin + get_u32(document->octets + ref->at);
      break;
    }
  }
  return mut_splice(document, part, at, 0, octets, 1 + random_below(document->random, 8));
}

bool mut_object_splice(struct document *document, const struct object_layout *object) {
  /* The body of one instance behind the class of another, where the tables have the same size. */
  const struct document *partner = mut_partner(document);
  for (uint32_t i = 0; partner != NULL && i < partner->objects_count; i++) {
    const struct object_layout *other = &partner->objects[i];
    if (!object->is_whole || !other->is_whole || object->is_class || other->is_class ||
        object->current.values_size != other->current.values_size || object->current.count != other->current.count) {
      continue;
    }
    const struct part *from = &partner->parts[other->body.part];
    const struct part *to = &document->parts[object->body.part];
    return mut_splice(document, document->parts[object->body.part].parent, to->begin, to->end - to->begin,
                      partner->octets + from->begin, from->end - from->begin);
  }
  return false;
}
