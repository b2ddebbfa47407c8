/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The canonical encoder: canonical octets come out as they went in, objects come back equal, what has no encoding is
 * refused, and memory that fails anywhere leaks nothing.
 */
#include "encoding/differential/generated.h"
#include "unit.h"
#include "vectors.h"

#define GENERATED_COUNT 2000u

static struct vectors vectors;

/* Decodes under the strict profile; null, with the rule printed, when that fails. */
static struct pac_object *decode(const struct pac_octets *octets, const char *what) {
  struct pac_object *object = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  if (pac_unit_decode(NULL, octets->data, octets->size, &decoding, &object) != PAC_RESULT_OK) {
    fprintf(stderr, "%s: V-%03u offset %u: %s: %s\n", what, decoding.rejection.rule, decoding.rejection.offset,
            decoding.rejection.path, decoding.rejection.sentence);
  }
  return object;
}

/* Nothing in them that the canonical form leaves out: slack, gaps, reserved bits, slots filled in another way. */
static bool are_canonical(const struct pac_octets *octets) {
  static const unsigned loose[] = {4, 5, 8, 39, 64, 71, 75, 115};
  struct pac_object *object = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  bool is_good = pac_unit_decode(NULL, octets->data, octets->size, &decoding, &object) == PAC_RESULT_OK;
  for (size_t i = 0; i < sizeof loose / sizeof loose[0]; i++) {
    if (pac_decoding_found(&decoding, loose[i])) {
      fprintf(stderr, "not canonical: V-%03u\n", loose[i]);
      is_good = false;
    }
  }
  pac_object_free(object);
  return is_good;
}

static struct pac_octets encode(const struct pac_object *object, unsigned options) {
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL(pac_unit_encode(NULL, object, options, &octets), PAC_RESULT_OK);
  return octets;
}

/* Octets of a vector, encoded again. */
static struct pac_octets recode(const char *file, unsigned options) {
  const struct vector *row = vectors_find(&vectors, file);
  struct pac_octets again = {NULL, 0};
  CU_ASSERT_PTR_NOT_NULL_FATAL(row);
  struct pac_object *object = decode(&(struct pac_octets){row->octets, row->size}, file);
  CU_ASSERT_PTR_NOT_NULL_FATAL(object);
  again = encode(object, options);
  pac_object_free(object);
  return again;
}

static bool is_recoded_to_itself(const char *file, unsigned options) {
  const struct vector *row = vectors_find(&vectors, file);
  struct pac_octets again = recode(file, options);
  bool is_same = again.size == row->size && memcmp(again.data, row->octets, row->size) == 0;
  if (!is_same) {
    fprintf(stderr, "%s: encoded differently\n", file);
  }
  pac_octets_free(NULL, &again);
  return is_same;
}

static void canonical_octets_come_out_as_they_went_in(void) {
  static const char *const files[] = {
      "valid/hand_all_arrays_class.bin",   "valid/hand_all_scalars_class.bin",
      "valid/hand_embedded_objects_instance.bin", "valid/hand_flagged_instance.bin",
      "valid/hand_nesting_16_levels.bin",  "valid/hand_no_property_class.bin",
      "valid/hand_no_property_instance.bin", "valid/note_flavor_reserved_bits.bin"};
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
    CU_ASSERT_TRUE(is_recoded_to_itself(files[i], PAC_ENCODE_CANONICAL));
  }
}

static void the_dictionary_serves_values_when_asked_to(void) {
  struct pac_octets plain = recode("valid/hand_dictionary_values_class.bin", PAC_ENCODE_CANONICAL);
  struct pac_octets words = recode("valid/hand_dictionary_values_class.bin", PAC_ENCODE_DICTIONARY_VALUES);
  struct pac_object *from_plain = decode(&plain, "plain");
  struct pac_object *from_words = decode(&words, "words");
  CU_ASSERT_TRUE(words.size < plain.size);
  CU_ASSERT_TRUE(pac_object_equal(from_plain, from_words));
  pac_object_free(from_plain);
  pac_object_free(from_words);
  pac_octets_free(NULL, &plain);
  pac_octets_free(NULL, &words);
}

