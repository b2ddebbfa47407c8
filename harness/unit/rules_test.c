/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every rule has a case that breaks it and no other: a vector of the manifest, or an edit of rule_edits.h. The list of rules
 * is held against both.
 */
#include "rule_edits.h"
#include "unit.h"

static enum pac_result judge(const struct file *file, struct pac_decoding *decoding) {
  enum pac_result result = PAC_RESULT_BROKEN;
  if (file->kind == PAC_ENCODING_UNIT) {
    struct pac_object *object = NULL;
    result = pac_unit_decode(NULL, file->data, file->size, decoding, &object);
    pac_object_free(object);
  } else if (file->kind == PAC_ENCODING_OBJECT_ARRAY) {
    struct pac_object_array *array = NULL;
    result = pac_object_array_decode(NULL, file->data, file->size, decoding, NULL, &array);
    pac_object_array_free(array);
  } else {
    struct pac_named_values *values = NULL;
    result = pac_context_decode(NULL, file->data, file->size, decoding, &values);
    pac_named_values_free(values);
  }
  return result;
}

/* Nothing was found but `rule` (0: it ended the decoding instead) and `also`. */
static bool found_only(const struct pac_decoding *decoding, unsigned rule, unsigned also) {
  size_t count = 0;
  const struct pac_rule *rules = pac_rules(&count);
  for (size_t i = 0; i < count; i++) {
    unsigned number = rules[i].number;
    if (pac_decoding_found(decoding, number) && number != rule && number != also) {
      fprintf(stderr, "V-%03u was found too\n", number);
      return false;
    }
  }
  return rule == 0 || pac_decoding_found(decoding, rule);
}

static bool breaks_only(const struct file *file, const struct pac_rule *rule, unsigned also) {
  struct pac_decoding strict = {.profile = PAC_ENCODING_STRICT};
  struct pac_decoding tolerant = {.profile = PAC_ENCODING_TOLERANT};
  bool accepts_strict = judge(file, &strict) == PAC_RESULT_OK;
  bool accepts_tolerant = judge(file, &tolerant) == PAC_RESULT_OK;
  bool is_note = rule->rule_class == PAC_RULE_NOTE;
  bool is_fatal = rule->rule_class == PAC_RULE_FATAL;
  if (accepts_strict != is_note || accepts_tolerant == is_fatal) {
    fprintf(stderr, "strict V-%03u at %u, tolerant V-%03u\n", strict.rejection.rule, strict.rejection.offset,
            tolerant.rejection.rule);
    return false;
  }
  if (!is_note && (strict.rejection.rule != rule->number || !found_only(&strict, 0, also))) {
    fprintf(stderr, "strict names V-%03u\n", strict.rejection.rule);
    return false;
  }
  if (is_fatal) {
    return tolerant.rejection.rule == rule->number && found_only(&tolerant, 0, also);
  }
  return found_only(&tolerant, rule->number, also) && (!is_note || found_only(&strict, rule->number, also));
}

static void an_edit_breaks_one_rule(void) {
  for (size_t i = 0; i < EDITS_COUNT; i++) {
    struct file file = edits[i].make();
    bool is_good = breaks_only(&file, pac_rule_find(edits[i].rule), edits[i].also);
    CU_ASSERT_TRUE(is_good);
    if (!is_good) {
      fprintf(stderr, "V-%03u: %s\n", edits[i].rule, edits[i].name);
    }
    free(file.data);
  }
}

/* What comes close to an edit above and breaks nothing. */
static void what_only_looks_broken_is_accepted(void) {
  struct file files[] = {
      sort_a_table_the_other_way(),
      large_class(),
      name_a_value("[z"),
      name_a_value("@z"),
      method_of(signature_of("A", NULL), signature_of("A", NULL)), /* one parameter that goes both ways */
  };
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
    struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
    CU_ASSERT_EQUAL(judge(&files[i], &decoding), PAC_RESULT_OK);
    free(files[i].data);
  }
}

/* An item that is named twice and one that overlaps another are both told, whichever stands first. */
static void sharing_and_overlapping_are_both_told(void) {
  for (int i = 0; i < 2; i++) {
    struct file file = refer_into_an_array();
    struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
    set_u32(&file, i == 0 ? 0x1CE : 0x1C2, i == 0 ? 0x29 : 0x24); /* the value beside it, or the class name */
    CU_ASSERT_EQUAL(judge(&file, &decoding), PAC_RESULT_OK);
    CU_ASSERT_TRUE(pac_decoding_found(&decoding, 36));
    CU_ASSERT_TRUE(pac_decoding_found(&decoding, 37));
    free(file.data);
  }
}

