/* SPDX-License-Identifier: Apache-2.0 */
/* Operators on properties and their values. Each changes a class part and, for an instance, its body with it; splices go
 * from the last octet to the first, so that the places of the map stay true while they are needed. */
#include "operators.h"

/* True when the object's body, if it has one, can grow and shrink with its class. */
static bool is_changeable(const struct object_layout *object) {
  return object->is_whole && !object->has_fixed_class;
}

/* True when the object's body has a set of qualifiers for each property, in the order of the lookup table. */
static bool has_sets(const struct document *document, const struct object_layout *object) {
  return !object->is_class && document->octets[object->body.choice_at] == 2;
}

/* Where the set of that entry stands; behind the last one for the number of entries. */
static uint32_t set_at(const struct document *document, const struct object_layout *object, uint32_t entry) {
  uint16_t first = object->body.first_set;
  return entry < object->current.count ? document->parts[first + entry].begin : document->parts[object->body.heap].begin - 4;
}

/* Moves the set of an entry to where the entry goes; false when it is too large to be moved. */
static bool move_set(struct document *document, const struct object_layout *object, uint32_t entry, uint32_t place) {
  uint8_t kept[256];
  uint32_t begin = set_at(document, object, entry);
  uint32_t size = set_at(document, object, entry + 1) - begin;
  if (size > sizeof kept) {
    return false;
  }
  uint8_t *octets = document->octets;
  memcpy(kept, octets + begin, size);
  if (place < entry) {
    uint32_t to = set_at(document, object, place);
    memmove(octets + to + size, octets + to, begin - to);
    memcpy(octets + to, kept, size);
  } else {
    uint32_t end = set_at(document, object, place + 1);
    memmove(octets + begin, octets + begin + size, end - begin - size);
    memcpy(octets + end - size, kept, size);
  }
  return true;
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
  mut_set_bits(document, bits_at, order, 1);
}

/* What a property is declared as. */
struct declaration {
  struct name name;
  uint32_t type;
  bool is_parameter; /* it has an ID, */
  uint32_t id;       /* this one */
};

/* The value of the qualifier ID that stands behind the PropertyInfo; false when there is none. */
static bool parameter_id(const struct document *document, const struct class_layout *of, uint32_t info, uint32_t *id) {
  static const uint8_t word[] = {0, 'I', 'D', 0};
  uint32_t end = document->parts[of->heap].end;
  uint32_t size = get_u32(document->octets + info + 14);
  uint32_t at = info + 18;
  end = size <= end - info - 14 ? info + 14 + size : end;
  while (at < end && end - at >= 10) {
    uint32_t width = mut_slot_width(get_u32(document->octets + at + 5));
    struct name name;
    if (width == 0 || width > end - at - 9) {
      return false;
    }
    if (width == 4 && mut_name_at(document, of->heap, get_u32(document->octets + at), &name) && name.size == sizeof word &&
        memcmp(name.octets, word, sizeof word) == 0) {
      *id = get_u32(document->octets + at + 9);
      return true;
    }
    at += 9 + width;
  }
  return false;
}

static bool declares(const struct document *document, const struct class_layout *of, const struct name *name) {
  for (uint32_t i = 0; i < of->count; i++) {
    struct name other;
    if (mut_name_at(document, of->heap, get_u32(document->octets + of->lookup_at + 8 * i), &other) &&
        mut_name_order(other.octets, other.size, name->octets, name->size) == 0) {
      return true;
    }
  }
  return false;
}

/* A parameter: the other signature's, which makes it one that goes in and comes out, a return value, or a new one. */
static void declare_parameter(struct document *document, const struct object_layout *object,
                              struct declaration *declaration) {
  const struct class_layout *of = &object->current;
  const struct object_layout *sibling = object->sibling == 0 ? NULL : &document->objects[object->sibling];
  const struct class_layout *other = sibling == NULL || !sibling->is_whole ? NULL : &sibling->current;
  struct name name;
  declaration->is_parameter = true;
  declaration->id = of->count + (other == NULL ? 0 : other->count);
  if (other != NULL && other->count > 0 && random_chance(document->random, 1, 2)) {
    uint32_t entry = random_below(document->random, other->count);
    uint32_t info = mut_property_info(document, other, entry);
    uint32_t id;
    if (info != NOWHERE && parameter_id(document, other, info, &id) &&
        mut_name_at(document, other->heap, get_u32(document->octets + other->lookup_at + 8 * entry), &name) &&
        mut_element_width(get_u32(document->octets + info)) != 0 && !declares(document, of, &name)) {
      declaration->name = name;
      declaration->type = get_u32(document->octets + info) & 0x20FFu;
      declaration->id = id;
    }
    return;
  }
  mut_name_of("ReturnValue", &name);
  if (object->is_output && random_chance(document->random, 1, 3) && !declares(document, of, &name)) {
    declaration->name = name;
    declaration->is_parameter = false;
  }
}

