/* SPDX-License-Identifier: Apache-2.0 */
/* No octets harm the decoder of object arrays; the profiles agree on what the strict one accepts, and the array encodes
 * and decodes to the same objects in the same packet, octet for octet the second time. Its instances come back without
 * their classes from a receiver that has seen these, whatever of the first array and of the table of classes is freed. */
#include "decoded.h"

#define WITHOUT_CLASS_MAX 64u

static bool decode(const uint8_t *octets, size_t size, enum pac_encoding_profile profile,
                   struct pac_decoding *decoding, struct pac_object_array **array) {
  *decoding = (struct pac_decoding){.profile = profile};
  enum pac_result result = pac_object_array_decode(NULL, octets, size, decoding, NULL, array);
  return decoded_check(result, decoding, *array != NULL);
}

static void check_same(const struct pac_object_array *left, const struct pac_object_array *right, const char *what) {
  uint32_t count = pac_object_array_count(left);
  PAC_CHECK(count == pac_object_array_count(right), "%s: another number of objects", what);
  PAC_CHECK(pac_object_array_packet_type(left) == pac_object_array_packet_type(right), "%s: another packet type", what);
  for (uint32_t i = 0; i < count; i++) {
    const struct pac_array_object *a = pac_object_array_at(left, i);
    const struct pac_array_object *b = pac_object_array_at(right, i);
    PAC_CHECK(a->type == b->type && memcmp(a->class_id, b->class_id, sizeof a->class_id) == 0, "%s: object %u", what,
              (unsigned)i);
    decoded_check_same(a->object, b->object, what);
  }
}

static enum pac_result encode(const struct pac_object_array *array, struct pac_octets *octets) {
  uint32_t count = pac_object_array_count(array);
  enum pac_packet_type packet = pac_object_array_packet_type(array) == 1 ? PAC_PACKET_NEXT : PAC_PACKET_INDICATE;
  return pac_object_array_encode(NULL, count == 0 ? NULL : pac_object_array_at(array, 0), count, packet,
                                 PAC_ENCODE_CANONICAL, octets);
}

static void check_round_trip(const struct pac_object_array *array) {
  struct pac_octets octets[2] = {{NULL, 0}, {NULL, 0}};
  struct pac_object_array *again = NULL;
  struct pac_decoding decoding;
  enum pac_result result = encode(array, &octets[0]);
  if (result == PAC_RESULT_LIMIT) {
    return;
  }
  PAC_CHECK(result == PAC_RESULT_OK, "encoding a decoded array: %s", pac_result_text(result));
  PAC_CHECK(decode(octets[0].data, octets[0].size, PAC_ENCODING_STRICT, &decoding, &again),
            "its encoding breaks V-%03u at %u", decoding.rejection.rule, (unsigned)decoding.rejection.offset);
  check_same(array, again, "after encoding");
  PAC_CHECK(encode(again, &octets[1]) == PAC_RESULT_OK, "once more");
  PAC_CHECK(octets[0].size == octets[1].size && memcmp(octets[0].data, octets[1].data, octets[0].size) == 0,
            "one array has two encodings");
  pac_octets_free(NULL, &octets[0]);
  pac_octets_free(NULL, &octets[1]);
  pac_object_array_free(again);
}

/* The instances of an accepted array as a second one, without the classes that the first one has sent. Both are encoded here:
 * slots in another order than ours would be those of the class that was sent. */
static void check_known(const struct pac_object_array *array) {
  struct pac_array_object items[WITHOUT_CLASS_MAX];
  uint32_t count = 0;
  for (uint32_t i = 0; i < pac_object_array_count(array) && count < WITHOUT_CLASS_MAX; i++) {
    items[count] = *pac_object_array_at(array, i);
    items[count].type = PAC_ARRAY_INSTANCE_NO_CLASS;
    count += pac_object_genus(items[count].object) == PAC_GENUS_INSTANCE;
  }
  struct pac_octets whole = {NULL, 0};
  struct pac_octets without = {NULL, 0};
  if (count == 0 || encode(array, &whole) != PAC_RESULT_OK) {
    return;
  }
  PAC_CHECK(pac_object_array_encode(NULL, items, count, PAC_PACKET_NEXT, PAC_ENCODE_CANONICAL, &without) == PAC_RESULT_OK,
            "less is not encoded");
  struct pac_class_table *known = NULL;
  struct pac_object_array *first = NULL;
  struct pac_object_array *second = NULL;
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  PAC_CHECK(pac_class_table_new(NULL, &known) == PAC_RESULT_OK, "not enough memory");
  enum pac_result result = pac_object_array_decode(NULL, whole.data, whole.size, &decoding, known, &first);
  PAC_CHECK(result == PAC_RESULT_OK, "with a table it is %s", pac_result_text(result));
  pac_object_array_free(first);
  result = pac_object_array_decode(NULL, without.data, without.size, &decoding, known, &second);
  pac_class_table_free(known);
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_LIMIT, "V-%03u without the classes", decoding.rejection.rule);
  for (uint32_t i = 0; i < count && second != NULL; i++) {
    decoded_check_same(items[i].object, pac_object_array_at(second, i)->object, "without its class");
  }
  pac_octets_free(NULL, &whole);
  pac_octets_free(NULL, &without);
  pac_object_array_free(second);
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
    if (!pac_decoding_found(&findings[0], 159)) { /* else one id stands for two classes, and the later one counts */
      check_known(strict);
    }
  }
  pac_object_array_free(strict);
  pac_object_array_free(tolerant);
  free(octets);
  return 0;
}
