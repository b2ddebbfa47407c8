/* SPDX-License-Identifier: Apache-2.0 */
/* Whichever request for memory fails, decoding, building the model and encoding end with PAC_RESULT_NO_MEMORY, give
 * nothing and leak nothing; with all of them granted the result is the same as before. The container is told by its
 * first octets. */
#include "decoded.h"

#define REQUESTS_MAX 400u

/* A source whose nth request fails, and all after it when it `stays`. */
struct scarce {
  struct pac_memory memory;
  uint32_t countdown; /* 0: never */
  uint32_t live;
  bool stays;
  bool has_failed;
};

static void *scarce_resize(void *context, void *block, size_t size) {
  struct scarce *scarce = context;
  if (size == 0) {
    scarce->live -= block != NULL;
    free(block);
    return NULL;
  }
  if ((scarce->has_failed && scarce->stays) || (scarce->countdown > 0 && --scarce->countdown == 0)) {
    scarce->has_failed = true;
    return NULL;
  }
  void *grown = realloc(block, size);
  PAC_CHECK(grown != NULL, "not enough memory");
  scarce->live += block == NULL;
  return grown;
}

/* What one attempt came to; `size` is that of the encoding. */
struct attempt {
  enum pac_result result;
  size_t size;
};

static enum pac_result encode_unit(const struct pac_memory *memory, const uint8_t *octets, size_t size,
                                   struct pac_decoding *decoding, struct pac_octets *encoded) {
  struct pac_object *object = NULL;
  enum pac_result result = pac_unit_decode(memory, octets, size, decoding, &object);
  PAC_CHECK((result == PAC_RESULT_OK) == (object != NULL), "%s", pac_result_text(result));
  if (result == PAC_RESULT_OK) {
    result = pac_unit_encode(memory, object, PAC_ENCODE_DICTIONARY_VALUES, encoded);
  }
  pac_object_free(object);
  return result;
}

static enum pac_result encode_context(const struct pac_memory *memory, const uint8_t *octets, size_t size,
                                      struct pac_decoding *decoding, struct pac_octets *encoded) {
  static const uint8_t guid[PAC_CONTEXT_GUID_OCTETS] = {1, 2, 3};
  struct pac_named_values *set = NULL;
  enum pac_result result = pac_context_decode(memory, octets, size, decoding, &set);
  PAC_CHECK((result == PAC_RESULT_OK) == (set != NULL), "%s", pac_result_text(result));
  if (result == PAC_RESULT_OK) {
    result = pac_context_encode(memory, set, guid, PAC_ENCODE_DICTIONARY_VALUES, encoded);
  }
  pac_named_values_free(set);
  return result;
}

/* The array comes twice, so that the second one finds its classes known. */
static enum pac_result encode_array(const struct pac_memory *memory, const uint8_t *octets, size_t size,
                                    struct pac_decoding *decoding, struct pac_octets *encoded) {
  struct pac_class_table *known = NULL;
  struct pac_object_array *arrays[2] = {NULL, NULL};
  enum pac_result result = pac_class_table_new(memory, &known);
  for (unsigned i = 0; i < 2 && result == PAC_RESULT_OK; i++) {
    result = pac_object_array_decode(memory, octets, size, decoding, known, &arrays[i]);
    PAC_CHECK((result == PAC_RESULT_OK) == (arrays[i] != NULL), "%s", pac_result_text(result));
  }
  if (result == PAC_RESULT_OK) {
    uint32_t count = pac_object_array_count(arrays[1]);
    result = pac_object_array_encode(memory, count == 0 ? NULL : pac_object_array_at(arrays[1], 0), count,
                                     PAC_PACKET_NEXT, PAC_ENCODE_DICTIONARY_VALUES, encoded);
  }
  pac_object_array_free(arrays[0]);
  pac_object_array_free(arrays[1]);
  pac_class_table_free(known);
  return result;
}

static struct attempt attempt(const uint8_t *octets, size_t size, struct scarce *scarce) {
  struct pac_octets encoded = {NULL, 0};
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  struct attempt made = {PAC_RESULT_OK, 0};
  scarce->memory = (struct pac_memory){.resize = scarce_resize, .context = scarce};
  switch (pac_encoding_recognise(octets, size)) {
    case PAC_ENCODING_UNIT:
      made.result = encode_unit(&scarce->memory, octets, size, &decoding, &encoded);
      break;
    case PAC_ENCODING_OBJECT_ARRAY:
      made.result = encode_array(&scarce->memory, octets, size, &decoding, &encoded);
      break;
    default:
      made.result = encode_context(&scarce->memory, octets, size, &decoding, &encoded);
  }
  PAC_CHECK((made.result == PAC_RESULT_OK) == (encoded.data != NULL), "%s", pac_result_text(made.result));
  made.size = encoded.size;
  pac_octets_free(&scarce->memory, &encoded);
  PAC_CHECK(scarce->live == 0, "%u blocks leak when a request fails", (unsigned)scarce->live);
  return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  uint8_t *octets = pac_input_take(&input, size);
  struct scarce plenty = {.countdown = 0};
  struct attempt expected = attempt(octets, size, &plenty);
  for (uint32_t nth = 1; nth <= REQUESTS_MAX; nth++) {
    struct scarce scarce = {.countdown = nth, .stays = nth % 2 != 0};
    struct attempt made = attempt(octets, size, &scarce);
    if (!scarce.has_failed) {
      PAC_CHECK(made.result == expected.result && made.size == expected.size, "another result: %s",
                pac_result_text(made.result));
      break;
    }
    PAC_CHECK(made.result == PAC_RESULT_NO_MEMORY, "request %u failed: %s", (unsigned)nth,
              pac_result_text(made.result));
  }
  free(octets);
  return 0;
}
