/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every rule has a case that breaks it and no other: a vector of the manifest, or an edit below that is made to a valid
 * file. The last test holds the list of rules against both.
 */
#include "unit.h"
#include "vectors.h"

static struct vectors vectors;

/* A file under edit. Its own memory grows by a little. */
struct file {
  uint8_t *data;
  size_t size;
  enum pac_encoding_kind kind;
};

#define GROWTH_MAX 64u

static struct file copy_of(const uint8_t *octets, size_t size, enum pac_encoding_kind kind) {
  struct file file = {malloc(size + GROWTH_MAX), size, kind};
  if (file.data == NULL) {
    abort();
  }
  memcpy(file.data, octets, size);
  return file;
}

static struct file vector_file(const char *name) {
  const struct vector *row = vectors_find(&vectors, name);
  if (row == NULL) {
    abort();
  }
  return copy_of(row->octets, row->size, row->kind);
}

static void set_u32(struct file *file, size_t at, uint32_t value) {
  for (size_t i = 0; i < 4; i++) {
    file->data[at + i] = (uint8_t)(value >> (8 * i));
  }
}

static void add_u32(struct file *file, size_t at, uint32_t delta) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; i++) {
    value |= (uint32_t)file->data[at + i] << (8 * i);
  }
  set_u32(file, at, value + delta);
}

static void cut(struct file *file, size_t at, size_t count) {
  memmove(file->data + at, file->data + at + count, file->size - at - count);
  file->size -= count;
}

static void insert(struct file *file, size_t at, const char *octets, size_t count) {
  memmove(file->data + at + count, file->data + at, file->size - at);
  memcpy(file->data + at, octets, count);
  file->size += count;
}

static void must(enum pac_result result) {
  if (result != PAC_RESULT_OK) {
    abort();
  }
}

static struct file encoded(struct pac_object *object) {
  struct pac_octets octets = {NULL, 0};
  must(pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &octets));
  struct file file = copy_of(octets.data, octets.size, PAC_ENCODING_UNIT);
  pac_octets_free(NULL, &octets);
  pac_object_free(object);
  return file;
}

static struct pac_object *new_class(const char *name) {
  struct pac_object *object = NULL;
  must(pac_class_new(NULL, name, &object));
  return object;
}

/* The published class in canonical form: no gap in its heap, no slack. */
static struct file my_class(void) {
  const struct vector *row = vectors_find(&vectors, "valid/spec_myclass_class.bin");
  struct pac_object *object = NULL;
  must(pac_unit_decode(NULL, row->octets, row->size, NULL, &object));
  return encoded(object);
}

/* Edits; the offsets are those that `pacheck dump` prints for the file. ------------------------------------------- */

static struct file make_name_half_a_surrogate_pair(void) {
  struct file file = vector_file("valid/context_scalars.bin");
  file.data[0x102] = 0x00;
  file.data[0x103] = 0xD8;
  return file;
}

/* The last value of the heap becomes a second reference to "n1", and goes. */
static struct file refer_to_one_string_twice(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  set_u32(&file, 0x1D6, 0x24);
  cut(&file, 0x1E3 + 0x44, 18);
  add_u32(&file, 0x1DF, (uint32_t)-18);
  add_u32(&file, 0x1BD, (uint32_t)-18);
  add_u32(&file, 4, (uint32_t)-18);
  return file;
}

/* The same with a reference into the middle of an array, where an empty string seems to stand. */
static struct file refer_into_an_array(void) {
  struct file file = refer_to_one_string_twice();
  set_u32(&file, 0x1D6, 0x29);
  return file;
}

static struct file derive_the_class_from_itself(void) {
  struct file file = vector_file("valid/spec_myclass_instance.bin");
  memcpy(file.data + 0x2E, "MyCl", 4);
  insert(&file, 0x32, "ass", 3);
  add_u32(&file, 0x36, 3);
  add_u32(&file, 0x29, 3);
  add_u32(&file, 0x1C, 3);
  add_u32(&file, 4, 3);
  return file;
}

static struct file spoil_an_inherited_default(void) {
  struct pac_object *base = new_class("Base");
  struct pac_object *child = NULL;
  struct pac_value truth = pac_value_boolean(true);
  must(pac_class_property_add(base, "P", &truth));
  must(pac_class_derive(NULL, base, "Child", &child));
  pac_object_free(base);
  struct file file = encoded(child);
  /* The slot stands behind the NdTable, before the heap: the last FF FF 2C .. 80 of the file. */
  size_t at = file.size - 5;
  do {
    at -= 1;
  } while (file.data[at] != 0xFF || file.data[at + 1] != 0xFF || file.data[at + 5] != 0x80 ||
           file.data[at - 1] != 0x02);
  file.data[at + 1] = 0;
  return file;
}

