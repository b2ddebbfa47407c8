/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing objects: each difference is found, named, and ignored when asked; and the MOF that reports show. */
#include "object_fixture.h"

/* class Child : Base with a property, a method and qualifiers of its own. */
static struct pac_object *child_class(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *in = signature(NULL, "Count");
  struct pac_object *out = signature(NULL, "ReturnValue");
  struct pac_object *child = NULL;
  MUST(add_property(out, "Total", pac_value_null(PAC_CIM_UINT8, true)));
  MUST(pac_class_method_put(base, "Start", in, NULL));
  MUST(pac_class_derive(NULL, base, "Child", &child));
  MUST(add_property(child, "Link", pac_value_null(PAC_CIM_REFERENCE, false)));
  MUST(pac_class_method_put(child, "Stop", in, out));
  MUST(pac_object_set_origin(child, "host", "root\\ns"));
  pac_object_free(out);
  pac_object_free(in);
  pac_object_free(base);
  return child;
}

/* One change to a class, what it makes the comparison say, and the bits that ignore it. */
struct difference {
  enum pac_result (*change)(struct pac_object *object);
  const char *expected;
  unsigned ignored_by;
};

static enum pac_result rename_class(struct pac_object *object) {
  return pac_object_set_class_name(object, "Other");
}

static enum pac_result respell_class(struct pac_object *object) {
  return pac_object_set_class_name(object, "CHILD");
}

static enum pac_result unname_class(struct pac_object *object) {
  return pac_object_set_class_name(object, NULL);
}

static enum pac_result change_superclass(struct pac_object *object) {
  return pac_class_set_superclass(object, "Stranger");
}

static enum pac_result lose_parent(struct pac_object *object) {
  return pac_class_set_superclass(object, "Base");
}

static enum pac_result move(struct pac_object *object) {
  return pac_object_set_origin(object, "host", "root\\other");
}

static enum pac_result add(struct pac_object *object) {
  return add_property(object, "More", pac_value_boolean(true));
}

static enum pac_result take_away(struct pac_object *object) {
  return pac_class_property_remove(object, "Link");
}

static enum pac_result swap_for_another(struct pac_object *object) {
  PAC_TRY(pac_class_property_remove(object, "Link"));
  return add_property(object, "More", pac_value_null(PAC_CIM_REFERENCE, false));
}

static enum pac_result respell_property(struct pac_object *object) {
  PAC_TRY(pac_class_property_remove(object, "Link"));
  return add_property(object, "LINK", pac_value_null(PAC_CIM_REFERENCE, false));
}

static enum pac_result set_default(struct pac_object *object) {
  return set_property(object, "Name", pac_value_string("some"));
}

static enum pac_result set_the_same_default(struct pac_object *object) {
  return set_property(object, "Name", pac_value_string("none"));
}

static enum pac_result retype(struct pac_object *object) {
  return pac_class_property_retype(object, "Name", &(struct pac_value){.type = PAC_CIM_UINT8, .is_array = true});
}

static enum pac_result add_qualifier(struct pac_object *object) {
  return put_qualifier(pac_object_property_qualifiers(object, "Id"), "read", pac_value_boolean(true), 0);
}

static enum pac_result change_qualifier(struct pac_object *object) {
  return put_qualifier(pac_object_qualifiers(object), "Description", pac_value_string("other"),
                       FLAVOR_BOTH | PAC_FLAVOR_AMENDED);
}

static enum pac_result change_flavor(struct pac_object *object) {
  return put_qualifier(pac_object_property_qualifiers(object, "Id"), "key", pac_value_boolean(true), FLAVOR_BOTH);
}

static enum pac_result remove_method(struct pac_object *object) {
  return pac_class_method_remove(object, "Stop");
}

static enum pac_result redeclare_method(struct pac_object *object) {
  const struct pac_method *start = pac_object_method_find(object, "Start");
  return pac_class_method_put(object, "Start", start->in, start->out);
}

static enum pac_result drop_signature(struct pac_object *object) {
  const struct pac_method *stop = pac_object_method_find(object, "Stop");
  return pac_class_method_put(object, "Stop", NULL, stop->out);
}

static enum pac_result change_signature(struct pac_object *object) {
  const struct pac_method *stop = pac_object_method_find(object, "Stop");
  struct pac_object *out = NULL;
  PAC_TRY(pac_object_clone(NULL, stop->out, &out));
  PAC_TRY(set_property(out, "ReturnValue", pac_value_sint(PAC_CIM_SINT32, 1)));
  enum pac_result result = pac_class_method_put(object, "Stop", stop->in, out);
  pac_object_free(out);
  return result;
}

