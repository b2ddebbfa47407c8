/* SPDX-License-Identifier: Apache-2.0 */
/** What was chosen with `--option`: one value for each row of options.def. */
#ifndef PACHECK_REFERENCE_OPTIONS_H
#define PACHECK_REFERENCE_OPTIONS_H

#include <stdint.h>

#include "pacheck/adapter.h"

enum ref_option {
#define OPTION(identifier, name, sentence) REF_OPTION_##identifier,
#define VALUE(identifier, index, enumerator, word)
#define NUMBER(identifier, name, maximum, sentence) REF_OPTION_##identifier,
#include "options.def"
#undef OPTION
#undef VALUE
#undef NUMBER
  REF_OPTION_COUNT
};

enum ref_option_value {
#define OPTION(identifier, name, sentence)
#define VALUE(identifier, index, enumerator, word) REF_##identifier##_##enumerator = (index),
#define NUMBER(identifier, name, maximum, sentence) REF_##identifier##_MAX = (maximum),
#include "options.def"
#undef OPTION
#undef VALUE
#undef NUMBER
};

struct ref_options {
  uint16_t value[REF_OPTION_COUNT]; /* index of the value, or the number */
};

/** True when `value` is the chosen one: REF_CHOSE(options, A_28, DELETE). */
#define REF_CHOSE(options, identifier, enumerator) \
  ((options)->value[REF_OPTION_##identifier] == REF_##identifier##_##enumerator)

/** Reads the host's options. Errors: PAC_RESULT_INVALID_ARGUMENT after one sentence on standard error. */
enum pac_result ref_options_read(const struct pac_host *host, struct ref_options *options);

#endif