/* V-038 in values is a note: a word of the dictionary is written out unless asked for. */
static void a_word_of_the_dictionary_is_noted_in_a_value(void) {
  static const union pac_scalar words[] = {
      {.text = "\""},       {.text = "key"},     {.text = "read"},     {.text = "write"}, {.text = "volatile"},
      {.text = "provider"}, {.text = "dynamic"}, {.text = "cimwin32"}, {.text = "DWORD"}, {.text = "CIMTYPE"},
      {.text = ""},         {.text = "Key"},     {.text = "cimtype"}};
  struct pac_value value = pac_value_array(PAC_CIM_STRING, words, sizeof words / sizeof words[0]);
  struct pac_object *object = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "C", &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(object, "P", &value), PAC_RESULT_OK);
  for (unsigned i = 0; i < 2; i++) {
    struct pac_octets octets = encode(object, i == 0 ? PAC_ENCODE_CANONICAL : PAC_ENCODE_DICTIONARY_VALUES);
    struct pac_encoding_finding findings[16];
    struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT, .findings = findings, .findings_max = 16};
    struct pac_object *again = NULL;
    unsigned notes = 0;
    CU_ASSERT_EQUAL(pac_unit_decode(NULL, octets.data, octets.size, &decoding, &again), PAC_RESULT_OK);
    for (uint32_t j = 0; j < decoding.findings_count; j++) {
      notes += findings[j].rule == 38 && findings[j].is_note;
    }
    CU_ASSERT_EQUAL(notes, i == 0 ? 10 : 0);
    CU_ASSERT_TRUE(pac_object_equal(object, again));
    pac_octets_free(NULL, &octets);
    pac_object_free(again);
  }
  pac_object_free(object);
}

/* The class of the specification's section 3: the same octets, but for what it leaves to chance. */
static void the_published_class_comes_out_as_it_was_dumped(void) {
  const struct vector *row = vectors_find(&vectors, "valid/spec_myclass_class.bin");
  struct pac_octets again = recode("valid/spec_myclass_class.bin", PAC_ENCODE_CANONICAL);
  /* Lengths of unit, class part and heap, spare NdTable bits, padding of both method counts. */
  static const size_t different[] = {4, 61, 136, 142, 143, 239, 510, 511, 516, 517};
  uint8_t *expected = malloc(row->size);
  CU_ASSERT_PTR_NOT_NULL_FATAL(expected);
  CU_ASSERT_EQUAL_FATAL(again.size, 522);
  memcpy(expected, row->octets, row->size);
  memmove(expected + 510, row->octets + 516, 12); /* the six octets that its heap does not use */
  for (size_t i = 0; i < sizeof different / sizeof different[0]; i++) {
    expected[different[i]] = again.data[different[i]];
  }
  CU_ASSERT_EQUAL(memcmp(expected, again.data, again.size), 0);
  free(expected);
  pac_octets_free(NULL, &again);
}

static void every_accepted_vector_survives_a_round_trip(void) {
  for (size_t i = 0; i < vectors.count; i++) {
    const struct vector *row = &vectors.rows[i];
    if (row->kind != PAC_ENCODING_UNIT || !row->is_accepted[PAC_ENCODING_STRICT]) {
      continue;
    }
    struct pac_object *object = decode(&(struct pac_octets){row->octets, row->size}, row->file);
    struct pac_octets first = encode(object, PAC_ENCODE_CANONICAL);
    struct pac_object *again = decode(&first, row->file);
    char difference[256] = "";
    bool is_equal = pac_object_compare(object, again, PAC_COMPARE_ALL, difference, sizeof difference);
    CU_ASSERT_TRUE(is_equal);
    if (!is_equal) {
      fprintf(stderr, "%s: %s\n", row->file, difference);
    }
    struct pac_octets second = encode(again, PAC_ENCODE_CANONICAL);
    CU_ASSERT_TRUE(second.size == first.size && memcmp(second.data, first.data, first.size) == 0);
    CU_ASSERT_TRUE(are_canonical(&first));
    pac_octets_free(NULL, &first);
    pac_octets_free(NULL, &second);
    pac_object_free(object);
    pac_object_free(again);
  }
}

static bool survives(const struct pac_object *object, const char *what, unsigned long number) {
  struct pac_octets octets = encode(object, PAC_ENCODE_CANONICAL);
  char difference[256] = "";
  struct pac_object *again = decode(&octets, what);
  bool is_equal = again != NULL && pac_object_compare(object, again, PAC_COMPARE_ALL, difference, sizeof difference);
  if (!is_equal) {
    fprintf(stderr, "%s %lu: %s\n", what, number, difference);
  }
  bool is_canonical = are_canonical(&octets);
  pac_octets_free(NULL, &octets);
  pac_object_free(again);
  return is_equal && is_canonical;
}

