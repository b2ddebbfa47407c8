/* SPDX-License-Identifier: Apache-2.0 */
/* Classes: declaring, deriving, defaults, the ancestry, limits, and what a failed allocation leaves. */
#include "object_fixture.h"

static void a_new_class_is_empty_and_may_be_unnamed(void) {
  struct pac_object *object = NULL;
  MUST(pac_class_new(NULL, NULL, &object));
  CU_ASSERT_EQUAL(pac_object_genus(object), PAC_GENUS_CLASS);
  CU_ASSERT_PTR_NULL(pac_object_class_name(object));
  CU_ASSERT_PTR_NULL(pac_object_superclass(object));
  CU_ASSERT_PTR_NULL(pac_class_parent(object));
  CU_ASSERT_PTR_NULL(pac_instance_class(object));
  CU_ASSERT_EQUAL(pac_object_property_count(object), 0);
  CU_ASSERT_FALSE(pac_object_is_a(object, "Base"));
  MUST(add_property(object, "P", pac_value_null(PAC_CIM_STRING, false)));
  CU_ASSERT_PTR_NULL(pac_object_property_find(object, "P")->origin);
  MUST(pac_object_set_class_name(object, "Base"));
  CU_ASSERT_TRUE(pac_object_is_a(object, "BASE"));
  CU_ASSERT_FALSE(pac_object_is_a(object, NULL));
  CU_ASSERT_STRING_EQUAL(pac_object_property_find(object, "P")->origin, "Base");
  REFUSES(INVALID_ARGUMENT, pac_object_set_class_name(object, "\xFF"));
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(object), "Base");
  pac_object_free(object);
  pac_object_free(NULL);
  REFUSES(INVALID_ARGUMENT, pac_class_new(NULL, "\xC0", &object));
}

static void a_declared_property_has_a_type_and_cimtype(void) {
  struct pac_object *base = base_class(NULL);
  const struct pac_property *name = pac_object_property_find(base, "NAME");
  CU_ASSERT_PTR_NOT_NULL_FATAL(name);
  CU_ASSERT_STRING_EQUAL(name->name, "Name");
  CU_ASSERT_STRING_EQUAL(name->value.scalar.text, "none");
  CU_ASSERT_STRING_EQUAL(name->origin, "Base");
  CU_ASSERT_FALSE(name->is_inherited);
  CU_ASSERT_FALSE(name->is_default);
  const struct pac_qualifier *type =
      pac_qualifier_find(pac_object_property_qualifiers_view(base, "Sizes"), "cimtype");
  CU_ASSERT_PTR_NOT_NULL_FATAL(type);
  CU_ASSERT_STRING_EQUAL(type->value.scalar.text, "uint8");
  CU_ASSERT_EQUAL(type->flavor, FLAVOR_BOTH);
  MUST(add_property(base, "Link", pac_value_null(PAC_CIM_REFERENCE, false)));
  type = pac_qualifier_find(pac_object_property_qualifiers_view(base, "Link"), "CIMTYPE");
  CU_ASSERT_STRING_EQUAL(type->value.scalar.text, "ref");
  CU_ASSERT_STRING_EQUAL(pac_object_property_at(base, 4)->name, "Link");
  CU_ASSERT_PTR_NULL(pac_object_property_at(base, 5));
  CU_ASSERT_PTR_NULL(pac_object_property_find(base, "Absent"));
  CU_ASSERT_PTR_NULL(pac_object_property_find(base, NULL));
  pac_object_free(base);
}

