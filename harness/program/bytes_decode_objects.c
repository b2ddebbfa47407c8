/* SPDX-License-Identifier: Apache-2.0 */
/* Objects under construction, as the instructions of the octet form make and change them. What is in the table of the program
 * stays as it is. */
#include "program/bytes_decoder.h"

struct maker *pac_bytes_maker_of(struct decoder *decoder, uint8_t operand) {
  uint32_t count = decoder->maker_count;
  if (count == 0) {
    return NULL;
  }
  uint32_t newest = (decoder->next_maker + PAC_PROGRAM_OBJECTS_MAX - 1) % PAC_PROGRAM_OBJECTS_MAX;
  return &decoder->makers[(newest + PAC_PROGRAM_OBJECTS_MAX - operand % count) % PAC_PROGRAM_OBJECTS_MAX];
}

static void add_maker(struct decoder *decoder, struct pac_object *object, uint32_t base, uint32_t row) {
  decoder->makers[decoder->next_maker] = (struct maker){object, base, row};
  decoder->next_maker = (decoder->next_maker + 1) % PAC_PROGRAM_OBJECTS_MAX;
  decoder->maker_count += decoder->maker_count < PAC_PROGRAM_OBJECTS_MAX;
}

enum pac_result pac_bytes_keep(struct decoder *decoder, struct maker *maker) {
  if (maker->row != PAC_PROGRAM_NONE) {
    return PAC_RESULT_OK;
  }
  return pac_program_add_object(decoder->program, maker->object, maker->base, &maker->row);
}

/* Makes it free to be changed: what is in the table stays as it is. */
static enum pac_result change(struct decoder *decoder, struct maker *maker) {
  if (maker->row != PAC_PROGRAM_NONE) {
    PAC_TRY(pac_object_clone(&decoder->program->memory, maker->object, &maker->object));
    maker->row = PAC_PROGRAM_NONE;
  }
  return PAC_RESULT_OK;
}

static enum pac_result add_key(struct pac_object *object, const char *name) {
  struct pac_value yes = pac_value_boolean(true);
  return pac_qualifier_put(pac_object_property_qualifiers(object, name), "key", &yes, PAC_BYTES_FLAVOR);
}

static enum pac_result make_class(struct decoder *decoder, const uint8_t *in) {
  const char *name = NULL;
  const char *superclass = NULL;
  struct pac_object *object = NULL;
  PAC_TRY(pac_bytes_name_of(decoder, PAC_POOL_CLASS, in[A], &name));
  TAKE(pac_class_new(&decoder->program->memory, name, &object));
  if (in[B] >= PAC_BYTES_RARE) {
    PAC_TRY(pac_bytes_name_of(decoder, PAC_POOL_CLASS, in[C], &superclass));
    TAKE(pac_class_set_superclass(object, superclass));
  }
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  struct pac_value seven = pac_value_uint(PAC_CIM_UINT32, 7);
  if ((in[D] & PAC_BYTES_WITHOUT_NAME_KEY) == 0) {
    TAKE(pac_class_property_add(object, "Name", &text));
    TAKE(add_key(object, "Name"));
  }
  if ((in[D] & PAC_BYTES_WITH_SIZE) != 0) {
    TAKE(pac_class_property_add(object, "Size", &seven));
  }
  if ((in[D] & PAC_BYTES_WITH_NOTE) != 0) {
    TAKE(pac_class_property_add(object, "Note", &text));
  }
  add_maker(decoder, object, PAC_PROGRAM_NONE, PAC_PROGRAM_NONE);
  return PAC_RESULT_OK;
}

static enum pac_result make_derived(struct decoder *decoder, const uint8_t *in) {
  struct maker *from = pac_bytes_maker_of(decoder, in[A]);
  const char *name = NULL;
  struct pac_object *object = NULL;
  if (from == NULL || pac_object_genus(from->object) != PAC_GENUS_CLASS) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_bytes_name_of(decoder, PAC_POOL_CLASS, in[B], &name));
  TAKE(pac_bytes_keep(decoder, from));
  TAKE(pac_class_derive(&decoder->program->memory, from->object, name, &object));
  add_maker(decoder, object, from->row, PAC_PROGRAM_NONE);
  return PAC_RESULT_OK;
}

