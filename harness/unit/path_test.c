/* SPDX-License-Identifier: Apache-2.0 */
/* Object paths: the grammar, printing back, paths of objects, comparison. */
#include "pacheck/path.h"

#include <stdint.h>

#include "object_fixture.h"

static struct pac_path *parsed(const char *text) {
  struct pac_path *path = NULL;
  MUST(pac_path_parse(NULL, text, &path));
  return path;
}

static void check_print(const struct pac_path *path, enum pac_path_form form, const char *expected) {
  char text[512];
  CU_ASSERT_EQUAL(pac_path_print(path, form, text, sizeof text), strlen(expected));
  CU_ASSERT_STRING_EQUAL(text, expected);
}

static void the_parts_of_a_full_path_are_read(void) {
  struct pac_path *path = parsed("\\\\host\\root\\cimv2:Disk.Id=\"C:\\\\\\\"x\",Number=-5,On=true,Big=18446744073709551615");
  CU_ASSERT_STRING_EQUAL(pac_path_server(path), "host");
  CU_ASSERT_STRING_EQUAL(pac_path_namespace(path), "root\\cimv2");
  CU_ASSERT_STRING_EQUAL(pac_path_class_name(path), "Disk");
  CU_ASSERT_FALSE(pac_path_is_class(path));
  CU_ASSERT_FALSE(pac_path_is_singleton(path));
  CU_ASSERT_EQUAL(pac_path_key_count(path), 4);
  CU_ASSERT_STRING_EQUAL(pac_path_key_at(path, 0)->name, "Id");
  CU_ASSERT_EQUAL(pac_path_key_at(path, 0)->value.type, PAC_CIM_STRING);
  CU_ASSERT_STRING_EQUAL(pac_path_key_at(path, 0)->value.scalar.text, "C:\\\"x");
  CU_ASSERT_EQUAL(pac_path_key_at(path, 1)->value.type, PAC_CIM_SINT64);
  CU_ASSERT_EQUAL(pac_path_key_at(path, 1)->value.scalar.sint, -5);
  CU_ASSERT_EQUAL(pac_path_key_at(path, 2)->value.type, PAC_CIM_BOOLEAN);
  CU_ASSERT_TRUE(pac_path_key_at(path, 2)->value.scalar.boolean);
  CU_ASSERT_EQUAL(pac_path_key_at(path, 3)->value.scalar.uint, UINT64_MAX);
  CU_ASSERT_PTR_NULL(pac_path_key_at(path, 4));
  pac_path_free(path);
  pac_path_free(NULL);
}

struct spelling {
  const char *text;
  const char *printed;
};

static const struct spelling spellings[] = {
    {"Class", "Class"},
    {"ns:Class", "ns:Class"},
    {"root/a/b:Class", "root\\a\\b:Class"},
    {"//./root:Class", "\\\\.\\root:Class"},
    {"\\\\host/root\\ns:Class=@", "\\\\host\\root\\ns:Class=@"},
    {"Class=@", "Class=@"},
    {"Class=5", "Class=5"},
    {"Class=+5", "Class=5"},
    {"Class=-0", "Class=0"},
    {"Class=0x1F", "Class=31"},
    {"Class=-0x10", "Class=-16"},
    {"Class=-9223372036854775808", "Class=-9223372036854775808"},
    {"Class='x'", "Class=\"x\""},
    {"Class='it\\'s'", "Class=\"it's\""},
    {"Class='\"'", "Class=\"\\\"\""},
    {"Class=\"\"", "Class=\"\""},
    {"Class.K=FALSE", "Class.K=FALSE"},
    {"//a host/a ns:A Class.A Key=1", "\\\\a host\\a ns:A Class.A Key=1"},
    {"Class.K=\"a,b=c:d.e\",L=tRUE", "Class.K=\"a,b=c:d.e\",L=TRUE"},
    {"Class.K=\"\xC3\xA9\xED\xA0\x80\"", "Class.K=\"\xC3\xA9\xED\xA0\x80\""},
    {"ns:Cl\xC3\xA4ss.K=\"//h/ns:C.K=\\\"x\\\"\"", "ns:Cl\xC3\xA4ss.K=\"//h/ns:C.K=\\\"x\\\"\""},
};

