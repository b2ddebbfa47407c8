/* SPDX-License-Identifier: Apache-2.0 */
/** Memory of the harness for one input. The implementation under test has its own, which the sanitizers watch. */
#ifndef PACHECK_FUZZ_REUSED_MEMORY_H
#define PACHECK_FUZZ_REUSED_MEMORY_H

#include "input.h"
#include "program/recycler.h"

#define REUSED_OCTETS ((size_t)4 << 20)

/** Takes back what the input before had, and gives the source for this one. */
static inline const struct pac_memory *reused_memory(void) {
  static struct pac_recycler *recycler;
  if (recycler == NULL) {
    PAC_CHECK(pac_recycler_new(REUSED_OCTETS, &recycler) == PAC_RESULT_OK, "not enough memory");
  }
  pac_recycler_reset(recycler);
  return pac_recycler_memory(recycler);
}

#endif
