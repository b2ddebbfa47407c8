/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decoding of units into the object model: what a reader of the object sees, where a rejection points, which limits
 * hold, and that memory may fail anywhere.
 */
#include "encoding/dump.h"
#include "encoding/text.h"
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

static void marks_of_inheritance_are_trusted(void) {
  struct pac_object *object = decode("tolerant/v069_class_of_origin_too_big.bin", PAC_ENCODING_TOLERANT);
  CU_ASSERT_FALSE(pac_object_property_at(object, 0)->is_inherited);
  pac_object_free(object);
  object = decode("tolerant/v093_method_propagated_but_local.bin", PAC_ENCODING_TOLERANT);
  CU_ASSERT_TRUE(pac_object_method_at(object, 0)->is_inherited);
  pac_object_free(object);
}

static void a_rejection_says_where(void) {
  const struct vector *row = vectors_find(&vectors, "invalid/v080_qualifier_type_7.bin");
  struct pac_object *object = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, row->octets, row->size, &decoding, &object), PAC_RESULT_MALFORMED);
  CU_ASSERT_PTR_NULL(object);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 80);
  CU_ASSERT_PTR_EQUAL(decoding.rejection.sentence, pac_rule_find(80)->sentence);
  CU_ASSERT_EQUAL(strncmp(decoding.rejection.path, "current", 7), 0);
  row = vectors_find(&vectors, "invalid/v121_array_count_max.bin");
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, row->octets, row->size, &decoding, &object), PAC_RESULT_MALFORMED);
  CU_ASSERT_STRING_EQUAL(decoding.rejection.path, "instance.property[List]");
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
  struct pac_encoding_finding one;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT, .findings = &one, .findings_max = 1};
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, row->octets, row->size, &decoding, &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(decoding.findings_count, 1);
  CU_ASSERT_EQUAL(decoding.findings_total, 2);
  CU_ASSERT_TRUE(pac_decoding_found(&decoding, 5) && pac_decoding_found(&decoding, 39));
  CU_ASSERT_FALSE(pac_decoding_found(&decoding, 100000));
  CU_ASSERT_EQUAL(one.rule, 39);
  CU_ASSERT_TRUE(one.is_note);
  pac_object_free(object);
}

/* Limits of the object model, met by objects that the encoding itself allows. ------------------------------------- */

static void put_u32(uint8_t *at, uint32_t value) {
  for (unsigned i = 0; i < 4; i++) {
    at[i] = (uint8_t)(value >> (8 * i));
  }
}

