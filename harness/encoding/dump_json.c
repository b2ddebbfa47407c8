/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The wire tree as JSON, in the form of the vectors' `decoded` member: 64-bit integers as decimal text, properties in
 * table order. JSON has no word for a real that is not finite, which becomes text, and none for an unpaired surrogate,
 * which becomes U+FFFD. A member takes one value: the values of a second property of a name, whether it was one before or
 * became one by U+FFFD, stand under the name with `#` and its place in the table behind it.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "encoding/dump.h"
#include "encoding/variant.h"

/* A null json_t travels through all of this: jansson's "_new" functions refuse it, so a failure reaches the top. */
static bool put(json_t *object, const char *key, json_t *value) {
  return json_object_set_new(object, key, value) == 0;
}

/* Replaces the three octets of each surrogate by those of U+FFFD; they are as many. */
static json_t *text_json(const char *text, size_t octets) {
  json_t *json = json_stringn(text, octets);
  if (json != NULL) {
    return json;
  }
  char *copy = malloc(octets + 1);
  if (copy == NULL) {
    return NULL;
  }
  memcpy(copy, text, octets);
  for (size_t i = 0; i + 2 < octets; i++) {
    if ((unsigned char)copy[i] == 0xED && (unsigned char)copy[i + 1] >= 0xA0) {
      memcpy(copy + i, "\xEF\xBF\xBD", 3);
    }
  }
  json = json_stringn(copy, octets);
  free(copy);
  return json;
}

static json_t *optional_text(const char *text) {
  return text != NULL ? text_json(text, strlen(text)) : json_null();
}

static json_t *real_json(double number) {
  if (isnan(number)) {
    return json_string("NaN");
  }
  if (isinf(number)) {
    return json_string(number > 0 ? "Infinity" : "-Infinity");
  }
  return json_real(number);
}

static json_t *scalar_json(enum pac_cim_type type, const union pac_scalar *scalar) {
  char digits[24];
  switch (type) {
    case PAC_CIM_SINT64: snprintf(digits, sizeof digits, "%" PRId64, scalar->sint); return json_string(digits);
    case PAC_CIM_UINT64: snprintf(digits, sizeof digits, "%" PRIu64, scalar->uint); return json_string(digits);
    case PAC_CIM_SINT8:
    case PAC_CIM_SINT16:
    case PAC_CIM_SINT32: return json_integer(scalar->sint);
    case PAC_CIM_UINT8:
    case PAC_CIM_UINT16:
    case PAC_CIM_UINT32: return json_integer((json_int_t)scalar->uint);
    case PAC_CIM_CHAR16: return json_integer(scalar->char16);
    case PAC_CIM_BOOLEAN: return json_boolean(scalar->boolean);
    case PAC_CIM_REAL32: return real_json((double)scalar->real32);
    case PAC_CIM_REAL64: return real_json(scalar->real64);
    default: return optional_text(scalar->text);
  }
}

static json_t *object_json(const struct wire_object *object);

static json_t *element_json(const struct wire_value *value, uint32_t index) {
  if (value->type == PAC_CIM_NONE) {
    return json_null();
  }
  if (value->type == PAC_CIM_OBJECT) {
    return value->is.objects[index] != NULL ? object_json(value->is.objects[index]) : json_null();
  }
  return scalar_json(value->type, &value->is.elements[index]);
}

static json_t *value_json(const struct wire_value *value) {
  if (value->is_null || value->is_unknown) {
    return json_null();
  }
  if (!value->is_array) {
    return value->type == PAC_CIM_OBJECT ? object_json(value->is.object)
                                         : scalar_json(value->type, &value->is.scalar);
  }
  json_t *array = json_array();
  for (uint32_t i = 0; i < value->count; i++) {
    if (json_array_append_new(array, element_json(value, i)) != 0) {
      json_decref(array);
      return NULL;
    }
  }
  return array;
}

static json_t *type_json(const struct wire_value *value) {
  return json_sprintf("%s%s", pac_cim_type_word(value->type), value->is_array ? "[]" : "");
}

/* Appends the results of `make(items[i])` to a new array. */
static bool append(json_t *array, json_t *value) {
  return json_array_append_new(array, value) == 0;
}

/* Gives `object` when all went well, null otherwise. */
static json_t *finish(json_t *object, bool is_good) {
  if (!is_good) {
    json_decref(object);
    return NULL;
  }
  return object;
}

