/* SPDX-License-Identifier: Apache-2.0 */
/* Operators on properties and their values. Each changes a class part and, for an instance, its body with it; splices go
 * from the last octet to the first, so that the places of the map stay true while they are needed. */
#include "operators.h"

static uint32_t bits_of(const struct document *document, uint32_t bits_at, uint32_t order) {
  return document->octets[bits_at + order / 4] >> (2 * (order % 4)) & 3u;
}

static void set_bits(struct document *document, uint32_t bits_at, uint32_t order, uint32_t bits) {
  uint8_t *octet = document->octets + bits_at + order / 4;
  *octet = (uint8_t)((*octet & ~(3u << (2 * (order % 4)))) | bits << (2 * (order % 4)));
}

/* True when the object's body, if it has one, can grow and shrink with its class. */
static bool is_changeable(const struct document *document, const struct object_layout *object) {
  return object->is_whole && (object->is_class || document->octets[object->body.choice_at] == 1);
}

/* Where a property of that name belongs in the lookup table; `skip` is left out of account. */
static uint32_t place_in_table(const struct document *document, const struct class_layout *of, const struct name *name,
                               uint32_t skip) {
  uint32_t place = 0;
  for (uint32_t i = 0; i < of->count; i++) {
    struct name other;
    if (i != skip && mut_name_at(document, of->heap, get_u32(document->octets + of->lookup_at + 8 * i), &other) &&
        mut_name_order(other.octets, other.size, name->octets, name->size) < 0) {
      place += 1;
    }
  }
  return place;
}

/* The entry of the property that was declared last, when it is this class's own and its slot is the last one. */
static uint32_t last_property(const struct document *document, const struct class_layout *of, uint32_t *info,
                              uint32_t *width) {
  for (uint32_t i = 0; i < of->count; i++) {
    *info = mut_property_info(document, of, i);
    if (*info != NOWHERE && get_u16(document->octets + *info + 4) == of->count - 1) {
      uint32_t type = get_u32(document->octets + *info);
      *width = mut_slot_width(type);
      bool is_last = *width <= of->values_size && get_u32(document->octets + *info + 6) == of->values_size - *width;
      return is_last && *width != 0 && (type & 0x4000u) == 0 ? i : NOWHERE;
    }
  }
  return NOWHERE;
}

/* Changes the slot at the end of a table of values, and what the table of bits needs for `after` properties. */
static bool resize_tables(struct document *document, uint16_t part, uint32_t bits_at, uint32_t values_at,
                          uint32_t values_size, uint32_t before, uint32_t after, uint32_t old_width,
                          uint32_t new_width) {
  uint32_t old_bits = (before + 3) / 4;
  uint32_t new_bits = (after + 3) / 4;
  if (!mut_splice(document, part, values_at + values_size - old_width, old_width, NULL, new_width)) {
    return false;
  }
  return old_bits == new_bits ||
         (new_bits > old_bits ? mut_splice(document, part, values_at, 0, NULL, new_bits - old_bits)
                              : mut_splice(document, part, bits_at + new_bits, old_bits - new_bits, NULL, 0));
}

static bool resize_body(struct document *document, const struct object_layout *object, uint32_t after,
                        uint32_t old_width, uint32_t new_width) {
  const struct body_layout *body = &object->body;
  return object->is_class ||
         resize_tables(document, body->part, body->bits_at, body->values_at, object->current.values_size,
                       object->current.count, after, old_width, new_width);
}

static void fill_null(struct document *document, uint32_t bits_at, uint32_t values_at, uint32_t slot, uint32_t order,
                      uint32_t width) {
  memset(document->octets + values_at + slot, 0xFF, width);
  set_bits(document, bits_at, order, 1);
}

bool mut_property_add(struct document *document, const struct object_layout *object) {
  const struct class_layout *of = &object->current;
  uint32_t type = mut_pick_type(document->random);
  uint32_t width = mut_slot_width(type);
  struct name name;
  struct name word;
  uint8_t info[31] = {0}; /* a PropertyInfo with CIMTYPE as its only qualifier */
  /* Room for all of it, so that no half of it is done. */
  if (!is_changeable(document, object) || document->max - document->size < 512 || of->count > 200) {
    return false;
  }
  mut_name_fresh(document, &name);
  mut_name_of(mut_type_word(type), &word);
  uint32_t place = place_in_table(document, of, &name, NOWHERE);
  resize_body(document, object, of->count + 1, 0, width);
  if (!object->is_class) {
    set_bits(document, object->body.bits_at, of->count, 3);
  }
  uint32_t name_ref = mut_name_place(document, of->heap, &name);
  uint32_t word_ref = mut_heap_append(document, of->heap, word.octets, word.size);
  set_u32(info, type);
  set_u16(info + 4, of->count);
  set_u32(info + 6, of->values_size);
  set_u32(info + 10, of->ancestors);
  set_u32(info + 14, 17);
  set_u32(info + 18, 0x8000000Au);
  info[22] = 0x03;
  set_u32(info + 23, 8);
  set_u32(info + 27, word_ref);
  uint32_t info_ref = mut_heap_append(document, of->heap, info, 31);
  resize_tables(document, of->part, of->bits_at, of->values_at, of->values_size, of->count, of->count + 1, 0, width);
  uint32_t values_at = of->bits_at + (of->count + 4) / 4;
  fill_null(document, of->bits_at, values_at, of->values_size, of->count, width);
  set_u32(document->octets + of->tables_at, (of->count + 4) / 4 + of->values_size + width);
  uint8_t entry[8];
  set_u32(entry, name_ref);
  set_u32(entry + 4, info_ref);
  set_u32(document->octets + of->count_at, of->count + 1);
  return mut_splice(document, of->part, of->lookup_at + 8 * place, 0, entry, 8);
}

