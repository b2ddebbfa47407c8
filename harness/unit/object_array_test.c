/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Object arrays: the published exchange, classes that travel once and are remembered, also from one array of a call to
 * the next.
 */
#include "encoding/differential/generated.h"
#include "unit.h"
#include "vectors.h"

#define MANY_IDS 300u

static struct vectors vectors;

static struct pac_object_array *decode(const void *octets, size_t size, struct pac_class_table *classes) {
  struct pac_object_array *array = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  enum pac_result result = pac_object_array_decode(NULL, octets, size, &decoding, classes, &array);
  if (result != PAC_RESULT_OK) {
    fprintf(stderr, "V-%03u offset %u: %s\n", decoding.rejection.rule, decoding.rejection.offset,
            decoding.rejection.path);
  }
  CU_ASSERT_EQUAL_FATAL(result, PAC_RESULT_OK);
  return array;
}

static struct pac_octets encode(const struct pac_array_object *objects, uint32_t count) {
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_object_array_encode(NULL, objects, count, PAC_PACKET_NEXT, 0, &octets), PAC_RESULT_OK);
  return octets;
}

static void the_published_exchange_is_read_and_written(void) {
  const struct vector *row = vectors_find(&vectors, "valid/object_array_testwmi_next.bin");
  struct pac_object_array *array = decode(row->octets, row->size, NULL);
  CU_ASSERT_EQUAL(pac_object_array_packet_type(array), PAC_PACKET_NEXT);
  CU_ASSERT_EQUAL_FATAL(pac_object_array_count(array), 2);
  CU_ASSERT_PTR_NULL(pac_object_array_at(array, 2));
  const struct pac_array_object *second = pac_object_array_at(array, 1);
  CU_ASSERT_EQUAL(second->type, PAC_ARRAY_INSTANCE_NO_CLASS);
  CU_ASSERT_EQUAL(pac_object_property_find(second->object, "y")->value.scalar.uint, 15);
  CU_ASSERT_TRUE(pac_object_property_is_key(second->object, "x"));
  const struct pac_array_object objects[] = {*pac_object_array_at(array, 0), *second};
  struct pac_octets octets = encode(objects, 2);
  CU_ASSERT_TRUE(octets.size == row->size && memcmp(octets.data, row->octets, row->size) == 0);
  pac_octets_free(NULL, &octets);
  octets = encode(objects, 1);
  CU_ASSERT_EQUAL(octets.size, 307); /* the other size of the published exchange */
  pac_octets_free(NULL, &octets);
  pac_object_array_free(array);
}

/* A memory source that gives a freed block to the next request of its size, as an allocator may. */
struct recycler {
  struct pac_memory source;
  size_t *freed[8];
};

static void *recycle(void *context, void *block, size_t size) {
  struct recycler *recycler = context;
  size_t *old = block != NULL ? (size_t *)block - 2 : NULL;
  for (unsigned i = 0; i < 8; i++) {
    if (size == 0 && old != NULL && recycler->freed[i] == NULL) {
      recycler->freed[i] = old;
      memset(block, 0xA5, *old);
      return NULL;
    }
    if (size != 0 && old == NULL && recycler->freed[i] != NULL && *recycler->freed[i] == size) {
      size_t *found = recycler->freed[i];
      recycler->freed[i] = NULL;
      return found + 2;
    }
  }
  if (size == 0) {
    free(old);
    return NULL;
  }
  size_t *grown = realloc(old, size + 2 * sizeof *grown);
  if (grown == NULL) {
    return NULL;
  }
  *grown = size;
  return grown + 2;
}

