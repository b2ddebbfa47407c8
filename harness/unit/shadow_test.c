/* SPDX-License-Identifier: Apache-2.0 */
/* The shadow tells the facts for a put and the state after it. */
#include "unit.h"

#include "case/shadow.h"

static void *arena_resize(void *context, void *block, size_t size) {
  (void)block;
  return size == 0 ? NULL : pac_arena_allocate(context, size);
}

/* One world: an arena that holds everything, and the shadow in it. */
struct world {
  struct pac_arena *arena;
  struct pac_memory memory;
  struct pac_shadow shadow;
};

static void world_init(struct world *world) {
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(NULL, 0, &world->arena), PAC_RESULT_OK);
  world->memory = (struct pac_memory){arena_resize, world->arena};
  pac_shadow_init(&world->shadow, &world->memory);
}

static void qualify(struct pac_object *object, const char *name, struct pac_value value, uint8_t flavor) {
  CU_ASSERT_EQUAL_FATAL(pac_qualifier_put(pac_object_qualifiers(object), name, &value, flavor), PAC_RESULT_OK);
}

static void add(struct pac_object *object, const char *name, struct pac_value value) {
  CU_ASSERT_EQUAL_FATAL(pac_class_property_add(object, name, &value), PAC_RESULT_OK);
}

static struct pac_object *base_class(struct world *world) {
  struct pac_object *base = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_class_new(&world->memory, "Base", &base), PAC_RESULT_OK);
  add(base, "Id", pac_value_null(PAC_CIM_UINT32, false));
  struct pac_value yes = pac_value_boolean(true);
  CU_ASSERT_EQUAL_FATAL(pac_qualifier_put(pac_object_property_qualifiers(base, "Id"), "key", &yes, 0x13),
                        PAC_RESULT_OK);
  add(base, "Size", pac_value_uint(PAC_CIM_UINT32, 1));
  return base;
}

static struct pac_object *derive(struct world *world, const char *parent, const char *name) {
  struct pac_object *derived = NULL;
  const struct pac_object *base = pac_shadow_class_find(&world->shadow, parent)->definition;
  CU_ASSERT_EQUAL_FATAL(pac_class_derive(&world->memory, base, name, &derived), PAC_RESULT_OK);
  return derived;
}

static struct pac_object *instance(struct world *world, const char *class_name, uint64_t id) {
  struct pac_object *made = NULL;
  const struct pac_object *of = pac_shadow_class_find(&world->shadow, class_name)->definition;
  CU_ASSERT_EQUAL_FATAL(pac_instance_new(&world->memory, of, &made), PAC_RESULT_OK);
  struct pac_value value = pac_value_uint(PAC_CIM_UINT32, id);
  CU_ASSERT_EQUAL_FATAL(pac_object_property_set(made, "Id", &value), PAC_RESULT_OK);
  return made;
}

static void store(struct world *world, const struct pac_object *object, enum pac_effect effect) {
  CU_ASSERT_EQUAL_FATAL(pac_shadow_apply(&world->shadow, object, effect, &world->shadow), PAC_RESULT_OK);
}

static struct pac_facts facts_of(struct world *world, const struct pac_object *object) {
  struct pac_facts facts;
  CU_ASSERT_EQUAL_FATAL(pac_shadow_facts(&world->shadow, object, &facts), PAC_RESULT_OK);
  return facts;
}

/* A copy of a stored class, to be changed and put again. */
static struct pac_object *again(struct world *world, const char *name) {
  struct pac_object *copy = NULL;
  CU_ASSERT_EQUAL_FATAL(
      pac_object_clone(&world->memory, pac_shadow_class_find(&world->shadow, name)->definition, &copy), PAC_RESULT_OK);
  return copy;
}

