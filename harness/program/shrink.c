/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shrinks a program: calls first, in halves, quarters and singly, from the end; then what the calls say; then the objects,
 * by leaving out instructions of the octet form that add to them, and by what simpler.c knows. Each round starts over until
 * one changes nothing.
 */
#include "program/shrink.h"

#include <stdlib.h>
#include <string.h>

#include "program/bytes.h"
#include "program/simpler.h"

struct shrinker {
  struct pac_program *best;
  pac_program_test test;
  void *context;
  uint32_t tests_left;
  enum pac_result result;
};

/* True when the candidate may be run at all: it speaks of connections that it has made, and its puts can be told apart. */
static bool is_sound(const struct pac_program *program) {
  uint32_t spaces = 1;
  for (uint32_t i = 0; i < program->call_count; i++) {
    const struct pac_program_call *call = &program->calls[i];
    bool is_connect = call->op == PAC_PROGRAM_CONNECT;
    if (call->space > spaces - 1 + is_connect || (is_connect && call->space != spaces)) {
      return false;
    }
    spaces += is_connect;
  }
  return pac_program_indistinct(program) == PAC_PROGRAM_NONE;
}

/* Takes the candidate over when it still shows it; frees it otherwise. */
static bool try_candidate(struct shrinker *shrinker, struct pac_program *candidate) {
  pac_program_drop_unused(candidate);
  bool is_taken = false;
  /* No put that might never return comes in: each try would cost the time limit. */
  bool returns = pac_program_blocking_count(candidate) <= pac_program_blocking_count(shrinker->best);
  if (shrinker->tests_left > 0 && returns && is_sound(candidate)) {
    shrinker->tests_left -= 1;
    is_taken = shrinker->test(shrinker->context, candidate);
  }
  if (is_taken) {
    pac_program_free(shrinker->best);
    shrinker->best = candidate;
  } else {
    pac_program_free(candidate);
  }
  return is_taken;
}

static struct pac_program *copy_of(struct shrinker *shrinker) {
  struct pac_program *copy = NULL;
  enum pac_result result = pac_program_clone(NULL, shrinker->best, &copy);
  shrinker->result = result == PAC_RESULT_OK ? shrinker->result : result;
  return copy;
}

/* Calls ------------------------------------------------------------------------------------------------------------------- */

static void remove_calls(struct pac_program *program, uint32_t first, uint32_t count) {
  memmove(&program->calls[first], &program->calls[first + count],
          (program->call_count - first - count) * sizeof *program->calls);
  program->call_count -= count;
}

static bool drop_calls(struct shrinker *shrinker) {
  bool has_changed = false;
  for (uint32_t size = (shrinker->best->call_count + 1) / 2; size > 0; size /= 2) {
    for (uint32_t end = shrinker->best->call_count; end >= size && end > 0;) {
      struct pac_program *candidate = copy_of(shrinker);
      if (candidate == NULL) {
        return false;
      }
      remove_calls(candidate, end - size, size);
      bool is_taken = try_candidate(shrinker, candidate);
      has_changed = has_changed || is_taken;
      end = is_taken ? shrinker->best->call_count < end - size ? shrinker->best->call_count : end - size : end - 1;
    }
  }
  return has_changed;
}

/* The ways to make one call simpler. */
enum simpler {
  WITHOUT_CONTEXT,
  WITHOUT_ASYNC,
  ONE_STEP,
  HALF_NUMBER,
  LESS_NUMBER,
  FIRST_SINK,
  OWN_SINK,
  ACCEPTS,
  FIRST_FLAG,
  FIRST_ELEMENT = FIRST_FLAG + 32,
  SIMPLER_COUNT = FIRST_ELEMENT + 16
};

static bool has_number(enum pac_program_op op) {
  return op == PAC_PROGRAM_STEP || op == PAC_PROGRAM_PROVIDER || op == PAC_PROGRAM_FAIL;
}

