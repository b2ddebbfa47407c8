/* SPDX-License-Identifier: Apache-2.0 */
/* Replaces octets inside of a part and repairs what counts or crosses them, from the inside out. */
#include "layout.h"

/* Which parts the part stands in, itself among them. */
static void find_around(const struct document *document, uint16_t part, bool is_around[PARTS_MAX]) {
  memset(is_around, 0, document->parts_count * sizeof is_around[0]);
  for (uint16_t at = part; at != NO_PART; at = document->parts[at].parent) {
    is_around[at] = true;
  }
}

static uint32_t moved(uint32_t at, uint32_t from, uint32_t removed, uint32_t inserted) {
  return at != NOWHERE && at >= from + removed ? at - removed + inserted : at;
}

/* References into heaps around the change: an item that begins behind it has moved within its heap. */
static void repair_refs(struct document *document, const bool is_around[PARTS_MAX], uint32_t at, uint32_t removed,
                        uint32_t inserted) {
  for (uint32_t i = 0; i < document->refs_count; i++) {
    struct ref *ref = &document->refs[i];
    if (ref->at >= at && ref->at < at + removed) {
      ref->heap = NO_PART; /* it has gone with what was removed */
    }
    if (ref->heap == NO_PART || !is_around[ref->heap]) {
      continue;
    }
    uint8_t *octets = document->octets + ref->at;
    uint32_t item = document->parts[ref->heap].begin + get_u32(octets);
    if (item >= at + removed) {
      set_u32(octets, get_u32(octets) - removed + inserted);
    }
  }
}

bool mut_splice(struct document *document, uint16_t part, uint32_t at, uint32_t removed, const uint8_t *octets,
                uint32_t inserted) {
  if (part == NO_PART || at > document->size || removed > document->size - at ||
      inserted > document->max - (document->size - removed)) {
    return false;
  }
  bool is_around[PARTS_MAX];
  find_around(document, part, is_around);
  repair_refs(document, is_around, at, removed, inserted);
  for (uint16_t i = part; i != NO_PART; i = document->parts[i].parent) {
    uint32_t length_at = document->parts[i].length_at;
    if (length_at != NOWHERE) {
      set_u32(document->octets + length_at, get_u32(document->octets + length_at) - removed + inserted);
    }
  }
  memmove(document->octets + at + inserted, document->octets + at + removed, document->size - at - removed);
  if (octets != NULL) {
    memcpy(document->octets + at, octets, inserted);
  } else {
    memset(document->octets + at, 0, inserted);
  }
  document->size = document->size - removed + inserted;
  for (uint32_t i = 0; i < document->parts_count; i++) {
    struct part *other = &document->parts[i];
    if (is_around[i]) {
      other->end = other->end - removed + inserted;
    } else if (other->begin >= at + removed) {
      other->begin = moved(other->begin, at, removed, inserted);
      other->end = moved(other->end, at, removed, inserted);
    }
    other->length_at = moved(other->length_at, at, removed, inserted);
  }
  for (uint32_t i = 0; i < document->refs_count; i++) {
    document->refs[i].at = moved(document->refs[i].at, at, removed, inserted);
  }
  return true;
}

uint32_t mut_heap_append(struct document *document, uint16_t heap, const uint8_t *octets, uint32_t size) {
  uint32_t offset = mut_heap_size(document, heap);
  return mut_splice(document, heap, document->parts[heap].end, 0, octets, size) ? offset : NOWHERE;
}
