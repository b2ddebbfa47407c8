/* SPDX-License-Identifier: Apache-2.0 */
/** Events that come after their case has ended: which case they are charged to, until pac_late_event_take asks (case.h). */
#ifndef PACHECK_CASE_LATE_H
#define PACHECK_CASE_LATE_H

#include "case/session.h"

/** Remembers whose handles begin with that serial. Serials ascend from case to case. */
void pac_late_case_ended(uint32_t case_index, uint64_t first_serial);

/** Keeps the line of an event; `serial` is that of its handle, 0 for a handle that was never given. */
void pac_late_record(const struct pac_event *event, uint64_t serial);

#endif
