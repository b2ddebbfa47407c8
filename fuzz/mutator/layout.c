/* SPDX-License-Identifier: Apache-2.0 */
/* Lays the map over a document. It looks only at what it needs to find the next thing, so that a document that no decoder
 * would take can still be worked on up to the place where it breaks. Changing octets is left to splice.c. */
#include "layout.h"

#define ARRAY_BIT 0x2000u

/* True when no field and no reference is noted any more. What many refer to is met many times, and the product of that and of
 * what is in it can be millions. */
static bool is_full(const struct document *document) {
  return document->fields_count == FIELDS_MAX && document->refs_count == REFS_MAX;
}

/* Notes the reference at `at`; the item's first octet, or NOWHERE when it names none in the heap. */
static uint32_t note_ref(struct document *document, uint32_t at, uint16_t heap, enum ref_kind kind) {
  uint32_t value = get_u32(document->octets + at);
  mut_layout_field(document, at, FIELD_REFERENCE, 4);
  if (heap == NO_PART || value >= mut_heap_size(document, heap)) {
    return NOWHERE;
  }
  if (document->refs_count < REFS_MAX) {
    document->refs[document->refs_count++] = (struct ref){at, heap, (uint8_t)kind};
  }
  return mut_heap_content(document, heap) + value;
}

static void note_text(struct document *document, uint32_t at, uint16_t heap) {
  uint32_t item = note_ref(document, at, heap, REF_TEXT);
  if (item != NOWHERE && document->texts_count < TEXTS_MAX) {
    document->texts[document->texts_count++] = item;
  }
}

static void layout_inner(struct document *document, uint32_t at, uint16_t heap, unsigned depth) {
  uint32_t end = document->parts[heap].end;
  if (at == NOWHERE || at + 5 > end || depth >= DEPTH_MAX) {
    return;
  }
  uint32_t size = get_u32(document->octets + at);
  if (size >= 1 && size <= end - at - 4) {
    uint16_t part = mut_layout_part(document, at + 4, at + 4 + size, at, heap);
    if (part != NO_PART) {
      mut_layout_object(document, part, depth);
    }
  }
}

/* Maps the slot of a value: the value itself, or what it refers to. */
static void layout_value(struct document *document, uint32_t type, uint32_t at, uint16_t heap, unsigned depth) {
  uint32_t base = type & 0xFFu;
  bool is_text = base == 8 || base == 101 || base == 102;
  if ((type & ARRAY_BIT) == 0) {
    if (is_text) {
      note_text(document, at, heap);
    } else if (base == 13) {
      layout_inner(document, note_ref(document, at, heap, REF_OBJECT), heap, depth + 1);
    } else {
      mut_layout_field(document, at, FIELD_VALUE, mut_slot_width(type));
    }
    return;
  }
  uint32_t item = note_ref(document, at, heap, REF_ARRAY);
  uint32_t width = mut_element_width(type);
  if (item == NOWHERE || item + 4 > document->parts[heap].end) {
    return;
  }
  uint32_t count = get_u32(document->octets + item);
  mut_layout_field(document, item, FIELD_COUNT, 4);
  if (width == 0 || count > (document->parts[heap].end - item - 4) / width) {
    return;
  }
  for (uint32_t i = 0; i < count && i < 64 && (base == 13 || !is_full(document)); i++) {
    layout_value(document, base, item + 4 + i * width, heap, depth);
  }
}

/* Finds the end of a QualifierSet; the part, or NO_PART. The qualifiers are mapped later, when the heap is known. */
static uint16_t open_counted(struct document *document, uint32_t at, uint16_t parent, uint32_t least) {
  uint32_t end = document->parts[parent].end;
  if (at > end || end - at < 4) {
    return NO_PART;
  }
  uint32_t size = get_u32(document->octets + at);
  if (size < least || size > end - at) {
    return NO_PART;
  }
  return mut_layout_part(document, at, at + size, at, parent);
}

static void layout_set(struct document *document, uint16_t part, uint16_t heap, unsigned depth) {
  if (document->sets_count < SETS_MAX) {
    document->sets[document->sets_count++] = (struct set){part, heap};
  }
  uint32_t end = document->parts[part].end;
  uint32_t at = document->parts[part].begin + 4;
  while (end - at >= 10 && !is_full(document)) {
    uint32_t type = get_u32(document->octets + at + 5);
    uint32_t width = mut_slot_width(type);
    if (width == 0 || width > end - at - 9) {
      return;
    }
    note_text(document, at, heap);
    mut_layout_field(document, at + 4, FIELD_FLAGS, 1);
    mut_layout_field(document, at + 5, FIELD_TYPE, 4);
    layout_value(document, type, at + 9, heap, depth);
    at += 9 + width;
  }
}