/* A PropertyInfo with the qualifiers that it needs: CIMTYPE, and a parameter's ID. Their items are appended to the heap. */
static uint32_t make_info(struct document *document, const struct class_layout *of, const struct declaration *declaration,
                          uint8_t info[44]) {
  struct name word;
  uint32_t size = declaration->is_parameter ? 44 : 31;
  memset(info, 0, 44);
  mut_name_of(mut_type_word(declaration->type), &word);
  set_u32(info, declaration->type);
  set_u16(info + 4, of->count);
  set_u32(info + 6, of->values_size);
  set_u32(info + 10, of->ancestors);
  set_u32(info + 14, size - 14);
  set_u32(info + 18, 0x8000000Au);
  info[22] = 0x03;
  set_u32(info + 23, 8);
  set_u32(info + 27, mut_heap_append(document, of->heap, word.octets, word.size));
  if (declaration->is_parameter) {
    set_u32(info + 31, mut_heap_append(document, of->heap, (const uint8_t *)"\0ID", 4));
    info[35] = 0x11;
    set_u32(info + 36, 3);
    set_u32(info + 40, declaration->id);
  }
  return size;
}

bool mut_property_add(struct document *document, const struct object_layout *object) {
  static const uint8_t empty_set[] = {4, 0, 0, 0};
  const struct class_layout *of = &object->current;
  struct declaration declaration = {.type = mut_pick_type(document->random)};
  uint8_t info[44];
  if (!is_changeable(object) || of->count > 200) {
    return false;
  }
  mut_name_fresh(document, &declaration.name);
  if (object->is_signature) {
    declare_parameter(document, object, &declaration);
  }
  /* Room for all of it, so that no half of it is done: beside the name, what makes it a property. */
  if (document->max - document->size < declaration.name.size + 128) {
    return false;
  }
  uint32_t width = mut_slot_width(declaration.type);
  uint32_t place = place_in_table(document, of, &declaration.name, NOWHERE);
  if (has_sets(document, object)) {
    mut_splice(document, object->body.part, set_at(document, object, place), 0, empty_set, 4);
  }
  resize_body(document, object, of->count + 1, 0, width);
  if (!object->is_class) {
    mut_set_bits(document, object->body.bits_at, of->count, 3);
  }
  uint32_t name_ref = mut_name_place(document, of->heap, &declaration.name);
  uint32_t info_size = make_info(document, of, &declaration, info);
  uint32_t info_ref = mut_heap_append(document, of->heap, info, info_size);
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
  uint32_t entry = is_changeable(object) && of->count > 0 ? last_property(document, of, &info, &width) : NOWHERE;
  if (entry == NOWHERE) {
    return false;
  }
  if (has_sets(document, object)) {
    uint32_t begin = set_at(document, object, entry);
    mut_splice(document, object->body.part, begin, set_at(document, object, entry + 1) - begin, NULL, 0);
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
  uint32_t entry = is_changeable(object) && of->count > 0 ? last_property(document, of, &info, &old) : NOWHERE;
  if (entry == NOWHERE || document->max - document->size < 64) {
    return false;
  }
  resize_body(document, object, of->count, old, width);
  if (!object->is_class) {
    mut_set_bits(document, object->body.bits_at, of->count - 1, 3);
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
  if (!is_changeable(object) || of->count == 0) {
    return false;
  }
  uint32_t entry = random_below(document->random, of->count);
  uint32_t info = mut_property_info(document, of, entry);
  if (info == NOWHERE || (get_u32(document->octets + info) & 0x4000u) != 0) {
    return false;
  }
  mut_name_fresh(document, &name);
  bool is_with_set = has_sets(document, object); /* while the places of the map are true */
  uint32_t place = place_in_table(document, of, &name, entry);
  uint32_t ref = mut_name_place(document, of->heap, &name);
  if (ref == NOWHERE || (is_with_set && !move_set(document, object, entry, place))) {
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
    uint32_t class_bits = mut_bits(document, of->bits_at, order);
    bool is_inherited = (type & 0x4000u) != 0;
    if (object->is_class) {
      fill_null(document, bits_at, values_at, slot, order, width);
      mut_set_bits(document, bits_at, order, is_inherited && random_chance(document->random, 1, 2) ? 3 : 1);
    } else {
      memset(document->octets + values_at + slot, 0, width);
      mut_set_bits(document, bits_at, order, random_chance(document->random, 1, 2) ? 1 : 2 | (class_bits & 1));
    }
    return true;
  }
  uint8_t value[8] = {0};
  if (!mut_value_make(document, object->is_class ? of->heap : object->body.heap, type, value)) {
    return false;
  }
  memcpy(document->octets + values_at + slot, value, width);
  mut_set_bits(document, bits_at, order, 0);
  return true;
}
