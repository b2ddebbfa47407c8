/* SPDX-License-Identifier: Apache-2.0 */
/** Classes and helpers that the tests of the object model share. */
#ifndef PACHECK_OBJECT_FIXTURE_H
#define PACHECK_OBJECT_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "object/arena.h"
#include "object/object_internal.h"
#include "pacheck/object.h"
#include "unit.h"

#define MUST(call) CU_ASSERT_EQUAL_FATAL((call), PAC_RESULT_OK)
#define REFUSES(result, call) CU_ASSERT_EQUAL((call), PAC_RESULT_##result)

enum { FLAVOR_BOTH = PAC_FLAVOR_TO_INSTANCE | PAC_FLAVOR_TO_DERIVED };

static inline enum pac_result add_property(struct pac_object *object, const char *name, struct pac_value value) {
  return pac_class_property_add(object, name, &value);
}

static inline enum pac_result set_property(struct pac_object *object, const char *name, struct pac_value value) {
  return pac_object_property_set(object, name, &value);
}

static inline enum pac_result put_qualifier(struct pac_qualifier_set *set, const char *name, struct pac_value value,
                                            unsigned flavor) {
  return pac_qualifier_put(set, name, &value, (uint8_t)flavor);
}

/* class Base: [key] uint32 Id; string Name = "none"; uint8 Sizes[]; object Part. Abstract and described. */
static inline struct pac_object *base_class(const struct pac_memory *memory) {
  struct pac_object *base = NULL;
  MUST(pac_class_new(memory, "Base", &base));
  MUST(put_qualifier(pac_object_qualifiers(base), "abstract", pac_value_boolean(true), PAC_FLAVOR_TO_DERIVED));
  MUST(put_qualifier(pac_object_qualifiers(base), "Description", pac_value_string("a base"),
                     FLAVOR_BOTH | PAC_FLAVOR_AMENDED));
  MUST(add_property(base, "Id", pac_value_null(PAC_CIM_UINT32, false)));
  MUST(put_qualifier(pac_object_property_qualifiers(base, "Id"), "key", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(add_property(base, "Name", pac_value_string("none")));
  MUST(put_qualifier(pac_object_property_qualifiers(base, "Name"), "read", pac_value_boolean(true), 0));
  MUST(add_property(base, "Sizes", pac_value_null(PAC_CIM_UINT8, true)));
  MUST(add_property(base, "Part", pac_value_null(PAC_CIM_OBJECT, false)));
  return base;
}

/* class __PARAMETERS with one parameter. */
static inline struct pac_object *signature(const struct pac_memory *memory, const char *parameter) {
  struct pac_object *made = NULL;
  MUST(pac_class_new(memory, "__PARAMETERS", &made));
  MUST(add_property(made, parameter, pac_value_null(PAC_CIM_SINT32, false)));
  return made;
}

/* An instance of a class `Level` that nests `levels` deep, itself counted. */
static inline struct pac_object *nested_instance(unsigned levels) {
  struct pac_object *level_class = NULL;
  struct pac_object *inner = NULL;
  MUST(pac_class_new(NULL, "Level", &level_class));
  MUST(add_property(level_class, "Inner", pac_value_null(PAC_CIM_OBJECT, false)));
  MUST(pac_instance_new(NULL, level_class, &inner));
  for (unsigned i = 1; i < levels; i++) {
    struct pac_object *outer = NULL;
    MUST(pac_instance_new(NULL, level_class, &outer));
    MUST(set_property(outer, "Inner", pac_value_object(inner)));
    pac_object_free(inner);
    inner = outer;
  }
  pac_object_free(level_class);
  return inner;
}

/* Prints why two objects that should be equal are not. */
static inline bool same_objects(const struct pac_object *left, const struct pac_object *right) {
  char difference[256] = "";
  bool same = pac_object_compare(left, right, PAC_COMPARE_ALL, difference, sizeof difference);
  if (!same) {
    printf("  %s\n", difference);
  }
  return same;
}

/* Fills the arena's newest block up to the last octet and says how many there were, gaps of the address sanitizer among them. */
static inline size_t fill_block(struct unit_memory *memory, struct pac_arena *arena) {
  memory->fail_at = memory->requests + 1;
  const char *first = pac_arena_allocate_text(arena, 1);
  const char *last = first;
  for (const char *at = first; at != NULL; at = pac_arena_allocate_text(arena, 1)) {
    last = at;
  }
  memory->fail_at = 0;
  return first == NULL ? 0 : (size_t)(last - first) + 1;
}

/* Clones an object and opens a new block in the clone's arena. Each clone of one object gets the same blocks. */
static inline struct pac_object *clone_with_new_block(struct unit_memory *memory, const struct pac_object *object) {
  struct pac_object *clone = NULL;
  unit_memory_init(memory, 0);
  MUST(pac_object_clone(&memory->source, object, &clone));
  fill_block(memory, clone->arena);
  CU_ASSERT_PTR_NOT_NULL_FATAL(pac_arena_allocate_text(clone->arena, 1));
  return clone;
}

/**
 * Runs `change` on clones of `start` that have a little more room each time, and no memory beyond it, until it succeeds:
 * so each of its allocations fails once. A failure has to say so, leave the object as it was, and go away with memory.
 */
static inline void sweep_change(const struct pac_object *start, enum pac_result (*change)(struct pac_object *object)) {
  struct unit_memory memory;
  struct pac_object *clone = clone_with_new_block(&memory, start);
  size_t block = fill_block(&memory, clone->arena);
  pac_object_free(clone);
  size_t failures = 0;
  bool failed = true;
  for (size_t room = 0; failed && room <= block; room += 8) {
    clone = clone_with_new_block(&memory, start);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pac_arena_allocate_text(clone->arena, block - room));
    memory.fail_at = memory.requests + 1;
    enum pac_result result = change(clone);
    failed = memory.requests >= memory.fail_at;
    CU_ASSERT_EQUAL(result, failed ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK);
    if (failed) {
      failures += 1;
      CU_ASSERT_TRUE(same_objects(clone, start));
      REFUSES(OK, change(clone));
    }
    pac_object_free(clone);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
  }
  CU_ASSERT_FALSE(failed);
  CU_ASSERT_TRUE(failures > 0);
}

#endif
