/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Context buffers and named value sets: what goes in comes back, in the published layout; what a context cannot hold is
 * refused.
 */
#include "unit.h"
#include "vectors.h"

static struct vectors vectors;

static const uint8_t guid[PAC_CONTEXT_GUID_OCTETS] = {0x3C, 0x2B, 0x1A, 0x6F, 0x5E, 0x4D, 0x70, 0x6F,
                                                      0x81, 0x92, 0xA3, 0xB4, 0xC5, 0xD6, 0xE7, 0xF8};

static struct pac_named_values *decode(const void *octets, size_t size) {
  struct pac_named_values *values = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  enum pac_result result = pac_context_decode(NULL, octets, size, &decoding, &values);
  if (result != PAC_RESULT_OK) {
    fprintf(stderr, "V-%03u offset %u: %s\n", decoding.rejection.rule, decoding.rejection.offset,
            decoding.rejection.path);
  }
  CU_ASSERT_EQUAL_FATAL(result, PAC_RESULT_OK);
  return values;
}

static void the_vectors_come_out_as_they_went_in(void) {
  static const char *const files[] = {"valid/context_empty.bin", "valid/context_partial_update.bin",
                                      "valid/context_scalars.bin"};
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
    const struct vector *row = vectors_find(&vectors, files[i]);
    struct pac_octets octets = {NULL, 0};
    CU_ASSERT_PTR_NOT_NULL_FATAL(row);
    struct pac_named_values *values = decode(row->octets, row->size);
    CU_ASSERT_EQUAL(pac_context_encode(NULL, values, guid, 0, &octets), PAC_RESULT_OK);
    CU_ASSERT_TRUE(octets.size == row->size && memcmp(octets.data, row->octets, row->size) == 0);
    pac_octets_free(NULL, &octets);
    pac_named_values_free(values);
  }
}

static void a_partial_update_is_read(void) {
  const struct vector *row = vectors_find(&vectors, "valid/context_partial_update.bin");
  struct pac_named_values *values = decode(row->octets, row->size);
  const struct pac_named_value *names = pac_named_values_item(values, "__put_ext_properties");
  CU_ASSERT_PTR_NOT_NULL_FATAL(names);
  CU_ASSERT_EQUAL_FATAL(names->value.count, 2);
  CU_ASSERT_STRING_EQUAL(names->value.elements[1].text, "Gain");
  CU_ASSERT_TRUE(pac_named_values_item(values, "__PUT_EXTENSIONS")->value.scalar.boolean);
  CU_ASSERT_FALSE(pac_named_values_item(values, "__PUT_EXT_STRICT_NULLS")->value.scalar.boolean);
  pac_named_values_free(values);
}

static void add(struct pac_named_values *values, const char *name, struct pac_value value) {
  CU_ASSERT_EQUAL(pac_named_values_add(values, name, &value), PAC_RESULT_OK);
}

