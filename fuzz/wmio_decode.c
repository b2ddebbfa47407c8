/* SPDX-License-Identifier: Apache-2.0 */
/* No octets harm the decoder of encoding units; what the strict profile accepts the tolerant one accepts with the same
 * meaning and without a violation, and encoding it again gives an object that is equal. */
#include "decoded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  uint8_t *octets = pac_input_take(&input, size);
  struct pac_object *strict = NULL;
  struct pac_object *tolerant = NULL;
  struct pac_decoding findings[2];
  bool is_strict = decoded_unit(octets, size, PAC_ENCODING_STRICT, &findings[0], &strict);
  bool is_tolerant = decoded_unit(octets, size, PAC_ENCODING_TOLERANT, &findings[1], &tolerant);
  decoded_check_profiles(is_strict, is_tolerant, &findings[0], &findings[1]);
  if (is_strict) {
    decoded_check_same(strict, tolerant, "the tolerant profile");
    decoded_check_round_trip(strict);
  }
  pac_object_free(strict);
  pac_object_free(tolerant);
  free(octets);
  return 0;
}
