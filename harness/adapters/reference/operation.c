/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One put from the call to its final status: what is checked before it starts, the copies it works on, the queue, and
 * cancelling. Whatever happens, a put that was started is decided exactly once.
 */
#include <string.h>

#include "pacheck/named_values.h"
#include "services.h"

struct ref_answer ref_refuse(const struct pac_services *services, enum pac_status status, const char *description) {
  return (struct ref_answer){pac_status_hresult(status, services->profile), description};
}

struct ref_answer ref_answer_of(const struct pac_services *services, enum pac_result result) {
  switch (result) {
    case PAC_RESULT_OK:
      return REF_FINE;
    case PAC_RESULT_NO_MEMORY:
      return ref_refuse(services, PAC_STATUS_OUT_OF_MEMORY, "there is not enough memory");
    case PAC_RESULT_LIMIT:
      return ref_refuse(services, PAC_STATUS_QUOTA_VIOLATION, "a limit is exceeded");
    default:
      return ref_refuse(services, PAC_STATUS_FAILED, "the object could not be put together");
  }
}

enum pac_result ref_path_text(struct pac_services *services, const struct pac_object *object, enum pac_path_form form,
                              char **given) {
  struct pac_path *path = NULL;
  PAC_TRY(pac_path_of_object(&services->allocation.memory, object, &path));
  size_t size = pac_path_print(path, form, NULL, 0) + 1;
  char *text = ref_allocate(&services->allocation, size);
  if (text != NULL) {
    pac_path_print(path, form, text, size);
    *given = text;
  }
  pac_path_free(path);
  return text != NULL ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
}

static void free_operation(struct pac_services *services, struct ref_operation *operation) {
  if (operation == NULL) {
    return;
  }
  pac_object_free(operation->object);
  pac_named_values_free(operation->context);
  pac_named_values_free(operation->async_context);
  ref_free(&services->allocation, operation->path);
  ref_free(&services->allocation, operation);
}

void ref_operation_end(struct pac_services *services, struct ref_operation *operation) {
  struct ref_operation *before = NULL;
  for (struct ref_operation *at = services->first; at != operation; at = at->next) {
    before = at;
  }
  *(before == NULL ? &services->first : &before->next) = operation->next;
  if (services->last == operation) {
    services->last = before;
  }
  free_operation(services, operation);
}

/* What is checked before the start, the arguments themselves apart. */
static struct ref_answer check_start(struct pac_services *services, const struct pac_object *object, uint32_t flags,
                                     const struct pac_named_values *context, uint32_t *left) {
  enum pac_genus genus = pac_object_genus(object);
  struct ref_partial partial;
  REF_TRY(ref_rights_to_call(services, services->rights));
  REF_TRY(ref_flags_check(services, genus, flags, left));
  if (genus == PAC_GENUS_INSTANCE) {
    REF_TRY(ref_partial_read(services, context, flags, &partial));
    REF_TRY(ref_instance_path_check(services, object));
  }
  return REF_FINE;
}

static enum pac_result copy_set(const struct pac_memory *memory, const struct pac_named_values *set,
                                struct pac_named_values **given) {
  return set == NULL ? PAC_RESULT_OK : pac_named_values_clone(memory, set, given);
}

static enum pac_result make_operation(struct pac_services *services, const struct pac_object *object,
                                      const struct pac_named_values *context,
                                      const struct pac_named_values *async_context, struct ref_operation **given) {
  const struct pac_memory *memory = &services->allocation.memory;
  struct ref_operation *operation = ref_allocate(&services->allocation, sizeof *operation);
  if (operation == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  enum pac_result result = pac_object_clone(memory, object, &operation->object);
  if (result == PAC_RESULT_OK) {
    result = copy_set(memory, context, &operation->context);
  }
  if (result == PAC_RESULT_OK) {
    result = copy_set(memory, async_context, &operation->async_context);
  }
  if (result != PAC_RESULT_OK) {
    free_operation(services, operation);
    return result;
  }
  *given = operation;
  return PAC_RESULT_OK;
}

static void decide(struct pac_services *services, struct ref_operation *operation, struct ref_answer answer) {
  operation->answer = answer;
  operation->stage = ref_refused(answer) ? REF_STAGE_COMPLETED : REF_STAGE_STORED;
  operation->ticks_left = services->options.value[REF_OPTION_LATE];
}

static void enqueue(struct pac_services *services, struct ref_operation *operation) {
  operation->number = ++services->numbers;
  *(services->last == NULL ? &services->first : &services->last->next) = operation;
  services->last = operation;
}

pac_hresult ref_operation_start(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                uint32_t flags, const struct pac_named_values *context,
                                const struct pac_named_values *async_context, struct ref_operation **operation) {
  *operation = NULL;
  if (sink == NULL || object == NULL) {
    return ref_refuse(services, PAC_STATUS_INVALID_PARAMETER, NULL).code;
  }
  uint32_t left = 0;
  struct ref_answer answer = check_start(services, object, flags, context, &left);
  if (ref_refused(answer) && !REF_CHOSE(&services->options, A_02, DELIVER)) {
    return answer.code;
  }
  struct ref_operation *made = NULL;
  enum pac_result result = make_operation(services, object, context, async_context, &made);
  if (result != PAC_RESULT_OK) {
    return ref_answer_of(services, result).code; /* there is nothing to deliver an event with */
  }
  made->sink = sink;
  made->flags = left;
  made->rights = services->rights;
  if (ref_refused(answer)) {
    decide(services, made, answer);
  } else if (REF_CHOSE(&services->options, A_02, RAISE)) {
    ref_operation_run(services, made);
    if (made->stage == REF_STAGE_COMPLETED) {
      answer = made->answer;
      free_operation(services, made);
      return answer.code;
    }
  }
  enqueue(services, made);
  *operation = made;
  return 0;
}

void ref_operation_run(struct pac_services *services, struct ref_operation *operation) {
  struct ref_answer answer = pac_object_genus(operation->object) == PAC_GENUS_CLASS
                                 ? ref_class_put(services, operation)
                                 : ref_instance_put(services, operation);
  if (ref_refused(answer) || operation->stage == REF_STAGE_WAITING) {
    decide(services, operation, answer);
  } else {
    operation->ticks_left = services->options.value[REF_OPTION_LATE]; /* its provider is not done */
  }
}

void ref_operations_cancel(struct pac_services *services, const struct pac_sink *sink) {
  for (struct ref_operation *at = services->first; at != NULL; at = at->next) {
    bool is_open = at->stage == REF_STAGE_WAITING || at->stage == REF_STAGE_PROGRESS || at->stage == REF_STAGE_HELD;
    if (at->sink == sink && is_open) {
      decide(services, at, ref_refuse(services, PAC_STATUS_CALL_CANCELLED, "the call was cancelled"));
    }
  }
}

void ref_operations_release(struct pac_services *services) {
  for (struct ref_operation *at = services->first; at != NULL; at = at->next) {
    if (at->stage == REF_STAGE_HELD) {
      at->stage = REF_STAGE_WAITING;
    }
  }
}