static void what_is_printed_parses_back(void) {
  for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
    struct pac_path *path = parsed(spellings[i].text);
    check_print(path, PAC_PATH_FULL, spellings[i].printed);
    struct pac_path *again = parsed(spellings[i].printed);
    CU_ASSERT_TRUE(pac_path_equal(path, again));
    check_print(again, PAC_PATH_FULL, spellings[i].printed);
    pac_path_free(again);
    pac_path_free(path);
  }
}

static void malformed_paths_are_refused(void) {
  static const char *const malformed[] = {
      "", ":", ":Class", "ns:", ".", "=", "=@", "Class.", "Class=", "Class.K", "Class.K=", "Class.=5", "Class.=@",
      "Class.K=@", "Class=@x", "Class=@,", "Class=5,6", "Class=5x", "Class=-", "Class=+", "Class=0x", "Class=0xG",
      "Class=18446744073709551616", "Class=-9223372036854775809", "Class=\"x", "Class=\"x\\", "Class=\"x\\\"",
      "Class=\"\\n\"", "Class='x\"", "Class=\"x\"y", "Class.K=1,", "Class.K=1,L", "Class.K=1,k=2", "Class.K=1;L=2",
      "Class.K=1.L=2", "Class=truex", "Class=word", "Class=1.5", "Class.K =1,\"=2", "\\\\", "\\\\host", "\\\\host\\",
      "\\\\host\\ns", "\\\\\\ns:Class", "\\\\host\\:Class", "\\\\host\\\\ns:Class", "\\ns:Class", "ns\\:Class",
      "a\\\\b:Class", "a:b:Class", "Cl\x01ss", "Class\x7F", "Cl'ss", "\"Class\"", "Class=\"\xFF\"", "Cl/ss", "Cl\\ss",
      "a,b", "Class.a,b=1", "Class.a.b=1", "ns:Class.K=\"\xED\xA0\x80\xED\xB0\x80\"",
  };
  struct pac_path *path = NULL;
  for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
    enum pac_result result = pac_path_parse(NULL, malformed[i], &path);
    CU_ASSERT_EQUAL(result, PAC_RESULT_MALFORMED);
    if (result == PAC_RESULT_OK) {
      printf("  parsed: %s\n", malformed[i]);
      pac_path_free(path);
      path = NULL;
    }
  }
  REFUSES(MALFORMED, pac_path_parse(NULL, NULL, &path));
  CU_ASSERT_PTR_NULL(path);
}

/* Every prefix of a path, and the path with each octet replaced, parses or does not; nothing worse. */
static void no_damage_does_harm(void) {
  static const char whole[] = "\\\\host\\root\\ns:Class.Key=\"a\\\\b\\\"c\",Number=-0x7F,On=TRUE,Word='x'";
  static const char signs[] = "\\/:.=,\"'@-+0xT \x80\xED";
  char text[sizeof whole];
  unsigned well_formed = 0;
  for (size_t i = 0; i < sizeof whole; i++) {
    for (size_t s = 0; s < sizeof signs; s++) {
      struct pac_path *path = NULL;
      memcpy(text, whole, sizeof whole);
      text[i] = signs[s];
      text[sizeof whole - 1] = '\0';
      if (pac_path_parse(NULL, text, &path) == PAC_RESULT_OK) {
        char printed[256];
        struct pac_path *again = NULL;
        CU_ASSERT_TRUE(pac_path_print(path, PAC_PATH_FULL, printed, sizeof printed) < sizeof printed);
        MUST(pac_path_parse(NULL, printed, &again));
        CU_ASSERT_TRUE(pac_path_equal(path, again));
        pac_path_free(again);
        pac_path_free(path);
        well_formed += 1;
      }
    }
  }
  CU_ASSERT_TRUE(well_formed > 100);
}

