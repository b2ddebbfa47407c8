/* SPDX-License-Identifier: Apache-2.0 */
/** What no target that puts allows, whatever its input: events that come when the input they belong to is over. */
#ifndef PACHECK_FUZZ_PUT_LATE_H
#define PACHECK_FUZZ_PUT_LATE_H

#include "case/case.h"
#include "input.h"

/** Asked at the end of an input. An event that comes between two inputs stops the second. */
static inline void put_check_late(void) {
  struct pac_late_event late;
  PAC_CHECK(!pac_late_event_take(&late), "%s, %s", late.text,
            late.case_index == UINT32_MAX ? "at a sink that no put was given" : "and its input had ended");
}

#endif
