/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decoding of units into the object model: what a reader of the object sees, where a rejection points, and that memory may
 * fail anywhere.
 */
#include "unit.h"
#include "vectors.h"

static struct vectors vectors;

static struct pac_object *decode(const char *file, enum pac_encoding_profile profile) {
  const struct vector *row = vectors_find(&vectors, file);
  struct pac_object *object = NULL;
  struct pac_decoding decoding = {.profile = profile};
  CU_ASSERT_PTR_NOT_NULL_FATAL(row);
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, row->octets, row->size, &decoding, &object), PAC_RESULT_OK);
  CU_ASSERT_PTR_NOT_NULL_FATAL(object);
  return object;
}

static void a_class_is_seen_through_the_object_interface(void) {
  struct pac_object *object = decode("valid/spec_myclass_class.bin", PAC_ENCODING_STRICT);
  CU_ASSERT_EQUAL(pac_object_genus(object), PAC_GENUS_CLASS);
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(object), "MyClass");
  CU_ASSERT_STRING_EQUAL(pac_object_superclass(object), "Base");
  CU_ASSERT_STRING_EQUAL(pac_object_server(object), "DPRAVAT-DEV");
  CU_ASSERT_STRING_EQUAL(pac_object_namespace(object), "ROOT");
  CU_ASSERT_EQUAL_FATAL(pac_object_property_count(object), 4);
  CU_ASSERT_STRING_EQUAL(pac_object_property_at(object, 0)->name, "Id"); /* declaration order, not table order */
  CU_ASSERT_TRUE(pac_object_property_at(object, 0)->is_inherited);
  CU_ASSERT_TRUE(pac_object_property_at(object, 0)->is_default);
  CU_ASSERT_STRING_EQUAL(pac_object_property_at(object, 0)->origin, "Base");
  const struct pac_property *data = pac_object_property_find(object, "data2");
  CU_ASSERT_PTR_NOT_NULL_FATAL(data);
  CU_ASSERT_STRING_EQUAL(data->value.scalar.text, "defaultValue");
  CU_ASSERT_FALSE(data->is_inherited);
  CU_ASSERT_TRUE(pac_object_property_is_key(object, "Id"));
  const struct pac_object *parent = pac_class_parent(object);
  CU_ASSERT_PTR_NOT_NULL_FATAL(parent);
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(parent), "Base");
  CU_ASSERT_EQUAL(pac_object_property_count(parent), 1);
  pac_object_free(object);
}

static void an_instance_is_seen_through_the_object_interface(void) {
  struct pac_object *object = decode("valid/spec_myclass_instance.bin", PAC_ENCODING_STRICT);
  CU_ASSERT_EQUAL(pac_object_genus(object), PAC_GENUS_INSTANCE);
  CU_ASSERT_EQUAL(pac_object_property_find(object, "Id")->value.scalar.sint, 123);
  CU_ASSERT_STRING_EQUAL(pac_object_property_find(object, "Data1")->value.scalar.text, "StringField");
  const struct pac_property *data = pac_object_property_find(object, "Data2");
  CU_ASSERT_STRING_EQUAL(data->value.scalar.text, "defaultValue");
  CU_ASSERT_TRUE(data->is_default);
  const struct pac_value *array = &pac_object_property_find(object, "Array")->value;
  CU_ASSERT_TRUE(array->is_array && array->count == 3 && array->elements[2].uint == 3);
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(pac_instance_class(object)), "MyClass");
  CU_ASSERT_TRUE(pac_object_is_a(object, "Base"));
  pac_object_free(object);
}

static void methods_and_signatures_are_decoded(void) {
  struct pac_object *object = decode("valid/note_inherited_default_slot_garbage.bin", PAC_ENCODING_STRICT);
  const struct pac_method *method = pac_object_method_find(object, "Restart");
  CU_ASSERT_PTR_NOT_NULL_FATAL(method);
  CU_ASSERT_PTR_NOT_NULL_FATAL(method->in);
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(method->in), "__PARAMETERS");
  CU_ASSERT_FALSE(method->is_inherited);
  CU_ASSERT_EQUAL(pac_qualifier_count(pac_object_method_qualifiers_view(object, "Restart")), 2);
  /* The default that does not resolve is unknown, which the model shows as none. */
  CU_ASSERT_TRUE(pac_object_property_find(object, "Data2")->value.is_null);
  pac_object_free(object);
}

static void both_of_two_names_are_kept(void) {
  struct pac_object *object = decode("tolerant/v061_duplicate_property_case_differs.bin", PAC_ENCODING_TOLERANT);
  CU_ASSERT_EQUAL(pac_object_property_count(object), 4);
  pac_object_free(object);
}