/* Gives a put the first sink that is no other put's, and there it needs no async context. */
static bool use_own_sink(const struct pac_program *program, struct pac_program_call *call) {
  bool is_used[PAC_PROGRAM_SINKS_MAX] = {false};
  if (call->op != PAC_PROGRAM_PUT || call->sink == PAC_PROGRAM_NONE || call->async_context == NULL) {
    return false;
  }
  for (uint32_t i = 0; i < program->call_count; i++) {
    const struct pac_program_call *other = &program->calls[i];
    if (other != call && other->sink != PAC_PROGRAM_NONE &&
        (other->op == PAC_PROGRAM_PUT || other->op == PAC_PROGRAM_CANCEL)) {
      is_used[other->sink] = true;
    }
  }
  uint32_t sink = 0;
  while (sink < PAC_PROGRAM_SINKS_MAX && is_used[sink]) {
    sink++;
  }
  if (sink == PAC_PROGRAM_SINKS_MAX) {
    return false;
  }
  call->sink = sink;
  call->async_context = NULL;
  return true;
}

/* The context without one element; contexts that do not hold it stay. */
static bool drop_element(const struct pac_program *program, const struct pac_named_values **values, unsigned element) {
  struct pac_named_values *fewer = NULL;
  if (*values == NULL || element >= pac_named_values_count(*values) ||
      pac_named_values_clone(&program->memory, *values, &fewer) != PAC_RESULT_OK ||
      pac_named_values_remove(fewer, pac_named_values_at(*values, element)->name) != PAC_RESULT_OK) {
    return false;
  }
  *values = fewer;
  return true;
}

/* Changes a call of the program in that way; false when there is nothing to change. */
static bool simplify(struct pac_program *program, struct pac_program_call *call, unsigned way) {
  const struct pac_program_call before = *call;
  switch (way) {
    case WITHOUT_CONTEXT:
      call->context = NULL;
      return before.context != NULL;
    case WITHOUT_ASYNC:
      call->async_context = NULL;
      return before.async_context != NULL;
    case ONE_STEP: /* of a provider: no report, of an allocation: the first */
      call->number = call->op == PAC_PROGRAM_PROVIDER ? 0 : 1;
      return has_number(call->op) && before.number > call->number;
    case HALF_NUMBER:
      call->number /= 2;
      return has_number(call->op) && call->number > 1;
    case LESS_NUMBER:
      call->number -= 1;
      return has_number(call->op) && before.number > 2;
    case FIRST_SINK:
      call->sink = 0;
      return call->op == PAC_PROGRAM_PUT && before.sink != 0 && before.sink != PAC_PROGRAM_NONE;
    case OWN_SINK:
      return use_own_sink(program, call);
    case ACCEPTS:
      call->provider = PAC_PROVIDER_ACCEPTS;
      call->answer = (enum pac_status)0;
      return call->op == PAC_PROGRAM_PROVIDER && before.provider != PAC_PROVIDER_ACCEPTS;
    default:
      break;
  }
  if (way < FIRST_ELEMENT) {
    call->flags &= ~((uint32_t)1 << (way - FIRST_FLAG));
    return before.flags != call->flags;
  }
  unsigned element = (way - FIRST_ELEMENT) / 2;
  return drop_element(program, (way - FIRST_ELEMENT) % 2 == 0 ? &call->context : &call->async_context, element);
}

static bool simplify_calls(struct shrinker *shrinker) {
  bool has_changed = false;
  for (uint32_t i = 0; i < shrinker->best->call_count; i++) {
    for (unsigned way = 0; way < SIMPLER_COUNT && i < shrinker->best->call_count; way++) {
      struct pac_program *candidate = copy_of(shrinker);
      if (candidate == NULL) {
        return false;
      }
      if (!simplify(candidate, &candidate->calls[i], way)) {
        pac_program_free(candidate);
        continue;
      }
      has_changed = try_candidate(shrinker, candidate) || has_changed;
    }
  }
  return has_changed;
}

