/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes the calls of a program. Those that set the scene are left to run_scene.c, watching what comes of a put to
 * run_look.c, what an outcome is held against to window.c and oracle.c; the events of every put are judged at the end, when
 * all of them are there.
 */
#include "program/run.h"

#include "program/passed.h"
#include "program/run_state.h"

bool pac_running_has(const struct pac_running *running, enum pac_feature feature) {
  return (running->run->settings->adapter->features & (uint32_t)feature) != 0;
}

const struct pac_adapter *pac_running_adapter(const struct pac_running *running) {
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
  running->watch->state(running->watch->context, state % PAC_PROGRAM_PROTOCOL_STATES);
}

/* A call begins, or after the last one the end. */
static void begin(struct pac_running *running, uint32_t call) {
  running->current_call = call;
  if (running->watch != NULL && running->watch->call_under_way != NULL) {
    *running->watch->call_under_way = call;
  }
  pac_run_goes_on(running->run);
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
  const struct pac_provider_call *const *asked = NULL;
  uint32_t index = running->put_count++;
  struct pac_running_put *made = &running->puts[index];
  *made = (struct pac_running_put){
      .call = call,
      .space = call->space,
      .began = ++running->clock,
      .is_open = true,
      .asked_before = pac_session_provider_calls(running->run->session, &asked),
      .made = {.services = space->services,
               .sink = sink_of(running, call->sink),
               .object = object,
               .flags = call->flags,
               .context = call->context,
               .async_context = call->async_context,
               .is_sink_shared = call->sink != PAC_PROGRAM_NONE && running->is_shared[call->sink]},
      .circumstances = {.call = call,
                        .object = object,
                        .rights_most = space->rights,
                        .rights_least = space->rights,
                        .may_lack_memory = space->lacks_memory}};
  space->open_count += 1;
  space->window[space->window_count++] = index;
  struct pac_put_call call_made = made->made;
  struct pac_passed passed;
  /* Copies cost much of a brief run: there only the first put has them that may go on when its call has returned. */
  bool is_copied = !running->is_brief || (!running->has_copied && (call->flags & PAC_FLAG_RETURN_IMMEDIATELY) != 0);
  if (is_copied) {
    running->has_copied = true;
    pac_run_require(running->run, pac_passed_copy(running->run->memory, &call_made, &passed), "what a put passes");
  }
  pac_run_start_put(running->run, &call_made, &made->seen);
  if (is_copied) {
    pac_run_require(running->run, pac_passed_change(&passed), "what a put has passed");
  }
  pac_running_look(running);
  if (made->is_open && pac_hresult_is_error(made->seen.answer)) {
    made->is_raised = true;
    pac_run_see(running->run, &made->made, &made->seen);
    pac_running_end(running, index);
  } else if (made->is_open && made->made.sink == NULL) {
    pac_run_see(running->run, &made->made, &made->seen); /* no error and nowhere for an event to go */
    pac_running_end(running, index);
  }
}

static void cancel(struct pac_running *running, const struct pac_program_call *call) {
  for (uint32_t i = 0; i < running->put_count; i++) {
    struct pac_running_put *one = &running->puts[i];
    if (one->is_open && one->call->sink == call->sink) {
      one->circumstances.is_cancelled = true;
      one->circumstances.is_cancelled_in_time = one->circumstances.is_cancelled_in_time || (one->is_held && one->space == call->space);
    } else if (one->is_open) {
      one->has_met_cancel = true;
    }
  }
  pac_hresult answer =
      pac_running_adapter(running)->cancel(running->spaces[call->space].services, sink_of(running, call->sink));
  pac_run_note(running->run, "cancel(sink %c)", (char)('A' + call->sink));
  pac_run_answer(running->run, answer, "cancel"); /* on an idle sink an error is as good as success */
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
  bool is_connect = call->op == PAC_PROGRAM_CONNECT;
  if (is_connect ? call->space != running->space_count : call->space >= running->space_count) {
    pac_run_broken(running->run, "the program speaks of connection %u %s", (unsigned)call->space + 1,
                   is_connect ? "out of turn" : "before it connects");
  }
  switch (call->op) {
    case PAC_PROGRAM_PUT:
      put(running, call);
      break;
    case PAC_PROGRAM_STEP:
      (void)pac_running_pump(running, call->space, call->number);
      break;
    case PAC_PROGRAM_DRAIN:
      pac_running_drain(running);
      break;
    case PAC_PROGRAM_CHECK:
      pac_running_look(running);
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
      pac_running_set_rights(running, call);
      break;
    case PAC_PROGRAM_FAIL:
      pac_running_fail_allocation(running, call);
      break;
    case PAC_PROGRAM_PROVIDER:
      pac_running_set_provider(running, call);
      break;
    case PAC_PROGRAM_OP_COUNT:
      break;
  }
  pac_running_look(running);
  tell_state(running, call->op);
}

/* The end --------------------------------------------------------------------------------------------------------------- */

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

/* True when a put has no end and another one of its sink has two: the one has come with the context of the other. */
static bool judge_exchange(struct pac_running *running) {
  for (uint32_t i = 0; i < running->put_count; i++) {
    const struct pac_running_put *one = &running->puts[i];
    bool is_without_end = one->seen.place == PAC_PLACE_NOWHERE && one->made.is_sink_shared;
    for (uint32_t j = 0; is_without_end && j < running->put_count; j++) {
      const struct pac_running_put *other = &running->puts[j];
      if (other->made.sink == one->made.sink && other->seen.completed_count > 1) {
        char text[256];
        pac_event_print(other->seen.completed, text, sizeof text);
        pac_running_find(running, i, PAC_REASON_WRONG_EVENTS, PAC_CLAUSE_ASYNC_CONTEXT_SHARED_SINK_NEVER_EXCHANGED,
                         "an OnCompleted with the async context of each put of the sink",
                         pac_run_text(running->run, "%u times %s, and none for another put",
                                      (unsigned)other->seen.completed_count, text));
        return true;
      }
    }
  }
  return false;
}

static void judge_events(struct pac_running *running) {
  judge_strays(running);
  for (uint32_t i = 0; i < running->put_count; i++) {
    pac_run_see(running->run, &running->puts[i].made, &running->puts[i].seen);
  }
  bool is_exchanged = judge_exchange(running);
  for (uint32_t i = 0; !is_exchanged && i < running->put_count; i++) {
    struct pac_running_put *one = &running->puts[i];
    uint32_t before = pac_run_findings(running->run);
    pac_run_judge_events(running->run, &one->made, &one->seen);
    if (pac_run_findings(running->run) > before && running->watch != NULL &&
        running->watch->finding_call == PAC_PROGRAM_NONE) {
      running->watch->finding_call = (uint32_t)(one->call - running->program->calls);
    }
  }
}

static void finish(struct pac_running *running) {
  pac_running_drain(running);
  pac_running_release(running);
  pac_running_drain(running);
  for (uint32_t i = 0; i < running->space_count; i++) {
    if (running->spaces[i].open_count == 0) {
      pac_running_settle(running, i, true);
    }
  }
  judge_events(running);
  pac_running_judge_asked(running);
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
    begin(running, i);
    make_call(running, &program->calls[i]);
    if (pac_run_findings(run) > 0) {
      break; /* what follows from a violation is of no interest */
    }
  }
  begin(running, program->call_count);
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
