/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where memory comes from: a source that can be made to fail, and an arena that frees everything at once.
 *
 * An object, a named value set and a path each live in one arena. Whatever fails half-way, freeing the arena frees all of
 * it; so an allocation can fail anywhere without a leak. Memory given up by a replaced value comes back when the whole
 * object is freed, or by cloning it.
 */
#ifndef PACHECK_MEMORY_H
#define PACHECK_MEMORY_H

#include <stddef.h>

#include "pacheck/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A source of memory, shaped like realloc: size 0 frees. Null in place of a `struct pac_memory *` means malloc.
 *
 * Shape   borrowed by everything that is made from it; it has to outlive them.
 * Errors  resize returns null when there is no memory; the old block is then untouched.
 */
struct pac_memory {
  void *(*resize)(void *context, void *block, size_t size);
  void *context;
};

struct pac_arena;

/** Makes an arena. `first_size` is a hint in octets for the first block; 0 takes the default. */
enum pac_result pac_arena_new(const struct pac_memory *memory, size_t first_size, struct pac_arena **given);

/** Frees the arena and all that was allocated from it. Null is allowed. */
void pac_arena_free(struct pac_arena *arena);

/**
 * Allocates `size` zeroed octets, aligned for any type; null when there is no memory. Size 0 gives a valid pointer.
 */
void *pac_arena_allocate(struct pac_arena *arena, size_t size);

/** Allocates an array; null when `count * size` overflows or there is no memory. */
void *pac_arena_allocate_array(struct pac_arena *arena, size_t count, size_t size);

/** Copies `length` octets of `text` and adds a NUL; null when there is no memory. */
char *pac_arena_copy_text(struct pac_arena *arena, const char *text, size_t length);

/** The source that the arena was made from; null for malloc. */
const struct pac_memory *pac_arena_memory(const struct pac_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
