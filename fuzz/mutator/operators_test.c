/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each operator by itself leaves the objects of the vectors valid: what its mutants break otherwise, a campaign would not
 * notice. The shares are printed.
 */
#include <stdio.h>
#include <string.h>

#include "layout.h"
#include "operators.h"
#include "pacheck/encoding.h"
#include "unit.h"
#include "vectors.h"

#define MUTANTS_PER_SEED 40u
#define ROOM 8192u

static struct vectors vectors;

static size_t leaf(uint8_t *octets, size_t size, size_t max) {
  (void)octets, (void)max;
  return size;
}

static bool map_unit(struct document *document) {
  mut_layout_clear(document);
  return mut_layout_unit(document, 0, document->size, NO_PART, 0);
}

/* Of any set in the document. */
static bool add_qualifier(struct document *document, const struct object_layout *object) {
  (void)object;
  return document->sets_count > 0 &&
         mut_qualifier_add(document, &document->sets[random_below(document->random, document->sets_count)]);
}

static bool drop_qualifier(struct document *document, const struct object_layout *object) {
  (void)object;
  return document->sets_count > 0 &&
         mut_qualifier_drop(document, &document->sets[random_below(document->random, document->sets_count)]);
}

typedef bool (*operation)(struct document *document, const struct object_layout *object);

/* The object after both have been done to it, with its map; null when one could not. */
static const struct object_layout *done_to(struct document *document, const struct object_layout *object, operation first,
                                           operation second) {
  size_t index = (size_t)(object - document->objects);
  for (unsigned i = 0; i < 2; i++) {
    if (!(i == 0 ? first : second)(document, &document->objects[index])) {
      return NULL;
    }
    document->is_mapped = false;
    if (!mut_layout_refresh(document)) {
      return NULL;
    }
  }
  return &document->objects[index];
}

/* The last method stays, so there have to be two. */
static bool drop_method(struct document *document, const struct object_layout *object) {
  const struct object_layout *made = done_to(document, object, mut_method_add, mut_method_add);
  return made != NULL && mut_method_drop(document, made);
}

/* A class derived from the object inherits its methods; there have to be some. */
static bool redeclare_method(struct document *document, const struct object_layout *object) {
  const struct object_layout *made = done_to(document, object, mut_method_add, mut_object_derive);
  return made != NULL && mut_method_redeclare(document, made);
}

/* Sets of qualifiers for each property, and then each operator that has to keep them as many and in their order. */
static bool change_with_sets(struct document *document, const struct object_layout *object) {
  static const operation changes[] = {
      mut_property_add, mut_property_remove, mut_property_rename, mut_property_set, mut_property_sets};
  size_t index = (size_t)(object - document->objects);
  if (object->is_class || !mut_property_sets(document, object)) {
    return false;
  }
  document->is_mapped = false;
  return mut_layout_refresh(document) &&
         changes[random_below(document->random, 5)](document, &document->objects[index]);
}

/* Parameters of a method that is new: two of the input signature, two of the output signature. */
static bool add_parameters(struct document *document, const struct object_layout *object) {
  unsigned done = 0;
  if (!mut_method_add(document, object)) {
    return false;
  }
  for (unsigned i = 0; i < 4; i++) {
    document->is_mapped = false;
    if (!mut_layout_refresh(document)) {
      return false;
    }
    for (uint32_t k = document->objects_count; k > 0; k--) {
      const struct object_layout *signature = &document->objects[k - 1];
      if (signature->is_signature && signature->sibling != 0 && signature->is_output == (i % 2 == 0)) {
        done += mut_property_add(document, signature);
        break;
      }
    }
  }
  return done > 0;
}

struct row {
  const char *name;
  operation operate;
  unsigned valid_least; /* percent of what was changed */
  unsigned done_least;  /* percent of what was tried */
};

/* What is not valid on purpose: odd booleans, a name that is there already or that an ancestor has, a parameter without ID,
 * a qualifier of an absent parent. */
static const struct row rows[] = {
    {"property_add", mut_property_add, 90, 95},       {"property_remove", mut_property_remove, 100, 85},
    {"property_retype", mut_property_retype, 100, 85}, {"property_rename", mut_property_rename, 95, 75},
    {"property_set", mut_property_set, 98, 85},       {"qualifier_add", add_qualifier, 70, 95},
    {"qualifier_drop", drop_qualifier, 90, 20},       {"method_add", mut_method_add, 100, 70},
    {"method_drop", drop_method, 100, 70},            {"object_rename", mut_object_rename, 95, 90},
    {"object_convert", mut_object_convert, 95, 80},   {"object_decorate", mut_object_decorate, 100, 100},
    {"object_replace", mut_object_replace, 98, 90},   {"object_slack", mut_object_slack, 100, 95},
    {"object_splice", mut_object_splice, 95, 3},      {"method_redeclare", redeclare_method, 98, 40},
    {"object_derive", mut_object_derive, 95, 40},     {"object_nest", mut_object_nest, 100, 80},
    {"property_sets", change_with_sets, 90, 10},      {"property_rearrange", mut_property_rearrange, 98, 40},
    {"parameters_add", add_parameters, 85, 15},
};

