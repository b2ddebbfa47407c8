/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The structures behind object.h, for the object model itself and for the codec, which builds objects directly.
 *
 * Everything an object refers to lives in its arena: names, values, its parent's or class's definition, embedded
 * objects. Parts of one arena may share text. Definitions that an object carries are never modified.
 *
 * Invariants that a builder has to keep:
 * - class: `superclass` is derivation[0], or both are absent; `parent` carries no parent of its own; no class_object.
 * - instance: `class_object` is a class without parent, methods, server and namespace; the instance has exactly one
 *   property entry for each of the class's, in the same order; superclass, derivation and methods stay empty.
 * - origin_depth is at most derivation_count; is_inherited says that it is less (pac_property_set_depth does both).
 * - embedded objects and method signatures nest PAC_OBJECT_NESTING_MAX deep at most, the outermost counted.
 */
#ifndef PACHECK_OBJECT_INTERNAL_H
#define PACHECK_OBJECT_INTERNAL_H

#include "object/name_list.h"
#include "pacheck/object.h"

enum pac_set_owner { PAC_SET_OF_OBJECT, PAC_SET_OF_PROPERTY, PAC_SET_OF_METHOD };

struct pac_qualifier_set {
  struct pac_object *object; /* whose arena it uses; null until pac_qualifier_set_init */
  enum pac_set_owner owner;
  const void *member;        /* the pac_property_entry or pac_method_entry it belongs to; null for the object's own */
  struct pac_name_list list; /* of struct pac_qualifier */
};

struct pac_property_entry {
  struct pac_property view; /* first, so that the view's name is the list's name */
  struct pac_qualifier_set qualifiers;
  uint32_t origin_depth; /* depth of the class that first declares it: 0 is the root, derivation_count the class itself */
};

struct pac_method_entry {
  struct pac_method view;
  struct pac_qualifier_set qualifiers;
  uint32_t origin_depth;
};

/* The bit of prototype_flags that tells something here; the model passes on the others of an object block's flags. */
#define PAC_PROTOTYPE_RESULT 0x10u /* reduced by a query */

struct pac_object {
  struct pac_arena *arena;
  bool owns_arena; /* false for an embedded object or a carried definition */
  uint8_t prototype_flags;
  enum pac_genus genus;
  const char *class_name;
  const char *superclass;
  const char **derivation; /* nearest first */
  uint32_t derivation_count;
  struct pac_qualifier_set qualifiers;
  struct pac_name_list properties; /* of struct pac_property_entry, in declaration order */
  struct pac_name_list methods;    /* of struct pac_method_entry, in declaration order */
  const struct pac_object *parent;
  const struct pac_object *class_object;
  const char *server;
  const char *namespace_name;
};

/** The class that states ancestry, keys and singleton: the object itself, or the class of an instance. */
static inline const struct pac_object *pac_object_definition(const struct pac_object *object) {
  return object->genus == PAC_GENUS_INSTANCE ? object->class_object : object;
}

/** The definition that the object carries: that of its class, or of the parent of a class; null when it has none. */
static inline const struct pac_object *pac_object_carried(const struct pac_object *object) {
  return object->genus == PAC_GENUS_INSTANCE ? object->class_object : object->parent;
}

/* Building -------------------------------------------------------------------------------------------------------- */

/** Makes an empty object with an arena of its own. `first_size` is the hint of pac_arena_new. */
enum pac_result pac_object_new_owned(const struct pac_memory *memory, size_t first_size, enum pac_genus genus,
                                     struct pac_object **given);

/** Makes an empty object inside `arena`, to be embedded or carried; null when there is no memory. */
struct pac_object *pac_object_new_in(struct pac_arena *arena, enum pac_genus genus);

/** Makes room for that many properties or methods, so that appending them needs no new list. False: no memory. */
bool pac_object_reserve_properties(struct pac_object *object, uint32_t count);
bool pac_object_reserve_methods(struct pac_object *object, uint32_t count);

/**
 * Appends a property at depth derivation_count (the object's own), null of no type yet; null when there is no memory.
 * `name` is kept, not copied. Does not look for a property of the same name.
 */
struct pac_property_entry *pac_object_append_property(struct pac_object *object, const char *name);