static void limits_hold(void) {
  struct pac_path *path = NULL;
  char *text = malloc(PAC_PATH_OCTETS_MAX + 2u);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  memset(text, 'x', PAC_PATH_OCTETS_MAX + 1u);
  text[PAC_PATH_OCTETS_MAX + 1u] = '\0';
  REFUSES(LIMIT, pac_path_parse(NULL, text, &path));
  text[PAC_PATH_OCTETS_MAX] = '\0';
  MUST(pac_path_parse(NULL, text, &path));
  REFUSES(LIMIT, pac_path_set_origin(path, NULL, "ns"));
  CU_ASSERT_PTR_NULL(pac_path_namespace(path));
  pac_path_free(path);
  for (unsigned extra = 0; extra < 2; extra++) {
    size_t length = (size_t)snprintf(text, 8, "C.");
    for (unsigned i = 0; i < PAC_PATH_KEYS_MAX + extra; i++) {
      length += (size_t)snprintf(text + length, 16, "%sk%u=%u", i == 0 ? "" : ",", i, i);
    }
    CU_ASSERT_EQUAL(pac_path_parse(NULL, text, &path), extra == 0 ? PAC_RESULT_OK : PAC_RESULT_LIMIT);
    if (extra == 0) {
      CU_ASSERT_TRUE(pac_path_equal(path, path));
      pac_path_free(path);
    }
  }
  free(text);
}

static void an_origin_can_be_set_and_taken_away(void) {
  struct pac_path *path = parsed("C=1");
  MUST(pac_path_set_origin(path, "host", "root/ns"));
  check_print(path, PAC_PATH_FULL, "\\\\host\\root\\ns:C=1");
  check_print(path, PAC_PATH_RELATIVE, "C=1");
  REFUSES(INVALID_ARGUMENT, pac_path_set_origin(path, "host", NULL));
  REFUSES(INVALID_ARGUMENT, pac_path_set_origin(path, "ho\\st", "root"));
  REFUSES(INVALID_ARGUMENT, pac_path_set_origin(path, "", "root"));
  REFUSES(INVALID_ARGUMENT, pac_path_set_origin(path, "host", "\\root"));
  REFUSES(INVALID_ARGUMENT, pac_path_set_origin(path, "host", "ro:ot"));
  REFUSES(INVALID_ARGUMENT, pac_path_set_origin(path, "host", ""));
  REFUSES(INVALID_ARGUMENT, pac_path_set_origin(path, NULL, "\xFF"));
  check_print(path, PAC_PATH_FULL, "\\\\host\\root\\ns:C=1");
  MUST(pac_path_set_origin(path, NULL, "ns"));
  check_print(path, PAC_PATH_FULL, "ns:C=1");
  MUST(pac_path_set_origin(path, NULL, NULL));
  check_print(path, PAC_PATH_FULL, "C=1");
  pac_path_free(path);
}

static bool equal(const char *left, const char *right) {
  struct pac_path *left_path = parsed(left);
  struct pac_path *right_path = parsed(right);
  bool result = pac_path_equal(left_path, right_path);
  CU_ASSERT_EQUAL(result, pac_path_equal(right_path, left_path));
  pac_path_free(right_path);
  pac_path_free(left_path);
  return result;
}

static void comparison_ignores_case_order_and_what_is_not_stated(void) {
  CU_ASSERT_TRUE(equal("Class.A=\"x\",B=2", "CLASS.b=0x2,a='X'"));
  CU_ASSERT_TRUE(equal("Class=5", "Class.Any=5"));
  CU_ASSERT_TRUE(equal("\\\\host\\ns:Class", "Class"));
  CU_ASSERT_TRUE(equal("\\\\HOST\\NS:Class", "\\\\host\\ns:class"));
  CU_ASSERT_TRUE(equal("\\\\.\\ns:Class", "\\\\host\\ns:Class"));
  CU_ASSERT_FALSE(equal("\\\\a\\ns:Class", "\\\\b\\ns:Class"));
  CU_ASSERT_FALSE(equal("ns:Class", "other:Class"));
  CU_ASSERT_FALSE(equal("Class", "Other"));
  CU_ASSERT_FALSE(equal("Class", "Class=@"));
  CU_ASSERT_FALSE(equal("Class", "Class=5"));
  CU_ASSERT_FALSE(equal("Class=5", "Class=\"5\""));
  CU_ASSERT_FALSE(equal("Class=5", "Class=6"));
  CU_ASSERT_FALSE(equal("Class.A=1,B=2", "Class.A=2,B=1"));
  CU_ASSERT_FALSE(equal("Class.A=1", "Class.B=1"));
  CU_ASSERT_FALSE(equal("Class.A=1,B=2", "Class.A=1"));
}

