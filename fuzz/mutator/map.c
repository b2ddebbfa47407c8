/* SPDX-License-Identifier: Apache-2.0 */
/* The map itself: what is noted in it, and that it is laid anew only when somebody asks; the sizes of things by their
 * octets. What to note is layout.c's business. */
#include "layout.h"

#define ARRAY_BIT 0x2000u

uint32_t mut_slot_width(uint32_t type) {
  if ((type & ARRAY_BIT) != 0) {
    return 4;
  }
  switch (type & 0xFFu) {
    case 16: case 17: return 1;
    case 2: case 18: case 11: case 103: return 2;
    case 3: case 4: case 8: case 13: case 19: case 101: case 102: return 4;
    case 5: case 20: case 21: return 8;
    default: return 0;
  }
}

uint32_t mut_element_width(uint32_t type) {
  return mut_slot_width(type & ~ARRAY_BIT);
}

uint32_t mut_text_size(const struct document *document, uint32_t at, uint32_t end) {
  if (at >= end || document->octets[at] > 1) {
    return 0;
  }
  uint32_t width = document->octets[at] + 1u;
  for (uint32_t i = at + 1; i + width <= end; i += width) {
    if (document->octets[i] == 0 && document->octets[i + width - 1] == 0) {
      return i + width - at;
    }
  }
  return 0;
}

void mut_layout_clear(struct document *document) {
  document->parts_count = 0;
  document->refs_count = 0;
  document->fields_count = 0;
  document->objects_count = 0;
  document->sets_count = 0;
  document->texts_count = 0;
  document->is_mapped = true;
}

bool mut_layout_refresh(struct document *document) {
  if (!document->is_mapped) {
    document->is_mapped = document->map(document); /* who has no map has none when he is asked again */
  }
  return document->is_mapped;
}

const struct document *mut_partner(struct document *document) {
  if (document->partner != NULL && !mut_layout_refresh(document->partner)) {
    document->partner = NULL;
  }
  return document->partner;
}

uint16_t mut_layout_part(struct document *document, uint32_t begin, uint32_t end, uint32_t length_at, uint16_t parent) {
  if (document->parts_count == PARTS_MAX) {
    return NO_PART;
  }
  document->parts[document->parts_count] = (struct part){begin, end, length_at, parent};
  if (length_at != NOWHERE) {
    mut_layout_field(document, length_at, FIELD_LENGTH, 4);
  }
  return (uint16_t)document->parts_count++;
}

void mut_layout_field(struct document *document, uint32_t at, enum field_kind kind, uint32_t width) {
  if (document->fields_count < FIELDS_MAX && at + width <= document->size) {
    document->fields[document->fields_count++] = (struct field){at, (uint8_t)kind, (uint8_t)width};
  }
}
