/* SPDX-License-Identifier: Apache-2.0 */
/* The event OnObjectPut: one for each put that succeeds, none for one that fails. The path in it has a suite of its own. */
#include "step_rows.h"

extern const struct pac_suite pac_suite_object_put;

/* Several puts in turn, each with a sink of its own: each sink hears of its own put once. */
static void put_in_turn(struct pac_case_run *run, const struct step_row *row) {
  for (uint32_t number = 0; number < row->count; number++) {
    struct pac_put_call call = row_call(run, row, number);
    struct pac_put_seen seen;
    (void)call_put(run, &call, &seen, PAC_CLAUSE_NONE);
  }
}

/* What the provider answers decides whether there was anything to report. */
static void provider_answers(struct pac_case_run *run, const struct step_row *row) {
  struct pac_put_seen seen;
  put_to_answering_provider(run, row, &seen);
}

static const struct step_row rows[] = {
#include "object_put.def"
};

STEP_SUITE(object_put, step_row, "Event OnObjectPut");
