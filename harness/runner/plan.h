/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The plan of a run: the cases of all suites in the order of the contract, less what filters and shards leave out.
 *
 * A case's index is its place in the whole plan, so it is the same under every filter and on every machine. Its
 * position is its place in this plan.
 */
#ifndef PACHECK_RUNNER_PLAN_H
#define PACHECK_RUNNER_PLAN_H

#include "case/case.h"
#include "runner/filter.h"

/** Which part of the whole plan belongs here: the cases whose index modulo count is `index`. 0 of 1 is all of it. */
struct pac_shard {
  uint32_t index;
  uint32_t count;
};

struct pac_plan {
  struct pac_arena *arena;
  const struct pac_case *cases; /* by position */
  const uint32_t *indexes;      /* by position */
  uint32_t count;
  uint32_t matched; /* cases that the filter selects, before sharding */
  uint32_t total;   /* cases of all suites */
};

/**
 * Reads PAC_SHARD_INDEX and PAC_SHARD_COUNT.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT with a sentence in `why`.
 */
enum pac_result pac_shard_from_environment(struct pac_shard *shard, char *why, size_t why_size);

/**
 * Builds the plan; it is given. `filter` and `shard` may be null for all.
 *
 * Errors  PAC_RESULT_NO_MEMORY, PAC_RESULT_BROKEN (a suite could not state a case) with a sentence in `why`.
 */
enum pac_result pac_plan_new(const struct pac_suite *const *suites, const struct pac_filter *filter,
                             const struct pac_shard *shard, struct pac_plan **given, char *why, size_t why_size);

/** The position of the case with an index; UINT32_MAX when it is not in this plan. */
uint32_t pac_plan_position(const struct pac_plan *plan, uint32_t index);

void pac_plan_free(struct pac_plan *plan);

#endif
