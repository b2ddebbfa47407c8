/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Object paths: `\\server\root\ns:Class.Key="a",Other=2`, `Class=@` for a singleton, `Class` for a class.
 *
 * A path is parsed into parts and printed from them. Server and namespace are optional; a namespace may be written with
 * slashes of either kind and is kept with backslashes. With a single key its name may be left out.
 * Source: delivered_path clauses (Describing an Instance Object Path, WMI Object Path Requirements).
 */
#ifndef PACHECK_PATH_H
#define PACHECK_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/memory.h"
#include "pacheck/object.h"
#include "pacheck/result.h"
#include "pacheck/value.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pac_path;

#define PAC_PATH_OCTETS_MAX 65536u
#define PAC_PATH_KEYS_MAX 256u

/**
 * Parses a path.
 *
 * Beyond the published grammar it takes slashes of either kind, single quotes and hexadecimal numbers. In quotes a
 * backslash has to stand before a quote or a backslash.
 * Errors  PAC_RESULT_MALFORMED, PAC_RESULT_LIMIT, PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_path_parse(const struct pac_memory *memory, const char *text, struct pac_path **given);

/**
 * Makes the path of an object from its class name and keys, with its server and namespace when it knows them.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT: an unnamed class, an instance of a class without key that is no singleton, or an
 *         instance with a null key, a key of a type that no path can state (real, object, array), two keys of one name,
 *         or a name that the grammar of paths cannot hold. PAC_RESULT_LIMIT: the path would be too long to be parsed again.
 */
enum pac_result pac_path_of_object(const struct pac_memory *memory, const struct pac_object *object,
                                   struct pac_path **given);

void pac_path_free(struct pac_path *path);

const char *pac_path_server(const struct pac_path *path);         /* null when not stated */
const char *pac_path_namespace(const struct pac_path *path);      /* null when not stated; "root\\ns" */
const char *pac_path_class_name(const struct pac_path *path);     /* never null */
bool pac_path_is_class(const struct pac_path *path);              /* no key part */
bool pac_path_is_singleton(const struct pac_path *path);          /* the key part is @ */

/** A key of a path: text, an unsigned or signed 64-bit integer, or a boolean. Borrowed from the path. */
struct pac_path_key {
  const char *name; /* null when it is the only key and its name was left out */
  struct pac_value value;
};
uint32_t pac_path_key_count(const struct pac_path *path);
const struct pac_path_key *pac_path_key_at(const struct pac_path *path, uint32_t index);

/**
 * Copied; null takes the part away. A namespace without server prints as `ns:Class`.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (a server without namespace; text the grammar cannot hold), PAC_RESULT_LIMIT.
 */
enum pac_result pac_path_set_origin(struct pac_path *path, const char *server, const char *namespace_name);

enum pac_path_form { PAC_PATH_FULL, PAC_PATH_RELATIVE };
/** Prints the path; relative leaves out server and namespace. As snprintf. */
size_t pac_path_print(const struct pac_path *path, enum pac_path_form form, char *buffer, size_t size);

/**
 * True when both name the same object: class names, key names and text keys compare ignoring case, keys in any order,
 * a left-out key name matches any. Server and namespace count only where both state them; the server `.` states none.
 */
bool pac_path_equal(const struct pac_path *left, const struct pac_path *right);

/** True when the path names `object`: the same class or an ancestor of it is not enough, the class has to be the same. */
bool pac_path_names_object(const struct pac_path *path, const struct pac_object *object);

#ifdef __cplusplus
}
#endif
#endif
