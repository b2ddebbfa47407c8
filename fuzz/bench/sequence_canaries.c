/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The planted bugs of an implementation that is called: what has to have happened, in which order. A condition speaks
 * of the outcomes of puts, not of what the program asks for, so it takes the state that leads to them. Compiled without
 * instrumentation.
 */
#include "bench/canaries.h"

#include "pacheck/named_values.h"

struct looking {
  const struct pac_program *program;
  const struct pac_program_end *ends;
};

/* One put ---------------------------------------------------------------------------------------------------------------- */

static const struct pac_program_call *call_at(const struct looking *looking, uint32_t at) {
  return &looking->program->calls[at];
}

/* The object of a put that has ended; null for every other call. */
static const struct pac_object *object_at(const struct looking *looking, uint32_t at) {
  const struct pac_program_call *call = call_at(looking, at);
  bool has_object = call->op == PAC_PROGRAM_PUT && looking->ends[at].is_ended && call->object != PAC_PROGRAM_NONE;
  return has_object ? looking->program->objects[call->object].object : NULL;
}

static bool is_of(const struct looking *looking, uint32_t at, enum pac_genus genus) {
  const struct pac_object *object = object_at(looking, at);
  return object != NULL && pac_object_genus(object) == genus;
}

static bool has_flags(const struct looking *looking, uint32_t at, uint32_t flags) {
  return (call_at(looking, at)->flags & flags) == flags;
}

static bool has_status(const struct looking *looking, uint32_t at, enum pac_status status) {
  const struct pac_program_end *end = &looking->ends[at];
  return end->is_ended && (end->outcome == pac_status_hresult(status, PAC_PROFILE_HEADER) ||
                           end->outcome == pac_status_hresult(status, PAC_PROFILE_PAGE));
}

static bool was_cancelled(const struct looking *looking, uint32_t at) {
  return looking->ends[at].is_cancelled && (has_status(looking, at, PAC_STATUS_CALL_CANCELLED) ||
                                            has_status(looking, at, PAC_STATUS_OPERATION_CANCELLED));
}

static bool was_stored(const struct looking *looking, uint32_t at) {
  return object_at(looking, at) != NULL && !pac_hresult_is_error(looking->ends[at].outcome) &&
         !was_cancelled(looking, at);
}

static bool met_conflict(const struct looking *looking, uint32_t at) {
  return is_of(looking, at, PAC_GENUS_CLASS) && (has_status(looking, at, PAC_STATUS_CLASS_HAS_CHILDREN) ||
                                                 has_status(looking, at, PAC_STATUS_UPDATE_TYPE_MISMATCH) ||
                                                 has_status(looking, at, PAC_STATUS_UPDATE_OVERRIDE_NOT_ALLOWED) ||
                                                 has_status(looking, at, PAC_STATUS_UPDATE_PROPAGATED_METHOD));
}

/* The instances of a derived class stand in the table above their class, and that above its parent. */
static bool is_below(const struct looking *looking, uint32_t at, const char *class_name) {
  const struct pac_program_object *objects = looking->program->objects;
  uint32_t of = objects[call_at(looking, at)->object].base;
  for (uint32_t row = of == PAC_PROGRAM_NONE ? of : objects[of].base; row != PAC_PROGRAM_NONE;
       row = objects[row].base) {
    const char *name = pac_object_class_name(objects[row].object);
    if (name != NULL && pac_name_compare(name, class_name) == 0) {
      return true;
    }
  }
  return false;
}

/* Two puts --------------------------------------------------------------------------------------------------------------- */

static bool same_space(const struct looking *looking, uint32_t one, uint32_t other) {
  return call_at(looking, one)->space == call_at(looking, other)->space;
}

static bool same_object(const struct looking *looking, uint32_t one, uint32_t other) {
  return object_at(looking, other) != NULL && call_at(looking, one)->object == call_at(looking, other)->object;
}

static bool same_class(const struct looking *looking, uint32_t one, uint32_t other) {
  const struct pac_object *objects[] = {object_at(looking, one), object_at(looking, other)};
  if (objects[0] == NULL || objects[1] == NULL) {
    return false;
  }
  const char *left = pac_object_class_name(objects[0]);
  const char *right = pac_object_class_name(objects[1]);
  return left != NULL && right != NULL && pac_name_compare(left, right) == 0;
}

/* True when both were open while that call was made. */
static bool both_open(const struct looking *looking, uint32_t one, uint32_t other, uint32_t during) {
  return one < during && other < during && looking->ends[one].call >= during && looking->ends[other].call >= during;
}

