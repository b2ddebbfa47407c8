/* SPDX-License-Identifier: Apache-2.0 */
/** Progress, as coverage sees it: one basic block for each abstract state of a program that runs, of the protocol or of what
 * the decision table was asked, whose rows are data and have no branches. */
#ifndef PACHECK_FUZZ_PUT_STATE_H
#define PACHECK_FUZZ_PUT_STATE_H

#include <stdint.h>

#define STATES_4(first) STATE(first) STATE((first) + 1) STATE((first) + 2) STATE((first) + 3)
#define STATES_16(first) STATES_4(first) STATES_4((first) + 4) STATES_4((first) + 8) STATES_4((first) + 12)
#define STATES_64(first) STATES_16(first) STATES_16((first) + 16) STATES_16((first) + 32) STATES_16((first) + 48)

#define PUT_STATES 320u /* that have a block */

/** For struct pac_program_watch; `context` is a volatile uint32_t that takes the state. */
static inline void pac_see_state(void *context, uint32_t state) {
  volatile uint32_t *last = context;
  switch (state) {
/* Without something of its own in each of them the optimiser makes one store of all. */
#define STATE(number)                                \
  case (number):                                     \
    *last = (number);                                \
    __asm__ volatile("" : : "i"(number) : "memory"); \
    break;
    STATES_64(0) STATES_64(64) STATES_64(128) STATES_64(192) STATES_64(256) /* up to PUT_STATES */
#undef STATE
    default:
      break;
  }
}

#endif
