/* SPDX-License-Identifier: Apache-2.0 */
/* Object paths: making them from objects and printing them. Reading text is left to path_parse.c, comparing to path_compare.c. */
#include "pacheck/path.h"

#include <string.h>

#include "object/arena.h"
#include "object/path_internal.h"
#include "object/printer.h"
#include "object/text.h"

#define FIRST_PATH_OCTETS 384u
#define FIRST_KEYS 2u

enum pac_result pac_path_new(const struct pac_memory *memory, size_t first_size, struct pac_path **given) {
  struct pac_arena *arena = NULL;
  PAC_TRY(pac_arena_new(memory, first_size + FIRST_PATH_OCTETS, &arena));
  struct pac_path *path = pac_arena_allocate(arena, sizeof *path);
  if (path == NULL) {
    pac_arena_free(arena);
    return PAC_RESULT_NO_MEMORY;
  }
  path->arena = arena;
  *given = path;
  return PAC_RESULT_OK;
}

void pac_path_free(struct pac_path *path) {
  if (path != NULL) {
    pac_arena_free(path->arena);
  }
}

enum pac_result pac_path_append_key(struct pac_path *path, const char *name, const struct pac_value *value) {
  if (path->key_count >= PAC_PATH_KEYS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  if (path->key_count == path->key_capacity) {
    uint32_t capacity = path->key_capacity == 0 ? FIRST_KEYS : path->key_capacity * 2;
    struct pac_path_key *keys = pac_arena_allocate_array(path->arena, capacity, sizeof *keys);
    if (keys == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    if (path->key_count != 0) {
      memcpy(keys, path->keys, path->key_count * sizeof *keys);
    }
    path->keys = keys;
    path->key_capacity = capacity;
  }
  path->keys[path->key_count] = (struct pac_path_key){.name = name, .value = *value};
  path->key_count += 1;
  return PAC_RESULT_OK;
}

/* True when none of `length` octets is a control character or one of `signs`. */
static bool is_free_of(const char *text, size_t length, const char *signs) {
  for (size_t i = 0; i < length; i++) {
    unsigned char octet = (unsigned char)text[i];
    if (octet < 0x20u || octet == 0x7Fu || strchr(signs, octet) != NULL) {
      return false;
    }
  }
  return true;
}

bool pac_path_is_name(const char *text, size_t length) {
  return length != 0 && is_free_of(text, length, "\\/:.=,\"'");
}

bool pac_path_is_server(const char *text, size_t length) {
  return length != 0 && is_free_of(text, length, "\\/");
}

static bool is_slash(char letter) {
  return letter == '\\' || letter == '/';
}

bool pac_path_is_namespace(const char *text, size_t length) {
  bool after_slash = true;
  for (size_t i = 0; i < length; i++) {
    if (after_slash && is_slash(text[i])) {
      return false;
    }
    after_slash = is_slash(text[i]);
  }
  return !after_slash && is_free_of(text, length, ":=\"'");
}

const char *pac_path_copy_namespace(struct pac_arena *arena, const char *text, size_t length) {
  char *copy = pac_arena_copy_text(arena, text, length);
  for (size_t i = 0; copy != NULL && i < length; i++) {
    copy[i] = copy[i] == '/' ? '\\' : copy[i];
  }
  return copy;
}

const char *pac_path_server(const struct pac_path *path) {
  return path->server;
}

const char *pac_path_namespace(const struct pac_path *path) {
  return path->namespace_name;
}

const char *pac_path_class_name(const struct pac_path *path) {
  return path->class_name;
}

bool pac_path_is_class(const struct pac_path *path) {
  return path->key_count == 0 && !path->is_singleton;
}

bool pac_path_is_singleton(const struct pac_path *path) {
  return path->is_singleton;
}

uint32_t pac_path_key_count(const struct pac_path *path) {
  return path->key_count;
}

const struct pac_path_key *pac_path_key_at(const struct pac_path *path, uint32_t index) {
  return index < path->key_count ? &path->keys[index] : NULL;
}

static enum pac_result check_part(const char *text, bool (*is_valid)(const char *, size_t)) {
  size_t length = strnlen(text, PAC_PATH_OCTETS_MAX + 1u);
  if (length > PAC_PATH_OCTETS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  return is_valid(text, length) && pac_text_is_well_formed(text, length) ? PAC_RESULT_OK
                                                                          : PAC_RESULT_INVALID_ARGUMENT;
}

/* Says whether the path, with the origin it is about to have, could be read back. */
static enum pac_result check_length(const struct pac_path *path) {
  return pac_path_print(path, PAC_PATH_FULL, NULL, 0) <= PAC_PATH_OCTETS_MAX ? PAC_RESULT_OK : PAC_RESULT_LIMIT;
}

enum pac_result pac_path_set_origin(struct pac_path *path, const char *server, const char *namespace_name) {
  struct pac_path changed = *path;
  changed.server = NULL;
  changed.namespace_name = NULL;
  if (server != NULL) {
    PAC_TRY(namespace_name != NULL ? check_part(server, pac_path_is_server) : PAC_RESULT_INVALID_ARGUMENT);
    changed.server = pac_arena_copy_text(path->arena, server, strlen(server));
    if (changed.server == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
  }
  if (namespace_name != NULL) {
    PAC_TRY(check_part(namespace_name, pac_path_is_namespace));
    changed.namespace_name = pac_path_copy_namespace(path->arena, namespace_name, strlen(namespace_name));
    if (changed.namespace_name == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
  }
  PAC_TRY(check_length(&changed));
  *path = changed;
  return PAC_RESULT_OK;
}

/* Puts a key property's value into the form that a path gives it. False for what no path can state. */
static bool key_value(const struct pac_value *property, struct pac_value *key) {
  bool is_signed = false;
  if (property->is_null || property->is_array) {
    return false;
  }
  if (pac_cim_type_is_integer(property->type, &is_signed, NULL)) {
    bool is_negative = is_signed && property->scalar.sint < 0;
    uint64_t magnitude = is_signed ? (uint64_t)property->scalar.sint : property->scalar.uint;
    *key = is_negative ? pac_value_sint(PAC_CIM_SINT64, property->scalar.sint)
                       : pac_value_uint(PAC_CIM_UINT64, magnitude);
    return true;
  }
  switch (property->type) {
    case PAC_CIM_CHAR16:
      *key = pac_value_uint(PAC_CIM_UINT64, property->scalar.char16);
      return true;
    case PAC_CIM_BOOLEAN:
      *key = *property;
      return true;
    case PAC_CIM_STRING:
    case PAC_CIM_DATETIME:
    case PAC_CIM_REFERENCE:
      *key = pac_value_string(property->scalar.text);
      return true;
    default:
      return false;
  }
}

static enum pac_result append_object_keys(struct pac_path *path, const struct pac_object *instance) {
  uint32_t count = pac_object_property_count(instance);
  for (uint32_t i = 0; i < count; i++) {
    const struct pac_property *property = pac_object_property_at(instance, i);
    struct pac_value value;
    struct pac_value copy;
    if (!pac_object_property_is_key(instance, property->name)) {
      continue;
    }
    /* An object that came from octets may have two properties of one name: no path can tell them apart. */
    if (pac_object_property_find(instance, property->name) != property || !key_value(&property->value, &value)) {
      return PAC_RESULT_INVALID_ARGUMENT;
    }
    PAC_TRY(check_part(property->name, pac_path_is_name));
    PAC_TRY(pac_value_copy(path->arena, &value, &copy));
    const char *name = pac_arena_copy_text(path->arena, property->name, strlen(property->name));
    if (name == NULL) {
      return PAC_RESULT_NO_MEMORY;
    }
    PAC_TRY(pac_path_append_key(path, name, &copy));
  }
  return path->key_count != 0 ? PAC_RESULT_OK : PAC_RESULT_INVALID_ARGUMENT;
}

static enum pac_result fill_from_object(struct pac_path *path, const struct pac_object *object) {
  const char *class_name = pac_object_class_name(object);
  PAC_TRY(check_part(class_name, pac_path_is_name));
  path->class_name = pac_arena_copy_text(path->arena, class_name, strlen(class_name));
  if (path->class_name == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  if (pac_object_genus(object) == PAC_GENUS_INSTANCE) {
    path->is_singleton = pac_object_is_singleton(object);
    if (!path->is_singleton) {
      PAC_TRY(append_object_keys(path, object));
    }
  }
  /* A server without a namespace cannot be written, so it is not known well enough to be stated. */
  const char *namespace_name = pac_object_namespace(object);
  return pac_path_set_origin(path, namespace_name != NULL ? pac_object_server(object) : NULL, namespace_name);
}

enum pac_result pac_path_of_object(const struct pac_memory *memory, const struct pac_object *object,
                                   struct pac_path **given) {
  if (pac_object_class_name(object) == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  struct pac_path *path = NULL;
  PAC_TRY(pac_path_new(memory, 0, &path));
  enum pac_result result = fill_from_object(path, object);
  if (result != PAC_RESULT_OK) {
    pac_path_free(path);
    return result;
  }
  *given = path;
  return PAC_RESULT_OK;
}

static void print_key_value(struct pac_printer *printer, const struct pac_value *value) {
  if (value->type != PAC_CIM_STRING) {
    pac_print_value(printer, value);
    return;
  }
  pac_print_text(printer, "\"");
  for (const char *at = value->scalar.text; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\') {
      pac_print_text(printer, "\\");
    }
    pac_print_octets(printer, at, 1);
  }
  pac_print_text(printer, "\"");
}

size_t pac_path_print(const struct pac_path *path, enum pac_path_form form, char *buffer, size_t size) {
  struct pac_printer printer = pac_printer_start(buffer, size);
  if (form == PAC_PATH_FULL && path->server != NULL) {
    pac_print_text(&printer, "\\\\");
    pac_print_text(&printer, path->server);
    pac_print_text(&printer, "\\");
  }
  if (form == PAC_PATH_FULL && path->namespace_name != NULL) {
    pac_print_text(&printer, path->namespace_name);
    pac_print_text(&printer, ":");
  }
  pac_print_text(&printer, path->class_name);
  if (path->is_singleton) {
    pac_print_text(&printer, "=@");
  }
  for (uint32_t i = 0; i < path->key_count; i++) {
    const struct pac_path_key *key = &path->keys[i];
    if (key->name != NULL) {
      pac_print_text(&printer, i == 0 ? "." : ",");
      pac_print_text(&printer, key->name);
    }
    pac_print_text(&printer, "=");
    print_key_value(&printer, &key->value);
  }
  return pac_printer_end(&printer);
}
