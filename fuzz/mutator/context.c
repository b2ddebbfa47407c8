/* SPDX-License-Identifier: Apache-2.0 */
/* The kind `context`: a context buffer. Its properties are length-prefixed one after the other; only a count covers them. */
#include <stdlib.h>

#include "kinds.h"
#include "operators.h"

#define PROPERTIES_MAX 128u
#define GUIDS_MAX 64u
#define VT_ARRAY 0x2000u

struct element {
  uint32_t at;
  uint32_t type_at;
  uint32_t end;
};

struct context {
  uint32_t count_at;
  uint32_t count; /* of the elements that were found */
  struct element elements[PROPERTIES_MAX];
};

static const uint16_t variants[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x08, 0x0B, 0x0D, 0x10, 0x11, 0x12, 0x13};

/* What DCOM puts in front of an object: OBJREF_CUSTOM of [MS-DCOM] 2.2.18.6. */
static const uint8_t wrapping[48] = {
    0x4D, 0x45, 0x4F, 0x57, 4,    0,    0,    0,    0x81, 0xA6, 0x12, 0xDC, 0x7F, 0x73, 0xCF, 0x11,
    0x88, 0x4D, 0x00, 0xAA, 0x00, 0x4B, 0x2E, 0x24, 0x12, 0xF8, 0x90, 0x45, 0x3A, 0x1D, 0xD0, 0x11,
    0x89, 0x1F, 0x00, 0xAA, 0x00, 0x4B, 0x2E, 0x24, 0,    0,    0,    0,    0,    0,    0,    0,
};

/* Names that the protocol knows, and the type that it gives them. */
static const struct {
  const char *name;
  uint32_t variant;
} known[] = {
    {"__PUT_EXTENSIONS", 0x0B},       {"__PUT_EXT_STRICT_NULLS", 0x0B},   {"__PUT_EXT_ATOMIC", 0x0B},
    {"__PUT_EXT_CLIENT_REQUEST", 0x0B}, {"__PUT_EXT_PROPERTIES", 0x2008}, {"__ProviderArchitecture", 0x03},
    {"__RequiredArchitecture", 0x0B}, {"__CorrelationId", 0x08},
};

static uint32_t element_width(uint32_t variant) {
  switch (variant) {
    case 0x02: case 0x0B: case 0x12: return 2;
    case 0x10: case 0x11: return 1;
    case 0x04: case 0x05: return 8;
    case 0x03: case 0x13: return 4;
    default: return 0;
  }
}

/* The end of a length-prefixed UTF-16 string; 0 when it does not end. */
static uint32_t text_end(const struct document *document, uint32_t at) {
  if (document->size - at < 4 || at > document->size) {
    return 0;
  }
  uint32_t units = get_u32(document->octets + at);
  return units <= (document->size - at - 4) / 2 ? at + 4 + 2 * units : 0;
}

/* The end of a value, or of an array's element; 0 when it does not end. Objects in it are mapped. */
static uint32_t value_end(struct document *document, uint32_t variant, uint32_t at, bool is_element) {
  uint32_t left = document->size - at;
  if (variant == 0x01) {
    return at;
  }
  if (variant == 0x08) {
    mut_layout_field(document, at, FIELD_LENGTH, 4);
    return text_end(document, at);
  }
  if (variant == 0x0D) {
    if (left > sizeof wrapping && memcmp(document->octets + at, wrapping, 4) == 0) {
      at += (uint32_t)sizeof wrapping;
      left -= (uint32_t)sizeof wrapping;
    }
    if (left < 9 || get_u32(document->octets + at) != 0x12345678u) {
      return 0;
    }
    uint32_t size = get_u32(document->octets + at + 4);
    if (size > left - 8) {
      return 0;
    }
    mut_layout_unit(document, at, at + 8 + size, NO_PART, 1);
    return at + 8 + size;
  }
  uint32_t width = is_element ? element_width(variant) : 8;
  mut_layout_field(document, at, FIELD_VALUE, width == 8 ? 4 : width);
  return width != 0 && width <= left ? at + width : 0;
}

