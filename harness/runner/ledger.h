/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Puts what workers tell into a journal in the order of the plan, whoever ran which case.
 */
#ifndef PACHECK_RUNNER_LEDGER_H
#define PACHECK_RUNNER_LEDGER_H

#include "runner/journal.h"
#include "runner/plan.h"

struct pac_ledger;

/** Makes a ledger; it is given. `plan` and `journal` are borrowed until it is freed. */
enum pac_result pac_ledger_new(const struct pac_plan *plan, FILE *journal, struct pac_ledger **given);
void pac_ledger_free(struct pac_ledger *ledger);

/** Takes down a case line as a worker wrote it, without its newline. A later line for the same position replaces it. */
enum pac_result pac_ledger_put_line(struct pac_ledger *ledger, uint32_t position, enum pac_verdict verdict,
                                    const char *line, size_t length);

/** Takes down a record. */
enum pac_result pac_ledger_put_record(struct pac_ledger *ledger, uint32_t position,
                                      const struct pac_case_record *record, double milliseconds);

/**
 * Takes down the line of a late event; `position` is UINT32_MAX for a case too long ago to tell. Of a flood only the
 * first few for each case are kept.
 */
enum pac_result pac_ledger_put_late(struct pac_ledger *ledger, uint32_t position, const char *line, size_t length);

/** Takes down every position that has no line as broken, because so many cases hung that the rest is not run. */
enum pac_result pac_ledger_give_up_rest(struct pac_ledger *ledger, uint32_t hang_count);

bool pac_ledger_has(const struct pac_ledger *ledger, uint32_t position);

/** How many positions have a line, and how often each verdict stands among them. */
uint32_t pac_ledger_done(const struct pac_ledger *ledger);
uint32_t pac_ledger_verdict_count(const struct pac_ledger *ledger, enum pac_verdict verdict);

/**
 * Writes the lines below position `limit`, as far as there is none missing. What is written cannot be replaced.
 *
 * Errors  PAC_RESULT_IO.
 */
enum pac_result pac_ledger_write(struct pac_ledger *ledger, uint32_t limit);

/** Writes what there is of the rest, for a run that is cut short: case lines and late events in the order of the plan,
 *  late events of no case in the order of their text. Nothing may follow but the end line. Errors: PAC_RESULT_IO. */
enum pac_result pac_ledger_leave(struct pac_ledger *ledger);

/** The same, and the end line. Errors: PAC_RESULT_IO. */
enum pac_result pac_ledger_finish(struct pac_ledger *ledger);

#endif
