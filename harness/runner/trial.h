/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Trying programs on an adapter, one after the other, where they can do no harm: in a child process. A crash, an exit or a
 * hang there is a verdict on the program that was running.
 */
#ifndef PACHECK_RUNNER_TRIAL_H
#define PACHECK_RUNNER_TRIAL_H

#include <stdio.h>

#include "program/run.h"
#include "runner/options.h"

/* How a program fared, in the order of gravity. */
enum pac_trial_word {
  PAC_TRIAL_FINE,
  PAC_TRIAL_UNSUPPORTED,
  PAC_TRIAL_BROKEN,
  PAC_TRIAL_VIOLATED,
  PAC_TRIAL_CRASHED,
  PAC_TRIAL_HUNG,
};

/** What is known of the last program that was tried. Plain data, shared with the child. */
struct pac_trial {
  enum pac_trial_word word;
  enum pac_clause clause;  /* of the first finding */
  enum pac_reason reason;
  uint32_t call;           /* that it is about, or that was under way; NONE for none */
  uint64_t number;         /* which program, for pac_trial_many */
  uint64_t done;           /* how many were tried */
  uint64_t fine;           /* and passed */
  bool is_usable;          /* the child could load the adapter */
  bool is_over;            /* the child came to its own end: no other one counts as such, whatever its exit code */
  char text[1024];         /* violated: expected and observed; else why */
};

/** Gives the program with a number; null ends the trials. What it gives is freed by the trials. */
typedef struct pac_program *(*pac_trial_source)(void *context, uint64_t number);

/**
 * Tries programs from `first` on until one is not fine, other than by one of `known` clauses. With options->is_in_process
 * all of it happens here.
 *
 * Errors  PAC_RESULT_UNSUPPORTED (the adapter cannot be used: a sentence is in trial->text), PAC_RESULT_IO,
 *         PAC_RESULT_NO_MEMORY.
 */
enum pac_result pac_trial_many(const struct pac_run_options *options, pac_trial_source source, void *context,
                               uint64_t first, const enum pac_clause *known, uint32_t known_count,
                               struct pac_trial *trial);

/**
 * Tries one program, `restricts` without the calls that the adapter has no function for, as pac_trial_many does; `prints` shows
 * its timeline on standard output. Errors: as above.
 */
enum pac_result pac_trial_one(const struct pac_run_options *options, const struct pac_program *program, bool restricts,
                              bool prints, struct pac_trial *trial);

/** True when both show the same: the same clause violated, or the same end. */
bool pac_trial_is_same(const struct pac_trial *left, const struct pac_trial *right);

/** Prints what a trial that was not fine showed, for a reader. */
void pac_trial_print(FILE *file, const struct pac_trial *trial);

#endif