static void generated_objects_survive_a_round_trip(void) {
  for (unsigned long seed = 1; seed <= GENERATED_COUNT; seed++) {
    struct generator generator = {.state = seed};
    struct pac_object *object =
        seed % 2 == 0 ? generator_class(&generator) : generator_instance(&generator);
    CU_ASSERT_TRUE(survives(object, "seed", seed));
    pac_object_free(object);
  }
}

/* More items in one inherited default than the decoder first makes room for. */
static void a_long_inherited_default_survives(void) {
  union pac_scalar texts[100];
  struct pac_object *base = NULL;
  struct pac_object *child = NULL;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    texts[i].text = "text";
  }
  struct pac_value value = pac_value_array(PAC_CIM_STRING, texts, sizeof texts / sizeof texts[0]);
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Base", &base), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(base, "P", &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(base, "Q", &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_class_derive(NULL, base, "Child", &child), PAC_RESULT_OK);
  CU_ASSERT_TRUE(survives(child, "long default", 0));
  pac_object_free(base);
  pac_object_free(child);
}

/* Of a decoration both texts are written; one that is empty comes back as unknown, two that are come back. */
static void half_a_decoration_survives(void) {
  static const char *const texts[] = {NULL, "", "text"};
  for (size_t i = 0; i < 9; i++) {
    const char *server = texts[i / 3];
    const char *namespace_name = texts[i % 3];
    struct pac_object *object = NULL;
    CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "C", &object), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(pac_object_set_origin(object, server, namespace_name), PAC_RESULT_OK);
    struct pac_octets octets = encode(object, PAC_ENCODE_CANONICAL);
    struct pac_object *again = decode(&octets, "decoration");
    bool has_server = server != NULL && server[0] != '\0';
    bool has_namespace = namespace_name != NULL && namespace_name[0] != '\0';
    bool is_empty = !has_server && !has_namespace && (server != NULL || namespace_name != NULL);
    const char *const got[] = {pac_object_server(again), pac_object_namespace(again)};
    const bool has[] = {has_server, has_namespace};
    for (size_t j = 0; j < 2; j++) {
      const char *expected = has[j] ? "text" : is_empty ? "" : NULL;
      CU_ASSERT_TRUE(expected == NULL ? got[j] == NULL : got[j] != NULL && strcmp(got[j], expected) == 0);
    }
    pac_octets_free(NULL, &octets);
    pac_object_free(object);
    pac_object_free(again);
  }
}

/* A text that ends one octet early leaves that octet to no item, at whichever place of the heap's last word. */
static void a_gap_is_noted_wherever_it_is(void) {
  char text[200];
  for (size_t length = 2; length < sizeof text; length++) {
    struct pac_object *object = NULL;
    memset(text, 'x', length);
    text[length] = '\0';
    struct pac_value value = pac_value_string(text);
    CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "C", &object), PAC_RESULT_OK);
    CU_ASSERT_EQUAL(pac_class_property_add(object, "P", &value), PAC_RESULT_OK);
    struct pac_octets octets = encode(object, PAC_ENCODE_CANONICAL);
    CU_ASSERT_TRUE(are_canonical(&octets));
    octets.data[octets.size - 12 - 2] = 0; /* in front of the terminator and an empty MethodsPart */
    struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
    struct pac_object *again = NULL;
    CU_ASSERT_EQUAL(pac_unit_decode(NULL, octets.data, octets.size, &decoding, &again), PAC_RESULT_OK);
    CU_ASSERT_TRUE(pac_decoding_found(&decoding, 39));
    pac_octets_free(NULL, &octets);
    pac_object_free(object);
    pac_object_free(again);
  }
}

/* The encoding has no way to say that a parent's definition is unknown: an empty one comes back. */
static void a_superclass_set_by_hand_comes_back_without_definition(void) {
  struct pac_object *object = NULL;
  struct pac_value value = pac_value_null(PAC_CIM_STRING, false);
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Child", &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(object, "P", &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_set_superclass(object, "Unknown"), PAC_RESULT_OK);
  struct pac_octets octets = encode(object, PAC_ENCODE_CANONICAL);
  struct pac_object *again = decode(&octets, "by hand");
  CU_ASSERT_PTR_NOT_NULL_FATAL(again);
  CU_ASSERT_STRING_EQUAL(pac_object_superclass(again), "Unknown");
  CU_ASSERT_TRUE(pac_object_compare(object, again, PAC_COMPARE_IGNORE_DEFINITION, NULL, 0));
  pac_octets_free(NULL, &octets);
  pac_object_free(object);
  pac_object_free(again);
}