static enum pac_result qualify_method(struct pac_object *object) {
  return put_qualifier(pac_object_method_qualifiers(object, "Stop"), "static", pac_value_boolean(true), 0);
}

static const struct difference differences[] = {
    {rename_class, "class name: Child instead of Other", 0},
    {respell_class, "class name: Child instead of CHILD", PAC_COMPARE_IGNORE_SPELLING},
    {unname_class, "class name: Child instead of none", 0},
    {change_superclass, "superclass: Base instead of Stranger", 0},
    {lose_parent, "parent definition: there instead of absent", PAC_COMPARE_IGNORE_DEFINITION},
    {move, "namespace: root\\ns instead of root\\other", PAC_COMPARE_IGNORE_ORIGIN},
    {add, "property More: absent instead of there", 0},
    {take_away, "property Link: there instead of absent", 0},
    {swap_for_another, "property: Link instead of More", 0},
    {respell_property, "property: Link instead of LINK", PAC_COMPARE_IGNORE_SPELLING},
    {set_default, "property Name: \"none\" instead of \"some\"", 0},
    {set_the_same_default, "property Name: a default instead of a value set here", PAC_COMPARE_IGNORE_DEFAULTS},
    {retype, "property Name: string instead of uint8[]", 0},
    {add_qualifier, "property Id, qualifier read: absent instead of there", PAC_COMPARE_IGNORE_QUALIFIERS},
    {change_qualifier, "qualifier Description: \"a base\" instead of \"other\"", PAC_COMPARE_IGNORE_QUALIFIERS},
    {change_flavor, "property Id, qualifier key, flavor: 35 instead of 3", PAC_COMPARE_IGNORE_QUALIFIERS},
    {remove_method, "method Stop: there instead of absent", 0},
    {redeclare_method, "method Start: inherited instead of declared here", 0},
    {drop_signature, "method Stop, input: there instead of absent", 0},
    {change_signature, "method Stop, output, property ReturnValue: NULL instead of 1", 0},
    {qualify_method, "method Stop, qualifier static: absent instead of there", PAC_COMPARE_IGNORE_QUALIFIERS},
};

static const unsigned single_bits[] = {
    PAC_COMPARE_IGNORE_ORIGIN, PAC_COMPARE_IGNORE_QUALIFIERS,  PAC_COMPARE_IGNORE_DEFAULTS,
    PAC_COMPARE_IGNORE_ORDER,  PAC_COMPARE_IGNORE_DEFINITION, PAC_COMPARE_IGNORE_SPELLING,
};

