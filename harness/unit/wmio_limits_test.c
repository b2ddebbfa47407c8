/* SPDX-License-Identifier: Apache-2.0 */
/* Limits of the object model and of the work, met by objects that the encoding itself allows. */
#include <string.h>

#include "encoding/decoder.h"
#include "unit.h"

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
  CU_ASSERT_EQUAL(counts[39], 1); /* its octets are no item's */
  CU_ASSERT_EQUAL(decoding.findings_count, decoding.findings_total);
  pac_octets_free(NULL, &octets);
  pac_object_free(base);
  pac_object_free(child);
  pac_object_free(object);
}

/* The place of the last text in the file that is this one. */
static size_t last_text(const struct pac_octets *octets, const char *text) {
  size_t at = octets->size - strlen(text) - 1;
  while (memcmp(octets->data + at, text, strlen(text) + 1) != 0) {
    at -= 1;
  }
  return at - 1;
}

/* Items of a default that does not resolve are nobody's: another value may have them. */
static void a_failed_default_claims_no_items(void) {
  struct pac_object *base = NULL;
  struct pac_object *child = NULL;
  struct pac_octets octets = {NULL, 0};
  const union pac_scalar elements[] = {{.text = "first"}, {.text = "zz"}};
  struct pac_value value = pac_value_array(PAC_CIM_STRING, elements, 2);
  struct pac_value other = pac_value_string("other");
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Base", &base), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(base, "P", &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_class_derive(NULL, base, "Child", &child), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(child, "Q", &other), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_unit_encode(NULL, child, 0, &octets), PAC_RESULT_OK);
  octets.data[last_text(&octets, "zz")] = 2; /* a string flag that is none */
  /* The slot of Q stands in front of the heap's length. */
  size_t heap = last_text(&octets, "other");
  size_t first = last_text(&octets, "first");
  for (size_t place = heap; octets.data[heap - 8] != place - heap || octets.data[heap - 1] != 0x80; heap--) {
  }
  put_u32(octets.data + heap - 8, (uint32_t)(first - heap));
  struct pac_object *object = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  CU_ASSERT_EQUAL_FATAL(pac_unit_decode(NULL, octets.data, octets.size, &decoding, &object), PAC_RESULT_OK);
  CU_ASSERT_TRUE(pac_decoding_found(&decoding, 72));
  CU_ASSERT_STRING_EQUAL(pac_object_property_find(object, "Q")->value.scalar.text, "first");
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

static CU_TestInfo tests[] = {
    {"the_models_limits_have_a_sentence", the_models_limits_have_a_sentence},
    {"names_repeat_up_to_a_limit", names_repeat_up_to_a_limit},
    {"an_absent_parent_has_no_methods", an_absent_parent_has_no_methods},
    {"a_shared_text_meets_the_budget", a_shared_text_meets_the_budget},
    {"memory_has_a_budget", memory_has_a_budget},
    {"a_failed_default_leaves_no_notes", a_failed_default_leaves_no_notes},
    {"a_failed_default_claims_no_items", a_failed_default_claims_no_items},
    {"shared_items_meet_the_budget", shared_items_meet_the_budget},
    CU_TEST_INFO_NULL,
};
UNIT_MAIN("wmio_limits", tests)
