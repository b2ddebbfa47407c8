/* SPDX-License-Identifier: Apache-2.0 */
/* The map itself: what is noted in it, and that it is laid anew only when somebody asks. What to note is layout.c's business. */
#include "layout.h"

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
  return document->is_mapped || document->map(document);
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
