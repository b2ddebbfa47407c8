/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at what has come of the puts of a program, and delivering what is due. A put that has ended is handed on to be
 * judged. */
#include <string.h>

#include "program/run_state.h"

/* Steps that draining may take: far beyond any program, short of for ever. */
#define STEPS_MAX 100000u

/* The providers as they are when the put ends: a later change is none of its business. */
static void keep_providers(struct pac_running *running, struct pac_running_put *one) {
  const struct pac_running_space *space = &running->spaces[one->space];
  if (space->provider_count == 0) {
    return;
  }
  struct pac_program_provider *kept =
      pac_arena_allocate_array(running->run->arena, space->provider_count, sizeof *kept);
  pac_run_require(running->run, kept == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK, "a list of providers");
  memcpy(kept, space->providers, space->provider_count * sizeof *kept);
  one->circumstances.providers = kept;
  one->circumstances.provider_count = space->provider_count;
}

static void tell_end(struct pac_running *running, const struct pac_running_put *put) {
  if (running->watch != NULL && running->watch->ends != NULL) {
    running->watch->ends[put->call - running->program->calls] =
        (struct pac_program_end){.is_ended = true,
                                 .is_raised = put->is_raised,
                                 .is_cancelled = put->circumstances.is_cancelled,
                                 .call = running->current_call,
                                 .outcome = put->seen.outcome};
  }
}

void pac_running_end(struct pac_running *running, uint32_t index) {
  struct pac_running_put *put = &running->puts[index];
  enum pac_status status = PAC_STATUS_NO_ERR;
  put->is_open = false;
  put->ended = ++running->clock;
  keep_providers(running, put);
  running->spaces[put->space].open_count -= 1;
  (void)pac_status_of_hresult(put->seen.outcome, &status);
  tell_end(running, put);
  running->last_outcome = (uint32_t)status + (put->is_raised ? 128u : 0u);
  pac_running_judge(running, index);
  if (running->spaces[put->space].open_count == 0) {
    pac_running_settle(running, put->space, false);
  }
}

void pac_running_look(struct pac_running *running) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(running->run->session, &events);
  for (; running->events_seen < count; running->events_seen++) {
    const struct pac_event *event = events[running->events_seen];
    if (event->kind != PAC_EVENT_COMPLETED) {
      continue;
    }
    for (uint32_t i = 0; i < running->put_count; i++) {
      struct pac_running_put *put = &running->puts[i];
      if (put->is_open && running->events_seen >= put->seen.first_event &&
          pac_run_is_own_event(&put->made, event)) {
        pac_run_see(running->run, &put->made, &put->seen);
        pac_running_end(running, i);
        break;
      }
    }
  }
}

uint32_t pac_running_pump(struct pac_running *running, uint32_t space, uint32_t steps) {
  uint32_t done = 0;
  while (pac_running_has(running, PAC_FEATURE_PUMP) && done < steps &&
         pac_running_adapter(running)->pump(running->spaces[space].services)) {
    pac_running_look(running);
    done += 1;
  }
  return done;
}

/* Puts that are open and that no provider may be holding. */
static uint32_t awaited(const struct pac_running *running, const struct pac_running_put **first) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < running->put_count; i++) {
    const struct pac_running_put *put = &running->puts[i];
    bool may_be_held = false;
    const struct pac_running_space *space = &running->spaces[put->space];
    for (uint32_t j = 0; j < space->provider_count; j++) {
      may_be_held = may_be_held || space->providers[j].kind == PAC_PROVIDER_HOLDS;
    }
    if (put->is_open && !may_be_held) {
      *first = count == 0 ? put : *first;
      count += 1;
    }
  }
  return count;
}

static bool is_instance(const struct pac_object *object) {
  return object != NULL && pac_object_genus(object) == PAC_GENUS_INSTANCE;
}

/* True when a provider was asked for that put and for no other one that is open. */
static bool was_asked(struct pac_running *running, const struct pac_running_put *put) {
  const struct pac_provider_call *const *calls = NULL;
  uint32_t count = pac_session_provider_calls(running->run->session, &calls);
  const struct pac_object *object = put->circumstances.object;
  bool was = false;
  for (uint32_t i = put->asked_before; is_instance(object) && i < count && !was; i++) {
    was = !calls[i]->is_deletion &&
          pac_running_compare_paths(running, object, calls[i]->object) == PAC_SAMENESS_SAME;
  }
  for (uint32_t i = 0; was && i < running->put_count; i++) {
    const struct pac_running_put *other = &running->puts[i];
    was = other == put || !other->is_open || !is_instance(other->circumstances.object) ||
          pac_running_compare_paths(running, object, other->circumstances.object) == PAC_SAMENESS_OTHER;
  }
  return was;
}

/* Nothing is due any more: what a provider was asked for and what has not ended, that provider holds. */
static void note_held(struct pac_running *running) {
  for (uint32_t i = 0; i < running->put_count; i++) {
    struct pac_running_put *put = &running->puts[i];
    const struct pac_running_space *space = &running->spaces[put->space];
    bool may_be_held = false;
    for (uint32_t j = 0; put->is_open && j < space->provider_count; j++) {
      may_be_held = may_be_held || space->providers[j].kind == PAC_PROVIDER_HOLDS;
    }
    put->is_held = may_be_held && (put->is_held || was_asked(running, put));
  }
}

void pac_running_drain(struct pac_running *running) {
  for (uint32_t i = 0; i < running->space_count; i++) {
    if (pac_running_pump(running, i, STEPS_MAX) == STEPS_MAX) {
      pac_run_broken(running->run, "pump still delivers after %u calls", STEPS_MAX);
    }
    pac_run_quiesce(running->run, running->spaces[i].services);
  }
  pac_running_look(running);
  const struct pac_running_put *first = NULL;
  bool can_tell = pac_running_has(running, PAC_FEATURE_PUMP) || pac_running_has(running, PAC_FEATURE_QUIESCE);
  if (can_tell) {
    note_held(running);
  }
  for (uint32_t left = awaited(running, &first); !can_tell && left > 0; left = awaited(running, &first)) {
    uint32_t completed = pac_session_completed(running->run->session, first->made.sink);
    pac_run_settle(running->run, first->made.sink, completed + 1);
    pac_running_look(running);
    if (pac_session_completed(running->run->session, first->made.sink) == completed) {
      return; /* it never comes: judged by its events */
    }
  }
}
