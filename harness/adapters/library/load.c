/* SPDX-License-Identifier: Apache-2.0 */
/* Loads a vendor's shared library and checks the table that it exports, so that nothing later meets a null function.
 * Only a worker process, or a run in process, calls this: the supervisor never loads vendor code. */
#include "adapters/library/load.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "adapters/reference/reference.h"

#define FEATURES_KNOWN (0u PAC_FEATURE_MAP(FEATURE_OR))
#define FEATURE_OR(name, bit, word, text) | (bit)

/* The table ends with the functions of the first ABI; a vendor's may be longer (newer) or not shorter than this. */
#define TABLE_SIZE_MIN offsetof(struct pac_adapter, pump)

#define REQUIRED_MAP(X) X(connect) X(close) X(put_async) X(get) X(instances) X(derived)

/* feature, function that it needs */
#define FEATURE_FUNCTION_MAP(X)  \
  X(PUMP, pump)                  \
  X(QUIESCE, quiesce)            \
  X(CANCEL, cancel)              \
  X(ENCODED, put_encoded)        \
  X(RIGHTS, set_rights)          \
  X(ALLOCATION, fail_allocation) \
  X(PROVIDER, set_provider)      \
  X(LOCALE, set_locale)          \
  X(LOCALE, get_localized)

static const char *missing_required(const struct pac_adapter *adapter) {
#define REQUIRED_TEST(function)    \
  if (adapter->function == NULL) { \
    return #function;              \
  }
  REQUIRED_MAP(REQUIRED_TEST)
#undef REQUIRED_TEST
  return NULL;
}

static const char *feature_without_function(const struct pac_adapter *adapter, const char **feature) {
#define FEATURE_WORD(name, bit, word, text) \
  if ((bit) == wanted) {                    \
    *feature = word;                        \
  }
#define FEATURE_TEST(name, function)                                                \
  if ((adapter->features & PAC_FEATURE_##name) != 0 && adapter->function == NULL) { \
    const uint32_t wanted = PAC_FEATURE_##name;                                     \
    PAC_FEATURE_MAP(FEATURE_WORD)                                                   \
    return #function;                                                               \
  }
  FEATURE_FUNCTION_MAP(FEATURE_TEST)
#undef FEATURE_TEST
#undef FEATURE_WORD
  return NULL;
}

enum pac_result pac_adapter_check(const struct pac_adapter *adapter, struct pac_loaded *loaded, char *why,
                                  size_t why_size) {
  if (adapter == NULL) {
    (void)snprintf(why, why_size, "its pac_adapter() gives no table");
    return PAC_RESULT_MALFORMED;
  }
  if (adapter->abi != PAC_ADAPTER_ABI) {
    (void)snprintf(why, why_size, "it is built for adapter ABI %u, and this pacheck has ABI %u", adapter->abi,
                   PAC_ADAPTER_ABI);
    return PAC_RESULT_MALFORMED;
  }
  if (adapter->size < TABLE_SIZE_MIN) {
    (void)snprintf(why, why_size, "its table has %u octets, and the required functions alone need %zu", adapter->size,
                   TABLE_SIZE_MIN);
    return PAC_RESULT_MALFORMED;
  }
  struct pac_adapter table = {0};
  memcpy(&table, adapter, adapter->size < sizeof table ? adapter->size : sizeof table);
  const char *function = missing_required(&table);
  if (function != NULL) {
    (void)snprintf(why, why_size, "its table lacks the required function %s", function);
    return PAC_RESULT_MALFORMED;
  }
  if (table.name == NULL || table.name[0] == '\0' || table.version == NULL) {
    (void)snprintf(why, why_size, "its table lacks the implementation's name or version");
    return PAC_RESULT_MALFORMED;
  }
  if ((table.features & ~FEATURES_KNOWN) != 0) {
    (void)snprintf(why, why_size, "it declares features that this pacheck does not know: 0x%x",
                   table.features & ~FEATURES_KNOWN);
    return PAC_RESULT_MALFORMED;
  }
  const char *feature = "";
  function = feature_without_function(&table, &feature);
  if (function != NULL) {
    (void)snprintf(why, why_size, "it declares the feature %s and lacks the function %s", feature, function);
    return PAC_RESULT_MALFORMED;
  }
  loaded->table = table;
  loaded->adapter = &loaded->table;
  return PAC_RESULT_OK;
}

static enum pac_result library_load(const char *path, struct pac_loaded *loaded, char *why, size_t why_size) {
  /* A name without a slash would be searched in the system's folders; what the user means is the file here. */
  char local[4096];
  if (snprintf(local, sizeof local, "%s%s", strchr(path, '/') == NULL ? "./" : "", path) >= (int)sizeof local) {
    (void)snprintf(why, why_size, "the path of the adapter is too long");
    return PAC_RESULT_NOT_FOUND;
  }
  if (access(local, F_OK) != 0) {
    (void)snprintf(why, why_size, "there is no adapter '%s': give 'reference' or the path of a shared library", path);
    return PAC_RESULT_NOT_FOUND;
  }
  void *library = dlopen(local, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *error = dlerror();
    (void)snprintf(why, why_size, "cannot load '%s': %s", path, error != NULL ? error : "no reason given");
    return PAC_RESULT_MALFORMED;
  }
  void *symbol = dlsym(library, "pac_adapter");
  if (symbol == NULL) {
    (void)snprintf(why, why_size, "'%s' is no adapter: it does not export pac_adapter()", path);
    return PAC_RESULT_MALFORMED;
  }
  /* ISO C has no cast from an object pointer to a function pointer; POSIX guarantees the representation. */
  pac_adapter_function function;
  memcpy(&function, &symbol, sizeof function);
  char reason[256];
  enum pac_result result = pac_adapter_check(function(), loaded, reason, sizeof reason);
  if (result != PAC_RESULT_OK) {
    (void)snprintf(why, why_size, "cannot use '%s': %s", path, reason);
  }
  return result;
}

enum pac_result pac_adapter_load(const char *name, struct pac_loaded *loaded, char *why, size_t why_size) {
  if (strcmp(name, "reference") == 0) {
    return pac_adapter_check(pac_reference_adapter(), loaded, why, why_size);
  }
  return library_load(name, loaded, why, why_size);
}
