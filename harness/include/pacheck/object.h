/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Classes and instances: what a put stores.
 *
 * A `struct pac_object` is one class definition or one instance, told apart by its genus. It owns all of its memory.
 * A derived class carries the complete definition of its parent and shows the inherited properties, methods and
 * propagated qualifiers beside its own; an instance carries the definition of its class. Both are snapshots, taken when
 * the object was made: changing the parent or class afterwards does not reach it.
 *
 * The model holds what WMI's object interface can hold, also objects that a put has to refuse (a name outside the
 * grammar, a null key, an unnamed class): refusing them is the job of the implementation under test. Names compare
 * ignoring case and keep their spelling.
 *
 * No function is safe against a second thread that modifies the same object; reading from several threads is.
 */
#ifndef PACHECK_OBJECT_H
#define PACHECK_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/memory.h"
#include "pacheck/result.h"
#include "pacheck/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The numbers are those of the system property __GENUS. */
enum pac_genus { PAC_GENUS_CLASS = 1, PAC_GENUS_INSTANCE = 2 };

#define PAC_NAME_OCTETS_MAX 65536u      /* any name, NUL not counted */
#define PAC_OBJECT_PROPERTIES_MAX 65535u
#define PAC_OBJECT_METHODS_MAX 65535u
#define PAC_OBJECT_QUALIFIERS_MAX 65535u /* in one set */
#define PAC_OBJECT_ANCESTORS_MAX 1024u
#define PAC_OBJECT_NESTING_MAX 16u      /* embedded objects; the outermost is 1 */

/* Life cycle ------------------------------------------------------------------------------------------------------ */

/**
 * Makes a top-level class. `name` may be null: an unnamed class, which can be built but not validly put.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (a name that is no well-formed UTF-8), PAC_RESULT_LIMIT, PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_class_new(const struct pac_memory *memory, const char *name, struct pac_object **given);

/**
 * Makes a class derived from `base`, with everything inherited (SpawnDerivedClass).
 *
 * Properties, methods, key marks and qualifiers whose flavor propagates to derived classes are there as inherited. The
 * qualifier abstract does not pass on.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (a base that is an instance or has no name), PAC_RESULT_LIMIT (of ancestors too), and
 *         those of pac_class_new.
 */
enum pac_result pac_class_derive(const struct pac_memory *memory, const struct pac_object *base, const char *name,
                                 struct pac_object **given);

/**
 * Makes an instance of `class_object` in which every property takes the class default (SpawnInstance).
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (that is an instance), PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_instance_new(const struct pac_memory *memory, const struct pac_object *class_object,
                                 struct pac_object **given);

/** Copies an object with all that it carries. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_object_clone(const struct pac_memory *memory, const struct pac_object *object,
                                 struct pac_object **given);

/** Frees the object. Null is allowed. */
void pac_object_free(struct pac_object *object);

/* Identity -------------------------------------------------------------------------------------------------------- */

enum pac_genus pac_object_genus(const struct pac_object *object);

/** __CLASS; null for an unnamed class. */
const char *pac_object_class_name(const struct pac_object *object);
/** The name is copied. Of an instance only its own changes, not that of the class it carries. Errors as pac_class_new. */
enum pac_result pac_object_set_class_name(struct pac_object *object, const char *name);

/** __SUPERCLASS: the parent of the class, or of the instance's class; null at the top. */
const char *pac_object_superclass(const struct pac_object *object);

/**
 * Sets the name of the parent by hand. Null makes it a top-level class, and all that was inherited its own.
 *
 * The definition of the parent that it carried goes; the names of farther ancestors stay.
 * For objects that no SpawnDerivedClass would make: an unknown parent, a class derived from itself.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (an instance), those of pac_class_new.
 */
enum pac_result pac_class_set_superclass(struct pac_object *class_object, const char *name);

/** __DERIVATION, nearest ancestor first, the class itself left out. */
uint32_t pac_object_ancestor_count(const struct pac_object *object);
const char *pac_object_ancestor_at(const struct pac_object *object, uint32_t index);
/** True when the class, or the class of the instance, is `class_name` or is derived from it. */
bool pac_object_is_a(const struct pac_object *object, const char *class_name);

/**
 * The definition of the immediate parent as the class carries it; null at the top or when it was set by hand.
 *
 * As on the wire it carries no parent of its own.
 */
const struct pac_object *pac_class_parent(const struct pac_object *class_object);

/**
 * The definition of the class that the instance carries; never null for an instance, null for a class.
 *
 * As on the wire it comes without the methods of the class and without its parent.
 */
