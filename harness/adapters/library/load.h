/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Adapters by name: the built-in reference, or a vendor's shared library.
 */
#ifndef PACHECK_ADAPTERS_LIBRARY_LOAD_H
#define PACHECK_ADAPTERS_LIBRARY_LOAD_H

#include <stddef.h>

#include "pacheck/adapter.h"

/** A loaded adapter. It stays loaded until the process ends: its threads may still run. */
struct pac_loaded {
  const struct pac_adapter *adapter;
  struct pac_adapter table; /* the vendor's table, completed with nulls when his is of an older, shorter kind */
};

/**
 * Loads `name`: "reference", or the path of a shared library that exports pac_adapter().
 *
 * Errors  PAC_RESULT_NOT_FOUND, PAC_RESULT_MALFORMED with one sentence in `why`.
 */
enum pac_result pac_adapter_load(const char *name, struct pac_loaded *loaded, char *why, size_t why_size);

/** Checks a table: ABI, size, name, required functions, known features, a function for each declared feature. */
enum pac_result pac_adapter_check(const struct pac_adapter *adapter, struct pac_loaded *loaded, char *why,
                                  size_t why_size);

#endif