static bool is_cancel_of(const struct looking *looking, uint32_t at, uint32_t put) {
  const struct pac_program_call *call = call_at(looking, at);
  return call->op == PAC_PROGRAM_CANCEL && call->sink == call_at(looking, put)->sink && same_space(looking, at, put);
}

/* Puts one after the other ------------------------------------------------------------------------------------------------ */

typedef bool (*step)(const struct looking *looking, uint32_t first, uint32_t at);

#define STEPS_MAX 2u

/* True when the steps come after the first put in this order, each after the one before it had ended. */
static bool follows(const struct looking *looking, uint32_t first, const step steps[STEPS_MAX]) {
  uint32_t done = 0;
  uint32_t last = first;
  for (uint32_t at = first + 1; at < looking->program->call_count && done < STEPS_MAX && steps[done] != NULL; at++) {
    if (looking->ends[at].is_ended && looking->ends[last].call < at && same_space(looking, first, at) &&
        steps[done](looking, first, at)) {
      done += 1;
      last = at;
    }
  }
  return done == STEPS_MAX || steps[done] == NULL;
}

static bool force_refused_for_instances(const struct looking *looking, uint32_t first, uint32_t at) {
  return is_of(looking, at, PAC_GENUS_CLASS) && same_class(looking, first, at) &&
         has_flags(looking, at, PAC_FLAG_UPDATE_FORCE) && has_status(looking, at, PAC_STATUS_CLASS_HAS_INSTANCES);
}

static bool class_updated(const struct looking *looking, uint32_t first, uint32_t at) {
  return is_of(looking, at, PAC_GENUS_CLASS) && same_class(looking, first, at) && was_stored(looking, at);
}

static bool denied(const struct looking *looking, uint32_t first, uint32_t at) {
  return same_object(looking, first, at) && has_status(looking, at, PAC_STATUS_ACCESS_DENIED);
}

static bool stored_again(const struct looking *looking, uint32_t first, uint32_t at) {
  return same_object(looking, first, at) && was_stored(looking, at);
}

static bool partially_updated(const struct looking *looking, uint32_t first, uint32_t at) {
  const struct pac_named_values *context = call_at(looking, at)->context;
  return stored_again(looking, first, at) && context != NULL &&
         pac_named_values_item(context, PAC_CONTEXT_PUT_EXT_PROPERTIES) != NULL;
}

static bool instance_stored(const struct looking *looking, uint32_t first, uint32_t at) {
  return is_of(looking, at, PAC_GENUS_INSTANCE) && same_class(looking, first, at) && was_stored(looking, at);
}

static bool forced(const struct looking *looking, uint32_t first, uint32_t at) {
  return stored_again(looking, first, at) && has_flags(looking, at, PAC_FLAG_UPDATE_FORCE);
}

static bool forced_amended(const struct looking *looking, uint32_t first, uint32_t at) {
  return forced(looking, first, at) && has_flags(looking, at, PAC_FLAG_AMENDED);
}

static bool cancelled(const struct looking *looking, uint32_t first, uint32_t at) {
  return same_class(looking, first, at) && was_cancelled(looking, at);
}

static bool lacked_memory(const struct looking *looking, uint32_t first, uint32_t at) {
  return same_class(looking, first, at) && has_status(looking, at, PAC_STATUS_OUT_OF_MEMORY);
}

static bool derived_instance_stored(const struct looking *looking, uint32_t first, uint32_t at) {
  const char *name = pac_object_class_name(object_at(looking, first));
  return name != NULL && is_of(looking, at, PAC_GENUS_INSTANCE) && is_below(looking, at, name) &&
         was_stored(looking, at);
}

static void look_at_stored_instance(const struct looking *looking, uint32_t first) {
  if (follows(looking, first, (const step[STEPS_MAX]){force_refused_for_instances, class_updated})) {
    bench_note(BENCH_update_after_refused_force);
  }
  if (follows(looking, first, (const step[STEPS_MAX]){denied, stored_again})) {
    bench_note(BENCH_denied_between_puts);
  }
  if (follows(looking, first, (const step[STEPS_MAX]){denied, partially_updated})) {
    bench_note(BENCH_partial_after_rights_returned);
  }
}

