/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a program that set the scene: rights, shortages of memory, providers. Each also tells the puts that are open
 * what happened while they were. */
#include "program/run_state.h"

static void require(struct pac_running *running, pac_hresult answer, const char *what) {
  pac_run_answer(running->run, answer, what);
  if (pac_hresult_is_error(answer)) {
    char code[96];
    pac_hresult_print(answer, code, sizeof code);
    pac_run_broken(running->run, "%s answered %s", what, code);
  }
}

void pac_running_set_rights(struct pac_running *running, const struct pac_program_call *call) {
  struct pac_running_space *space = &running->spaces[call->space];
  require(running, pac_running_adapter(running)->set_rights(space->services, call->number), "set_rights");
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

void pac_running_fail_allocation(struct pac_running *running, const struct pac_program_call *call) {
  struct pac_running_space *space = &running->spaces[call->space];
  require(running, pac_running_adapter(running)->fail_allocation(space->services, call->number), "fail_allocation");
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

void pac_running_set_provider(struct pac_running *running, const struct pac_program_call *call) {
  struct pac_running_space *space = &running->spaces[call->space];
  struct pac_provider_behaviour behaviour = {.kind = call->provider, .progress_count = call->number};
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
    one->is_held = one->is_held && one->space != call->space;
  }
  pac_run_note_provider(running->run, call->class_name, &behaviour);
  require(running, pac_running_adapter(running)->set_provider(space->services, call->class_name, &behaviour),
          "set_provider");
  /* Instances that were static may now be the provider's, and the other way round: nobody says what becomes of them. */
  const struct pac_shadow_class *stored = pac_shadow_class_find(&space->shadow, call->class_name);
  if (stored != NULL) {
    pac_run_require(running->run, pac_oracle_loosen(&space->shadow, call->class_name), "the shadow");
    pac_run_require(running->run, pac_oracle_loosen(&space->settled, call->class_name), "the shadow");
  }
}

void pac_running_release(struct pac_running *running) {
  for (uint32_t i = 0; i < running->space_count; i++) {
    struct pac_running_space *space = &running->spaces[i];
    if (pac_running_has(running, PAC_FEATURE_ALLOCATION) && space->lacks_memory) {
      (void)pac_running_adapter(running)->fail_allocation(space->services, 0);
      space->lacks_memory = false;
    }
    for (uint32_t j = 0; j < space->provider_count; j++) {
      if (space->providers[j].kind == PAC_PROVIDER_HOLDS) {
        struct pac_program_call call = pac_program_call_of(PAC_PROGRAM_PROVIDER);
        call.space = i;
        call.class_name = space->providers[j].class_name;
        call.provider = PAC_PROVIDER_NONE;
        pac_running_set_provider(running, &call);
      }
    }
  }
}
