/* SPDX-License-Identifier: Apache-2.0 */
/** What a put of a program passes: copies, which are another object and other sets once the call has returned. An implementation
 * that keeps what it borrowed goes on with something that nobody put. */
#ifndef PACHECK_PROGRAM_PASSED_H
#define PACHECK_PROGRAM_PASSED_H

#include "case/case_run.h"

/** What an object is called, and the one element of a context, once the call that passed it has returned. */
#define PAC_PASSED_OF_NOBODY "Changed_After_The_Call"

struct pac_passed {
  struct pac_object *object;
  struct pac_named_values *context;
  struct pac_named_values *async_context;
};

/** Copies what the call passes, and has the call pass the copies. They live as long as the case. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_passed_copy(const struct pac_memory *memory, struct pac_put_call *call, struct pac_passed *passed);

/** Changes the copies. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result pac_passed_change(struct pac_passed *passed);

#endif
