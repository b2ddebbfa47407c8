/* SPDX-License-Identifier: Apache-2.0 */
/* Copies what an event or a provider's call refers to into the arena of the session. */
#include "case/session_copy.h"

#include <string.h>

static const char *copy_text(struct pac_arena *arena, const char *text, bool *has_failed) {
  if (text == NULL) {
    return NULL;
  }
  char *copy = pac_arena_copy_text(arena, text, strlen(text));
  *has_failed = *has_failed || copy == NULL;
  return copy;
}

/* A source of memory that lies in the arena itself, so that closing the session frees all that is made from it. */
static struct pac_memory *memory_in(struct pac_arena *arena) {
  struct pac_memory *memory = pac_arena_allocate(arena, sizeof *memory);
  if (memory != NULL) {
    *memory = (struct pac_memory){pac_arena_resize, arena};
  }
  return memory;
}

static const struct pac_named_values *copy_values(struct pac_arena *arena, const struct pac_named_values *values,
                                                  bool *has_failed) {
  struct pac_named_values *copy = NULL;
  if (values != NULL) {
    struct pac_memory *memory = memory_in(arena);
    *has_failed = *has_failed || memory == NULL || pac_named_values_clone(memory, values, &copy) != PAC_RESULT_OK;
  }
  return copy;
}

static const struct pac_object *copy_object(struct pac_arena *arena, const struct pac_object *object,
                                            bool *has_failed) {
  struct pac_object *copy = NULL;
  if (object != NULL) {
    struct pac_memory *memory = memory_in(arena);
    *has_failed = *has_failed || memory == NULL || pac_object_clone(memory, object, &copy) != PAC_RESULT_OK;
  }
  return copy;
}

static const struct pac_last_error *copy_error(struct pac_arena *arena, const struct pac_last_error *error,
                                               bool *has_failed) {
  if (error == NULL) {
    return NULL;
  }
  struct pac_last_error *copy = pac_arena_allocate(arena, sizeof *copy);
  if (copy == NULL) {
    *has_failed = true;
    return NULL;
  }
  *copy = *error;
  copy->operation = copy_text(arena, error->operation, has_failed);
  copy->parameter_info = copy_text(arena, error->parameter_info, has_failed);
  copy->provider_name = copy_text(arena, error->provider_name, has_failed);
  copy->description = copy_text(arena, error->description, has_failed);
  return copy;
}

struct pac_event *pac_session_copy_event(struct pac_arena *arena, const struct pac_event *event, bool *has_failed) {
  struct pac_event *copy = pac_arena_allocate(arena, sizeof *copy);
  if (copy == NULL) {
    return NULL;
  }
  *copy = *event;
  copy->path = copy_text(arena, event->path, has_failed);
  copy->message = copy_text(arena, event->message, has_failed);
  copy->error = copy_error(arena, event->error, has_failed);
  copy->object = copy_object(arena, event->object, has_failed);
  copy->async_context = copy_values(arena, event->async_context, has_failed);
  return copy;
}

struct pac_provider_call *pac_session_copy_call(struct pac_arena *arena, const struct pac_provider_call *call,
                                                bool *has_failed) {
  struct pac_provider_call *copy = pac_arena_allocate(arena, sizeof *copy);
  if (copy == NULL) {
    return NULL;
  }
  *copy = *call;
  copy->class_name = copy_text(arena, call->class_name, has_failed);
  copy->path = copy_text(arena, call->path, has_failed);
  copy->object = copy_object(arena, call->object, has_failed);
  copy->context = copy_values(arena, call->context, has_failed);
  return copy;
}
