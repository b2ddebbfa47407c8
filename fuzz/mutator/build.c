/* SPDX-License-Identifier: Apache-2.0 */
/* Makes valid pieces. What is made here is canonical as far as it goes; the operators add the rest. */
#include "build.h"

#define NULL_REF 0xFFFFFFFFu

void mut_block_add(struct block *block, const void *octets, uint32_t size) {
  if (block->is_overflown || size > BLOCK_OCTETS_MAX - block->size) {
    block->is_overflown = true;
    return;
  }
  memcpy(block->octets + block->size, octets, size);
  block->size += size;
}

void mut_block_u8(struct block *block, uint8_t number) {
  mut_block_add(block, &number, 1);
}

void mut_block_u32(struct block *block, uint32_t number) {
  uint8_t octets[4];
  set_u32(octets, number);
  mut_block_add(block, octets, 4);
}

uint32_t mut_pick_type(struct random *random) {
  static const uint8_t types[] = {2, 3, 4, 5, 8, 8, 11, 13, 13, 16, 17, 18, 19, 19, 20, 21, 101, 102, 103};
  uint32_t type = types[random_below(random, sizeof types)];
  return random_chance(random, 1, 4) ? type | 0x2000u : type;
}

uint64_t mut_pick_number(struct random *random) {
  uint32_t bits = random_below(random, 64);
  switch (random_below(random, 6)) {
    case 0: return random_below(random, 8);
    case 1: return (uint64_t)1 << bits;
    case 2: return ((uint64_t)1 << bits) - 1;
    case 3: return ~(uint64_t)0 - random_below(random, 4);
    case 4: return random_below(random, 0x10000);
    default: return random_next(random);
  }
}

uint32_t mut_pick_boolean(struct random *random) {
  static const uint16_t odd[] = {1, 0x00FF, 0xFF00, 0xFFFE};
  return random_chance(random, 1, 8) ? odd[random_below(random, 4)] : random_below(random, 2) * 0xFFFFu;
}

/* A field of a date is digits or asterisks as a whole. */
static void change_fields(struct random *random, char *text) {
  static const uint8_t widths[] = {4, 2, 2, 2, 2, 2};
  uint32_t at = 0;
  for (unsigned i = 0; i < sizeof widths; i++) {
    if (random_chance(random, 1, 6)) {
      memset(text + at, '*', widths[i]);
    }
    at += widths[i];
  }
}

/* A date or an interval in one of its forms, rarely in none of them. */
static void make_time(struct random *random, char text[32]) {
  bool is_date = random_chance(random, 2, 3);
  strcpy(text, is_date ? "20240101000000.000000+000" : "00000001000000.000000:000");
  if (random_chance(random, 1, 2)) {
    text[random_below(random, 14)] = (char)('0' + random_below(random, 10));
  } else if (is_date && random_chance(random, 1, 2)) {
    change_fields(random, text);
  }
  if (random_chance(random, 1, 3)) { /* the precision ends somewhere */
    uint32_t from = random_below(random, 6);
    memset(text + 15 + from, '*', 6 - from);
  }
  if (is_date && random_chance(random, 1, 2)) {
    text[21] = random_chance(random, 1, 2) ? '-' : '+';
    text[22 + random_below(random, 3)] = (char)('0' + random_below(random, 10));
  }
  switch (random_below(random, 32)) {
    case 0: text[24] = 0; break;
    case 1: strcat(text, "0"); break;
    case 2: text[random_below(random, 25)] = "*-+:. A"[random_below(random, 7)]; break;
    default: break;
  }
}

static bool make_text(struct document *document, uint16_t heap, uint32_t base, uint8_t slot[4]) {
  struct name name;
  char time[32];
  if (base == 101) {
    make_time(document->random, time);
    mut_name_of(time, &name);
  } else {
    mut_name_pick(document, &name);
  }
  uint32_t ref = mut_heap_append(document, heap, name.octets, name.size);
  set_u32(slot, ref);
  return ref != NOWHERE;
}

static bool make_object(struct document *document, uint16_t heap, uint8_t slot[4]) {
  static _Thread_local struct block block;
  static _Thread_local struct block item;
  mut_block_clear(&block);
  mut_block_any(document, &block);
  mut_block_clear(&item);
  item.is_overflown = block.is_overflown;
  mut_block_u32(&item, block.size);
  mut_block_add(&item, block.octets, block.size);
  uint32_t ref = item.is_overflown ? NOWHERE : mut_heap_append(document, heap, item.octets, item.size);
  set_u32(slot, ref);
  return ref != NOWHERE;
}