/* A second array may live where the first has been: what was made for that one must not be taken for its own. */
static void a_later_array_may_take_the_place_of_an_earlier(void) {
  const struct vector *row = vectors_find(&vectors, "valid/object_array_testwmi_next.bin");
  struct recycler recycler = {.source = {recycle, &recycler}};
  struct pac_class_table *classes = NULL;
  struct pac_object_array *array = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_class_table_new(NULL, &classes), PAC_RESULT_OK);
  array = decode(row->octets, row->size, classes);
  struct pac_octets later = encode(pac_object_array_at(array, 1), 1);
  pac_object_array_free(array);
  for (unsigned i = 0; i < 3; i++) {
    CU_ASSERT_EQUAL_FATAL(pac_object_array_decode(&recycler.source, later.data, later.size, NULL, classes, &array),
                          PAC_RESULT_OK);
    const struct pac_object *class_object = pac_instance_class(pac_object_array_at(array, 0)->object);
    CU_ASSERT_EQUAL_FATAL(pac_object_genus(class_object), PAC_GENUS_CLASS);
    CU_ASSERT_STRING_EQUAL(pac_object_class_name(class_object), "TestWMI");
    pac_object_array_free(array);
  }
  for (unsigned i = 0; i < 8; i++) {
    free(recycler.freed[i]);
  }
  pac_octets_free(NULL, &later);
  pac_class_table_free(classes);
}

/* What the table held is overwritten when it goes. */
static void an_array_outlives_the_table(void) {
  const struct vector *row = vectors_find(&vectors, "valid/object_array_testwmi_next.bin");
  struct recycler recycler = {.source = {recycle, &recycler}};
  struct pac_class_table *classes = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_class_table_new(&recycler.source, &classes), PAC_RESULT_OK);
  struct pac_object_array *first = decode(row->octets, row->size, classes);
  struct pac_octets later = encode(pac_object_array_at(first, 1), 1);
  pac_object_array_free(first);
  struct pac_object_array *array = decode(later.data, later.size, classes);
  pac_class_table_free(classes);
  for (unsigned i = 0; i < 8; i++) {
    free(recycler.freed[i]);
  }
  const struct pac_object *object = pac_object_array_at(array, 0)->object;
  const struct pac_object *class_object = pac_instance_class(object);
  CU_ASSERT_STRING_EQUAL(pac_object_class_name(class_object), "TestWMI");
  CU_ASSERT_STRING_EQUAL(pac_object_property_at(class_object, 0)->name, "x");
  CU_ASSERT_EQUAL(pac_object_property_find(object, "x")->value.scalar.uint, 10);
  CU_ASSERT_STRING_EQUAL(
      pac_qualifier_find(pac_object_property_qualifiers_view(class_object, "x"), "CIMTYPE")->value.scalar.text,
      "uint32");
  pac_object_array_free(array);
  pac_octets_free(NULL, &later);
}

static void classes_are_remembered_over_arrays(void) {
  const struct vector *row = vectors_find(&vectors, "valid/object_array_testwmi_next.bin");
  struct pac_class_table *classes = NULL;
  struct pac_octets later[2];
  CU_ASSERT_EQUAL_FATAL(pac_class_table_new(NULL, &classes), PAC_RESULT_OK);
  struct pac_object_array *first = decode(row->octets, row->size, classes);
  later[0] = encode(pac_object_array_at(first, 1), 1);
  later[1] = encode(pac_object_array_at(first, 0), 1);
  struct pac_object_array *array = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  CU_ASSERT_EQUAL(pac_object_array_decode(NULL, later[0].data, later[0].size, &decoding, NULL, &array),
                  PAC_RESULT_MALFORMED);
  CU_ASSERT_EQUAL(decoding.rejection.rule, 158);
  pac_object_array_free(first);
  /* Twice, because the second time must not find what was made for the first. */
  for (unsigned i = 0; i < 2; i++) {
    array = decode(later[0].data, later[0].size, classes);
    CU_ASSERT_EQUAL(pac_object_property_find(pac_object_array_at(array, 0)->object, "x")->value.scalar.uint, 10);
    CU_ASSERT_STRING_EQUAL(pac_object_class_name(pac_instance_class(pac_object_array_at(array, 0)->object)), "TestWMI");
    pac_object_array_free(array);
  }
  CU_ASSERT_EQUAL(pac_object_array_decode(NULL, later[1].data, later[1].size, &decoding, classes, &array),
                  PAC_RESULT_OK);
  CU_ASSERT_TRUE(pac_decoding_found(&decoding, 159));
  pac_object_array_free(array);
  pac_octets_free(NULL, &later[0]);
  pac_octets_free(NULL, &later[1]);
  pac_class_table_free(classes);
}

