/* SPDX-License-Identifier: Apache-2.0 */
/* The target of the bugs in objects: decodes an object as wmio_decode does and shows the decoding to the planted bugs. */
#include "bench/canaries.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct pac_input input = {data, size};
  uint8_t *octets = pac_input_take(&input, size);
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  struct wire_container container = {.kind = PAC_ENCODING_UNIT};
  enum pac_result result = pac_wire_container_decode(NULL, PAC_ENCODING_UNIT, octets, size, &decoding, &container);
  bench_look_at_object(octets, size, &decoding, result == PAC_RESULT_OK ? container.object : NULL);
  pac_arena_free(container.arena);
  free(octets);
  return 0;
}