/* A heap's part begins with its content: HeapLength counts it without itself. */
static uint16_t open_heap(struct document *document, uint32_t at, uint16_t parent) {
  uint32_t end = document->parts[parent].end;
  if (at > end || end - at < 4) {
    return NO_PART;
  }
  uint32_t size = get_u32(document->octets + at) & 0x7FFFFFFFu;
  return size > end - at - 4 ? NO_PART : mut_layout_part(document, at + 4, at + 4 + size, at, parent);
}

uint32_t mut_property_info(const struct document *document, const struct class_layout *of, uint32_t index) {
  uint32_t offset = get_u32(document->octets + of->lookup_at + 8 * index + 4);
  uint32_t size = mut_heap_size(document, of->heap);
  return offset < size && size - offset >= 18 ? mut_heap_content(document, of->heap) + offset : NOWHERE;
}

static void layout_properties(struct document *document, const struct class_layout *of, unsigned depth) {
  for (uint32_t i = 0; i < of->count; i++) {
    note_text(document, of->lookup_at + 8 * i, of->heap);
    note_ref(document, of->lookup_at + 8 * i + 4, of->heap, REF_INFO);
    uint32_t info = mut_property_info(document, of, i);
    if (info == NOWHERE) {
      continue;
    }
    mut_layout_field(document, info, FIELD_TYPE, 4);
    mut_layout_field(document, info + 4, FIELD_ORDER, 2);
    mut_layout_field(document, info + 6, FIELD_SLOT, 4);
    mut_layout_field(document, info + 10, FIELD_DEPTH, 4);
    uint16_t set = open_counted(document, info + 14, of->heap, 4);
    if (set != NO_PART) {
      layout_set(document, set, of->heap, depth);
    }
    uint32_t type = get_u32(document->octets + info);
    uint32_t order = get_u16(document->octets + info + 4);
    uint32_t slot = get_u32(document->octets + info + 6);
    uint32_t width = mut_slot_width(type);
    if (order < of->count && width != 0 && slot <= of->values_size && width <= of->values_size - slot &&
        (document->octets[of->bits_at + order / 4] >> (2 * (order % 4)) & 1) == 0) {
      layout_value(document, type, of->values_at + slot, of->heap, depth);
    }
  }
}

/* Where the class part that begins at `at` ends; 0 when it has no length that fits. */
static uint32_t layout_class(struct document *document, uint32_t at, uint16_t parent, unsigned depth,
                             struct class_layout *of) {
  *of = (struct class_layout){.part = open_counted(document, at, parent, 29)};
  if (of->part == NO_PART) {
    return 0;
  }
  uint32_t end = document->parts[of->part].end;
  mut_layout_field(document, at + 4, FIELD_FLAGS, 1);
  mut_layout_field(document, at + 9, FIELD_LENGTH, 4);
  of->name_at = at + 5;
  of->tables_at = at + 9;
  of->list = open_counted(document, at + 13, of->part, 4);
  if (of->list == NO_PART) {
    return end;
  }
  uint32_t entry = at + 17;
  while (entry < document->parts[of->list].end) {
    uint32_t size = mut_text_size(document, entry, document->parts[of->list].end);
    if (size == 0 || entry + size + 4 > document->parts[of->list].end) {
      break;
    }
    mut_layout_part(document, entry, entry + size, entry + size, of->list);
    of->ancestors += 1;
    entry += size + 4;
  }
  of->set = open_counted(document, document->parts[of->list].end, of->part, 4);
  if (of->set == NO_PART) {
    return end;
  }
  of->count_at = document->parts[of->set].end;
  of->lookup_at = of->count_at + 4;
  if (of->lookup_at > end) {
    return end;
  }
  of->count = get_u32(document->octets + of->count_at);
  mut_layout_field(document, of->count_at, FIELD_COUNT, 4);
  uint32_t tables = get_u32(document->octets + of->tables_at);
  if (of->count > (end - of->lookup_at) / 8 || tables > end - of->lookup_at - 8 * of->count ||
      tables < (of->count + 3) / 4) {
    return end;
  }
  of->bits_at = of->lookup_at + 8 * of->count;
  of->bits_size = (of->count + 3) / 4;
  of->values_at = of->bits_at + of->bits_size;
  of->values_size = tables - of->bits_size;
  of->heap = open_heap(document, of->bits_at + tables, of->part);
  if (of->heap == NO_PART) {
    return end;
  }
  for (uint32_t i = 0; i < of->bits_size; i++) {
    mut_layout_field(document, of->bits_at + i, FIELD_BITS, 1);
  }
  of->is_whole = true;
  note_text(document, of->name_at, of->heap);
  layout_set(document, of->set, of->heap, depth);
  layout_properties(document, of, depth);
  return end;
}

