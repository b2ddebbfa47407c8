/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line of pacheck, parsed and checked.
 */
#ifndef PACHECK_RUNNER_OPTIONS_H
#define PACHECK_RUNNER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/adapter.h"

#define PAC_TIMEOUT_MS_DEFAULT 10000u
#define PAC_TIMEOUT_MS_MAX 86400000u /* a day */
#define PAC_JOBS_MAX 256u
#define PAC_HANGS_MAX_DEFAULT 10u
#define PAC_MEMORY_MIB_DEFAULT 4096u
#define PAC_EXPLORE_CALLS_DEFAULT 8u
#define PAC_EXPLORE_CALLS_MAX 64u
#define PAC_EXPLORE_PROGRAMS_DEFAULT 10000u

/* enumerator, word, whether help shows it, what follows the word, what it does */
#define PAC_COMMAND_MAP(X)                                                                                        \
  X(RUN, "run", true, "[ADAPTER]", "judge an implementation against every case, or those of a filter")            \
  X(LIST, "list", true, "", "list the cases, the suites or the clauses")                                          \
  X(EXPLAIN, "explain", true, "CLAUSE-OR-CASE", "say what a clause (C-053), a reading (A-23) or a case means")    \
  X(REPLAY, "replay", true, "CASE [ADAPTER]", "run one case, or a file of calls (NAME.put), and print its timeline") \
  X(REPORT, "report", true, "JOURNAL...", "judge a stored journal, or those of all shards of a run as one")          \
  X(DUMP, "dump", true, "FILE", "print an encoded object, object array or context; - is standard input")           \
  X(EXPLORE, "explore", true, "[ADAPTER]", "run random programs of calls and shrink what violates the contract")   \
  X(SHRINK, "shrink", true, "FILE.put [ADAPTER]", "make a file of calls small that violates a clause")             \
  X(FUZZ_TO_PUT, "fuzz-to-put", true, "INPUT", "print a fuzz engine's input as a file of calls")                   \
  X(EXPORT_SEEDS, "export-seeds", true, "FOLDER [FILE.put...]", "write what cases put as inputs of the fuzz targets") \
  X(HELP, "help", true, "[COMMAND]", "print this, or the options of a command")                                   \
  X(VERSION, "version", true, "", "print the version")                                                            \
  X(WORKER, "worker", false, "[ADAPTER]", "run cases for a supervisor; not for use by hand")

enum pac_command {
#define PAC_COMMAND_ENUMERATOR(name, word, shown, operands, text) PAC_COMMAND_##name,
  PAC_COMMAND_MAP(PAC_COMMAND_ENUMERATOR)
#undef PAC_COMMAND_ENUMERATOR
      PAC_COMMAND_COUNT
};

/* What dump takes the file for; told by its first octets when not given. */
enum pac_dump_kind { PAC_DUMP_KIND_TOLD, PAC_DUMP_KIND_UNIT, PAC_DUMP_KIND_OBJECT_ARRAY, PAC_DUMP_KIND_CONTEXT };

enum pac_list_form { PAC_LIST_CASES, PAC_LIST_SUITES, PAC_LIST_CLAUSES, PAC_LIST_JSON };

struct pac_run_options {
  enum pac_command command;
  const char *operand; /* the case, the clause, the journal, the file or the command asked about; null when there is none */
  const char *const *files; /* after the operand: of calls for export-seeds, further journals for report */
  size_t file_count;
  const char *adapter; /* as given; "reference" by default */
  struct pac_option *adapter_options;
  size_t adapter_option_count;
  const char **filters;
  size_t filter_count;
  enum pac_profile profile;
  uint32_t timeout_ms;
  uint64_t seed;
  uint32_t jobs;
  uint32_t hangs_max;
  uint32_t memory_mib; /* address space of a worker; 0 for no limit */
  uint32_t repeat;     /* how often the plan is run; for benchmarks */
  uint32_t calls;      /* explore: of each program */
  uint32_t programs;   /* explore: how many */
  bool is_in_process;
  bool is_full;
  bool is_quiet;
  bool has_timeline; /* keep the timeline of every case, not only of those that do not pass */
  enum pac_list_form list_form;
  enum pac_dump_kind dump_kind;
  bool is_tolerant; /* dump under the tolerant profile */
  bool is_json;     /* dump as JSON */
  const char *journal_path; /* null when no file is wanted */
  const char *junit_path;
};

/**
 * Parses argv. Strings are borrowed from argv.
 *
 * Errors  PAC_RESULT_INVALID_ARGUMENT after one sentence on standard error, PAC_RESULT_NO_MEMORY. The options can be
 *         reset in either case.
 */
enum pac_result pac_run_options_parse(int argc, char **argv, struct pac_run_options *options);

void pac_run_options_reset(struct pac_run_options *options);

#endif