const struct pac_object *pac_instance_class(const struct pac_object *instance);

/** __SERVER and __NAMESPACE, where the object was read; null when unknown. Both are copied. Errors as pac_class_new. */
const char *pac_object_server(const struct pac_object *object);
const char *pac_object_namespace(const struct pac_object *object);
enum pac_result pac_object_set_origin(struct pac_object *object, const char *server, const char *namespace_name);

/* Properties ------------------------------------------------------------------------------------------------------ */

/** One property, borrowed until the object is next modified. */
struct pac_property {
  const char *name;
  struct pac_value value; /* class: the default, null when there is none. instance: the effective value */
  const char *origin;     /* name of the class that first declares it; null for an unnamed class */
  bool is_inherited;      /* that is an ancestor */
  bool is_default;        /* class: the default is the parent's; instance: the value is the class's default */
};

/** Properties in declaration order, the inherited ones first. */
uint32_t pac_object_property_count(const struct pac_object *object);
const struct pac_property *pac_object_property_at(const struct pac_object *object, uint32_t index);
/** Null when there is none of that name. */
const struct pac_property *pac_object_property_find(const struct pac_object *object, const char *name);

/**
 * Declares a property of a class; the value gives its type and default. Adds the qualifier CIMTYPE with the type's word.
 *
 * Errors  PAC_RESULT_EXISTS (own or inherited), PAC_RESULT_INVALID_ARGUMENT (an instance; an empty or null name),
 *         PAC_RESULT_LIMIT, those of pac_value_check.
 */
enum pac_result pac_class_property_add(struct pac_object *class_object, const char *name,
                                       const struct pac_value *value);

/**
 * Redeclares a property of a class with another type, also an inherited one, which no base would allow.
 *
 * For classes that a put has to refuse. Errors as pac_class_property_add, PAC_RESULT_NOT_FOUND.
 */
enum pac_result pac_class_property_retype(struct pac_object *class_object, const char *name,
                                          const struct pac_value *value);

/** Removes a property that this class declares. Errors: PAC_RESULT_NOT_FOUND, PAC_RESULT_READ_ONLY (inherited). */
enum pac_result pac_class_property_remove(struct pac_object *class_object, const char *name);

/**
 * Sets a value: the default of a class, the value of an instance. The type has to be the declared one.
 *
 * Errors  PAC_RESULT_NOT_FOUND, PAC_RESULT_TYPE_MISMATCH, those of pac_value_check.
 */
enum pac_result pac_object_property_set(struct pac_object *object, const char *name, const struct pac_value *value);

/**
 * Takes back what was set: an instance takes the class's default again, a class its parent's.
 *
 * Errors  PAC_RESULT_NOT_FOUND, PAC_RESULT_INVALID_ARGUMENT (a null name).
 */
enum pac_result pac_object_property_reset(struct pac_object *object, const char *name);

/* Qualifiers ------------------------------------------------------------------------------------------------------ */

/* The bits are those of the qualifier flavor on the wire. */
enum pac_flavor {
  PAC_FLAVOR_NONE = 0x00,
  PAC_FLAVOR_TO_INSTANCE = 0x01,      /* propagate to instances */
  PAC_FLAVOR_TO_DERIVED = 0x02,       /* propagate to derived classes */
  PAC_FLAVOR_NOT_OVERRIDABLE = 0x10,  /* derived classes and instances may not change it */
  PAC_FLAVOR_INHERITED = 0x20,        /* set by an ancestor or the class, not here */
  PAC_FLAVOR_SYSTEM = 0x40,           /* of a standard system property */
  PAC_FLAVOR_AMENDED = 0x80,          /* localized */
};

/** One qualifier, borrowed until the object is next modified. */
struct pac_qualifier {
  const char *name;
  struct pac_value value;
  uint8_t flavor; /* bits of enum pac_flavor */
};

struct pac_qualifier_set;

/* The qualifiers of the object itself, of one property, of one method; null when there is no such property or method.
 * The set belongs to the object. A derived class's sets show what propagates from its parent, marked inherited; an
 * instance's sets hold only what was set on the instance: what its class says stands in pac_instance_class. */
struct pac_qualifier_set *pac_object_qualifiers(struct pac_object *object);
struct pac_qualifier_set *pac_object_property_qualifiers(struct pac_object *object, const char *property);
struct pac_qualifier_set *pac_object_method_qualifiers(struct pac_object *object, const char *method);
const struct pac_qualifier_set *pac_object_qualifiers_view(const struct pac_object *object);
const struct pac_qualifier_set *pac_object_property_qualifiers_view(const struct pac_object *object,
                                                                    const char *property);