/* A class "C" without parent and properties, and `octets` more after the name in its heap. */
static uint8_t *bare_class(size_t derivation_octets, size_t qualifier_octets, size_t lookup_octets, size_t heap_octets,
                           size_t *size, size_t at[4]) {
  static const uint8_t parent[] = {0x1D, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 4,    0, 0,
                                   0,    4, 0, 0, 0, 0,    0,    0,    0,    0, 0, 0, 0x80, 0x0C, 0, 0,
                                   0,    0, 0, 0, 0, 0,    0,    0,    0x80};
  size_t class_octets = 29 + derivation_octets + qualifier_octets + lookup_octets + heap_octets;
  *size = 9 + sizeof parent + class_octets + 12;
  uint8_t *octets = calloc(*size, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
  put_u32(octets, 0x12345678u);
  put_u32(octets + 4, (uint32_t)*size - 8);
  octets[8] = 1;
  memcpy(octets + 9, parent, sizeof parent);
  size_t part = 9 + sizeof parent;
  put_u32(octets + part, (uint32_t)class_octets);
  put_u32(octets + part + 13, (uint32_t)(4 + derivation_octets));
  at[0] = part + 17;
  put_u32(octets + at[0] + derivation_octets, (uint32_t)(4 + qualifier_octets));
  at[1] = at[0] + derivation_octets + 4;
  at[2] = at[1] + qualifier_octets + 4;
  at[3] = at[2] + lookup_octets + 4;
  put_u32(octets + at[3] - 4, (uint32_t)heap_octets | 0x80000000u);
  put_u32(octets + *size - 12, 12);
  put_u32(octets + *size - 4, 0x80000000u);
  octets[at[3] + 1] = 'C';
  return octets;
}

static enum pac_result judge(const uint8_t *octets, size_t size, struct pac_decoding *decoding) {
  struct pac_object *object = NULL;
  *decoding = (struct pac_decoding){.profile = PAC_ENCODING_TOLERANT};
  enum pac_result result = pac_unit_decode(NULL, octets, size, decoding, &object);
  pac_object_free(object);
  return result;
}

static void the_models_limits_have_a_sentence(void) {
  struct pac_decoding decoding;
  size_t at[4];
  size_t size = 0;
  /* Ancestors, one more than the model holds: a character and its terminator each. */
  uint32_t ancestors = PAC_OBJECT_ANCESTORS_MAX + 1;
  uint8_t *octets = bare_class((size_t)ancestors * 7, 0, 0, 3, &size, at);
  for (uint32_t i = 0; i < ancestors; i++) {
    octets[at[0] + 7 * (size_t)i + 1] = (uint8_t)('a' + i % 26);
    put_u32(octets + at[0] + 7 * (size_t)i + 3, 3);
  }
  CU_ASSERT_EQUAL(judge(octets, size, &decoding), PAC_RESULT_LIMIT);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 0);
  CU_ASSERT_PTR_NOT_NULL(decoding.rejection.sentence);
  free(octets);
  /* Qualifiers, each with a name of its own: three characters and their terminator. */
  uint32_t qualifiers = PAC_OBJECT_QUALIFIERS_MAX + 1;
  octets = bare_class(0, (size_t)qualifiers * 10, 0, 3 + (size_t)qualifiers * 5, &size, at);
  for (uint32_t i = 0; i < qualifiers; i++) {
    uint8_t *name = octets + at[3] + 3 + 5 * (size_t)i;
    put_u32(octets + at[1] + 10 * (size_t)i, 3 + i * 5);
    octets[at[1] + 10 * (size_t)i + 5] = PAC_CIM_UINT8;
    for (unsigned digit = 0; digit < 3; digit++) {
      name[1 + digit] = (uint8_t)(0xA0 + (i >> (6 * digit) & 0x3F));
    }
  }
  CU_ASSERT_EQUAL(judge(octets, size, &decoding), PAC_RESULT_LIMIT);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 0);
  free(octets);
  /* A class name of too many octets. */
  octets = bare_class(0, 0, 0, PAC_NAME_OCTETS_MAX + 3, &size, at);
  memset(octets + at[3] + 1, 'n', PAC_NAME_OCTETS_MAX + 1);
  CU_ASSERT_EQUAL(judge(octets, size, &decoding), PAC_RESULT_LIMIT);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 0);
  memset(octets + at[3] + PAC_NAME_OCTETS_MAX + 1, 0, 1);
  CU_ASSERT_EQUAL(judge(octets, size, &decoding), PAC_RESULT_OK);
  free(octets);
}

static void names_repeat_up_to_a_limit(void) {
  struct pac_decoding decoding;
  size_t at[4];
  size_t size = 0;
  for (uint32_t more = 1; more <= 2; more++) {
    uint32_t qualifiers = PAC_ENCODING_REPEATS_MAX + more;
    uint8_t *octets = bare_class(0, (size_t)qualifiers * 10, 0, 3, &size, at);
    for (uint32_t i = 0; i < qualifiers; i++) {
      put_u32(octets + at[1] + 10 * (size_t)i, 0x80000003u);
      octets[at[1] + 10 * (size_t)i + 5] = PAC_CIM_UINT8;
    }
    CU_ASSERT_EQUAL(judge(octets, size, &decoding), more == 1 ? PAC_RESULT_OK : PAC_RESULT_LIMIT);
    CU_ASSERT_EQUAL(decoding.rejection.rule, more == 1 ? 0 : 131);
    free(octets);
  }
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

/* A parent without name has no methods either. */
static void an_absent_parent_has_no_methods(void) {
  static const uint8_t method[] = {1, 0, 0, 0, /* count, padding */
                                   0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 7, 0, 0, 0, 11, 0, 0, 0,
                                   15, 0, 0, 0x80, 0, 'M', 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  struct pac_decoding decoding;
  struct pac_object *object = NULL;
  size_t at[4];
  size_t size = 0;
  size_t part = 9 + 29; /* the parent's methods part: twelve octets, to be replaced */
  uint8_t *octets = bare_class(0, 0, 0, 3, &size, at);
  uint8_t *grown = calloc(size + sizeof method - 8, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(grown);
  memcpy(grown, octets, part + 4);
  memcpy(grown + part + 4, method, sizeof method);
  memcpy(grown + part + 4 + sizeof method, octets + part + 12, size - part - 12);
  size += sizeof method - 8;
  put_u32(grown + 4, (uint32_t)size - 8);
  put_u32(grown + part, (uint32_t)sizeof method + 4);
  CU_ASSERT_EQUAL(judge(grown, size, &decoding), PAC_RESULT_OK);
  CU_ASSERT_TRUE(pac_decoding_found(&decoding, 51));
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, grown, size, NULL, &object), PAC_RESULT_MALFORMED);
  free(octets);
  free(grown);
}

/* One long text under many references is read for each of them, until the budget ends. */
static void a_shared_text_meets_the_budget(void) {
  struct pac_object *object = NULL;
  struct pac_octets octets = {NULL, 0};
  struct pac_decoding decoding;
  char text[8001];
  union pac_scalar elements[77];
  memset(text, 't', 8000);
  text[8000] = '\0';
  for (unsigned i = 0; i < 77; i++) {
    elements[i].text = i == 0 ? text : "";
  }
  struct pac_value value = pac_value_array(PAC_CIM_STRING, elements, 77);
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "C", &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(object, "P", &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_unit_encode(NULL, object, 0, &octets), PAC_RESULT_OK);
  pac_object_free(object);
  size_t count_at = 0;
  while (memcmp(octets.data + count_at, "\x4D\0\0\0", 4) != 0) {
    count_at += 1;
  }
  for (unsigned shared = 3; shared <= 77; shared += 74) {
    for (unsigned i = 1; i < shared; i++) {
      memcpy(octets.data + count_at + 4 + 4 * (size_t)i, octets.data + count_at + 4, 4);
    }
    enum pac_result result = judge(octets.data, octets.size, &decoding);
    CU_ASSERT_EQUAL(result, shared == 3 ? PAC_RESULT_OK : PAC_RESULT_LIMIT);
    CU_ASSERT_EQUAL(decoding.rejection.rule, shared == 3 ? 0 : 131);
  }
  pac_octets_free(NULL, &octets);
}

static void memory_has_a_budget(void) {
  struct decoder decoder;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  struct pac_arena *arena = NULL;
  void *given = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_arena_new(NULL, 0, &arena), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_decoder_init(&decoder, "0123456789", 10, &decoding, arena, arena), PAC_RESULT_OK);
  uint64_t most = PAC_ENCODING_MEMORY_EXTRA + 10 * PAC_ENCODING_MEMORY_PER_OCTET;
  CU_ASSERT_EQUAL(pac_decoder_allocate(&decoder, arena, most + 1, 1, &given), PAC_RESULT_LIMIT);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 131);
  CU_ASSERT_EQUAL(pac_decoder_allocate(&decoder, arena, most, 1, &given), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_decoder_allocate(&decoder, arena, 1, 1, &given), PAC_RESULT_LIMIT);
  pac_arena_free(arena);
}

