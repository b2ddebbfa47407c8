/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who takes the puts further, step by step, and when. A step is the work of one put or one event to its sink; steps are
 * taken one at a time, the oldest put or the newest first, by the pump, by a thread, or by the call itself. A call that comes from
 * inside an event only queues: whoever delivers that event goes on with the queue.
 */
#include "services.h"

static struct ref_operation *next_operation(const struct pac_services *services) {
  struct ref_operation *found = NULL;
  bool is_newest_first = REF_CHOSE(&services->options, ORDER, NEWEST);
  for (struct ref_operation *at = services->first; at != NULL && (found == NULL || is_newest_first); at = at->next) {
    found = at->stage == REF_STAGE_HELD ? found : at;
  }
  return found;
}

/* True while the put of that number can go further. */
static bool can_go_on(const struct pac_services *services, uint64_t number) {
  for (const struct ref_operation *at = services->first; at != NULL; at = at->next) {
    if (at->number == number) {
      return at->stage != REF_STAGE_HELD;
    }
  }
  return false;
}

static void deliver_progress(struct pac_services *services, struct ref_operation *operation) {
  uint32_t code = operation->progress_code;
  pthread_mutex_unlock(&services->lock);
  pac_hresult heard = pac_sink_progress(operation->sink, code >> 16, code & 0xFFFFu, "the provider is at work",
                                        operation->async_context);
  pthread_mutex_lock(&services->lock);
  if (operation->stage != REF_STAGE_PROGRESS) {
    return; /* it was cancelled meanwhile */
  }
  operation->progress_left -= 1;
  operation->ticks_left = services->options.value[REF_OPTION_LATE];
  if (pac_hresult_is_error(heard)) {
    operation->answer = ref_refuse(services, PAC_STATUS_CALL_CANCELLED, "the sink refused an event");
    operation->stage = REF_STAGE_COMPLETED;
  } else if (operation->progress_left == 0) {
    operation->stage = REF_STAGE_WAITING;
  }
}

static void deliver_object_put(struct pac_services *services, struct ref_operation *operation) {
  /* The object is stored and stays so, whatever the sink says to this. */
  pthread_mutex_unlock(&services->lock);
  pac_hresult heard = pac_sink_object_put(operation->sink, operation->path, operation->async_context);
  pthread_mutex_lock(&services->lock);
  if (pac_hresult_is_error(heard) && REF_CHOSE(&services->options, A_13, CANCEL)) {
    operation->answer = ref_refuse(services, PAC_STATUS_CALL_CANCELLED, "the sink refused an event");
  }
  operation->stage = REF_STAGE_COMPLETED;
  operation->ticks_left = services->options.value[REF_OPTION_LATE];
}

static void deliver_completed(struct pac_services *services, struct ref_operation *operation) {
  bool is_class = pac_object_genus(operation->object) == PAC_GENUS_CLASS;
  struct pac_last_error error = {
      .has_status_code = true,
      .status_code = operation->answer.code,
      .operation = is_class ? "PutClass" : "PutInstance",
      .parameter_info = pac_object_class_name(operation->object),
      .provider_name = operation->provider_name,
      .description = operation->answer.description,
  };
  bool has_error = ref_refused(operation->answer) && REF_CHOSE(&services->options, A_07, PRESENT);
  pthread_mutex_unlock(&services->lock);
  pac_sink_completed(operation->sink, operation->answer.code, has_error ? &error : NULL, operation->async_context);
  pthread_mutex_lock(&services->lock);
  ref_operation_end(services, operation);
}

