/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Objects made from a seed through the public interface: classes with ancestors, methods and qualifiers, instances with
 * values of every type. The same seed makes the same object everywhere. For tests and the differential test.
 */
#ifndef PACHECK_ENCODING_GENERATED_H
#define PACHECK_ENCODING_GENERATED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pacheck/object.h"

#define GENERATED_ELEMENTS_MAX 4u
#define GENERATED_DEPTH_MAX 3u

struct generator {
  uint64_t state;
  unsigned depth; /* of embedded objects */
  bool is_plain;  /* nothing on which impacket gives up: no unpaired surrogate, no real but in arrays, no qualifiers
                     on the properties of an instance, no class default that is an object */
};

static inline uint64_t generator_next(struct generator *generator) {
  uint64_t z = generator->state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static inline uint32_t generator_below(struct generator *generator, uint32_t bound) {
  return (uint32_t)(generator_next(generator) % bound);
}

/* Ends the program: a generator that cannot make its object has nothing to hand on. */
static inline void generator_must(enum pac_result result) {
  if (result != PAC_RESULT_OK) {
    fprintf(stderr, "the generator failed: %s\n", pac_result_text(result));
    abort();
  }
}

static inline const char *generator_text(struct generator *generator) {
  static const char *const texts[] = {
      "", "a", "key", "DWORD", "CIMTYPE", "plain text", "caf\xC3\xA9 \xC3\xBF", "\xE6\xBC\xA2\xE5\xAD\x97",
      "\xF0\x9D\x84\x9E clef", "quote \" and \\", "tab\tand line\n", ("a rather longer text, of more than sixty-four "
      "octets, so that it takes several words of a bit map"), "\xED\xA0\x80 unpaired"};
  uint32_t count = (uint32_t)(sizeof texts / sizeof texts[0]);
  return texts[generator_below(generator, generator->is_plain ? count - 1 : count)];
}

static inline struct pac_object *generator_instance(struct generator *generator);

static inline union pac_scalar generator_scalar(struct generator *generator, enum pac_cim_type type,
                                                struct pac_object **embedded) {
  static const char *const datetimes[] = {"20240229120000.000000-480", "00000001132312.125000:000",
                                          "2024****120000.******+060"};
  static const char *const references[] = {"Thing.Key=\"a\"", "root\\ns:Thing=@", "\\\\server\\root:Other.N=1"};
  union pac_scalar scalar = {.uint = 0};
  uint64_t bits = generator_next(generator);
  bool is_signed = false;
  unsigned width = 0;
  if (generator_below(generator, 4) == 0) {
    bits = generator_below(generator, 2) == 0 ? 0 : UINT64_MAX;
  }
  if (pac_cim_type_is_integer(type, &is_signed, &width)) {
    if (is_signed) {
      scalar.sint = (int64_t)bits >> (64 - width);
    } else {
      scalar.uint = bits >> (64 - width);
    }
    return scalar;
  }
  switch (type) {
    case PAC_CIM_REAL32: scalar.real32 = (float)(int32_t)bits / 7.0f; break;
    case PAC_CIM_REAL64: scalar.real64 = (double)(int64_t)bits / 3.0; break;
    case PAC_CIM_BOOLEAN: scalar.boolean = (bits & 1) != 0; break;
    case PAC_CIM_CHAR16: scalar.char16 = (uint16_t)bits; break;
    case PAC_CIM_DATETIME: scalar.text = datetimes[bits % 3]; break;
    case PAC_CIM_REFERENCE: scalar.text = references[bits % 3]; break;
    case PAC_CIM_OBJECT: scalar.object = *embedded = generator_instance(generator); break;
    default: scalar.text = generator_text(generator);
  }
  return scalar;
}

/* A value on loan: `storage` and `embedded` hold what it refers to. */
struct generated_value {
  struct pac_value value;
  union pac_scalar storage[GENERATED_ELEMENTS_MAX];
  struct pac_object *embedded[GENERATED_ELEMENTS_MAX];
};

static inline void generator_value(struct generator *generator, enum pac_cim_type type, bool is_array, bool may_be_null,
                                   struct generated_value *made) {
  memset(made, 0, sizeof *made);
  if (may_be_null && generator_below(generator, 4) == 0) {
    made->value = pac_value_null(type, is_array);
    return;
  }
  uint32_t count = is_array ? generator_below(generator, GENERATED_ELEMENTS_MAX + 1) : 1;
  for (uint32_t i = 0; i < count; i++) {
    made->storage[i] = generator_scalar(generator, type, &made->embedded[i]);
  }
  if (is_array) {
    made->value = pac_value_array(type, made->storage, count);
  } else {
    made->value = (struct pac_value){.type = type, .scalar = made->storage[0]};
  }
}

static inline void generated_value_reset(struct generated_value *made) {
  for (uint32_t i = 0; i < GENERATED_ELEMENTS_MAX; i++) {
    pac_object_free(made->embedded[i]);
  }
}

static inline enum pac_cim_type generator_type(struct generator *generator) {
  static const enum pac_cim_type types[] = {
#define GENERATOR_TYPE(name, number, word, member) PAC_CIM_##name,
      PAC_CIM_TYPE_MAP(GENERATOR_TYPE)
#undef GENERATOR_TYPE
  };
  enum pac_cim_type type = types[generator_below(generator, (uint32_t)(sizeof types / sizeof types[0]))];
  return type == PAC_CIM_OBJECT && generator->depth >= GENERATED_DEPTH_MAX ? PAC_CIM_STRING : type;
}

static inline void generator_qualifiers(struct generator *generator, struct pac_qualifier_set *set) {
  static const char *const names[] = {"key", "read", "Description", "MaxLen", "Values", "provider", "\xC3\x84-ra", "Weight"};
  static const enum pac_cim_type types[] = {PAC_CIM_BOOLEAN, PAC_CIM_BOOLEAN, PAC_CIM_STRING, PAC_CIM_SINT32,
                                            PAC_CIM_STRING,  PAC_CIM_STRING,  PAC_CIM_STRING, PAC_CIM_REAL64};
  static const uint8_t flavors[] = {0x00, 0x01, 0x02, 0x03, 0x13, 0x80};
  uint32_t count = generator_below(generator, 4);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t which = generator_below(generator, generator->is_plain ? 7 : 8);
    struct generated_value made;
    generator_value(generator, types[which], which == 4, false, &made);
    generator_must(pac_qualifier_put(set, names[which], &made.value, flavors[generator_below(generator, 6)]));
    generated_value_reset(&made);
  }
}

