/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The public decoding functions: arenas, the decoder over them, the wire tree, and what is made of it. The tree's arena
 * is gone when they return; text and elements were read into the arena of what is given.
 */
#include "encoding/class_ids.h"
#include "encoding/model.h"
#include "encoding/parts.h"

/* First blocks, as a multiple of the container, so that most objects take one block of each: fewer requests, and an
 * allocator that learns from what is given back keeps the pages for the next one. Untouched room costs nothing. */
#define TREE_OCTETS_PER_OCTET 6u
#define OBJECT_OCTETS_PER_OCTET 8u
#define FIRST_OCTETS_MIN 1024u
#define FIRST_OCTETS_MAX ((size_t)16 << 20)

static size_t first_size(size_t size, size_t factor) {
  if (size > FIRST_OCTETS_MAX / factor) {
    return FIRST_OCTETS_MAX;
  }
  return size * factor + FIRST_OCTETS_MIN;
}

static struct pac_decoding *default_report(struct pac_decoding *decoding, struct pac_decoding *own) {
  own->profile = PAC_ENCODING_STRICT;
  own->findings = NULL;
  own->findings_max = 0;
  return decoding != NULL ? decoding : own;
}

/* Decodes a unit into `object`, which is new and of no genus yet. */
static enum pac_result decode_unit(struct decoder *decoder, struct pac_object *object) {
  struct wire_object *wire = NULL;
  PAC_TRY(pac_wire_unit_decode(decoder, &wire));
  object->genus = wire->is_class ? PAC_GENUS_CLASS : PAC_GENUS_INSTANCE;
  return pac_model_fill(decoder, wire, object);
}

enum pac_result pac_unit_decode(const struct pac_memory *memory, const void *octets, size_t size,
                                struct pac_decoding *decoding, struct pac_object **given) {
  struct pac_decoding own;
  struct decoder decoder;
  struct pac_arena *tree = NULL;
  struct pac_object *object = NULL;
  PAC_TRY(pac_arena_new(memory, first_size(size, TREE_OCTETS_PER_OCTET), &tree));
  enum pac_result result =
      pac_object_new_owned(memory, first_size(size, OBJECT_OCTETS_PER_OCTET), PAC_GENUS_CLASS, &object);
  if (result == PAC_RESULT_OK) {
    result = pac_decoder_init(&decoder, octets, size, default_report(decoding, &own), tree, object->arena);
  }
  if (result == PAC_RESULT_OK) {
    result = decode_unit(&decoder, object);
  }
  pac_arena_free(tree);
  if (result != PAC_RESULT_OK) {
    pac_object_free(object);
    return result;
  }
  *given = object;
  return PAC_RESULT_OK;
}

bool pac_unit_is_for_put(const struct pac_object *object) {
  return (object->prototype_flags & PAC_PROTOTYPE_RESULT) == 0;
}

/* Object array ---------------------------------------------------------------------------------------------------- */

struct pac_object_array {
  struct pac_arena *arena;
  uint8_t packet_type;
  uint32_t count;
  struct pac_array_object *objects;
};

struct pac_class_table {
  struct pac_arena *arena;
  struct class_ids known;
};

enum pac_result pac_class_table_new(const struct pac_memory *memory, struct pac_class_table **given) {
  struct pac_arena *arena = NULL;
  PAC_TRY(pac_arena_new(memory, 0, &arena));
  struct pac_class_table *table = pac_arena_allocate(arena, sizeof *table);
  if (table == NULL) {
    pac_arena_free(arena);
    return PAC_RESULT_NO_MEMORY;
  }
  table->arena = arena;
  *given = table;
  return PAC_RESULT_OK;
}

void pac_class_table_free(struct pac_class_table *table) {
  if (table != NULL) {
    pac_arena_free(table->arena);
  }
}

