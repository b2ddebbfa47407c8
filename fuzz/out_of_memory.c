/* SPDX-License-Identifier: Apache-2.0 */
/* Whichever request for memory fails, decoding, building the model, encoding and printing end with the word for it,
 * give nothing and leak nothing; with all of them granted the result is the same as before. The container is told by
 * its first octets. */
#include "decoded.h"
#include "encoding/dump.h"

/* Each of the first requests, then a quarter more at a time. */
#define REQUESTS_EACH 24u
#define REQUESTS_MAX 4096u

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

/* Decodes, models and encodes. */
static struct attempt code(const uint8_t *octets, size_t size, struct scarce *scarce) {
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

/* Printing: jansson asks the source that stands here, as its functions are told nothing but the size. */
static struct scarce *json_source;

static void *json_request(size_t size) {
  return scarce_resize(json_source, NULL, size);
}

static void json_release(void *block) {
  scarce_resize(json_source, block, 0);
}

static struct attempt print(const uint8_t *octets, size_t size, struct scarce *scarce) {
  char *texts[2] = {NULL, NULL};
  size_t sizes[2];
  FILE *out = open_memstream(&texts[0], &sizes[0]);
  FILE *err = open_memstream(&texts[1], &sizes[1]);
  PAC_CHECK(out != NULL && err != NULL, "not enough memory");
  scarce->memory = (struct pac_memory){.resize = scarce_resize, .context = scarce};
  json_source = scarce;
  json_set_alloc_funcs(json_request, json_release);
  enum pac_dump_exit exit_code = pac_dump(&scarce->memory, pac_encoding_recognise(octets, size), PAC_ENCODING_TOLERANT,
                                          PAC_DUMP_JSON, octets, size, out, err);
  json_set_alloc_funcs(malloc, free);
  fclose(out);
  fclose(err);
  PAC_CHECK(scarce->live == 0, "%u blocks leak when a request fails in printing", (unsigned)scarce->live);
  struct attempt made = {exit_code == PAC_DUMP_ACCEPTED   ? PAC_RESULT_OK
                         : exit_code == PAC_DUMP_REJECTED ? PAC_RESULT_MALFORMED
                                                          : PAC_RESULT_NO_MEMORY,
                         exit_code == PAC_DUMP_ACCEPTED ? sizes[0] : 0};
  free(texts[0]);
  free(texts[1]);
  return made;
}

/* A request may fail without harm where there is another way; then the result is the one that was expected. */
static void starve(const uint8_t *octets, size_t size, bool may_recover,
                   struct attempt (*make)(const uint8_t *octets, size_t size, struct scarce *scarce)) {
  struct scarce plenty = {.countdown = 0};
  struct attempt expected = make(octets, size, &plenty);
  bool is_over = false;
  for (uint32_t nth = 1; nth <= REQUESTS_MAX && !is_over; nth += nth < REQUESTS_EACH ? 1 : nth / 4) {
    struct scarce scarce = {.countdown = nth, .stays = nth % 2 != 0};
    struct attempt made = make(octets, size, &scarce);
    bool is_same = made.result == expected.result && made.size == expected.size;
    is_over = !scarce.has_failed;
    PAC_CHECK(scarce.has_failed || is_same, "another result: %s", pac_result_text(made.result));
    PAC_CHECK(!scarce.has_failed || made.result == PAC_RESULT_NO_MEMORY || (may_recover && is_same),
              "request %u failed: %s", (unsigned)nth, pac_result_text(made.result));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  uint8_t *octets = pac_input_take(&input, size);
  starve(octets, size, false, code);
  starve(octets, size, true, print);
  free(octets);
  return 0;
}
