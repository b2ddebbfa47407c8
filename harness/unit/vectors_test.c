/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every vector is a case: accepted with the content of its JSON, with exactly the notes and tolerated rules of the
 * manifest, or rejected with the rule that it names. Each finding stands at the offset that the JSON of our own vectors
 * gives, or at the one that is listed here. The public decoders have to agree with what the dump says.
 */
#include <jansson.h>

#include "encoding/dump.h"
#include "unit.h"
#include "vectors.h"

#define FINDINGS_MAX 256u

static struct vectors vectors;

/* Prints what does not fit, so that a failure can be read without a debugger. */
static bool agree(bool is_good, const struct vector *row, const char *profile, const char *what) {
  if (!is_good) {
    fprintf(stderr, "%s, %s: %s\n", row->file, profile, what);
  }
  return is_good;
}

static bool lists_rule(const char *list, unsigned rule) {
  char word[16];
  snprintf(word, sizeof word, "V-%03u", rule);
  return strstr(list, word) != NULL;
}

/* Each rule of the list was found, and none was found that is on neither list. */
static bool findings_fit(const struct pac_decoding *decoding, const char *notes, const char *tolerated) {
  size_t count = 0;
  const struct pac_rule *rules = pac_rules(&count);
  for (size_t i = 0; i < count; i++) {
    bool is_listed = lists_rule(notes, rules[i].number) || lists_rule(tolerated, rules[i].number);
    if (is_listed != pac_decoding_found(decoding, rules[i].number)) {
      fprintf(stderr, "V-%03u %s\n", rules[i].number, is_listed ? "was not found" : "was found");
      return false;
    }
  }
  for (uint32_t i = 0; i < decoding->findings_count; i++) {
    const struct pac_encoding_finding *finding = &decoding->findings[i];
    if (!lists_rule(finding->is_note ? notes : tolerated, finding->rule)) {
      return false;
    }
  }
  return decoding->findings_count == decoding->findings_total;
}

/* A part of the JSON beside the vector; null when it has none of that name. */
static json_t *expected_part(const struct vector *row, const char *part) {
  char path[2048];
  snprintf(path, sizeof path, "%s/%.*s.json", row->folder, (int)(strlen(row->file) - 4), row->file);
  json_t *whole = json_load_file(path, JSON_ALLOW_NUL, NULL);
  json_t *expected = json_incref(json_object_get(whole, part));
  json_decref(whole);
  return expected;
}

/* Where ours says that a violation is, when the independent decoder that made the JSON noticed it elsewhere: at the field
 * that leads there, or at the end of what it could read. */
static const struct {
  const char *file;
  json_int_t theirs;
  json_int_t ours;
} elsewhere[] = {
    {"invalid/v009_qualifierset_cut_in_qualifier.bin", 182, 173},
    {"invalid/v131_fanout_shared_arrays.bin", 1040, 1022},
    {"tolerant/v038_literal_dictionary_word.bin", 90, 128},
    {"tolerant/v054_derivation_duplicate.bin", 408, 421},
    {"tolerant/v054_derived_from_itself.bin", 142, 155},
    {"tolerant/v055_derivation_not_parent.bin", 142, 155},
    {"tolerant/v057_ndvt_without_properties.bin", 77, 93},
    {"tolerant/v059_value_table_one_octet_long.bin", 78, 103},
    {"tolerant/v070_inherited_flag_without_origin.bin", 131, 121},
    {"tolerant/v098_signature_class_name.bin", 749, 774},
    {"tolerant/v098_signature_not_abstract.bin", 753, 1013},
    {"tolerant/v100_parameter_without_id.bin", 749, 926},
    {"valid/hand_all_arrays_class.bin", 1211, 1224},
    {"valid/hand_all_scalars_class.bin", 122, 502},
    {"valid/hand_all_scalars_class.bin", 430, 1722},
};

static json_int_t our_offset(const struct vector *row, json_int_t theirs) {
  for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
    if (strcmp(elsewhere[i].file, row->file) == 0 && elsewhere[i].theirs == theirs) {
      return elsewhere[i].ours;
    }
  }
  return theirs;
}

/* How many findings of a kind are this one: the rule as its word, and the offset. */
static size_t findings_like(const struct pac_decoding *decoding, bool is_note, const char *rule, json_int_t offset) {
  size_t count = 0;
  char word[16];
  for (uint32_t i = 0; i < decoding->findings_count; i++) {
    const struct pac_encoding_finding *finding = &decoding->findings[i];
    snprintf(word, sizeof word, "V-%03u", finding->rule);
    count += finding->is_note == is_note && strcmp(word, rule) == 0 && finding->offset == offset;
  }
  return count;
}

/* The pairs of rule and offset in a list are the findings of its kind. */
static bool pairs_fit(const struct vector *row, const json_t *pairs, bool is_note,
                      const struct pac_decoding *decoding) {
  size_t index = 0;
  const json_t *pair = NULL;
  json_array_foreach(pairs, index, pair) {
    const char *rule = json_string_value(json_array_get(pair, 0));
    json_int_t offset = our_offset(row, json_integer_value(json_array_get(pair, 1)));
    size_t listed = 0;
    for (size_t i = 0; i < json_array_size(pairs); i++) {
      listed += json_equal(json_array_get(pairs, i), pair) == 1;
    }
    if (rule == NULL || findings_like(decoding, is_note, rule, offset) != listed) {
      return false;
    }
  }
  return true;
}