static struct file change_the_order_of_an_inherited_property(void) {
  struct file file = my_class();
  file.data[0x1C2] = 1; /* Id */
  file.data[0x153] = 0; /* Data1 */
  file.data[0xDE] = 0x4D;
  return file;
}

static struct file rename_cimtype(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  set_u32(&file, 0x114, 0x80000003u);
  return file;
}

static struct file misspell_the_type(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  memcpy(file.data + 0x12D, "strine", 6);
  return file;
}

static struct file qualify_with_null_text(void) {
  struct pac_object *object = new_class("C");
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  must(pac_qualifier_put(pac_object_qualifiers(object), "Note", &text, 0));
  return encoded(object);
}

static struct file give_octets_to_the_heap_of_no_methods(void) {
  struct file file = vector_file("valid/hand_no_property_class.bin");
  insert(&file, file.size, "xyz", 3);
  add_u32(&file, file.size - 7, 3);
  add_u32(&file, 0x58, 3);
  add_u32(&file, 4, 3);
  return file;
}

/* A class whose last part is one method "M" without signatures: its heap holds the name, both lengths and an empty set. */
static struct file one_method(size_t *description) {
  struct pac_object *object = new_class("C");
  must(pac_class_method_put(object, "M", NULL, NULL));
  struct file file = encoded(object);
  *description = file.size - 15 - 4 - 24;
  return file;
}

static void shrink_the_methods_part(struct file *file, size_t description) {
  add_u32(file, description + 24, (uint32_t)-4);
  add_u32(file, description - 8, (uint32_t)-4);
  add_u32(file, 4, (uint32_t)-4);
}

static struct file take_the_qualifier_set_of_a_method(void) {
  size_t description = 0;
  struct file file = one_method(&description);
  set_u32(&file, description + 12, 0xFFFFFFFFu);
  cut(&file, file.size - 4, 4);
  shrink_the_methods_part(&file, description);
  return file;
}

static struct file take_the_output_signature(void) {
  size_t description = 0;
  struct file file = one_method(&description);
  set_u32(&file, description + 20, 0xFFFFFFFFu);
  add_u32(&file, description + 12, (uint32_t)-4);
  cut(&file, file.size - 8, 4);
  shrink_the_methods_part(&file, description);
  return file;
}

static struct file take_the_default_and_leave_the_slot(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  file.data[0x1C6] = 0x08;
  return file;
}

static struct file leave_an_element_null(void) {
  struct pac_object *object = new_class("C");
  union pac_scalar elements[2] = {{.text = "first"}, {.text = NULL}};
  struct pac_value value = pac_value_array(PAC_CIM_STRING, elements, 2);
  must(pac_class_property_add(object, "P", &value));
  return encoded(object);
}

/* Elements of VT_NULL have no octets: nothing but the budget stands against their count. */
static struct file count_nulls_without_end(void) {
  struct file file = vector_file("valid/context_empty.bin");
  static const char property[] = "\x01\0\0\0n\0\0\0\0\0\x01\x20\xFF\xFF\xFF\xFF\0\0\0\0";
  insert(&file, file.size, property, sizeof property - 1);
  set_u32(&file, 20, 1);
  return file;
}

static struct file outgrow_the_limit(void) {
  struct file file = vector_file("valid/hand_no_property_class.bin");
  uint8_t *grown = realloc(file.data, PAC_ENCODING_OCTETS_MAX + 1);
  if (grown == NULL) {
    abort();
  }
  memset(grown + file.size, 0, PAC_ENCODING_OCTETS_MAX + 1 - file.size);
  return (struct file){grown, PAC_ENCODING_OCTETS_MAX + 1, PAC_ENCODING_UNIT};
}

