/* SPDX-License-Identifier: Apache-2.0 */
/* The mutator keeps its figures: what share of its mutants is fully valid and passes the outer frame, how evenly the depths
 * are worked on; and it keeps to its room whatever it is given. The figures are printed. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kinds.h"
#include "layout.h"
#include "mutator.h"
#include "operators.h"
#include "pacheck/encoding.h"
#include "unit.h"
#include "vectors.h"

#define MUTANTS_PER_SEED 400u
#define SEED_OCTETS_MAX 3000u
#define ROOM 8192u
#define DEPTHS 5u

static struct vectors vectors;

/* Leaves are changed in one octet. */
static size_t leaf(uint8_t *octets, size_t size, size_t max) {
  (void)max;
  if (size > 0) {
    octets[size / 2] = (uint8_t)(octets[size / 2] + 1);
  }
  return size;
}

struct figures {
  unsigned mutants;
  unsigned valid;
  unsigned framed;
  unsigned unchanged;
};

static bool is_strict(enum pac_encoding_kind kind, const uint8_t *octets, size_t size, unsigned *rule) {
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  struct pac_object *object = NULL;
  struct pac_object_array *array = NULL;
  struct pac_named_values *set = NULL;
  enum pac_result result = kind == PAC_ENCODING_UNIT      ? pac_unit_decode(NULL, octets, size, &decoding, &object)
                           : kind == PAC_ENCODING_CONTEXT ? pac_context_decode(NULL, octets, size, &decoding, &set)
                                                          : pac_object_array_decode(NULL, octets, size, &decoding, NULL, &array);
  pac_object_free(object);
  pac_object_array_free(array);
  pac_named_values_free(set);
  *rule = decoding.rejection.rule;
  return result == PAC_RESULT_OK;
}

/* The rules of the frame around everything. */
static bool is_frame_rule(unsigned rule) {
  return rule == 1 || rule == 2 || rule == 161 || (rule >= 140 && rule <= 150);
}

static struct figures measure(const char *target, enum pac_encoding_kind kind) {
  static uint8_t octets[ROOM];
  struct figures figures = {0};
  struct pac_mutator *mutator = pac_mutator_new(target, leaf);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  const struct vector *partner = NULL;
  for (size_t i = 0; i < vectors.count; i++) {
    const struct vector *row = &vectors.rows[i];
    if (row->kind != kind || !row->is_accepted[PAC_ENCODING_STRICT] || row->size > SEED_OCTETS_MAX) {
      continue;
    }
    for (unsigned seed = 0; seed < MUTANTS_PER_SEED; seed++) {
      unsigned rule = 0;
      memcpy(octets, row->octets, row->size);
      bool is_crossed = partner != NULL && seed % 4 == 0;
      size_t size = pac_mutate(mutator, octets, row->size, ROOM, is_crossed ? partner->octets : NULL,
                               is_crossed ? partner->size : 0, seed * 7919u + i);
      figures.mutants += 1;
      figures.unchanged += size == row->size && memcmp(octets, row->octets, size) == 0;
      bool is_valid = is_strict(kind, octets, size, &rule);
      figures.valid += is_valid;
      figures.framed += is_valid || !is_frame_rule(rule);
    }
    partner = row;
  }
  pac_mutator_free(mutator);
  printf("\n    %s: %u mutants, %.1f %% valid, %.1f %% past the frame, %.1f %% unchanged", target, figures.mutants,
         100.0 * figures.valid / figures.mutants, 100.0 * figures.framed / figures.mutants,
         100.0 * figures.unchanged / figures.mutants);
  return figures;
}

static void check_figures(const struct figures *figures) {
  CU_ASSERT_TRUE(figures->mutants > 0);
  CU_ASSERT_TRUE(10 * figures->valid >= 4 * figures->mutants && 10 * figures->valid <= 7 * figures->mutants);
  CU_ASSERT_TRUE(10 * figures->framed >= 9 * figures->mutants);
}

static void most_mutants_are_valid(void) {
  struct figures unit = measure("wmio_decode", PAC_ENCODING_UNIT);
  struct figures array = measure("object_array_decode", PAC_ENCODING_OBJECT_ARRAY);
  struct figures context = measure("context_decode", PAC_ENCODING_CONTEXT);
  printf("\n  ");
  check_figures(&unit);
  check_figures(&array);
  check_figures(&context);
}