static void facts_follow_what_is_stored(void) {
  struct world world;
  world_init(&world);
  struct pac_object *base = base_class(&world);
  CU_ASSERT_FALSE(facts_of(&world, base).exists);
  store(&world, base, PAC_EFFECT_STORED);
  struct pac_facts facts = facts_of(&world, base);
  CU_ASSERT_TRUE(facts.exists);
  CU_ASSERT_EQUAL(facts.change, PAC_CHANGE_NONE);
  CU_ASSERT_FALSE(facts.has_children);
  store(&world, derive(&world, "Base", "Child"), PAC_EFFECT_STORED);
  struct pac_object *first = instance(&world, "Base", 1);
  CU_ASSERT_FALSE(facts_of(&world, first).exists);
  store(&world, first, PAC_EFFECT_STORED);
  CU_ASSERT_TRUE(facts_of(&world, instance(&world, "Base", 1)).exists);
  CU_ASSERT_FALSE(facts_of(&world, instance(&world, "Base", 2)).exists);
  CU_ASSERT_FALSE(facts_of(&world, instance(&world, "Child", 1)).exists);
  store(&world, instance(&world, "Child", 5), PAC_EFFECT_STORED);
  facts = facts_of(&world, base);
  CU_ASSERT_TRUE(facts.has_children);
  CU_ASSERT_TRUE(facts.has_instances);
  CU_ASSERT_TRUE(facts.children_have_instances);
  pac_arena_free(world.arena);
}

static void changes_are_classified(void) {
  struct world world;
  world_init(&world);
  store(&world, base_class(&world), PAC_EFFECT_STORED);
  struct pac_object *changed = again(&world, "Base");
  qualify(changed, "description", pac_value_string("text"), 0x3);
  CU_ASSERT_EQUAL(facts_of(&world, changed).change, PAC_CHANGE_UNIMPORTANT);
  struct pac_value text = pac_value_string("text");
  CU_ASSERT_EQUAL(pac_qualifier_put(pac_object_property_qualifiers(changed, "Size"), "Description", &text, 0x3),
                  PAC_RESULT_OK);
  CU_ASSERT_EQUAL(facts_of(&world, changed).change, PAC_CHANGE_UNIMPORTANT);
  qualify(changed, "Other", pac_value_string("text"), 0x3);
  CU_ASSERT_EQUAL(facts_of(&world, changed).change, PAC_CHANGE_CONTESTED);
  qualify(changed, "Dynamic", pac_value_boolean(true), 0x1);
  CU_ASSERT_EQUAL(facts_of(&world, changed).change, PAC_CHANGE_IMPORTANT);
  CU_ASSERT_FALSE(facts_of(&world, changed).changes_key);
  struct pac_value yes = pac_value_boolean(true);
  CU_ASSERT_EQUAL(pac_qualifier_put(pac_object_property_qualifiers(changed, "Size"), "key", &yes, 0x13),
                  PAC_RESULT_OK);
  CU_ASSERT_TRUE(facts_of(&world, changed).changes_key);
  pac_arena_free(world.arena);
}

static void conflicts_are_found_at_any_depth(void) {
  struct world world;
  world_init(&world);
  store(&world, base_class(&world), PAC_EFFECT_STORED);
  store(&world, derive(&world, "Base", "Child"), PAC_EFFECT_STORED);
  struct pac_object *grandchild = derive(&world, "Child", "Grandchild");
  qualify(grandchild, "Color", pac_value_string("green"), 0x3);
  add(grandchild, "Extra", pac_value_null(PAC_CIM_STRING, false));
  store(&world, grandchild, PAC_EFFECT_STORED);

  struct pac_object *same_color = again(&world, "Base");
  qualify(same_color, "Color", pac_value_string("green"), 0x3);
  CU_ASSERT_EQUAL(facts_of(&world, same_color).conflict, PAC_CONFLICT_NONE);
  struct pac_object *other_color = again(&world, "Base");
  qualify(other_color, "Color", pac_value_string("red"), 0x0);
  CU_ASSERT_EQUAL(facts_of(&world, other_color).conflict, PAC_CONFLICT_QUALIFIER);
  struct pac_object *same_type = again(&world, "Base");
  add(same_type, "Extra", pac_value_string("x"));
  CU_ASSERT_EQUAL(facts_of(&world, same_type).conflict, PAC_CONFLICT_NONE);
  struct pac_object *other_type = again(&world, "Base");
  add(other_type, "Extra", pac_value_sint(PAC_CIM_SINT8, 1));
  CU_ASSERT_EQUAL(facts_of(&world, other_type).conflict, PAC_CONFLICT_OTHER);
  struct pac_object *fixed = again(&world, "Base");
  qualify(fixed, "Color", pac_value_string("red"), 0x13);
  CU_ASSERT_EQUAL(facts_of(&world, fixed).conflict, PAC_CONFLICT_OTHER);
  pac_arena_free(world.arena);
}