static void what_has_no_encoding_is_refused(void) {
  struct pac_object *unnamed = NULL;
  struct pac_object *instance = NULL;
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, NULL, &unnamed), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_unit_encode(NULL, unnamed, 0, &octets), PAC_RESULT_UNSUPPORTED);
  CU_ASSERT_EQUAL(pac_instance_new(NULL, unnamed, &instance), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_unit_encode(NULL, instance, 0, &octets), PAC_RESULT_UNSUPPORTED);
  CU_ASSERT_EQUAL(pac_object_set_class_name(unnamed, "Named"), PAC_RESULT_OK);
  struct pac_value number = pac_value_null(PAC_CIM_UINT32, false);
  CU_ASSERT_EQUAL(pac_qualifier_put(pac_object_qualifiers(unnamed), "Q", &number, 0), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_unit_encode(NULL, unnamed, 0, &octets), PAC_RESULT_UNSUPPORTED);
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  CU_ASSERT_EQUAL(pac_qualifier_put(pac_object_qualifiers(unnamed), "Q", &text, 0), PAC_RESULT_OK);
  CU_ASSERT_TRUE(survives(unnamed, "null text qualifier", 0));
  CU_ASSERT_PTR_NULL(octets.data);
  pac_object_free(unnamed);
  pac_object_free(instance);
}

static void an_encoding_beyond_the_limit_is_refused(void) {
  struct pac_object *object = NULL;
  struct pac_octets octets = {NULL, 0};
  union pac_scalar *elements = calloc(PAC_ENCODING_OCTETS_MAX / 8, sizeof *elements);
  CU_ASSERT_PTR_NOT_NULL_FATAL(elements);
  struct pac_value value = pac_value_array(PAC_CIM_UINT64, elements, PAC_ENCODING_OCTETS_MAX / 8);
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Large", &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_class_property_add(object, "P", &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_unit_encode(NULL, object, 0, &octets), PAC_RESULT_LIMIT);
  pac_object_free(object);
  free(elements);
}

static void memory_may_fail_anywhere(void) {
  struct generator generator = {.state = 11};
  struct pac_object *object = generator_instance(&generator);
  enum pac_result result = PAC_RESULT_NO_MEMORY;
  for (unsigned long fail_at = 1; result != PAC_RESULT_OK; fail_at++) {
    struct unit_memory memory;
    struct pac_octets octets = {NULL, 0};
    unit_memory_init(&memory, fail_at);
    result = pac_unit_encode(&memory.source, object, 0, &octets);
    CU_ASSERT_TRUE(result == PAC_RESULT_OK || (result == PAC_RESULT_NO_MEMORY && octets.data == NULL));
    pac_octets_free(&memory.source, &octets);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
  }
  pac_object_free(object);
}

static CU_TestInfo tests[] = {
    {"canonical_octets_come_out_as_they_went_in", canonical_octets_come_out_as_they_went_in},
    {"the_dictionary_serves_values_when_asked_to", the_dictionary_serves_values_when_asked_to},
    {"a_long_inherited_default_survives", a_long_inherited_default_survives},
    {"half_a_decoration_survives", half_a_decoration_survives},
    {"a_gap_is_noted_wherever_it_is", a_gap_is_noted_wherever_it_is},
    {"a_word_of_the_dictionary_is_noted_in_a_value", a_word_of_the_dictionary_is_noted_in_a_value},
    {"the_published_class_comes_out_as_it_was_dumped", the_published_class_comes_out_as_it_was_dumped},
    {"every_accepted_vector_survives_a_round_trip", every_accepted_vector_survives_a_round_trip},
    {"generated_objects_survive_a_round_trip", generated_objects_survive_a_round_trip},
    {"a_superclass_set_by_hand_comes_back_without_definition", a_superclass_set_by_hand_comes_back_without_definition},
    {"what_has_no_encoding_is_refused", what_has_no_encoding_is_refused},
    {"an_encoding_beyond_the_limit_is_refused", an_encoding_beyond_the_limit_is_refused},
    {"memory_may_fail_anywhere", memory_may_fail_anywhere},
    CU_TEST_INFO_NULL};

int main(void) {
  vectors_load(&vectors);
  int code = unit_run("wmio_encode", tests);
  vectors_free(&vectors);
  return code;
}