/* Targets that read any container get all three. */
static void a_container_stays_what_it_is(void) {
  const enum pac_encoding_kind kinds[] = {PAC_ENCODING_UNIT, PAC_ENCODING_OBJECT_ARRAY, PAC_ENCODING_CONTEXT};
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    struct figures figures = measure(i % 2 == 0 ? "dump" : "out_of_memory", kinds[i]);
    check_figures(&figures);
  }
  printf("\n  ");
}

/* A class with an object property, in which another such class is embedded, and so on; given. */
static struct pac_octets nested(unsigned depth) {
  struct pac_object *inner = NULL;
  for (unsigned i = 0; i < depth; i++) {
    struct pac_object *outer = NULL;
    struct pac_value value = inner == NULL ? pac_value_null(PAC_CIM_OBJECT, false) : pac_value_object(inner);
    CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Nested", &outer), PAC_RESULT_OK);
    CU_ASSERT_EQUAL_FATAL(pac_class_property_add(outer, "Inner", &value), PAC_RESULT_OK);
    pac_object_free(inner);
    inner = outer;
  }
  struct pac_octets octets = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_unit_encode(NULL, inner, PAC_ENCODE_CANONICAL, &octets), PAC_RESULT_OK);
  pac_object_free(inner);
  return octets;
}

static void all_depths_are_worked_on(void) {
  static uint8_t octets[ROOM];
  struct pac_octets seed_octets = nested(DEPTHS);
  struct pac_mutator *mutator = pac_mutator_new("wmio_decode", leaf);
  unsigned counts[DEPTHS + 2] = {0};
  CU_ASSERT_TRUE_FATAL(mutator != NULL && seed_octets.size <= ROOM);
  for (unsigned seed = 0; seed < 5000; seed++) {
    memcpy(octets, seed_octets.data, seed_octets.size);
    pac_mutate(mutator, octets, seed_octets.size, ROOM, NULL, 0, seed);
    unsigned depth = pac_mutator_depth(mutator);
    counts[depth < DEPTHS ? depth : DEPTHS + 1] += 1;
  }
  unsigned least = counts[0];
  unsigned most = counts[0];
  printf("\n    depths 0 to %u:", DEPTHS - 1);
  for (unsigned i = 0; i < DEPTHS; i++) {
    printf(" %u", counts[i]);
    least = counts[i] < least ? counts[i] : least;
    most = counts[i] > most ? counts[i] : most;
  }
  printf("\n  ");
  CU_ASSERT_TRUE(least > 0 && most <= 4 * least);
  pac_mutator_free(mutator);
  pac_octets_free(NULL, &seed_octets);
}

/* Every vector, also the broken ones, with little room and several times over. */
static void nothing_is_written_outside_of_the_room(void) {
  const char *const targets[] = {"wmio_decode", "object_array_decode", "context_decode", "put_object"};
  for (size_t t = 0; t < sizeof targets / sizeof targets[0]; t++) {
    struct pac_mutator *mutator = pac_mutator_new(targets[t], leaf);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
    for (size_t i = 0; i < vectors.count; i++) {
      const struct vector *row = &vectors.rows[i];
      size_t max = row->size + i % 64 + 1;
      uint8_t *octets = malloc(max);
      CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
      memcpy(octets, row->octets, row->size);
      size_t size = row->size;
      for (unsigned seed = 0; seed < 40; seed++) {
        size = pac_mutate(mutator, octets, size, max, row->octets, row->size, seed * 31 + i);
        CU_ASSERT_TRUE(size >= 1 && size <= max);
      }
      free(octets);
    }
    pac_mutator_free(mutator);
  }
}