static uint32_t property_end(struct document *document, struct element *element) {
  uint32_t at = text_end(document, element->at);
  if (at == 0 || document->size - at < 6) {
    return 0;
  }
  mut_layout_field(document, element->at, FIELD_LENGTH, 4);
  mut_layout_field(document, at, FIELD_FLAGS, 4);
  mut_layout_field(document, at + 4, FIELD_TYPE, 2);
  element->type_at = at + 4;
  uint32_t variant = get_u16(document->octets + at + 4);
  at += 6;
  if ((variant & VT_ARRAY) == 0) {
    return value_end(document, variant, at, false);
  }
  if (document->size - at < 8) {
    return 0;
  }
  uint32_t count = get_u32(document->octets + at);
  mut_layout_field(document, at, FIELD_COUNT, 4);
  mut_layout_field(document, at + 4, FIELD_LENGTH, 4);
  at += 8;
  for (uint32_t i = 0; i < count && i < 1024 && at != 0; i++) {
    at = value_end(document, variant & 0xFFFu, at, true);
  }
  return at;
}

static bool map(struct document *document, struct context *context) {
  mut_layout_clear(document);
  context->count = 0;
  if (document->size < 8) {
    return false;
  }
  uint32_t guids = get_u32(document->octets);
  if (guids > GUIDS_MAX || document->size - 8 < 16 * guids) {
    return false;
  }
  mut_layout_field(document, 0, FIELD_COUNT, 4);
  context->count_at = 4 + 16 * guids;
  mut_layout_field(document, context->count_at, FIELD_COUNT, 4);
  uint32_t wanted = get_u32(document->octets + context->count_at);
  uint32_t at = context->count_at + 4;
  while (context->count < wanted && context->count < PROPERTIES_MAX) {
    struct element *element = &context->elements[context->count];
    element->at = at;
    element->end = property_end(document, element);
    if (element->end == 0) {
      break;
    }
    at = element->end;
    context->count += 1;
  }
  return true;
}

/* The units of a text, and how many there are. */
static void add_units(struct block *block, const struct name *name) {
  uint32_t width = name->octets[0] + 1u;
  uint32_t units = (name->size - 1) / width - 1;
  mut_block_u32(block, units);
  for (uint32_t i = 0; i < units; i++) {
    mut_block_u8(block, name->octets[1 + i * width]);
    mut_block_u8(block, width == 2 ? name->octets[2 + i * width] : 0);
  }
}

static void add_text(struct document *document, struct block *block, bool is_name) {
  struct name name;
  do {
    if (is_name && random_chance(document->random, 1, 2)) {
      mut_name_fresh(document, &name);
    } else {
      mut_name_pick(document, &name);
    }
  } while (is_name && name.size < 4);
  add_units(block, &name);
}

static void add_value(struct document *document, struct block *block, uint32_t variant, bool is_element) {
  static _Thread_local struct block object;
  uint8_t octets[8] = {0};
  uint32_t width = is_element ? element_width(variant) : 8;
  if (variant == 0x01) {
    return;
  }
  if (variant == 0x08) {
    add_text(document, block, false);
  } else if (variant == 0x0D) {
    mut_block_clear(&object);
    mut_block_any(document, &object);
    if (random_chance(document->random, 1, 4)) {
      mut_block_add(block, wrapping, sizeof wrapping);
    }
    mut_block_unit(block, &object);
  } else {
    uint64_t number = variant == 0x0B ? mut_pick_boolean(document->random) : mut_pick_number(document->random);
    uint32_t used = variant == 0x04 ? 4 : variant == 0x05 ? 8 : element_width(variant);
    set_u32(octets, (uint32_t)number);
    set_u32(octets + 4, (uint32_t)(number >> 32));
    memset(octets + used, 0, sizeof octets - used);
    mut_block_add(block, octets, width);
  }
}

static uint32_t pick_variant(struct random *random) {
  uint32_t variant = variants[random_below(random, sizeof variants / sizeof variants[0])];
  return random_chance(random, 1, 4) ? variant | VT_ARRAY : variant;
}

/* Flags, type and value. */
static void add_content(struct document *document, struct block *block, uint32_t variant) {
  uint32_t base = variant & 0xFFFu;
  mut_block_u32(block, 0);
  mut_block_u8(block, (uint8_t)variant);
  mut_block_u8(block, (uint8_t)(variant >> 8));
  if ((variant & VT_ARRAY) == 0) {
    add_value(document, block, base, false);
    return;
  }
  uint32_t count = mut_pick_count(document->random);
  mut_block_u32(block, count);
  mut_block_u32(block, element_width(base) != 0 ? element_width(base) : base == 0x01 ? 0 : 4);
  for (uint32_t i = 0; i < count; i++) {
    add_value(document, block, base, true);
  }
}

/* A property of its own, or one that the protocol knows. */
static void add_property(struct document *document, struct block *block) {
  if (random_chance(document->random, 1, 4)) {
    uint32_t index = random_below(document->random, sizeof known / sizeof known[0]);
    struct name name;
    mut_name_of(known[index].name, &name);
    add_units(block, &name);
    add_content(document, block, known[index].variant);
  } else {
    add_text(document, block, true);
    add_content(document, block, pick_variant(document->random));
  }
}

