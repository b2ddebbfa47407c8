/* SPDX-License-Identifier: Apache-2.0 */
/* Reads, runs, shrinks and writes programs of calls for the command line. */
#include "runner/programs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "program/shrink.h"
#include "reference.h"
#include "reports/terminal.h"
#include "runner/complain.h"
#include "runner/judgement.h"
#include "runner/show.h"
#include "runner/trial.h"

#define SHRINK_TESTS_MAX 3000u
#define VIOLATIONS_MAX 16u
/* A program that hangs costs its time limit at every try. */
#define SHRINK_SECONDS_MAX 60.0

bool pac_programs_is_file(const char *operand) {
  size_t length = strlen(operand);
  return length > 4 && strcmp(operand + length - 4, ".put") == 0;
}

/* Files ------------------------------------------------------------------------------------------------------------------- */

/* The whole of a file; null after a sentence. The caller frees it. */
static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  char *octets = malloc(PAC_PROGRAM_TEXT_OCTETS_MAX + 1u);
  bool is_read = file != NULL && octets != NULL;
  if (is_read) {
    *size = fread(octets, 1, PAC_PROGRAM_TEXT_OCTETS_MAX + 1u, file);
    is_read = ferror(file) == 0;
  }
  if (!is_read) {
    pac_complain("%s cannot be read: %s", path, octets == NULL ? pac_result_text(PAC_RESULT_NO_MEMORY) : strerror(errno));
    free(octets);
    octets = NULL;
  }
  if (file != NULL) {
    (void)fclose(file);
  }
  return octets;
}

struct pac_program *pac_programs_read(const char *path) {
  char why[512];
  size_t size = 0;
  struct pac_program *program = NULL;
  char *text = read_file(path, &size);
  if (text != NULL && pac_program_parse(NULL, text, size, &program, why, sizeof why) != PAC_RESULT_OK) {
    pac_complain("%s: %s", path, why);
    program = NULL;
  }
  free(text);
  return program;
}

/* The text of a program; null when there is no memory. The caller frees it. */
static char *text_of(const struct pac_program *program) {
  size_t length = pac_program_print(program, NULL, 0);
  char *text = malloc(length + 1);
  if (text != NULL) {
    (void)pac_program_print(program, text, length + 1);
  }
  return text;
}

static bool write_file(const char *path, const struct pac_trial *trial, const struct pac_program *program) {
  const struct pac_clause_text *clause = pac_clause_at(trial->clause);
  char *text = text_of(program);
  FILE *file = text == NULL ? NULL : fopen(path, "w");
  bool is_written = file != NULL;
  if (is_written) {
    if (clause != NULL) {
      fprintf(file, "# %s\n", clause->id);
    } else {
      fputs("# ", file);
      pac_trial_print(file, trial); /* a crash or a hang: one line */
    }
    fputs(text, file);
    is_written = ferror(file) == 0;
    is_written = fclose(file) == 0 && is_written;
  }
  if (!is_written) {
    pac_complain("%s cannot be written: %s", path, text == NULL ? pac_result_text(PAC_RESULT_NO_MEMORY) : strerror(errno));
  }
  free(text);
  return is_written;
}

/* Tells why a program could not be tried. */
static int complain_of(const struct pac_run_options *options, enum pac_result result, const struct pac_trial *trial) {
  if (result == PAC_RESULT_UNSUPPORTED) {
    pac_complain("%s", trial->text[0] == '\0' ? "the adapter cannot be used" : trial->text);
  } else {
    pac_complain("%s could not be tried: %s", options->adapter, pac_result_text(result));
  }
  return PAC_EXIT_COULD_NOT_JUDGE;
}

static int exit_code_of(const struct pac_trial *trial) {
  switch (trial->word) {
    case PAC_TRIAL_FINE:
      return PAC_EXIT_CONFORMS;
    case PAC_TRIAL_UNSUPPORTED:
    case PAC_TRIAL_BROKEN:
      return PAC_EXIT_COULD_NOT_JUDGE;
    default:
      return PAC_EXIT_DOES_NOT_CONFORM;
  }
}

