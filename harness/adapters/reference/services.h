/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A connection: the store, the puts that are outstanding, and what the controls have set.
 *
 * One lock guards all of it. Sinks are called without the lock, and only by whoever has set is_stepping, so no put ever has
 * two of its events under way at once.
 */
#ifndef PACHECK_REFERENCE_SERVICES_H
#define PACHECK_REFERENCE_SERVICES_H

#include <pthread.h>

#include "allocation.h"
#include "answer.h"
#include "options.h"
#include "store.h"

/* Where a put stands. */
enum ref_stage {
  REF_STAGE_WAITING,   /* its turn has not come, or its provider may go on */
  REF_STAGE_PROGRESS,  /* its provider has progress to report first */
  REF_STAGE_HELD,      /* its provider holds it */
  REF_STAGE_STORED,    /* done; OnObjectPut comes next */
  REF_STAGE_COMPLETED, /* decided; OnCompleted comes next */
};

/** One put that was started. It owns copies of all that the caller passed. */
struct ref_operation {
  struct ref_operation *next;
  uint64_t number;
  struct pac_sink *sink;
  struct pac_object *object;
  uint32_t flags; /* what is left of the caller's flags after the check */
  uint32_t rights;
  struct pac_named_values *context;       /* null for none */
  struct pac_named_values *async_context; /* null for none */
  enum ref_stage stage;
  struct ref_answer answer;
  const char *provider_name; /* when a provider answered; null for none. Static */
  char *path;                /* what OnObjectPut delivers */
  uint32_t levels_asked;     /* classes, from the top down, whose providers have been asked */
  uint32_t progress_left;
  uint32_t progress_code;
  uint32_t ticks_left; /* pumps until its next event is due */
};

struct ref_provider {
  char *class_name;
  char *unwritable;
  struct pac_provider_behaviour behaviour; /* its `unwritable` is the copy above */
};

struct pac_services {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  enum pac_profile profile;
  struct ref_options options;
  struct ref_allocation allocation;
  struct ref_store store;
  uint32_t rights;
  char *locale; /* null for none */
  struct ref_provider *providers;
  size_t providers_count;
  uint64_t keys_made; /* for keys that are made up */

  struct ref_operation *first; /* outstanding puts in the order of their calls */
  struct ref_operation *last;
  uint64_t numbers;
  bool is_stepping;
  pthread_t stepper; /* valid while is_stepping */
  bool has_thread;
  bool is_closing;
  pthread_t thread;
};

/** The code of a status in the dialect of the connection. */
struct ref_answer ref_refuse(const struct pac_services *services, enum pac_status status, const char *description);

/** What the implementation answers when its object model could not do something. */
struct ref_answer ref_answer_of(const struct pac_services *services, enum pac_result result);

/* flags.c ---------------------------------------------------------------------------------------------------------- */

/** Checks the flags of a put of that kind; *left is what the put has to heed. */
struct ref_answer ref_flags_check(const struct pac_services *services, enum pac_genus genus, uint32_t flags,
                                  uint32_t *left);

/* rights.c --------------------------------------------------------------------------------------------------------- */

/** The rights that any call needs. */
struct ref_answer ref_rights_to_call(const struct pac_services *services, uint32_t rights);

/** The rights for writing an object; `of` is the class that is put or the class of the instance. */
struct ref_answer ref_rights_to_write(const struct pac_services *services, const struct ref_operation *operation,
                                      const struct ref_class *of, bool is_dynamic);

/* partial.c -------------------------------------------------------------------------------------------------------- */

/** What the context says about a partial update. */
struct ref_partial {
  bool is_asked;
  bool has_strict_nulls;
  const struct pac_value *properties; /* the list; null when all are meant */
};

/** Reads the put extensions of an instance put, and refuses what is not complete. `context` may be null. */
struct ref_answer ref_partial_read(const struct pac_services *services, const struct pac_named_values *context,
                                   uint32_t flags, struct ref_partial *partial);

