/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The memory of one services object: malloc, with one allocation that can be made to fail.
 *
 * Everything that a put allocates comes from here. Not safe against a second thread: the lock of the services guards it.
 */
#ifndef PACHECK_REFERENCE_ALLOCATION_H
#define PACHECK_REFERENCE_ALLOCATION_H

#include <stdint.h>

#include "pacheck/memory.h"

struct ref_allocation {
  struct pac_memory memory; /* pass this on to the object model */
  uint32_t countdown;       /* the allocation that fails, counted from 1; 0 for none */
};

/** Sets the memory up in place; it must not move afterwards. */
void ref_allocation_init(struct ref_allocation *allocation);

/** Zeroed memory, or null. Freed with ref_free. */
void *ref_allocate(struct ref_allocation *allocation, size_t size);

/** As realloc: `*block` keeps its place on failure. */
enum pac_result ref_grow(struct ref_allocation *allocation, void **block, size_t size);

/** Copies a text. */
enum pac_result ref_copy_text(struct ref_allocation *allocation, const char *text, char **given);

/** Null is allowed. */
void ref_free(struct ref_allocation *allocation, void *block);

#endif