/* A class whose property has its slot in front of a table of values that is empty: added up in 32 bits the slot is the last. */
static void a_slot_before_its_table_is_no_slot(void) {
  static struct document document;
  static uint8_t octets[ROOM];
  uint8_t mutant[256];
  struct pac_object *object = NULL;
  struct pac_value value = pac_value_null(PAC_CIM_UINT32, false);
  struct pac_octets encoded = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Slot", &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_class_property_add(object, "Value", &value), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &encoded), PAC_RESULT_OK);
  memcpy(octets, encoded.data, encoded.size);
  document = (struct document){.octets = octets, .size = (uint32_t)encoded.size, .max = ROOM};
  CU_ASSERT_TRUE_FATAL(mut_layout_unit(&document, 0, document.size, NO_PART, 0));
  const struct class_layout *of = &document.objects[0].current;
  CU_ASSERT_TRUE_FATAL(document.objects[0].is_whole && of->count == 1 && of->values_size == 4);
  set_u32(octets + mut_property_info(&document, of, 0) + 6, 0u - 4u);
  set_u32(octets + of->tables_at, of->bits_size);
  CU_ASSERT_TRUE_FATAL(mut_splice(&document, of->part, of->values_at, 4, NULL, 0));

  struct pac_mutator *mutator = pac_mutator_new("wmio_decode", leaf);
  CU_ASSERT_TRUE_FATAL(mutator != NULL && document.size < sizeof mutant);
  for (unsigned seed = 0; seed < 3000; seed++) {
    memcpy(mutant, octets, document.size);
    size_t size = pac_mutate(mutator, mutant, document.size, sizeof mutant, NULL, 0, seed);
    CU_ASSERT_TRUE(size >= 1 && size <= sizeof mutant);
  }
  pac_mutator_free(mutator);
  pac_octets_free(NULL, &encoded);
  pac_object_free(object);
}

/* Two classes in an array, the first with more objects in it than there is room for in the map. */
static void a_full_map_ends_the_array(void) {
  enum { INNER = 62 };
  static uint8_t mutant[PAC_MUTATOR_OCTETS_MAX];
  union pac_scalar elements[INNER];
  struct pac_object *inner = NULL;
  struct pac_array_object objects[2] = {{.type = PAC_ARRAY_CLASS}, {.type = PAC_ARRAY_CLASS}};
  struct pac_object *outer = NULL;
  struct pac_octets encoded = {NULL, 0};
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Inner", &inner), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, "Outer", &outer), PAC_RESULT_OK);
  for (unsigned i = 0; i < INNER; i++) {
    elements[i] = (union pac_scalar){.object = inner};
  }
  struct pac_value value = pac_value_array(PAC_CIM_OBJECT, elements, INNER);
  CU_ASSERT_EQUAL_FATAL(pac_class_property_add(outer, "Many", &value), PAC_RESULT_OK);
  objects[0].object = outer;
  objects[1].object = inner;
  CU_ASSERT_EQUAL_FATAL(
      pac_object_array_encode(NULL, objects, 2, PAC_PACKET_NEXT, PAC_ENCODE_CANONICAL, &encoded), PAC_RESULT_OK);
  struct pac_mutator *mutator = pac_mutator_new("object_array_decode", leaf);
  CU_ASSERT_TRUE_FATAL(mutator != NULL && encoded.size < sizeof mutant);
  for (unsigned seed = 0; seed < 40; seed++) {
    memcpy(mutant, encoded.data, encoded.size);
    size_t size = pac_mutate(mutator, mutant, encoded.size, sizeof mutant, NULL, 0, seed);
    CU_ASSERT_TRUE(size >= 1 && size <= sizeof mutant);
  }
  pac_mutator_free(mutator);
  pac_octets_free(NULL, &encoded);
  pac_object_free(outer);
  pac_object_free(inner);
}

static bool holds(const uint8_t *octets, size_t size, const char *word, size_t length) {
  for (size_t at = 0; at + length <= size; at++) {
    if (memcmp(octets + at, word, length) == 0) {
      return true;
    }
  }
  return false;
}

/* How many of the mutants of an empty context, whose partner has an element of that name, have it too. */
static unsigned crossed(const char *target, const uint8_t *seed, size_t seed_size, const uint8_t *partner, size_t partner_size) {
  static const char word[] = "z\0e\0b\0r\0a";
  static uint8_t octets[ROOM];
  unsigned count = 0;
  struct pac_mutator *mutator = pac_mutator_new(target, leaf);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  for (unsigned i = 0; i < 1000; i++) {
    memcpy(octets, seed, seed_size);
    size_t size = pac_mutate(mutator, octets, seed_size, ROOM, partner, partner_size, i);
    count += holds(octets, size, word, sizeof word - 1);
  }
  pac_mutator_free(mutator);
  return count;
}