/** True when the update writes this property. */
bool ref_partial_lists(const struct ref_partial *partial, const char *property);

/* provider.c ------------------------------------------------------------------------------------------------------- */

pac_hresult ref_provider_set(struct pac_services *services, const char *class_name,
                             const struct pac_provider_behaviour *behaviour);
void ref_providers_reset(struct pac_services *services);

/** The test provider of exactly this class; null when there is none. */
const struct ref_provider *ref_provider_of(const struct pac_services *services, const char *class_name);

/** True when the class or an ancestor of it has a provider. */
bool ref_is_dynamic(const struct pac_services *services, const struct ref_class *of);

/** What a provider, or its registration, forbids before anything is asked of it. Both may be null. */
struct ref_answer ref_provider_admits(const struct pac_services *services, const struct ref_provider *provider,
                                      const struct pac_named_values *context);

/**
 * Asks the providers of the classes from the top down to `of` to store the instance; each is asked once in the life of the
 * operation. *stores says whether the instance is to be kept.
 *
 * Leaves operation->stage at REF_STAGE_PROGRESS or REF_STAGE_HELD when a provider is not done yet.
 */
struct ref_answer ref_providers_ask(struct pac_services *services, struct ref_operation *operation,
                                    const struct ref_class *of, const struct pac_object *instance,
                                    const struct ref_partial *partial, bool *stores);

/* amended.c -------------------------------------------------------------------------------------------------------- */

/** True when a qualifier of the amended flavor was set on the object, a property or a method. */
bool ref_has_amended(const struct pac_object *object);

/** Takes those qualifiers away. Errors: PAC_RESULT_NO_MEMORY. */
enum pac_result ref_strip_amended(struct pac_object *object);

/* class_put.c, instance_put.c -------------------------------------------------------------------------------------- */

/** Puts a class: on success it is stored and operation->path is set. */
struct ref_answer ref_class_put(struct pac_services *services, struct ref_operation *operation);

/** Puts an instance; may leave the operation at an earlier stage for its provider. */
struct ref_answer ref_instance_put(struct pac_services *services, struct ref_operation *operation);

/** Refuses an instance whose relative path is too long, before the put is started. */
struct ref_answer ref_instance_path_check(struct pac_services *services, const struct pac_object *instance);

/* operation.c ------------------------------------------------------------------------------------------------------ */

/** The text of the path of an object. */
enum pac_result ref_path_text(struct pac_services *services, const struct pac_object *object, enum pac_path_form form,
                              char **given);

/** Starts a put: checks, copies, queues. *operation is null when the call was refused. The lock is held. */
pac_hresult ref_operation_start(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                                uint32_t flags, const struct pac_named_values *context,
                                const struct pac_named_values *async_context, struct ref_operation **operation);

/** Does the work of a put that waits. The lock is held. */
void ref_operation_run(struct pac_services *services, struct ref_operation *operation);

/** Takes a put out of the queue and frees it. */
void ref_operation_end(struct pac_services *services, struct ref_operation *operation);

/** Ends the undecided puts of a sink. The lock is held. */
void ref_operations_cancel(struct pac_services *services, const struct pac_sink *sink);

/** Lets the puts that were held go on. The lock is held. */
void ref_operations_release(struct pac_services *services);

/* delivery.c ------------------------------------------------------------------------------------------------------- */

/** Starts the thread, when events are delivered by one. */
enum pac_result ref_delivery_start(struct pac_services *services);
/** Stops delivery: when this returns, no sink is called any more. */
void ref_delivery_stop(struct pac_services *services);
/** Does what has to be done before a call on the services returns; the lock is held. `blocking` may be null. */
void ref_delivery_after_call(struct pac_services *services, const struct ref_operation *blocking);
/** Does the next step of the pumped mode; false when nothing is due. The lock is held. */
bool ref_delivery_pump(struct pac_services *services);
/** Returns when every put that is not held has completed. The lock is held. */
void ref_delivery_quiesce(struct pac_services *services);

#endif
