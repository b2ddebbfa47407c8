/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which cases a list of patterns selects.
 *
 * A pattern is a glob (fnmatch) and matches a case when it matches its id `suite/case`, its bare name, its suite, the
 * id, the number (C-053) or the topic of one of its clauses, or, written `strength:seed`, the strength of one. A
 * leading `!` excludes what the rest matches. Several patterns are or-ed; patterns that only exclude start from every
 * case.
 */
#ifndef PACHECK_RUNNER_FILTER_H
#define PACHECK_RUNNER_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "case/case.h"

struct pac_filter {
  const char *const *patterns; /* borrowed */
  size_t pattern_count;
  const char *exact; /* the one case that is wanted, by `suite/case` or by its bare name; null for none */
};

bool pac_filter_selects(const struct pac_filter *filter, const struct pac_case *the_case);

/** Whether `word` names the case: its id, or its bare name. */
bool pac_case_is_named(const struct pac_case *the_case, const char *word);

#endif