/* Replaces octets that no part covers. */
static bool replace(struct document *document, uint32_t at, uint32_t removed, const struct block *block) {
  if (block->is_overflown || block->size > document->max - (document->size - removed)) {
    return false;
  }
  memmove(document->octets + at + block->size, document->octets + at + removed, document->size - at - removed);
  memcpy(document->octets + at, block->octets, block->size);
  document->size = document->size - removed + block->size;
  return true;
}

/* An element as another input has it. */
static void add_element_of(struct document *partner, struct block *block) {
  static _Thread_local struct context context;
  if (partner != NULL && map(partner, &context) && context.count > 0) {
    const struct element *element = &context.elements[random_below(partner->random, context.count)];
    mut_block_add(block, partner->octets + element->at, element->end - element->at);
  }
}

static bool change_list(struct document *document, const struct context *context) {
  static _Thread_local struct block block;
  uint32_t index = random_below(document->random, context->count);
  uint32_t end = context->count == 0 ? context->count_at + 4 : context->elements[context->count - 1].end;
  const struct element *element = &context->elements[index];
  uint32_t count = get_u32(document->octets + context->count_at);
  mut_block_clear(&block);
  uint32_t choice = context->count == 0 ? 0 : random_below(document->random, 8);
  if (choice < 3) {
    if (choice == 0 && random_chance(document->random, 1, 2)) {
      add_element_of(document->partner, &block);
    }
    if (block.size == 0) {
      add_property(document, &block);
    }
    if (!replace(document, random_chance(document->random, 1, 2) && context->count > 0 ? element->at : end, 0, &block)) {
      return false;
    }
    set_u32(document->octets + context->count_at, count + 1);
    return true;
  }
  uint32_t name_end = element->type_at - 4;
  switch (choice) {
    case 3:
      set_u32(document->octets + context->count_at, count - 1);
      return replace(document, element->at, element->end - element->at, &block);
    case 4:
      add_text(document, &block, true);
      return replace(document, element->at, name_end - element->at, &block);
    case 5:
      add_content(document, &block, pick_variant(document->random));
      return replace(document, name_end, element->end - name_end, &block);
    case 6: /* a value of the same type */
      add_content(document, &block, get_u16(document->octets + element->type_at));
      return replace(document, name_end, element->end - name_end, &block);
    default: /* the same again under another name, or under its own in another case */
      if (random_chance(document->random, 1, 2)) {
        mut_block_add(&block, document->octets + element->at, name_end - element->at);
        block.octets[4] ^= 0x20;
      } else {
        add_text(document, &block, true);
      }
      mut_block_add(&block, document->octets + name_end, element->end - name_end);
      if (!replace(document, end, 0, &block)) {
        return false;
      }
      set_u32(document->octets + context->count_at, count + 1);
      return true;
  }
}

/* False when the octets hold no context. */
static bool change_once(struct document *document) {
  static _Thread_local struct context context;
  if (!map(document, &context)) {
    return false;
  }
  if (document->objects_count > 0 && random_chance(document->random, 1, 2)) {
    /* The length of an object's unit is all that counts it: its parts are maps of their own. */
    mut_operate(document, mut_pick_object(document));
  } else {
    change_list(document, &context);
  }
  return true;
}

/* For those who ask for fields and objects only. */
static bool map_fields(struct document *document) {
  static _Thread_local struct context context;
  return map(document, &context);
}

bool mut_change_context(struct mutation *mutation) {
  struct document *document = mutation->document;
  uint32_t changes = 1 + random_below(document->random, random_chance(document->random, 1, 128) ? 60 : 6);
  document->depth = 0;
  bool is_context = false;
  mut_mutation_begin(mutation, map_fields);
  while (changes-- > 0 && change_once(document)) {
    is_context = true;
  }
  document->is_mapped = false;
  return is_context;
}

void mut_mutate_context(struct mutation *mutation) {
  struct document *document = mutation->document;
  static const uint8_t empty[24] = {1};
  if (!mut_change_context(mutation)) {
    if (random_chance(document->random, 1, 2)) {
      mut_break(document);
      return;
    }
    if (document->max >= sizeof empty) {
      memcpy(document->octets, empty, sizeof empty);
      document->size = sizeof empty;
    }
    mut_change_context(mutation);
  }
  mut_break_some(mutation);
}
