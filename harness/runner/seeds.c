/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes down what cases do as programs: an adapter that hands every call on to the reference and writes it into a
 * program. An adapter's functions are told nothing but the connection, so the program being written stands in this
 * file.
 */
#include "runner/seeds.h"

#include <stdio.h>
#include <string.h>

#include "program/program.h"
#include "reference.h"
#include "runner/complain.h"
#include "runner/judgement.h"
#include "runner/plan.h"
#include "runner/programs.h"
#include "runner/seed_files.h"

static struct {
  struct pac_program *program;
  bool is_lost; /* something was done that no program can say */
  uint32_t space_count, sink_count;
  const struct pac_services *spaces[PAC_PROGRAM_SPACES_MAX];
  const struct pac_sink *sinks[PAC_PROGRAM_SINKS_MAX];
} tape;

static void lose_unless(bool is_fine) {
  tape.is_lost = tape.is_lost || !is_fine;
}

/* Objects ---------------------------------------------------------------------------------------------------------- */

static uint32_t adopt(const struct pac_object *object);

static void adopt_in_value(const struct pac_value *value) {
  if (value->type == PAC_CIM_OBJECT && !value->is_null) {
    for (uint32_t i = 0; i < (value->is_array ? value->count : 1u); i++) {
      const struct pac_object *object = value->is_array ? value->elements[i].object : value->scalar.object;
      if (object != NULL) {
        (void)adopt(object);
      }
    }
  }
}

/* The row of the class that an object is made from: the newest of that name. */
static uint32_t base_of(const struct pac_object *object) {
  bool is_class = pac_object_genus(object) == PAC_GENUS_CLASS;
  const char *name = is_class ? pac_object_superclass(object) : pac_object_class_name(object);
  if (is_class && pac_class_parent(object) == NULL) {
    return PAC_PROGRAM_NONE;
  }
  for (uint32_t i = tape.program->object_count; i > 0; i--) {
    const struct pac_object *row = tape.program->objects[i - 1].object;
    const char *row_name = pac_object_class_name(row);
    if (pac_object_genus(row) == PAC_GENUS_CLASS && name != NULL && row_name != NULL &&
        pac_name_compare(row_name, name) == 0) {
      return i - 1;
    }
  }
  lose_unless(is_class || name == NULL);
  return is_class ? PAC_PROGRAM_NONE : adopt(pac_instance_class(object));
}

/* The row of an object, added when it is not there. Whether it is made from its base as said shows when it is encoded. */
static uint32_t adopt(const struct pac_object *object) {
  for (uint32_t i = 0; i < tape.program->object_count; i++) {
    if (pac_object_equal(tape.program->objects[i].object, object)) {
      return i;
    }
  }
  for (uint32_t i = 0; i < pac_object_property_count(object); i++) {
    adopt_in_value(&pac_object_property_at(object, i)->value);
  }
  uint32_t base = base_of(object);
  uint32_t row = PAC_PROGRAM_NONE;
  struct pac_object *copy = NULL;
  lose_unless(pac_object_clone(&tape.program->memory, object, &copy) == PAC_RESULT_OK &&
              pac_program_add_object(tape.program, copy, base, &row) == PAC_RESULT_OK);
  return row;
}

static const struct pac_named_values *adopt_values(const struct pac_named_values *values) {
  struct pac_named_values *copy = NULL;
  for (uint32_t i = 0; values != NULL && i < pac_named_values_count(values); i++) {
    adopt_in_value(&pac_named_values_at(values, i)->value);
  }
  lose_unless(values == NULL || pac_named_values_clone(&tape.program->memory, values, &copy) == PAC_RESULT_OK);
  return copy;
}

/* Calls ------------------------------------------------------------------------------------------------------------ */

static uint32_t space_of(const struct pac_services *services) {
  for (uint32_t i = 0; i < tape.space_count; i++) {
    if (tape.spaces[i] == services) {
      return i;
    }
  }
  return 0;
}