/* The signatures of the method at `at`. */
static void layout_signatures(struct document *document, uint32_t at, uint16_t heap, unsigned depth) {
  uint32_t made[2];
  for (unsigned i = 0; i < 2; i++) {
    made[i] = document->objects_count;
    layout_inner(document, note_ref(document, at + 16 + 4 * i, heap, REF_SIGNATURE), heap, depth + 1);
    if (document->objects_count == made[i]) {
      made[i] = 0;
      continue;
    }
    document->objects[made[i]].is_signature = true;
    document->objects[made[i]].is_output = i == 1;
  }
  if (made[0] != 0 && made[1] != 0) {
    document->objects[made[0]].sibling = (uint16_t)made[1];
    document->objects[made[1]].sibling = (uint16_t)made[0];
  }
}

static uint32_t layout_methods(struct document *document, uint32_t at, uint16_t parent, unsigned depth,
                               struct methods_layout *of) {
  *of = (struct methods_layout){.part = open_counted(document, at, parent, 12)};
  if (of->part == NO_PART) {
    return 0;
  }
  uint32_t end = document->parts[of->part].end;
  of->count = get_u16(document->octets + at + 4);
  mut_layout_field(document, at + 4, FIELD_COUNT, 2);
  if (of->count > (end - at - 8) / 24) {
    return end;
  }
  of->heap = open_heap(document, at + 8 + 24 * of->count, of->part);
  if (of->heap == NO_PART) {
    return end;
  }
  of->is_whole = true;
  for (uint32_t i = 0; i < of->count; i++) {
    uint32_t method = at + 8 + 24 * i;
    note_text(document, method, of->heap);
    mut_layout_field(document, method + 4, FIELD_FLAGS, 1);
    mut_layout_field(document, method + 8, FIELD_DEPTH, 4);
    uint32_t set_at = note_ref(document, method + 12, of->heap, REF_SET);
    uint16_t set = set_at == NOWHERE ? NO_PART : open_counted(document, set_at, of->heap, 4);
    if (set != NO_PART) {
      layout_set(document, set, of->heap, depth);
    }
    layout_signatures(document, method, of->heap, depth);
  }
  return end;
}

static void layout_body_values(struct document *document, const struct class_layout *class_layout,
                               const struct body_layout *of, unsigned depth) {
  for (uint32_t i = 0; i < class_layout->count; i++) {
    uint32_t info = mut_property_info(document, class_layout, i);
    if (info == NOWHERE) {
      continue;
    }
    uint32_t type = get_u32(document->octets + info);
    uint32_t order = get_u16(document->octets + info + 4);
    uint32_t slot = get_u32(document->octets + info + 6);
    uint32_t width = mut_slot_width(type);
    if (order < class_layout->count && width != 0 && slot <= class_layout->values_size &&
        width <= class_layout->values_size - slot &&
        (document->octets[of->bits_at + order / 4] >> (2 * (order % 4)) & 3) == 0) {
      layout_value(document, type, of->values_at + slot, of->heap, depth);
    }
  }
}