/* Sinks in the order in which they come: which letter they have says nothing. */
static bool order_sinks(struct shrinker *shrinker) {
  uint32_t letters[PAC_PROGRAM_SINKS_MAX];
  uint32_t count = 0;
  bool has_changed = false;
  struct pac_program *candidate = copy_of(shrinker);
  for (uint32_t i = 0; i < PAC_PROGRAM_SINKS_MAX; i++) {
    letters[i] = PAC_PROGRAM_NONE;
  }
  for (uint32_t i = 0; candidate != NULL && i < candidate->call_count; i++) {
    struct pac_program_call *call = &candidate->calls[i];
    if ((call->op == PAC_PROGRAM_PUT || call->op == PAC_PROGRAM_CANCEL) && call->sink != PAC_PROGRAM_NONE) {
      uint32_t *letter = &letters[call->sink];
      *letter = *letter == PAC_PROGRAM_NONE ? count++ : *letter;
      has_changed = has_changed || call->sink != *letter;
      call->sink = *letter;
    }
  }
  if (!has_changed) {
    pac_program_free(candidate);
    return false;
  }
  return try_candidate(shrinker, candidate);
}

/* Does without a further connection: what was done on it is done on the first one. */
static bool merge_spaces(struct shrinker *shrinker) {
  struct pac_program *candidate = copy_of(shrinker);
  uint32_t kept = 0;
  if (candidate == NULL) {
    return false;
  }
  uint32_t count = candidate->call_count;
  for (uint32_t i = 0; i < count; i++) {
    if (candidate->calls[i].op != PAC_PROGRAM_CONNECT) {
      candidate->calls[kept] = candidate->calls[i];
      candidate->calls[kept].space = 0;
      kept += 1;
    }
  }
  candidate->call_count = kept;
  if (kept == count) {
    pac_program_free(candidate);
    return false;
  }
  return try_candidate(shrinker, candidate);
}

/* Objects ----------------------------------------------------------------------------------------------------------------- */

/* True for the instructions that change an object under construction, in the numbers that the encoder writes. */
static bool is_change(uint8_t op) {
  return op >= PAC_BYTES_SET && op <= PAC_BYTES_METHOD_REMOVE;
}

static void keep_labels(const struct pac_program *from, struct pac_program *to) {
  for (uint32_t i = 0; i < to->object_count && from->object_count == to->object_count; i++) {
    const char *label = from->objects[i].label;
    to->objects[i].label = label == NULL ? NULL : pac_arena_copy_text(to->arena, label, strlen(label));
  }
}

static bool try_octets(struct shrinker *shrinker, const uint8_t *octets, size_t size) {
  struct pac_program *candidate = NULL;
  enum pac_result result = pac_program_decode(NULL, octets, size, &candidate);
  if (result != PAC_RESULT_OK) {
    shrinker->result = result;
    return false;
  }
  keep_labels(shrinker->best, candidate);
  return try_candidate(shrinker, candidate);
}

/* Behind an instruction that added a property and is gone, the places of the object's further properties are one less. */
static bool close_gap(uint8_t *next, size_t count) {
  bool has_changed = false;
  for (; count > 0 && is_change(next[0]); next += PAC_PROGRAM_INSTRUCTION_OCTETS, count--) {
    if (next[0] == PAC_BYTES_QUALIFY && next[2] == PAC_BYTES_OF_PROPERTY && next[3] > 0) {
      next[3] -= 1;
      has_changed = true;
    }
  }
  return has_changed;
}