static uint32_t sink_of(const struct pac_sink *sink) {
  uint32_t index = 0;
  if (sink == NULL) {
    return PAC_PROGRAM_NONE;
  }
  while (index < tape.sink_count && tape.sinks[index] != sink) {
    index++;
  }
  if (index == tape.sink_count && index < PAC_PROGRAM_SINKS_MAX) {
    tape.sinks[tape.sink_count++] = sink;
  }
  return index % PAC_PROGRAM_SINKS_MAX; /* with more sinks than a program has, some are shared */
}

static void note(struct pac_program_call call, const struct pac_services *services) {
  call.space = space_of(services);
  lose_unless(pac_program_add_call(tape.program, &call) == PAC_RESULT_OK);
}

static pac_hresult seeds_connect(const struct pac_host *host, struct pac_services **services) {
  pac_hresult answer = pac_reference_adapter()->connect(host, services);
  lose_unless(tape.space_count < PAC_PROGRAM_SPACES_MAX);
  if (!pac_hresult_is_error(answer) && tape.space_count < PAC_PROGRAM_SPACES_MAX) {
    tape.spaces[tape.space_count++] = *services;
    if (tape.space_count > 1) {
      note(pac_program_call_of(PAC_PROGRAM_CONNECT), *services);
    }
  }
  return answer;
}

static pac_hresult seeds_put(struct pac_services *services, struct pac_sink *sink, const struct pac_object *object,
                             uint32_t flags, const struct pac_named_values *context,
                             const struct pac_named_values *async_context) {
  struct pac_program_call call = pac_program_call_of(PAC_PROGRAM_PUT);
  call.object = object == NULL ? PAC_PROGRAM_NONE : adopt(object);
  call.sink = sink_of(sink);
  call.flags = flags;
  call.context = adopt_values(context);
  call.async_context = adopt_values(async_context);
  note(call, services);
  return pac_reference_adapter()->put_async(services, sink, object, flags, context, async_context);
}

static bool seeds_pump(struct pac_services *services) {
  struct pac_program *program = tape.program;
  struct pac_program_call *last = program->call_count == 0 ? NULL : &program->calls[program->call_count - 1];
  if (!pac_reference_adapter()->pump(services)) {
    return false;
  }
  if (last != NULL && last->op == PAC_PROGRAM_STEP && last->space == space_of(services) &&
      last->number < PAC_PROGRAM_STEPS_MAX) {
    last->number += 1;
  } else {
    struct pac_program_call call = pac_program_call_of(PAC_PROGRAM_STEP);
    call.number = 1;
    note(call, services);
  }
  return true;
}

static pac_hresult seeds_cancel(struct pac_services *services, struct pac_sink *sink) {
  struct pac_program_call call = pac_program_call_of(PAC_PROGRAM_CANCEL);
  call.sink = sink_of(sink);
  lose_unless(sink != NULL);
  note(call, services);
  return pac_reference_adapter()->cancel(services, sink);
}

static pac_hresult seeds_rights(struct pac_services *services, uint32_t rights) {
  struct pac_program_call call = pac_program_call_of(PAC_PROGRAM_RIGHTS);
  call.number = rights;
  note(call, services);
  return pac_reference_adapter()->set_rights(services, rights);
}

static pac_hresult seeds_fail(struct pac_services *services, uint32_t nth) {
  struct pac_program_call call = pac_program_call_of(PAC_PROGRAM_FAIL);
  call.number = nth;
  note(call, services);
  return pac_reference_adapter()->fail_allocation(services, nth);
}

