/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ordered list with a name index: open addressing with linear probing, at most half full. Removal closes the gap it
 * leaves, so there are no marks of removed items and a search ends at the first free slot.
 */
#include "object/name_list.h"

#include <string.h>

#include "object/text.h"

#define UNINDEXED_MAX 12u
#define FIRST_CAPACITY 4u

static const char *item_name(const void *item) {
  return *(const char *const *)item;
}

static void index_add(struct pac_name_slot *slots, uint32_t slots_count, uint32_t hash, void *item) {
  uint32_t at = hash & (slots_count - 1);
  while (slots[at].item != NULL) {
    at = (at + 1) & (slots_count - 1);
  }
  slots[at] = (struct pac_name_slot){.hash = hash, .item = item};
}

bool pac_name_list_reserve(struct pac_arena *arena, struct pac_name_list *list, uint32_t count) {
  if (count <= list->capacity) {
    return true;
  }
  uint32_t capacity = count;
  if (list->capacity != 0 && list->capacity <= UINT32_MAX / 4 && capacity < list->capacity * 2) {
    capacity = list->capacity * 2;
  }
  void **items = pac_arena_allocate_array(arena, capacity, sizeof *items);
  if (items == NULL) {
    return false;
  }
  struct pac_name_slot *slots = NULL;
  uint32_t slots_count = 0;
  if (capacity > UNINDEXED_MAX) {
    if (capacity > UINT32_MAX / 4) {
      return false;
    }
    slots_count = 32;
    while (slots_count < capacity * 2) {
      slots_count *= 2;
    }
    slots = pac_arena_allocate_array(arena, slots_count, sizeof *slots);
    if (slots == NULL) {
      return false;
    }
    for (uint32_t i = 0; i < list->count; i++) {
      index_add(slots, slots_count, pac_name_hash(item_name(list->items[i])), list->items[i]);
    }
  }
  if (list->count != 0) {
    memcpy(items, list->items, list->count * sizeof *items);
  }
  list->items = items;
  list->capacity = capacity;
  list->slots = slots;
  list->slots_count = slots_count;
  return true;
}

bool pac_name_list_append(struct pac_arena *arena, struct pac_name_list *list, void *item) {
  uint32_t wanted = list->capacity == 0 ? FIRST_CAPACITY : list->count + 1;
  if (!pac_name_list_reserve(arena, list, wanted)) {
    return false;
  }
  list->items[list->count] = item;
  list->count += 1;
  if (list->slots != NULL) {
    index_add(list->slots, list->slots_count, pac_name_hash(item_name(item)), item);
  }
  return true;
}

void *pac_name_list_find(const struct pac_name_list *list, const char *name) {
  if (name == NULL) {
    return NULL;
  }
  if (list->slots == NULL) {
    unsigned char first = pac_text_fold((unsigned char)name[0]);
    for (uint32_t i = 0; i < list->count; i++) {
      const char *other = item_name(list->items[i]);
      /* Most others differ in their first letter already. */
      if (other == name || (pac_text_fold((unsigned char)other[0]) == first && pac_name_equal(other, name))) {
        return list->items[i];
      }
    }
    return NULL;
  }
  uint32_t hash = pac_name_hash(name);
  for (uint32_t at = hash & (list->slots_count - 1); list->slots[at].item != NULL;
       at = (at + 1) & (list->slots_count - 1)) {
    if (list->slots[at].hash == hash && pac_name_equal(item_name(list->slots[at].item), name)) {
      return list->slots[at].item;
    }
  }
  return NULL;
}

static uint32_t slot_of(const struct pac_name_list *list, const void *item) {
  uint32_t at = pac_name_hash(item_name(item)) & (list->slots_count - 1);
  while (list->slots[at].item != item) {
    at = (at + 1) & (list->slots_count - 1);
  }
  return at;
}

static void index_remove(struct pac_name_list *list, const void *item) {
  uint32_t mask = list->slots_count - 1;
  uint32_t gap = slot_of(list, item);
  for (uint32_t at = (gap + 1) & mask; list->slots[at].item != NULL; at = (at + 1) & mask) {
    /* An item may move back to the gap unless its own place lies after the gap. */
    uint32_t distance_home = (at - (list->slots[at].hash & mask)) & mask;
    uint32_t distance_gap = (at - gap) & mask;
    if (distance_home >= distance_gap) {
      list->slots[gap] = list->slots[at];
      gap = at;
    }
  }
  list->slots[gap].item = NULL;
}

/* Looks from both ends, because items mostly go in the order they came or the reverse. */
static uint32_t position_of(const struct pac_name_list *list, const void *item) {
  uint32_t front = 0;
  uint32_t back = list->count - 1;
  while (list->items[front] != item && list->items[back] != item) {
    front++;
    back--;
  }
  return list->items[front] == item ? front : back;
}

void pac_name_list_remove(struct pac_name_list *list, void *item) {
  if (list->slots != NULL) {
    index_remove(list, item);
  }
  uint32_t position = position_of(list, item);
  list->count -= 1;
  memmove(list->items + position, list->items + position + 1, (list->count - position) * sizeof *list->items);
}

void pac_name_list_clear(struct pac_name_list *list) {
  list->count = 0;
  if (list->slots != NULL) {
    memset(list->slots, 0, list->slots_count * sizeof *list->slots);
  }
}
