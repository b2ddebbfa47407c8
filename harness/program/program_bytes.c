/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Octets to programs. Every input is one: operations and operands are taken modulo what there is, and what makes no sense
 * where it stands is passed over. Objects under construction stand in registers; what is put, derived from or instantiated
 * goes into the table as it is then, and a later change of the register makes a new row.
 */
#include <string.h>

#include "program/carried.h"

struct maker {
  struct pac_object *object;
  uint32_t base;
  uint32_t row; /* in the table; NONE while it is not there as it is now */
};

struct decoder {
  struct pac_program *program;
  uint32_t maker_count;
  uint32_t next_maker; /* which is made anew when there are no more */
  struct maker makers[PAC_PROGRAM_OBJECTS_MAX];
  uint32_t spaces;
  uint32_t carried_count;
  struct pac_carried carried[PAC_POOL_CARRIED_MAX];
};

enum operand { OP, A, B, C, D, E, F, G };

/* Passed over, as an instruction that makes no sense is; only a lack of memory ends the decoding. */
#define TAKE(call)                                \
  do {                                            \
    enum pac_result taken_ = (call);              \
    if (taken_ != PAC_RESULT_OK) {                \
      return taken_ == PAC_RESULT_NO_MEMORY ? taken_ : PAC_RESULT_OK; \
    }                                             \
  } while (0)

/* Operands ------------------------------------------------------------------------------------------------------------- */

static struct pac_carried *carried_of(struct decoder *decoder, uint8_t operand) {
  if (operand < PAC_POOL_OPERANDS || decoder->carried_count == 0) {
    return NULL;
  }
  struct pac_carried *carried = &decoder->carried[(operand - PAC_POOL_OPERANDS) % decoder->carried_count];
  carried->at = 0;
  return carried;
}

