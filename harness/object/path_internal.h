/* SPDX-License-Identifier: Apache-2.0 */
/** The structure behind path.h, shared by the parser and the rest of the path. */
#ifndef PACHECK_OBJECT_PATH_INTERNAL_H
#define PACHECK_OBJECT_PATH_INTERNAL_H

#include "pacheck/path.h"

struct pac_path {
  struct pac_arena *arena;
  const char *server;
  const char *namespace_name; /* with backslashes; stated whenever the server is */
  const char *class_name;
  bool is_singleton;
  struct pac_path_key *keys;
  uint32_t key_count;
  uint32_t key_capacity;
};

/** Makes an empty path in an arena of its own. */
enum pac_result pac_path_new(const struct pac_memory *memory, size_t first_size, struct pac_path **given);

/** Appends a key; name and value are kept, not copied. Errors: PAC_RESULT_LIMIT, PAC_RESULT_NO_MEMORY. */
enum pac_result pac_path_append_key(struct pac_path *path, const char *name, const struct pac_value *value);

/** True when `length` octets can name a class or key in a path: no sign that the grammar uses, no control character. */
bool pac_path_is_name(const char *text, size_t length);

/** True when `length` octets can name a server. */
bool pac_path_is_server(const char *text, size_t length);

/** True when `length` octets can name a namespace: parts between single slashes of either kind. */
bool pac_path_is_namespace(const char *text, size_t length);

/** Copies a namespace with backslashes for slashes; null when there is no memory. */
const char *pac_path_copy_namespace(struct pac_arena *arena, const char *text, size_t length);

#endif