/* What put_object reads: no object, a context, and in the options its size. */
static void a_partner_gives_its_elements(void) {
  uint8_t seed[24 + 7] = {1};
  uint8_t partner[24 + 4 + 10 + 14 + 7] = {1};
  static const uint8_t element[] = {5, 0, 0, 0, 'z', 0, 'e', 0, 'b', 0, 'r', 0, 'a', 0, 0, 0, 0, 0, 3, 0, 7, 0, 0, 0, 0, 0, 0, 0};
  partner[20] = 1;
  memcpy(partner + 24, element, sizeof element);
  seed[25] = 24;
  partner[sizeof partner - 6] = 24 + sizeof element;
  CU_ASSERT_EQUAL_FATAL(sizeof partner, 24 + sizeof element + 7);
  CU_ASSERT_TRUE(crossed("context_decode", seed, 24, partner, 24 + sizeof element) > 100);
  CU_ASSERT_TRUE(crossed("put_object", seed, sizeof seed, partner, sizeof partner) > 20);
}

static void the_same_seed_gives_the_same_mutant(void) {
  static uint8_t octets[2][ROOM];
  size_t sizes[2];
  struct pac_octets seed_octets = nested(2);
  for (unsigned i = 0; i < 2; i++) {
    struct pac_mutator *mutator = pac_mutator_new("wmio_object", leaf);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
    memcpy(octets[i], seed_octets.data, seed_octets.size);
    sizes[i] = seed_octets.size;
    for (unsigned seed = 0; seed < 20; seed++) {
      sizes[i] = pac_mutate(mutator, octets[i], sizes[i], ROOM, NULL, 0, seed);
    }
    pac_mutator_free(mutator);
  }
  CU_ASSERT_TRUE(sizes[0] == sizes[1] && memcmp(octets[0], octets[1], sizes[0]) == 0);
  pac_octets_free(NULL, &seed_octets);
}

static void from_one_octet_it_gets_to_a_valid_object(void) {
  static uint8_t octets[ROOM] = "A";
  struct pac_mutator *mutator = pac_mutator_new("wmio_decode", leaf);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  bool is_valid = false;
  for (unsigned seed = 0; seed < 50 && !is_valid; seed++) {
    unsigned rule;
    octets[0] = 'A';
    size_t size = pac_mutate(mutator, octets, 1, ROOM, NULL, 0, seed);
    is_valid = is_strict(PAC_ENCODING_UNIT, octets, size, &rule);
  }
  CU_ASSERT_TRUE(is_valid);
  CU_ASSERT_PTR_NULL(pac_mutator_new("no_such_target", leaf));
  pac_mutator_free(mutator);
}

/* What single changes never add up to, since no coverage tells that there is one more. */
struct reached {
  uint32_t properties, ancestors, depth, parameters, sets;
};

static void reach(struct reached *reached, const uint8_t *octets, size_t size) {
  static struct document document;
  static uint8_t room[ROOM];
  memcpy(room, octets, size);
  document = (struct document){.octets = room, .size = (uint32_t)size, .max = ROOM};
  mut_layout_unit(&document, 0, document.size, NO_PART, 0);
  for (uint32_t i = 0; i < document.objects_count; i++) {
    const struct object_layout *object = &document.objects[i];
    uint32_t parameters = object->is_signature && object->sibling != 0 ? object->current.count : 0;
    reached->properties = object->current.count > reached->properties ? object->current.count : reached->properties;
    reached->ancestors = object->current.ancestors > reached->ancestors ? object->current.ancestors : reached->ancestors;
    reached->depth = object->depth > reached->depth ? object->depth : reached->depth;
    reached->parameters = parameters > reached->parameters ? parameters : reached->parameters;
    reached->sets += !object->is_class && object->is_whole && room[object->body.choice_at] == 2;
  }
}

/* From one octet, each mutant made of one that was valid, as an engine does it. */
static void many_of_a_kind_are_valid_together(void) {
  static uint8_t octets[ROOM];
  static uint8_t kept[ROOM] = "A";
  struct reached reached = {0};
  size_t kept_size = 1;
  unsigned rule;
  struct pac_mutator *mutator = pac_mutator_new("wmio_decode", leaf);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  for (unsigned i = 0; i < 40000; i++) {
    memcpy(octets, kept, kept_size);
    size_t size = pac_mutate(mutator, octets, kept_size, 2048, NULL, 0, i);
    if (!is_strict(PAC_ENCODING_UNIT, octets, size, &rule)) {
      continue;
    }
    reach(&reached, octets, size);
    if (size < 600) {
      memcpy(kept, octets, size);
      kept_size = size;
    }
  }
  pac_mutator_free(mutator);
  printf("\n    %u properties, %u ancestors, depth %u, %u parameters\n  ", reached.properties, reached.ancestors,
         reached.depth, reached.parameters);
  CU_ASSERT_TRUE(reached.properties >= 16 && reached.ancestors >= 8 && reached.depth >= 8);
  CU_ASSERT_TRUE(reached.parameters >= 2 && reached.sets > 0);
}