bool mut_property_remove(struct document *document, const struct object_layout *object) {
  const struct class_layout *of = &object->current;
  uint32_t info;
  uint32_t width;
  uint32_t entry = is_changeable(document, object) && of->count > 0 ? last_property(document, of, &info, &width) : NOWHERE;
  if (entry == NOWHERE) {
    return false;
  }
  resize_body(document, object, of->count - 1, width, 0);
  resize_tables(document, of->part, of->bits_at, of->values_at, of->values_size, of->count, of->count - 1, width, 0);
  set_u32(document->octets + of->tables_at, (of->count + 2) / 4 + of->values_size - width);
  set_u32(document->octets + of->count_at, of->count - 1);
  return mut_splice(document, of->part, of->lookup_at + 8 * entry, 8, NULL, 0);
}

bool mut_property_retype(struct document *document, const struct object_layout *object) {
  const struct class_layout *of = &object->current;
  uint32_t type = mut_pick_type(document->random);
  uint32_t width = mut_slot_width(type);
  uint32_t info;
  uint32_t old;
  uint32_t entry = is_changeable(document, object) && of->count > 0 ? last_property(document, of, &info, &old) : NOWHERE;
  if (entry == NOWHERE || document->max - document->size < 64) {
    return false;
  }
  resize_body(document, object, of->count, old, width);
  if (!object->is_class) {
    set_bits(document, object->body.bits_at, of->count - 1, 3);
  }
  set_u32(document->octets + info, type);
  resize_tables(document, of->part, of->bits_at, of->values_at, of->values_size, of->count, of->count, old, width);
  fill_null(document, of->bits_at, of->values_at, of->values_size - old, of->count - 1, width);
  set_u32(document->octets + of->tables_at, of->bits_size + of->values_size - old + width);
  return true;
}

bool mut_property_rename(struct document *document, const struct object_layout *object) {
  const struct class_layout *of = &object->current;
  struct name name;
  if (!is_changeable(document, object) || of->count == 0) {
    return false;
  }
  uint32_t entry = random_below(document->random, of->count);
  uint32_t info = mut_property_info(document, of, entry);
  if (info == NOWHERE || (get_u32(document->octets + info) & 0x4000u) != 0) {
    return false;
  }
  mut_name_fresh(document, &name);
  uint32_t place = place_in_table(document, of, &name, entry);
  uint32_t ref = mut_name_place(document, of->heap, &name);
  if (ref == NOWHERE) {
    return false;
  }
  uint8_t moved[8];
  uint8_t *table = document->octets + of->lookup_at;
  memcpy(moved, table + 8 * entry, 8);
  set_u32(moved, ref);
  if (place < entry) {
    memmove(table + 8 * (place + 1), table + 8 * place, 8 * (entry - place));
  } else {
    memmove(table + 8 * entry, table + 8 * (entry + 1), 8 * (place - entry));
  }
  memcpy(table + 8 * place, moved, 8);
  return true;
}

bool mut_property_set(struct document *document, const struct object_layout *object) {
  const struct class_layout *of = &object->current;
  if (!object->is_whole || of->count == 0) {
    return false;
  }
  uint32_t info = mut_property_info(document, of, random_below(document->random, of->count));
  if (info == NOWHERE) {
    return false;
  }
  uint32_t type = get_u32(document->octets + info);
  uint32_t order = get_u16(document->octets + info + 4);
  uint32_t slot = get_u32(document->octets + info + 6);
  uint32_t width = mut_slot_width(type);
  if (order >= of->count || width == 0 || slot > of->values_size || width > of->values_size - slot) {
    return false;
  }
  uint32_t bits_at = object->is_class ? of->bits_at : object->body.bits_at;
  uint32_t values_at = object->is_class ? of->values_at : object->body.values_at;
  if (random_chance(document->random, 1, 5)) {
    uint32_t class_bits = bits_of(document, of->bits_at, order);
    bool is_inherited = (type & 0x4000u) != 0;
    if (object->is_class) {
      fill_null(document, bits_at, values_at, slot, order, width);
      set_bits(document, bits_at, order, is_inherited && random_chance(document->random, 1, 2) ? 3 : 1);
    } else {
      memset(document->octets + values_at + slot, 0, width);
      set_bits(document, bits_at, order, random_chance(document->random, 1, 2) ? 1 : 2 | (class_bits & 1));
    }
    return true;
  }
  uint8_t value[8] = {0};
  if (!mut_value_make(document, object->is_class ? of->heap : object->body.heap, type, value)) {
    return false;
  }
  memcpy(document->octets + values_at + slot, value, width);
  set_bits(document, bits_at, order, 0);
  return true;
}