static void each_difference_is_named_and_ignored_by_its_bit_alone(void) {
  struct pac_object *child = child_class();
  for (size_t i = 0; i < sizeof differences / sizeof differences[0]; i++) {
    const struct difference *row = &differences[i];
    struct pac_object *changed = NULL;
    char text[256];
    MUST(pac_object_clone(NULL, child, &changed));
    CU_ASSERT_TRUE(same_objects(child, changed));
    MUST(row->change(changed));
    CU_ASSERT_FALSE(pac_object_compare(child, changed, PAC_COMPARE_ALL, text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, row->expected);
    if (strcmp(text, row->expected) != 0) {
      printf("  %s\n", text);
    }
    CU_ASSERT_FALSE(pac_object_compare(changed, child, PAC_COMPARE_ALL, NULL, 0));
    for (size_t b = 0; b < sizeof single_bits / sizeof single_bits[0]; b++) {
      CU_ASSERT_EQUAL(pac_object_compare(child, changed, single_bits[b], text, sizeof text),
                      row->ignored_by == single_bits[b]);
    }
    pac_object_free(changed);
  }
  pac_object_free(child);
}

static void order_is_ignored_when_asked(void) {
  struct pac_object *left = NULL;
  struct pac_object *right = NULL;
  MUST(pac_class_new(NULL, "C", &left));
  MUST(pac_class_new(NULL, "C", &right));
  static const char *const names[] = {"A", "B", "C"};
  for (size_t i = 0; i < 3; i++) {
    MUST(add_property(left, names[i], pac_value_boolean(true)));
    MUST(add_property(right, names[2 - i], pac_value_boolean(true)));
    MUST(put_qualifier(pac_object_qualifiers(left), names[i], pac_value_boolean(true), 0));
    MUST(put_qualifier(pac_object_qualifiers(right), names[2 - i], pac_value_boolean(true), 0));
    MUST(pac_class_method_put(left, names[i], NULL, NULL));
    MUST(pac_class_method_put(right, names[2 - i], NULL, NULL));
  }
  CU_ASSERT_FALSE(pac_object_equal(left, right));
  CU_ASSERT_TRUE(pac_object_compare(left, right, PAC_COMPARE_IGNORE_ORDER, NULL, 0));
  MUST(set_property(right, "B", pac_value_boolean(false)));
  CU_ASSERT_FALSE(pac_object_compare(left, right, PAC_COMPARE_IGNORE_ORDER, NULL, 0));
  MUST(set_property(right, "B", pac_value_boolean(true)));
  MUST(pac_class_property_remove(right, "B"));
  MUST(add_property(right, "D", pac_value_boolean(true)));
  char text[64];
  CU_ASSERT_FALSE(pac_object_compare(left, right, PAC_COMPARE_IGNORE_ORDER, text, sizeof text));
  CU_ASSERT_STRING_EQUAL(text, "property B: there instead of absent");
  pac_object_free(right);
  pac_object_free(left);
}

/* Three classes, one below the other; the child of the lowest is given. */
static struct pac_object *derived_from(const char *top_name) {
  struct pac_object *top = NULL;
  struct pac_object *middle = NULL;
  struct pac_object *child = NULL;
  MUST(pac_class_new(NULL, top_name, &top));
  MUST(pac_class_derive(NULL, top, "Middle", &middle));
  MUST(pac_class_derive(NULL, middle, "Child", &child));
  pac_object_free(top);
  pac_object_free(middle);
  return child;
}

static void ancestors_above_the_parent_count(void) {
  struct pac_object *left = derived_from("Top");
  struct pac_object *right = derived_from("Other");
  struct pac_object *respelt = derived_from("TOP");
  char text[256];
  CU_ASSERT_FALSE(pac_object_compare(left, right, PAC_COMPARE_IGNORE_DEFINITION, text, sizeof text));
  CU_ASSERT_STRING_EQUAL(text, "ancestor: Top instead of Other");
  CU_ASSERT_FALSE(pac_object_compare(left, respelt, PAC_COMPARE_IGNORE_DEFINITION, NULL, 0));
  CU_ASSERT_TRUE(pac_object_compare(left, respelt, PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_SPELLING, NULL, 0));
  pac_object_free(left);
  pac_object_free(right);
  pac_object_free(respelt);
}

/* As many objects as the class's default has are not the class's default. */
static void objects_beside_those_of_the_class_count(void) {
  struct pac_object *class_object = NULL;
  struct pac_object *one = NULL;
  struct pac_object *other = NULL;
  struct pac_object *left = NULL;
  struct pac_object *right = NULL;
  char text[256];
  MUST(pac_class_new(NULL, "One", &one));
  MUST(pac_class_new(NULL, "Other", &other));
  MUST(pac_class_new(NULL, "Holder", &class_object));
  const union pac_scalar ones[] = {{.object = one}, {.object = one}};
  const union pac_scalar others[] = {{.object = one}, {.object = other}};
  MUST(add_property(class_object, "List", pac_value_array(PAC_CIM_OBJECT, ones, 2)));
  MUST(pac_instance_new(NULL, class_object, &left));
  MUST(pac_instance_new(NULL, class_object, &right));
  CU_ASSERT_TRUE(same_objects(left, right));
  MUST(set_property(right, "List", pac_value_array(PAC_CIM_OBJECT, others, 2)));
  CU_ASSERT_FALSE(pac_object_compare(left, right, PAC_COMPARE_IGNORE_DEFAULTS, text, sizeof text));
  CU_ASSERT_EQUAL(strncmp(text, "property List: ", 15), 0);
  MUST(set_property(right, "List", pac_value_array(PAC_CIM_OBJECT, ones, 2)));
  CU_ASSERT_TRUE(pac_object_compare(left, right, PAC_COMPARE_IGNORE_DEFAULTS, text, sizeof text));
  pac_object_free(left);
  pac_object_free(right);
  pac_object_free(class_object);
  pac_object_free(one);
  pac_object_free(other);
}

static void nulls_and_kinds_differ(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *instance = NULL;
  char text[64];
  MUST(pac_instance_new(NULL, base, &instance));
  CU_ASSERT_TRUE(pac_object_equal(NULL, NULL));
  CU_ASSERT_FALSE(pac_object_equal(base, NULL));
  CU_ASSERT_FALSE(pac_object_equal(NULL, base));
  CU_ASSERT_FALSE(pac_object_compare(base, instance, PAC_COMPARE_ALL, text, sizeof text));
  CU_ASSERT_STRING_EQUAL(text, "a class instead of an instance");
  CU_ASSERT_FALSE(pac_object_compare(base, instance, PAC_COMPARE_ALL, text, 5));
  CU_ASSERT_STRING_EQUAL(text, "a cl");
  CU_ASSERT_TRUE(pac_object_compare(base, base, PAC_COMPARE_ALL, text, sizeof text));
  CU_ASSERT_STRING_EQUAL(text, "");
  pac_object_free(instance);
  pac_object_free(base);
}

static void instances_compare_by_value_class_and_parts(void) {
  struct pac_object *base = base_class(NULL);
  struct pac_object *left = NULL;
  struct pac_object *right = NULL;
  char text[128];
  MUST(pac_instance_new(NULL, base, &left));
  MUST(set_property(base, "Name", pac_value_string("other default")));
  MUST(pac_instance_new(NULL, base, &right));
  CU_ASSERT_FALSE(pac_object_compare(left, right, PAC_COMPARE_ALL, text, sizeof text));
  CU_ASSERT_STRING_EQUAL(text, "class definition, property Name: \"none\" instead of \"other default\"");
  MUST(set_property(right, "Name", pac_value_string("none")));
  CU_ASSERT_FALSE(pac_object_compare(left, right, PAC_COMPARE_IGNORE_DEFINITION, NULL, 0));
  CU_ASSERT_TRUE(pac_object_compare(left, right, PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_DEFAULTS, NULL, 0));
  /* What is ignored outside is ignored inside. */
  struct pac_object *outer_left = NULL;
  struct pac_object *outer_right = NULL;
  MUST(pac_instance_new(NULL, base, &outer_left));
  MUST(pac_instance_new(NULL, base, &outer_right));
  MUST(set_property(outer_left, "Part", pac_value_object(left)));
  MUST(set_property(outer_right, "Part", pac_value_object(right)));
  CU_ASSERT_FALSE(pac_object_equal(outer_left, outer_right));
  CU_ASSERT_TRUE(pac_object_compare(outer_left, outer_right,
                                    PAC_COMPARE_IGNORE_DEFINITION | PAC_COMPARE_IGNORE_DEFAULTS, NULL, 0));
  pac_object_free(outer_right);
  pac_object_free(outer_left);
  pac_object_free(right);
  pac_object_free(left);
  pac_object_free(base);
}

static void check_print(const struct pac_object *object, const char *expected) {
  char text[1024];
  size_t length = pac_object_print(object, text, sizeof text);
  CU_ASSERT_EQUAL(length, strlen(expected));
  CU_ASSERT_STRING_EQUAL(text, expected);
  if (strcmp(text, expected) != 0) {
    printf("%s", text);
  }
  CU_ASSERT_EQUAL(pac_object_print(object, NULL, 0), length);
}

/* A class that was made by hand states the type of what it declares again, one that was derived takes it over. */
static void a_type_that_is_stated_again_is_a_default(void) {
  struct pac_object *base = NULL;
  struct pac_object *derived = NULL;
  struct pac_object *by_hand = NULL;
  MUST(pac_class_new(NULL, "Base", &base));
  MUST(add_property(base, "Note", pac_value_null(PAC_CIM_STRING, false)));
  MUST(pac_class_derive(NULL, base, "Child", &derived));
  MUST(pac_object_clone(NULL, derived, &by_hand));
  struct pac_value word = pac_value_string("string");
  MUST(pac_qualifier_put(pac_object_property_qualifiers(by_hand, "Note"), "CIMTYPE", &word, 3));
  CU_ASSERT_TRUE(pac_object_compare(derived, by_hand, PAC_COMPARE_IGNORE_DEFAULTS, NULL, 0));
  CU_ASSERT_FALSE(pac_object_compare(derived, by_hand, PAC_COMPARE_ALL, NULL, 0));
  MUST(pac_qualifier_put(pac_object_property_qualifiers(by_hand, "Note"), "CIMTYPE", &word, PAC_FLAVOR_NONE));
  CU_ASSERT_FALSE(pac_object_compare(derived, by_hand, PAC_COMPARE_IGNORE_DEFAULTS, NULL, 0));
  pac_object_free(by_hand);
  pac_object_free(derived);
  pac_object_free(base);
}

static void methods_print_with_what_is_said_of_them(void) {
  struct pac_object *base = NULL;
  struct pac_object *child = NULL;
  struct pac_object *in = signature(NULL, "Count");
  MUST(put_qualifier(pac_object_property_qualifiers(in, "Count"), "in", pac_value_boolean(true), 0));
  MUST(put_qualifier(pac_object_property_qualifiers(in, "Count"), "Unit", pac_value_string("m"), 0));
  MUST(pac_class_new(NULL, "Base", &base));
  MUST(pac_class_method_put(base, "Start", in, NULL));
  check_print(base,
              "class Base {\n"
              "  void Start([in, Unit(\"m\")] sint32 Count);\n"
              "};\n");
  MUST(pac_class_derive(NULL, base, "Child", &child));
  check_print(child, "class Child : Base {\n};\n");
  MUST(put_qualifier(pac_object_method_qualifiers(child, "Start"), "Mark", pac_value_boolean(true), 0));
  check_print(child,
              "class Child : Base {\n"
              "  [Mark] void Start([in, Unit(\"m\")] sint32 Count);\n"
              "};\n");
  pac_object_free(child);
  pac_object_free(base);
  pac_object_free(in);
}

static void objects_print_as_mof(void) {
  struct pac_object *child = child_class();
  struct pac_object *instance = NULL;
  union pac_scalar words[] = {{.text = "x"}, {.text = "y"}};
  MUST(put_qualifier(pac_object_qualifiers(child), "Words", pac_value_array(PAC_CIM_STRING, words, 2),
                     PAC_FLAVOR_NOT_OVERRIDABLE));
  MUST(put_qualifier(pac_object_qualifiers(child), "dynamic", pac_value_boolean(false), 0));
  MUST(put_qualifier(pac_object_property_qualifiers(child, "Id"), "read", pac_value_boolean(true), 0));
  MUST(set_property(child, "Name", pac_value_string("some")));
  check_print(child,
              "[Words{\"x\", \"y\"}: DisableOverride, dynamic(FALSE)]\n"
              "class Child : Base {\n"
              "  [read] uint32 Id;\n"
              "  string Name = \"some\";\n"
              "  ref Link;\n"
              "  sint32 Stop([in] sint32 Count, [out] uint8 Total[]);\n"
              "};\n");
  MUST(pac_instance_new(NULL, child, &instance));
  MUST(set_property(instance, "Id", pac_value_uint(PAC_CIM_UINT32, 7)));
  MUST(set_property(instance, "Part", pac_value_object(instance)));
  check_print(instance,
              "instance of Child {\n"
              "  Id = 7;\n"
              "  Part = instance of Child { Id = 7; };\n"
              "};\n");
  MUST(pac_object_set_class_name(child, NULL));
  MUST(pac_class_set_superclass(child, NULL));
  MUST(pac_class_method_remove(child, "Stop"));
  static const char *const names[] = {"Name", "Sizes", "Part", "Link"};
  for (size_t i = 0; i < 4; i++) {
    MUST(pac_class_property_remove(child, names[i]));
  }
  check_print(child,
              "[Description(\"a base\"): ToInstance ToSubclass Amended, Words{\"x\", \"y\"}: DisableOverride, "
              "dynamic(FALSE)]\n"
              "class <unnamed> {\n"
              "  [key: ToInstance ToSubclass, read] uint32 Id;\n"
              "  void Start([in] sint32 Count);\n"
              "};\n");
  pac_object_free(instance);
  pac_object_free(child);
}

static CU_TestInfo tests[] = {
    {"each_difference_is_named_and_ignored_by_its_bit_alone", each_difference_is_named_and_ignored_by_its_bit_alone},
    {"order_is_ignored_when_asked", order_is_ignored_when_asked},
    {"ancestors_above_the_parent_count", ancestors_above_the_parent_count},
    {"objects_beside_those_of_the_class_count", objects_beside_those_of_the_class_count},
    {"nulls_and_kinds_differ", nulls_and_kinds_differ},
    {"instances_compare_by_value_class_and_parts", instances_compare_by_value_class_and_parts},
    {"a_type_that_is_stated_again_is_a_default", a_type_that_is_stated_again_is_a_default},
    {"objects_print_as_mof", objects_print_as_mof},
    {"methods_print_with_what_is_said_of_them", methods_print_with_what_is_said_of_them},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("compare", tests)