/* How many elements a valid mutant has at most. Compilers differ in the order of numbers of chance: the bounds leave room. */
static void containers_grow_to_many(void) {
  static const struct {
    const char *target;
    enum pac_encoding_kind kind;
    uint32_t count_at;
    uint32_t least;
  } rows[] = {{"object_array_decode", PAC_ENCODING_OBJECT_ARRAY, 0x2A, 8}, {"context_decode", PAC_ENCODING_CONTEXT, 20, 14}};
  for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
    struct pac_mutator *mutator = pac_mutator_new(rows[k].target, leaf);
    uint32_t most = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
    static uint8_t kept[ROOM];
    size_t kept_size = 1;
    for (unsigned i = 0; i < 60000; i++) {
      static uint8_t octets[ROOM];
      unsigned rule;
      memcpy(octets, kept, kept_size);
      size_t size = pac_mutate(mutator, octets, kept_size, 4096, NULL, 0, i);
      if (!is_strict(rows[k].kind, octets, size, &rule)) {
        continue;
      }
      most = get_u32(octets + rows[k].count_at) > most ? get_u32(octets + rows[k].count_at) : most;
      if (size < 150) {
        memcpy(kept, octets, size);
        kept_size = size;
      }
    }
    printf("\n    %s: %u", rows[k].target, most);
    CU_ASSERT_TRUE(most >= rows[k].least);
    pac_mutator_free(mutator);
  }
}

/* The length of a class becomes 0 when a qualifier of eleven octets is added to it: then there is no object to work on. */
static void a_length_that_wraps_around_leaves_no_object(void) {
  static uint8_t octets[ROOM];
  struct pac_octets encoded = nested(1);
  struct pac_mutator *mutator = pac_mutator_new("wmio_decode", leaf);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  for (unsigned seed = 0; seed < 20000; seed++) {
    memcpy(octets, encoded.data, encoded.size);
    set_u32(octets + 4, 0u - 11u);
    size_t size = pac_mutate(mutator, octets, encoded.size, ROOM, NULL, 0, seed);
    CU_ASSERT_TRUE_FATAL(size >= 1 && size <= ROOM);
  }
  pac_mutator_free(mutator);
  pac_octets_free(NULL, &encoded);
}

static void append(uint8_t *octets, uint32_t *size, const uint32_t *words, unsigned count) {
  for (unsigned i = 0; i < count; i++, *size += 4) {
    set_u32(octets + *size, words[i]);
  }
}

/* A class of which thousands of properties share one PropertyInfo, with thousands of qualifiers, which share one array. */
static uint32_t fan_out(uint8_t *octets) {
  enum { PROPERTIES = 3900, QUALIFIERS = 2500, ELEMENTS = 64, ARRAY = 3, INFO = ARRAY + 4 + ELEMENTS };
  const uint32_t heap_size = INFO + 18 + 13 * QUALIFIERS;
  const uint32_t part_size = 29 + 8 * PROPERTIES + (PROPERTIES + 3) / 4 + heap_size;
  uint32_t size = 0;
  append(octets, &size, (uint32_t[]){0x12345678u, 1 + 29 + 12 + part_size + 12}, 2);
  octets[size++] = 1;
  append(octets, &size, (uint32_t[]){29, 0xFFFFFF00u, 0xFFu, 0x400u, 0x400u, 0, 0}, 7);
  octets[size++] = 0x80;
  append(octets, &size, (uint32_t[]){12, 0, 0x80000000u, part_size}, 4);
  octets[size++] = 0;
  append(octets, &size, (uint32_t[]){0, (PROPERTIES + 3) / 4, 4, 4, PROPERTIES}, 5);
  for (unsigned i = 0; i < PROPERTIES; i++) {
    append(octets, &size, (uint32_t[]){0, INFO}, 2);
  }
  memset(octets + size, 0, (PROPERTIES + 3) / 4);
  size += (PROPERTIES + 3) / 4;
  append(octets, &size, (uint32_t[]){0x80000000u | heap_size}, 1);
  memcpy(octets + size, "\0A", 3);
  size += 3;
  append(octets, &size, (uint32_t[]){ELEMENTS}, 1);
  memset(octets + size, 1, ELEMENTS);
  size += ELEMENTS;
  append(octets, &size, (uint32_t[]){0x2011, 0, 0, 0}, 4);
  size -= 2;
  append(octets, &size, (uint32_t[]){4 + 13 * QUALIFIERS}, 1);
  for (unsigned i = 0; i < QUALIFIERS; i++) {
    append(octets, &size, (uint32_t[]){0}, 1);
    octets[size++] = 0;
    append(octets, &size, (uint32_t[]){0x2011, ARRAY}, 2);
  }
  append(octets, &size, (uint32_t[]){12, 0, 0x80000000u}, 3);
  return size;
}

