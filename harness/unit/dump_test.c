/* SPDX-License-Identifier: Apache-2.0 */
/* What the dump prints: a tree with offsets, the JSON form, the lines that judge, and its exit codes. */
#include "encoding/differential/generated.h"
#include "encoding/dump.h"
#include "unit.h"
#include "vectors.h"

static struct vectors vectors;

/* What was printed. */
struct printed {
  enum pac_dump_exit code;
  char *out;
  char *err;
};

static struct printed dump(const struct pac_memory *memory, const struct vector *row,
                           enum pac_encoding_profile profile, enum pac_dump_form form) {
  struct printed printed = {.out = NULL};
  size_t out_size = 0;
  size_t err_size = 0;
  FILE *out = open_memstream(&printed.out, &out_size);
  FILE *err = open_memstream(&printed.err, &err_size);
  CU_ASSERT_TRUE_FATAL(out != NULL && err != NULL);
  printed.code = pac_dump(memory, row->kind, profile, form, row->octets, row->size, out, err);
  fclose(out);
  fclose(err);
  return printed;
}

static void printed_reset(struct printed *printed) {
  free(printed->out);
  free(printed->err);
}

static bool holds(const char *text, const char *part) {
  bool is_there = strstr(text, part) != NULL;
  if (!is_there) {
    fprintf(stderr, "no \"%s\" in:\n%s\n", part, text);
  }
  return is_there;
}

static void every_accepted_vector_prints_in_both_forms(void) {
  for (size_t i = 0; i < vectors.count; i++) {
    const struct vector *row = &vectors.rows[i];
    for (int profile = 0; profile < 2; profile++) {
      for (int form = 0; form < 2; form++) {
        struct printed printed =
            dump(NULL, row, (enum pac_encoding_profile)profile, (enum pac_dump_form)form);
        CU_ASSERT_EQUAL(printed.code, row->is_accepted[profile] ? PAC_DUMP_ACCEPTED : PAC_DUMP_REJECTED);
        CU_ASSERT_EQUAL(printed.out[0] != '\0', row->is_accepted[profile]);
        printed_reset(&printed);
      }
    }
  }
}

static void a_rejection_is_the_first_line(void) {
  struct printed printed = dump(NULL, vectors_find(&vectors, "invalid/v020_class_name_flag_ff.bin"),
                                PAC_ENCODING_STRICT, PAC_DUMP_TREE);
  CU_ASSERT_EQUAL(strncmp(printed.err, "V-020 offset ", 13), 0);
  CU_ASSERT_TRUE(holds(printed.err, ": current: string flag is 0 or 1\n"));
  printed_reset(&printed);
}

static void what_is_tolerated_is_listed(void) {
  struct printed printed = dump(NULL, vectors_find(&vectors, "tolerant/v036_shared_qualifier_value_string.bin"),
                                PAC_ENCODING_TOLERANT, PAC_DUMP_TREE);
  CU_ASSERT_EQUAL(printed.code, PAC_DUMP_ACCEPTED);
  CU_ASSERT_TRUE(holds(printed.err, "tolerated V-036 offset 147: current: no two references name the same item\n"));
  CU_ASSERT_TRUE(holds(printed.err, "note V-039 offset "));
  printed_reset(&printed);
}

static void the_tree_has_offsets_and_values(void) {
  struct printed printed = dump(NULL, vectors_find(&vectors, "valid/spec_myclass_class.bin"), PAC_ENCODING_STRICT,
                                PAC_DUMP_TREE);
  CU_ASSERT_TRUE(holds(printed.out, "000008  unit: class, flags 0x05, 558 octets, server \"DPRAVAT-DEV\""));
  CU_ASSERT_TRUE(holds(printed.out, "00008e    current class \"MyClass\" : \"Base\"\n"));
  CU_ASSERT_TRUE(holds(printed.out, "order 2 slot 8 origin 1, default \"defaultValue\"\n"));
  CU_ASSERT_TRUE(holds(printed.out, "qualifier \"key\" boolean flavor 0x13 = TRUE\n"));
  printed_reset(&printed);
  printed = dump(NULL, vectors_find(&vectors, "valid/spec_myclass_instance.bin"), PAC_ENCODING_STRICT, PAC_DUMP_TREE);
  CU_ASSERT_TRUE(holds(printed.out, "\"Data2\" = the class default\n"));
  CU_ASSERT_TRUE(holds(printed.out, "\"Array\" = {1, 2, 3} 3 elements\n"));
  printed_reset(&printed);
}

/* Vectors made of the generator's objects, for what the corpus has none of. */
static struct vector made_of(struct pac_object *object) {
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_unit_encode(NULL, object, 0, &octets), PAC_RESULT_OK);
  pac_object_free(object);
  return (struct vector){.kind = PAC_ENCODING_UNIT, .octets = octets.data, .size = octets.size};
}