static enum pac_result set_keys(struct decoder *decoder, struct pac_object *object, uint8_t operand) {
  union pac_scalar elements[PAC_POOL_ELEMENTS_MAX];
  for (uint32_t i = 0; i < pac_object_property_count(object); i++) {
    const struct pac_property *property = pac_object_property_at(object, i);
    if (pac_object_property_is_key(object, property->name)) {
      struct pac_value value;
      PAC_TRY(pac_bytes_value_of(decoder, property->value.type, property->value.is_array, operand, elements, &value));
      TAKE(pac_object_property_set(object, property->name, &value));
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result make_instance(struct decoder *decoder, const uint8_t *in) {
  struct maker *of = pac_bytes_maker_of(decoder, in[A]);
  struct pac_object *object = NULL;
  if (of == NULL || pac_object_genus(of->object) != PAC_GENUS_CLASS) {
    return PAC_RESULT_OK;
  }
  TAKE(pac_bytes_keep(decoder, of));
  TAKE(pac_instance_new(&decoder->program->memory, of->object, &object));
  if ((in[C] & PAC_BYTES_WITHOUT_KEY_VALUE) == 0) {
    PAC_TRY(set_keys(decoder, object, in[B]));
  }
  add_maker(decoder, object, of->row, PAC_PROGRAM_NONE);
  return PAC_RESULT_OK;
}

/* Both are the same row until one of them is changed. */
static enum pac_result copy_object(struct decoder *decoder, const uint8_t *in) {
  struct maker *from = pac_bytes_maker_of(decoder, in[A]);
  if (from == NULL) {
    return PAC_RESULT_OK;
  }
  TAKE(pac_bytes_keep(decoder, from));
  add_maker(decoder, from->object, from->base, from->row);
  return PAC_RESULT_OK;
}

/* Changes --------------------------------------------------------------------------------------------------------------- */

static const char *property_name_at(const struct pac_object *object, uint8_t operand) {
  uint32_t count = pac_object_property_count(object);
  return count == 0 ? NULL : pac_object_property_at(object, operand % count)->name;
}

static enum pac_result set_property(struct decoder *decoder, struct maker *maker, const uint8_t *in) {
  const char *name = property_name_at(maker->object, in[B]);
  union pac_scalar elements[PAC_POOL_ELEMENTS_MAX];
  struct pac_value value;
  if (name == NULL) {
    return PAC_RESULT_OK;
  }
  const struct pac_property *property = pac_object_property_find(maker->object, name);
  PAC_TRY(pac_bytes_value_of(decoder, property->value.type, property->value.is_array, in[C], elements, &value));
  TAKE(pac_object_property_set(maker->object, name, &value));
  return PAC_RESULT_OK;
}

static enum pac_result add_property(struct decoder *decoder, struct maker *maker, const uint8_t *in) {
  enum pac_cim_type type = pac_pool_type(in[B] & (uint8_t)~PAC_BYTES_ARRAY);
  union pac_scalar elements[PAC_POOL_ELEMENTS_MAX];
  struct pac_value value;
  const char *name = NULL;
  PAC_TRY(pac_bytes_name_of(decoder, PAC_POOL_PROPERTY, in[C], &name));
  PAC_TRY(pac_bytes_value_of(decoder, type, (in[B] & PAC_BYTES_ARRAY) != 0, in[E], elements, &value));
  TAKE(pac_class_property_add(maker->object, name, &value));
  if ((in[D] & PAC_BYTES_KEY) != 0) {
    TAKE(add_key(maker->object, name));
  }
  return PAC_RESULT_OK;
}

static enum pac_result retype_property(struct decoder *decoder, struct maker *maker, const uint8_t *in) {
  enum pac_cim_type type = pac_pool_type(in[B] & (uint8_t)~PAC_BYTES_ARRAY);
  const char *name = property_name_at(maker->object, in[C]);
  union pac_scalar elements[PAC_POOL_ELEMENTS_MAX];
  struct pac_value value;
  if (name == NULL) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_bytes_value_of(decoder, type, (in[B] & PAC_BYTES_ARRAY) != 0, in[E], elements, &value));
  /* The type that the parent says is no other type, and saying it again could not be told from saying nothing. */
  const struct pac_object *parent = pac_class_parent(maker->object);
  const struct pac_property *above = parent == NULL ? NULL : pac_object_property_find(parent, name);
  if (above != NULL && above->value.type == value.type && above->value.is_array == value.is_array) {
    return PAC_RESULT_OK;
  }
  TAKE(pac_class_property_retype(maker->object, name, &value));
  return PAC_RESULT_OK;
}

/* The set of qualifiers that operands b and c mean. */
static struct pac_qualifier_set *set_of(struct pac_object *object, const uint8_t *in) {
  uint32_t methods = pac_object_method_count(object);
  const char *property = property_name_at(object, in[C]);
  switch (in[B] % 4u) {
    case PAC_BYTES_OF_OBJECT:
      return pac_object_qualifiers(object);
    case PAC_BYTES_OF_METHOD: {
      const struct pac_method *method = methods == 0 ? NULL : pac_object_method_at(object, in[C] % methods);
      return method == NULL || method->is_inherited ? NULL : pac_object_method_qualifiers(object, method->name);
    }
    default:
      return property == NULL ? NULL : pac_object_property_qualifiers(object, property);
  }
}

static enum pac_result qualify(struct decoder *decoder, struct maker *maker, const uint8_t *in) {
  struct pac_qualifier_set *set = set_of(maker->object, in);
  const char *name = NULL;
  struct pac_value value;
  PAC_TRY(pac_bytes_name_of(decoder, PAC_POOL_QUALIFIER, in[D], &name));
  PAC_TRY(pac_bytes_qualifier_value_of(decoder, in[E], &value));
  if (set == NULL || pac_name_compare(name, "CIMTYPE") == 0) {
    return PAC_RESULT_OK; /* that one says the type, and the model keeps it */
  }
  bool is_amended = (in[F] & PAC_BYTES_AMENDED) == PAC_BYTES_AMENDED;
  uint8_t flavor = (uint8_t)((in[F] & PAC_BYTES_FLAVOR) | (is_amended ? PAC_FLAVOR_AMENDED : 0));
  TAKE(pac_qualifier_put(set, name, &value, flavor));
  return PAC_RESULT_OK;
}

static enum pac_result unqualify(struct maker *maker, const uint8_t *in) {
  struct pac_qualifier_set *set = set_of(maker->object, in);
  uint32_t count = pac_qualifier_count(set);
  const char *name = count == 0 ? NULL : pac_qualifier_at(set, in[D] % count)->name;
  if (name != NULL && pac_name_compare(name, "CIMTYPE") != 0) {
    TAKE(pac_qualifier_remove(set, name));
  }
  return PAC_RESULT_OK;
}

static enum pac_result carried_method(struct decoder *decoder, struct maker *maker, const char *name,
                                      struct pac_carried *carried) {
  struct pac_method_parameter parameters[PAC_METHOD_PARAMETERS_MAX];
  uint64_t returned = pac_carried_number(carried, 1);
  uint64_t count = pac_carried_number(carried, 1) % (PAC_METHOD_PARAMETERS_MAX + 1u);
  struct pac_method_shape shape = {.parameters = parameters,
                                   .returned = returned == UINT8_MAX ? PAC_CIM_NONE : pac_pool_type((uint8_t)returned)};
  for (uint64_t i = 0; i < count; i++) {
    struct pac_method_parameter *parameter = &parameters[i];
    PAC_TRY(pac_carried_text(decoder->program, carried, &parameter->name));
    parameter->type = pac_pool_type((uint8_t)pac_carried_number(carried, 1));
    uint64_t bits = pac_carried_number(carried, 1);
    parameter->is_array = (bits & PAC_BYTES_PARAMETER_ARRAY) != 0;
    parameter->is_out = (bits & PAC_BYTES_PARAMETER_OUT) != 0;
    parameter->is_in = (bits & PAC_BYTES_PARAMETER_IN) != 0 || !parameter->is_out;
    if (parameter->name == NULL || parameter->name[0] == '\0' ||
        pac_name_compare(parameter->name, PAC_METHOD_RETURN_VALUE) == 0) {
      return PAC_RESULT_OK;
    }
    shape.count += 1;
  }
  TAKE(pac_program_method_put(&decoder->program->memory, maker->object, name, &shape));
  return PAC_RESULT_OK;
}

static enum pac_result put_method(struct decoder *decoder, struct maker *maker, const uint8_t *in) {
  static const char *const names[] = {"Input", "Second"};
  const char *name = NULL;
  struct pac_carried *carried = pac_bytes_carried_of(decoder, in[F]);
  PAC_TRY(pac_bytes_name_of(decoder, PAC_POOL_METHOD, in[C], &name));
  if (carried != NULL) {
    return carried_method(decoder, maker, name, carried);
  }
  struct pac_method_parameter parameters[2];
  struct pac_method_shape shape = {
      .returned = (in[B] & PAC_BYTES_VOID) != 0 ? PAC_CIM_NONE : pac_pool_type(in[B]),
      .count = in[D] % 3u,
      .parameters = parameters};
  for (uint32_t i = 0; i < shape.count; i++) {
    parameters[i] = (struct pac_method_parameter){
        .name = names[i], .type = pac_pool_type((uint8_t)(in[E] + i)), .is_in = true, .is_out = (in[D] & 4u) != 0};
  }
  TAKE(pac_program_method_put(&decoder->program->memory, maker->object, name, &shape));
  return PAC_RESULT_OK;
}

static enum pac_result change_object(struct decoder *decoder, enum pac_bytes_op op, const uint8_t *in) {
  struct maker *maker = pac_bytes_maker_of(decoder, in[A]);
  bool is_for_classes = op != PAC_BYTES_SET && op != PAC_BYTES_QUALIFY && op != PAC_BYTES_UNQUALIFY;
  if (maker == NULL || (is_for_classes && pac_object_genus(maker->object) != PAC_GENUS_CLASS)) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(change(decoder, maker));
  uint32_t methods = pac_object_method_count(maker->object);
  const char *name = NULL;
  switch (op) {
    case PAC_BYTES_SET:
      return set_property(decoder, maker, in);
    case PAC_BYTES_ADD:
      return add_property(decoder, maker, in);
    case PAC_BYTES_REMOVE:
      name = property_name_at(maker->object, in[B]);
      TAKE(name == NULL ? PAC_RESULT_OK : pac_class_property_remove(maker->object, name));
      return PAC_RESULT_OK;
    case PAC_BYTES_RETYPE:
      return retype_property(decoder, maker, in);
    case PAC_BYTES_QUALIFY:
      return qualify(decoder, maker, in);
    case PAC_BYTES_UNQUALIFY:
      return unqualify(maker, in);
    case PAC_BYTES_METHOD:
      return put_method(decoder, maker, in);
    default:
      name = methods == 0 ? NULL : pac_object_method_at(maker->object, in[B] % methods)->name;
      TAKE(name == NULL ? PAC_RESULT_OK : pac_class_method_remove(maker->object, name));
      return PAC_RESULT_OK;
  }
}

enum pac_result pac_bytes_construct(struct decoder *decoder, enum pac_bytes_op op, const uint8_t *in) {
  struct maker *maker = NULL;
  switch (op) {
    case PAC_BYTES_CLASS:
      return make_class(decoder, in);
    case PAC_BYTES_DERIVE:
      return make_derived(decoder, in);
    case PAC_BYTES_INSTANCE:
      return make_instance(decoder, in);
    case PAC_BYTES_COPY:
      return copy_object(decoder, in);
    case PAC_BYTES_KEEP:
      maker = pac_bytes_maker_of(decoder, in[A]);
      TAKE(maker == NULL ? PAC_RESULT_OK : pac_bytes_keep(decoder, maker));
      return PAC_RESULT_OK;
    default:
      return change_object(decoder, op, in);
  }
}
