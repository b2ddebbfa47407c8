/* SPDX-License-Identifier: Apache-2.0 */
/* Copies what a put passes and changes it afterwards, as a client may (C-198, and the rules of adapter.h). */
#include "program/passed.h"

static enum pac_result copy_set(const struct pac_memory *memory, const struct pac_named_values **set,
                                struct pac_named_values **copy) {
  if (*set == NULL) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_named_values_clone(memory, *set, copy));
  *set = *copy;
  return PAC_RESULT_OK;
}

enum pac_result pac_passed_copy(const struct pac_memory *memory, struct pac_put_call *call, struct pac_passed *passed) {
  *passed = (struct pac_passed){.object = NULL};
  if (call->object != NULL) {
    PAC_TRY(pac_object_clone(memory, call->object, &passed->object));
    call->object = passed->object;
  }
  bool is_one_set = call->async_context != NULL && call->async_context == call->context;
  PAC_TRY(copy_set(memory, &call->context, &passed->context));
  if (is_one_set) {
    call->async_context = call->context;
    return PAC_RESULT_OK;
  }
  return copy_set(memory, &call->async_context, &passed->async_context);
}

static enum pac_result change_set(struct pac_named_values *set) {
  if (set == NULL) {
    return PAC_RESULT_OK;
  }
  struct pac_value yes = pac_value_boolean(true);
  pac_named_values_delete_all(set);
  return pac_named_values_add(set, PAC_PASSED_OF_NOBODY, &yes);
}

enum pac_result pac_passed_change(struct pac_passed *passed) {
  struct pac_object *object = passed->object;
  for (uint32_t i = 0; object != NULL && i < pac_object_property_count(object); i++) {
    const struct pac_property *property = pac_object_property_at(object, i);
    if (!property->value.is_null) {
      struct pac_value null = pac_value_null(property->value.type, property->value.is_array);
      PAC_TRY(pac_object_property_set(object, property->name, &null));
    }
  }
  if (object != NULL) {
    PAC_TRY(pac_object_set_class_name(object, PAC_PASSED_OF_NOBODY));
  }
  PAC_TRY(change_set(passed->context));
  return change_set(passed->async_context);
}
