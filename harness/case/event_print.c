/* SPDX-License-Identifier: Apache-2.0 */
/* The line that an event is in a timeline, and the elements of its context. */
#include <stdio.h>
#include <string.h>

#include "case/session.h"

/* Appends to a buffer that may be full, and keeps count of the length needed. */
#define APPEND(...)                                                                                       \
  (used += (size_t)snprintf(used < size ? buffer + used : NULL, used < size ? size - used : 0, __VA_ARGS__))

size_t pac_set_print(const struct pac_named_values *set, char *buffer, size_t size) {
  size_t used = 0;
  char value[160];
  APPEND("{");
  for (uint32_t i = 0; i < pac_named_values_count(set); i++) {
    const struct pac_named_value *element = pac_named_values_at(set, i);
    pac_value_print(&element->value, value, sizeof value);
    APPEND("%s%s = %s", i == 0 ? "" : ", ", element->name, value);
  }
  APPEND("}");
  return used;
}

size_t pac_event_print(const struct pac_event *event, char *buffer, size_t size) {
  size_t used = 0;
  char code[96];
  const char *name = NULL;
  APPEND("%s(", pac_event_word(event->kind));
  switch (event->kind) {
    case PAC_EVENT_OBJECT_PUT:
      APPEND("%s", event->path == NULL ? "null path" : event->path);
      break;
    case PAC_EVENT_COMPLETED:
      pac_hresult_print(event->result, code, sizeof code);
      APPEND("%s, %s", code, event->error == NULL ? "no error object" : "an error object");
      break;
    case PAC_EVENT_OBJECT_READY:
      name = event->object == NULL ? NULL : pac_object_class_name(event->object);
      APPEND("%s", event->object == NULL ? "null object" : name == NULL ? "an object without a class name" : name);
      break;
    case PAC_EVENT_PROGRESS:
      APPEND("%u of %u", (unsigned)event->current, (unsigned)event->upper_bound);
      break;
  }
  if (event->async_context == NULL) {
    APPEND(", no async context)");
  } else {
    APPEND(", async context ");
    used += pac_set_print(event->async_context, used < size ? buffer + used : NULL, used < size ? size - used : 0);
    APPEND(")");
  }
  if (event->is_inside_call) {
    APPEND(" inside the call");
  } else if (event->is_before_return) {
    APPEND(" before the call returned");
  }
  return used;
}
