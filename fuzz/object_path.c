/* SPDX-License-Identifier: Apache-2.0 */
/* A path that parses prints, and what it prints parses to an equal path that prints the same; so does the path of an object,
 * and it names the object; nothing else harms. The same octets are a text, and the keys of an object. */
#include "input.h"
#include "pacheck/path.h"

#define KEYS_MAX 8u

static char *print(const struct pac_path *path, enum pac_path_form form) {
  size_t length = pac_path_print(path, form, NULL, 0);
  char *text = malloc(length + 1);
  PAC_CHECK(text != NULL && pac_path_print(path, form, text, length + 1) == length, "printing tells another length");
  PAC_CHECK(strlen(text) == length, "the printed path has another length");
  return text;
}

/* `object` is what the path is of; null when it was read. */
static void check(const struct pac_path *path, enum pac_path_form form, const struct pac_object *object) {
  char *text = print(path, form);
  struct pac_path *again = NULL;
  enum pac_result result = pac_path_parse(NULL, text, &again);
  if (result == PAC_RESULT_LIMIT) {
    free(text); /* escapes can make the printed form longer than a path may be */
    return;
  }
  PAC_CHECK(result == PAC_RESULT_OK, "%s does not parse: %s", text, pac_result_text(result));
  PAC_CHECK(pac_path_equal(path, again) && pac_path_equal(again, path), "%s is another path", text);
  PAC_CHECK(pac_path_is_singleton(path) == pac_path_is_singleton(again), "%s is another path", text);
  PAC_CHECK(object == NULL || pac_path_names_object(again, object), "%s names another object", text);
  char *second = print(again, form);
  PAC_CHECK(strcmp(text, second) == 0, "%s prints as %s", text, second);
  free(second);
  free(text);
  pac_path_free(again);
}

static void check_keys(const struct pac_path *path) {
  const char *space = pac_path_namespace(path);
  PAC_CHECK(space == NULL || strchr(space, '/') == NULL, "the namespace is kept with slashes: %s", space);
  for (uint32_t i = 0; i < pac_path_key_count(path); i++) {
    for (uint32_t j = 0; j < i; j++) {
      const char *name = pac_path_key_at(path, i)->name;
      PAC_CHECK(pac_name_compare(name, pac_path_key_at(path, j)->name) != 0, "two keys have the name %s", name);
    }
  }
}

/* Text of the octets up to a control character; seven bits of each. */
static const char *take_text(struct pac_input *input, char *text, size_t room) {
  size_t length = 0;
  for (uint8_t octet = pac_input_u8(input) & 0x7Fu; octet >= ' ' && octet < 0x7Fu && length + 1 < room;
       octet = pac_input_u8(input) & 0x7Fu) {
    text[length++] = (char)octet;
  }
  text[length] = '\0';
  return text;
}

static struct pac_value take_value(struct pac_input *input, char *text, size_t room) {
  uint64_t number = (uint64_t)pac_input_u32(input) << 32 | pac_input_u32(input);
  switch (pac_input_below(input, 6)) {
    case 0: return pac_value_boolean((number & 1) != 0);
    case 1: return pac_value_uint(PAC_CIM_UINT64, number);
    case 2: return pac_value_sint(PAC_CIM_SINT64, (int64_t)number);
    case 3: return pac_value_sint(PAC_CIM_SINT8, (int8_t)number);
    case 4: return pac_value_char16((uint16_t)number);
    default: return pac_value_string(take_text(input, text, room));
  }
}

/* An instance whose keys, or being a singleton, are what the octets say. */
static struct pac_object *make_object(struct pac_input *input) {
  struct pac_object *class_object = NULL;
  struct pac_object *instance = NULL;
  struct pac_value yes = pac_value_boolean(true);
  char name[] = "K0";
  char text[64];
  uint32_t count = pac_input_below(input, KEYS_MAX + 1);
  PAC_CHECK(pac_class_new(NULL, "Made", &class_object) == PAC_RESULT_OK, "not enough memory");
  if (count == 0) {
    pac_qualifier_put(pac_object_qualifiers(class_object), "singleton", &yes, PAC_FLAVOR_TO_DERIVED);
  }
  for (uint32_t i = 0; i < count; i++) {
    struct pac_value value = take_value(input, text, sizeof text);
    name[1] = (char)('0' + i);
    PAC_CHECK(pac_class_property_add(class_object, name, &value) == PAC_RESULT_OK, "the value is none");
    pac_qualifier_put(pac_object_property_qualifiers(class_object, name), "key", &yes, PAC_FLAVOR_TO_DERIVED);
  }
  PAC_CHECK(pac_instance_new(NULL, class_object, &instance) == PAC_RESULT_OK, "not enough memory");
  pac_object_free(class_object);
  pac_object_set_origin(instance, pac_input_bool(input) ? "here" : NULL, take_text(input, text, sizeof text));
  return instance;
}

static void check_made(const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  struct pac_object *object = make_object(&input);
  struct pac_path *path = NULL;
  enum pac_result result = pac_path_of_object(NULL, object, &path);
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_INVALID_ARGUMENT, "%s", pac_result_text(result));
  if (result == PAC_RESULT_OK) {
    check(path, PAC_PATH_FULL, object);
    check(path, PAC_PATH_RELATIVE, object);
  }
  pac_path_free(path);
  pac_object_free(object);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  PAC_CHECK(text != NULL, "not enough memory");
  memcpy(text, data, size);
  text[size] = '\0';
  struct pac_path *path = NULL;
  enum pac_result result = pac_path_parse(NULL, text, &path);
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_MALFORMED || result == PAC_RESULT_LIMIT, "%s",
            pac_result_text(result));
  PAC_CHECK((path != NULL) == (result == PAC_RESULT_OK), "%s", pac_result_text(result));
  if (path != NULL) {
    check(path, PAC_PATH_FULL, NULL);
    check(path, PAC_PATH_RELATIVE, NULL);
    check_keys(path);
  }
  pac_path_free(path);
  free(text);
  check_made(data, size);
  return 0;
}