static bool make_scalar(struct document *document, uint16_t heap, uint32_t base, uint8_t slot[8]) {
  switch (base) {
    case 8:
    case 101:
    case 102: return make_text(document, heap, base, slot);
    case 13: return make_object(document, heap, slot);
    case 11: set_u16(slot, mut_pick_boolean(document->random)); return true;
    default: {
      uint64_t number = mut_pick_number(document->random);
      set_u32(slot, (uint32_t)number);
      set_u32(slot + 4, (uint32_t)(number >> 32));
      return true;
    }
  }
}

uint32_t mut_pick_count(struct random *random) {
  return random_chance(random, 1, 16) ? random_below(random, COUNT_MAX + 1) : random_below(random, 5);
}

bool mut_value_make(struct document *document, uint16_t heap, uint32_t type, uint8_t slot[8]) {
  uint32_t base = type & 0xFFu;
  uint32_t width = mut_element_width(type);
  if ((type & 0x2000u) == 0) {
    return make_scalar(document, heap, base, slot);
  }
  uint32_t count = base == 13 ? random_below(document->random, 5) : mut_pick_count(document->random);
  uint8_t empty[4 + COUNT_MAX * 8] = {0};
  set_u32(empty, count);
  uint32_t ref = mut_heap_append(document, heap, empty, 4 + count * width);
  set_u32(slot, ref);
  for (uint32_t i = 0; i < count && ref != NOWHERE; i++) {
    uint8_t element[8] = {0};
    if (!make_scalar(document, heap, base, element)) {
      return false;
    }
    memcpy(document->octets + mut_heap_content(document, heap) + ref + 4 + i * width, element, width);
  }
  return ref != NOWHERE;
}

/* A class part without properties; a null name makes the absent parent. */
static void add_class_part(struct block *block, const struct name *name, const uint8_t *set, uint32_t set_size,
                           const uint8_t *heap_tail, uint32_t tail_size) {
  static const uint8_t empty_set[] = {4, 0, 0, 0};
  uint32_t name_size = name == NULL ? 0 : name->size;
  mut_block_u32(block, 25 + (set == NULL ? 4 : set_size) + name_size + tail_size);
  mut_block_u8(block, 0);
  mut_block_u32(block, name == NULL ? NULL_REF : 0);
  mut_block_u32(block, 0);
  mut_block_u32(block, 4);
  mut_block_add(block, set == NULL ? empty_set : set, set == NULL ? 4 : set_size);
  mut_block_u32(block, 0);
  mut_block_u32(block, 0x80000000u | (name_size + tail_size));
  if (name != NULL) {
    mut_block_add(block, name->octets, name->size);
  }
  mut_block_add(block, heap_tail, tail_size);
}

static void add_no_methods(struct block *block) {
  mut_block_u32(block, 12);
  mut_block_u32(block, 0);
  mut_block_u32(block, 0x80000000u);
}

static void add_no_parent(struct block *block) {
  add_class_part(block, NULL, NULL, 0, (const uint8_t *)"", 0);
  add_no_methods(block);
}

void mut_block_class(struct block *block, const struct name *name) {
  mut_block_u8(block, 0x01);
  add_no_parent(block);
  add_class_part(block, name, NULL, 0, (const uint8_t *)"", 0);
  add_no_methods(block);
}

void mut_block_signature(struct block *block) {
  static const uint8_t set[] = {15, 0, 0, 0, 14, 0, 0, 0, 0, 11, 0, 0, 0, 0xFF, 0xFF};
  struct name name;
  mut_name_of("__PARAMETERS", &name);
  mut_block_u8(block, 0x01);
  add_no_parent(block);
  add_class_part(block, &name, set, sizeof set, (const uint8_t *)"\0abstract", 10);
  add_no_methods(block);
}

static bool take_from(const struct document *document, struct random *random, struct block *block) {
  if (document == NULL || document->objects_count == 0) {
    return false;
  }
  const struct object_layout *object = &document->objects[random_below(random, document->objects_count)];
  const struct part *part = &document->parts[object->part];
  if (part->begin >= part->end || part->end > document->size || part->end - part->begin > 1024) {
    return false;
  }
  mut_block_add(block, document->octets + part->begin, part->end - part->begin);
  return true;
}

