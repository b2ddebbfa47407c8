/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas: alignment, zeroing, few blocks, failures; and the name lists that stand in them. */
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "object/arena.h"
#include "object/poison.h"
#include "object/name_list.h"
#include "unit.h"

static void allocations_are_aligned_and_zeroed(void) {
  struct pac_arena *arena = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(NULL, 64, &arena), PAC_RESULT_OK);
  for (size_t size = 0; size < 3000; size += 7) {
    unsigned char *memory = pac_arena_allocate(arena, size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(memory);
    CU_ASSERT_EQUAL((uintptr_t)memory % alignof(max_align_t), 0);
    for (size_t i = 0; i < size; i++) {
      CU_ASSERT_EQUAL_FATAL(memory[i], 0);
    }
    memset(memory, 0xA5, size);
    const char *text = pac_arena_copy_text(arena, "abcdef", 3);
    CU_ASSERT_STRING_EQUAL(text, "abc");
  }
  pac_arena_free(arena);
  pac_arena_free(NULL);
}

/* So that the address sanitizer sees a step beyond what was handed out; without it nothing stands between. */
static void a_gap_stands_behind_each_allocation(void) {
  struct pac_arena *arena = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(NULL, 0, &arena), PAC_RESULT_OK);
  const char *first = pac_arena_allocate(arena, 24);
  const char *second = pac_arena_allocate_text(arena, 1);
  CU_ASSERT_TRUE_FATAL(first != NULL && second != NULL);
  CU_ASSERT_EQUAL((size_t)(second - first), 24 + PAC_POISON_GAP);
#ifdef PAC_HAS_POISON
  CU_ASSERT_FALSE(__asan_address_is_poisoned(first + 23));
  CU_ASSERT_TRUE(__asan_address_is_poisoned(first + 24));
  CU_ASSERT_FALSE(__asan_address_is_poisoned(second));
#endif
  pac_arena_free(arena);
}

static void a_megabyte_takes_few_blocks(void) {
  struct unit_memory memory;
  struct pac_arena *arena = NULL;
  unit_memory_init(&memory, 0);
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(&memory.source, 0, &arena), PAC_RESULT_OK);
  CU_ASSERT_PTR_EQUAL(pac_arena_memory(arena), &memory.source);
  CU_ASSERT_PTR_NOT_NULL(pac_arena_allocate(arena, 900));
  CU_ASSERT_EQUAL(memory.requests, 1);
  for (size_t i = 0; i < 1u << 14; i++) {
    CU_ASSERT_PTR_NOT_NULL_FATAL(pac_arena_allocate(arena, 64));
  }
  CU_ASSERT_TRUE(memory.requests <= 12);
  CU_ASSERT_TRUE(pac_arena_used(arena) >= 1u << 20);
  CU_ASSERT_PTR_NOT_NULL(pac_arena_allocate(arena, 5u << 20));
  pac_arena_free(arena);
  CU_ASSERT_EQUAL(memory.outstanding, 0);
}

static void what_cannot_be_had_is_null(void) {
  struct unit_memory memory;
  struct pac_arena *arena = NULL;
  CU_ASSERT_EQUAL(pac_arena_new(NULL, SIZE_MAX, &arena), PAC_RESULT_NO_MEMORY);
  unit_memory_init(&memory, 1);
  CU_ASSERT_EQUAL(pac_arena_new(&memory.source, 0, &arena), PAC_RESULT_NO_MEMORY);
  CU_ASSERT_PTR_NULL(arena);
  unit_memory_init(&memory, 2);
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(&memory.source, 16, &arena), PAC_RESULT_OK);
  CU_ASSERT_PTR_NULL(pac_arena_allocate(arena, 4000));
  CU_ASSERT_PTR_NULL(pac_arena_allocate(arena, SIZE_MAX));
  CU_ASSERT_PTR_NULL(pac_arena_allocate_array(arena, SIZE_MAX / 2, 3));
  CU_ASSERT_PTR_NULL(pac_arena_copy_text(arena, "", SIZE_MAX));
  CU_ASSERT_PTR_NOT_NULL(pac_arena_allocate_array(arena, SIZE_MAX, 0));
  CU_ASSERT_PTR_NOT_NULL(pac_arena_allocate(arena, 4000));
  memory.fail_at = memory.requests + 1;
  CU_ASSERT_PTR_NULL(pac_arena_allocate_text(arena, 1u << 20));
  pac_arena_free(arena);
  CU_ASSERT_EQUAL(memory.outstanding, 0);
}

