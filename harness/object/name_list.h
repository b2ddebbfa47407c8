/* SPDX-License-Identifier: Apache-2.0 */
/**
 * An ordered list of things that have a name, found by name ignoring case.
 *
 * The list holds pointers to structures whose first member is `const char *name`. Short lists are searched from the
 * front; a longer one keeps a hash index, brought up to date by every change, so that reading is safe from several
 * threads. Items never move: a pointer to one stays good while others come and go.
 */
#ifndef PACHECK_OBJECT_NAME_LIST_H
#define PACHECK_OBJECT_NAME_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "pacheck/memory.h"

struct pac_name_slot {
  uint32_t hash;
  void *item; /* null when the slot is free */
};

struct pac_name_list {
  void **items; /* in order */
  uint32_t count;
  uint32_t capacity;
  struct pac_name_slot *slots; /* null for a short list */
  uint32_t slots_count;        /* a power of two, at least twice the capacity */
};

/** Makes room for `count` items in total: up to there, pac_name_list_append cannot fail. False: no memory. */
bool pac_name_list_reserve(struct pac_arena *arena, struct pac_name_list *list, uint32_t count);

/** Appends an item without looking for one of the same name. False: no memory, and nothing changed. */
bool pac_name_list_append(struct pac_arena *arena, struct pac_name_list *list, void *item);

/** The first item of that name; null when there is none, and for a null name. */
void *pac_name_list_find(const struct pac_name_list *list, const char *name);

/** Removes the item, which has to be there, and keeps the order of the others. */
void pac_name_list_remove(struct pac_name_list *list, void *item);

/** Removes all items and keeps the room. */
void pac_name_list_clear(struct pac_name_list *list);

#endif