/* Every type of the table, alone and in an array. */
static struct pac_named_values *all_types(void) {
  static const union pac_scalar sints[] = {{.sint = -1}, {.sint = 0}, {.sint = 127}};
  static const union pac_scalar uints[] = {{.uint = 255}, {.uint = 0}};
  static const union pac_scalar texts[] = {{.text = "a"}, {.text = ""}, {.text = "\xF0\x9D\x84\x9E"}};
  static const union pac_scalar truths[] = {{.boolean = true}, {.boolean = false}};
  static const union pac_scalar singles[] = {{.real32 = 1.5f}, {.real32 = -0.0f}};
  static const union pac_scalar doubles[] = {{.real64 = 1e300}, {.real64 = -0.125}};
  struct pac_named_values *values = NULL;
  struct pac_object *class_object = NULL;
  struct pac_object *instance = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &values), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Held", &class_object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_instance_new(NULL, class_object, &instance), PAC_RESULT_OK);
  union pac_scalar objects[] = {{.object = class_object}, {.object = instance}};
  add(values, "null", pac_value_null(PAC_CIM_NONE, false));
  add(values, "sint8", pac_value_sint(PAC_CIM_SINT8, -128));
  add(values, "uint8", pac_value_uint(PAC_CIM_UINT8, 255));
  add(values, "sint16", pac_value_sint(PAC_CIM_SINT16, -32768));
  add(values, "uint16", pac_value_uint(PAC_CIM_UINT16, 65535));
  add(values, "sint32", pac_value_sint(PAC_CIM_SINT32, INT32_MIN));
  add(values, "uint32", pac_value_uint(PAC_CIM_UINT32, UINT32_MAX));
  add(values, "real32", pac_value_real32(1.5f));
  add(values, "real64", pac_value_real64(-0.125));
  add(values, "boolean", pac_value_boolean(true));
  add(values, "string", pac_value_string("caf\xC3\xA9"));
  /* The ends of what UTF-8 says in one, two, three and four octets. */
  add(values, "ends",
      pac_value_string("\x01\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  add(values, "object", pac_value_object(instance));
  add(values, "sint8[]", pac_value_array(PAC_CIM_SINT8, sints, 3));
  add(values, "sint16[]", pac_value_array(PAC_CIM_SINT16, sints, 3));
  add(values, "sint32[]", pac_value_array(PAC_CIM_SINT32, sints, 3));
  add(values, "uint8[]", pac_value_array(PAC_CIM_UINT8, uints, 2));
  add(values, "uint16[]", pac_value_array(PAC_CIM_UINT16, uints, 2));
  add(values, "uint32[]", pac_value_array(PAC_CIM_UINT32, uints, 2));
  add(values, "real32[]", pac_value_array(PAC_CIM_REAL32, singles, 2));
  add(values, "real64[]", pac_value_array(PAC_CIM_REAL64, doubles, 2));
  add(values, "boolean[]", pac_value_array(PAC_CIM_BOOLEAN, truths, 2));
  add(values, "string[]", pac_value_array(PAC_CIM_STRING, texts, 3));
  add(values, "object[]", pac_value_array(PAC_CIM_OBJECT, objects, 2));
  add(values, "empty", pac_value_array(PAC_CIM_UINT32, NULL, 0));
  pac_object_free(class_object);
  pac_object_free(instance);
  return values;
}

static void every_type_survives_a_round_trip(void) {
  struct pac_named_values *values = all_types();
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_context_encode(NULL, values, NULL, 0, &octets), PAC_RESULT_OK);
  struct pac_named_values *again = decode(octets.data, octets.size);
  CU_ASSERT_TRUE(pac_named_values_equal(values, again));
  for (size_t i = 4; i < 20; i++) {
    CU_ASSERT_EQUAL(octets.data[i], 0); /* no GUID */
  }
  pac_octets_free(NULL, &octets);
  pac_named_values_free(values);
  pac_named_values_free(again);
}

/* U-8 again: what is written is the wide form. */
static void reals_in_arrays_are_written_wide(void) {
  static const union pac_scalar singles[] = {{.real32 = 1.5f}, {.real32 = -0.5f}};
  struct pac_named_values *values = NULL;
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &values), PAC_RESULT_OK);
  add(values, "r", pac_value_array(PAC_CIM_REAL32, singles, 2));
  CU_ASSERT_EQUAL_FATAL(pac_context_encode(NULL, values, NULL, 0, &octets), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(octets.size, 24 + 4 + 2 + 4 + 2 + 8 + 2 * 8);
  CU_ASSERT_EQUAL(octets.data[40], 8); /* ElementSize */
  pac_octets_free(NULL, &octets);
  pac_named_values_free(values);
}

static void an_object_in_a_wrapper_is_read(void) {
  struct pac_named_values *values = NULL;
  struct pac_object *object = NULL;
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &values), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Held", &object), PAC_RESULT_OK);
  add(values, "object", pac_value_object(object));
  CU_ASSERT_EQUAL_FATAL(pac_context_encode(NULL, values, NULL, 0, &octets), PAC_RESULT_OK);
  uint8_t *wrapped = calloc(octets.size + 48, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(wrapped);
  size_t at = 24 + 4 + 12 + 4 + 2;
  memcpy(wrapped, octets.data, at);
  memcpy(wrapped + at, "MEOW", 4);
  memcpy(wrapped + at + 48, octets.data + at, octets.size - at);
  struct pac_named_values *again = decode(wrapped, octets.size + 48);
  CU_ASSERT_TRUE(pac_named_values_equal(values, again));
  free(wrapped);
  pac_octets_free(NULL, &octets);
  pac_named_values_free(values);
  pac_named_values_free(again);
  pac_object_free(object);
}