static void what_cannot_be_declared_is_refused(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *copy = NULL;
  struct pac_object *instance = NULL;
  MUST(pac_object_clone(NULL, base, &copy));
  MUST(pac_instance_new(NULL, base, &instance));
  struct pac_value one = pac_value_sint(PAC_CIM_SINT32, 1);
  REFUSES(EXISTS, pac_class_property_add(base, "NAME", &one));
  REFUSES(INVALID_ARGUMENT, pac_class_property_add(base, "", &one));
  REFUSES(INVALID_ARGUMENT, pac_class_property_add(base, NULL, &one));
  REFUSES(INVALID_ARGUMENT, pac_class_property_add(base, "\xFF", &one));
  REFUSES(INVALID_ARGUMENT, pac_class_property_add(base, "New", NULL));
  REFUSES(INVALID_ARGUMENT, pac_class_property_add(instance, "New", &one));
  REFUSES(INVALID_ARGUMENT, add_property(base, "New", pac_value_null(PAC_CIM_NONE, false)));
  REFUSES(TYPE_MISMATCH, add_property(base, "New", pac_value_uint(PAC_CIM_UINT8, 256)));
  REFUSES(NOT_FOUND, pac_class_property_retype(base, "New", &one));
  REFUSES(INVALID_ARGUMENT, pac_class_property_retype(base, NULL, &one));
  REFUSES(INVALID_ARGUMENT, pac_class_property_retype(instance, "Name", &one));
  REFUSES(NOT_FOUND, pac_class_property_remove(base, "New"));
  REFUSES(INVALID_ARGUMENT, pac_class_property_remove(base, NULL));
  REFUSES(INVALID_ARGUMENT, pac_class_property_remove(instance, "Name"));
  REFUSES(NOT_FOUND, pac_object_property_set(base, "New", &one));
  REFUSES(TYPE_MISMATCH, pac_object_property_set(base, "Name", &one));
  REFUSES(TYPE_MISMATCH, set_property(base, "Name", pac_value_null(PAC_CIM_STRING, true)));
  REFUSES(INVALID_ARGUMENT, pac_object_property_set(base, NULL, &one));
  REFUSES(INVALID_ARGUMENT, pac_object_property_reset(base, NULL));
  REFUSES(NOT_FOUND, pac_object_property_reset(base, "New"));
  REFUSES(INVALID_ARGUMENT, pac_class_set_superclass(instance, "Other"));
  CU_ASSERT_TRUE(same_objects(base, copy));
  pac_object_free(instance);
  pac_object_free(copy);
  pac_object_free(base);
}

static void a_derived_class_shows_what_it_inherits(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *child = NULL;
  struct pac_object *grandchild = NULL;
  MUST(pac_object_set_origin(base, "host", "root\\ns"));
  MUST(pac_class_derive(NULL, base, "Child", &child));
  pac_object_free(base);
  MUST(add_property(child, "Own", pac_value_boolean(true)));
  MUST(pac_class_derive(NULL, child, "Grandchild", &grandchild));
  CU_ASSERT_STRING_EQUAL(pac_object_superclass(grandchild), "Child");
  CU_ASSERT_EQUAL(pac_object_ancestor_count(grandchild), 2);
  CU_ASSERT_STRING_EQUAL(pac_object_ancestor_at(grandchild, 0), "Child");
  CU_ASSERT_STRING_EQUAL(pac_object_ancestor_at(grandchild, 1), "Base");
  CU_ASSERT_PTR_NULL(pac_object_ancestor_at(grandchild, 2));
  CU_ASSERT_TRUE(pac_object_is_a(grandchild, "base"));
  CU_ASSERT_FALSE(pac_object_is_a(grandchild, "Other"));
  CU_ASSERT_STRING_EQUAL(pac_object_namespace(grandchild), "root\\ns");
  CU_ASSERT_STRING_EQUAL(pac_object_server(grandchild), "host");
  CU_ASSERT_EQUAL(pac_object_property_count(grandchild), 5);
  const struct pac_property *name = pac_object_property_at(grandchild, 1);
  CU_ASSERT_STRING_EQUAL(name->name, "Name");
  CU_ASSERT_STRING_EQUAL(name->origin, "Base");
  CU_ASSERT_TRUE(name->is_inherited);
  CU_ASSERT_TRUE(name->is_default);
  CU_ASSERT_STRING_EQUAL(name->value.scalar.text, "none");
  CU_ASSERT_STRING_EQUAL(pac_object_property_at(grandchild, 4)->origin, "Child");
  CU_ASSERT_FALSE(pac_object_property_find(child, "Own")->is_inherited);
  /* The parent is carried complete, but for its own parent and where it was read. */
  const struct pac_object *parent = pac_class_parent(grandchild);
  CU_ASSERT_PTR_NOT_NULL_FATAL(parent);
  CU_ASSERT_TRUE(pac_object_compare(parent, child, PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_ORIGIN, NULL, 0));
  CU_ASSERT_PTR_NULL(pac_class_parent(parent));
  CU_ASSERT_PTR_NULL(pac_object_namespace(parent));
  pac_object_free(grandchild);
  pac_object_free(child);
}

static void only_a_named_class_can_be_derived_from(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *instance = NULL;
  struct pac_object *unnamed = NULL;
  struct pac_object *child = NULL;
  MUST(pac_instance_new(NULL, base, &instance));
  MUST(pac_class_new(NULL, NULL, &unnamed));
  REFUSES(INVALID_ARGUMENT, pac_class_derive(NULL, instance, "Child", &child));
  REFUSES(INVALID_ARGUMENT, pac_class_derive(NULL, unnamed, "Child", &child));
  REFUSES(INVALID_ARGUMENT, pac_class_derive(NULL, base, "\xFF", &child));
  CU_ASSERT_PTR_NULL(child);
  MUST(pac_class_derive(NULL, base, NULL, &child));
  CU_ASSERT_PTR_NULL(pac_object_class_name(child));
  pac_object_free(child);
  pac_object_free(unnamed);
  pac_object_free(instance);
  pac_object_free(base);
}