static void a_rejected_array_leaves_the_table_alone(void) {
  const struct vector *row = vectors_find(&vectors, "tolerant/oa_v151_one_object_too_few.bin");
  const struct vector *good = vectors_find(&vectors, "valid/object_array_testwmi_next.bin");
  struct pac_class_table *classes = NULL;
  struct pac_object_array *array = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  CU_ASSERT_EQUAL_FATAL(pac_class_table_new(NULL, &classes), PAC_RESULT_OK);
  CU_ASSERT_EQUAL(pac_object_array_decode(NULL, row->octets, row->size, &decoding, classes, &array),
                  PAC_RESULT_MALFORMED);
  array = decode(good->octets, good->size, NULL);
  struct pac_octets octets = encode(pac_object_array_at(array, 1), 1);
  pac_object_array_free(array);
  CU_ASSERT_EQUAL(pac_object_array_decode(NULL, octets.data, octets.size, &decoding, classes, &array),
                  PAC_RESULT_MALFORMED);
  pac_octets_free(NULL, &octets);
  pac_class_table_free(classes);
}

/* Classes of every shape go through the table, whose copy of them is not the array's. */
static void generated_classes_are_remembered(void) {
  for (uint64_t seed = 1; seed <= 100; seed++) {
    struct generator generator = {.state = seed};
    struct pac_object *object = generator_instance(&generator);
    struct pac_class_table *classes = NULL;
    struct pac_array_object item = {.type = PAC_ARRAY_INSTANCE, .class_id = {1}, .object = object};
    CU_ASSERT_EQUAL_FATAL(pac_class_table_new(NULL, &classes), PAC_RESULT_OK);
    struct pac_octets with_class = encode(&item, 1);
    item.type = PAC_ARRAY_INSTANCE_NO_CLASS;
    struct pac_octets without_class = encode(&item, 1);
    pac_object_array_free(decode(with_class.data, with_class.size, classes));
    struct pac_object_array *array = decode(without_class.data, without_class.size, classes);
    CU_ASSERT_TRUE(pac_object_equal(object, pac_object_array_at(array, 0)->object));
    pac_object_array_free(array);
    pac_class_table_free(classes);
    pac_octets_free(NULL, &with_class);
    pac_octets_free(NULL, &without_class);
    pac_object_free(object);
  }
}

static void many_class_ids_are_told_apart(void) {
  struct pac_array_object *items = calloc(MANY_IDS * 2, sizeof *items);
  struct pac_object *objects[MANY_IDS];
  CU_ASSERT_PTR_NOT_NULL_FATAL(items);
  for (uint32_t i = 0; i < MANY_IDS; i++) {
    struct pac_object *class_object = NULL;
    char name[32];
    snprintf(name, sizeof name, "Class%u", (unsigned)i);
    CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, name, &class_object), PAC_RESULT_OK);
    CU_ASSERT_EQUAL_FATAL(pac_instance_new(NULL, class_object, &objects[i]), PAC_RESULT_OK);
    pac_object_free(class_object);
    items[i] = (struct pac_array_object){.type = PAC_ARRAY_INSTANCE, .object = objects[i]};
    items[i].class_id[15] = (uint8_t)i;
    items[i].class_id[3] = (uint8_t)(i >> 8);
    items[MANY_IDS * 2 - 1 - i] = items[i];
    items[MANY_IDS * 2 - 1 - i].type = PAC_ARRAY_INSTANCE_NO_CLASS;
  }
  struct pac_octets octets = encode(items, MANY_IDS * 2);
  struct pac_object_array *array = decode(octets.data, octets.size, NULL);
  for (uint32_t i = 0; i < MANY_IDS * 2; i++) {
    CU_ASSERT_TRUE(pac_object_equal(pac_object_array_at(array, i)->object, items[i].object));
  }
  pac_object_array_free(array);
  pac_octets_free(NULL, &octets);
  for (uint32_t i = 0; i < MANY_IDS; i++) {
    pac_object_free(objects[i]);
  }
  free(items);
}