/** Says which class declares a property or method: sets origin_depth, origin and is_inherited. Derivation comes first. */
void pac_property_set_depth(const struct pac_object *object, struct pac_property_entry *entry, uint32_t depth);
void pac_method_set_depth(const struct pac_object *object, struct pac_method_entry *entry, uint32_t depth);

/** As pac_object_append_property, for a method without signatures. */
struct pac_method_entry *pac_object_append_method(struct pac_object *object, const char *name);

/** Appends a qualifier to a set that belongs to an object; name and value are kept, not copied. Null: no memory. */
struct pac_qualifier *pac_qualifier_append(struct pac_qualifier_set *set, const char *name,
                                           const struct pac_value *value, uint8_t flavor);

/** Appends an entry for each property of instance->class_object, with the class's default. False: no memory. */
bool pac_instance_populate(struct pac_object *instance);

/** Ties a set to its object. pac_object_new_in and the append functions do this for the sets they make. */
void pac_qualifier_set_init(struct pac_qualifier_set *set, struct pac_object *object, enum pac_set_owner owner,
                            const void *member);

/** True when a derived class shows the qualifier. */
bool pac_qualifier_propagates(const struct pac_qualifier *qualifier, enum pac_set_owner owner);

/** Appends to an empty set what propagates from the parent's, shared, marked inherited. False: no memory. */
bool pac_qualifiers_inherit(struct pac_qualifier_set *set, const struct pac_qualifier_set *from);

/* Entries by position and name ------------------------------------------------------------------------------------ */

static inline struct pac_property_entry *pac_property_entry_at(const struct pac_object *object, uint32_t index) {
  return object->properties.items[index];
}

static inline struct pac_method_entry *pac_method_entry_at(const struct pac_object *object, uint32_t index) {
  return object->methods.items[index];
}

static inline struct pac_qualifier *pac_qualifier_entry_at(const struct pac_qualifier_set *set, uint32_t index) {
  return set->list.items[index];
}

static inline struct pac_property_entry *pac_property_entry_find(const struct pac_object *object, const char *name) {
  return pac_name_list_find(&object->properties, name);
}

static inline struct pac_method_entry *pac_method_entry_find(const struct pac_object *object, const char *name) {
  return pac_name_list_find(&object->methods, name);
}

/* Sharing --------------------------------------------------------------------------------------------------------- */

/**
 * The entry at the same position in the definition the object carries, when that is where the name comes from; null
 * otherwise. An inherited or instance property and its twin share text, and often the value.
 */
const struct pac_property_entry *pac_property_twin(const struct pac_object *object, uint32_t index);

/** True when both values are one: equal without a look behind any pointer. */
bool pac_value_is_shared(const struct pac_value *left, const struct pac_value *right);

/* Copying and checking -------------------------------------------------------------------------------------------- */

/* What a carried definition leaves out; bits. */
enum pac_copy {
  PAC_COPY_WHOLE = 0,
  PAC_COPY_WITHOUT_PARENT = 1,
  PAC_COPY_WITHOUT_METHODS = 2,
  PAC_COPY_WITHOUT_ORIGIN = 4, /* server and namespace */
};

/** Copies an object into `arena`. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_object_copy_in(struct pac_arena *arena, const struct pac_object *object, unsigned leave_out,
                                   struct pac_object **copy);

/** Copies what pac_value_check would accept, without checking. False: no memory. */
bool pac_value_copy_unchecked(struct pac_arena *arena, const struct pac_value *value, struct pac_value *copy);

/** How deep an object nests, itself counted: 1 without embedded objects and signatures. */
unsigned pac_object_nesting(const struct pac_object *object);
/** The same of a value: 0 unless it holds objects. */
unsigned pac_value_nesting(const struct pac_value *value);

/** pac_value_check for a value that goes into an object: it has a type and leaves the nesting within its limit. */
enum pac_result pac_value_check_inside(const struct pac_value *value);

/** Says whether `name` can name a property, qualifier, method or element. */
enum pac_result pac_name_check(const char *name);

/** pac_value_equal with the embedded objects compared as pac_object_compare(..., ignore) does. */
bool pac_value_same(const struct pac_value *left, const struct pac_value *right, unsigned ignore);

#endif