static enum pac_result name_of(struct decoder *decoder, enum pac_pool_names names, uint8_t operand, const char **name) {
  const struct pac_carried *carried = carried_of(decoder, operand);
  if (carried != NULL) {
    struct pac_carried whole = *carried; /* a name is all of it: no length stands before it */
    char *copy = pac_arena_copy_text(decoder->program->arena, (const char *)whole.data, whole.size);
    if (copy == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    struct pac_value as_value = pac_value_string(copy);
    if (strlen(copy) == whole.size && pac_value_check(&as_value) == PAC_RESULT_OK) {
      *name = copy;
      return PAC_RESULT_OK;
    }
  }
  *name = pac_pool_name(names, operand % PAC_POOL_OPERANDS);
  return PAC_RESULT_OK;
}

static enum pac_result value_of(struct decoder *decoder, enum pac_cim_type type, bool is_array, uint8_t operand,
                                union pac_scalar elements[PAC_POOL_ELEMENTS_MAX], struct pac_value *value) {
  struct pac_carried *carried = carried_of(decoder, operand);
  if (carried != NULL) {
    PAC_TRY(pac_carried_value(decoder->program, carried, type, value));
    if (value->is_array == is_array && pac_carried_holds_few_objects(value)) {
      return PAC_RESULT_OK;
    }
  }
  *value = pac_pool_value(type, is_array, operand % PAC_POOL_OPERANDS, elements);
  return PAC_RESULT_OK;
}

/* What MOF can write in a qualifier: no null, and no array whose type cannot be seen. */
static bool is_sayable(const struct pac_value *value) {
  if (value->is_null || (value->is_array && value->count == 0)) {
    return false;
  }
  for (uint32_t i = 0; value->is_array && value->type == PAC_CIM_STRING && i < value->count; i++) {
    if (value->elements[i].text == NULL) {
      return false;
    }
  }
  return true;
}

static enum pac_result qualifier_value_of(struct decoder *decoder, uint8_t operand, struct pac_value *value) {
  static const enum pac_cim_type types[] = PAC_BYTES_QUALIFIER_TYPES;
  struct pac_carried *carried = carried_of(decoder, operand);
  if (carried != NULL) {
    uint64_t type = pac_carried_number(carried, 1);
    PAC_TRY(pac_carried_value(decoder->program, carried, types[type % PAC_BYTES_QUALIFIER_TYPES_COUNT], value));
    if (is_sayable(value)) {
      return PAC_RESULT_OK;
    }
  }
  *value = pac_pool_qualifier_value(operand % PAC_POOL_OPERANDS);
  return PAC_RESULT_OK;
}

/* Objects under construction -------------------------------------------------------------------------------------------- */

/* The object that an operand means, the newest for 0; null when there is none. */
static struct maker *maker_of(struct decoder *decoder, uint8_t operand) {
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

/* Puts it into the table when it is not there as it is. */
static enum pac_result keep(struct decoder *decoder, struct maker *maker) {
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
  PAC_TRY(name_of(decoder, PAC_POOL_CLASS, in[A], &name));
  TAKE(pac_class_new(&decoder->program->memory, name, &object));
  if (in[B] >= PAC_BYTES_RARE) {
    PAC_TRY(name_of(decoder, PAC_POOL_CLASS, in[C], &superclass));
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
  struct maker *from = maker_of(decoder, in[A]);
  const char *name = NULL;
  struct pac_object *object = NULL;
  if (from == NULL || pac_object_genus(from->object) != PAC_GENUS_CLASS) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(name_of(decoder, PAC_POOL_CLASS, in[B], &name));
  TAKE(keep(decoder, from));
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
      PAC_TRY(value_of(decoder, property->value.type, property->value.is_array, operand, elements, &value));
      TAKE(pac_object_property_set(object, property->name, &value));
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result make_instance(struct decoder *decoder, const uint8_t *in) {
  struct maker *of = maker_of(decoder, in[A]);
  struct pac_object *object = NULL;
  if (of == NULL || pac_object_genus(of->object) != PAC_GENUS_CLASS) {
    return PAC_RESULT_OK;
  }
  TAKE(keep(decoder, of));
  TAKE(pac_instance_new(&decoder->program->memory, of->object, &object));
  if ((in[C] & PAC_BYTES_WITHOUT_KEY_VALUE) == 0) {
    PAC_TRY(set_keys(decoder, object, in[B]));
  }
  add_maker(decoder, object, of->row, PAC_PROGRAM_NONE);
  return PAC_RESULT_OK;
}

/* Both are the same row until one of them is changed. */
static enum pac_result copy_object(struct decoder *decoder, const uint8_t *in) {
  struct maker *from = maker_of(decoder, in[A]);
  if (from == NULL) {
    return PAC_RESULT_OK;
  }
  TAKE(keep(decoder, from));
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
  PAC_TRY(value_of(decoder, property->value.type, property->value.is_array, in[C], elements, &value));
  TAKE(pac_object_property_set(maker->object, name, &value));
  return PAC_RESULT_OK;
}

static enum pac_result add_property(struct decoder *decoder, struct maker *maker, const uint8_t *in) {
  enum pac_cim_type type = pac_pool_type(in[B] & (uint8_t)~PAC_BYTES_ARRAY);
  union pac_scalar elements[PAC_POOL_ELEMENTS_MAX];
  struct pac_value value;
  const char *name = NULL;
  PAC_TRY(name_of(decoder, PAC_POOL_PROPERTY, in[C], &name));
  PAC_TRY(value_of(decoder, type, (in[B] & PAC_BYTES_ARRAY) != 0, in[E], elements, &value));
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
  PAC_TRY(value_of(decoder, type, (in[B] & PAC_BYTES_ARRAY) != 0, in[E], elements, &value));
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
  PAC_TRY(name_of(decoder, PAC_POOL_QUALIFIER, in[D], &name));
  PAC_TRY(qualifier_value_of(decoder, in[E], &value));
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
        pac_name_compare(parameter->name, "ReturnValue") == 0) {
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
  struct pac_carried *carried = carried_of(decoder, in[F]);
  PAC_TRY(name_of(decoder, PAC_POOL_METHOD, in[C], &name));
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
  struct maker *maker = maker_of(decoder, in[A]);
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

/* Calls ----------------------------------------------------------------------------------------------------------------- */

static enum pac_result context_of(struct decoder *decoder, uint8_t operand, const struct pac_named_values **context) {
  struct pac_carried *carried = carried_of(decoder, operand);
  struct pac_named_values *values = NULL;
  if (carried != NULL) {
    PAC_TRY(pac_carried_context(decoder->program, carried, &values));
  } else {
    PAC_TRY(pac_pool_context(&decoder->program->memory, operand % PAC_POOL_OPERANDS, &values));
  }
  *context = values;
  return PAC_RESULT_OK;
}

static enum pac_result async_context_of(struct decoder *decoder, uint8_t operand,
                                        const struct pac_named_values **context) {
  if (operand <= 1 || operand >= PAC_POOL_OPERANDS) {
    return context_of(decoder, operand, context);
  }
  char text[2] = {(char)('a' + operand % 26), '\0'};
  struct pac_value value = pac_value_string(text);
  struct pac_named_values *values = NULL;
  PAC_TRY(pac_named_values_new(&decoder->program->memory, &values));
  PAC_TRY(pac_named_values_add(values, "Call", &value));
  *context = values;
  return PAC_RESULT_OK;
}

static enum pac_result take_put(struct decoder *decoder, const uint8_t *in, struct pac_program_call *call) {
  struct maker *maker = maker_of(decoder, in[A]);
  struct pac_carried *carried = carried_of(decoder, in[B]);
  uint8_t null = in[G] >> 4;
  bool is_null = null == PAC_BYTES_NULL_OBJECT || null == PAC_BYTES_NULL_BOTH;
  if (!is_null && maker == NULL) {
    return PAC_RESULT_NOT_FOUND;
  }
  if (!is_null) {
    PAC_TRY(keep(decoder, maker));
    call->object = maker->row;
  }
  call->flags = carried != NULL ? (uint32_t)pac_carried_number(carried, 4) : pac_pool_flags(in[B] % PAC_POOL_OPERANDS);
  call->sink = null == PAC_BYTES_NULL_SINK || null == PAC_BYTES_NULL_BOTH ? PAC_PROGRAM_NONE
                                                                          : in[C] % PAC_PROGRAM_SINKS_MAX;
  PAC_TRY(context_of(decoder, in[D], &call->context));
  return async_context_of(decoder, in[E], &call->async_context);
}

static void take_provider(const uint8_t *in, struct pac_program_call *call) {
  call->provider = (enum pac_provider_kind)(in[B] % (PAC_PROVIDER_PARTIAL + 1u));
  if (call->provider == PAC_PROVIDER_ANSWERS) {
    call->answer = in[C] < PAC_POOL_OPERANDS ? pac_pool_answer(in[C])
                                             : (enum pac_status)((in[C] - PAC_POOL_OPERANDS) % PAC_STATUS_COUNT);
  }
  call->number = call->provider == PAC_PROVIDER_NONE ? 0 : in[D] % 4u;
}

static uint32_t rights_of(const uint8_t *in) {
  static const uint32_t rights[] = {PAC_RIGHTS_ALL,
                                    PAC_RIGHTS_NONE,
                                    PAC_RIGHTS_ALL,
                                    PAC_RIGHTS_READ,
                                    PAC_RIGHTS_READ | PAC_RIGHT_FULL_WRITE,
                                    PAC_RIGHTS_READ | PAC_RIGHT_PARTIAL_WRITE,
                                    PAC_RIGHTS_READ | PAC_RIGHT_PROVIDER_WRITE,
                                    PAC_RIGHTS_ALL};
  return in[B] >= PAC_BYTES_RARE ? in[A] & (uint32_t)PAC_RIGHTS_ALL : rights[in[A] % 8u];
}

static enum pac_result make_call(struct decoder *decoder, enum pac_bytes_op op, const uint8_t *in) {
  static const enum pac_program_op ops[] = {
      [PAC_BYTES_PUT] = PAC_PROGRAM_PUT,         [PAC_BYTES_STEP] = PAC_PROGRAM_STEP,
      [PAC_BYTES_DRAIN] = PAC_PROGRAM_DRAIN,     [PAC_BYTES_CANCEL] = PAC_PROGRAM_CANCEL,
      [PAC_BYTES_RIGHTS] = PAC_PROGRAM_RIGHTS,   [PAC_BYTES_FAIL] = PAC_PROGRAM_FAIL,
      [PAC_BYTES_PROVIDER] = PAC_PROGRAM_PROVIDER, [PAC_BYTES_CONNECT] = PAC_PROGRAM_CONNECT,
      [PAC_BYTES_CHECK] = PAC_PROGRAM_CHECK,
  };
  struct pac_program_call call = pac_program_call_of(ops[op]);
  bool is_rare = in[B] >= PAC_BYTES_RARE;
  uint32_t high = is_rare ? (uint32_t)(in[B] - PAC_BYTES_RARE) << 8 : 0;
  call.space = (in[G] & PAC_BYTES_SPACE) % decoder->spaces;
  switch (call.op) {
    case PAC_PROGRAM_PUT:
      TAKE(take_put(decoder, in, &call));
      break;
    case PAC_PROGRAM_STEP:
      call.number = is_rare ? 1u + (high | in[A]) % PAC_PROGRAM_STEPS_MAX : 1u + in[A] % 8u; /* mostly few */
      break;
    case PAC_PROGRAM_CANCEL:
      call.sink = in[C] % PAC_PROGRAM_SINKS_MAX;
      break;
    case PAC_PROGRAM_RIGHTS:
      call.number = rights_of(in);
      break;
    case PAC_PROGRAM_FAIL:
      call.number = high | in[A];
      break;
    case PAC_PROGRAM_PROVIDER:
      PAC_TRY(name_of(decoder, PAC_POOL_CLASS, in[A], &call.class_name));
      if (call.class_name == NULL || call.class_name[0] == '\0') {
        return PAC_RESULT_OK;
      }
      take_provider(in, &call);
      break;
    case PAC_PROGRAM_CONNECT:
      if (decoder->spaces == PAC_PROGRAM_SPACES_MAX || decoder->program->call_count == PAC_PROGRAM_CALLS_MAX) {
        return PAC_RESULT_OK;
      }
      call.space = decoder->spaces;
      decoder->spaces += 1;
      break;
    default:
      break;
  }
  TAKE(pac_program_add_call(decoder->program, &call));
  return PAC_RESULT_OK;
}

static enum pac_result run_instruction(struct decoder *decoder, const uint8_t *in) {
  static const uint8_t ops[] = PAC_BYTES_OPS;
  enum pac_bytes_op op = (enum pac_bytes_op)ops[in[OP] % sizeof ops];
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
      maker = maker_of(decoder, in[A]);
      TAKE(maker == NULL ? PAC_RESULT_OK : keep(decoder, maker));
      return PAC_RESULT_OK;
    default:
      return op < PAC_BYTES_PUT ? change_object(decoder, op, in) : make_call(decoder, op, in);
  }
}

static void find_carried(struct decoder *decoder, const uint8_t *data, size_t size) {
  size_t at = 0;
  while (size - at >= 2 && decoder->carried_count < PAC_POOL_CARRIED_MAX) {
    size_t length = (size_t)data[at] | (size_t)data[at + 1] << 8;
    size_t left = size - at - 2;
    struct pac_carried piece = {.data = data + at + 2, .size = length < left ? length : left};
    decoder->carried[decoder->carried_count] = piece;
    decoder->carried_count += 1;
    at += 2 + piece.size;
  }
}

enum pac_result pac_program_decode(const struct pac_memory *memory, const uint8_t *data, size_t size,
                                   struct pac_program **given) {
  struct decoder decoder;
  decoder.maker_count = 0;
  decoder.next_maker = 0;
  decoder.spaces = 1;
  decoder.carried_count = 0;
  PAC_TRY(pac_program_new(memory, &decoder.program));
  size_t there = size == 0 ? 0 : (size - 1) / PAC_PROGRAM_INSTRUCTION_OCTETS;
  size_t count = size == 0 || data[0] == PAC_BYTES_ALL || data[0] > there ? there : data[0];
  size_t end = 1 + count * PAC_PROGRAM_INSTRUCTION_OCTETS;
  enum pac_result result = PAC_RESULT_OK;
  if (size > end) {
    find_carried(&decoder, data + end, size - end);
  }
  for (size_t i = 0; i < count && i < PAC_BYTES_INSTRUCTIONS_MAX && result == PAC_RESULT_OK; i++) {
    result = run_instruction(&decoder, data + 1 + i * PAC_PROGRAM_INSTRUCTION_OCTETS);
  }
  if (result == PAC_RESULT_OK) {
    pac_program_drop_unused(decoder.program);
    result = pac_program_tell_apart(decoder.program);
  }
  if (result != PAC_RESULT_OK) {
    pac_program_free(decoder.program);
    return result;
  }
  *given = decoder.program;
  return PAC_RESULT_OK;
}