void mut_block_any(struct document *document, struct block *block) {
  struct name name;
  uint32_t choice = random_below(document->random, 4);
  if ((choice == 0 && take_from(document, document->random, block)) ||
      (choice == 1 && take_from(mut_partner(document), document->random, block))) {
    return;
  }
  mut_name_fresh(document, &name);
  mut_block_class(block, &name);
}

static void add_range(const struct document *document, uint16_t part, struct block *block) {
  const struct part *at = &document->parts[part];
  mut_block_add(block, document->octets + at->begin, at->end - at->begin);
}

/* The flags octet and the decoration as the object has them. */
static void add_head(const struct document *document, const struct object_layout *object, uint8_t kind,
                     struct block *block) {
  mut_block_u8(block, (uint8_t)((document->octets[object->flags_at] & 4u) | kind));
  mut_block_add(block, document->octets + object->flags_at + 1, object->class_at - object->flags_at - 1);
}

void mut_block_instance(const struct document *document, const struct object_layout *object, struct block *block) {
  const struct class_layout *of = &object->current;
  struct name name;
  if (!mut_name_at(document, of->heap, get_u32(document->octets + of->name_at), &name)) {
    block->is_overflown = true;
    return;
  }
  add_head(document, object, 0x02, block);
  add_range(document, of->part, block);
  mut_block_u32(block, 18 + of->bits_size + of->values_size + name.size);
  mut_block_u8(block, 0);
  mut_block_u32(block, 0);
  for (uint32_t i = 0; i < of->bits_size; i++) {
    uint8_t bits = document->octets[of->bits_at + i];
    mut_block_u8(block, (uint8_t)((bits & 0x55u) | 0xAAu));
  }
  for (uint32_t i = 0; i < of->values_size; i++) {
    mut_block_u8(block, 0);
  }
  mut_block_u32(block, 4);
  mut_block_u8(block, 1);
  mut_block_u32(block, 0x80000000u | name.size);
  mut_block_add(block, name.octets, name.size);
}

void mut_block_class_of(const struct document *document, const struct object_layout *object, struct block *block) {
  add_head(document, object, 0x01, block);
  add_no_parent(block);
  add_range(document, object->current.part, block);
  add_no_methods(block);
}

void mut_block_derived(const struct document *document, const struct object_layout *object, struct block *block) {
  add_head(document, object, 0x01, block);
  for (unsigned i = 0; i < 2; i++) {
    add_range(document, object->current.part, block);
    add_range(document, object->methods.part, block);
  }
}

void mut_block_around(struct block *block, const struct block *inner, bool is_class) {
  static const uint8_t info[] = {13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 10, 0, 0, 0x80, 3, 8, 0, 0, 0, 37, 0, 0, 0};
  uint32_t heap_size = 45 + (is_class ? 4 + inner->size : 0);
  mut_block_u8(block, is_class ? 0x01 : 0x02);
  if (is_class) {
    add_no_parent(block);
  }
  mut_block_u32(block, 42 + heap_size);
  mut_block_u8(block, 0);
  mut_block_u32(block, 0); /* its name */
  mut_block_u32(block, 5); /* the tables */
  mut_block_u32(block, 4);
  mut_block_u32(block, 4);
  mut_block_u32(block, 1);
  mut_block_u32(block, 3);
  mut_block_u32(block, 6);
  mut_block_u8(block, is_class ? 0 : 1);
  mut_block_u32(block, is_class ? 45 : NULL_REF);
  mut_block_u32(block, 0x80000000u | heap_size);
  mut_block_add(block, "\0N\0\0o", 6);
  mut_block_add(block, info, sizeof info);
  mut_block_add(block, "\0object", 8);
  if (!is_class) {
    mut_block_u32(block, 23 + 3 + 4 + inner->size);
    mut_block_u8(block, 0);
    mut_block_u32(block, 0);
    mut_block_u8(block, 0);
    mut_block_u32(block, 3);
    mut_block_u32(block, 4);
    mut_block_u8(block, 1);
    mut_block_u32(block, 0x80000000u | (3 + 4 + inner->size));
    mut_block_add(block, "\0N", 3);
  }
  mut_block_u32(block, inner->size);
  mut_block_add(block, inner->octets, inner->size);
  if (is_class) {
    add_no_methods(block);
  }
}

void mut_block_unit(struct block *unit, const struct block *block) {
  mut_block_u32(unit, 0x12345678u);
  mut_block_u32(unit, block->size);
  mut_block_add(unit, block->octets, block->size);
}