static pac_hresult seeds_provider(struct pac_services *services, const char *class_name,
                                  const struct pac_provider_behaviour *behaviour) {
  struct pac_program_call call = pac_program_call_of(PAC_PROGRAM_PROVIDER);
  call.class_name = pac_arena_copy_text(tape.program->arena, class_name, strlen(class_name));
  call.provider = behaviour->kind;
  call.number = behaviour->kind == PAC_PROVIDER_NONE ? 0 : behaviour->progress_count % 4u;
  lose_unless(call.class_name != NULL && (behaviour->kind != PAC_PROVIDER_ANSWERS ||
                                          pac_status_of_hresult(behaviour->answer, &call.answer) == PAC_RESULT_OK));
  note(call, services);
  return pac_reference_adapter()->set_provider(services, class_name, behaviour);
}

/* Seeds ------------------------------------------------------------------------------------------------------------ */

/* Runs one case and writes what it did; nothing when it is no program. */
static bool export_case(const struct pac_case *the_case, const struct pac_case_settings *settings,
                        struct pac_seed_folder *folder) {
  struct pac_case_record record;
  memset(&tape, 0, sizeof tape);
  if (pac_program_new(NULL, &tape.program) != PAC_RESULT_OK) {
    pac_complain("%s", pac_result_text(PAC_RESULT_NO_MEMORY));
    return false;
  }
  pac_case_execute(the_case, 0, settings, &record, NULL);
  bool is_good = record.verdict == PAC_VERDICT_PASS && !tape.is_lost && tape.program->call_count > 0;
  pac_case_record_reset(&record);
  bool is_fine = true;
  if (is_good) {
    pac_program_drop_unused(tape.program);
    is_fine = pac_seed_write_puts(folder, the_case->name, tape.program) &&
              pac_seed_write_program(folder, the_case->name, tape.program);
  }
  pac_program_free(tape.program);
  return is_fine;
}

/* Writes a file of calls; its seeds are named after it. */
static bool export_file(const char *path, struct pac_seed_folder *folder) {
  char name[128];
  const char *base = strrchr(path, '/');
  struct pac_program *program = pac_programs_read(path);
  if (program == NULL) {
    return false;
  }
  (void)snprintf(name, sizeof name, "%s", base == NULL ? path : base + 1);
  char *suffix = strstr(name, ".put");
  if (suffix != NULL) {
    *suffix = '\0';
  }
  bool is_fine = pac_seed_write_puts(folder, name, program) && pac_seed_write_program(folder, name, program);
  pac_program_free(program);
  return is_fine;
}

int pac_export_seeds_main(const struct pac_run_options *options, const struct pac_suite *const *suites) {
  char why[1024];
  struct pac_plan *plan = NULL;
  struct pac_adapter adapter = *pac_reference_adapter();
  adapter.connect = seeds_connect;
  adapter.put_async = seeds_put;
  adapter.pump = seeds_pump;
  adapter.cancel = seeds_cancel;
  adapter.set_rights = seeds_rights;
  adapter.fail_allocation = seeds_fail;
  adapter.set_provider = seeds_provider;
  const struct pac_case_settings settings = {
      .adapter = &adapter, .timeout_ms = options->timeout_ms, .timeline = PAC_TIMELINE_OF_NONE};
  const struct pac_filter filter = {.patterns = options->filters, .pattern_count = options->filter_count};
  if (pac_plan_new(suites, &filter, NULL, &plan, why, sizeof why) != PAC_RESULT_OK) {
    pac_complain("%s", why);
    return PAC_EXIT_COULD_NOT_JUDGE;
  }
  struct pac_seed_folder *folder = pac_seed_folder_new(options->operand);
  bool is_fine = folder != NULL;
  for (uint32_t i = 0; i < plan->count && is_fine; i++) {
    is_fine = export_case(&plan->cases[i], &settings, folder);
  }
  for (size_t i = 0; i < options->file_count && is_fine; i++) {
    is_fine = export_file(options->files[i], folder);
  }
  pac_seed_folder_free(folder);
  pac_plan_free(plan);
  return is_fine ? PAC_EXIT_CONFORMS : PAC_EXIT_COULD_NOT_JUDGE;
}
