/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the wire tree to the object model. Nothing is judged here: what the decoder accepted is built as it stands, with
 * what the model's invariants need put right. Names that repeat are all kept.
 */
#include "encoding/model.h"

#include "encoding/parts.h"

/* What the model's structures take, list places and name index included: for the memory budget. */
#define PROPERTY_OCTETS (sizeof(struct pac_property_entry) + 80u)
#define METHOD_OCTETS (sizeof(struct pac_method_entry) + 80u)
#define QUALIFIER_OCTETS (sizeof(struct pac_qualifier) + 80u)

struct builder {
  struct decoder *decoder;
  struct pac_arena *arena;
  bool copies_text; /* the tree does not live as long as the arena */
};

static enum pac_result fill_object(const struct builder *builder, const struct wire_object *wire,
                                   struct pac_object *object);

static enum pac_result charge(const struct builder *builder, uint64_t octets) {
  struct decoder *decoder = builder->decoder;
  if (octets > decoder->memory_left) {
    return pac_decoder_reject(decoder, 131, 0);
  }
  decoder->memory_left -= octets;
  return PAC_RESULT_OK;
}

/* Text and values ------------------------------------------------------------------------------------------------- */

static enum pac_result keep_text(const struct builder *builder, const char *text, const char **kept) {
  if (text == NULL || !builder->copies_text) {
    *kept = text;
    return PAC_RESULT_OK;
  }
  size_t length = strlen(text);
  PAC_TRY(charge(builder, length + 1));
  *kept = pac_arena_copy_text(builder->arena, text, length);
  return *kept != NULL ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
}

static enum pac_result keep_name(const struct builder *builder, const char *text, const char **kept) {
  /* A text takes at most half as many octets again as it had units' octets: in a small container none can be too long. */
  bool may_be_long = builder->copies_text || builder->decoder->size > PAC_NAME_OCTETS_MAX / 2;
  if (may_be_long && text != NULL && strnlen(text, PAC_NAME_OCTETS_MAX + 1) > PAC_NAME_OCTETS_MAX) {
    return pac_decoder_limit(builder->decoder, "a name is longer than the object model holds", 0);
  }
  return keep_text(builder, text, kept);
}