static void layout_body(struct document *document, uint32_t at, uint16_t parent, unsigned depth,
                        const struct class_layout *class_layout, struct body_layout *of) {
  uint32_t tables = class_layout->bits_size + class_layout->values_size;
  *of = (struct body_layout){.part = open_counted(document, at, parent, 18 + tables)};
  if (of->part == NO_PART || !class_layout->is_whole) {
    return;
  }
  mut_layout_field(document, at + 4, FIELD_FLAGS, 1);
  of->name_at = at + 5;
  of->bits_at = at + 9;
  of->values_at = of->bits_at + class_layout->bits_size;
  of->set = open_counted(document, of->bits_at + tables, of->part, 4);
  if (of->set == NO_PART || document->parts[of->set].end >= document->parts[of->part].end) {
    return;
  }
  of->choice_at = document->parts[of->set].end;
  mut_layout_field(document, of->choice_at, FIELD_FLAGS, 1);
  uint32_t next = of->choice_at + 1;
  of->first_set = (uint16_t)document->parts_count;
  if (document->octets[of->choice_at] == 2) {
    for (uint32_t i = 0; i < class_layout->count; i++) {
      uint16_t set = open_counted(document, next, of->part, 4);
      if (set == NO_PART) {
        return;
      }
      next = document->parts[set].end;
    }
  }
  uint32_t last_set = document->parts_count;
  of->heap = open_heap(document, next, of->part);
  if (of->heap == NO_PART) {
    return;
  }
  of->is_whole = true;
  for (uint32_t i = 0; i < class_layout->bits_size; i++) {
    mut_layout_field(document, of->bits_at + i, FIELD_BITS, 1);
  }
  note_text(document, of->name_at, of->heap);
  layout_set(document, of->set, of->heap, depth);
  for (uint32_t i = of->first_set; i < last_set; i++) {
    layout_set(document, (uint16_t)i, of->heap, depth);
  }
  layout_body_values(document, class_layout, of, depth);
}

/* Adds an object and maps its flags and decoration; null without room, class_at 0 when the decoration does not end. */
static struct object_layout *open_object(struct document *document, uint16_t part, unsigned depth) {
  uint32_t at = document->parts[part].begin;
  uint32_t end = document->parts[part].end;
  if (document->objects_count == OBJECTS_MAX || at >= end) {
    return NULL;
  }
  struct object_layout *object = &document->objects[document->objects_count++];
  uint8_t flags = document->octets[at];
  *object = (struct object_layout){
      .part = part, .depth = (uint8_t)depth, .flags_at = at, .is_class = (flags & 1) != 0};
  mut_layout_field(document, at, FIELD_FLAGS, 1);
  at += 1;
  for (unsigned i = 0; i < 2 && (flags & 4) != 0; i++) {
    uint32_t size = mut_text_size(document, at, end);
    if (size == 0) {
      return object;
    }
    at += size;
  }
  object->class_at = at;
  return object;
}

bool mut_layout_object(struct document *document, uint16_t part, unsigned depth) {
  struct object_layout *object = open_object(document, part, depth);
  if (object == NULL || object->class_at == 0) {
    return object != NULL;
  }
  uint32_t at = object->class_at;
  if (object->is_class) {
    at = layout_class(document, at, part, depth, &object->parent);
    at = at == 0 ? 0 : layout_methods(document, at, part, depth, &object->parent_methods);
    at = at == 0 ? 0 : layout_class(document, at, part, depth, &object->current);
    if (at != 0) {
      layout_methods(document, at, part, depth, &object->methods);
    }
    object->is_whole = object->parent.is_whole && object->current.is_whole && object->methods.is_whole;
  } else {
    at = layout_class(document, at, part, depth, &object->current);
    if (at != 0) {
      layout_body(document, at, part, depth, &object->current, &object->body);
    }
    object->is_whole = object->current.is_whole && object->body.is_whole;
  }
  return true;
}

void mut_layout_bare(struct document *document, uint16_t part, unsigned depth, struct object_layout *of) {
  struct object_layout *object = open_object(document, part, depth);
  if (object == NULL || object->class_at == 0 || object->is_class || !of->current.is_whole) {
    return;
  }
  object->current = of->current;
  object->has_fixed_class = true;
  of->has_fixed_class = true;
  layout_body(document, object->class_at, part, depth, &object->current, &object->body);
  object->is_whole = object->body.is_whole;
}

bool mut_layout_unit(struct document *document, uint32_t begin, uint32_t end, uint16_t parent, unsigned depth) {
  if (end - begin < 9) {
    return false;
  }
  uint32_t size = get_u32(document->octets + begin + 4);
  size = size <= end - begin - 8 ? size : end - begin - 8;
  uint16_t part = mut_layout_part(document, begin + 8, begin + 8 + size, begin + 4, parent);
  return part != NO_PART && mut_layout_object(document, part, depth);
}
