/* SPDX-License-Identifier: Apache-2.0 */
/* Operators on qualifiers, methods and whole objects, and the choice among all operators. */
#include "operators.h"

bool mut_qualifier_add(struct document *document, const struct set *set) {
  struct name name;
  uint8_t qualifier[17] = {0};
  uint32_t type = random_chance(document->random, 1, 2) ? 8 : mut_pick_type(document->random);
  uint32_t width = mut_slot_width(type);
  uint32_t at = document->parts[set->part].end;
  if (document->max - document->size < 256) {
    return false;
  }
  do {
    mut_name_fresh(document, &name);
  } while (name.size < 3);
  if (random_chance(document->random, 1, 4)) {
    mut_name_of("key", &name);
    type = 11;
    width = 2;
  }
  if (!mut_splice(document, set->part, at, 0, qualifier, 9 + width)) {
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

bool mut_method_add(struct document *document, const struct object_layout *object) {
  const struct methods_layout *of = &object->methods;
  struct name name;
  static _Thread_local struct block signature;
  uint8_t method[24] = {0};
  if (!object->is_class || !object->is_whole || of->count > 100 || document->max - document->size < 512) {
    return false;
  }
  mut_name_fresh(document, &name);
  set_u32(method, mut_name_place(document, of->heap, &name));
  set_u32(method + 8, object->current.ancestors);
  for (unsigned i = 0; i < 2; i++) {
    mut_block_clear(&signature);
    mut_block_u32(&signature, 0);
    if (random_chance(document->random, 1, 2)) {
      mut_block_signature(&signature);
      set_u32(signature.octets, signature.size - 4);
    }
    set_u32(method + 16 + 4 * i, mut_heap_append(document, of->heap, signature.octets, signature.size));
  }
  set_u32(method + 12, mut_heap_append(document, of->heap, (const uint8_t *)"\4\0\0\0", 4));
  uint32_t begin = document->parts[of->part].begin;
  set_u16(document->octets + begin + 4, of->count + 1);
  return mut_splice(document, of->part, begin + 8 + 24 * of->count, 0, method, 24);
}

bool mut_method_drop(struct document *document, const struct object_layout *object) {
  const struct methods_layout *of = &object->methods;
  if (!object->is_class || !object->is_whole || of->count < 2) {
    return false; /* without methods the heap has to be empty as well */
  }
  uint32_t begin = document->parts[of->part].begin;
  set_u16(document->octets + begin + 4, of->count - 1);
  return mut_splice(document, of->part, begin + 8 + 24 * random_below(document->random, of->count), 24, NULL, 0);
}

bool mut_object_rename(struct document *document, const struct object_layout *object) {
  struct name name;
  if (!object->is_whole || object->is_signature || document->max - document->size < 2 * NAME_OCTETS_MAX) {
    return false;
  }
  do {
    mut_name_fresh(document, &name);
  } while (name.size < 3);
  if (!object->is_class) {
    uint32_t at = object->body.name_at;
    set_u32(document->octets + at, mut_name_place(document, object->body.heap, &name));
  }
  set_u32(document->octets + object->current.name_at, mut_name_place(document, object->current.heap, &name));
  return true;
}

/* Makes a class derived from the object: what that declares is inherited. A document of its own keeps the map whole. */
static bool derive(const struct document *document, const struct object_layout *object, struct block *block) {
  static _Thread_local struct document inner;
  static _Thread_local uint8_t octets[2 * BLOCK_OCTETS_MAX];
  struct name name;
  struct name entry;
  mut_block_derived(document, object, block);
  if (block->is_overflown ||
      !mut_name_at(document, object->current.heap, get_u32(document->octets + object->current.name_at), &entry)) {
    return false;
  }
  memcpy(octets, block->octets, block->size);
  inner.octets = octets;
  inner.size = block->size;
  inner.max = BLOCK_OCTETS_MAX;
  inner.random = document->random;
  inner.partner = NULL;
  mut_layout_clear(&inner);
  uint16_t part = mut_layout_part(&inner, 0, inner.size, NOWHERE, NO_PART);
  mut_layout_object(&inner, part, 0);
  const struct object_layout *made = &inner.objects[0];
  const struct class_layout *of = &made->current;
  if (!made->is_whole || entry.size + 4 > NAME_OCTETS_MAX) {
    return false;
  }
  for (uint32_t i = 0; i < of->count; i++) {
    uint32_t info = mut_property_info(&inner, of, i);
    if (info != NOWHERE) {
      octets[info + 1] |= 0x40;
    }
  }
  for (uint32_t i = 0; i < of->bits_size; i++) {
    octets[of->bits_at + i] |= 0xAA;
  }
  for (uint32_t i = 0; i < made->methods.count; i++) {
    octets[inner.parts[made->methods.part].begin + 8 + 24 * i + 4] |= 0x20;
  }
  do {
    mut_name_fresh(&inner, &name);
  } while (name.size < 3);
  set_u32(octets + of->name_at, mut_name_place(&inner, of->heap, &name));
  set_u32(entry.octets + entry.size, entry.size);
  bool is_made = mut_splice(&inner, of->list, inner.parts[of->list].begin + 4, 0, entry.octets, entry.size + 4);
  memcpy(block->octets, octets, inner.size);
  block->size = inner.size;
  return is_made;
}

bool mut_object_convert(struct document *document, const struct object_layout *object) {
  static _Thread_local struct block block;
  const struct part *part = &document->parts[object->part];
  mut_block_clear(&block);
  if (!object->is_whole || object->is_signature) {
    return false;
  }
  if (object->is_class && random_chance(document->random, 1, 2)) {
    if (!derive(document, object, &block)) {
      return false;
    }
  } else if (object->is_class) {
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
  if (!object->is_whole || document->max - document->size < 2 * NAME_OCTETS_MAX) {
    return false;
  }
  document->octets[object->flags_at] ^= 4;
  if ((document->octets[object->flags_at] & 4) == 0) {
    return mut_splice(document, object->part, at, object->class_at - at, NULL, 0);
  }
  mut_name_pick(document, &server);
  mut_name_of("ROOT\\Sample", &space);
  return mut_splice(document, object->part, at, 0, space.octets, space.size) &&
         mut_splice(document, object->part, at, 0, server.octets, server.size);
}

bool mut_object_replace(struct document *document, const struct object_layout *object) {
  static _Thread_local struct block block;
  const struct part *part = &document->parts[object->part];
  mut_block_clear(&block);
  if (object->is_signature) {
    return false;
  }
  mut_block_any(document, &block);
  return !block.is_overflown &&
         mut_splice(document, object->part, part->begin, part->end - part->begin, block.octets, block.size);
}

bool mut_object_slack(struct document *document, const struct object_layout *object) {
  uint16_t parts[] = {object->part, object->current.part, object->current.heap,
                      object->is_class ? object->methods.part : object->body.part};
  uint8_t octets[8];
  set_u32(octets, (uint32_t)random_next(document->random));
  set_u32(octets + 4, (uint32_t)random_next(document->random));
  if (!object->is_whole) {
    return false;
  }
  uint16_t part = parts[random_below(document->random, 4)];
  return mut_splice(document, part, document->parts[part].end, 0, octets, 1 + random_below(document->random, 8));
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

/* A set of this object: its parts lie inside of the object's, and of no deeper one's. */
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

bool mut_operate(struct document *document, uint32_t index) {
  const struct object_layout *object = &document->objects[index];
  const struct set *set;
  document->depth = object->depth;
  document->is_mapped = false; /* as soon as it is done */
  switch (random_below(document->random, 24)) {
    case 0:
    case 1:
    case 2: return mut_property_add(document, object);
    case 3: return mut_property_remove(document, object);
    case 4: return mut_property_retype(document, object);
    case 5: return mut_property_rename(document, object);
    case 6: return mut_object_rename(document, object);
    case 7:
    case 8:
      set = pick_set(document, object);
      return set != NULL && mut_qualifier_add(document, set);
    case 9:
      set = pick_set(document, object);
      return set != NULL && mut_qualifier_drop(document, set);
    case 10: return mut_method_add(document, object);
    case 11: return mut_method_drop(document, object);
    case 12:
    case 13: return mut_object_convert(document, object);
    case 14: return mut_object_decorate(document, object);
    case 15: return mut_object_replace(document, object);
    case 16: return mut_object_slack(document, object);
    case 17: return mut_object_splice(document, object);
    default: return mut_property_set(document, object);
  }
}
