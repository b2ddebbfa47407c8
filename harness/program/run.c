/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes the calls of a program and watches what comes of them. What an outcome is held against is left to window.c and
 * oracle.c; the events of every put are judged at the end, when all of them are there.
 */
#include "program/run.h"

#include <stdio.h>
#include <string.h>

#include "program/run_state.h"

/* Steps that draining may take: far beyond any program, short of for ever. */
#define STEPS_MAX 100000u

static bool has(const struct pac_running *running, enum pac_feature feature) {
  return (running->run->settings->adapter->features & (uint32_t)feature) != 0;
}

static const struct pac_adapter *adapter_of(const struct pac_running *running) {
  return running->run->settings->adapter;
}

/* The abstract state --------------------------------------------------------------------------------------------------- */

/* What was called, how the last put ended, how many are open: folded, so that a fuzz engine sees progress in the protocol. */
static void tell_state(struct pac_running *running, enum pac_program_op op) {
  if (running->watch == NULL || running->watch->state == NULL) {
    return;
  }
  uint32_t open = 0;
  for (uint32_t i = 0; i < running->space_count; i++) {
    open += running->spaces[i].open_count;
  }
  uint32_t state = ((uint32_t)op * 31u + running->last_outcome) * 5u + (open > 4u ? 4u : open);
  running->watch->state(running->watch->context, state % PAC_PROGRAM_STATES);
}

/* Looking --------------------------------------------------------------------------------------------------------------- */

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

static void end_put(struct pac_running *running, uint32_t index) {
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

/* Fills what is seen of a put anew, from all events until now. */
static void see(struct pac_running *running, struct pac_running_put *put) {
  put->seen = (struct pac_put_seen){.answer = put->seen.answer,
                                    .first_event = put->seen.first_event,
                                    .is_completed_inside_call = put->seen.is_completed_inside_call};
  pac_run_see(running->run, &put->made, &put->seen);
}

/* Takes note of the puts that have ended, in the order of their completions. */
static void look(struct pac_running *running) {
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
        see(running, put);
        end_put(running, i);
        break;
      }
    }
  }
}

static void pump(struct pac_running *running, uint32_t space, uint32_t steps) {
  for (uint32_t i = 0; has(running, PAC_FEATURE_PUMP) && i < steps; i++) {
    if (!adapter_of(running)->pump(running->spaces[space].services)) {
      return;
    }
    look(running);
  }
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

/* Delivers all that is due. An implementation that cannot be pumped is waited for, once for each put that is open. */
static void drain(struct pac_running *running) {
  for (uint32_t i = 0; i < running->space_count; i++) {
    pump(running, i, STEPS_MAX);
    if (has(running, PAC_FEATURE_QUIESCE)) {
      pac_run_answer(running->run, adapter_of(running)->quiesce(running->spaces[i].services), "quiesce");
    }
  }
  look(running);
  const struct pac_running_put *first = NULL;
  bool can_tell = has(running, PAC_FEATURE_PUMP) || has(running, PAC_FEATURE_QUIESCE);
  for (uint32_t left = awaited(running, &first); !can_tell && left > 0; left = awaited(running, &first)) {
    uint32_t completed = pac_session_completed(running->run->session, first->made.sink);
    pac_run_settle(running->run, first->made.sink, completed + 1);
    look(running);
    if (pac_session_completed(running->run->session, first->made.sink) == completed) {
      return; /* it never comes: judged by its events */
    }
  }
}

/* Calls ----------------------------------------------------------------------------------------------------------------- */

static struct pac_sink *sink_of(struct pac_running *running, uint32_t sink) {
  if (sink == PAC_PROGRAM_NONE) {
    return NULL;
  }
  if (running->sinks[sink] == NULL) {
    running->sinks[sink] = pac_run_sink(running->run, PAC_SINK_RECORDS);
  }
  return running->sinks[sink];
}

static void put(struct pac_running *running, const struct pac_program_call *call) {
  struct pac_running_space *space = &running->spaces[call->space];
  const struct pac_object *object =
      call->object == PAC_PROGRAM_NONE ? NULL : running->program->objects[call->object].object;
  uint32_t index = running->put_count++;
  struct pac_running_put *made = &running->puts[index];
  *made = (struct pac_running_put){.call = call,
                                   .space = call->space,
                                   .began = ++running->clock,
                                   .is_open = true,
                                   .made = {.services = space->services,
                                            .sink = sink_of(running, call->sink),
                                            .object = object,
                                            .flags = call->flags,
                                            .context = call->context,
                                            .async_context = call->async_context,
                                            .is_sink_shared = call->sink != PAC_PROGRAM_NONE &&
                                                              running->is_shared[call->sink]},
                                   .circumstances = {.call = call,
                                                     .object = object,
                                                     .rights_most = space->rights,
                                                     .rights_least = space->rights,
                                                     .may_lack_memory = space->lacks_memory}};
  space->open_count += 1;
  space->window[space->window_count++] = index;
  pac_run_start_put(running->run, &made->made, &made->seen);
  look(running);
  if (made->is_open && pac_hresult_is_error(made->seen.answer)) {
    made->is_raised = true;
    see(running, made);
    end_put(running, index);
  } else if (made->is_open && made->made.sink == NULL) {
    see(running, made); /* no error and nowhere for an event to go */
    end_put(running, index);
  }
}

static void require(struct pac_running *running, pac_hresult answer, const char *what) {
  pac_run_answer(running->run, answer, what);
  if (pac_hresult_is_error(answer)) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(running->run, "%s answered %s", what, code);
  }
}