static void an_inherited_default_can_be_replaced_and_taken_back(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *child = NULL;
  struct pac_object *copy = NULL;
  MUST(pac_class_derive(NULL, base, "Child", &child));
  MUST(pac_object_clone(NULL, child, &copy));
  MUST(set_property(child, "Name", pac_value_string("some")));
  CU_ASSERT_FALSE(pac_object_property_find(child, "Name")->is_default);
  CU_ASSERT_TRUE(pac_object_property_find(child, "Name")->is_inherited);
  MUST(pac_object_property_reset(child, "Name"));
  CU_ASSERT_TRUE(same_objects(child, copy));
  REFUSES(READ_ONLY, pac_class_property_remove(child, "Name"));
  REFUSES(EXISTS, add_property(child, "name", pac_value_string("")));
  MUST(pac_object_property_reset(base, "Name"));
  CU_ASSERT_TRUE(pac_object_property_find(base, "Name")->value.is_null);
  CU_ASSERT_FALSE(pac_object_property_find(base, "Name")->is_default);
  MUST(pac_class_property_remove(base, "Name"));
  CU_ASSERT_PTR_NULL(pac_object_property_find(base, "Name"));
  CU_ASSERT_STRING_EQUAL(pac_object_property_at(base, 1)->name, "Sizes");
  pac_object_free(copy);
  pac_object_free(child);
  pac_object_free(base);
}

static void a_property_can_be_given_another_type(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *child = NULL;
  MUST(pac_class_derive(NULL, base, "Child", &child));
  struct pac_value number = pac_value_uint(PAC_CIM_UINT16, 7);
  MUST(pac_class_property_retype(child, "name", &number));
  const struct pac_property *name = pac_object_property_find(child, "Name");
  CU_ASSERT_TRUE(pac_value_equal(&name->value, &number));
  CU_ASSERT_TRUE(name->is_inherited);
  CU_ASSERT_FALSE(name->is_default);
  const struct pac_qualifier *type = pac_qualifier_find(pac_object_property_qualifiers_view(child, "Name"), "CIMTYPE");
  CU_ASSERT_STRING_EQUAL(type->value.scalar.text, "uint16");
  CU_ASSERT_EQUAL(type->flavor, FLAVOR_BOTH);
  MUST(pac_object_property_reset(child, "Name"));
  CU_ASSERT_EQUAL(pac_object_property_find(child, "Name")->value.type, PAC_CIM_UINT16);
  CU_ASSERT_TRUE(pac_object_property_find(child, "Name")->value.is_null);
  pac_object_free(child);
  pac_object_free(base);
}

static void the_parent_can_be_set_by_hand(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *in = signature(NULL, "X");
  struct pac_object *child = NULL;
  MUST(pac_class_method_put(base, "Start", in, NULL));
  MUST(pac_class_set_superclass(base, "Base"));
  CU_ASSERT_STRING_EQUAL(pac_object_superclass(base), "Base");
  CU_ASSERT_EQUAL(pac_object_ancestor_count(base), 1);
  CU_ASSERT_FALSE(pac_object_property_at(base, 0)->is_inherited);
  CU_ASSERT_FALSE(pac_object_method_at(base, 0)->is_inherited);
  MUST(pac_class_derive(NULL, base, "Child", &child));
  MUST(pac_class_set_superclass(child, "Unknown"));
  CU_ASSERT_PTR_NULL(pac_class_parent(child));
  CU_ASSERT_STRING_EQUAL(pac_object_ancestor_at(child, 0), "Unknown");
  CU_ASSERT_STRING_EQUAL(pac_object_ancestor_at(child, 1), "Base");
  CU_ASSERT_STRING_EQUAL(pac_object_property_at(child, 0)->origin, "Unknown");
  CU_ASSERT_TRUE(pac_object_property_at(child, 0)->is_inherited);
  MUST(pac_object_property_reset(child, "Name"));
  CU_ASSERT_TRUE(pac_object_property_find(child, "Name")->value.is_null);
  MUST(pac_class_set_superclass(child, NULL));
  CU_ASSERT_PTR_NULL(pac_object_superclass(child));
  CU_ASSERT_EQUAL(pac_object_ancestor_count(child), 0);
  CU_ASSERT_FALSE(pac_object_property_at(child, 0)->is_inherited);
  CU_ASSERT_FALSE(pac_object_method_at(child, 0)->is_inherited);
  CU_ASSERT_STRING_EQUAL(pac_object_property_at(child, 0)->origin, "Child");
  CU_ASSERT_EQUAL(pac_qualifier_find(pac_object_qualifiers_view(child), "Description")->flavor & PAC_FLAVOR_INHERITED,
                  0);
  MUST(pac_qualifier_remove(pac_object_property_qualifiers(child, "Id"), "key"));
  REFUSES(INVALID_ARGUMENT, pac_class_set_superclass(child, "\xFF"));
  pac_object_free(child);
  pac_object_free(in);
  pac_object_free(base);
}