/* V-015 is not the decoder's: a put asks whether the object is fit for it. */
static void a_prototype_is_not_for_a_put(void) {
  struct file file = my_class();
  struct pac_object *object = NULL;
  must(pac_unit_decode(NULL, file.data, file.size, NULL, &object));
  CU_ASSERT_TRUE(pac_unit_is_for_put(object));
  pac_object_free(object);
  file.data[8] |= 0x10;
  CU_ASSERT_EQUAL(pac_unit_decode(NULL, file.data, file.size, NULL, &object), PAC_RESULT_OK);
  CU_ASSERT_FALSE(pac_unit_is_for_put(object));
  pac_object_free(object);
  free(file.data);
}

/* The one rule that a manifest row is about; 0 when it is about several or none. */
static unsigned rule_of_row(const struct vector *row) {
  unsigned strict = 0;
  unsigned tolerant = 0;
  char rest = '\0';
  bool has_notes = strcmp(row->notes, "-") != 0;
  if (row->is_accepted[PAC_ENCODING_STRICT]) {
    return sscanf(row->notes, "V-%u%c", &strict, &rest) == 1 ? strict : 0;
  }
  if (has_notes || sscanf(row->rule[PAC_ENCODING_STRICT], "V-%u%c", &strict, &rest) != 1 ||
      sscanf(row->rule[PAC_ENCODING_TOLERANT], "V-%u%c", &tolerant, &rest) != 1) {
    return 0;
  }
  return strict == tolerant ? strict : 0;
}

static void every_rule_has_a_case_of_its_own(void) {
  size_t count = 0;
  const struct pac_rule *rules = pac_rules(&count);
  for (size_t i = 0; i < count; i++) {
    bool has_case = rules[i].number == 15;
    for (size_t j = 0; j < EDITS_COUNT && !has_case; j++) {
      has_case = edits[j].rule == rules[i].number;
    }
    for (size_t j = 0; j < vectors.count && !has_case; j++) {
      has_case = rule_of_row(&vectors.rows[j]) == rules[i].number;
    }
    CU_ASSERT_TRUE(has_case);
    if (!has_case) {
      fprintf(stderr, "V-%03u has no case\n", rules[i].number);
    }
  }
}

/* What the manifest calls a case of one rule is one: no other rule is found beside it. */
static void a_vector_breaks_one_rule(void) {
  for (size_t i = 0; i < vectors.count; i++) {
    const struct vector *row = &vectors.rows[i];
    unsigned rule = rule_of_row(row);
    bool is_ours = strcmp(row->folder, PAC_SOURCE_DIR "/corpus/vectors") == 0;
    if (!is_ours || rule == 0 || rule == 166) { /* V-166 is strict at the end of a text and a note inside */
      continue;
    }
    struct file file = {row->octets, row->size, row->kind};
    struct pac_rule expected = *pac_rule_find(rule);
    if (row->is_accepted[PAC_ENCODING_STRICT]) {
      expected.rule_class = PAC_RULE_NOTE;
    } else if (row->is_accepted[PAC_ENCODING_TOLERANT]) {
      expected.rule_class = PAC_RULE_STRICT; /* V-151 is fatal for too few, strict for octets left over */
    }
    if (strcmp(row->file, "tolerant/ctx_v165_empty_name.bin") == 0) {
      continue; /* a named value set cannot hold it: see vectors_test */
    }
    bool is_good = breaks_only(&file, &expected, 0);
    CU_ASSERT_TRUE(is_good);
    if (!is_good) {
      fprintf(stderr, "%s\n", row->file);
    }
  }
}

static void rules_are_found_by_number(void) {
  size_t count = 0;
  const struct pac_rule *rules = pac_rules(&count);
  for (size_t i = 0; i < count; i++) {
    CU_ASSERT_PTR_EQUAL(pac_rule_find(rules[i].number), &rules[i]);
    CU_ASSERT_TRUE(rules[i].number < PAC_RULE_NUMBERS_MAX);
    CU_ASSERT_TRUE(i == 0 || rules[i - 1].number < rules[i].number);
  }
  CU_ASSERT_PTR_NULL(pac_rule_find(0));
  CU_ASSERT_PTR_NULL(pac_rule_find(16));
  CU_ASSERT_PTR_NULL(pac_rule_find(1000));
}

static CU_TestInfo tests[] = {{"an_edit_breaks_one_rule", an_edit_breaks_one_rule},
                              {"a_vector_breaks_one_rule", a_vector_breaks_one_rule},
                              {"what_only_looks_broken_is_accepted", what_only_looks_broken_is_accepted},
                              {"sharing_and_overlapping_are_both_told", sharing_and_overlapping_are_both_told},
                              {"a_prototype_is_not_for_a_put", a_prototype_is_not_for_a_put},
                              {"every_rule_has_a_case_of_its_own", every_rule_has_a_case_of_its_own},
                              {"rules_are_found_by_number", rules_are_found_by_number},
                              CU_TEST_INFO_NULL};

int main(void) {
  vectors_load(&vectors);
  int code = unit_run("rules", tests);
  vectors_free(&vectors);
  return code;
}
