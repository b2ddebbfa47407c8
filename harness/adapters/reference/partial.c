/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Put extensions: the names in the provider's context by which a client asks for a partial update. A context with some of
 * them and not the necessary ones is refused; a context with none of them says nothing to WMI itself.
 */
#include "pacheck/value.h"
#include "services.h"

/* Reads a boolean; false when it is there with another type. */
static bool read_mark(const struct pac_named_values *context, const char *name, bool *present, bool *mark) {
  const struct pac_named_value *item = pac_named_values_item(context, name);
  *present = item != NULL;
  *mark = false;
  if (item == NULL) {
    return true;
  }
  if (item->value.type != PAC_CIM_BOOLEAN || item->value.is_array || item->value.is_null) {
    return false;
  }
  *mark = item->value.scalar.boolean;
  return true;
}

static bool is_list_of_names(const struct pac_value *value) {
  if (value->type != PAC_CIM_STRING || !value->is_array || value->is_null) {
    return false;
  }
  for (uint32_t i = 0; i < value->count; i++) {
    if (value->elements[i].text == NULL) {
      return false;
    }
  }
  return true;
}

struct ref_answer ref_partial_read(const struct pac_services *services, const struct pac_named_values *context,
                                   uint32_t flags, struct ref_partial *partial) {
  *partial = (struct ref_partial){false, false, NULL};
  if (context == NULL || pac_named_values_count(context) == 0) {
    return REF_FINE;
  }
  bool has_master = false, has_request = false, has_strict = false, has_atomic = false;
  bool master = false, request = false, strict = false, atomic = false;
  const struct pac_named_value *list = pac_named_values_item(context, PAC_CONTEXT_PUT_EXT_PROPERTIES);
  bool is_typed = read_mark(context, PAC_CONTEXT_PUT_EXTENSIONS, &has_master, &master);
  is_typed &= read_mark(context, PAC_CONTEXT_PUT_EXT_CLIENT_REQUEST, &has_request, &request);
  is_typed &= read_mark(context, PAC_CONTEXT_PUT_EXT_STRICT_NULLS, &has_strict, &strict);
  is_typed &= read_mark(context, PAC_CONTEXT_PUT_EXT_ATOMIC, &has_atomic, &atomic);
  if (!has_master && !has_request && !has_strict && !has_atomic && list == NULL) {
    return REF_FINE;
  }
  if (!is_typed || (list != NULL && !is_list_of_names(&list->value))) {
    return ref_refuse(services, PAC_STATUS_INVALID_CONTEXT, "a put extension has a value of the wrong type");
  }
  if (!master || list == NULL) {
    return ref_refuse(services, PAC_STATUS_INVALID_CONTEXT, "the put extensions lack the master value or the list");
  }
  if ((flags & PAC_FLAG_UPDATE_ONLY) == 0 && REF_CHOSE(&services->options, A_52, REFUSE)) {
    return ref_refuse(services, PAC_STATUS_INVALID_CONTEXT, "a partial update is asked for without update-only");
  }
  /* Every put here is all or nothing, so the mark for that changes nothing. */
  *partial = (struct ref_partial){true, strict, &list->value};
  return REF_FINE;
}

bool ref_partial_lists(const struct ref_partial *partial, const char *property) {
  if (!partial->is_asked) {
    return true;
  }
  for (uint32_t i = 0; i < partial->properties->count; i++) {
    if (pac_name_compare(partial->properties->elements[i].text, property) == 0) {
      return true;
    }
  }
  return false;
}