/* Tries the best program without its nth changing instruction; false when there is none such. */
static bool drop_change(struct shrinker *shrinker, uint32_t nth, bool *is_taken) {
  size_t size = 0;
  *is_taken = false;
  enum pac_result result = pac_program_encode(shrinker->best, NULL, 0, &size);
  if (result != PAC_RESULT_OK) {
    shrinker->result = result == PAC_RESULT_NO_MEMORY ? result : shrinker->result;
    return false; /* too large for the octet form: it stays as it is */
  }
  uint8_t *octets = malloc(size);
  if (octets == NULL || pac_program_encode(shrinker->best, octets, size, &size) != PAC_RESULT_OK) {
    shrinker->result = octets == NULL ? PAC_RESULT_NO_MEMORY : shrinker->result;
    free(octets);
    return false;
  }
  size_t there = (size - 1) / PAC_PROGRAM_INSTRUCTION_OCTETS;
  size_t count = octets[0] == PAC_BYTES_ALL ? there : octets[0];
  size_t at = 0;
  for (uint32_t seen = 0; at < count; at++) {
    if (is_change(octets[1 + at * PAC_PROGRAM_INSTRUCTION_OCTETS])) {
      if (seen == nth) {
        break;
      }
      seen += 1;
    }
  }
  bool is_there = at < count;
  if (is_there) {
    uint8_t *gone = octets + 1 + at * PAC_PROGRAM_INSTRUCTION_OCTETS;
    bool is_addition = gone[0] == PAC_BYTES_ADD;
    memmove(gone, gone + PAC_PROGRAM_INSTRUCTION_OCTETS, size - (size_t)(gone - octets) - PAC_PROGRAM_INSTRUCTION_OCTETS);
    octets[0] = (uint8_t)(octets[0] - (octets[0] != PAC_BYTES_ALL ? 1 : 0));
    size -= PAC_PROGRAM_INSTRUCTION_OCTETS;
    *is_taken = try_octets(shrinker, octets, size) ||
                (is_addition && close_gap(gone, count - 1 - at) && try_octets(shrinker, octets, size));
  }
  free(octets);
  return is_there;
}

static bool drop_changes(struct shrinker *shrinker) {
  bool has_changed = false;
  bool is_taken = false;
  for (uint32_t nth = 0; shrinker->tests_left > 0 && drop_change(shrinker, nth, &is_taken); nth += !is_taken) {
    has_changed = has_changed || is_taken;
  }
  return has_changed;
}

static bool simplify_objects(struct shrinker *shrinker) {
  bool has_changed = false;
  bool is_there = true;
  for (uint32_t nth = 0; is_there && shrinker->tests_left > 0;) {
    struct pac_program *candidate = copy_of(shrinker);
    enum pac_result result = candidate == NULL ? PAC_RESULT_NOT_FOUND : pac_program_simpler(candidate, nth);
    bool is_taken = false;
    is_there = result != PAC_RESULT_NOT_FOUND && result != PAC_RESULT_NO_MEMORY;
    shrinker->result = result == PAC_RESULT_NO_MEMORY ? result : shrinker->result;
    if (result == PAC_RESULT_OK) {
      is_taken = try_candidate(shrinker, candidate);
    } else {
      pac_program_free(candidate);
    }
    nth += !is_taken;
    has_changed = has_changed || is_taken;
  }
  return has_changed;
}

enum pac_result pac_program_shrink(const struct pac_program *program, pac_program_test test, void *context,
                                   uint32_t tests_max, struct pac_program **given) {
  struct shrinker shrinker = {.test = test, .context = context, .tests_left = tests_max};
  PAC_TRY(pac_program_clone(NULL, program, &shrinker.best));
  for (uint32_t i = 0; i < shrinker.best->call_count; i++) {
    shrinker.best->calls[i].expected_count = 0;
  }
  bool has_changed = true;
  while (has_changed && shrinker.tests_left > 0 && shrinker.result == PAC_RESULT_OK) {
    has_changed = drop_calls(&shrinker);
    has_changed = merge_spaces(&shrinker) || has_changed;
    has_changed = simplify_calls(&shrinker) || has_changed;
    has_changed = drop_changes(&shrinker) || has_changed;
    has_changed = simplify_objects(&shrinker) || has_changed;
  }
  (void)order_sinks(&shrinker);
  if (shrinker.result != PAC_RESULT_OK) {
    pac_program_free(shrinker.best);
    return shrinker.result;
  }
  *given = shrinker.best;
  return PAC_RESULT_OK;
}