static void cancel(struct pac_running *running, const struct pac_program_call *call) {
  for (uint32_t i = 0; i < running->put_count; i++) {
    struct pac_running_put *one = &running->puts[i];
    if (one->is_open && one->call->sink == call->sink) {
      one->circumstances.is_cancelled = true;
    }
  }
  pac_hresult answer =
      adapter_of(running)->cancel(running->spaces[call->space].services, sink_of(running, call->sink));
  pac_run_note(running->run, "cancel(sink %c)", (char)('A' + call->sink));
  pac_run_answer(running->run, answer, "cancel"); /* on an idle sink an error is as good as success */
}

static void set_rights(struct pac_running *running, const struct pac_program_call *call) {
  struct pac_running_space *space = &running->spaces[call->space];
  require(running, adapter_of(running)->set_rights(space->services, call->number), "set_rights");
  pac_run_note(running->run, "set_rights(0x%x)", (unsigned)call->number);
  space->rights = call->number;
  for (uint32_t i = 0; i < running->put_count; i++) {
    struct pac_running_put *one = &running->puts[i];
    if (one->is_open && one->space == call->space) {
      one->circumstances.rights_most |= call->number;
      one->circumstances.rights_least &= call->number;
    }
  }
}

static void fail_allocation(struct pac_running *running, const struct pac_program_call *call) {
  struct pac_running_space *space = &running->spaces[call->space];
  require(running, adapter_of(running)->fail_allocation(space->services, call->number), "fail_allocation");
  pac_run_note(running->run, "fail_allocation(%u)", (unsigned)call->number);
  space->lacks_memory = call->number > 0;
  space->shortage_began = ++running->clock;
  for (uint32_t i = 0; i < running->put_count; i++) {
    struct pac_running_put *one = &running->puts[i];
    one->circumstances.may_lack_memory =
        one->circumstances.may_lack_memory || (one->is_open && one->space == call->space && space->lacks_memory);
  }
}

static void keep_provider(struct pac_running_space *space, const struct pac_program_provider *provider) {
  for (uint32_t i = 0; i < space->provider_count; i++) {
    if (pac_name_compare(space->providers[i].class_name, provider->class_name) == 0) {
      space->providers[i] = *provider;
      return;
    }
  }
  space->providers[space->provider_count++] = *provider;
}

