/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What an adapter implements: the bridge between pacheck and one implementation of SWbemServicesEx.PutAsync.
 *
 * An adapter is a table of functions, `struct pac_adapter`. A shared library exports it through
 *
 *     PAC_ADAPTER_EXPORT const struct pac_adapter *pac_adapter(void);
 *
 * and `pacheck run ./libmine.so` loads it. harness/adapters/reference is the one to copy.
 *
 * Rules that hold for every function:
 * - The return value is an HRESULT: what the implementation under test answered, unchanged. 0 is success, bit 31 marks an
 *   error. Two values are the adapter's own words and no answer of the implementation: PAC_ANSWER_UNSUPPORTED (the
 *   implementation has no such function) and PAC_ANSWER_BROKEN (the adapter could not ask). Neither ever counts as
 *   passed or failed.
 * - `services` is what connect gave. pacheck calls at most one function on it at a time and from one thread, but it calls
 *   cancel and pump while puts are outstanding.
 * - Pointers passed in are borrowed: they are valid during the call. Whatever the implementation needs later it copies
 *   (pac_object_clone, pac_named_values_clone). After put_async has returned, pacheck changes and frees what it passed.
 * - An object that the adapter gives back is made with object.h and becomes pacheck's to free.
 * - An adapter does not crash, exit, write to standard output or leave processes behind; when it does, pacheck says so
 *   for the case at hand and goes on with a fresh process.
 *
 * Events are reported by calling the pac_sink_* functions at the end of this page, from any thread, inside the call, after
 * it, or much later: an event that comes after its case has ended is recorded as a late event of that case.
 */
#ifndef PACHECK_ADAPTER_H
#define PACHECK_ADAPTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pacheck/contract.h"
#include "pacheck/named_values.h"
#include "pacheck/object.h"
#include "pacheck/path.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when a field changes its meaning or goes away. New optional functions are added at the end of the table and do
 * not raise it: `size` tells which an adapter knows. */
#define PAC_ADAPTER_ABI 1u

#define PAC_ANSWER_UNSUPPORTED ((pac_hresult)0xA0040001u)
#define PAC_ANSWER_BROKEN ((pac_hresult)0xA0040002u)

#if defined(_WIN32)
#define PAC_ADAPTER_EXPORT __declspec(dllexport)
#else
#define PAC_ADAPTER_EXPORT __attribute__((visibility("default")))
#endif

struct pac_adapter;
struct pac_services; /* the adapter's own: a connection to one namespace */
struct pac_sink;     /* pacheck's own: a handle that stays valid until the process ends */
struct pac_provider; /* pacheck's own: a handle of a test provider's recorder, valid as long as a sink */

/* Features: optional functions, one bit each. A case that needs a feature which is not declared is `unsupported`. */
#define PAC_FEATURE_MAP(X)                                                              \
  X(PUMP, 0x001, "pump", "deliver what is due when asked")                              \
  X(QUIESCE, 0x002, "quiesce", "say when nothing more will come")                       \
  X(CANCEL, 0x004, "cancel", "cancel the puts of a sink")                               \
  X(ENCODED, 0x008, "encoded", "put an encoded object")                                 \
  X(RIGHTS, 0x010, "rights", "set the caller's rights")                                 \
  X(ALLOCATION, 0x020, "allocation", "make the nth allocation fail")                    \
  X(PROVIDER, 0x040, "provider", "back a class with a test provider")                   \
  X(LOCALE, 0x080, "locale", "set the locale and read localized definitions")

enum pac_feature {
#define PAC_FEATURE_ENUMERATOR(name, bit, word, text) PAC_FEATURE_##name = (bit),
  PAC_FEATURE_MAP(PAC_FEATURE_ENUMERATOR)
#undef PAC_FEATURE_ENUMERATOR
};

/** One option of the command line, `--option NAME=VALUE`. */
struct pac_option {
  const char *name;
  const char *value;
};

/** What pacheck tells an adapter on connect. Borrowed until close. */
struct pac_host {
  uint32_t abi;                     /* PAC_ADAPTER_ABI of pacheck */
  uint32_t size;                    /* sizeof(struct pac_host) of pacheck */
  enum pac_profile profile;         /* the dialect of the disputed codes in which answers will be judged */
  uint64_t seed;                    /* of the run; for an adapter that wants to vary its timing reproducibly */
  const char *case_name;            /* the case that connects, for the adapter's own logs */
  const struct pac_option *options; /* for the adapter alone: an address, a delivery mode, ... */
  size_t option_count;
};