/* The offsets of others' vectors are those of another decoder. */
static bool offsets_fit(const struct vector *row, const char *profile, const struct pac_decoding *decoding) {
  if (strcmp(row->folder, PAC_SOURCE_DIR "/corpus/vectors") != 0) {
    return true;
  }
  json_t *expected = expected_part(row, profile);
  bool is_good = false;
  if (json_is_true(json_object_get(expected, "accept"))) {
    is_good = pairs_fit(row, json_object_get(expected, "soft"), false, decoding) &&
              pairs_fit(row, json_object_get(expected, "notes"), true, decoding);
  } else {
    const json_t *offset = json_object_get(expected, "offset");
    is_good = json_is_integer(offset) && our_offset(row, json_integer_value(offset)) == decoding->rejection.offset;
  }
  json_decref(expected);
  return is_good;
}

static enum pac_result decode_publicly(const struct vector *row, struct pac_decoding *decoding) {
  enum pac_result result = PAC_RESULT_BROKEN;
  if (row->kind == PAC_ENCODING_UNIT) {
    struct pac_object *object = NULL;
    result = pac_unit_decode(NULL, row->octets, row->size, decoding, &object);
    pac_object_free(object);
  } else if (row->kind == PAC_ENCODING_OBJECT_ARRAY) {
    struct pac_object_array *array = NULL;
    result = pac_object_array_decode(NULL, row->octets, row->size, decoding, NULL, &array);
    pac_object_array_free(array);
  } else {
    struct pac_named_values *values = NULL;
    result = pac_context_decode(NULL, row->octets, row->size, decoding, &values);
    pac_named_values_free(values);
  }
  return result;
}

static void check_accepted(const struct vector *row, enum pac_encoding_profile profile, const char *word,
                           const struct pac_decoding *decoding, const json_t *content) {
  json_t *expected = expected_part(row, "decoded");
  bool is_same = content != NULL && expected != NULL && json_equal(content, expected) == 1;
  CU_ASSERT_TRUE(agree(content != NULL, row, word, "rejected"));
  CU_ASSERT_TRUE(agree(is_same, row, word, "the content differs from the JSON"));
  const char *tolerated = profile == PAC_ENCODING_STRICT ? "-" : row->rule[profile];
  CU_ASSERT_TRUE(agree(findings_fit(decoding, row->notes, tolerated), row, word, "the findings differ"));
  json_decref(expected);
}

/* A named value set has no element without a name. */
static bool is_beyond_model(const struct vector *row, enum pac_encoding_profile profile) {
  return profile == PAC_ENCODING_TOLERANT && strcmp(row->file, "tolerant/ctx_v165_empty_name.bin") == 0;
}

static void a_vector_is_judged_as_the_manifest_says(void) {
  const struct vector *row = vectors_find(&vectors, CU_get_current_test()->pName);
  CU_ASSERT_PTR_NOT_NULL_FATAL(row);
  for (int i = 0; i < 2; i++) {
    enum pac_encoding_profile profile = i == 0 ? PAC_ENCODING_STRICT : PAC_ENCODING_TOLERANT;
    const char *word = i == 0 ? "strict" : "tolerant";
    struct pac_encoding_finding findings[FINDINGS_MAX];
    struct pac_decoding decoding = {.profile = profile, .findings = findings, .findings_max = FINDINGS_MAX};
    json_t *content = pac_dump_to_json(row->kind, row->octets, row->size, &decoding);
    if (row->is_accepted[profile]) {
      check_accepted(row, profile, word, &decoding, content);
    } else {
      CU_ASSERT_TRUE(agree(content == NULL, row, word, "accepted"));
      CU_ASSERT_TRUE(agree(lists_rule(row->rule[profile], decoding.rejection.rule), row, word, "another rule"));
      CU_ASSERT_PTR_NOT_NULL(decoding.rejection.sentence);
      CU_ASSERT_FALSE(decoding.rejection.is_note);
      CU_ASSERT_TRUE(decoding.rejection.offset <= row->size);
    }
    CU_ASSERT_TRUE(agree(offsets_fit(row, word, &decoding), row, word, "an offset differs from the JSON"));
    json_decref(content);
    struct pac_decoding again = {.profile = profile};
    enum pac_result result = decode_publicly(row, &again);
    bool is_unholdable = result == PAC_RESULT_LIMIT && again.rejection.rule == 0;
    CU_ASSERT_TRUE(agree(is_unholdable == is_beyond_model(row, profile), row, word, "a limit of the model"));
    CU_ASSERT_TRUE(agree((result == PAC_RESULT_OK || is_unholdable) == row->is_accepted[profile], row, word,
                         "the model disagrees"));
    CU_ASSERT_EQUAL(again.rejection.rule, decoding.rejection.rule);
  }
}

int main(void) {
  vectors_load(&vectors);
  CU_TestInfo *tests = calloc(vectors.count + 1, sizeof *tests);
  if (tests == NULL) {
    return EXIT_FAILURE;
  }
  for (size_t i = 0; i < vectors.count; i++) {
    tests[i] = (CU_TestInfo){vectors.rows[i].file, a_vector_is_judged_as_the_manifest_says};
  }
  int code = unit_run("vectors", tests);
  free(tests);
  vectors_free(&vectors);
  return code;
}
