/* SPDX-License-Identifier: Apache-2.0 */
/** The planted bugs, seen by judges that no coverage and no comparison of a fuzzer sees. */
#ifndef PACHECK_BENCH_CANARIES_H
#define PACHECK_BENCH_CANARIES_H

#include "encoding/dump.h"
#include "program/run.h"

enum bench_canary {
#define CANARY(number, tier, target, name, damage, text) BENCH_##name = (number),
#include "canaries.def"
#undef CANARY
};

/** Notes that a bug would have been met, and lets an armed one do its damage. */
void bench_note(enum bench_canary canary);

/** Looks at one decoding under the tolerant profile, `object` null when it was rejected. */
void bench_look_at_object(const uint8_t *octets, size_t size, const struct pac_decoding *decoding,
                          const struct wire_object *object);

/** Looks at a program that was run, and at what became of its puts, by call. */
void bench_look_at_sequence(const struct pac_program *program, const struct pac_program_end *ends);

/* The damage of a bug; one function each, compiled with the sanitizers that are to notice it. */
void bench_damage_overread(void);  /* a heap block is read beyond its end */
void bench_damage_overwrite(void); /* a heap block is written beyond its end */
void bench_damage_stack(void);     /* an array of the stack is read beyond its end */
void bench_damage_use_after_free(void);
void bench_damage_double_free(void);
void bench_damage_index(void);      /* a fixed array is read at an index that it does not have */
void bench_damage_arithmetic(void); /* a sint32 overflows */
void bench_damage_null(void);       /* a null pointer is read */
void bench_damage_abort(void);      /* something is noticed by a check of its own */

#endif