/** The value of the adapter's option of that name; null when it was not given. */
const char *pac_host_option(const struct pac_host *host, const char *name);

/** Called for each object; false stops. The object is borrowed during the call. */
typedef bool (*pac_visit)(void *context, const struct pac_object *object);

enum pac_encoding_format {
  PAC_FORMAT_UNIT = 1, /* one object: EncodingUnit */
};

/** A put whose object and contexts are octets. Any pointer may be null: that is a case. */
struct pac_encoded_put {
  enum pac_encoding_format format;
  const uint8_t *object;
  size_t object_size;
  uint32_t flags;
  const uint8_t *context; /* a context buffer */
  size_t context_size;
  const struct pac_named_values *async_context; /* never travels in encoded form */
};

enum pac_provider_kind {
  PAC_PROVIDER_NONE,        /* the class is static (again) */
  PAC_PROVIDER_ACCEPTS,     /* records what it is given and succeeds */
  PAC_PROVIDER_ANSWERS,     /* records, stores nothing and answers with `answer` */
  PAC_PROVIDER_HOLDS,       /* records and holds each put open until the behaviour is set anew */
  PAC_PROVIDER_WITHOUT_PUT, /* is registered as not supporting put */
  PAC_PROVIDER_MISSING,     /* is registered but cannot be loaded */
  PAC_PROVIDER_PARTIAL,     /* as ACCEPTS, and supports partial updates (put extensions) */
};

/** What the test provider of a class does with puts. */
struct pac_provider_behaviour {
  enum pac_provider_kind kind;
  pac_hresult answer;            /* for ANSWERS */
  uint32_t progress_count;       /* progress reports that it sends before its final status, when asked for (flag 0x80) */
  uint32_t progress_code;        /* of each report: upper bound in the high word, position in the low word */
  const char *unwritable;        /* name of a property that it cannot write; null for none */
  struct pac_provider *recorder; /* where calls are reported: pac_provider_put, pac_provider_deleted */
};

struct pac_adapter {
  uint32_t abi;  /* PAC_ADAPTER_ABI */
  uint32_t size; /* sizeof(struct pac_adapter) */

  const char *name;           /* of the implementation, for reports */
  const char *version;        /* of the implementation, for reports */
  uint32_t features;          /* bits of enum pac_feature; each needs its function below */

  /* Life cycle, required --------------------------------------------------------------------------------------- */

  /** Connects to a fresh, empty namespace, with all rights; *services is given. Called once or more for each case. */
  pac_hresult (*connect)(const struct pac_host *host, struct pac_services **services);

  /** Ends the connection and deletes the namespace. Puts may be outstanding. */
  void (*close)(struct pac_services *services);

  /* The call, required ----------------------------------------------------------------------------------------- */

  /**
   * SWbemServicesEx.PutAsync. Any of the four pointers may be null: that is a case, so pass it on as it is (a null
   * context is an omitted one). Flags travel as the 32 bits of the signed argument.
   */
  pac_hresult (*put_async)(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                           uint32_t flags, const struct pac_named_values *context,
                           const struct pac_named_values *async_context);

  /* Looking, required: what cannot be read back cannot be judged --------------------------------------------------- */

  /** Reads one object, with the raw qualifiers of the neutral definition. wbemErrNotFound when there is none. */
  pac_hresult (*get)(struct pac_services *services, const char *path, struct pac_object **object);

  /** Visits the instances of exactly this class, in any order; those of derived classes are left out. */
  pac_hresult (*instances)(struct pac_services *services, const char *class_name, pac_visit visit, void *context);

  /** Visits the classes derived from this one, at any depth and in any order; null visits every class. System classes are
   *  left out. */
  pac_hresult (*derived)(struct pac_services *services, const char *class_name, pac_visit visit, void *context);

  /* Time, optional --------------------------------------------------------------------------------------------- */

  /** PAC_FEATURE_PUMP. Delivers the next due event, or does the next step; false when nothing is due. Absent when the
   *  implementation delivers on threads of its own. */
  bool (*pump)(struct pac_services *services);

