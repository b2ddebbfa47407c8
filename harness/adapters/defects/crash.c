/* SPDX-License-Identifier: Apache-2.0 */
/* The process crashes inside the call. */
#include <signal.h>

#include "adapters/defects/defect.h"

static pac_hresult put(const struct defect_put *call) {
  (void)call;
  (void)signal(SIGSEGV, SIG_DFL); /* a sanitizer would turn the signal into an exit */
  (void)raise(SIGSEGV);
  return PAC_ANSWER_BROKEN;
}

const struct defect the_defect = {.name = "crash", .put = put};