static void a_null_of_any_type_loses_its_type(void) {
  struct pac_named_values *values = NULL;
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &values), PAC_RESULT_OK);
  add(values, "n", pac_value_null(PAC_CIM_STRING, false));
  CU_ASSERT_EQUAL_FATAL(pac_context_encode(NULL, values, guid, 0, &octets), PAC_RESULT_OK);
  struct pac_named_values *again = decode(octets.data, octets.size);
  CU_ASSERT_EQUAL(pac_named_values_at(again, 0)->value.type, PAC_CIM_NONE);
  CU_ASSERT_TRUE(pac_named_values_at(again, 0)->value.is_null);
  pac_octets_free(NULL, &octets);
  pac_named_values_free(values);
  pac_named_values_free(again);
}

static void what_a_context_cannot_hold_is_refused(void) {
  static const union pac_scalar nothing[] = {{.text = NULL}};
  const struct pac_value refused[] = {pac_value_sint(PAC_CIM_SINT64, 1),
                                      pac_value_uint(PAC_CIM_UINT64, 1),
                                      pac_value_char16(65),
                                      pac_value_datetime("20240229120000.000000-480"),
                                      pac_value_reference("C=@"),
                                      pac_value_array(PAC_CIM_STRING, nothing, 1),
                                      pac_value_array(PAC_CIM_OBJECT, nothing, 1)};
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
    struct pac_named_values *values = NULL;
    struct pac_octets octets = {NULL, 0};
    CU_ASSERT_EQUAL_FATAL(pac_named_values_new(NULL, &values), PAC_RESULT_OK);
    add(values, "v", refused[i]);
    CU_ASSERT_EQUAL(pac_context_encode(NULL, values, guid, 0, &octets), PAC_RESULT_UNSUPPORTED);
    CU_ASSERT_PTR_NULL(octets.data);
    pac_named_values_free(values);
  }
}

/* U-8: elements of VT_R4 take eight octets, four are tolerated by their stated size. */
static void narrow_reals_are_read(void) {
  static const uint8_t octets[] = {1, 0, 0, 0,    0, 0,    0, 0, 0, 0, 0,    0,    0, 0, 0, 0, 0, 0,    0,    0,
                                   1, 0, 0, 0,    1, 0,    0, 0, 'r', 0, 0,  0,    0, 0, 4, 0x20, 2, 0, 0,    0,
                                   4, 0, 0, 0,    0, 0,    0xC0, 0x3F, 0, 0, 0, 0xBF};
  struct pac_named_values *values = decode(octets, sizeof octets);
  const struct pac_named_value *element = pac_named_values_at(values, 0);
  CU_ASSERT_EQUAL_FATAL(element->value.count, 2);
  CU_ASSERT_TRUE(element->value.elements[0].real32 > 1.4f && element->value.elements[1].real32 < -0.4f);
  pac_named_values_free(values);
}

/* The size of a string's element is that of a pointer on the writer's machine. */
static void a_string_has_the_size_of_either_pointer(void) {
  const struct vector *row = vectors_find(&vectors, "valid/context_partial_update.bin");
  uint8_t *octets = malloc(row->size);
  CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
  memcpy(octets, row->octets, row->size);
  for (uint8_t size = 0; size < 16; size++) {
    struct pac_named_values *values = NULL;
    struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
    octets[0xBE] = size;
    enum pac_result result = pac_context_decode(NULL, octets, row->size, &decoding, &values);
    CU_ASSERT_EQUAL(result, size == 4 || size == 8 ? PAC_RESULT_OK : PAC_RESULT_MALFORMED);
    CU_ASSERT_EQUAL(decoding.rejection.rule, size == 4 || size == 8 ? 0 : 170);
    pac_named_values_free(values);
  }
  free(octets);
}