static void generated_objects_print(void) {
  for (uint64_t seed = 1; seed <= 300; seed++) {
    struct generator generator = {.state = seed};
    struct vector row = made_of(seed % 2 == 0 ? generator_class(&generator) : generator_instance(&generator));
    for (int form = 0; form < 2; form++) {
      struct printed printed = dump(NULL, &row, PAC_ENCODING_STRICT, (enum pac_dump_form)form);
      CU_ASSERT_EQUAL(printed.code, PAC_DUMP_ACCEPTED);
      printed_reset(&printed);
    }
    free(row.octets);
  }
}

static struct vector odd_values(void) {
  struct pac_object *object = NULL;
  const union pac_scalar reals[] = {{.real64 = 0.0 / 0.0}, {.real64 = 1.0 / 0.0}, {.real64 = -1.0 / 0.0}};
  union pac_scalar many[40];
  const union pac_scalar nothing[] = {{.object = NULL}};
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Odd", &object), PAC_RESULT_OK);
  for (unsigned i = 0; i < 40; i++) {
    many[i].uint = i;
  }
  const struct pac_value values[] = {pac_value_array(PAC_CIM_REAL64, reals, 3),
                                     pac_value_array(PAC_CIM_UINT8, many, 40),
                                     pac_value_string("a\xED\xA0\x80z \"q\" \x01\x7F\xC2\x9B\xC2\xA0"),
                                     pac_value_array(PAC_CIM_OBJECT, nothing, 1)};
  for (unsigned i = 0; i < 4; i++) {
    char name[2] = {(char)('a' + i), '\0'};
    CU_ASSERT_EQUAL(pac_class_property_add(object, name, &values[i]), PAC_RESULT_OK);
  }
  return made_of(object);
}

static void odd_values_have_a_form(void) {
  struct vector row = odd_values();
  struct printed tree = dump(NULL, &row, PAC_ENCODING_STRICT, PAC_DUMP_TREE);
  struct printed json = dump(NULL, &row, PAC_ENCODING_STRICT, PAC_DUMP_JSON);
  CU_ASSERT_TRUE(holds(tree.out, "\"a\\uD800z \\\"q\\\" \\x01\\x7F\\x9B\xC2\xA0\"\n"));
  CU_ASSERT_TRUE(holds(tree.out, "30, 31, ...} 40 elements\n"));
  CU_ASSERT_TRUE(holds(tree.out, "NULL\n"));
  CU_ASSERT_TRUE(holds(json.out, "\"NaN\""));
  CU_ASSERT_TRUE(holds(json.out, "\"Infinity\""));
  CU_ASSERT_TRUE(holds(json.out, "\"-Infinity\""));
  CU_ASSERT_TRUE(holds(json.out, "a\xEF\xBF\xBDz"));
  printed_reset(&tree);
  printed_reset(&json);
  free(row.octets);
}

/* Two names that JSON cannot tell apart. */
static void the_json_has_the_value_of_each_property(void) {
  struct pac_object *object = NULL;
  struct pac_object *instance = NULL;
  const char *const names[] = {"a\xED\xA0\x80", "a\xED\xA0\x81", "a\xEF\xBF\xBD"};
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Odd", &object), PAC_RESULT_OK);
  for (unsigned i = 0; i < 3; i++) {
    struct pac_value number = pac_value_uint(PAC_CIM_UINT8, 101 + i);
    CU_ASSERT_EQUAL(pac_class_property_add(object, names[i], &number), PAC_RESULT_OK);
  }
  CU_ASSERT_EQUAL_FATAL(pac_instance_new(NULL, object, &instance), PAC_RESULT_OK);
  for (unsigned i = 0; i < 3; i++) {
    struct pac_value number = pac_value_uint(PAC_CIM_UINT8, 201 + i);
    CU_ASSERT_EQUAL(pac_object_property_set(instance, names[i], &number), PAC_RESULT_OK);
  }
  pac_object_free(object);
  struct vector row = made_of(instance);
  struct printed json = dump(NULL, &row, PAC_ENCODING_STRICT, PAC_DUMP_JSON);
  CU_ASSERT_TRUE(holds(json.out, "\"value\": 201"));
  CU_ASSERT_TRUE(holds(json.out, "\"a\xEF\xBF\xBD#1\": {"));
  CU_ASSERT_TRUE(holds(json.out, "\"value\": 202"));
  CU_ASSERT_TRUE(holds(json.out, "\"value\": 203"));
  printed_reset(&json);
  free(row.octets);
}

