/* SPDX-License-Identifier: Apache-2.0 */
/* An object that came from octets is an ordinary object: no two of its members have one name, a copy, a derived class and
 * an instance of it can be made and changed, and each encodes and decodes to an equal object, however it was changed. */
#include "decoded.h"

#define CHANGES_MAX 8u

/* A value of the property's own type that is neither null nor what fresh memory holds. */
static struct pac_value value_for(const struct pac_property *property, const struct pac_object *object, uint8_t octet) {
  /* The second holds the last letter of Latin-1 and the first one beyond. */
  static const char *const texts[] = {"key", "\xC3\xBF\xC4\x80", "\xE2\x82\xAC"};
  if (property->value.is_array || octet % 4 == 0) {
    return pac_value_null(property->value.type, property->value.is_array);
  }
  switch (property->value.type) {
    case PAC_CIM_STRING: return pac_value_string(texts[octet % 3]);
    case PAC_CIM_DATETIME: return pac_value_datetime("20240101000000.000000+000");
    case PAC_CIM_REFERENCE: return pac_value_reference("A.K=1");
    case PAC_CIM_BOOLEAN: return pac_value_boolean(octet % 2 == 0);
    case PAC_CIM_REAL32: return pac_value_real32((float)octet);
    case PAC_CIM_REAL64: return pac_value_real64(octet);
    case PAC_CIM_CHAR16: return pac_value_char16(octet);
    case PAC_CIM_OBJECT: return pac_value_object(object);
    case PAC_CIM_SINT8:
    case PAC_CIM_SINT16:
    case PAC_CIM_SINT32:
    case PAC_CIM_SINT64: return pac_value_sint(property->value.type, -(octet % 128));
    default: return pac_value_uint(property->value.type, octet);
  }
}

static void check_qualifiers(const struct pac_qualifier_set *set, const char *of) {
  for (uint32_t i = 0; i < pac_qualifier_count(set); i++) {
    const struct pac_qualifier *at = pac_qualifier_at(set, i);
    PAC_CHECK(at->name[0] != '\0' && pac_qualifier_find(set, at->name) == at, "%s: two qualifiers %s", of, at->name);
  }
}

/* What the model's own functions would not have let in. */
static void check_names(const struct pac_object *object) {
  const char *class_name = pac_object_class_name(object);
  check_qualifiers(pac_object_qualifiers_view(object), class_name);
  for (uint32_t i = 0; i < pac_object_property_count(object); i++) {
    const char *name = pac_object_property_at(object, i)->name;
    PAC_CHECK(pac_object_property_find(object, name) == pac_object_property_at(object, i), "two properties %s", name);
    check_qualifiers(pac_object_property_qualifiers_view(object, name), name);
  }
  for (uint32_t i = 0; i < pac_object_method_count(object); i++) {
    const char *name = pac_object_method_at(object, i)->name;
    PAC_CHECK(pac_object_method_find(object, name) == pac_object_method_at(object, i), "two methods %s", name);
    check_qualifiers(pac_object_method_qualifiers_view(object, name), name);
  }
  for (uint32_t i = 0; i < pac_object_ancestor_count(object); i++) {
    const char *name = pac_object_ancestor_at(object, i);
    bool is_repeated = pac_object_genus(object) == PAC_GENUS_CLASS && pac_name_compare(name, class_name) == 0;
    for (uint32_t j = 0; j < i; j++) {
      is_repeated = is_repeated || pac_name_compare(name, pac_object_ancestor_at(object, j)) == 0;
    }
    PAC_CHECK(!is_repeated, "%s is an ancestor twice, or its own", name);
  }
}

/* What belongs to the object itself, not to one of its properties. */
static void change_whole(struct pac_object *object, const struct pac_object *original, uint8_t octet) {
  struct pac_value yes = pac_value_boolean(true);
  bool is_class = pac_object_genus(object) == PAC_GENUS_CLASS;
  switch (octet % 4) {
    case 0: pac_qualifier_put(pac_object_qualifiers(object), "read", &yes, octet & PAC_FLAVOR_TO_DERIVED); break;
    case 1: pac_object_set_origin(object, "here", octet < 128 ? "root" : "root\\\xC3\xA9"); break;
    case 2: pac_object_set_origin(object, NULL, NULL); break;
    default:
      if (is_class) {
        bool is_input = (octet & 4) != 0;
        pac_class_method_put(object, "Made", is_input ? original : NULL, is_input && octet < 128 ? NULL : original);
      }
  }
}

static void change(struct pac_object *object, const struct pac_object *original, struct pac_input *input) {
  uint32_t count = pac_object_property_count(object);
  uint8_t octet = pac_input_u8(input);
  if (count == 0 || octet % 8 == 7) {
    change_whole(object, original, pac_input_u8(input));
    return;
  }
  const struct pac_property *property = pac_object_property_at(object, octet % count);
  /* The name has to outlive the change. */
  char *name = strdup(property->name);
  struct pac_value value = value_for(property, original, pac_input_u8(input));
  struct pac_value yes = pac_value_boolean(true);
  PAC_CHECK(name != NULL, "not enough memory");
  switch (octet / 64) {
    case 0:
    case 1: pac_object_property_set(object, name, &value); break;
    case 2: pac_object_property_reset(object, name); break;
    default: pac_qualifier_put(pac_object_property_qualifiers(object, name), "volatile", &yes, PAC_FLAVOR_TO_DERIVED);
  }
  free(name);
}

static void check_made(struct pac_object *made, const struct pac_object *original, struct pac_input *input) {
  for (unsigned i = 0; made != NULL && i < CHANGES_MAX && input->size > 0; i++) {
    change(made, original, input);
  }
  /* Only what the strict profile would take has to come back; a changed object can be outside of it. */
  struct pac_octets octets = {NULL, 0};
  struct pac_object *again = NULL;
  struct pac_decoding decoding;
  if (made != NULL && pac_unit_encode(NULL, made, PAC_ENCODE_CANONICAL, &octets) == PAC_RESULT_OK) {
    if (decoded_unit(octets.data, octets.size, PAC_ENCODING_TOLERANT, &decoding, &again)) {
      decoded_check_same(made, again, "after a change");
    }
  }
  pac_octets_free(NULL, &octets);
  pac_object_free(again);
  pac_object_free(made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_object *object = NULL;
  struct pac_object *made = NULL;
  struct pac_decoding decoding;
  if (!decoded_unit(data, size, PAC_ENCODING_STRICT, &decoding, &object)) {
    return 0;
  }
  struct pac_input input = {data, size};
  check_names(object);
  PAC_CHECK(pac_object_clone(NULL, object, &made) == PAC_RESULT_OK, "clone");
  decoded_check_same(object, made, "a clone");
  check_made(made, object, &input);
  made = NULL;
  if (pac_object_genus(object) == PAC_GENUS_CLASS) {
    if (pac_class_derive(NULL, object, "Derived", &made) == PAC_RESULT_OK) {
      check_made(made, object, &input);
      made = NULL;
    }
    if (pac_instance_new(NULL, object, &made) == PAC_RESULT_OK) {
      check_made(made, object, &input);
    }
  }
  pac_object_free(object);
  return 0;
}
