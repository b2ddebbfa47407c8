/* SPDX-License-Identifier: Apache-2.0 */
/* The writer behind the encoders: growth, back-patching and text. What is written where is left to them. */
#include "encoding/writer.h"

#include <stdlib.h>
#include <string.h>

#include "object/memory_source.h"
#include "object/text.h"

#define FIRST_CAPACITY 1024u

void pac_octets_free(const struct pac_memory *memory, struct pac_octets *octets) {
  if (octets->data != NULL) {
    pac_memory_resize(memory, octets->data, 0);
  }
  *octets = (struct pac_octets){.data = NULL};
}

void pac_writer_init(struct writer *writer, const struct pac_memory *memory, unsigned options) {
  *writer = (struct writer){.memory = memory, .options = options};
}

enum pac_result pac_writer_finish(struct writer *writer, struct pac_octets *given) {
  pac_arena_free(writer->orders);
  struct pac_octets octets = {writer->data, writer->size};
  if (writer->result != PAC_RESULT_OK) {
    pac_octets_free(writer->memory, &octets);
    return writer->result;
  }
  *given = octets;
  return PAC_RESULT_OK;
}

void pac_writer_fail(struct writer *writer, enum pac_result result) {
  if (writer->result == PAC_RESULT_OK) {
    writer->result = result;
  }
}

/* Room for `count` more octets. */
static bool has_room(struct writer *writer, size_t count) {
  if (writer->result != PAC_RESULT_OK) {
    return false;
  }
  if (count > PAC_ENCODING_OCTETS_MAX - writer->size) {
    pac_writer_fail(writer, PAC_RESULT_LIMIT);
    return false;
  }
  size_t wanted = writer->size + count;
  if (wanted <= writer->capacity) {
    return true;
  }
  size_t capacity = writer->capacity == 0 ? FIRST_CAPACITY : writer->capacity;
  while (capacity < wanted) {
    capacity *= 2;
  }
  uint8_t *data = pac_memory_resize(writer->memory, writer->data, capacity);
  if (data == NULL) {
    pac_writer_fail(writer, PAC_RESULT_NO_MEMORY);
    return false;
  }
  writer->data = data;
  writer->capacity = capacity;
  return true;
}

size_t pac_writer_fill(struct writer *writer, size_t count, uint8_t octet) {
  if (!has_room(writer, count)) {
    return 0;
  }
  size_t at = writer->size;
  if (count > 0) {
    memset(writer->data + at, octet, count);
    writer->size += count;
  }
  return at;
}

void pac_writer_append(struct writer *writer, const void *octets, size_t count) {
  if (count > 0 && has_room(writer, count)) {
    memcpy(writer->data + writer->size, octets, count);
    writer->size += count;
  }
}

void pac_writer_set(struct writer *writer, size_t at, uint64_t value, unsigned octets) {
  if (writer->result == PAC_RESULT_OK) {
    for (unsigned i = 0; i < octets; i++) {
      writer->data[at + i] = (uint8_t)(value >> (8 * i));
    }
  }
}

void pac_writer_set_length(struct writer *writer, size_t at, size_t from) {
  pac_writer_set(writer, at, (uint32_t)(writer->size - from), 4);
}

void pac_writer_u8(struct writer *writer, uint8_t value) {
  pac_writer_append(writer, &value, 1);
}

void pac_writer_u16(struct writer *writer, uint16_t value) {
  pac_writer_set(writer, pac_writer_fill(writer, 2, 0), value, 2);
}

void pac_writer_u32(struct writer *writer, uint32_t value) {
  pac_writer_set(writer, pac_writer_fill(writer, 4, 0), value, 4);
}

/* Text ------------------------------------------------------------------------------------------------------------ */

uint32_t pac_writer_units(struct writer *writer, const char *text) {
  uint32_t units = 0;
  size_t octets = 0;
  for (uint32_t code = pac_text_code_point(text, &octets); octets > 0;
       text += octets, code = pac_text_code_point(text, &octets)) {
    if (code >= 0x10000u) {
      pac_writer_u16(writer, (uint16_t)(0xD800u | (code - 0x10000u) >> 10));
      pac_writer_u16(writer, (uint16_t)(0xDC00u | (code & 0x3FFu)));
      units += 2;
    } else {
      pac_writer_u16(writer, (uint16_t)code);
      units += 1;
    }
  }
  return units;
}

/* Octets above U+00FF begin with a lead octet of 0xC4 or more. */
static bool is_latin(const char *text, size_t length, bool *is_ascii) {
  unsigned char most = 0;
  for (size_t i = 0; i < length; i++) {
    unsigned char octet = (unsigned char)text[i];
    most = octet > most ? octet : most;
  }
  *is_ascii = most < 0x80;
  return most < 0xC4;
}

void pac_writer_text(struct writer *writer, const char *text) {
  size_t length = strlen(text);
  bool is_ascii = true;
  if (!is_latin(text, length, &is_ascii)) {
    pac_writer_u8(writer, 1);
    pac_writer_units(writer, text);
    pac_writer_u16(writer, 0);
    return;
  }
  pac_writer_u8(writer, 0);
  if (is_ascii) {
    pac_writer_append(writer, text, length + 1);
    return;
  }
  for (size_t i = 0; i <= length; i++) {
    unsigned char octet = (unsigned char)text[i];
    if (octet >= 0xC0) {
      i += 1;
      octet = (unsigned char)((unsigned)octet << 6 | ((unsigned char)text[i] & 0x3Fu));
    }
    pac_writer_u8(writer, octet);
  }
}
