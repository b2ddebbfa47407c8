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

/* Names the item of another reference, or the octet beside it, or a word of the dictionary. */
static void break_reference(struct document *document, const struct field *field) {
  uint8_t *at = document->octets + field->at;
  struct random *random = document->random;
  uint32_t choice = random_below(random, 8);
  if (choice < 5 && document->refs_count > 0) {
    const struct ref *other = &document->refs[random_below(random, document->refs_count)];
    set_u32(at, get_u32(document->octets + other->at) + (choice < 3 ? 0 : random_below(random, 9) - 4));
  } else if (choice < 6) {
    set_u32(at, 0xFFFFFFFFu);
  } else if (choice < 7) {
    set_u32(at, 0x80000000u | random_below(random, 13));
  } else {
    set_u32(at, odd_number(document, get_u32(at)));
  }
}

static void break_type(struct document *document, const struct field *field) {
  static const uint32_t bits[] = {0x4000, 0x8000, 0x0100, 0x10000, 0x2000};
  uint8_t *at = document->octets + field->at;
  uint32_t type = get_u32(at);
  set_u32(at, random_chance(document->random, 1, 2)
                  ? type ^ bits[random_below(document->random, sizeof bits / sizeof bits[0])]
                  : (type & 0xFFFFFF00u) | (mut_pick_type(document->random) & 0xFFu));
}

static void break_field(struct document *document) {
  const struct field *field = &document->fields[random_below(document->random, document->fields_count)];
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

void mut_break(struct document *document) {
  struct random *random = document->random;
  uint32_t choice = random_below(random, 16);
  if (document->size == 0) {
    return;
  }
  if (choice < 10) {
    mut_layout_refresh(document);
  }
  if (choice < 9 && document->fields_count > 0) {
    break_field(document);
  } else if (choice < 10 && document->fields_count > 1) {
    break_order(document);
  } else if (choice < 12) {
    uint32_t bit = random_below(random, 8 * document->size);
    document->octets[bit / 8] ^= (uint8_t)(1u << (bit % 8));
  } else if (choice < 13) {
    document->size = 1 + random_below(random, document->size);
  } else {
    size_t size = document->leaf(document->octets, document->size, document->max);
    document->size = size == 0 ? 1 : (uint32_t)size;
  }
}
