/* SPDX-License-Identifier: Apache-2.0 */
/* The implementation works, and floods standard output and standard error with far more than anybody keeps. */
#include <unistd.h>

#include "adapters/defects/defect.h"

static pac_hresult put(const struct defect_put *call) {
  static const char line[] = "one line of very many that an implementation under test can find reason to print\n";
  for (unsigned i = 0; i < 200000; i++) {
    (void)!write(STDOUT_FILENO, line, sizeof line - 1);
    (void)!write(STDERR_FILENO, line, sizeof line - 1);
  }
  return defect_pass_on(call);
}

const struct defect the_defect = {.name = "flood", .put = put};
