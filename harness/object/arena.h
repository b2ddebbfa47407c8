/* SPDX-License-Identifier: Apache-2.0 */
/** What the object model asks of an arena beyond memory.h. */
#ifndef PACHECK_OBJECT_ARENA_H
#define PACHECK_OBJECT_ARENA_H

#include "pacheck/memory.h"

/** Octets handed out so far: how large the first block of a copy has to be. */
size_t pac_arena_used(const struct pac_arena *arena);

/** Allocates `size` octets that are neither zeroed nor aligned, for text; null when there is no memory. */
char *pac_arena_allocate_text(struct pac_arena *arena, size_t size);

/**
 * Shaped like pac_memory.resize: an arena (the context) as the source of memory for objects and sets, which only ever ask for
 * new blocks and give them back. A block goes with the arena; it is not zeroed.
 */
void *pac_arena_resize(void *arena, void *block, size_t size);

#endif