static struct file send_a_class_twice(void) {
  const struct vector *row = vectors_find(&vectors, "valid/object_array_testwmi_next.bin");
  struct pac_object_array *array = NULL;
  struct pac_octets octets = {NULL, 0};
  must(pac_object_array_decode(NULL, row->octets, row->size, NULL, NULL, &array));
  struct pac_array_object objects[2] = {*pac_object_array_at(array, 0), *pac_object_array_at(array, 1)};
  objects[1].type = PAC_ARRAY_INSTANCE;
  must(pac_object_array_encode(NULL, objects, 2, PAC_PACKET_NEXT, 0, &octets));
  struct file file = copy_of(octets.data, octets.size, PAC_ENCODING_OBJECT_ARRAY);
  pac_octets_free(NULL, &octets);
  pac_object_array_free(array);
  return file;
}

static struct file spoil_the_object_of_a_context(void) {
  struct pac_named_values *values = NULL;
  struct pac_octets octets = {NULL, 0};
  struct pac_object *object = new_class("C");
  struct pac_value value = pac_value_object(object);
  must(pac_named_values_new(NULL, &values));
  must(pac_named_values_add(values, "object", &value));
  must(pac_context_encode(NULL, values, NULL, 0, &octets));
  struct file file = copy_of(octets.data, octets.size, PAC_ENCODING_CONTEXT);
  file.data[24 + 4 + 12 + 4 + 2] ^= 0xFF; /* GUID and counts, name, flags, type: the unit's signature */
  pac_octets_free(NULL, &octets);
  pac_named_values_free(values);
  pac_object_free(object);
  return file;
}

static struct file use_the_unused_octets_of_a_number(void) {
  struct file file = vector_file("valid/context_scalars.bin");
  file.data[0x34] = 1;
  return file;
}

static struct file move_a_slot_half_out_of_the_table(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  add_u32(&file, 0xA4 + 6, 1);
  return file;
}

static struct file give_two_parameters_one_id(void) {
  struct pac_object *signature = new_class("__PARAMETERS");
  struct pac_object *object = new_class("C");
  struct pac_value truth = pac_value_boolean(true);
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  struct pac_value id = pac_value_sint(PAC_CIM_SINT32, 0);
  static const char *const names[] = {"A", "B"};
  must(pac_qualifier_put(pac_object_qualifiers(signature), "abstract", &truth, 0));
  for (size_t i = 0; i < 2; i++) {
    must(pac_class_property_add(signature, names[i], &text));
    must(pac_qualifier_put(pac_object_property_qualifiers(signature, names[i]), "ID", &id, 0x11));
  }
  must(pac_class_method_put(object, "M", signature, NULL));
  pac_object_free(signature);
  return encoded(object);
}

struct edit {
  unsigned rule;
  unsigned also; /* a note that cannot be helped; 0 for none */
  const char *name;
  struct file (*make)(void);
};

static const struct edit edits[] = {
    {24, 0, "make_name_half_a_surrogate_pair", make_name_half_a_surrogate_pair},
    {36, 0, "refer_to_one_string_twice", refer_to_one_string_twice},
    {37, 0, "refer_into_an_array", refer_into_an_array},
    {54, 39, "derive_the_class_from_itself", derive_the_class_from_itself},
    {67, 0, "move_a_slot_half_out_of_the_table", move_a_slot_half_out_of_the_table},
    {72, 0, "spoil_an_inherited_default", spoil_an_inherited_default},
    {75, 0, "change_the_order_of_an_inherited_property", change_the_order_of_an_inherited_property},
    {77, 0, "rename_cimtype", rename_cimtype},
    {78, 0, "misspell_the_type", misspell_the_type},
    {84, 0, "qualify_with_null_text", qualify_with_null_text},
    {91, 39, "give_octets_to_the_heap_of_no_methods", give_octets_to_the_heap_of_no_methods},
    {96, 0, "take_the_qualifier_set_of_a_method", take_the_qualifier_set_of_a_method},
    {99, 0, "take_the_output_signature", take_the_output_signature},
    {100, 0, "give_two_parameters_one_id", give_two_parameters_one_id},
    {115, 0, "take_the_default_and_leave_the_slot", take_the_default_and_leave_the_slot},
    {124, 0, "leave_an_element_null", leave_an_element_null},
    {131, 0, "count_nulls_without_end", count_nulls_without_end},
    {132, 0, "outgrow_the_limit", outgrow_the_limit},
    {159, 0, "send_a_class_twice", send_a_class_twice},
    {172, 0, "spoil_the_object_of_a_context", spoil_the_object_of_a_context},
    {175, 0, "use_the_unused_octets_of_a_number", use_the_unused_octets_of_a_number},
};

#define EDITS_COUNT (sizeof edits / sizeof edits[0])

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