/* Reads a class part again from a copy of its octets, into the table's arena: the array's own may go first. */
static enum pac_result keep_class_part(struct pac_class_table *table, const struct decoder *from,
                                       const struct wire_class *part, struct wire_class **kept) {
  struct decoder decoder;
  struct pac_decoding report = {.profile = from->report->profile};
  uint8_t *copy = pac_arena_allocate(table->arena, part->size);
  if (copy == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  memcpy(copy, from->octets + part->offset, part->size);
  PAC_TRY(pac_decoder_init(&decoder, copy, part->size, &report, table->arena, table->arena));
  struct span span = {0, part->size};
  decoder.depth = 1;
  PAC_TRY(pac_class_part_read(&decoder, &span, CLASS_CURRENT, false, kept));
  (*kept)->is_foreign = true;
  return PAC_RESULT_OK;
}

/* Adds the classes that an accepted array has sent. */
static enum pac_result keep_classes(struct pac_class_table *table, const struct decoder *from,
                                    const struct wire_array *array) {
  for (uint32_t i = 0; i < array->count; i++) {
    const struct wire_array_object *item = &array->items[i];
    if (item->type != PAC_ARRAY_INSTANCE) {
      continue;
    }
    struct wire_class *kept = NULL;
    struct pac_decoding report = {.profile = from->report->profile};
    struct decoder decoder;
    bool is_repeated = false;
    uint8_t *class_id = pac_arena_allocate(table->arena, PAC_CLASS_ID_OCTETS);
    if (class_id == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    memcpy(class_id, item->class_id, PAC_CLASS_ID_OCTETS);
    PAC_TRY(keep_class_part(table, from, item->object->current, &kept));
    PAC_TRY(pac_decoder_init(&decoder, class_id, PAC_CLASS_ID_OCTETS, &report, table->arena, table->arena));
    PAC_TRY(pac_class_ids_put(&decoder, &table->known, class_id, kept, &is_repeated));
  }
  return PAC_RESULT_OK;
}

static enum pac_result fill_array(struct decoder *decoder, const struct wire_array *wire,
                                  struct pac_object_array *array) {
  array->packet_type = wire->packet_type;
  for (uint32_t i = 0; i < wire->count; i++) {
    /* A class part of the table may name what was made of it for an earlier array. */
    wire->items[i].object->current->model_arena = NULL;
  }
  PAC_TRY(pac_decoder_allocate(decoder, decoder->texts, wire->count, sizeof *array->objects, &array->objects));
  for (uint32_t i = 0; i < wire->count; i++) {
    const struct wire_array_object *item = &wire->items[i];
    struct pac_object *object = NULL;
    PAC_TRY(pac_model_make(decoder, item->object, &object));
    array->objects[i].type = (enum pac_array_object_type)item->type;
    array->objects[i].object = object;
    if (item->class_id != NULL) {
      memcpy(array->objects[i].class_id, item->class_id, PAC_CLASS_ID_OCTETS);
    }
    array->count = i + 1;
  }
  return PAC_RESULT_OK;
}

static enum pac_result decode_array(struct decoder *decoder, struct pac_class_table *classes,
                                    struct pac_object_array *array) {
  struct wire_array *wire = NULL;
  struct class_ids known = {.earlier = classes != NULL ? &classes->known : NULL};
  PAC_TRY(pac_wire_array_decode(decoder, &known, &wire));
  PAC_TRY(fill_array(decoder, wire, array));
  return classes != NULL ? keep_classes(classes, decoder, wire) : PAC_RESULT_OK;
}

enum pac_result pac_object_array_decode(const struct pac_memory *memory, const void *octets, size_t size,
                                        struct pac_decoding *decoding, struct pac_class_table *classes,
                                        struct pac_object_array **given) {
  struct pac_decoding own;
  struct decoder decoder;
  struct pac_arena *tree = NULL;
  struct pac_arena *arena = NULL;
  struct pac_object_array *array = NULL;
  enum pac_result result = pac_arena_new(memory, first_size(size, TREE_OCTETS_PER_OCTET), &tree);
  if (result == PAC_RESULT_OK) {
    result = pac_arena_new(memory, first_size(size, OBJECT_OCTETS_PER_OCTET), &arena);
  }
  if (result == PAC_RESULT_OK) {
    array = pac_arena_allocate(arena, sizeof *array);
    result = array != NULL ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
  }
  if (result == PAC_RESULT_OK) {
    array->arena = arena;
    result = pac_decoder_init(&decoder, octets, size, default_report(decoding, &own), tree, arena);
  }
  if (result == PAC_RESULT_OK) {
    result = decode_array(&decoder, classes, array);
  }
  pac_arena_free(tree);
  if (result != PAC_RESULT_OK) {
    pac_arena_free(arena);
    return result;
  }
  *given = array;
  return PAC_RESULT_OK;
}

void pac_object_array_free(struct pac_object_array *array) {
  if (array != NULL) {
    pac_arena_free(array->arena);
  }
}

uint8_t pac_object_array_packet_type(const struct pac_object_array *array) {
  return array->packet_type;
}

uint32_t pac_object_array_count(const struct pac_object_array *array) {
  return array->count;
}

const struct pac_array_object *pac_object_array_at(const struct pac_object_array *array, uint32_t index) {
  return index < array->count ? &array->objects[index] : NULL;
}

/* Context --------------------------------------------------------------------------------------------------------- */

static enum pac_result fill_named_values(struct decoder *decoder, const struct wire_context *context,
                                         struct pac_named_values *values) {
  for (uint32_t i = 0; i < context->count; i++) {
    const struct wire_context_value *item = &context->items[i];
    struct pac_value value = {.type = PAC_CIM_NONE};
    PAC_TRY(pac_model_value(decoder, &item->value, &value));
    enum pac_result result = pac_named_values_add(values, item->name.text, &value);
    if (result == PAC_RESULT_NO_MEMORY) {
      return result;
    }
    if (result != PAC_RESULT_OK) {
      return pac_decoder_limit(decoder, "an element is none that a named value set holds", item->offset);
    }
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_context_decode(const struct pac_memory *memory, const void *octets, size_t size,
                                   struct pac_decoding *decoding, struct pac_named_values **given) {
  struct pac_decoding own;
  struct decoder decoder;
  struct pac_arena *tree = NULL;
  struct pac_named_values *values = NULL;
  struct wire_context *context = NULL;
  PAC_TRY(pac_arena_new(memory, first_size(size, TREE_OCTETS_PER_OCTET), &tree));
  enum pac_result result = pac_named_values_new(memory, &values);
  if (result == PAC_RESULT_OK) {
    result = pac_decoder_init(&decoder, octets, size, default_report(decoding, &own), tree, tree);
  }
  if (result == PAC_RESULT_OK) {
    result = pac_wire_context_decode(&decoder, &context);
  }
  if (result == PAC_RESULT_OK) {
    result = fill_named_values(&decoder, context, values);
  }
  pac_arena_free(tree);
  if (result != PAC_RESULT_OK) {
    pac_named_values_free(values);
    return result;
  }
  *given = values;
  return PAC_RESULT_OK;
}