/* V-066: members of one DeclarationOrder stand as in the table. */
static void equal_orders_keep_the_order_of_the_table(void) {
  const struct vector *row = vectors_find(&vectors, "valid/spec_myclass_class.bin");
  static const size_t infos[] = {0x121, 0x14F, 0x193, 0x1BE}; /* as `pacheck dump` prints them */
  static const char *const names[] = {"Array", "Data1", "Data2", "Id"};
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  struct pac_object *object = NULL;
  uint8_t *octets = malloc(row->size);
  CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
  memcpy(octets, row->octets, row->size);
  for (size_t i = 0; i < 4; i++) {
    octets[infos[i] + 4] = 0;
  }
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, octets, row->size, &decoding, &object), PAC_RESULT_OK);
  CU_ASSERT_TRUE(pac_decoding_found(&decoding, 66));
  for (uint32_t i = 0; i < 4; i++) {
    CU_ASSERT_STRING_EQUAL(pac_object_property_at(object, i)->name, names[i]);
  }
  pac_object_free(object);
  free(octets);
}

static void marks_of_inheritance_are_trusted(void) {
  struct pac_object *object = decode("tolerant/v069_class_of_origin_too_big.bin", PAC_ENCODING_TOLERANT);
  CU_ASSERT_FALSE(pac_object_property_at(object, 0)->is_inherited);
  pac_object_free(object);
  object = decode("tolerant/v093_method_propagated_but_local.bin", PAC_ENCODING_TOLERANT);
  CU_ASSERT_TRUE(pac_object_method_at(object, 0)->is_inherited);
  pac_object_free(object);
}

static void a_rejection_says_where(void) {
  static const struct {
    const char *file;
    const char *path;
  } rows[] = {
      {"invalid/v010_flags_zero.bin", ""},
      {"invalid/v022_utf16_odd_tail_in_decoration.bin", "server"},
      {"invalid/v007_classpart_length_4.bin", "parent"},
      {"invalid/v003_truncated_after_decoration.bin", "current"},
      {"invalid/v009_derivation_cut_in_length.bin", "current.derivation[0]"},
      {"tolerant/v054_derivation_duplicate.bin", "current"},
      {"invalid/v040_qualifier_name_null.bin", "current.property[Id].qualifier[0]"},
      {"invalid/v080_qualifier_type_7.bin", "current"},
      {"invalid/v040_property_name_null.bin", "current.property[0]"},
      {"tolerant/v066_order_duplicate.bin", "current.property[Data1]"},
      {"invalid/v040_method_name_null.bin", "current.method[0]"},
      {"tolerant/v096_method_qualifiers_null.bin", "current.method[Restart]"},
      {"tolerant/v099_input_signature_null_ref.bin", "current.method[Restart].in"},
      {"tolerant/v098_signature_class_name.bin", "current.method[Restart].in"},
      {"tolerant/v098_signature_not_abstract.bin", "current.method[Restart].out"},
      {"invalid/v113_prop_qualifier_flag_0.bin", "instance"},
      {"invalid/v121_array_count_max.bin", "instance.property[List]"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const struct vector *row = vectors_find(&vectors, rows[i].file);
    struct pac_object *object = NULL;
    struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
    CU_ASSERT_PTR_NOT_NULL_FATAL(row);
    CU_ASSERT_EQUAL(pac_unit_decode(NULL, row->octets, row->size, &decoding, &object), PAC_RESULT_MALFORMED);
    CU_ASSERT_PTR_NULL(object);
    CU_ASSERT_PTR_EQUAL(decoding.rejection.sentence, pac_rule_find(decoding.rejection.rule)->sentence);
    bool is_there = strcmp(decoding.rejection.path, rows[i].path) == 0;
    CU_ASSERT_TRUE(is_there);
    if (!is_there) {
      fprintf(stderr, "%s: \"%s\"\n", rows[i].file, decoding.rejection.path);
    }
  }
}

/* The path of a deep rejection is cut, at the end of a character. */
static void a_long_path_is_cut(void) {
  const struct vector *row = vectors_find(&vectors, "invalid/v130_nesting_21_levels.bin");
  struct pac_object *object = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, row->octets, row->size, &decoding, &object), PAC_RESULT_LIMIT);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 130);
  CU_ASSERT_EQUAL(strlen(decoding.rejection.path), PAC_ENCODING_PATH_OCTETS_MAX - 1);
  /* A name of three-octet characters, so long that the cut falls inside of one. */
  char name[3 * 80 + 1] = "";
  struct pac_octets octets = {NULL, 0};
  struct pac_value value = pac_value_datetime("20240229120000.000000-480");
  for (unsigned i = 0; i < 80; i++) {
    strcat(name, "\xE6\xBC\xA2");
  }
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "C", &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(object, name, &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_unit_encode(NULL, object, 0, &octets), PAC_RESULT_OK);
  pac_object_free(object);
  octets.data[octets.size - 12 - 3] = 'x'; /* before the empty methods part: the end of the date */
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, octets.data, octets.size, &decoding, &object), PAC_RESULT_MALFORMED);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 123);
  size_t length = strlen(decoding.rejection.path);
  CU_ASSERT_TRUE(length > 100 && length < PAC_ENCODING_PATH_OCTETS_MAX);
  CU_ASSERT_EQUAL((length - strlen("current.default[")) % 3, 0);
  pac_octets_free(NULL, &octets);
}