static void what_is_shared_takes_no_time(void) {
  static uint8_t seed_octets[PAC_MUTATOR_OCTETS_MAX];
  static uint8_t octets[PAC_MUTATOR_OCTETS_MAX];
  static struct document document;
  struct pac_mutator *mutator = pac_mutator_new("wmio_decode", leaf);
  uint32_t seed_size = fan_out(seed_octets);
  CU_ASSERT_TRUE_FATAL(mutator != NULL && seed_size <= sizeof octets);
  document = (struct document){.octets = seed_octets, .size = seed_size, .max = sizeof octets};
  clock_t began = clock();
  CU_ASSERT_TRUE(mut_layout_unit(&document, 0, document.size, NO_PART, 0) && document.objects[0].current.is_whole);
  CU_ASSERT_TRUE(document.fields_count == FIELDS_MAX && document.refs_count == REFS_MAX);
  for (unsigned seed = 0; seed < 4; seed++) {
    memcpy(octets, seed_octets, seed_size);
    pac_mutate(mutator, octets, seed_size, sizeof octets, NULL, 0, seed);
  }
  CU_ASSERT_TRUE(clock() - began < 4 * CLOCKS_PER_SEC);
  pac_mutator_free(mutator);
}

static bool map_nothing(struct document *document) {
  mut_layout_clear(document);
  return false;
}

static void what_has_no_map_has_none_when_asked_again(void) {
  static struct document document = {.map = map_nothing};
  CU_ASSERT_FALSE(mut_layout_refresh(&document));
  CU_ASSERT_FALSE(mut_layout_refresh(&document));
}

/* The type of a context's element, with nothing behind it. */
static bool map_short_type(struct document *document) {
  mut_layout_clear(document);
  mut_layout_field(document, 0, FIELD_TYPE, 2);
  return true;
}

static void a_short_type_is_broken_within_itself(void) {
  static struct document document;
  for (unsigned seed = 0; seed < 5000; seed++) {
    struct random random = {seed};
    uint8_t octets[4] = {8, 0x20, 0, 0};
    document = (struct document){
        .octets = octets, .size = 2, .max = 2, .random = &random, .leaf = leaf, .map = map_short_type};
    mut_break(&document);
    CU_ASSERT_TRUE(octets[2] == 0 && octets[3] == 0);
  }
}

static CU_TestInfo tests[] = {
    {"many_of_a_kind_are_valid_together", many_of_a_kind_are_valid_together},
    {"containers_grow_to_many", containers_grow_to_many},
    {"most_mutants_are_valid", most_mutants_are_valid},
    {"a_container_stays_what_it_is", a_container_stays_what_it_is},
    {"all_depths_are_worked_on", all_depths_are_worked_on},
    {"nothing_is_written_outside_of_the_room", nothing_is_written_outside_of_the_room},
    {"a_slot_before_its_table_is_no_slot", a_slot_before_its_table_is_no_slot},
    {"a_length_that_wraps_around_leaves_no_object", a_length_that_wraps_around_leaves_no_object},
    {"what_has_no_map_has_none_when_asked_again", what_has_no_map_has_none_when_asked_again},
    {"a_short_type_is_broken_within_itself", a_short_type_is_broken_within_itself},
    {"what_is_shared_takes_no_time", what_is_shared_takes_no_time},
    {"a_full_map_ends_the_array", a_full_map_ends_the_array},
    {"a_partner_gives_its_elements", a_partner_gives_its_elements},
    {"the_same_seed_gives_the_same_mutant", the_same_seed_gives_the_same_mutant},
    {"from_one_octet_it_gets_to_a_valid_object", from_one_octet_it_gets_to_a_valid_object},
    CU_TEST_INFO_NULL,
};

int main(void) {
  vectors_load(&vectors);
  int status = unit_run("mutator", tests);
  vectors_free(&vectors);
  return status;
}