enum { ITEMS = 3000 };

struct item {
  const char *name;
  unsigned number;
};

/* Every item is found in the list, and those from `absent_to` down to `absent_from` are not. */
static void check_items(const struct pac_name_list *list, struct item *items, uint32_t absent_from,
                        uint32_t absent_to) {
  for (uint32_t i = 0; i < ITEMS; i++) {
    const void *expected = i >= absent_from && i < absent_to ? NULL : &items[i];
    CU_ASSERT_PTR_EQUAL_FATAL(pac_name_list_find(list, items[i].name), expected);
  }
}

static void a_long_list_finds_its_items_after_removals(void) {
  struct pac_arena *arena = NULL;
  static char names[ITEMS][16];
  static struct item items[ITEMS];
  struct pac_name_list list = {0};
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(NULL, 0, &arena), PAC_RESULT_OK);
  for (unsigned i = 0; i < ITEMS; i++) {
    snprintf(names[i], sizeof names[i], "Item%u", i);
    items[i] = (struct item){names[i], i};
    CU_ASSERT_TRUE_FATAL(pac_name_list_append(arena, &list, &items[i]));
  }
  check_items(&list, items, 0, 0);
  CU_ASSERT_PTR_EQUAL(pac_name_list_find(&list, "iTEM77"), &items[77]);
  CU_ASSERT_PTR_NULL(pac_name_list_find(&list, "Item3000"));
  CU_ASSERT_PTR_NULL(pac_name_list_find(&list, NULL));
  for (uint32_t i = 1000; i < 2000; i++) {
    pac_name_list_remove(&list, &items[i]);
  }
  check_items(&list, items, 1000, 2000);
  CU_ASSERT_EQUAL(list.count, 2000);
  CU_ASSERT_PTR_EQUAL(list.items[999], &items[999]);
  CU_ASSERT_PTR_EQUAL(list.items[1000], &items[2000]);
  pac_name_list_clear(&list);
  check_items(&list, items, 0, ITEMS);
  CU_ASSERT_TRUE(pac_name_list_append(arena, &list, &items[5]));
  CU_ASSERT_PTR_EQUAL(pac_name_list_find(&list, "item5"), &items[5]);
  pac_arena_free(arena);
}

static void a_failed_append_leaves_the_list(void) {
  for (unsigned long nth = 1;; nth++) {
    struct unit_memory memory;
    struct pac_arena *arena = NULL;
    struct pac_name_list list = {0};
    struct item items[60];
    char names[60][8];
    uint32_t appended = 0;
    unit_memory_init(&memory, 0);
    CU_ASSERT_EQUAL_FATAL(pac_arena_new(&memory.source, 1, &arena), PAC_RESULT_OK);
    memory.fail_at = memory.requests + nth;
    for (unsigned i = 0; i < 60; i++) {
      snprintf(names[i], sizeof names[i], "n%u", i);
      items[i] = (struct item){names[i], i};
      if (!pac_name_list_append(arena, &list, &items[i])) {
        break;
      }
      appended += 1;
    }
    CU_ASSERT_EQUAL(list.count, appended);
    for (uint32_t i = 0; i < 60 && i < appended; i++) {
      CU_ASSERT_PTR_EQUAL(pac_name_list_find(&list, names[i]), &items[i]);
    }
    bool failed = memory.requests >= memory.fail_at;
    pac_arena_free(arena);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
    if (!failed) {
      CU_ASSERT_EQUAL(appended, 60);
      CU_ASSERT_TRUE(nth > 1);
      return;
    }
    CU_ASSERT_TRUE(appended < 60);
  }
}

static CU_TestInfo tests[] = {
    {"allocations_are_aligned_and_zeroed", allocations_are_aligned_and_zeroed},
    {"a_gap_stands_behind_each_allocation", a_gap_stands_behind_each_allocation},
    {"a_megabyte_takes_few_blocks", a_megabyte_takes_few_blocks},
    {"what_cannot_be_had_is_null", what_cannot_be_had_is_null},
    {"a_long_list_finds_its_items_after_removals", a_long_list_finds_its_items_after_removals},
    {"a_failed_append_leaves_the_list", a_failed_append_leaves_the_list},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("arena", tests)
