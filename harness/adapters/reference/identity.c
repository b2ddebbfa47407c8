/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The identity of an instance as one text: letter case folded, keys in the order of the class, so that two paths that name
 * the same object have the same one. The class in it is the one that introduces the key: below it no key is taken twice.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store.h"

/* Grows while it is written; `size` counts what is needed, whether or not there is a buffer yet. */
struct writer {
  char *buffer;
  size_t size;
};

static void write_octet(struct writer *writer, char octet) {
  if (writer->buffer != NULL) {
    writer->buffer[writer->size] = octet;
  }
  writer->size += 1;
}

/* The octets 1 and 2 are escaped, so that no text can look like the end of a value. */
static void write_folded(struct writer *writer, const char *text) {
  for (; *text != '\0'; text++) {
    if (*text == '\1' || *text == '\2') {
      write_octet(writer, '\2');
      write_octet(writer, (char)(*text + 2));
      continue;
    }
    write_octet(writer, *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text);
  }
}

/* One key value. Text keeps apart from numbers; the octet 1 ends a value. */
static bool write_value(struct writer *writer, const struct pac_value *value) {
  char digits[32];
  bool is_signed = false;
  if (value->is_array || value->is_null) {
    return false;
  }
  if (value->type == PAC_CIM_STRING || value->type == PAC_CIM_DATETIME || value->type == PAC_CIM_REFERENCE) {
    write_octet(writer, '"');
    write_folded(writer, value->scalar.text);
  } else if (value->type == PAC_CIM_BOOLEAN) {
    write_octet(writer, value->scalar.boolean ? 'T' : 'F');
  } else if (value->type == PAC_CIM_CHAR16) {
    snprintf(digits, sizeof digits, "%u", (unsigned)value->scalar.char16);
    write_folded(writer, digits);
  } else if (pac_cim_type_is_integer(value->type, &is_signed, NULL)) {
    if (is_signed) {
      snprintf(digits, sizeof digits, "%" PRId64, value->scalar.sint);
    } else {
      snprintf(digits, sizeof digits, "%" PRIu64, value->scalar.uint);
    }
    write_folded(writer, digits);
  } else {
    return false;
  }
  write_octet(writer, '\1');
  return true;
}

static const struct pac_path_key *find_key(const struct pac_path *path, const char *name) {
  for (uint32_t i = 0; i < pac_path_key_count(path); i++) {
    const struct pac_path_key *key = pac_path_key_at(path, i);
    if (key->name == NULL || pac_name_compare(key->name, name) == 0) {
      return key;
    }
  }
  return NULL;
}

static bool write_identity(struct writer *writer, const struct ref_class *of, const struct pac_path *path) {
  const struct pac_object *complete = of->complete;
  if (pac_path_is_singleton(path)) {
    write_folded(writer, pac_object_class_name(complete));
    write_octet(writer, '@');
    write_octet(writer, '\0');
    return pac_object_is_singleton(complete);
  }
  uint32_t found = 0;
  write_folded(writer, pac_object_class_name(of->key_root->complete));
  write_octet(writer, '.');
  for (uint32_t i = 0; i < pac_object_property_count(complete); i++) {
    const struct pac_property *property = pac_object_property_at(complete, i);
    if (pac_object_property_is_key(complete, property->name)) {
      const struct pac_path_key *key = find_key(path, property->name);
      if (key == NULL || !write_value(writer, &key->value)) {
        return false;
      }
      found += 1;
    }
  }
  write_octet(writer, '\0');
  return found > 0 && found == pac_path_key_count(path);
}

enum pac_result ref_identity(struct ref_allocation *allocation, const struct ref_class *of,
                             const struct pac_path *path, char **given) {
  struct writer writer = {NULL, 0};
  if (!write_identity(&writer, of, path)) {
    return PAC_RESULT_NOT_FOUND;
  }
  writer = (struct writer){ref_allocate(allocation, writer.size), 0};
  if (writer.buffer == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  write_identity(&writer, of, path);
  *given = writer.buffer;
  return PAC_RESULT_OK;
}
