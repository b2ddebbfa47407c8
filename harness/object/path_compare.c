/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing paths with each other and with objects. Letter case counts nowhere; the server `.` stands for any. */
#include <string.h>

#include "object/path_internal.h"
#include "object/text.h"

/* True unless both are stated and differ. */
static bool origin_matches(const char *left, const char *right) {
  return left == NULL || right == NULL || pac_name_equal(left, right);
}

/* The server of a path when it says which: `.` is the local one, whatever its name. */
static const char *stated_server(const struct pac_path *path) {
  return path->server != NULL && strcmp(path->server, ".") == 0 ? NULL : path->server;
}

static bool key_value_equal(const struct pac_value *left, const struct pac_value *right) {
  if (left->type == PAC_CIM_STRING && right->type == PAC_CIM_STRING) {
    return pac_name_equal(left->scalar.text, right->scalar.text);
  }
  return pac_value_equal(left, right);
}

/* True when `path` has a key that can be this one. A left-out name stands only in a path with a single key. */
static bool has_key(const struct pac_path *path, const struct pac_path_key *key) {
  for (uint32_t i = 0; i < path->key_count; i++) {
    const struct pac_path_key *other = &path->keys[i];
    if ((key->name == NULL || other->name == NULL || pac_name_equal(key->name, other->name)) &&
        key_value_equal(&key->value, &other->value)) {
      return true;
    }
  }
  return false;
}

bool pac_path_equal(const struct pac_path *left, const struct pac_path *right) {
  if (left->key_count != right->key_count || left->is_singleton != right->is_singleton ||
      !pac_name_equal(left->class_name, right->class_name) ||
      !origin_matches(stated_server(left), stated_server(right)) ||
      !origin_matches(left->namespace_name, right->namespace_name)) {
    return false;
  }
  for (uint32_t i = 0; i < left->key_count; i++) {
    if (!has_key(right, &left->keys[i])) {
      return false;
    }
  }
  return true;
}

bool pac_path_names_object(const struct pac_path *path, const struct pac_object *object) {
  struct pac_path *own = NULL;
  if (pac_path_of_object(pac_arena_memory(path->arena), object, &own) != PAC_RESULT_OK) {
    return false;
  }
  bool is_same = pac_path_equal(path, own);
  pac_path_free(own);
  return is_same;
}