const struct pac_qualifier_set *pac_object_method_qualifiers_view(const struct pac_object *object,
                                                                  const char *method);

uint32_t pac_qualifier_count(const struct pac_qualifier_set *set);
const struct pac_qualifier *pac_qualifier_at(const struct pac_qualifier_set *set, uint32_t index);
/** Null when the set is null or holds none of that name. */
const struct pac_qualifier *pac_qualifier_find(const struct pac_qualifier_set *set, const char *name);
/** True when the set holds a boolean qualifier of that name and it is true. */
bool pac_qualifier_is_true(const struct pac_qualifier_set *set, const char *name);

/**
 * Adds a qualifier or replaces one of that name (an inherited one becomes the set's own).
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT (a null set, an empty or null name), PAC_RESULT_LIMIT, those of pac_value_check.
 */
enum pac_result pac_qualifier_put(struct pac_qualifier_set *set, const char *name, const struct pac_value *value,
                                  uint8_t flavor);
/**
 * Removes a qualifier; where it stood over an inherited one, that one is back.
 *
 * Errors  PAC_RESULT_NOT_FOUND, PAC_RESULT_READ_ONLY (inherited), PAC_RESULT_INVALID_ARGUMENT (a null set or name).
 */
enum pac_result pac_qualifier_remove(struct pac_qualifier_set *set, const char *name);

/* Methods --------------------------------------------------------------------------------------------------------- */

/** One method, borrowed until the object is next modified. */
struct pac_method {
  const char *name;
  const struct pac_object *in;  /* class __PARAMETERS with one property a parameter; null for no parameters */
  const struct pac_object *out; /* the same, with the property ReturnValue; null for none */
  const char *origin;           /* name of the class that first declares it */
  bool is_inherited;
};

uint32_t pac_object_method_count(const struct pac_object *object);
const struct pac_method *pac_object_method_at(const struct pac_object *object, uint32_t index);
const struct pac_method *pac_object_method_find(const struct pac_object *object, const char *name);
/**
 * Declares a method, or redeclares one (an inherited one becomes the class's own). Signatures are copied; either may be
 * null. Errors: PAC_RESULT_INVALID_ARGUMENT (an instance; a signature that is not a class), PAC_RESULT_LIMIT.
 */
enum pac_result pac_class_method_put(struct pac_object *class_object, const char *name, const struct pac_object *in,
                                     const struct pac_object *out);
/** Removes a method; a redeclared one becomes the inherited one again. Errors as pac_class_property_remove. */
enum pac_result pac_class_method_remove(struct pac_object *class_object, const char *name);

/* Keys and comparison --------------------------------------------------------------------------------------------- */

/** True when the property carries the qualifier key with the value true (in an instance: when its class says so). */
bool pac_object_property_is_key(const struct pac_object *object, const char *property);
uint32_t pac_object_key_count(const struct pac_object *object);
/** True when the qualifier singleton is set on the class, or on the class of the instance. */
bool pac_object_is_singleton(const struct pac_object *object);

/** What pac_object_compare leaves out of account; bits. */
enum pac_compare {
  PAC_COMPARE_ALL = 0,
  PAC_COMPARE_IGNORE_ORIGIN = 1,       /* server and namespace */
  PAC_COMPARE_IGNORE_QUALIFIERS = 2,   /* all of them, everywhere */
  PAC_COMPARE_IGNORE_DEFAULTS = 4,     /* whether a value, or CIMTYPE, is set here or taken over: the value counts */
  PAC_COMPARE_IGNORE_ORDER = 8,        /* of properties, qualifiers and methods */
  PAC_COMPARE_IGNORE_DEFINITION = 16,  /* the parent or class that the object carries */
  PAC_COMPARE_IGNORE_SPELLING = 32,    /* letter case of names */
};

/**
 * Compares two objects. On a difference the first one is described in `difference` (may be null) as a sentence part such
 * as `property Size: 3 instead of 4`, where `left` has what comes first.
 */
bool pac_object_compare(const struct pac_object *left, const struct pac_object *right, unsigned ignore,
                        char *difference, size_t difference_size);

/** pac_object_compare with PAC_COMPARE_ALL. Two nulls are equal. */
bool pac_object_equal(const struct pac_object *left, const struct pac_object *right);

/** Prints the object as MOF, for reports. As snprintf. */
size_t pac_object_print(const struct pac_object *object, char *buffer, size_t size);

#ifdef __cplusplus
}
#endif
#endif
