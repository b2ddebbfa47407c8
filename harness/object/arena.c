/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The arena: blocks that double up to a cap, filled from the front, freed together. The arena's own record stands in its
 * first block, so a small object costs one request to the memory source. A request larger than the cap gets a block of
 * its own size. The address sanitizer is told what of a block was not handed out.
 */
#include "object/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "object/memory_source.h"
#include "object/poison.h"

#define FIRST_BLOCK_OCTETS 1024u
#define LARGEST_BLOCK_OCTETS ((size_t)1 << 20)
#define ALIGNMENT alignof(max_align_t)

struct block {
  alignas(max_align_t) struct block *previous;
  unsigned char *end;
};

struct pac_arena {
  alignas(max_align_t) const struct pac_memory *memory;
  struct block *newest;
  unsigned char *next; /* first free octet of the newest block */
  unsigned char *end;
  size_t next_block_octets;
  size_t used;
};

enum pac_result pac_arena_new(const struct pac_memory *memory, size_t first_size, struct pac_arena **given) {
  size_t payload = first_size == 0 ? FIRST_BLOCK_OCTETS : first_size;
  size_t header = sizeof(struct block) + sizeof(struct pac_arena);
  if (payload > SIZE_MAX - header) {
    return PAC_RESULT_NO_MEMORY;
  }
  struct block *block = pac_memory_resize(memory, NULL, header + payload);
  if (block == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  block->previous = NULL;
  struct pac_arena *arena = (struct pac_arena *)(void *)(block + 1);
  block->end = (unsigned char *)(arena + 1) + payload;
  size_t doubled = payload < LARGEST_BLOCK_OCTETS / 2 ? payload * 2 : LARGEST_BLOCK_OCTETS;
  *arena = (struct pac_arena){
      .memory = memory,
      .newest = block,
      .next = (unsigned char *)(arena + 1),
      .end = block->end,
      .next_block_octets = doubled < FIRST_BLOCK_OCTETS ? FIRST_BLOCK_OCTETS : doubled,
  };
  pac_poison(arena->next, payload);
  *given = arena;
  return PAC_RESULT_OK;
}

void pac_arena_free(struct pac_arena *arena) {
  if (arena == NULL) {
    return;
  }
  const struct pac_memory *memory = arena->memory;
  struct block *block = arena->newest;
  while (block != NULL) {
    struct block *previous = block->previous;
    pac_unpoison(block + 1, (size_t)(block->end - (unsigned char *)(block + 1)));
    pac_memory_resize(memory, block, 0);
    block = previous;
  }
}

/* Opens a block with room for `size` octets. The rest of the block before it stays unused. */
static bool open_block(struct pac_arena *arena, size_t size) {
  size_t payload = size > arena->next_block_octets ? size : arena->next_block_octets;
  if (payload > SIZE_MAX - sizeof(struct block)) {
    return false;
  }
  struct block *block = pac_memory_resize(arena->memory, NULL, sizeof(struct block) + payload);
  if (block == NULL) {
    return false;
  }
  block->previous = arena->newest;
  arena->newest = block;
  arena->next = (unsigned char *)(block + 1);
  arena->end = arena->next + payload;
  block->end = arena->end;
  pac_poison(arena->next, payload);
  if (arena->next_block_octets < LARGEST_BLOCK_OCTETS) {
    arena->next_block_octets *= 2;
  }
  return true;
}

/* Hands out what begins at `memory`, which has room. */
static void take(struct pac_arena *arena, unsigned char *memory, size_t size) {
  size_t taken = size + pac_poison_gap((size_t)(arena->end - memory) - size);
  pac_unpoison(memory, size);
  arena->used += (size_t)(memory - arena->next) + taken;
  arena->next = memory + taken;
}

/* Aligned, and not zeroed. */
static unsigned char *allocate_block(struct pac_arena *arena, size_t size) {
  size_t skipped = (size_t)(-(uintptr_t)arena->next & (ALIGNMENT - 1));
  size_t room = (size_t)(arena->end - arena->next);
  if (skipped > room || size > room - skipped) {
    if (!open_block(arena, size)) {
      return NULL;
    }
    skipped = 0; /* a block starts aligned */
  }
  unsigned char *memory = arena->next + skipped;
  take(arena, memory, size);
  return memory;
}

void *pac_arena_allocate(struct pac_arena *arena, size_t size) {
  unsigned char *memory = allocate_block(arena, size);
  if (memory != NULL) {
    memset(memory, 0, size);
  }
  return memory;
}

void *pac_arena_resize(void *arena, void *block, size_t size) {
  (void)block;
  return size == 0 ? NULL : allocate_block(arena, size);
}

char *pac_arena_allocate_text(struct pac_arena *arena, size_t size) {
  if (size > (size_t)(arena->end - arena->next) && !open_block(arena, size)) {
    return NULL;
  }
  char *memory = (char *)arena->next;
  take(arena, arena->next, size);
  return memory;
}

void *pac_arena_allocate_array(struct pac_arena *arena, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) {
    return NULL;
  }
  return pac_arena_allocate(arena, count * size);
}

char *pac_arena_copy_text(struct pac_arena *arena, const char *text, size_t length) {
  if (length == SIZE_MAX) {
    return NULL;
  }
  char *copy = pac_arena_allocate_text(arena, length + 1);
  if (copy != NULL) {
    memcpy(copy, text, length);
    copy[length] = '\0';
  }
  return copy;
}

const struct pac_memory *pac_arena_memory(const struct pac_arena *arena) {
  return arena->memory;
}

size_t pac_arena_used(const struct pac_arena *arena) {
  return arena->used;
}