static json_t *qualifiers_json(const struct wire_qualifiers *set) {
  json_t *array = json_array();
  bool is_good = array != NULL;
  for (uint32_t i = 0; i < set->count && is_good; i++) {
    const struct wire_qualifier *qualifier = &set->items[i];
    json_t *json = json_object();
    is_good = put(json, "name", optional_text(qualifier->name)) &&
              put(json, "flavor", json_integer(qualifier->flavor)) &&
              put(json, "type", type_json(&qualifier->value)) && put(json, "value", value_json(&qualifier->value));
    is_good = append(array, finish(json, is_good));
  }
  return finish(array, is_good);
}

static json_t *property_json(const struct wire_property *property) {
  json_t *json = json_object();
  bool is_null = (property->bits & WIRE_ND_NULL) != 0;
  bool is_good = put(json, "name", optional_text(property->name)) && put(json, "type", type_json(&property->value)) &&
                 put(json, "order", json_integer(property->order)) &&
                 put(json, "value_offset", json_integer(property->slot)) &&
                 put(json, "origin", json_integer(property->origin)) &&
                 put(json, "inherited", json_boolean(property->is_inherited)) &&
                 put(json, "null", json_boolean(is_null)) &&
                 put(json, "default_inherited", json_boolean((property->bits & WIRE_ND_DEFAULT) != 0)) &&
                 (is_null || put(json, "default", value_json(&property->value))) &&
                 put(json, "qualifiers", qualifiers_json(&property->qualifiers));
  return finish(json, is_good);
}

static json_t *method_json(const struct wire_method *method) {
  json_t *json = json_object();
  bool is_good = put(json, "name", optional_text(method->name)) && put(json, "flags", json_integer(method->flags)) &&
                 put(json, "origin", json_integer(method->origin)) &&
                 put(json, "qualifiers", qualifiers_json(&method->qualifiers)) &&
                 put(json, "in", method->in != NULL ? object_json(method->in) : json_null()) &&
                 put(json, "out", method->out != NULL ? object_json(method->out) : json_null());
  return finish(json, is_good);
}

/* `methods` is null in an instance, which has none. */
static json_t *class_json(const struct wire_class *part, const struct wire_methods *methods) {
  json_t *json = json_object();
  json_t *derivation = json_array();
  json_t *properties = json_array();
  bool is_good = json != NULL && derivation != NULL && properties != NULL;
  for (uint32_t i = 0; i < part->ancestors_count && is_good; i++) {
    is_good = append(derivation, optional_text(part->ancestors[i]));
  }
  for (uint32_t i = 0; i < part->properties_count && is_good; i++) {
    is_good = append(properties, property_json(&part->properties[i]));
  }
  /* The arrays are given away even when something has failed before. */
  is_good = put(json, "name", optional_text(part->name)) && is_good;
  is_good = put(json, "derivation", derivation) && is_good;
  is_good = put(json, "qualifiers", qualifiers_json(&part->qualifiers)) && is_good;
  is_good = put(json, "properties", properties) && is_good;
  if (methods != NULL && is_good) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < methods->count && is_good; i++) {
      is_good = append(array, method_json(&methods->items[i]));
    }
    is_good = put(json, "methods", array) && is_good;
  }
  return finish(json, is_good);
}

static json_t *setting_json(const struct wire_setting *setting, bool has_qualifiers) {
  json_t *json = json_object();
  bool is_good = put(json, "null", json_boolean((setting->bits & WIRE_ND_NULL) != 0)) &&
                 put(json, "default", json_boolean((setting->bits & WIRE_ND_DEFAULT) != 0)) &&
                 (setting->bits != 0 || put(json, "value", value_json(&setting->value))) &&
                 (!has_qualifiers || put(json, "qualifiers", qualifiers_json(&setting->qualifiers)));
  return finish(json, is_good);
}

/* The name under which a property's value stands: its own, or the first longer one that is free. The place in the table is
 * one that no other property has. */
static json_t *value_key(const json_t *values, const char *name, uint32_t place) {
  json_t *key = optional_text(name);
  while (key != NULL && json_object_get(values, json_string_value(key)) != NULL) {
    json_t *longer = json_sprintf("%s#%u", json_string_value(key), (unsigned)place);
    json_decref(key);
    key = longer;
  }
  return key;
}