static enum pac_result make_object(const struct builder *builder, const struct wire_object *wire,
                                   const struct pac_object **given) {
  PAC_TRY(charge(builder, sizeof(struct pac_object)));
  struct pac_object *object = pac_object_new_in(builder->arena, wire->is_class ? PAC_GENUS_CLASS : PAC_GENUS_INSTANCE);
  if (object == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  *given = object;
  return fill_object(builder, wire, object);
}

static bool is_text_type(enum pac_cim_type type) {
  return type == PAC_CIM_STRING || type == PAC_CIM_DATETIME || type == PAC_CIM_REFERENCE;
}

static enum pac_result make_elements(const struct builder *builder, const struct wire_value *wire,
                                     const union pac_scalar **given) {
  if (wire->type != PAC_CIM_OBJECT && !builder->copies_text) {
    *given = wire->is.elements;
    return PAC_RESULT_OK;
  }
  PAC_TRY(charge(builder, (uint64_t)wire->count * sizeof(union pac_scalar)));
  union pac_scalar *elements = pac_arena_allocate_array(builder->arena, wire->count, sizeof *elements);
  if (elements == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (uint32_t i = 0; i < wire->count; i++) {
    if (wire->type == PAC_CIM_OBJECT) {
      if (wire->is.objects[i] != NULL) {
        PAC_TRY(make_object(builder, wire->is.objects[i], &elements[i].object));
      }
    } else if (is_text_type(wire->type)) {
      PAC_TRY(keep_text(builder, wire->is.elements[i].text, &elements[i].text));
    } else {
      elements[i] = wire->is.elements[i];
    }
  }
  *given = elements;
  return PAC_RESULT_OK;
}

static enum pac_result make_value(const struct builder *builder, const struct wire_value *wire,
                                  struct pac_value *value) {
  *value = (struct pac_value){.type = wire->type, .is_array = wire->is_array};
  if (wire->is_null || wire->is_unknown) {
    value->is_null = true;
    return PAC_RESULT_OK;
  }
  if (wire->is_array) {
    value->count = wire->count;
    return wire->count == 0 ? PAC_RESULT_OK : make_elements(builder, wire, &value->elements);
  }
  if (wire->type == PAC_CIM_OBJECT) {
    return make_object(builder, wire->is.object, &value->scalar.object);
  }
  if (is_text_type(wire->type)) {
    return keep_text(builder, wire->is.scalar.text, &value->scalar.text);
  }
  value->scalar = wire->is.scalar;
  return PAC_RESULT_OK;
}

/* Qualifiers, methods, properties --------------------------------------------------------------------------------- */

static enum pac_result fill_qualifiers(const struct builder *builder, const struct wire_qualifiers *wire,
                                       struct pac_qualifier_set *set) {
  if (wire->count == 0) {
    return PAC_RESULT_OK;
  }
  if (wire->count > PAC_OBJECT_QUALIFIERS_MAX) {
    return pac_decoder_limit(builder->decoder, "a qualifier set is larger than the object model holds", wire->offset);
  }
  PAC_TRY(charge(builder, wire->count * QUALIFIER_OCTETS));
  if (!pac_name_list_reserve(builder->arena, &set->list, wire->count)) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (uint32_t i = 0; i < wire->count; i++) {
    const char *name = NULL;
    struct pac_value value = {.is_null = false};
    PAC_TRY(keep_name(builder, wire->items[i].name, &name));
    PAC_TRY(make_value(builder, &wire->items[i].value, &value));
    if (pac_qualifier_append(set, name, &value, wire->items[i].flavor) == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
  }
  return PAC_RESULT_OK;
}

/* The depth that the inherited mark and the origin agree on; where they do not, the mark is trusted (V-070, V-093). */
static uint32_t origin_depth(uint32_t origin, bool is_inherited, uint32_t own_depth) {
  if (!is_inherited || own_depth == 0) {
    return own_depth;
  }
  return origin < own_depth ? origin : own_depth - 1;
}

/* Puts the list, filled in table order, into declaration order. The list's index holds items, not their places. */
static enum pac_result order_properties(const struct builder *builder, const struct wire_class *wire,
                                        struct pac_object *object) {
  void **table = NULL;
  void **items = object->properties.items;
  if (wire->properties_count == 0) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_decoder_allocate(builder->decoder, builder->decoder->tree, wire->properties_count, sizeof *table,
                               &table));
  memcpy(table, items, wire->properties_count * sizeof *table);
  for (uint32_t i = 0; i < wire->properties_count; i++) {
    items[i] = table[wire->by_order[i]];
  }
  return PAC_RESULT_OK;
}

static enum pac_result fill_properties(const struct builder *builder, const struct wire_class *wire,
                                       struct pac_object *object) {
  if (wire->properties_count > PAC_OBJECT_PROPERTIES_MAX) {
    return pac_decoder_limit(builder->decoder, "a class has more properties than the object model holds",
                             wire->offset);
  }
  PAC_TRY(charge(builder, wire->properties_count * PROPERTY_OCTETS));
  if (wire->properties_count > 0 && !pac_object_reserve_properties(object, wire->properties_count)) {
    return PAC_RESULT_NO_MEMORY;
  }
  /* In table order, in which all of it stands in memory; a large class in any other order is a walk from miss to miss. */
  for (uint32_t i = 0; i < wire->properties_count; i++) {
    const struct wire_property *property = &wire->properties[i];
    const char *name = NULL;
    PAC_TRY(keep_name(builder, property->name, &name));
    struct pac_property_entry *entry = pac_object_append_property(object, name);
    if (entry == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    if ((property->bits & WIRE_ND_NULL) != 0) {
      entry->view.value = (struct pac_value){
          .type = property->value.type, .is_array = property->value.is_array, .is_null = true};
    } else {
      PAC_TRY(make_value(builder, &property->value, &entry->view.value));
    }
    entry->view.is_default = (property->bits & WIRE_ND_DEFAULT) != 0;
    pac_property_set_depth(object, entry,
                           origin_depth(property->origin, property->is_inherited, wire->ancestors_count));
    PAC_TRY(fill_qualifiers(builder, &property->qualifiers, &entry->qualifiers));
  }
  return order_properties(builder, wire, object);
}

static enum pac_result fill_methods(const struct builder *builder, const struct wire_methods *wire,
                                    uint32_t own_depth, struct pac_object *object) {
  if (wire->count == 0) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(charge(builder, wire->count * METHOD_OCTETS));
  if (!pac_object_reserve_methods(object, wire->count)) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (uint32_t i = 0; i < wire->count; i++) {
    const struct wire_method *method = &wire->items[i];
    const char *name = NULL;
    PAC_TRY(keep_name(builder, method->name, &name));
    struct pac_method_entry *entry = pac_object_append_method(object, name);
    if (entry == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    bool is_inherited = (method->flags & WIRE_METHOD_INHERITED) != 0;
    pac_method_set_depth(object, entry, origin_depth(method->origin, is_inherited, own_depth));
    PAC_TRY(fill_qualifiers(builder, &method->qualifiers, &entry->qualifiers));
    if (method->in != NULL) {
      PAC_TRY(make_object(builder, method->in, &entry->view.in));
    }
    if (method->out != NULL) {
      PAC_TRY(make_object(builder, method->out, &entry->view.out));
    }
  }
  return PAC_RESULT_OK;
}

/* Classes and instances ------------------------------------------------------------------------------------------- */

static enum pac_result fill_class(const struct builder *builder, const struct wire_class *wire,
                                  const struct wire_methods *methods, struct pac_object *object) {
  PAC_TRY(keep_name(builder, wire->name, &object->class_name));
  if (wire->ancestors_count > PAC_OBJECT_ANCESTORS_MAX) {
    return pac_decoder_limit(builder->decoder, "a class has more ancestors than the object model holds",
                             wire->offset);
  }
  if (wire->ancestors_count > 0) {
    PAC_TRY(charge(builder, wire->ancestors_count * sizeof *object->derivation));
    object->derivation = pac_arena_allocate_array(builder->arena, wire->ancestors_count, sizeof *object->derivation);
    if (object->derivation == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    for (uint32_t i = 0; i < wire->ancestors_count; i++) {
      PAC_TRY(keep_name(builder, wire->ancestors[i], &object->derivation[i]));
    }
    object->derivation_count = wire->ancestors_count;
    object->superclass = object->derivation[0];
  }
  PAC_TRY(fill_qualifiers(builder, &wire->qualifiers, &object->qualifiers));
  PAC_TRY(fill_properties(builder, wire, object));
  return methods != NULL ? fill_methods(builder, methods, wire->ancestors_count, object) : PAC_RESULT_OK;
}

/* The class of an instance; instances with one class part between them share it. */
static enum pac_result class_of_instance(const struct builder *builder, struct wire_class *wire,
                                         const struct pac_object **given) {
  if (wire->model_arena != builder->arena) {
    struct builder own = *builder;
    own.copies_text = builder->copies_text || wire->is_foreign;
    PAC_TRY(charge(builder, sizeof(struct pac_object)));
    struct pac_object *object = pac_object_new_in(builder->arena, PAC_GENUS_CLASS);
    if (object == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    PAC_TRY(fill_class(&own, wire, NULL, object));
    wire->model = object;
    wire->model_arena = builder->arena;
  }
  *given = wire->model;
  return PAC_RESULT_OK;
}

static enum pac_result fill_instance(const struct builder *builder, const struct wire_object *wire,
                                     struct pac_object *object) {
  const struct wire_class *current = wire->current;
  PAC_TRY(class_of_instance(builder, wire->current, &object->class_object));
  /* Spelling may differ from the class's (V-112 ignores case); the instance keeps its own. */
  PAC_TRY(keep_name(builder, wire->class_name, &object->class_name));
  PAC_TRY(fill_qualifiers(builder, &wire->qualifiers, &object->qualifiers));
  PAC_TRY(charge(builder, current->properties_count * PROPERTY_OCTETS));
  if (!pac_instance_populate(object)) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (uint32_t i = 0; i < current->properties_count; i++) {
    const struct wire_setting *setting = &wire->settings[current->by_order[i]];
    struct pac_property_entry *entry = pac_property_entry_at(object, i);
    if ((setting->bits & WIRE_ND_DEFAULT) == 0) {
      entry->view.is_default = false;
      entry->view.value = (struct pac_value){.type = setting->value.type,
                                             .is_array = setting->value.is_array,
                                             .is_null = (setting->bits & WIRE_ND_NULL) != 0};
      if (!entry->view.value.is_null) {
        PAC_TRY(make_value(builder, &setting->value, &entry->view.value));
      }
    }
    PAC_TRY(fill_qualifiers(builder, &setting->qualifiers, &entry->qualifiers));
  }
  return PAC_RESULT_OK;
}

/* Two empty texts are kept as they are, so that the decoration itself is not lost; one empty text means unknown. */
static enum pac_result fill_origin(const struct builder *builder, const struct wire_object *wire,
                                   struct pac_object *object) {
  const char *server = wire->server;
  const char *namespace_name = wire->namespace_name;
  if (server != NULL && (server[0] == '\0') != (namespace_name[0] == '\0')) {
    server = server[0] == '\0' ? NULL : server;
    namespace_name = namespace_name[0] == '\0' ? NULL : namespace_name;
  }
  PAC_TRY(keep_text(builder, server, &object->server));
  return keep_text(builder, namespace_name, &object->namespace_name);
}

static enum pac_result fill_object(const struct builder *builder, const struct wire_object *wire,
                                   struct pac_object *object) {
  object->prototype_flags = wire->flags & (WIRE_FLAG_PROTOTYPE | WIRE_FLAG_KEY_MISSING);
  PAC_TRY(fill_origin(builder, wire, object));
  if (!wire->is_class) {
    return fill_instance(builder, wire, object);
  }
  PAC_TRY(fill_class(builder, wire->current, &wire->methods, object));
  if (wire->parent->name != NULL && object->superclass != NULL) {
    PAC_TRY(charge(builder, sizeof(struct pac_object)));
    struct pac_object *parent = pac_object_new_in(builder->arena, PAC_GENUS_CLASS);
    if (parent == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    PAC_TRY(fill_class(builder, wire->parent, &wire->parent_methods, parent));
    object->parent = parent;
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_model_fill(struct decoder *decoder, const struct wire_object *wire, struct pac_object *object) {
  struct builder builder = {.decoder = decoder, .arena = object->arena};
  return fill_object(&builder, wire, object);
}

enum pac_result pac_model_make(struct decoder *decoder, const struct wire_object *wire, struct pac_object **given) {
  struct builder builder = {.decoder = decoder, .arena = decoder->texts};
  PAC_TRY(charge(&builder, sizeof(struct pac_object)));
  struct pac_object *object =
      pac_object_new_in(builder.arena, wire->is_class ? PAC_GENUS_CLASS : PAC_GENUS_INSTANCE);
  if (object == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  PAC_TRY(fill_object(&builder, wire, object));
  *given = object;
  return PAC_RESULT_OK;
}

enum pac_result pac_model_value(struct decoder *decoder, const struct wire_value *wire, struct pac_value *value) {
  struct builder builder = {.decoder = decoder, .arena = decoder->texts};
  return make_value(&builder, wire, value);
}