static void limits_hold(void) {
  struct pac_object *object = NULL;
  char *name = malloc(PAC_NAME_OCTETS_MAX + 2u);
  CU_ASSERT_PTR_NOT_NULL_FATAL(name);
  memset(name, 'n', PAC_NAME_OCTETS_MAX + 1u);
  name[PAC_NAME_OCTETS_MAX + 1u] = '\0';
  MUST(pac_class_new(NULL, "Wide", &object));
  REFUSES(LIMIT, add_property(object, name, pac_value_boolean(true)));
  REFUSES(LIMIT, pac_object_set_class_name(object, name));
  REFUSES(LIMIT, pac_object_set_origin(object, "host", name));
  CU_ASSERT_PTR_NULL(pac_object_server(object));
  name[PAC_NAME_OCTETS_MAX] = '\0';
  MUST(pac_object_set_class_name(object, name));
  free(name);
  for (unsigned i = 0; i < PAC_OBJECT_PROPERTIES_MAX; i++) {
    char short_name[16];
    snprintf(short_name, sizeof short_name, "P%u", i);
    CU_ASSERT_EQUAL_FATAL(add_property(object, short_name, pac_value_uint(PAC_CIM_UINT32, i)), PAC_RESULT_OK);
  }
  REFUSES(LIMIT, add_property(object, "OneMore", pac_value_boolean(true)));
  CU_ASSERT_EQUAL(pac_object_property_find(object, "p40000")->value.scalar.uint, 40000);
  struct pac_object *copy = NULL;
  MUST(pac_object_clone(NULL, object, &copy));
  CU_ASSERT_TRUE(same_objects(copy, object));
  pac_object_free(copy);
  pac_object_free(object);
}

static void ancestry_has_a_limit(void) {
  struct pac_object *object = NULL;
  MUST(pac_class_new(NULL, "C", &object));
  for (unsigned i = 0; i < PAC_OBJECT_ANCESTORS_MAX; i++) {
    struct pac_object *child = NULL;
    CU_ASSERT_EQUAL_FATAL(pac_class_derive(NULL, object, "C", &child), PAC_RESULT_OK);
    pac_object_free(object);
    object = child;
  }
  struct pac_object *child = NULL;
  REFUSES(LIMIT, pac_class_derive(NULL, object, "C", &child));
  CU_ASSERT_EQUAL(pac_object_ancestor_count(object), PAC_OBJECT_ANCESTORS_MAX);
  pac_object_free(object);
}

static enum pac_result change_add(struct pac_object *object) {
  return add_property(object, "Added", pac_value_string("a default"));
}

static enum pac_result change_retype(struct pac_object *object) {
  return pac_class_property_retype(object, "Name", &(struct pac_value){.type = PAC_CIM_BOOLEAN, .is_null = true});
}

static enum pac_result change_set(struct pac_object *object) {
  return set_property(object, "Name", pac_value_string("another default"));
}

static enum pac_result change_name(struct pac_object *object) {
  return pac_object_set_class_name(object, "Renamed");
}

static enum pac_result change_superclass(struct pac_object *object) {
  return pac_class_set_superclass(object, "Renamed");
}

static enum pac_result change_origin(struct pac_object *object) {
  return pac_object_set_origin(object, "host", "root");
}

static void a_failed_change_leaves_the_class_as_it_was(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *child = NULL;
  MUST(pac_class_derive(NULL, base, "Child", &child));
  const struct pac_object *starts[] = {base, child};
  for (size_t i = 0; i < 2; i++) {
    sweep_change(starts[i], change_add);
    sweep_change(starts[i], change_retype);
    sweep_change(starts[i], change_set);
    sweep_change(starts[i], change_name);
    sweep_change(starts[i], change_superclass);
    sweep_change(starts[i], change_origin);
  }
  pac_object_free(child);
  pac_object_free(base);
}