static bool is_strict(const struct document *document) {
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  struct pac_object *object = NULL;
  bool is_valid = pac_unit_decode(NULL, document->octets, document->size, &decoding, &object) == PAC_RESULT_OK;
  pac_object_free(object);
  return is_valid;
}

static void prepare(struct document *document, uint8_t *octets, const struct vector *row, struct random *random) {
  memcpy(octets, row->octets, row->size);
  document->octets = octets;
  document->size = (uint32_t)row->size;
  document->max = ROOM;
  document->random = random;
  document->leaf = leaf;
  document->map = map_unit;
  document->partner = NULL;
  document->is_mapped = false;
}

static void each_operator_keeps_what_is_valid(void) {
  static struct document document;
  static struct document partner;
  static uint8_t octets[ROOM];
  static uint8_t partner_octets[ROOM];
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    unsigned tried = 0, done = 0, valid = 0;
    const struct vector *earlier = NULL;
    for (size_t k = 0; k < vectors.count; k++) {
      const struct vector *row = &vectors.rows[k];
      if (row->kind != PAC_ENCODING_UNIT || !row->is_accepted[PAC_ENCODING_STRICT] || row->size > ROOM / 4) {
        continue;
      }
      for (unsigned seed = 0; seed < MUTANTS_PER_SEED; seed++) {
        struct random random = {seed * 7919u + k};
        prepare(&document, octets, row, &random);
        if (earlier != NULL) {
          prepare(&partner, partner_octets, earlier, &random);
          document.partner = &partner;
        }
        CU_ASSERT_TRUE_FATAL(mut_layout_refresh(&document));
        uint32_t index = random_below(&random, document.objects_count);
        tried += 1;
        if (rows[i].operate(&document, &document.objects[index])) {
          done += 1;
          valid += is_strict(&document);
        }
      }
      earlier = row;
    }
    printf("\n    %s: %u tried, %u done, %u valid", rows[i].name, tried, done, valid);
    CU_ASSERT_TRUE(100 * valid >= rows[i].valid_least * done);
    CU_ASSERT_TRUE(100 * done >= rows[i].done_least * tried);
  }
  printf("\n  ");
}

/* A class with a name that is as long as names get. */
static struct vector with_long_name(struct pac_octets *encoded) {
  char name[NAME_OCTETS_MAX - 2];
  struct pac_object *object = NULL;
  memset(name, 'n', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  CU_ASSERT_EQUAL_FATAL(pac_class_new(NULL, name, &object), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, encoded), PAC_RESULT_OK);
  pac_object_free(object);
  return (struct vector){.octets = encoded->data, .size = encoded->size};
}

/* What an operator cannot do for lack of room it does not do by half, however long the names are. */
static void without_room_nothing_is_half_done(void) {
  static struct document document;
  static struct document partner;
  static uint8_t octets[ROOM];
  static uint8_t partner_octets[ROOM];
  struct pac_octets encoded = {NULL, 0};
  struct vector long_name = with_long_name(&encoded);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    unsigned done = 0, valid = 0, half = 0;
    for (size_t k = 0; k < vectors.count; k++) {
      const struct vector *row = &vectors.rows[k];
      if (row->kind != PAC_ENCODING_UNIT || !row->is_accepted[PAC_ENCODING_STRICT] || row->size > ROOM / 4) {
        continue;
      }
      for (unsigned seed = 0; seed < MUTANTS_PER_SEED; seed++) {
        struct random random = {seed * 7919u + k};
        prepare(&document, octets, row, &random);
        prepare(&partner, partner_octets, &long_name, &random);
        document.partner = &partner;
        document.max = document.size + random_below(&random, 3 * NAME_OCTETS_MAX);
        CU_ASSERT_TRUE_FATAL(mut_layout_refresh(&document));
        uint32_t index = random_below(&random, document.objects_count);
        bool is_done = rows[i].operate(&document, &document.objects[index]);
        bool is_valid = is_strict(&document);
        done += is_done;
        valid += is_done && is_valid;
        half += !is_done && !is_valid;
      }
    }
    bool is_valid_enough = 100 * valid >= (rows[i].valid_least - 5) * done; /* the long name may be there already */
    if (half > 0 || !is_valid_enough) {
      printf("\n    %s: %u done, %u valid, %u done by half", rows[i].name, done, valid, half);
    }
    CU_ASSERT_EQUAL(half, 0);
    CU_ASSERT_TRUE(is_valid_enough);
  }
  pac_octets_free(NULL, &encoded);
}

static CU_TestInfo tests[] = {{"each_operator_keeps_what_is_valid", each_operator_keeps_what_is_valid},
                              {"without_room_nothing_is_half_done", without_room_nothing_is_half_done},
                              CU_TEST_INFO_NULL};

int main(void) {
  vectors_load(&vectors);
  int code = unit_run("operators", tests);
  vectors_free(&vectors);
  return code;
}
