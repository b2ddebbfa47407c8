/* SPDX-License-Identifier: Apache-2.0 */
/* The pacheck command with the suites of this project. */
#include "runner/command.h"

int main(int argc, char **argv) {
  return pac_command_main(argc, argv, pac_suites);
}