static void derived_classes_and_instances_follow_an_update(void) {
  struct world world;
  world_init(&world);
  store(&world, base_class(&world), PAC_EFFECT_STORED);
  struct pac_object *child = derive(&world, "Base", "Child");
  qualify(child, "Color", pac_value_string("green"), 0x3);
  struct pac_value nine = pac_value_uint(PAC_CIM_UINT32, 9);
  CU_ASSERT_EQUAL(pac_object_property_set(child, "Size", &nine), PAC_RESULT_OK);
  store(&world, child, PAC_EFFECT_STORED);
  store(&world, derive(&world, "Child", "Grandchild"), PAC_EFFECT_STORED);
  store(&world, instance(&world, "Grandchild", 3), PAC_EFFECT_STORED);
  struct pac_shadow before = world.shadow;

  struct pac_object *updated = again(&world, "Base");
  add(updated, "Added", pac_value_sint(PAC_CIM_SINT32, 4));
  qualify(updated, "Color", pac_value_string("red"), 0x3);
  store(&world, updated, PAC_EFFECT_FORCED);
  const struct pac_object *new_child = pac_shadow_class_find(&world.shadow, "child")->definition;
  const struct pac_object *new_grandchild = pac_shadow_class_find(&world.shadow, "Grandchild")->definition;
  CU_ASSERT_PTR_NOT_NULL_FATAL(pac_object_property_find(new_grandchild, "Added"));
  CU_ASSERT_TRUE(pac_object_property_find(new_grandchild, "Added")->is_inherited);
  CU_ASSERT_EQUAL(pac_object_property_find(new_grandchild, "Size")->value.scalar.uint, 9);
  const struct pac_qualifier *color = pac_qualifier_find(pac_object_qualifiers_view(new_child), "Color");
  CU_ASSERT_PTR_NOT_NULL_FATAL(color);
  CU_ASSERT_STRING_EQUAL(color->value.scalar.text, "red");
  CU_ASSERT_TRUE((color->flavor & PAC_FLAVOR_INHERITED) != 0);
  CU_ASSERT_EQUAL_FATAL(world.shadow.instance_count, 1);
  CU_ASSERT_EQUAL(pac_object_property_find(world.shadow.instances[0], "Added")->value.scalar.sint, 4);
  /* the state before is as it was */
  CU_ASSERT_PTR_NULL(
      pac_object_property_find(pac_shadow_class_find(&before, "Grandchild")->definition, "Added"));
  CU_ASSERT_PTR_NULL(pac_object_property_find(before.instances[0], "Added"));
  pac_arena_free(world.arena);
}