static inline void generator_properties(struct generator *generator, struct pac_object *class_object) {
  static const char *const stems[] = {"Size", "name", "_under", "Zeta", "A", "aa", "\xC3\x9C-ber", "\xE6\xBC\xA2"};
  uint32_t count = generator_below(generator, 6);
  for (uint32_t i = 0; i < count; i++) {
    char name[64];
    struct generated_value made;
    snprintf(name, sizeof name, "%s%u", stems[generator_below(generator, 8)],
             (unsigned)pac_object_property_count(class_object));
    enum pac_cim_type type = generator_type(generator);
    bool is_real = type == PAC_CIM_REAL32 || type == PAC_CIM_REAL64;
    bool is_array = generator_below(generator, 3) == 0 || (is_real && generator->is_plain);
    generator_value(generator, type, is_array, true, &made);
    if (generator->is_plain && type == PAC_CIM_OBJECT && !is_array) {
      made.value = pac_value_null(type, false);
    }
    generator_must(pac_class_property_add(class_object, name, &made.value));
    generator_qualifiers(generator, pac_object_property_qualifiers(class_object, name));
    generated_value_reset(&made);
  }
}

/* A signature with the parameters first..last, each with its ID; with ReturnValue when `has_return`. */
static inline struct pac_object *generator_signature(uint32_t first, uint32_t last, bool has_return) {
  struct pac_object *signature = NULL;
  struct pac_value truth = pac_value_boolean(true);
  struct pac_value absent = pac_value_null(PAC_CIM_STRING, false);
  struct pac_value number = pac_value_null(PAC_CIM_UINT32, false);
  generator_must(pac_class_new(NULL, "__PARAMETERS", &signature));
  generator_must(pac_qualifier_put(pac_object_qualifiers(signature), "abstract", &truth, 0));
  for (uint32_t id = first; id <= last; id++) {
    char name[32];
    struct pac_value id_value = pac_value_sint(PAC_CIM_SINT32, id);
    snprintf(name, sizeof name, "Parameter%u", (unsigned)id);
    generator_must(pac_class_property_add(signature, name, &absent));
    generator_must(pac_qualifier_put(pac_object_property_qualifiers(signature, name), "ID", &id_value, 0x11));
  }
  if (has_return) {
    generator_must(pac_class_property_add(signature, "ReturnValue", &number));
  }
  return signature;
}

