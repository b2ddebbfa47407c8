/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Copies for session.c: what an event or a provider's call refers to lands in the session's arena and is freed with it.
 *
 * Each gives null when there is no memory for the copy itself. What it refers to and could not be copied is null there,
 * and *has_failed set, which is otherwise left as it is.
 */
#ifndef PACHECK_CASE_SESSION_COPY_H
#define PACHECK_CASE_SESSION_COPY_H

#include <stdbool.h>

#include "case/session.h"
#include "object/arena.h"

struct pac_event *pac_session_copy_event(struct pac_arena *arena, const struct pac_event *event, bool *has_failed);
struct pac_provider_call *pac_session_copy_call(struct pac_arena *arena, const struct pac_provider_call *call,
                                                bool *has_failed);

#endif
