/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the plan of a run. Supervisor and workers each build it from the same arguments and so agree on positions
 * without exchanging a case. */
#include "runner/plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static bool u32_parse(const char *text, uint32_t *number) {
  if (text[0] < '0' || text[0] > '9') {
    return false;
  }
  char *end = NULL;
  errno = 0;
  unsigned long value = strtoul(text, &end, 10);
  if (errno != 0 || *end != '\0' || value > UINT32_MAX) {
    return false;
  }
  *number = (uint32_t)value;
  return true;
}

enum pac_result pac_shard_from_environment(struct pac_shard *shard, char *why, size_t why_size) {
  const char *index = getenv("PAC_SHARD_INDEX");
  const char *count = getenv("PAC_SHARD_COUNT");
  struct pac_shard read = {0, 1};
  if (index == NULL && count == NULL) {
    *shard = read;
    return PAC_RESULT_OK;
  }
  if (index == NULL || count == NULL) {
    (void)snprintf(why, why_size, "PAC_SHARD_INDEX and PAC_SHARD_COUNT go together, and only one of them is set");
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  if (!u32_parse(index, &read.index) || !u32_parse(count, &read.count) || read.index >= read.count) {
    (void)snprintf(why, why_size,
                   "PAC_SHARD_INDEX has to be a number below PAC_SHARD_COUNT, and they are '%s' and '%s'", index,
                   count);
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  *shard = read;
  return PAC_RESULT_OK;
}

static enum pac_result plan_fill(struct pac_plan *plan, const struct pac_suite *const *suites,
                                 const struct pac_filter *filter, const struct pac_shard *shard, char *why,
                                 size_t why_size) {
  size_t total = 0;
  for (const struct pac_suite *const *suite = suites; *suite != NULL; suite++) {
    total += (*suite)->case_count;
  }
  if (total >= UINT32_MAX) {
    (void)snprintf(why, why_size, "the suites have more cases than a plan can hold");
    return PAC_RESULT_LIMIT;
  }
  struct pac_case *cases = pac_arena_allocate_array(plan->arena, total, sizeof *cases);
  uint32_t *indexes = pac_arena_allocate_array(plan->arena, total, sizeof *indexes);
  if (cases == NULL || indexes == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  for (const struct pac_suite *const *suite = suites; *suite != NULL; suite++) {
    for (size_t row = 0; row < (*suite)->case_count; row++) {
      uint32_t index = plan->total++;
      struct pac_case *next = &cases[plan->count];
      *next = (struct pac_case){0};
      enum pac_result result = (*suite)->case_at(plan->arena, row, next);
      if (result != PAC_RESULT_OK) {
        (void)snprintf(why, why_size, "the suite %s cannot state its row %zu: %s", (*suite)->name, row,
                       pac_result_text(result));
        return result == PAC_RESULT_NO_MEMORY ? result : PAC_RESULT_BROKEN;
      }
      next->suite = *suite;
      if (filter != NULL && !pac_filter_selects(filter, next)) {
        continue;
      }
      plan->matched += 1;
      if (shard == NULL || index % shard->count == shard->index) {
        indexes[plan->count++] = index;
      }
    }
  }
  plan->cases = cases;
  plan->indexes = indexes;
  return PAC_RESULT_OK;
}

enum pac_result pac_plan_new(const struct pac_suite *const *suites, const struct pac_filter *filter,
                             const struct pac_shard *shard, struct pac_plan **given, char *why, size_t why_size) {
  (void)snprintf(why, why_size, "%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  struct pac_plan *plan = calloc(1, sizeof *plan);
  if (plan == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  enum pac_result result = pac_arena_new(NULL, 0, &plan->arena);
  if (result == PAC_RESULT_OK) {
    result = plan_fill(plan, suites, filter, shard, why, why_size);
  }
  if (result != PAC_RESULT_OK) {
    pac_plan_free(plan);
    return result;
  }
  *given = plan;
  return PAC_RESULT_OK;
}

void pac_plan_free(struct pac_plan *plan) {
  if (plan != NULL) {
    pac_arena_free(plan->arena);
    free(plan);
  }
}

uint32_t pac_plan_position(const struct pac_plan *plan, uint32_t index) {
  uint32_t low = 0;
  uint32_t high = plan->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (plan->indexes[middle] < index) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < plan->count && plan->indexes[low] == index ? low : UINT32_MAX;
}
