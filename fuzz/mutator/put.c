/* SPDX-License-Identifier: Apache-2.0 */
/* The kind `put`: an object, a context behind it, and at the end the size of the context, the manner and the flags, as
 * fuzz/put_object.c reads them. */
#include <stdlib.h>

#include "kinds.h"
#include "operators.h"

#define OPTIONS 7u

static const uint32_t flags[] = {0x1, 0x2, 0x10, 0x20, 0x40, 0x80, 0x100, 0x200, 0x10000, 0x20000, 0x100000};

static void change_options(struct document *document, uint8_t *options) {
  struct random *random = document->random;
  uint32_t number = get_u32((uint8_t[]){options[6], options[5], options[4], options[3]});
  switch (random_below(random, 4)) {
    case 0: options[2] = (uint8_t)random_next(random); return;
    case 1: number = 0; break;
    case 2: number = 1u << random_below(random, 32); break;
    default: number ^= flags[random_below(random, sizeof flags / sizeof flags[0])];
  }
  for (unsigned i = 0; i < 4; i++) {
    options[6 - i] = (uint8_t)(number >> (8 * i));
  }
}

/* Changes a stretch of the document as a document of its own. */
static void change_stretch(struct mutation *mutation, uint32_t begin, uint32_t *end, uint32_t limit,
                           bool (*change)(struct mutation *)) {
  struct document *document = mutation->document;
  uint8_t *octets = document->octets;
  uint32_t size = document->size;
  uint32_t max = document->max;
  uint32_t behind = size - *end;
  uint8_t *kept = malloc(behind + 1);
  if (kept == NULL) {
    return;
  }
  memcpy(kept, octets + *end, behind);
  document->octets = octets + begin;
  document->size = *end - begin;
  document->max = max - begin - behind < limit ? max - begin - behind : limit;
  if (document->size > document->max || !change(mutation)) {
    mut_layout_clear(document);
  }
  *end = begin + document->size;
  document->octets = octets;
  document->size = *end + behind;
  document->max = max;
  memcpy(octets + *end, kept, behind);
  free(kept);
}

/* Reads the size of the context; false when the input has no options. */
static bool measure(const struct document *document, uint32_t *object_size) {
  if (document->size < OPTIONS) {
    return false;
  }
  const uint8_t *options = document->octets + document->size - OPTIONS;
  uint32_t size = document->size - OPTIONS;
  uint32_t context_size = (uint32_t)options[1] | (uint32_t)options[0] << 8;
  *object_size = size - (context_size < size ? context_size : size);
  return true;
}

void mut_mutate_put(struct mutation *mutation) {
  static const uint8_t empty[24] = {1};
  struct document *document = mutation->document;
  uint32_t object_size = 0;
  uint32_t partner_object = 0;
  if (!measure(document, &object_size)) {
    if (document->max < OPTIONS) {
      return;
    }
    memset(document->octets + document->size, 0, OPTIONS);
    document->size = OPTIONS;
  }
  bool has_options = measure(mutation->partner, &partner_object);
  uint32_t context_end = document->size - OPTIONS;
  uint32_t choice = random_below(document->random, 10);
  if (choice < 5) {
    uint32_t end = object_size;
    mutation->partner->size = has_options ? partner_object : mutation->partner->size;
    change_stretch(mutation, 0, &end, NOWHERE, mut_change_unit);
    context_end = context_end - object_size + end;
    object_size = end;
  } else if (choice < 8) {
    if (context_end == object_size && document->max - document->size >= sizeof empty) {
      memmove(document->octets + context_end + sizeof empty, document->octets + context_end, OPTIONS);
      memcpy(document->octets + context_end, empty, sizeof empty);
      document->size += sizeof empty;
      context_end += sizeof empty;
    }
    mutation->partner->octets += has_options ? partner_object : 0;
    mutation->partner->size -= has_options ? partner_object + OPTIONS : 0;
    change_stretch(mutation, object_size, &context_end, 0xFFFFu, mut_change_context);
  } else {
    change_options(document, document->octets + context_end);
  }
  uint8_t *options = document->octets + document->size - OPTIONS;
  options[0] = (uint8_t)((context_end - object_size) >> 8);
  options[1] = (uint8_t)(context_end - object_size);
  if (random_chance(document->random, 3, 16)) {
    uint32_t bit = random_below(document->random, 8 * document->size);
    if (random_chance(document->random, 1, 2) && choice < 5) {
      mut_break(document);
    } else {
      document->octets[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    }
  }
}
