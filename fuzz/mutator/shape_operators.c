/* SPDX-License-Identifier: Apache-2.0 */
/* Operators on the shape of objects: what is derived from what, what is inside of what, in which order things stand. */
#include "operators.h"

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
  uint32_t name_ref = mut_name_place(&inner, of->heap, &name);
  set_u32(octets + of->name_at, name_ref);
  set_u32(entry.octets + entry.size, entry.size);
  bool is_made = name_ref != NOWHERE &&
                 mut_splice(&inner, of->list, inner.parts[of->list].begin + 4, 0, entry.octets, entry.size + 4);
  memcpy(block->octets, octets, inner.size);
  block->size = inner.size;
  return is_made;
}

bool mut_object_derive(struct document *document, const struct object_layout *object) {
  static _Thread_local struct block block;
  const struct part *part = &document->parts[object->part];
  mut_block_clear(&block);
  return object->is_whole && object->is_class && !object->is_signature && derive(document, object, &block) &&
         !block.is_overflown &&
         mut_splice(document, object->part, part->begin, part->end - part->begin, block.octets, block.size);
}

/* Puts the object into another one, most likely of its own kind: often enough, and what it holds is met at every depth. */
bool mut_object_nest(struct document *document, const struct object_layout *object) {
  static _Thread_local struct block inner;
  static _Thread_local struct block outer;
  const struct part *part = &document->parts[object->part];
  if (object->is_signature || object->has_fixed_class) {
    return false;
  }
  mut_block_clear(&inner);
  mut_block_clear(&outer);
  mut_block_add(&inner, document->octets + part->begin, part->end - part->begin);
  mut_block_around(&outer, &inner, object->is_class != random_chance(document->random, 1, 4));
  return !inner.is_overflown && !outer.is_overflown &&
         mut_splice(document, object->part, part->begin, part->end - part->begin, outer.octets, outer.size);
}

/* Gives an instance a set of qualifiers for each property, all of them empty, or takes the sets away. */
bool mut_property_sets(struct document *document, const struct object_layout *object) {
  const struct body_layout *body = &object->body;
  uint32_t count = object->current.count;
  uint32_t at = body->choice_at + 1;
  uint8_t empty[4 * 64] = {0};
  if (!object->is_whole || object->is_class || count == 0 || count > 64) {
    return false;
  }
  if (document->octets[body->choice_at] == 2) {
    document->octets[body->choice_at] = 1;
    return mut_splice(document, body->part, at, document->parts[body->heap].begin - 4 - at, NULL, 0);
  }
  for (uint32_t i = 0; i < count; i++) {
    empty[4 * i] = 4;
  }
  if (!mut_splice(document, body->part, at, 0, empty, 4 * count)) {
    return false;
  }
  document->octets[body->choice_at] = 2;
  return true;
}

static void swap_octets(uint8_t *left, uint8_t *right, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    uint8_t kept = left[i];
    left[i] = right[i];
    right[i] = kept;
  }
}

/* Exchanges what two orders stand for in a table of bits. */
static void swap_bits(struct document *document, uint32_t bits_at, uint32_t left, uint32_t right) {
  uint32_t kept = mut_bits(document, bits_at, left);
  mut_set_bits(document, bits_at, left, mut_bits(document, bits_at, right));
  mut_set_bits(document, bits_at, right, kept);
}

/* Two properties change places, in the order of declaration or, where they have one width, in the table of values. */
bool mut_property_rearrange(struct document *document, const struct object_layout *object) {
  const struct class_layout *of = &object->current;
  uint8_t *octets = document->octets;
  if (!object->is_whole || object->has_fixed_class || of->count < 2) {
    return false;
  }
  uint32_t first = random_below(document->random, of->count);
  uint32_t second = (first + 1 + random_below(document->random, of->count - 1)) % of->count;
  uint32_t left = mut_property_info(document, of, first);
  uint32_t right = mut_property_info(document, of, second);
  if (left == NOWHERE || right == NOWHERE || left == right) {
    return false;
  }
  uint32_t width = mut_slot_width(get_u32(octets + left));
  uint32_t slots[] = {get_u32(octets + left + 6), get_u32(octets + right + 6)};
  if (width != 0 && width == mut_slot_width(get_u32(octets + right)) && slots[0] <= of->values_size &&
      slots[1] <= of->values_size && width <= of->values_size - slots[0] && width <= of->values_size - slots[1] &&
      random_chance(document->random, 1, 2)) {
    swap_octets(octets + left + 6, octets + right + 6, 4);
    swap_octets(octets + of->values_at + slots[0], octets + of->values_at + slots[1], width);
    if (!object->is_class) {
      swap_octets(octets + object->body.values_at + slots[0], octets + object->body.values_at + slots[1], width);
    }
    return true;
  }
  uint32_t orders[] = {get_u16(octets + left + 4), get_u16(octets + right + 4)};
  if (orders[0] >= of->count || orders[1] >= of->count) {
    return false;
  }
  swap_octets(octets + left + 4, octets + right + 4, 2);
  swap_bits(document, of->bits_at, orders[0], orders[1]);
  if (!object->is_class) {
    swap_bits(document, object->body.bits_at, orders[0], orders[1]);
  }
  return true;
}
