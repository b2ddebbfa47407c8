/* SPDX-License-Identifier: Apache-2.0 */
/* The signatures of methods as MOF declares them: the classes __PARAMETERS on the one side, a list of parameters on the
 * other. The text form and the octet form both say the list. */
#include "program/bytes.h"

#include <string.h>

static enum pac_result add_parameter(struct pac_object *signature, const struct pac_method_parameter *parameter,
                                     uint32_t number) {
  struct pac_value none = pac_value_null(parameter->type, parameter->is_array);
  struct pac_value id = pac_value_sint(PAC_CIM_SINT32, (int64_t)number);
  PAC_TRY(pac_class_property_add(signature, parameter->name, &none));
  return pac_qualifier_put(pac_object_property_qualifiers(signature, parameter->name), "ID", &id,
                           PAC_FLAVOR_TO_INSTANCE | PAC_FLAVOR_NOT_OVERRIDABLE);
}

/* One of the two classes; null when it would be empty. */
static enum pac_result make_signature(const struct pac_memory *memory, const struct pac_method_shape *shape, bool is_in,
                                      struct pac_object **given) {
  bool has_any = !is_in && shape->returned != PAC_CIM_NONE;
  for (uint32_t i = 0; i < shape->count; i++) {
    has_any = has_any || (is_in ? shape->parameters[i].is_in : shape->parameters[i].is_out);
  }
  *given = NULL;
  if (!has_any) {
    return PAC_RESULT_OK;
  }
  struct pac_value yes = pac_value_boolean(true);
  PAC_TRY(pac_class_new(memory, "__PARAMETERS", given));
  PAC_TRY(pac_qualifier_put(pac_object_qualifiers(*given), "abstract", &yes, PAC_FLAVOR_NONE));
  for (uint32_t i = 0; i < shape->count; i++) {
    if (is_in ? shape->parameters[i].is_in : shape->parameters[i].is_out) {
      PAC_TRY(add_parameter(*given, &shape->parameters[i], i));
    }
  }
  if (!is_in && shape->returned != PAC_CIM_NONE) {
    struct pac_value none = pac_value_null(shape->returned, false);
    PAC_TRY(pac_class_property_add(*given, PAC_METHOD_RETURN_VALUE, &none));
  }
  return PAC_RESULT_OK;
}

enum pac_result pac_program_method_put(const struct pac_memory *memory, struct pac_object *class_object,
                                       const char *name, const struct pac_method_shape *shape) {
  struct pac_object *in = NULL;
  struct pac_object *out = NULL;
  enum pac_result result = make_signature(memory, shape, true, &in);
  if (result == PAC_RESULT_OK) {
    result = make_signature(memory, shape, false, &out);
  }
  if (result == PAC_RESULT_OK) {
    result = pac_class_method_put(class_object, name, in, out);
  }
  pac_object_free(in);
  pac_object_free(out);
  return result;
}

static int64_t number_of(const struct pac_object *signature, const char *name) {
  const struct pac_qualifier *id = pac_qualifier_find(pac_object_property_qualifiers_view(signature, name), "ID");
  return id != NULL && !id->value.is_null && id->value.type == PAC_CIM_SINT32 ? id->value.scalar.sint : INT64_MAX;
}

/* Takes the next parameters of one class up to the given number, so that both classes interleave. */
static const struct pac_property *next_of(const struct pac_object *signature, uint32_t *at) {
  while (signature != NULL && *at < pac_object_property_count(signature)) {
    const struct pac_property *property = pac_object_property_at(signature, *at);
    if (pac_name_compare(property->name, PAC_METHOD_RETURN_VALUE) != 0) {
      return property;
    }
    *at += 1;
  }
  return NULL;
}

/* True when one declaration, [in, out], made both. Two parameters of one name are possible, one in each class. */
static bool is_one_parameter(const struct pac_method *method, const struct pac_property *in, const struct pac_property *out) {
  return in != NULL && out != NULL && strcmp(in->name, out->name) == 0 && in->value.type == out->value.type &&
         in->value.is_array == out->value.is_array && number_of(method->in, in->name) == number_of(method->out, out->name);
}

enum pac_result pac_program_method_shape(const struct pac_method *method,
                                         struct pac_method_parameter parameters[PAC_METHOD_PARAMETERS_MAX],
                                         struct pac_method_shape *shape) {
  const struct pac_property *returned = method->out == NULL ? NULL : pac_object_property_find(method->out, PAC_METHOD_RETURN_VALUE);
  uint32_t in_at = 0, out_at = 0, count = 0;
  for (;;) {
    const struct pac_property *in = next_of(method->in, &in_at);
    const struct pac_property *out = next_of(method->out, &out_at);
    if (in == NULL && out == NULL) {
      break;
    }
    if (count == PAC_METHOD_PARAMETERS_MAX) {
      return PAC_RESULT_LIMIT;
    }
    bool is_same = is_one_parameter(method, in, out);
    bool is_in_first = in != NULL && (out == NULL || number_of(method->in, in->name) <= number_of(method->out, out->name));
    const struct pac_property *taken = is_in_first ? in : out;
    parameters[count] = (struct pac_method_parameter){.name = taken->name,
                                                      .type = taken->value.type,
                                                      .is_array = taken->value.is_array,
                                                      .is_in = is_same || is_in_first,
                                                      .is_out = is_same || !is_in_first};
    in_at += is_same || is_in_first;
    out_at += is_same || !is_in_first;
    count += 1;
  }
  *shape = (struct pac_method_shape){.returned = returned == NULL ? PAC_CIM_NONE : returned->value.type,
                                     .count = count,
                                     .parameters = parameters};
  return PAC_RESULT_OK;
}