static void set_provider(struct pac_running *running, const struct pac_program_call *call) {
  struct pac_running_space *space = &running->spaces[call->space];
  struct pac_provider_behaviour behaviour = {.kind = call->provider, .progress_count = call->number};
  if (space->provider_count == PAC_PROGRAM_PROVIDERS_MAX) {
    return;
  }
  if (call->provider == PAC_PROVIDER_ANSWERS) {
    behaviour.answer = pac_status_hresult(call->answer, running->run->settings->profile);
  }
  pac_run_require(running->run, pac_session_provider(running->run->session, &behaviour.recorder), "a recorder");
  const struct pac_program_provider provider = {call->class_name, call->provider, call->answer};
  keep_provider(space, &provider);
  for (uint32_t i = 0; i < running->put_count; i++) {
    struct pac_running_put *one = &running->puts[i];
    one->circumstances.has_provider_changed =
        one->circumstances.has_provider_changed || (one->is_open && one->space == call->space);
  }
  pac_run_note(running->run, "set_provider(%s)", call->class_name);
  require(running, adapter_of(running)->set_provider(space->services, call->class_name, &behaviour), "set_provider");
  /* Instances that were static may now be the provider's, and the other way round: nobody says what becomes of them. */
  const struct pac_shadow_class *stored = pac_shadow_class_find(&space->shadow, call->class_name);
  if (stored != NULL) {
    pac_run_require(running->run, pac_oracle_loosen(&space->shadow, call->class_name), "the shadow");
    pac_run_require(running->run, pac_oracle_loosen(&space->settled, call->class_name), "the shadow");
  }
}

static void connect(struct pac_running *running) {
  struct pac_running_space *space = &running->spaces[running->space_count];
  *space = (struct pac_running_space){
      .services = running->space_count == 0 ? running->run->services : pac_run_connect(running->run),
      .rights = PAC_RIGHTS_ALL};
  pac_shadow_init(&space->shadow, running->run->memory);
  pac_run_require(running->run, pac_shadow_keep_objects(&space->shadow), "the shadow"); /* programs never change */
  space->settled = space->shadow;
  running->space_count += 1;
}

static void make_call(struct pac_running *running, const struct pac_program_call *call) {
  if (call->op != PAC_PROGRAM_CONNECT && call->space >= running->space_count) {
    pac_run_broken(running->run, "the program speaks of connection %u before it connects", (unsigned)call->space);
  }
  switch (call->op) {
    case PAC_PROGRAM_PUT:
      put(running, call);
      break;
    case PAC_PROGRAM_STEP:
      pump(running, call->space, call->number);
      break;
    case PAC_PROGRAM_DRAIN:
      drain(running);
      break;
    case PAC_PROGRAM_CHECK:
      look(running);
      if (running->spaces[call->space].open_count == 0) {
        pac_running_settle(running, call->space, true);
      }
      break;
    case PAC_PROGRAM_CONNECT:
      connect(running);
      break;
    case PAC_PROGRAM_CANCEL:
      cancel(running, call);
      break;
    case PAC_PROGRAM_RIGHTS:
      set_rights(running, call);
      break;
    case PAC_PROGRAM_FAIL:
      fail_allocation(running, call);
      break;
    case PAC_PROGRAM_PROVIDER:
      set_provider(running, call);
      break;
    case PAC_PROGRAM_OP_COUNT:
      break;
  }
  look(running);
  tell_state(running, call->op);
}

/* The end --------------------------------------------------------------------------------------------------------------- */

/* Lets go what providers hold, so that every put has to end. */
static void release(struct pac_running *running) {
  for (uint32_t i = 0; i < running->space_count; i++) {
    struct pac_running_space *space = &running->spaces[i];
    if (has(running, PAC_FEATURE_ALLOCATION) && space->lacks_memory) {
      (void)adapter_of(running)->fail_allocation(space->services, 0);
      space->lacks_memory = false;
    }
    for (uint32_t j = 0; j < space->provider_count; j++) {
      if (space->providers[j].kind == PAC_PROVIDER_HOLDS) {
        struct pac_program_call call = pac_program_call_of(PAC_PROGRAM_PROVIDER);
        call.space = i;
        call.class_name = space->providers[j].class_name;
        call.provider = PAC_PROVIDER_NONE;
        set_provider(running, &call);
      }
    }
  }
}