/* Replay ------------------------------------------------------------------------------------------------------------------ */

static bool has_put(const struct pac_program *program) {
  for (uint32_t i = 0; i < program->call_count; i++) {
    if (program->calls[i].op == PAC_PROGRAM_PUT) {
      return true;
    }
  }
  return false;
}

int pac_programs_replay(const struct pac_run_options *options) {
  if (options->journal_path != NULL || options->junit_path != NULL) {
    pac_complain("--journal and --junit are for cases, and '%s' is a file of calls", options->operand);
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  struct pac_program *program = pac_programs_read(options->operand);
  if (program == NULL) {
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  struct pac_trial trial = {.word = PAC_TRIAL_FINE};
  int code = PAC_EXIT_COULD_NOT_JUDGE;
  enum pac_result result = pac_trial_one(options, program, false, !options->is_quiet, &trial);
  if (result == PAC_RESULT_OK && trial.word == PAC_TRIAL_FINE && !has_put(program)) {
    pac_complain("there is no put in %s, so nothing was judged", options->operand);
  } else if (result != PAC_RESULT_OK) {
    code = complain_of(options, result, &trial);
  } else {
    code = exit_code_of(&trial);
    if (trial.word == PAC_TRIAL_FINE) {
      printf("%s: every outcome, event and state is allowed\n", options->operand);
    } else if (trial.call < program->call_count && program->calls[trial.call].line > 0) {
      printf("%s:%u: ", options->operand, (unsigned)program->calls[trial.call].line);
      pac_trial_print(stdout, &trial);
    } else {
      printf("%s: ", options->operand);
      pac_trial_print(stdout, &trial);
    }
  }
  pac_program_free(program);
  return code;
}

/* From a fuzz engine's file ----------------------------------------------------------------------------------------------- */

/* Writes behind every put what the contract allows there, as the reference comes to it. */
static enum pac_result fill_expected(struct pac_program *program) {
  struct pac_program_statuses *allowed = calloc(program->call_count + 1u, sizeof *allowed);
  const struct pac_case_settings settings = {
      .adapter = pac_reference_adapter(), .profile = PAC_PROFILE_PUBLISHED, .timeout_ms = 1000, .timeline = PAC_TIMELINE_OF_NONE};
  struct pac_program_watch watch = {.allowed = allowed};
  struct pac_case_record record;
  if (allowed == NULL) {
    return PAC_RESULT_NO_MEMORY;
  }
  pac_program_execute(program, "program", &settings, &watch, &record);
  pac_case_record_reset(&record);
  enum pac_result result = PAC_RESULT_OK;
  for (uint32_t i = 0; i < program->call_count && result == PAC_RESULT_OK; i++) {
    if (allowed[i].count > 0) {
      size_t size = allowed[i].count * sizeof allowed[i].statuses[0];
      enum pac_status *expected = pac_arena_allocate(program->arena, size);
      result = expected == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK;
      if (expected != NULL) {
        memcpy(expected, allowed[i].statuses, size);
        program->calls[i].expected = expected;
        program->calls[i].expected_count = allowed[i].count;
      }
    }
  }
  free(allowed);
  return result;
}

int pac_programs_fuzz_to_put(const struct pac_run_options *options) {
  size_t size = 0;
  struct pac_program *program = NULL;
  char *octets = read_file(options->operand, &size);
  if (octets == NULL) {
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  if (size > PAC_PROGRAM_TEXT_OCTETS_MAX) {
    pac_complain("%s is larger than %u octets", options->operand, PAC_PROGRAM_TEXT_OCTETS_MAX);
    free(octets);
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  enum pac_result result = pac_program_decode(NULL, (const uint8_t *)octets, size, &program);
  free(octets);
  if (result == PAC_RESULT_OK) {
    pac_program_keep_returning(program); /* as the fuzz target runs it */
    result = fill_expected(program);
  }
  char *text = result == PAC_RESULT_OK ? text_of(program) : NULL;
  if (text == NULL) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  } else {
    fputs(text, stdout);
  }
  pac_program_free(program);
  int code = text == NULL ? PAC_EXIT_COULD_NOT_JUDGE : PAC_EXIT_CONFORMS;
  free(text);
  return code;
}

/* Shrinking --------------------------------------------------------------------------------------------------------------- */

struct shrinking {
  const struct pac_run_options *options;
  const struct pac_trial *first;
  time_t began;
};

static bool shows_the_same(void *context, const struct pac_program *candidate) {
  const struct shrinking *shrinking = context;
  struct pac_trial trial = {.word = PAC_TRIAL_FINE};
  if (difftime(time(NULL), shrinking->began) > SHRINK_SECONDS_MAX) {
    return false;
  }
  return pac_trial_one(shrinking->options, candidate, true, false, &trial) == PAC_RESULT_OK &&
         pac_trial_is_same(&trial, shrinking->first);
}

static enum pac_result shrink(const struct pac_run_options *options, const struct pac_program *program,
                              const struct pac_trial *first, struct pac_program **given) {
  struct shrinking shrinking = {options, first, time(NULL)};
  return pac_program_shrink(program, shows_the_same, &shrinking, SHRINK_TESTS_MAX, given);
}

int pac_programs_shrink(const struct pac_run_options *options) {
  int code = PAC_EXIT_COULD_NOT_JUDGE;
  if (!pac_programs_is_file(options->operand)) {
    pac_complain("shrink takes a file of calls, NAME.put, not '%s'", options->operand);
    return code;
  }
  struct pac_program *program = pac_programs_read(options->operand);
  struct pac_program *small = NULL;
  struct pac_trial trial = {.word = PAC_TRIAL_FINE};
  char path[4096];
  if (program == NULL) {
    return code;
  }
  (void)snprintf(path, sizeof path, "%.*s.min.put", (int)(strlen(options->operand) - 4), options->operand);
  enum pac_result result = pac_trial_one(options, program, true, false, &trial);
  if (result != PAC_RESULT_OK) {
    code = complain_of(options, result, &trial);
  } else if (exit_code_of(&trial) != PAC_EXIT_DOES_NOT_CONFORM) {
    pac_complain("%s %s on %s, so there is nothing to shrink%s%s", options->operand,
                 trial.word == PAC_TRIAL_FINE ? "shows no violation" : "cannot be judged", options->adapter,
                 trial.text[0] == '\0' ? "" : ": ", trial.text);
  } else if (shrink(options, program, &trial, &small) != PAC_RESULT_OK) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  } else if (write_file(path, &trial, small)) {
    pac_trial_print(stdout, &trial);
    printf("%s: %u call%s instead of %u\n", path, (unsigned)small->call_count, small->call_count == 1 ? "" : "s",
           (unsigned)program->call_count);
    code = PAC_EXIT_DOES_NOT_CONFORM;
  }
  pac_program_free(small);
  pac_program_free(program);
  return code;
}

/* Exploring --------------------------------------------------------------------------------------------------------------- */

static struct pac_program *random_program(void *context, uint64_t number) {
  const struct pac_run_options *options = context;
  struct pac_program *program = NULL;
  if (number >= options->programs ||
      pac_program_random(NULL, options->seed * 0x100000001u + number, options->calls, &program) != PAC_RESULT_OK) {
    return NULL;
  }
  return program;
}

static bool shows_alone(const struct pac_run_options *options, const struct pac_program *program, const struct pac_trial *first) {
  struct shrinking shrinking = {options, first, time(NULL)};
  return shows_the_same(&shrinking, program);
}

/* The command that shows it again, as a shell takes it, with all that the adapter was told. */
static void print_replay(const struct pac_run_options *options, const char *path) {
  const struct pac_journal_run run = {.adapter = options->adapter,
                                      .options = options->adapter_options,
                                      .option_count = (uint32_t)options->adapter_option_count,
                                      .profile = options->profile,
                                      .seed = options->seed,
                                      .timeout_ms = options->timeout_ms};
  char *prefix = pac_replay_prefix_new(&run);
  pac_terminal_text(&(struct pac_terminal){.file = stdout}, prefix == NULL ? "pacheck replay" : prefix);
  printf(" %s\n", path);
  free(prefix);
}

/* Shrinks what was found, writes it down and says so; when it cannot be written, what was found has been told. */
static void report(struct pac_run_options *options, const struct pac_trial *trial) {
  char path[64];
  struct pac_program *program = random_program(options, trial->number);
  struct pac_program *small = NULL;
  (void)snprintf(path, sizeof path, "explore-%llu-%llu.put", (unsigned long long)options->seed,
                 (unsigned long long)trial->number);
  pac_trial_print(stdout, trial);
  if (program != NULL && !shows_alone(options, program, trial)) {
    printf("  program %llu alone does not show it: it takes what the adapter keeps of the programs before\n",
           (unsigned long long)trial->number);
    pac_program_free(program);
    return;
  }
  if (program == NULL || shrink(options, program, trial, &small) != PAC_RESULT_OK) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  } else if (write_file(path, trial, small)) {
    printf("  program %llu, shrunk to %u call%s: ", (unsigned long long)trial->number, (unsigned)small->call_count,
           small->call_count == 1 ? "" : "s");
    print_replay(options, path);
  }
  pac_program_free(small);
  pac_program_free(program);
}

int pac_programs_explore(const struct pac_run_options *options) {
  struct pac_run_options own = *options;
  enum pac_clause known[VIOLATIONS_MAX];
  uint32_t known_count = 0;
  uint64_t next = 0, done = 0, fine = 0, unsupported = 0;
  struct pac_trial trial = {.word = PAC_TRIAL_FINE};
  bool has_failed = false;
  while (next < own.programs && known_count < VIOLATIONS_MAX) {
    enum pac_result result = pac_trial_many(options, random_program, &own, next, known, known_count, &trial);
    if (result != PAC_RESULT_OK) {
      int code = complain_of(options, result, &trial);
      return has_failed ? PAC_EXIT_DOES_NOT_CONFORM : code;
    }
    done += trial.done;
    fine += trial.fine;
    if (trial.word == PAC_TRIAL_FINE) {
      break;
    }
    next = trial.number + 1;
    if (trial.word == PAC_TRIAL_UNSUPPORTED) {
      unsupported += 1;
      continue;
    }
    if (trial.word == PAC_TRIAL_BROKEN) {
      pac_complain("program %llu of seed %llu: %s", (unsigned long long)trial.number, (unsigned long long)options->seed,
                   trial.text);
      return has_failed ? PAC_EXIT_DOES_NOT_CONFORM : PAC_EXIT_COULD_NOT_JUDGE;
    }
    has_failed = true;
    known[known_count++] = trial.clause;
    report(&own, &trial);
    if (trial.word != PAC_TRIAL_VIOLATED) {
      break; /* after one crash or hang the next ones mostly tell the same */
    }
  }
  if (!has_failed && fine == 0) {
    pac_complain("none of the programs could be judged (%llu unsupported)", (unsigned long long)unsupported);
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  if (known_count == VIOLATIONS_MAX) {
    printf("stopped after violations of %u clauses\n", VIOLATIONS_MAX);
  }
  printf("explored %s with %llu programs of %u calls, seed %llu: %s\n", options->adapter, (unsigned long long)done,
         (unsigned)options->calls, (unsigned long long)options->seed, has_failed ? "it does not conform" : "no violation");
  return has_failed ? PAC_EXIT_DOES_NOT_CONFORM : PAC_EXIT_CONFORMS;
}
