/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is in the namespace: classes, instances, and the definitions that are kept for a locale.
 *
 * Classes are sorted by name, instances by identity: the class that introduces the key and the key values, so that one
 * identity is taken once among all classes below that one. A class is kept as its complete definition; when an ancestor
 * changes it is composed anew from what it declares itself. An instance is kept as it was put and composed anew, when it
 * is read, if its class has changed since. Nothing here knows a rule of the contract, and nothing here locks.
 */
#ifndef PACHECK_REFERENCE_STORE_H
#define PACHECK_REFERENCE_STORE_H

#include "allocation.h"
#include "pacheck/object.h"
#include "pacheck/path.h"

#define REF_SERVER "."
#define REF_NAMESPACE "root\\pacheck"

struct ref_class {
  struct pac_object *complete;
  struct ref_class *parent;   /* null at the top */
  struct ref_class *key_root; /* the class at or above that introduces the keys; itself when there are none */
  struct pac_object *pending; /* during an update: what `complete` becomes when nothing fails. Null otherwise */
  uint32_t version;           /* rises whenever `complete` is replaced */
  uint32_t instances_count;   /* of exactly this class */
};

struct ref_instance {
  char *identity;
  struct ref_class *of;
  struct pac_object *object;
  uint32_t class_version; /* of->version when `object` was composed */
};

struct ref_localized {
  char *locale;
  struct pac_object *object;
};

struct ref_store {
  struct ref_allocation *allocation;
  struct ref_class **classes;
  size_t classes_count, classes_max;
  struct ref_instance *instances;
  size_t instances_count, instances_max;
  struct ref_localized *localized;
  size_t localized_count, localized_max;
};

void ref_store_init(struct ref_store *store, struct ref_allocation *allocation);
void ref_store_reset(struct ref_store *store);

/* Classes */

/** Null when there is none. */
struct ref_class *ref_store_class(const struct ref_store *store, const char *name);

/** Makes sure that the system class of that name, if there is one, is there. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result ref_store_need_class(struct ref_store *store, const char *name);

/** Adds a class; `complete` is taken on success. */
enum pac_result ref_store_add_class(struct ref_store *store, struct pac_object *complete, struct ref_class *parent);

/** True when `ancestor` is above `derived`. */
bool ref_class_is_below(const struct ref_class *derived, const struct ref_class *ancestor);

/** True when the class or an ancestor of it is a system class. */
bool ref_class_is_of_system(const struct ref_class *of);

/** Puts the class and all derived from it into a list, parents first; freed with ref_free. */
enum pac_result ref_store_family(const struct ref_store *store, struct ref_class *top, struct ref_class ***given,
                                 size_t *count);

/** Puts `pending` in the place of `complete`; cannot fail. Parents come first. */
void ref_class_commit(struct ref_class *of, struct ref_class *parent);

/* Instances */

/** The identity of the instance of `of` that the path names; PAC_RESULT_NOT_FOUND when it names none. */
enum pac_result ref_identity(struct ref_allocation *allocation, const struct ref_class *of,
                             const struct pac_path *path, char **given);

/** Null when there is none; of any class with that identity. */
struct ref_instance *ref_store_instance(const struct ref_store *store, const char *identity);

/** Stores an instance in place of whatever has its identity. `identity` and `object` are taken on success. */
enum pac_result ref_store_put_instance(struct ref_store *store, struct ref_class *of, char *identity,
                                       struct pac_object *object);

/** Deletes the instances of exactly this class; cannot fail. */
void ref_store_delete_instances(struct ref_store *store, struct ref_class *of);

/** Reads an instance in terms of its class as it is now. */
enum pac_result ref_instance_read(const struct pac_memory *memory, const struct ref_instance *instance,
                                  struct pac_object **given);

/* Locales */

const struct pac_object *ref_store_localized(const struct ref_store *store, const char *locale, const char *class_name);

/** Makes room for one more localized definition, so that the next put of one cannot fail. */
enum pac_result ref_store_reserve_localized(struct ref_store *store);

/** Keeps `object` for the locale in place of an earlier one. Both are taken. Cannot fail after a reservation. */
void ref_store_put_localized(struct ref_store *store, char *locale, struct pac_object *object);

#endif
