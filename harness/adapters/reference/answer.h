/* SPDX-License-Identifier: Apache-2.0 */
/** What the implementation says about a put: a code and, for a refusal, the sentence that the error object carries. */
#ifndef PACHECK_REFERENCE_ANSWER_H
#define PACHECK_REFERENCE_ANSWER_H

#include <stdbool.h>

#include "pacheck/contract.h"

struct ref_answer {
  pac_hresult code;
  const char *description; /* null on success */
};

/** Success. */
#define REF_FINE ((struct ref_answer){0, NULL})

/** True for an answer that ends the put. */
static inline bool ref_refused(struct ref_answer answer) {
  return pac_hresult_is_error(answer.code);
}

/** Returns the answer of `call` early when it is a refusal. */
#define REF_TRY(call)                      \
  do {                                     \
    struct ref_answer ref_answer_ = (call); \
    if (ref_refused(ref_answer_)) {        \
      return ref_answer_;                  \
    }                                      \
  } while (0)

#endif