static void contexts_print(void) {
  struct printed printed = dump(NULL, vectors_find(&vectors, "valid/context_partial_update.bin"), PAC_ENCODING_STRICT,
                                PAC_DUMP_TREE);
  CU_ASSERT_TRUE(holds(printed.out, "\"__PUT_EXT_PROPERTIES\" VT_BSTR[] = {\"Label\", \"Gain\"} 2 elements\n"));
  CU_ASSERT_TRUE(holds(printed.out, "000000  context 3c2b1a6f5e4d706f8192a3b4c5d6e7f8, 4 values\n"));
  printed_reset(&printed);
  uint8_t nulls[] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,   0, 0, 0, 0, 0,    0, 0, 1, 0, 0,
                     0, 1, 0, 0, 0, 'n', 0, 0, 0, 0, 0, 1, 0x20, 2, 0, 0, 0, 0, 0, 0, 0};
  struct vector row = {.kind = PAC_ENCODING_CONTEXT, .octets = nulls, .size = sizeof nulls};
  printed = dump(NULL, &row, PAC_ENCODING_STRICT, PAC_DUMP_TREE);
  CU_ASSERT_TRUE(holds(printed.out, "\"n\" VT_NULL[] = {NULL, NULL} 2 elements\n"));
  printed_reset(&printed);
}

static void a_file_that_cannot_be_written_is_told(void) {
  const struct vector *row = vectors_find(&vectors, "valid/hand_all_scalars_class.bin");
  FILE *full = fopen("/dev/full", "w");
  FILE *err = tmpfile();
  if (full != NULL && err != NULL) {
    CU_ASSERT_EQUAL(pac_dump(NULL, row->kind, PAC_ENCODING_STRICT, PAC_DUMP_TREE, row->octets, row->size, full, err),
                    PAC_DUMP_UNREAD);
    CU_ASSERT_EQUAL(pac_dump(NULL, row->kind, PAC_ENCODING_STRICT, PAC_DUMP_JSON, row->octets, row->size, full, err),
                    PAC_DUMP_UNREAD);
    char line[256];
    unsigned told = 0;
    rewind(err);
    while (fgets(line, sizeof line, err) != NULL) {
      told += strcmp(line, "reading or writing failed\n") == 0;
    }
    CU_ASSERT_EQUAL(told, 2);
    fclose(full);
    fclose(err);
  }
}

static void memory_may_fail_anywhere(void) {
  const struct vector *row = vectors_find(&vectors, "valid/hand_all_scalars_class.bin");
  struct printed printed = {.code = PAC_DUMP_UNREAD};
  for (unsigned long fail_at = 1; printed.code != PAC_DUMP_ACCEPTED; fail_at++) {
    struct unit_memory memory;
    unit_memory_init(&memory, fail_at);
    printed = dump(&memory.source, row, PAC_ENCODING_STRICT, PAC_DUMP_TREE);
    CU_ASSERT_TRUE(printed.code == PAC_DUMP_ACCEPTED || holds(printed.err, "not enough memory\n"));
    CU_ASSERT_EQUAL(memory.outstanding, 0);
    printed_reset(&printed);
  }
}

/* jansson's own memory: the JSON is whole or not there. */
static unsigned long json_requests_left;

static void *json_allocate(size_t size) {
  if (json_requests_left == 0) {
    return NULL;
  }
  json_requests_left -= 1;
  return malloc(size);
}

static void the_json_is_whole_or_not_there(void) {
  static const char *const files[] = {"valid/spec_myclass_instance.bin", "valid/context_partial_update.bin",
                                      "valid/object_array_testwmi_next.bin",
                                      "valid/note_inherited_default_slot_garbage.bin"};
  json_set_alloc_funcs(json_allocate, free);
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
    const struct vector *row = vectors_find(&vectors, files[i]);
    json_t *json = NULL;
    for (unsigned long requests = 0; json == NULL; requests++) {
      struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
      json_requests_left = requests;
      json = pac_dump_to_json(row->kind, row->octets, row->size, &decoding);
    }
    json_requests_left = 100000;
    char *text = json_dumps(json, JSON_COMPACT);
    CU_ASSERT_PTR_NOT_NULL(text);
    free(text);
    json_decref(json);
  }
  json_set_alloc_funcs(malloc, free);
}

static CU_TestInfo tests[] = {
    {"every_accepted_vector_prints_in_both_forms", every_accepted_vector_prints_in_both_forms},
    {"a_rejection_is_the_first_line", a_rejection_is_the_first_line},
    {"what_is_tolerated_is_listed", what_is_tolerated_is_listed},
    {"the_tree_has_offsets_and_values", the_tree_has_offsets_and_values},
    {"generated_objects_print", generated_objects_print},
    {"odd_values_have_a_form", odd_values_have_a_form},
    {"the_json_has_the_value_of_each_property", the_json_has_the_value_of_each_property},
    {"contexts_print", contexts_print},
    {"a_file_that_cannot_be_written_is_told", a_file_that_cannot_be_written_is_told},
    {"memory_may_fail_anywhere", memory_may_fail_anywhere},
    {"the_json_is_whole_or_not_there", the_json_is_whole_or_not_there},
    CU_TEST_INFO_NULL};

int main(void) {
  vectors_load(&vectors);
  int code = unit_run("dump", tests);
  vectors_free(&vectors);
  return code;
}
