/* SPDX-License-Identifier: Apache-2.0 */
/* The pool: names that the contract and the wire format give a meaning, and what the documents themselves say. */
#include "names.h"

#include <stdio.h>

static const char *const dictionary[] = {"\"", "key", "", "read", "write", "volatile", "provider", "dynamic",
                                         "cimwin32", "DWORD", "CIMTYPE"};
#define DICTIONARY_COUNT (sizeof dictionary / sizeof dictionary[0])

static const char *const words[] = {
    "key", "abstract", "singleton", "CIMTYPE", "ID", "dynamic", "provider", "Description", "Amendment", "Locale", "DisplayName",
    "override", "Indexed", "not_null", "read", "write", "volatile", "DWORD", "string", "uint32", "sint32", "ref", "object",
    "datetime", "ref:Base", "object:Base", "__PARAMETERS", "ReturnValue", "__CLASS", "__PATH", "__RELPATH", "__GENUS",
    "__SUPERCLASS", "__PUT_EXTENSIONS", "__PUT_EXT_PROPERTIES", "__PUT_EXT_STRICT_NULLS", "__PUT_EXT_ATOMIC",
    "__PUT_EXT_CLIENT_REQUEST", "__ProviderArchitecture", "__RequiredArchitecture", "__CorrelationId", "__Namespace",
    "__SystemClass", "__Provider", "__Win32Provider", "Base", "Derived", "Item", "Id", "Name", "Value", "Data", "A", "b", "",
    "20240101000000.000000+000", "00000001000000.000000:000", "2024010100****.******+000", "Item.Id=1", "Base.Name=\"a\"",
    "\\\\.\\root\\cimv2:Base", "Base=@",
};
#define WORDS_COUNT (sizeof words / sizeof words[0])

void mut_name_of(const char *text, struct name *name) {
  size_t length = strlen(text);
  length = length < NAME_OCTETS_MAX - 2 ? length : NAME_OCTETS_MAX - 2;
  name->octets[0] = 0;
  memcpy(name->octets + 1, text, length);
  name->octets[length + 1] = 0;
  name->size = (uint32_t)length + 2;
}

static bool harvest(const struct document *document, struct random *random, struct name *name) {
  if (document == NULL || document->texts_count == 0) {
    return false;
  }
  uint32_t at = document->texts[random_below(random, document->texts_count)];
  uint32_t size = at < document->size ? mut_text_size(document, at, document->size) : 0;
  if (size == 0 || size > NAME_OCTETS_MAX) {
    return false;
  }
  memcpy(name->octets, document->octets + at, size);
  name->size = size;
  return true;
}

/* A long text: the same one over and over. */
static void lengthen(struct document *document, struct name *name) {
  uint32_t room = (document->max - document->size) / 4;
  uint32_t width = name->octets[0] + 1u;
  uint32_t size = name->size - width;
  uint32_t wanted = size + random_below(document->random, room < NAME_OCTETS_MAX ? room : NAME_OCTETS_MAX);
  if (size < 1 + width || wanted > NAME_OCTETS_MAX - width) {
    return;
  }
  wanted -= (wanted - 1) % width;
  for (uint32_t at = size; at < wanted; at++) {
    name->octets[at] = name->octets[at - size + 1];
  }
  memset(name->octets + wanted, 0, width);
  name->size = wanted + width;
}

void mut_name_pick(struct document *document, struct name *name) {
  struct random *random = document->random;
  uint32_t choice = random_below(random, 8);
  bool is_found = choice < 3   ? harvest(document, random, name)
                  : choice < 5 ? harvest(mut_partner(document), random, name)
                               : false;
  if (!is_found) {
    mut_name_of(words[random_below(random, WORDS_COUNT)], name);
  }
  if (random_chance(random, 1, 64)) {
    lengthen(document, name);
  }
}

void mut_name_fresh(struct document *document, struct name *name) {
  char text[32];
  struct random *random = document->random;
  if (random_chance(random, 1, 4)) {
    do {
      mut_name_pick(document, name);
    } while (name->size < 3);
    return;
  }
  snprintf(text, sizeof text, "%c%u", 'a' + (int)random_below(random, 26), random_below(random, 1000));
  mut_name_of(text, name);
  if (random_chance(random, 1, 8)) {
    /* Outside of Latin-1: written in UTF-16. */
    static const uint8_t wide[] = {1, 0xAC, 0x20, 'x', 0, 0, 0};
    memcpy(name->octets, wide, sizeof wide);
    name->octets[3] = (uint8_t)('a' + random_below(random, 26));
    name->size = sizeof wide;
  }
}

uint32_t mut_name_dictionary(const struct name *name) {
  for (uint32_t i = 0; i < DICTIONARY_COUNT; i++) {
    size_t length = strlen(dictionary[i]);
    if (i != 2 && name->octets[0] == 0 && name->size == length + 2 && memcmp(name->octets + 1, dictionary[i], length) == 0) {
      return 0x80000000u | i;
    }
  }
  return 0;
}

uint32_t mut_name_place(struct document *document, uint16_t heap, const struct name *name) {
  uint32_t ref = mut_name_dictionary(name);
  return ref != 0 ? ref : mut_heap_append(document, heap, name->octets, name->size);
}

const char *mut_type_word(uint32_t type) {
  switch (type & 0xFFu) {
    case 2: return "sint16";
    case 3: return "sint32";
    case 4: return "real32";
    case 5: return "real64";
    case 8: return "string";
    case 11: return "boolean";
    case 13: return "object";
    case 16: return "sint8";
    case 17: return "uint8";
    case 18: return "uint16";
    case 19: return "uint32";
    case 20: return "sint64";
    case 21: return "uint64";
    case 101: return "datetime";
    case 102: return "ref";
    case 103: return "char16";
    default: return NULL;
  }
}

static uint32_t unit_at(const uint8_t *text, uint32_t size, uint32_t index) {
  uint32_t width = text[0] + 1u;
  uint32_t at = 1 + index * width;
  if (at + width > size) {
    return 0;
  }
  uint32_t unit = text[at] | (width == 2 ? (uint32_t)text[at + 1] << 8 : 0);
  return unit >= 'A' && unit <= 'Z' ? unit + 32 : unit;
}

int mut_name_order(const uint8_t *left, uint32_t left_size, const uint8_t *right, uint32_t right_size) {
  for (uint32_t i = 0;; i++) {
    uint32_t a = unit_at(left, left_size, i);
    uint32_t b = unit_at(right, right_size, i);
    if (a != b || a == 0) {
      return a < b ? -1 : a > b;
    }
  }
}

bool mut_name_at(const struct document *document, uint16_t heap, uint32_t ref, struct name *name) {
  if ((ref & 0x80000000u) != 0) {
    uint32_t index = ref & 0x7FFFFFFFu;
    if (index >= DICTIONARY_COUNT) {
      return false;
    }
    mut_name_of(dictionary[index], name);
    return true;
  }
  if (ref >= mut_heap_size(document, heap)) {
    return false;
  }
  uint32_t at = mut_heap_content(document, heap) + ref;
  uint32_t size = mut_text_size(document, at, document->parts[heap].end);
  if (size == 0 || size > NAME_OCTETS_MAX) {
    return false;
  }
  memcpy(name->octets, document->octets + at, size);
  name->size = size;
  return true;
}