static void a_full_list_of_findings_still_counts(void) {
  const struct vector *row = vectors_find(&vectors, "valid/spec_myclass_class.bin");
  struct pac_object *object = NULL;
  struct pac_encoding_finding findings[4];
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT, .findings = findings, .findings_max = 4};
  const struct vector *broken = vectors_find(&vectors, "invalid/v080_qualifier_type_7.bin");
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, broken->octets, broken->size, &decoding, &object), PAC_RESULT_MALFORMED);
  for (int i = 0; i < 2; i++) { /* what was found before does not count */
    CU_ASSERT_EQUAL(pac_unit_decode(NULL, row->octets, row->size, &decoding, &object), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(decoding.findings_count, 2);
    pac_object_free(object);
  }
  decoding.findings_max = 1;
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, row->octets, row->size, &decoding, &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 0);
  CU_ASSERT_EQUAL(decoding.rejection.offset, 0);
  CU_ASSERT_STRING_EQUAL(decoding.rejection.path, "");
  CU_ASSERT_PTR_NULL(decoding.rejection.sentence);
  CU_ASSERT_EQUAL(decoding.findings_count, 1);
  CU_ASSERT_EQUAL(decoding.findings_total, 2);
  CU_ASSERT_TRUE(pac_decoding_found(&decoding, 5) && pac_decoding_found(&decoding, 39));
  CU_ASSERT_FALSE(pac_decoding_found(&decoding, 100000));
  CU_ASSERT_EQUAL(findings[0].rule, 39);
  CU_ASSERT_TRUE(findings[0].is_note);
  pac_object_free(object);
}

/* What a query gives back is exempt from what holds between a class and its parent. */
static void a_prototype_is_exempt(void) {
  const struct vector *row = vectors_find(&vectors, "tolerant/v094_method_origin_9.bin");
  struct pac_object *object = NULL;
  uint8_t *octets = malloc(row->size);
  CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
  memcpy(octets, row->octets, row->size);
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, octets, row->size, NULL, &object), PAC_RESULT_MALFORMED);
  octets[8] |= 0x10;
  CU_ASSERT_EQUAL_FATAL(pac_unit_decode(NULL, octets, row->size, NULL, &object), PAC_RESULT_OK);
  CU_ASSERT_FALSE(pac_unit_is_for_put(object));
  pac_object_free(object);
  free(octets);
}

static void kinds_are_recognised(void) {
  for (size_t i = 0; i < vectors.count; i++) {
    const struct vector *row = &vectors.rows[i];
    if (row->is_accepted[PAC_ENCODING_TOLERANT]) {
      CU_ASSERT_EQUAL(pac_encoding_recognise(row->octets, row->size), row->kind);
    }
  }
  CU_ASSERT_EQUAL(pac_encoding_recognise("", 0), PAC_ENCODING_CONTEXT);
}

static void memory_may_fail_anywhere(void) {
  static const char *const files[] = {"valid/hand_all_arrays_class.bin", "valid/hand_embedded_objects_instance.bin",
                                      "valid/note_inherited_default_slot_garbage.bin",
                                      "tolerant/v061_duplicate_property_case_differs.bin",
                                      "tolerant/v054_derivation_duplicate.bin"};
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
    const struct vector *row = vectors_find(&vectors, files[i]);
    enum pac_result result = PAC_RESULT_NO_MEMORY;
    for (unsigned long fail_at = 1; result != PAC_RESULT_OK; fail_at++) {
      struct unit_memory memory;
      struct pac_object *object = NULL;
      struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
      unit_memory_init(&memory, fail_at);
      result = pac_unit_decode(&memory.source, row->octets, row->size, &decoding, &object);
      CU_ASSERT_TRUE(result == PAC_RESULT_OK || (result == PAC_RESULT_NO_MEMORY && object == NULL));
      pac_object_free(object);
      CU_ASSERT_EQUAL(memory.outstanding, 0);
    }
  }
}

static CU_TestInfo tests[] = {
    {"a_class_is_seen_through_the_object_interface", a_class_is_seen_through_the_object_interface},
    {"an_instance_is_seen_through_the_object_interface", an_instance_is_seen_through_the_object_interface},
    {"methods_and_signatures_are_decoded", methods_and_signatures_are_decoded},
    {"both_of_two_names_are_kept", both_of_two_names_are_kept},
    {"equal_orders_keep_the_order_of_the_table", equal_orders_keep_the_order_of_the_table},
    {"equal_orders_keep_the_order_of_the_table", equal_orders_keep_the_order_of_the_table},
    {"marks_of_inheritance_are_trusted", marks_of_inheritance_are_trusted},
    {"a_rejection_says_where", a_rejection_says_where},
    {"a_long_path_is_cut", a_long_path_is_cut},
    {"a_full_list_of_findings_still_counts", a_full_list_of_findings_still_counts},
    {"a_prototype_is_exempt", a_prototype_is_exempt},
    {"kinds_are_recognised", kinds_are_recognised},
    {"memory_may_fail_anywhere", memory_may_fail_anywhere},
    CU_TEST_INFO_NULL,
};

int main(void) {
  vectors_load(&vectors);
  int code = unit_run("wmio_decode", tests);
  vectors_free(&vectors);
  return code;
}