static void instances_go_as_the_effect_says(void) {
  struct world world;
  world_init(&world);
  store(&world, base_class(&world), PAC_EFFECT_STORED);
  store(&world, derive(&world, "Base", "Child"), PAC_EFFECT_STORED);
  store(&world, instance(&world, "Base", 1), PAC_EFFECT_STORED);
  store(&world, instance(&world, "Base", 1), PAC_EFFECT_STORED);
  store(&world, instance(&world, "Child", 2), PAC_EFFECT_STORED);
  CU_ASSERT_EQUAL(world.shadow.instance_count, 2);
  struct pac_shadow after;
  CU_ASSERT_EQUAL(pac_shadow_apply(&world.shadow, again(&world, "Base"), PAC_EFFECT_FORCED_WITHOUT_INSTANCES, &after),
                  PAC_RESULT_OK);
  CU_ASSERT_EQUAL(after.instance_count, 1);
  CU_ASSERT_EQUAL(
      pac_shadow_apply(&world.shadow, again(&world, "Base"), PAC_EFFECT_FORCED_WITHOUT_DERIVED_INSTANCES, &after),
      PAC_RESULT_OK);
  CU_ASSERT_EQUAL(after.instance_count, 0);
  CU_ASSERT_EQUAL(pac_shadow_apply(&world.shadow, again(&world, "Base"), PAC_EFFECT_UNCHANGED, &after), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(after.instance_count, 2);
  pac_arena_free(world.arena);
}

static void a_class_that_cannot_be_predicted_is_loose(void) {
  struct world world;
  world_init(&world);
  store(&world, base_class(&world), PAC_EFFECT_STORED);
  struct pac_object *child = derive(&world, "Base", "Child");
  add(child, "Extra", pac_value_null(PAC_CIM_STRING, false));
  store(&world, child, PAC_EFFECT_STORED);
  struct pac_object *updated = again(&world, "Base");
  add(updated, "Extra", pac_value_sint(PAC_CIM_SINT8, 1));
  store(&world, updated, PAC_EFFECT_FORCED);
  CU_ASSERT_TRUE(pac_shadow_class_find(&world.shadow, "Child")->is_loose);
  CU_ASSERT_FALSE(pac_shadow_class_find(&world.shadow, "Base")->is_loose);
  pac_arena_free(world.arena);
}

static void a_provider_class_is_told_apart(void) {
  struct world world;
  world_init(&world);
  store(&world, base_class(&world), PAC_EFFECT_STORED);
  CU_ASSERT_EQUAL(pac_shadow_set_provider(&world.shadow, "base", true), PAC_RESULT_OK);
  CU_ASSERT_TRUE(facts_of(&world, again(&world, "Base")).is_provider);
  CU_ASSERT_EQUAL(pac_shadow_set_provider(&world.shadow, "Base", false), PAC_RESULT_OK);
  CU_ASSERT_FALSE(facts_of(&world, again(&world, "Base")).is_provider);
  pac_arena_free(world.arena);
}

/* More definitions than are kept, each asked for twice: with and without keeping they are the same. */
static void kept_definitions_are_those_that_would_be_computed(void) {
  struct world world;
  world_init(&world);
  struct pac_shadow plain = world.shadow;
  CU_ASSERT_EQUAL_FATAL(pac_shadow_keep_objects(&world.shadow), PAC_RESULT_OK);
  struct pac_object *parents[3];
  struct pac_object *classes[4];
  for (unsigned i = 0; i < 3; i++) {
    parents[i] = base_class(&world);
    add(parents[i], (const char *const[]){"A", "B", "C"}[i], pac_value_uint(PAC_CIM_UINT32, i));
  }
  for (unsigned i = 0; i < 4; i++) {
    CU_ASSERT_EQUAL_FATAL(pac_class_derive(&world.memory, parents[0], "Derived", &classes[i]), PAC_RESULT_OK);
    add(classes[i], "Own", pac_value_uint(PAC_CIM_UINT32, i));
  }
  for (unsigned i = 0; i < 2 * 12; i++) {
    const struct pac_object *kept = NULL;
    const struct pac_object *computed = NULL;
    const struct pac_object *class_object = classes[i % 4];
    const struct pac_object *parent = parents[i % 3];
    CU_ASSERT_EQUAL_FATAL(pac_shadow_define(&world.shadow, class_object, parent, &kept), PAC_RESULT_OK);
    CU_ASSERT_EQUAL_FATAL(pac_shadow_define(&plain, class_object, parent, &computed), PAC_RESULT_OK);
    CU_ASSERT_TRUE(pac_object_equal(kept, computed));
    CU_ASSERT_EQUAL_FATAL(pac_shadow_define(&world.shadow, class_object, parent, &computed), PAC_RESULT_OK);
    CU_ASSERT_PTR_EQUAL(kept, computed); /* it was kept */
  }
  pac_arena_free(world.arena);
}

static CU_TestInfo tests[] = {
    {"facts_follow_what_is_stored", facts_follow_what_is_stored},
    {"changes_are_classified", changes_are_classified},
    {"conflicts_are_found_at_any_depth", conflicts_are_found_at_any_depth},
    {"derived_classes_and_instances_follow_an_update", derived_classes_and_instances_follow_an_update},
    {"instances_go_as_the_effect_says", instances_go_as_the_effect_says},
    {"a_class_that_cannot_be_predicted_is_loose", a_class_that_cannot_be_predicted_is_loose},
    {"a_provider_class_is_told_apart", a_provider_class_is_told_apart},
    {"kept_definitions_are_those_that_would_be_computed", kept_definitions_are_those_that_would_be_computed},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("shadow", tests)