static void look_at_conflict(const struct looking *looking, uint32_t first) {
  if (!has_flags(looking, first, PAC_FLAG_UPDATE_FORCE) && follows(looking, first, (const step[STEPS_MAX]){forced})) {
    bench_note(BENCH_forced_after_refusal);
  }
  if (!has_flags(looking, first, PAC_FLAG_UPDATE_SAFE)) {
    return; /* any change of a class that has derived ones */
  }
  if (follows(looking, first, (const step[STEPS_MAX]){forced_amended})) {
    bench_note(BENCH_conflict_forced_amended);
  }
  if (follows(looking, first, (const step[STEPS_MAX]){cancelled, lacked_memory})) {
    bench_note(BENCH_conflict_cancel_shortage);
  }
  if (follows(looking, first, (const step[STEPS_MAX]){forced, derived_instance_stored})) {
    bench_note(BENCH_instance_below_forced_conflict);
  }
}

/* Puts beside each other -------------------------------------------------------------------------------------------------- */

static void look_at_overlap(const struct looking *looking, uint32_t victim, uint32_t other, uint32_t during) {
  if (same_space(looking, victim, other) && call_at(looking, victim)->sink == call_at(looking, other)->sink) {
    bench_note(BENCH_cancel_beside_decided_put);
  }
  if (!same_object(looking, victim, other)) {
    return;
  }
  if (same_space(looking, victim, other) && !is_cancel_of(looking, during, other) &&
      has_flags(looking, victim, PAC_FLAG_CREATE_ONLY) && has_flags(looking, other, PAC_FLAG_CREATE_ONLY)) {
    bench_note(BENCH_create_behind_cancelled_create);
  }
  if (!same_space(looking, victim, other)) {
    bench_note(BENCH_cancel_in_one_of_two_spaces);
  }
}

/* True when a provider of that very class is set to hold, or to anything else, between two calls. */
static bool is_provider_set(const struct looking *looking, uint32_t put, uint32_t from, uint32_t to, bool holds) {
  const char *name = pac_object_class_name(object_at(looking, put));
  for (uint32_t at = from; at < to && at < looking->program->call_count; at++) {
    const struct pac_program_call *call = call_at(looking, at);
    if (call->op == PAC_PROGRAM_PROVIDER && same_space(looking, at, put) && name != NULL &&
        pac_name_compare(call->class_name, name) == 0 && (call->provider == PAC_PROVIDER_HOLDS) == holds) {
      return true;
    }
  }
  return false;
}

static bool is_pumped(const struct looking *looking, uint32_t from, uint32_t to) {
  for (uint32_t at = from; at < to; at++) {
    if (call_at(looking, at)->op == PAC_PROGRAM_STEP || call_at(looking, at)->op == PAC_PROGRAM_DRAIN) {
      return true;
    }
  }
  return false;
}

static void look_at_held(const struct looking *looking, uint32_t victim, uint32_t during) {
  if (!is_of(looking, victim, PAC_GENUS_INSTANCE) || !is_provider_set(looking, victim, 0, victim, true) ||
      !is_pumped(looking, victim, during)) {
    return;
  }
  for (uint32_t at = during + 1; at < looking->program->call_count; at++) {
    if (same_object(looking, victim, at) && same_space(looking, victim, at) && was_stored(looking, at) &&
        is_provider_set(looking, at, at, looking->ends[at].call + 1, false)) {
      bench_note(BENCH_held_cancelled_put_again);
    }
  }
}

static void look_at_cancelled(const struct looking *looking, uint32_t victim) {
  for (uint32_t during = victim + 1; during < looking->program->call_count; during++) {
    if (!is_cancel_of(looking, during, victim)) {
      continue;
    }
    look_at_held(looking, victim, during);
    for (uint32_t other = 0; other < during; other++) {
      if (other != victim && was_stored(looking, other) && both_open(looking, victim, other, during)) {
        look_at_overlap(looking, victim, other, during);
      }
    }
  }
}

void bench_look_at_sequence(const struct pac_program *program, const struct pac_program_end *ends) {
  const struct looking looking = {program, ends};
  for (uint32_t at = 0; at < program->call_count; at++) {
    if (object_at(&looking, at) == NULL) {
      continue;
    }
    if (is_of(&looking, at, PAC_GENUS_INSTANCE) && was_stored(&looking, at)) {
      look_at_stored_instance(&looking, at);
    }
    if (met_conflict(&looking, at)) {
      look_at_conflict(&looking, at);
    }
    bool lacks_memory = is_of(&looking, at, PAC_GENUS_CLASS) && has_status(&looking, at, PAC_STATUS_OUT_OF_MEMORY) &&
                        pac_object_superclass(object_at(&looking, at)) != NULL;
    if (lacks_memory && follows(&looking, at, (const step[STEPS_MAX]){stored_again, instance_stored})) {
      bench_note(BENCH_derived_after_shortage);
    }
    if (was_cancelled(&looking, at)) {
      look_at_cancelled(&looking, at);
    }
  }
}