static inline void generator_methods(struct generator *generator, struct pac_object *class_object) {
  uint32_t count = generator_below(generator, 3);
  for (uint32_t i = 0; i < count; i++) {
    char name[32];
    snprintf(name, sizeof name, "Method%u", (unsigned)pac_object_method_count(class_object));
    struct pac_object *in = generator_below(generator, 2) == 0 ? NULL : generator_signature(0, 1, false);
    struct pac_object *out = generator_below(generator, 2) == 0 ? NULL : generator_signature(1, 2, true);
    generator_must(pac_class_method_put(class_object, name, in, out));
    generator_qualifiers(generator, pac_object_method_qualifiers(class_object, name));
    pac_object_free(in);
    pac_object_free(out);
  }
}

/** A class with up to two ancestors. The caller frees it. */
static inline struct pac_object *generator_class(struct generator *generator) {
  static const char *const names[] = {"Root", "Middle", "Leaf"};
  struct pac_object *class_object = NULL;
  uint32_t levels = 1 + generator_below(generator, 3);
  for (uint32_t i = 0; i < levels; i++) {
    struct pac_object *base = class_object;
    if (base == NULL) {
      generator_must(pac_class_new(NULL, names[i], &class_object));
    } else {
      generator_must(pac_class_derive(NULL, base, names[i], &class_object));
      pac_object_free(base);
      if (pac_object_property_count(class_object) > 0 && generator_below(generator, 2) == 0) {
        const struct pac_property *inherited = pac_object_property_at(class_object, 0);
        struct generated_value made;
        char name[64];
        snprintf(name, sizeof name, "%s", inherited->name);
        generator_value(generator, inherited->value.type == PAC_CIM_OBJECT ? PAC_CIM_STRING : inherited->value.type,
                        inherited->value.is_array, true, &made);
        if (made.value.type == inherited->value.type) {
          generator_must(pac_object_property_set(class_object, name, &made.value));
        }
        generated_value_reset(&made);
      }
    }
    generator_qualifiers(generator, pac_object_qualifiers(class_object));
    generator_properties(generator, class_object);
    generator_methods(generator, class_object);
  }
  if (generator_below(generator, 2) == 0) {
    generator_must(pac_object_set_origin(class_object, "SERVER-1", "root\\test"));
  }
  return class_object;
}

/** An instance of a class of its own. The caller frees it. */
static inline struct pac_object *generator_instance(struct generator *generator) {
  struct pac_object *instance = NULL;
  generator->depth += 1;
  struct pac_object *class_object = generator_class(generator);
  generator_must(pac_instance_new(NULL, class_object, &instance));
  pac_object_free(class_object);
  for (uint32_t i = 0; i < pac_object_property_count(instance); i++) {
    const struct pac_property *property = pac_object_property_at(instance, i);
    struct generated_value made;
    char name[64];
    snprintf(name, sizeof name, "%s", property->name);
    if (generator_below(generator, 4) != 0 &&
        (property->value.type != PAC_CIM_OBJECT || generator->depth < GENERATED_DEPTH_MAX)) {
      generator_value(generator, property->value.type, property->value.is_array, true, &made);
      generator_must(pac_object_property_set(instance, name, &made.value));
      generated_value_reset(&made);
    }
    if (!generator->is_plain && generator_below(generator, 8) == 0) {
      generator_qualifiers(generator, pac_object_property_qualifiers(instance, name));
    }
  }
  if (generator_below(generator, 4) == 0) {
    generator_qualifiers(generator, pac_object_qualifiers(instance));
  }
  generator->depth -= 1;
  return instance;
}

#endif
