/* SPDX-License-Identifier: Apache-2.0 */
/** Asking a source of memory, which may be malloc. */
#ifndef PACHECK_OBJECT_MEMORY_SOURCE_H
#define PACHECK_OBJECT_MEMORY_SOURCE_H

#include <stdlib.h>

#include "pacheck/memory.h"

/** Shaped like realloc; size 0 frees. A null source is malloc. */
static inline void *pac_memory_resize(const struct pac_memory *memory, void *block, size_t size) {
  if (memory != NULL) {
    return memory->resize(memory->context, block, size);
  }
  if (size == 0) {
    free(block);
    return NULL;
  }
  return realloc(block, size);
}

#endif