/* What was noted inside of a default that then does not resolve is forgotten. */
static void a_failed_default_leaves_no_notes(void) {
  struct pac_object *base = NULL;
  struct pac_object *child = NULL;
  struct pac_octets octets = {NULL, 0};
  const union pac_scalar elements[] = {{.text = "DWORD"}, {.text = "zz"}};
  struct pac_value value = pac_value_array(PAC_CIM_STRING, elements, 2);
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Base", &base), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(base, "P", &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_class_derive(NULL, base, "Child", &child), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_unit_encode(NULL, child, 0, &octets), PAC_RESULT_OK);
  size_t at = octets.size - 3;
  do {
    at -= 1;
  } while (memcmp(octets.data + at, "\0zz", 4) != 0);
  octets.data[at] = 2; /* a string flag that is none, in the child's copy */
  struct pac_object *object = NULL;
  struct pac_encoding_finding findings[8];
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT, .findings = findings, .findings_max = 8};
  CU_ASSERT_EQUAL_FATAL(pac_unit_decode(NULL, octets.data, octets.size, &decoding, &object), PAC_RESULT_OK);
  unsigned counts[PAC_RULE_NUMBERS_MAX] = {0};
  for (uint32_t i = 0; i < decoding.findings_count; i++) {
    counts[findings[i].rule] += 1;
  }
  CU_ASSERT_EQUAL(counts[38], 1); /* the parent's */
  CU_ASSERT_EQUAL(counts[72], 1);
  CU_ASSERT_EQUAL(decoding.findings_count, decoding.findings_total);
  pac_octets_free(NULL, &octets);
  pac_object_free(base);
  pac_object_free(child);
  pac_object_free(object);
}

/* Many properties that share one PropertyInfo with many qualifiers: the work would be their product. */
static void shared_items_meet_the_budget(void) {
  struct pac_decoding decoding;
  size_t at[4];
  size_t size = 0;
  uint32_t properties = 2000;
  uint32_t qualifiers = 2000;
  size_t tables = properties / 4 + 1;
  uint8_t *octets =
      bare_class(0, 0, (size_t)properties * 8 + tables, 3 + 18 + (size_t)qualifiers * 10, &size, at);
  put_u32(octets + at[2] - 4, properties);
  put_u32(octets + at[1] - 4 - 4 - 4, (uint32_t)tables);
  for (uint32_t i = 0; i < properties; i++) {
    put_u32(octets + at[2] + 8 * (size_t)i + 4, 3);
  }
  uint8_t *info = octets + at[3] + 3;
  info[0] = PAC_CIM_UINT8;
  put_u32(info + 14, 4 + qualifiers * 10);
  for (uint32_t i = 0; i < qualifiers; i++) {
    put_u32(info + 18 + 10 * (size_t)i, 0x80000003u);
    info[18 + 10 * (size_t)i + 5] = PAC_CIM_UINT8;
  }
  CU_ASSERT_EQUAL(judge(octets, size, &decoding), PAC_RESULT_LIMIT);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 131);
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