/* Takes one step; false when there is none to take or another thread is at it. The lock is held. */
static bool step(struct pac_services *services) {
  struct ref_operation *operation = services->is_stepping ? NULL : next_operation(services);
  if (operation == NULL) {
    return false;
  }
  services->is_stepping = true;
  services->stepper = pthread_self();
  if (operation->ticks_left > 0) {
    operation->ticks_left -= 1;
  } else {
    switch (operation->stage) {
      case REF_STAGE_WAITING:
        ref_operation_run(services, operation);
        break;
      case REF_STAGE_PROGRESS:
        deliver_progress(services, operation);
        break;
      case REF_STAGE_STORED:
        deliver_object_put(services, operation);
        break;
      case REF_STAGE_COMPLETED:
        deliver_completed(services, operation);
        break;
      case REF_STAGE_HELD:
        break;
    }
  }
  services->is_stepping = false;
  pthread_cond_broadcast(&services->changed);
  return true;
}

static bool is_inside_an_event(const struct pac_services *services) {
  return services->is_stepping && pthread_equal(services->stepper, pthread_self());
}

/* Steps, or waits for whoever does, until the put of that number is done or held; with 0 until every put is. */
static void run_until_done(struct pac_services *services, uint64_t number) {
  while (number == 0 ? next_operation(services) != NULL : can_go_on(services, number)) {
    if (is_inside_an_event(services)) {
      return;
    }
    if (services->has_thread || !step(services)) {
      pthread_cond_wait(&services->changed, &services->lock);
    }
  }
}

static bool is_outstanding(const struct pac_services *services, uint64_t number) {
  const struct ref_operation *at = services->first;
  while (at != NULL && at->number != number) {
    at = at->next;
  }
  return at != NULL;
}

/* Waits also for the provider that holds the put: somebody else has to let it go. */
static void wait_until_done(struct pac_services *services, uint64_t number) {
  run_until_done(services, number);
  while (is_outstanding(services, number) && !is_inside_an_event(services)) {
    pthread_cond_wait(&services->changed, &services->lock);
    run_until_done(services, number);
  }
}

void ref_delivery_after_call(struct pac_services *services, const struct ref_operation *blocking) {
  pthread_cond_broadcast(&services->changed);
  if (REF_CHOSE(&services->options, DELIVERY, INSIDE)) {
    run_until_done(services, 0);
  } else if (blocking != NULL && (blocking->flags & PAC_FLAG_RETURN_IMMEDIATELY) == 0) {
    if (REF_CHOSE(&services->options, A_01, BLOCKS)) {
      run_until_done(services, blocking->number);
    } else if (REF_CHOSE(&services->options, A_01, WAITS)) {
      wait_until_done(services, blocking->number);
    }
  }
}

bool ref_delivery_pump(struct pac_services *services) {
  return !services->has_thread && step(services);
}

void ref_delivery_quiesce(struct pac_services *services) {
  run_until_done(services, 0);
}

static void *deliver_on_thread(void *context) {
  struct pac_services *services = context;
  pthread_mutex_lock(&services->lock);
  while (!services->is_closing) {
    if (!step(services)) {
      pthread_cond_wait(&services->changed, &services->lock);
    }
  }
  pthread_mutex_unlock(&services->lock);
  return NULL;
}

enum pac_result ref_delivery_start(struct pac_services *services) {
  if (!REF_CHOSE(&services->options, DELIVERY, THREAD)) {
    return PAC_RESULT_OK;
  }
  services->has_thread = true;
  if (pthread_create(&services->thread, NULL, deliver_on_thread, services) != 0) {
    services->has_thread = false;
    return PAC_RESULT_BROKEN;
  }
  return PAC_RESULT_OK;
}

void ref_delivery_stop(struct pac_services *services) {
  pthread_mutex_lock(&services->lock);
  services->is_closing = true;
  pthread_cond_broadcast(&services->changed);
  while (services->is_stepping && !is_inside_an_event(services)) {
    pthread_cond_wait(&services->changed, &services->lock); /* an event is with its sink */
  }
  pthread_mutex_unlock(&services->lock);
  if (services->has_thread) {
    pthread_join(services->thread, NULL);
  }
  while (services->first != NULL) {
    ref_operation_end(services, services->first);
  }
}