  /** PAC_FEATURE_QUIESCE. Returns when every put that is not held by a provider has completed and no event will come. */
  pac_hresult (*quiesce)(struct pac_services *services);

  /* Cancel, optional ------------------------------------------------------------------------------------------- */

  /** PAC_FEATURE_CANCEL. SWbemSink.Cancel: ends the outstanding puts of this sink. */
  pac_hresult (*cancel)(struct pac_services *services, struct pac_sink *sink);

  /* Raw input, optional ---------------------------------------------------------------------------------------- */

  /** PAC_FEATURE_ENCODED. A put whose object and context come as octets, for implementations that take them so. */
  pac_hresult (*put_encoded)(struct pac_services *services, struct pac_sink *sink, const struct pac_encoded_put *put);

  /* Controls, optional: they set the scene ------------------------------------------------------------------------ */

  /** PAC_FEATURE_RIGHTS. Sets the caller's rights in the namespace: bits of enum pac_right. */
  pac_hresult (*set_rights)(struct pac_services *services, uint32_t rights);

  /** PAC_FEATURE_ALLOCATION. Makes the nth allocation from now on fail (1 is the next), once; 0 takes it back. */
  pac_hresult (*fail_allocation)(struct pac_services *services, uint32_t nth);

  /** PAC_FEATURE_PROVIDER. Backs a class, present or future, with a test provider. */
  pac_hresult (*set_provider)(struct pac_services *services, const char *class_name,
                              const struct pac_provider_behaviour *behaviour);

  /** PAC_FEATURE_LOCALE. Sets the locale of the connection, such as "MS_409"; null for none. */
  pac_hresult (*set_locale)(struct pac_services *services, const char *locale);

  /** PAC_FEATURE_LOCALE. Reads the object that is stored for a locale; wbemErrNotFound when there is none. */
  pac_hresult (*get_localized)(struct pac_services *services, const char *locale, const char *path,
                               struct pac_object **object);
};

/** The type of the function `pac_adapter` that a shared library exports. */
typedef const struct pac_adapter *(*pac_adapter_function)(void);

/** What a shared library exports; declared so that its definition needs no prototype of its own. In C++ the type has to be
 *  written with `struct`, because the function has its name. */
PAC_ADAPTER_EXPORT const struct pac_adapter *pac_adapter(void);

/* The sink: what an adapter calls ---------------------------------------------------------------------------------- */

/** Error information of a failed put (SWbemLastError). A null text is not known. Borrowed during the call. */
struct pac_last_error {
  bool has_status_code;
  pac_hresult status_code;
  const char *operation;
  const char *parameter_info;
  const char *provider_name;
  const char *description;
};

/*
 * Each function reports one event of one put. `async_context` is the set that goes with the event: pass what the
 * implementation hands over, null for none. Everything is borrowed during the call.
 *
 * Returns 0, or an error that the client's routine returns: hand it to the implementation as the routine's result.
 */

/** OnObjectPut: the object was stored under `path`. */
pac_hresult pac_sink_object_put(struct pac_sink *sink, const char *path,
                                const struct pac_named_values *async_context);

/** OnCompleted: the put has ended with `result`; `error` is null when no error object came with it. */
pac_hresult pac_sink_completed(struct pac_sink *sink, pac_hresult result, const struct pac_last_error *error,
                               const struct pac_named_values *async_context);

/** OnObjectReady: an object is delivered. */
pac_hresult pac_sink_object_ready(struct pac_sink *sink, const struct pac_object *object,
                                  const struct pac_named_values *async_context);

/** OnProgress. */
pac_hresult pac_sink_progress(struct pac_sink *sink, uint32_t upper_bound, uint32_t current, const char *message,
                              const struct pac_named_values *async_context);

/* The test provider: what an adapter with PAC_FEATURE_PROVIDER calls --------------------------------------------------- */

/** Reports that the provider of `class_name` was asked to store `object`, with the flags and context that it saw. */
void pac_provider_put(struct pac_provider *recorder, const char *class_name, const struct pac_object *object,
                      uint32_t flags, const struct pac_named_values *context);

/** Reports that the provider of `class_name` was asked to delete the instance at `path`. */
void pac_provider_deleted(struct pac_provider *recorder, const char *class_name, const char *path);

#ifdef __cplusplus
}
#endif
#endif
