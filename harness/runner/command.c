/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses what a command line asks for. */
#include "runner/command.h"

#include <fcntl.h>
#include <unistd.h>

#include "runner/complain.h"
#include "runner/dump_command.h"
#include "runner/explain.h"
#include "runner/judgement.h"
#include "runner/list.h"
#include "runner/options.h"
#include "runner/programs.h"
#include "runner/run.h"
#include "runner/seeds.h"
#include "runner/usage.h"
#include "runner/version.h"
#include "runner/worker.h"

static int help_main(const struct pac_run_options *options) {
  if (!pac_help_print(stdout, options->operand)) {
    pac_complain("there is no command '%s'; 'pacheck help' lists them", options->operand);
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  return 0;
}

static int command_run(struct pac_run_options *options, const struct pac_suite *const *suites) {
  switch (options->command) {
    case PAC_COMMAND_RUN:
      return pac_run_main(options, suites);
    case PAC_COMMAND_EXPLORE:
      return pac_programs_explore(options);
    case PAC_COMMAND_SHRINK:
      return pac_programs_shrink(options);
    case PAC_COMMAND_FUZZ_TO_PUT:
      return pac_programs_fuzz_to_put(options);
    case PAC_COMMAND_EXPORT_SEEDS:
      return pac_export_seeds_main(options, suites);
    case PAC_COMMAND_REPLAY:
      if (pac_programs_is_file(options->operand)) {
        return pac_programs_replay(options);
      }
      options->has_timeline = true;
      return pac_run_main(options, suites);
    case PAC_COMMAND_REPORT:
      return pac_report_main(options);
    case PAC_COMMAND_LIST:
      return pac_list_main(options, suites);
    case PAC_COMMAND_EXPLAIN:
      return pac_explain_main(options, suites);
    case PAC_COMMAND_DUMP:
      return pac_dump_main(options);
    case PAC_COMMAND_WORKER:
      return pac_worker_main(options, suites);
    case PAC_COMMAND_VERSION:
      printf("pacheck %s (adapter ABI %u)\n", PAC_VERSION_TEXT, PAC_ADAPTER_ABI);
      return 0;
    default:
      return help_main(options);
  }
}

/* The first files that are opened would take the numbers of streams that are closed: what is printed would end up in the
 * journal. */
static void standard_streams_open(void) {
  int opened;
  do {
    opened = open("/dev/null", O_RDWR);
  } while (opened >= 0 && opened <= STDERR_FILENO);
  if (opened >= 0) {
    (void)close(opened);
  }
}

/* What is not printed, for a full disk say, has not been said. A command that failed has told why. */
static int code_when_printed(int code) {
  if (code == PAC_EXIT_COULD_NOT_JUDGE || (fflush(stdout) == 0 && !ferror(stdout))) {
    return code;
  }
  pac_complain("cannot write to standard output");
  return PAC_EXIT_COULD_NOT_JUDGE;
}

int pac_command_main(int argc, char **argv, const struct pac_suite *const *suites) {
  standard_streams_open();
  struct pac_run_options options;
  enum pac_result result = pac_run_options_parse(argc, argv, &options);
  if (result == PAC_RESULT_NO_MEMORY) {
    pac_complain("%s", pac_result_text(result));
  }
  int code = result == PAC_RESULT_OK ? command_run(&options, suites) : PAC_EXIT_COULD_NOT_JUDGE;
  bool is_worker = options.command == PAC_COMMAND_WORKER; /* its standard output is the adapter's */
  pac_run_options_reset(&options);
  return is_worker ? code : code_when_printed(code);
}