static bool put_instance(json_t *json, const struct wire_object *object) {
  json_t *values = json_object();
  bool is_good = put(json, "current", class_json(object->current, NULL)) &&
                 put(json, "instance_flags", json_integer(object->instance_flags)) &&
                 put(json, "class_name", optional_text(object->class_name)) &&
                 put(json, "qualifiers", qualifiers_json(&object->qualifiers)) &&
                 put(json, "has_property_qualifiers", json_boolean(object->has_property_qualifiers));
  for (uint32_t i = 0; i < object->current->properties_count && is_good; i++) {
    json_t *key = value_key(values, object->current->properties[i].name, i);
    is_good = key != NULL && put(values, json_string_value(key),
                                 setting_json(&object->settings[i], object->has_property_qualifiers));
    json_decref(key);
  }
  return put(json, "values", values) && is_good;
}

static json_t *object_json(const struct wire_object *object) {
  json_t *json = json_object();
  bool is_good = put(json, "flags", json_integer(object->flags)) &&
                 put(json, "kind", json_string(object->is_class ? "class" : "instance"));
  if (is_good && object->server != NULL) {
    is_good = put(json, "server", optional_text(object->server)) &&
              put(json, "namespace", optional_text(object->namespace_name));
  }
  if (is_good && object->is_class) {
    is_good = put(json, "parent", class_json(object->parent, &object->parent_methods)) &&
              put(json, "current", class_json(object->current, &object->methods));
  } else if (is_good) {
    is_good = put_instance(json, object);
  }
  return finish(json, is_good);
}

/* Containers ------------------------------------------------------------------------------------------------------ */

static json_t *hexadecimal(const uint8_t *octets, size_t count) {
  char digits[2 * PAC_CLASS_ID_OCTETS + 1];
  for (size_t i = 0; i < count; i++) {
    snprintf(digits + 2 * i, 3, "%02x", octets[i]);
  }
  return json_string(digits);
}

static json_t *array_json(const struct wire_array *array) {
  json_t *json = json_object();
  json_t *objects = json_array();
  bool is_good = put(json, "packet_type", json_integer(array->packet_type));
  for (uint32_t i = 0; i < array->count && is_good; i++) {
    const struct wire_array_object *item = &array->items[i];
    json_t *object = object_json(item->object);
    is_good = put(object, "object_type", json_integer(item->type)) &&
              (item->class_id == NULL || put(object, "class_id", hexadecimal(item->class_id, PAC_CLASS_ID_OCTETS)));
    is_good = append(objects, finish(object, is_good));
  }
  is_good = put(json, "objects", objects) && is_good;
  return finish(json, is_good);
}

static json_t *texts_json(const struct wire_context_value *item) {
  if (!item->value.is_array) {
    return text_json(item->texts->text, item->texts->octets);
  }
  json_t *array = json_array();
  bool is_good = array != NULL;
  for (uint32_t i = 0; i < item->value.count && is_good; i++) {
    is_good = append(array, text_json(item->texts[i].text, item->texts[i].octets));
  }
  return finish(array, is_good);
}

static json_t *context_value_json(const struct wire_context_value *item) {
  json_t *json = json_object();
  enum wire_variant variant = (enum wire_variant)(item->variant & ~WIRE_VT_ARRAY);
  bool is_good =
      put(json, "name", text_json(item->name.text, item->name.octets)) &&
      put(json, "type", json_sprintf("%s%s", pac_variant_word(variant), item->value.is_array ? "[]" : "")) &&
      put(json, "value", variant == WIRE_VT_BSTR ? texts_json(item) : value_json(&item->value));
  return finish(json, is_good);
}

static json_t *context_json(const struct wire_context *context) {
  json_t *json = json_object();
  json_t *guids = json_array();
  json_t *properties = json_array();
  bool is_good = guids != NULL && properties != NULL;
  for (uint32_t i = 0; i < context->guids_count && is_good; i++) {
    is_good = append(guids, hexadecimal(context->guids + (size_t)i * PAC_CONTEXT_GUID_OCTETS,
                                        PAC_CONTEXT_GUID_OCTETS));
  }
  for (uint32_t i = 0; i < context->count && is_good; i++) {
    is_good = append(properties, context_value_json(&context->items[i]));
  }
  is_good = put(json, "guids", guids) && is_good;
  is_good = put(json, "properties", properties) && is_good;
  return finish(json, is_good);
}

json_t *pac_wire_container_json(const struct wire_container *container) {
  switch (container->kind) {
    case PAC_ENCODING_UNIT: return object_json(container->object);
    case PAC_ENCODING_OBJECT_ARRAY: return array_json(container->array);
    default: return context_json(container->context);
  }
}
