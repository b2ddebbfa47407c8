/* SPDX-License-Identifier: Apache-2.0 */
/** The planted bugs, seen by a judge that no coverage and no comparison of a fuzzer sees. */
#ifndef PACHECK_BENCH_CANARIES_H
#define PACHECK_BENCH_CANARIES_H

#include "encoding/dump.h"

/** Looks at one decoding under the tolerant profile, `object` null when it was rejected; notes each bug it would have met. */
void bench_look(const uint8_t *octets, size_t size, const struct pac_decoding *decoding, const struct wire_object *object);

#endif