static void classes_travel_too(void) {
  struct pac_object *class_object = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "C", &class_object), PAC_RESULT_OK);
  const struct pac_array_object item = {.type = PAC_ARRAY_CLASS, .object = class_object};
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL(pac_object_array_encode(NULL, &item, 1, PAC_PACKET_INDICATE, 0, &octets), PAC_RESULT_OK);
  struct pac_object_array *array = decode(octets.data, octets.size, NULL);
  CU_ASSERT_EQUAL(pac_object_array_packet_type(array), PAC_PACKET_INDICATE);
  CU_ASSERT_TRUE(pac_object_equal(class_object, pac_object_array_at(array, 0)->object));
  pac_object_array_free(array);
  pac_octets_free(NULL, &octets);
  octets = encode(NULL, 0);
  array = decode(octets.data, octets.size, NULL);
  CU_ASSERT_EQUAL(pac_object_array_count(array), 0);
  pac_object_array_free(array);
  pac_octets_free(NULL, &octets);
  pac_object_free(class_object);
}

static void a_type_has_to_go_with_its_object(void) {
  struct pac_object *class_object = NULL;
  struct pac_object *instance = NULL;
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "C", &class_object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_instance_new(NULL, class_object, &instance), PAC_RESULT_OK);
  const struct pac_array_object refused[] = {{.type = PAC_ARRAY_CLASS, .object = instance},
                                             {.type = PAC_ARRAY_INSTANCE, .object = class_object},
                                             {.type = PAC_ARRAY_INSTANCE_NO_CLASS, .object = class_object},
                                             {.type = (enum pac_array_object_type)0, .object = instance}};
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
    CU_ASSERT_EQUAL(pac_object_array_encode(NULL, &refused[i], 1, PAC_PACKET_NEXT, 0, &octets),
                    PAC_RESULT_INVALID_ARGUMENT);
  }
  pac_object_free(instance);
  pac_object_free(class_object);
}

static void memory_may_fail_anywhere(void) {
  const struct vector *row = vectors_find(&vectors, "valid/object_array_testwmi_next.bin");
  struct pac_object_array *array = decode(row->octets, row->size, NULL);
  struct pac_octets second = encode(pac_object_array_at(array, 1), 1);
  pac_object_array_free(array);
  enum pac_result result = PAC_RESULT_NO_MEMORY;
  for (unsigned long fail_at = 1; result != PAC_RESULT_OK; fail_at++) {
    struct unit_memory memory;
    struct pac_class_table *classes = NULL;
    unit_memory_init(&memory, fail_at);
    result = pac_class_table_new(&memory.source, &classes);
    array = NULL;
    if (result == PAC_RESULT_OK) {
      result = pac_object_array_decode(&memory.source, row->octets, row->size, NULL, classes, &array);
    }
    pac_object_array_free(array);
    array = NULL;
    if (result == PAC_RESULT_OK) {
      result = pac_object_array_decode(&memory.source, second.data, second.size, NULL, classes, &array);
    }
    CU_ASSERT_TRUE(result == PAC_RESULT_OK || result == PAC_RESULT_NO_MEMORY);
    pac_object_array_free(array);
    pac_class_table_free(classes);
    CU_ASSERT_EQUAL(memory.outstanding, 0);
  }
  pac_octets_free(NULL, &second);
}

static CU_TestInfo tests[] = {
    {"the_published_exchange_is_read_and_written", the_published_exchange_is_read_and_written},
    {"an_array_outlives_the_table", an_array_outlives_the_table},
    {"classes_are_remembered_over_arrays", classes_are_remembered_over_arrays},
    {"a_later_array_may_take_the_place_of_an_earlier", a_later_array_may_take_the_place_of_an_earlier},
    {"a_rejected_array_leaves_the_table_alone", a_rejected_array_leaves_the_table_alone},
    {"generated_classes_are_remembered", generated_classes_are_remembered},
    {"many_class_ids_are_told_apart", many_class_ids_are_told_apart},
    {"classes_travel_too", classes_travel_too},
    {"a_type_has_to_go_with_its_object", a_type_has_to_go_with_its_object},
    {"memory_may_fail_anywhere", memory_may_fail_anywhere},
    CU_TEST_INFO_NULL};

int main(void) {
  vectors_load(&vectors);
  int code = unit_run("object_array", tests);
  vectors_free(&vectors);
  return code;
}
