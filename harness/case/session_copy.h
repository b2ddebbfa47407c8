/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Copies for session.c: everything lands in the session's arena and is freed with it.
 *
 * Each gives null for null, and for a copy that failed; *has_failed is then set and otherwise left as it is.
 */
#ifndef PACHECK_CASE_SESSION_COPY_H
#define PACHECK_CASE_SESSION_COPY_H

#include <stdbool.h>

#include "pacheck/adapter.h"
#include "pacheck/memory.h"

const char *pac_session_copy_text(struct pac_arena *arena, const char *text, bool *has_failed);
const struct pac_named_values *pac_session_copy_values(struct pac_arena *arena, const struct pac_named_values *values,
                                                       bool *has_failed);
const struct pac_object *pac_session_copy_object(struct pac_arena *arena, const struct pac_object *object,
                                                 bool *has_failed);
const struct pac_last_error *pac_session_copy_error(struct pac_arena *arena, const struct pac_last_error *error,
                                                    bool *has_failed);

#endif
