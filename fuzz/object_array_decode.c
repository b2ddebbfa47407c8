/* SPDX-License-Identifier: Apache-2.0 */
/* No octets harm the decoder of object arrays; the profiles agree on what the strict one accepts, and the array encodes
 * and decodes to the same objects. */
#include "decoded.h"

static bool decode(const uint8_t *octets, size_t size, enum pac_encoding_profile profile,
                   struct pac_decoding *decoding, struct pac_object_array **array) {
  *decoding = (struct pac_decoding){.profile = profile};
  enum pac_result result = pac_object_array_decode(NULL, octets, size, decoding, NULL, array);
  return decoded_check(result, decoding, *array != NULL);
}

static void check_same(const struct pac_object_array *left, const struct pac_object_array *right, const char *what) {
  uint32_t count = pac_object_array_count(left);
  PAC_CHECK(count == pac_object_array_count(right), "%s: another number of objects", what);
  for (uint32_t i = 0; i < count; i++) {
    const struct pac_array_object *a = pac_object_array_at(left, i);
    const struct pac_array_object *b = pac_object_array_at(right, i);
    PAC_CHECK(a->type == b->type && memcmp(a->class_id, b->class_id, sizeof a->class_id) == 0, "%s: object %u", what,
              (unsigned)i);
    decoded_check_same(a->object, b->object, what);
  }
}

static void check_round_trip(const struct pac_object_array *array) {
  uint32_t count = pac_object_array_count(array);
  struct pac_octets octets = {NULL, 0};
  struct pac_object_array *again = NULL;
  struct pac_decoding decoding;
  enum pac_packet_type packet = pac_object_array_packet_type(array) == 1 ? PAC_PACKET_NEXT : PAC_PACKET_INDICATE;
  enum pac_result result = pac_object_array_encode(NULL, count == 0 ? NULL : pac_object_array_at(array, 0), count, packet,
                                                   PAC_ENCODE_CANONICAL, &octets);
  if (result == PAC_RESULT_LIMIT) {
    return;
  }
  PAC_CHECK(result == PAC_RESULT_OK, "encoding a decoded array: %s", pac_result_text(result));
  PAC_CHECK(decode(octets.data, octets.size, PAC_ENCODING_STRICT, &decoding, &again), "its encoding breaks V-%03u at %u",
            decoding.rejection.rule, (unsigned)decoding.rejection.offset);
  check_same(array, again, "after encoding");
  pac_octets_free(NULL, &octets);
  pac_object_array_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  uint8_t *octets = pac_input_take(&input, size);
  struct pac_object_array *strict = NULL;
  struct pac_object_array *tolerant = NULL;
  struct pac_decoding findings[2];
  bool is_strict = decode(octets, size, PAC_ENCODING_STRICT, &findings[0], &strict);
  bool is_tolerant = decode(octets, size, PAC_ENCODING_TOLERANT, &findings[1], &tolerant);
  decoded_check_profiles(is_strict, is_tolerant, &findings[0], &findings[1]);
  if (is_strict) {
    check_same(strict, tolerant, "the tolerant profile");
    check_round_trip(strict);
  }
  pac_object_array_free(strict);
  pac_object_array_free(tolerant);
  free(octets);
  return 0;
}