/* A class with one key of the given type, and an instance with that value. */
static struct pac_object *keyed_instance(struct pac_value value) {
  struct pac_object *class_object = NULL;
  struct pac_object *instance = NULL;
  MUST(pac_class_new(NULL, "Keyed", &class_object));
  MUST(add_property(class_object, "Other", pac_value_boolean(true)));
  MUST(pac_class_property_add(class_object, "Key", &(struct pac_value){.type = value.type,
                                                                       .is_array = value.is_array,
                                                                       .is_null = true}));
  MUST(put_qualifier(pac_object_property_qualifiers(class_object, "Key"), "key", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(pac_instance_new(NULL, class_object, &instance));
  MUST(set_property(instance, "Key", value));
  pac_object_free(class_object);
  return instance;
}

static void check_object_path(struct pac_value key, const char *expected) {
  struct pac_object *instance = keyed_instance(key);
  struct pac_path *path = NULL;
  MUST(pac_path_of_object(NULL, instance, &path));
  check_print(path, PAC_PATH_RELATIVE, expected);
  CU_ASSERT_TRUE(pac_path_names_object(path, instance));
  struct pac_path *again = parsed(expected);
  CU_ASSERT_TRUE(pac_path_equal(path, again));
  pac_path_free(again);
  pac_path_free(path);
  pac_object_free(instance);
}

static void an_object_has_the_path_of_its_keys(void) {
  check_object_path(pac_value_string("a\"b\\c"), "Keyed.Key=\"a\\\"b\\\\c\"");
  check_object_path(pac_value_datetime("20200101000000.000000+000"), "Keyed.Key=\"20200101000000.000000+000\"");
  check_object_path(pac_value_reference("C=\"x\""), "Keyed.Key=\"C=\\\"x\\\"\"");
  check_object_path(pac_value_sint(PAC_CIM_SINT8, -3), "Keyed.Key=-3");
  check_object_path(pac_value_sint(PAC_CIM_SINT64, INT64_MAX), "Keyed.Key=9223372036854775807");
  check_object_path(pac_value_uint(PAC_CIM_UINT64, UINT64_MAX), "Keyed.Key=18446744073709551615");
  check_object_path(pac_value_boolean(false), "Keyed.Key=FALSE");
  check_object_path(pac_value_char16('A'), "Keyed.Key=65");
}

static void an_object_without_usable_keys_has_no_path(void) {
  const struct pac_value values[] = {
      pac_value_null(PAC_CIM_STRING, false), pac_value_real32(1), pac_value_array(PAC_CIM_UINT8, NULL, 0),
      pac_value_real64(1),
  };
  struct pac_path *path = NULL;
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    struct pac_object *instance = keyed_instance(values[i]);
    REFUSES(INVALID_ARGUMENT, pac_path_of_object(NULL, instance, &path));
    pac_object_free(instance);
  }
  struct pac_object *object = NULL;
  struct pac_object *instance = NULL;
  MUST(pac_class_new(NULL, NULL, &object));
  REFUSES(INVALID_ARGUMENT, pac_path_of_object(NULL, object, &path));
  MUST(pac_object_set_class_name(object, "Not.A.Path"));
  REFUSES(INVALID_ARGUMENT, pac_path_of_object(NULL, object, &path));
  MUST(pac_object_set_class_name(object, "Keyless"));
  MUST(pac_instance_new(NULL, object, &instance));
  REFUSES(INVALID_ARGUMENT, pac_path_of_object(NULL, instance, &path));
  struct pac_path *other = parsed("Keyless=1");
  CU_ASSERT_FALSE(pac_path_names_object(other, instance));
  pac_path_free(other);
  CU_ASSERT_PTR_NULL(path);
  pac_object_free(instance);
  pac_object_free(object);
}

static void classes_and_singletons_have_paths(void) {
  struct pac_object *object = NULL;
  struct pac_object *instance = NULL;
  struct pac_path *path = NULL;
  MUST(pac_class_new(NULL, "Single", &object));
  MUST(put_qualifier(pac_object_qualifiers(object), "singleton", pac_value_boolean(true), FLAVOR_BOTH));
  MUST(pac_object_set_origin(object, "host", NULL));
  MUST(pac_path_of_object(NULL, object, &path));
  check_print(path, PAC_PATH_FULL, "Single");
  CU_ASSERT_TRUE(pac_path_is_class(path));
  pac_path_free(path);
  MUST(pac_object_set_origin(object, "host", "root"));
  MUST(pac_instance_new(NULL, object, &instance));
  MUST(pac_path_of_object(NULL, instance, &path));
  check_print(path, PAC_PATH_FULL, "\\\\host\\root:Single=@");
  CU_ASSERT_TRUE(pac_path_is_singleton(path));
  CU_ASSERT_FALSE(pac_path_is_class(path));
  CU_ASSERT_TRUE(pac_path_names_object(path, instance));
  CU_ASSERT_FALSE(pac_path_names_object(path, object));
  pac_path_free(path);
  pac_object_free(instance);
  pac_object_free(object);
}

static void a_failed_allocation_leaks_nothing(void) {
  struct pac_object *object = keyed_instance(pac_value_string("value"));
  char key[3000];
  memset(key, 'k', sizeof key);
  key[sizeof key - 1] = '\0';
  MUST(set_property(object, "Key", pac_value_string(key)));
  MUST(pac_object_set_origin(object, "host", "root"));
  for (unsigned long nth = 1; nth < 50; nth++) {
    struct unit_memory memory;
    struct pac_path *path = NULL;
    struct pac_path *many = NULL;
    unit_memory_init(&memory, nth);
    enum pac_result made = pac_path_of_object(&memory.source, object, &path);
    enum pac_result read = pac_path_parse(
        &memory.source, "//h/n:C.a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8,i=9,j=10,k=11,l=12,m=13,n=14,o=15,p=16,q=17", &many);
    bool failed = memory.requests >= nth;
    CU_ASSERT_EQUAL(made == PAC_RESULT_OK && read == PAC_RESULT_OK, !failed);
    CU_ASSERT_TRUE(made == PAC_RESULT_OK || made == PAC_RESULT_NO_MEMORY);
    CU_ASSERT_TRUE(read == PAC_RESULT_OK || read == PAC_RESULT_NO_MEMORY);
    pac_path_free(many);
    pac_path_free(path);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
    if (!failed) {
      CU_ASSERT_TRUE(nth > 3);
      pac_object_free(object);
      return;
    }
  }
  CU_FAIL("the sweep does not end");
}

static CU_TestInfo tests[] = {
    {"the_parts_of_a_full_path_are_read", the_parts_of_a_full_path_are_read},
    {"what_is_printed_parses_back", what_is_printed_parses_back},
    {"malformed_paths_are_refused", malformed_paths_are_refused},
    {"no_damage_does_harm", no_damage_does_harm},
    {"limits_hold", limits_hold},
    {"an_origin_can_be_set_and_taken_away", an_origin_can_be_set_and_taken_away},
    {"comparison_ignores_case_order_and_what_is_not_stated", comparison_ignores_case_order_and_what_is_not_stated},
    {"an_object_has_the_path_of_its_keys", an_object_has_the_path_of_its_keys},
    {"an_object_without_usable_keys_has_no_path", an_object_without_usable_keys_has_no_path},
    {"classes_and_singletons_have_paths", classes_and_singletons_have_paths},
    {"a_failed_allocation_leaks_nothing", a_failed_allocation_leaks_nothing},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("path", tests)