/* A NUL inside of a text is noted, one at its end is V-166 in earnest. */
static void a_nul_inside_of_a_text_is_noted(void) {
  static const uint8_t octets[] = {1, 0, 0, 0, 0, 0, 0, 0, 0,   0, 0, 0, 0,   0, 0, 0, 0, 0, 0, 0,
                                   1, 0, 0, 0, 3, 0, 0, 0, 'n', 0, 0, 0, 'm', 0, 0, 0, 0, 0, 1, 0};
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  struct pac_named_values *values = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_context_decode(NULL, octets, sizeof octets, &decoding, &values), PAC_RESULT_OK);
  CU_ASSERT_TRUE(pac_decoding_found(&decoding, 166));
  CU_ASSERT_STRING_EQUAL(pac_named_values_at(values, 0)->name, "n");
  pac_named_values_free(values);
}

/* Nulls in an array have no place in a named value set. */
static void an_array_of_nulls_is_beyond_the_model(void) {
  static const uint8_t octets[] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0,   0, 0, 0, 0, 0, 0, 0,    0, 0, 0, 1, 0, 0,
                                   0, 1, 0, 0, 0, 'n', 0, 0, 0, 0, 0, 1, 0x20, 3, 0, 0, 0, 0, 0, 0, 0};
  struct pac_named_values *values = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  CU_ASSERT_EQUAL(pac_context_decode(NULL, octets, sizeof octets, &decoding, &values), PAC_RESULT_LIMIT);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 0);
  CU_ASSERT_PTR_NOT_NULL(decoding.rejection.sentence);
}

static void memory_may_fail_anywhere(void) {
  struct pac_named_values *values = all_types();
  enum pac_result result = PAC_RESULT_NO_MEMORY;
  struct pac_octets octets = {NULL, 0};
  for (unsigned long fail_at = 1; result != PAC_RESULT_OK; fail_at++) {
    struct unit_memory memory;
    unit_memory_init(&memory, fail_at);
    result = pac_context_encode(&memory.source, values, NULL, 0, &octets);
    CU_ASSERT_TRUE(result == PAC_RESULT_OK || result == PAC_RESULT_NO_MEMORY);
    CU_ASSERT_EQUAL(memory.outstanding, result == PAC_RESULT_OK ? 1 : 0);
  }
  result = PAC_RESULT_NO_MEMORY;
  for (unsigned long fail_at = 1; result != PAC_RESULT_OK; fail_at++) {
    struct unit_memory memory;
    struct pac_named_values *again = NULL;
    unit_memory_init(&memory, fail_at);
    result = pac_context_decode(&memory.source, octets.data, octets.size, NULL, &again);
    CU_ASSERT_TRUE(result == PAC_RESULT_OK || result == PAC_RESULT_NO_MEMORY);
    pac_named_values_free(again);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
  }
  free(octets.data);
  pac_named_values_free(values);
}

static CU_TestInfo tests[] = {{"the_vectors_come_out_as_they_went_in", the_vectors_come_out_as_they_went_in},
                              {"a_partial_update_is_read", a_partial_update_is_read},
                              {"every_type_survives_a_round_trip", every_type_survives_a_round_trip},
                              {"reals_in_arrays_are_written_wide", reals_in_arrays_are_written_wide},
                              {"an_object_in_a_wrapper_is_read", an_object_in_a_wrapper_is_read},
                              {"a_null_of_any_type_loses_its_type", a_null_of_any_type_loses_its_type},
                              {"what_a_context_cannot_hold_is_refused", what_a_context_cannot_hold_is_refused},
                              {"narrow_reals_are_read", narrow_reals_are_read},
                              {"a_string_has_the_size_of_either_pointer", a_string_has_the_size_of_either_pointer},
                              {"a_nul_inside_of_a_text_is_noted", a_nul_inside_of_a_text_is_noted},
                              {"an_array_of_nulls_is_beyond_the_model", an_array_of_nulls_is_beyond_the_model},
                              {"memory_may_fail_anywhere", memory_may_fail_anywhere},
                              CU_TEST_INFO_NULL};

int main(void) {
  vectors_load(&vectors);
  int code = unit_run("context", tests);
  vectors_free(&vectors);
  return code;
}
