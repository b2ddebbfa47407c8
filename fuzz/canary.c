/* SPDX-License-Identifier: Apache-2.0 */
/* This property does not hold: no input begins with four given octets. A campaign that does not find it is broken. */
#include "input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const uint8_t forbidden[] = {'P', 'U', 'T', '!'};
  size_t equal = 0;
  while (equal < sizeof forbidden && equal < size && data[equal] == forbidden[equal]) {
    equal += 1;
  }
  PAC_CHECK(equal < sizeof forbidden, "the canary is found");
  return 0;
}
