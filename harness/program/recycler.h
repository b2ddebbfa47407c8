/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A source of memory for what is thrown away as a whole, again and again: one region that is filled and emptied.
 *
 * A fuzz engine runs programs by the million. With malloc, and more so with a sanitizer's, half of the time would go into
 * fetching and clearing the harness's own blocks. The implementation under test keeps its own memory, which is watched.
 */
#ifndef PACHECK_PROGRAM_RECYCLER_H
#define PACHECK_PROGRAM_RECYCLER_H

#include "pacheck/memory.h"

struct pac_recycler;

/**
 * Makes one, which is given; `octets` is the size of the region. What does not fit into it comes from malloc. Its source does
 * not resize what stands in the region: arenas, for which it is, never ask for that.
 *
 * Errors  PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_recycler_new(size_t octets, struct pac_recycler **given);
void pac_recycler_free(struct pac_recycler *recycler);

/** The source; it lives as long as the recycler. */
const struct pac_memory *pac_recycler_memory(const struct pac_recycler *recycler);

/** Takes back everything at once. */
void pac_recycler_reset(struct pac_recycler *recycler);

#endif
