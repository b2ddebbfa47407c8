/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The harness's own outcomes.
 *
 * Every harness function that can fail returns `enum pac_result`. It says how *the harness* fared and is never the
 * answer of the implementation under test: that is a `pac_hresult` (contract.h) and travels as data. On failure nothing
 * that the caller sees has changed.
 */
#ifndef PACHECK_RESULT_H
#define PACHECK_RESULT_H

#ifdef __cplusplus
extern "C" {
#endif

/* enumerator, sentence */
#define PAC_RESULT_MAP(X)                                                         \
  X(OK, "done")                                                                   \
  X(NO_MEMORY, "not enough memory")                                               \
  X(INVALID_ARGUMENT, "an argument is not usable")                                \
  X(NOT_FOUND, "there is nothing of that name")                                   \
  X(EXISTS, "there is already something of that name")                            \
  X(TYPE_MISMATCH, "the value does not fit the declared type")                    \
  X(READ_ONLY, "it cannot be changed here")                                       \
  X(MALFORMED, "the input does not follow its grammar")                           \
  X(LIMIT, "a stated limit is exceeded")                                          \
  X(UNSUPPORTED, "the adapter does not offer this")                               \
  X(NOTHING_DUE, "nothing is due")                                                \
  X(IO, "reading or writing failed")                                              \
  X(BROKEN, "the harness or the adapter could not do its part")

enum pac_result {
#define PAC_RESULT_ENUMERATOR(name, text) PAC_RESULT_##name,
  PAC_RESULT_MAP(PAC_RESULT_ENUMERATOR)
#undef PAC_RESULT_ENUMERATOR
};

/** The sentence that goes with a result; never null. */
const char *pac_result_text(enum pac_result result);

/** Returns early when `call` does not succeed. The only macro of the project that hides control flow. */
#define PAC_TRY(call)                                     \
  do {                                                    \
    enum pac_result pac_try_result_ = (call);             \
    if (pac_try_result_ != PAC_RESULT_OK) {               \
      return pac_try_result_;                             \
    }                                                     \
  } while (0)

#ifdef __cplusplus
}
#endif
#endif
