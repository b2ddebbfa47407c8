/* SPDX-License-Identifier: Apache-2.0 */
/** What the object model asks of an arena beyond memory.h. */
#ifndef PACHECK_OBJECT_ARENA_H
#define PACHECK_OBJECT_ARENA_H

#include "pacheck/memory.h"

/** Octets handed out so far: how large the first block of a copy has to be. */
size_t pac_arena_used(const struct pac_arena *arena);

/** Allocates `size` octets that are neither zeroed nor aligned, for text; null when there is no memory. */
char *pac_arena_allocate_text(struct pac_arena *arena, size_t size);

#endif
