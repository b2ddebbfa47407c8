/* SPDX-License-Identifier: Apache-2.0 */
/* No octets harm the decoder of context buffers; what the strict profile accepts the tolerant one accepts with the same
 * meaning, and encoding it again gives an equal set, octet for octet the second time. */
#include "decoded.h"

static bool decode(const uint8_t *octets, size_t size, enum pac_encoding_profile profile,
                   struct pac_decoding *decoding, struct pac_named_values **set) {
  *decoding = (struct pac_decoding){.profile = profile};
  enum pac_result result = pac_context_decode(NULL, octets, size, decoding, set);
  return decoded_check(result, decoding, *set != NULL);
}

static void check_round_trip(const struct pac_named_values *set) {
  struct pac_octets octets[2] = {{NULL, 0}, {NULL, 0}};
  struct pac_named_values *again = NULL;
  struct pac_decoding decoding;
  enum pac_result result = pac_context_encode(NULL, set, NULL, PAC_ENCODE_CANONICAL, &octets[0]);
  if (result == PAC_RESULT_LIMIT || result == PAC_RESULT_UNSUPPORTED) {
    return; /* larger than a container may be, or a null element, which a context can hold only on the wire */
  }
  PAC_CHECK(result == PAC_RESULT_OK, "encoding a decoded set: %s", pac_result_text(result));
  PAC_CHECK(decode(octets[0].data, octets[0].size, PAC_ENCODING_STRICT, &decoding, &again),
            "its encoding breaks V-%03u at %u", decoding.rejection.rule, (unsigned)decoding.rejection.offset);
  PAC_CHECK(pac_named_values_equal(set, again), "the set changed in encoding");
  PAC_CHECK(pac_context_encode(NULL, again, NULL, PAC_ENCODE_CANONICAL, &octets[1]) == PAC_RESULT_OK, "once more");
  PAC_CHECK(octets[0].size == octets[1].size && memcmp(octets[0].data, octets[1].data, octets[0].size) == 0,
            "one set has two encodings");
  pac_octets_free(NULL, &octets[0]);
  pac_octets_free(NULL, &octets[1]);
  pac_named_values_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  uint8_t *octets = pac_input_take(&input, size);
  struct pac_named_values *strict = NULL;
  struct pac_named_values *tolerant = NULL;
  struct pac_decoding findings[2];
  bool is_strict = decode(octets, size, PAC_ENCODING_STRICT, &findings[0], &strict);
  bool is_tolerant = decode(octets, size, PAC_ENCODING_TOLERANT, &findings[1], &tolerant);
  decoded_check_profiles(is_strict, is_tolerant, &findings[0], &findings[1]);
  if (is_strict) {
    PAC_CHECK(pac_named_values_equal(strict, tolerant), "the profiles give different sets");
    check_round_trip(strict);
  }
  pac_named_values_free(strict);
  pac_named_values_free(tolerant);
  free(octets);
  return 0;
}