/* Every event has to be that of a put. */
static void judge_strays(struct pac_running *running) {
  const struct pac_event *const *events = NULL;
  uint32_t count = pac_session_events(running->run->session, &events);
  for (uint32_t i = 0; i < count; i++) {
    bool is_own = false;
    for (uint32_t j = 0; j < running->put_count && !is_own; j++) {
      is_own = i >= running->puts[j].seen.first_event && pac_run_is_own_event(&running->puts[j].made, events[i]);
    }
    if (!is_own) {
      char text[256];
      pac_event_print(events[i], text, sizeof text);
      pac_running_find(running, PAC_PROGRAM_NONE, PAC_REASON_WRONG_EVENTS,
                       PAC_CLAUSE_ASYNC_CONTEXT_SHARED_SINK_NEVER_EXCHANGED, "events of the puts that use the sink",
                       pac_run_text(running->run, "%s, with the context of none of them", text));
      return;
    }
  }
}

static void judge_events(struct pac_running *running) {
  for (uint32_t i = 0; i < running->put_count; i++) {
    struct pac_running_put *one = &running->puts[i];
    uint32_t before = pac_run_findings(running->run);
    see(running, one);
    pac_run_judge_events(running->run, &one->made, &one->seen);
    if (pac_run_findings(running->run) > before && running->watch != NULL &&
        running->watch->finding_call == PAC_PROGRAM_NONE) {
      running->watch->finding_call = (uint32_t)(one->call - running->program->calls);
    }
  }
  judge_strays(running);
}

static void finish(struct pac_running *running) {
  drain(running);
  release(running);
  drain(running);
  for (uint32_t i = 0; i < running->space_count; i++) {
    if (running->spaces[i].open_count == 0) {
      pac_running_settle(running, i, true);
    }
  }
  judge_events(running);
}

static void find_shared_sinks(struct pac_running *running) {
  uint32_t uses[PAC_PROGRAM_SINKS_MAX] = {0};
  for (uint32_t i = 0; i < running->program->call_count; i++) {
    const struct pac_program_call *call = &running->program->calls[i];
    if (call->op == PAC_PROGRAM_PUT && call->sink != PAC_PROGRAM_NONE) {
      uses[call->sink] += 1;
      running->is_shared[call->sink] = uses[call->sink] > 1;
    }
  }
}

void pac_program_run(struct pac_case_run *run, const struct pac_program *program, struct pac_program_watch *watch) {
  struct pac_running *running = pac_arena_allocate(run->arena, sizeof *running);
  struct pac_running_put *puts = pac_arena_allocate_array(run->arena, program->call_count + 1u, sizeof *puts);
  if (running == NULL || puts == NULL) {
    pac_run_broken(run, "%s", pac_result_text(PAC_RESULT_NO_MEMORY));
  }
  running->puts = puts;
  running->run = run;
  running->program = program;
  running->watch = watch;
  running->is_brief = watch != NULL && watch->is_brief;
  if (watch != NULL) {
    watch->finding_call = PAC_PROGRAM_NONE;
  }
  find_shared_sinks(running);
  connect(running);
  for (uint32_t i = 0; i < program->call_count; i++) {
    running->current_call = i;
    make_call(running, &program->calls[i]);
    if (pac_run_findings(run) > 0) {
      break; /* what follows from a violation is of no interest */
    }
  }
  running->current_call = program->call_count;
  finish(running);
}

/* A case of its own ----------------------------------------------------------------------------------------------------- */

struct execution {
  const struct pac_program *program;
  struct pac_program_watch *watch;
};

static void run_execution(struct pac_case_run *run) {
  const struct execution *execution = run->the_case->row;
  pac_program_run(run, execution->program, execution->watch);
}

void pac_program_execute(const struct pac_program *program, const char *name, const struct pac_case_settings *settings,
                         struct pac_program_watch *watch, struct pac_case_record *record) {
  static const struct pac_suite suite = {.name = "program", .title = "One program", .run = run_execution};
  const struct execution execution = {program, watch};
  const struct pac_case one = {
      .name = name, .suite = &suite, .row = &execution, .features = pac_program_features(program)};
  pac_case_execute(&one, 0, settings, record, NULL);
}
