/* SPDX-License-Identifier: Apache-2.0 */
/* The region is filled from the front. A block that is given back is not used again before the next reset, apart from those
 * that did not fit and came from malloc. */
#include "program/recycler.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "object/poison.h"

#define ALIGNMENT alignof(max_align_t)

struct pac_recycler {
  struct pac_memory memory;
  unsigned char *region;
  size_t size;
  size_t used;
};

static bool is_in_region(const struct pac_recycler *recycler, const void *block) {
  const unsigned char *octets = block;
  return octets >= recycler->region && octets < recycler->region + recycler->size;
}

/* Shaped like realloc; arenas, for which it is, never ask to resize a block. */
static void *resize(void *context, void *block, size_t size) {
  struct pac_recycler *recycler = context;
  size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (size == 0) {
    if (block != NULL && !is_in_region(recycler, block)) {
      free(block);
    }
    return NULL;
  }
  if (block != NULL) {
    return is_in_region(recycler, block) ? NULL : realloc(block, size);
  }
  if (rounded < size || rounded > recycler->size - recycler->used) {
    return malloc(size);
  }
  void *taken = recycler->region + recycler->used;
  recycler->used += rounded;
  return taken;
}

enum pac_result pac_recycler_new(size_t octets, struct pac_recycler **given) {
  struct pac_recycler *recycler = malloc(sizeof *recycler);
  unsigned char *region = malloc(octets == 0 ? 1 : octets);
  if (recycler == NULL || region == NULL) {
    free(recycler);
    free(region);
    return PAC_RESULT_NO_MEMORY;
  }
  *recycler = (struct pac_recycler){.memory = {resize, recycler}, .region = region, .size = octets};
  *given = recycler;
  return PAC_RESULT_OK;
}

void pac_recycler_free(struct pac_recycler *recycler) {
  if (recycler != NULL) {
    free(recycler->region);
    free(recycler);
  }
}

const struct pac_memory *pac_recycler_memory(const struct pac_recycler *recycler) {
  return &recycler->memory;
}

void pac_recycler_reset(struct pac_recycler *recycler) {
  pac_unpoison(recycler->region, recycler->used); /* arenas that nobody has freed have left their gaps */
  recycler->used = 0;
}