/* Makes one object from `from` with each request failing in turn. `from` is embedded, so that its size is no hint. */
static void sweep_make(const struct pac_object *from, int way) {
  for (unsigned long nth = 1; nth < 200; nth++) {
    struct unit_memory memory;
    struct pac_object *made = NULL;
    enum pac_result result = PAC_RESULT_OK;
    unit_memory_init(&memory, nth);
    switch (way) {
      case 0:
        result = pac_object_clone(&memory.source, from, &made);
        break;
      case 1:
        result = pac_class_derive(&memory.source, from, "Derived", &made);
        break;
      default:
        result = pac_instance_new(&memory.source, from, &made);
        break;
    }
    bool failed = memory.requests >= nth;
    CU_ASSERT_EQUAL(result, failed ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK);
    CU_ASSERT_EQUAL(made == NULL, failed);
    pac_object_free(made);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
    if (!failed) {
      CU_ASSERT_TRUE(nth > 2);
      return;
    }
  }
  CU_FAIL("the sweep does not end");
}

static void a_failed_making_leaks_nothing(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *holder = NULL;
  struct pac_object *child = NULL;
  struct pac_object *in = signature(NULL, "X");
  MUST(pac_class_method_put(base, "Start", in, in));
  MUST(pac_object_set_origin(base, "host", "root"));
  char text[4000];
  memset(text, 'x', sizeof text);
  text[sizeof text - 1] = '\0';
  MUST(add_property(base, "Long", pac_value_string(text)));
  MUST(pac_class_derive(NULL, base, "Child", &child));
  MUST(set_property(child, "Name", pac_value_string("own")));
  MUST(pac_class_method_put(child, "Stop", NULL, in));
  MUST(pac_class_new(NULL, "Holder", &holder));
  MUST(add_property(holder, "Held", pac_value_object(child)));
  const struct pac_object *held = pac_object_property_at(holder, 0)->value.scalar.object;
  CU_ASSERT_TRUE(same_objects(held, child));
  for (int way = 0; way < 3; way++) {
    sweep_make(held, way);
  }
  pac_object_free(holder);
  pac_object_free(child);
  pac_object_free(in);
  pac_object_free(base);
}

static void a_small_object_is_one_request(void) {
  struct unit_memory memory;
  struct pac_object *base = NULL;
  struct pac_object *made[3] = {NULL};
  unit_memory_init(&memory, 0);
  MUST(pac_class_new(&memory.source, "Small", &base));
  MUST(add_property(base, "Id", pac_value_uint(PAC_CIM_UINT32, 1)));
  MUST(add_property(base, "Name", pac_value_string("x")));
  CU_ASSERT_EQUAL(memory.requests, 1);
  MUST(pac_instance_new(&memory.source, base, &made[0]));
  CU_ASSERT_EQUAL(memory.requests, 2);
  MUST(pac_object_clone(&memory.source, made[0], &made[1]));
  CU_ASSERT_EQUAL(memory.requests, 3);
  MUST(pac_class_derive(&memory.source, base, "Derived", &made[2]));
  CU_ASSERT_EQUAL(memory.requests, 4);
  for (size_t i = 0; i < 3; i++) {
    pac_object_free(made[i]);
  }
  pac_object_free(base);
  CU_ASSERT_EQUAL(memory.outstanding, 0);
}

static CU_TestInfo tests[] = {
    {"a_new_class_is_empty_and_may_be_unnamed", a_new_class_is_empty_and_may_be_unnamed},
    {"a_declared_property_has_a_type_and_cimtype", a_declared_property_has_a_type_and_cimtype},
    {"what_cannot_be_declared_is_refused", what_cannot_be_declared_is_refused},
    {"a_derived_class_shows_what_it_inherits", a_derived_class_shows_what_it_inherits},
    {"only_a_named_class_can_be_derived_from", only_a_named_class_can_be_derived_from},
    {"an_inherited_default_can_be_replaced_and_taken_back", an_inherited_default_can_be_replaced_and_taken_back},
    {"a_property_can_be_given_another_type", a_property_can_be_given_another_type},
    {"the_parent_can_be_set_by_hand", the_parent_can_be_set_by_hand},
    {"limits_hold", limits_hold},
    {"ancestry_has_a_limit", ancestry_has_a_limit},
    {"a_failed_change_leaves_the_class_as_it_was", a_failed_change_leaves_the_class_as_it_was},
    {"a_failed_making_leaks_nothing", a_failed_making_leaks_nothing},
    {"a_small_object_is_one_request", a_small_object_is_one_request},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("class", tests)