static void names_order_as_utf16_units(void) {
  CU_ASSERT_TRUE(pac_name_order("CreationDate", "CSCreationClassName", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("a_", "aB", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("a_", "aB", true) > 0);
  CU_ASSERT_EQUAL(pac_name_order("Name", "nAME", false), 0);
  CU_ASSERT_TRUE(pac_name_order("Na", "Name", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("\xC3\xA9", "\xE6\xBC\xA2", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("\xC3\xA9", "\xC3\xAA", false) < 0);
  /* Beyond U+FFFF the first surrogate counts, which is below U+E000. */
  CU_ASSERT_TRUE(pac_name_order("\xF0\x9D\x84\x9E", "\xEE\x80\x80", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("\xEE\x80\x80", "\xF0\x9D\x84\x9E", false) > 0);
  CU_ASSERT_TRUE(pac_name_order("\xF0\x9D\x84\x9E", "\xF0\x9D\x84\x9F", false) < 0);
  /* U+D834 alone against the pair D834 DD1E. */
  CU_ASSERT_TRUE(pac_name_order("\xED\xA0\xB4x", "\xF0\x9D\x84\x9E", false) < 0);
  CU_ASSERT_TRUE(pac_name_order("\xF0\x9D\x84\x9E", "\xED\xA0\xB4x", false) > 0);
}

static void datetimes_are_judged_by_their_shape(void) {
  static const char *const good[] = {"20240229120000.000000-480", "00000001132312.125000:000",
                                     "2024****120000.******+060", "**************.******+***",
                                     "00000001132312.12****:000", "20240229120000.000000+000"};
  static const char *const bad[] = {"",
                                    "20240229120000.000000-48",
                                    "20240229120000.000000-4800",
                                    "20240229120000,000000-480",
                                    "2024*229120000.000000-480",
                                    "20240229120000.00000x-480",
                                    "00000001132312.125000:001",
                                    "0000000*132312.125000:000",
                                    "20240229120000.000000*480",
                                    "20240229120000.000000-4*0"};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    CU_ASSERT_TRUE(pac_datetime_is_formed(good[i]));
  }
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CU_ASSERT_FALSE(pac_datetime_is_formed(bad[i]));
  }
}

static void dictionary_words_are_found(void) {
  for (uint32_t i = 0; i <= 10; i++) {
    CU_ASSERT_EQUAL(pac_dictionary_index(pac_dictionary_text(i)), i == 2 ? -1 : (int)i);
  }
  CU_ASSERT_PTR_NULL(pac_dictionary_text(11));
  CU_ASSERT_EQUAL(pac_dictionary_index("CIMWin32"), -1);
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
    {"marks_of_inheritance_are_trusted", marks_of_inheritance_are_trusted},
    {"a_rejection_says_where", a_rejection_says_where},
    {"a_long_path_is_cut", a_long_path_is_cut},
    {"a_full_list_of_findings_still_counts", a_full_list_of_findings_still_counts},
    {"the_models_limits_have_a_sentence", the_models_limits_have_a_sentence},
    {"names_repeat_up_to_a_limit", names_repeat_up_to_a_limit},
    {"a_prototype_is_exempt", a_prototype_is_exempt},
    {"an_absent_parent_has_no_methods", an_absent_parent_has_no_methods},
    {"a_shared_text_meets_the_budget", a_shared_text_meets_the_budget},
    {"memory_has_a_budget", memory_has_a_budget},
    {"a_failed_default_leaves_no_notes", a_failed_default_leaves_no_notes},
    {"shared_items_meet_the_budget", shared_items_meet_the_budget},
    {"kinds_are_recognised", kinds_are_recognised},
    {"names_order_as_utf16_units", names_order_as_utf16_units},
    {"datetimes_are_judged_by_their_shape", datetimes_are_judged_by_their_shape},
    {"dictionary_words_are_found", dictionary_words_are_found},
    {"memory_may_fail_anywhere", memory_may_fail_anywhere},
    CU_TEST_INFO_NULL};

int main(void) {
  vectors_load(&vectors);
  int code = unit_run("wmio_decode", tests);
  vectors_free(&vectors);
  return code;
}
