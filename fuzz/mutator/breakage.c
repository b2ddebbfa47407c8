/* SPDX-License-Identifier: Apache-2.0 */
/* Breaks a document in one place: odd numbers where the map knows a field, references that name the wrong thing, or raw
 * octets. Nothing is repaired afterwards. */
#include "operators.h"

static uint32_t odd_number(struct document *document, uint32_t was) {
  static const uint32_t odd[] = {0, 1, 3, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFFu, 0x20000001u, 0x40000001u, 0x80000001u,
                                 0xFFFFu, 0xFFFFFFFEu, 0x10000001u};
  struct random *random = document->random;
  uint32_t choice = random_below(random, 16);
  return choice < 10   ? was + random_below(random, 17) - 8
         : choice < 13 ? odd[random_below(random, sizeof odd / sizeof odd[0])]
                       : document->size - random_below(random, 16);
}

static void break_number(struct document *document, const struct field *field) {
  uint8_t *at = document->octets + field->at;
  if (field->width == 1) {
    *at = random_chance(document->random, 1, 2) ? (uint8_t)(*at ^ (1u << random_below(document->random, 8)))
                                                : (uint8_t)odd_number(document, *at);
  } else if (field->width == 2) {
    set_u16(at, odd_number(document, get_u16(at)));
  } else if (field->width >= 4) {
    set_u32(at, odd_number(document, get_u32(at)));
  }
}

/* Another reference into the heap of the one at that place, where it names something, most likely something of its kind. */
static const struct ref *pick_ref(struct document *document, uint32_t at) {
  uint32_t count = document->refs_count;
  uint32_t start = random_below(document->random, count);
  uint32_t own = 0;
  bool is_of_kind = random_chance(document->random, 1, 2);
  while (own < count && document->refs[own].at != at) {
    own += 1;
  }
  for (uint32_t i = 0; own < count && i < count; i++) {
    const struct ref *ref = &document->refs[(start + i) % count];
    if (ref->heap == document->refs[own].heap && ref->at != at && (!is_of_kind || ref->kind == document->refs[own].kind)) {
      return ref;
    }
  }
  return &document->refs[start];
}

/* Names the item of another reference, or the octet beside it, or a word of the dictionary. */
static void break_reference(struct document *document, const struct field *field) {
  uint8_t *at = document->octets + field->at;
  struct random *random = document->random;
  uint32_t choice = random_below(random, 8);
  if (choice < 5 && document->refs_count > 0) {
    const struct ref *other = pick_ref(document, field->at);
    set_u32(at, get_u32(document->octets + other->at) + (choice < 3 ? 0 : random_below(random, 9) - 4));
  } else if (choice < 6) {
    set_u32(at, 0xFFFFFFFFu);
  } else if (choice < 7) {
    set_u32(at, 0x80000000u | random_below(random, 13));
  } else {
    set_u32(at, odd_number(document, get_u32(at)));
  }
}

/* A type has four octets, or two in a context. */
static void break_type(struct document *document, const struct field *field) {
  static const uint32_t bits[] = {0x4000, 0x8000, 0x0100, 0x10000, 0x2000};
  uint8_t *at = document->octets + field->at;
  uint32_t type = field->width == 2 ? get_u16(at) : get_u32(at);
  type = random_chance(document->random, 1, 2)
             ? type ^ bits[random_below(document->random, sizeof bits / sizeof bits[0])]
             : (type & 0xFFFFFF00u) | (mut_pick_type(document->random) & 0xFFu);
  if (field->width == 2) {
    set_u16(at, type);
  } else {
    set_u32(at, type);
  }
}

/* Any field, or one of a kind, so that kinds of which there are few have their turn. */
static const struct field *pick_field(struct document *document) {
  struct random *random = document->random;
  const struct field *field = &document->fields[random_below(random, document->fields_count)];
  uint32_t kind = random_below(random, 2 * (FIELD_VALUE + 1));
  for (unsigned tries = 0; kind <= FIELD_VALUE && field->kind != kind && tries < 8; tries++) {
    field = &document->fields[random_below(random, document->fields_count)];
  }
  return field;
}

static void break_field(struct document *document) {
  const struct field *field = pick_field(document);
  if (field->at + field->width > document->size) {
    return;
  }
  if (field->kind == FIELD_REFERENCE && random_chance(document->random, 3, 4)) {
    break_reference(document, field);
  } else if (field->kind == FIELD_TYPE && random_chance(document->random, 3, 4)) {
    break_type(document, field);
  } else {
    break_number(document, field);
  }
}

/* Exchanges two fields of a kind. */
static void break_order(struct document *document) {
  const struct field *left = &document->fields[random_below(document->random, document->fields_count)];
  for (unsigned tries = 0; tries < 16; tries++) {
    const struct field *right = &document->fields[random_below(document->random, document->fields_count)];
    if (right != left && right->kind == left->kind && right->width == left->width &&
        right->at + right->width <= document->size && left->at + left->width <= document->size) {
      uint8_t kept[8];
      memcpy(kept, document->octets + left->at, left->width);
      memmove(document->octets + left->at, document->octets + right->at, left->width);
      memcpy(document->octets + right->at, kept, left->width);
      return;
    }
  }
}

/* Cuts a part where something in it begins, or some octets before its end: what counts it is right, what is in it is not. */
static void cut_part(struct document *document) {
  struct random *random = document->random;
  uint16_t index = (uint16_t)random_below(random, document->parts_count);
  const struct part *part = &document->parts[index];
  uint32_t size = part->end - part->begin;
  uint32_t at = part->end - random_below(random, size < 9 ? size + 1 : 9);
  for (unsigned tries = 0; tries < 8 && document->fields_count > 0 && random_chance(random, 7, 8); tries++) {
    const struct field *field = &document->fields[random_below(random, document->fields_count)];
    if (field->at >= part->begin && field->at < part->end) {
      at = field->at;
      break;
    }
  }
  mut_splice(document, index, at, part->end - at, NULL, 0);
}

/* A signature that is anything but one. */
static bool break_signature(struct document *document) {
  static _Thread_local struct block block;
  for (unsigned tries = 0; tries < 4 && document->objects_count > 0; tries++) {
    const struct object_layout *object = &document->objects[random_below(document->random, document->objects_count)];
    if (object->is_signature) {
      const struct part *part = &document->parts[object->part];
      mut_block_clear(&block);
      mut_block_any(document, &block);
      return !block.is_overflown &&
             mut_splice(document, object->part, part->begin, part->end - part->begin, block.octets, block.size);
    }
  }
  return false;
}

void mut_break(struct document *document) {
  struct random *random = document->random;
  uint32_t choice = random_below(random, 16);
  if (document->size == 0) {
    return;
  }
  if (choice < 10) {
    mut_layout_refresh(document);
  }
  if (choice < 8 && document->fields_count > 0) {
    if (choice > 0 || !break_signature(document)) {
      break_field(document);
    }
  } else if (choice < 9 && document->fields_count > 1) {
    break_order(document);
  } else if (choice < 10 && document->parts_count > 0) {
    cut_part(document);
  } else if (choice < 12) {
    uint32_t bit = random_below(random, 8 * document->size);
    document->octets[bit / 8] ^= (uint8_t)(1u << (bit % 8));
  } else if (choice < 13) {
    document->size = 1 + random_below(random, document->size);
  } else {
    size_t size = document->leaf(document->octets, document->size, document->max);
    document->size = size == 0 ? 1 : (uint32_t)size;
  }
  document->is_mapped = false;
}
