/* SPDX-License-Identifier: Apache-2.0 */
/* Programs in memory: making, copying and comparing them. What a call does, and the other forms, are left to others. */
#include "program/program.h"

#include <stdio.h>
#include <string.h>

#include "object/arena.h"

#define FIRST_OCTETS 32768u

enum pac_result pac_program_new(const struct pac_memory *memory, struct pac_program **given) {
  struct pac_arena *arena = NULL;
  PAC_TRY(pac_arena_new(memory, FIRST_OCTETS, &arena));
  struct pac_program *program = pac_arena_allocate(arena, sizeof *program);
  if (program == NULL) {
    pac_arena_free(arena);
    return PAC_RESULT_NO_MEMORY;
  }
  program->arena = arena;
  program->memory = (struct pac_memory){pac_arena_resize, arena};
  *given = program;
  return PAC_RESULT_OK;
}

void pac_program_free(struct pac_program *program) {
  if (program != NULL) {
    pac_arena_free(program->arena);
  }
}

struct pac_program_call pac_program_call_of(enum pac_program_op op) {
  return (struct pac_program_call){.op = op, .object = PAC_PROGRAM_NONE, .sink = PAC_PROGRAM_NONE};
}

const char *pac_program_op_word(enum pac_program_op op) {
  static const char *const words[] = {
#define PAC_PROGRAM_WORD(name, word, features) word,
      PAC_PROGRAM_OP_MAP(PAC_PROGRAM_WORD)
#undef PAC_PROGRAM_WORD
  };
  return (unsigned)op < PAC_PROGRAM_OP_COUNT ? words[op] : "unknown";
}

enum pac_result pac_program_add_object(struct pac_program *program, struct pac_object *object, uint32_t base,
                                       uint32_t *index) {
  if (program->object_count == PAC_PROGRAM_OBJECTS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  if (base != PAC_PROGRAM_NONE && base >= program->object_count) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  program->objects[program->object_count] = (struct pac_program_object){.object = object, .base = base};
  *index = program->object_count;
  program->object_count += 1;
  return PAC_RESULT_OK;
}

enum pac_result pac_program_add_call(struct pac_program *program, const struct pac_program_call *call) {
  if (program->call_count == PAC_PROGRAM_CALLS_MAX) {
    return PAC_RESULT_LIMIT;
  }
  bool has_object = call->object == PAC_PROGRAM_NONE || call->object < program->object_count;
  bool has_sink = call->sink == PAC_PROGRAM_NONE || call->sink < PAC_PROGRAM_SINKS_MAX;
  if (!has_object || !has_sink || call->space >= PAC_PROGRAM_SPACES_MAX) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  program->calls[program->call_count] = *call;
  program->call_count += 1;
  return PAC_RESULT_OK;
}

static enum pac_result clone_values(const struct pac_memory *memory, const struct pac_named_values **values) {
  struct pac_named_values *copy = NULL;
  if (*values != NULL) {
    PAC_TRY(pac_named_values_clone(memory, *values, &copy));
  }
  *values = copy;
  return PAC_RESULT_OK;
}

static enum pac_result clone_text(struct pac_arena *arena, const char **text) {
  if (*text != NULL) {
    *text = pac_arena_copy_text(arena, *text, strlen(*text));
    return *text == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK;
  }
  return PAC_RESULT_OK;
}

static enum pac_result clone_parts(const struct pac_program *program, struct pac_program *copy) {
  for (uint32_t i = 0; i < program->object_count; i++) {
    copy->objects[i] = program->objects[i];
    PAC_TRY(pac_object_clone(&copy->memory, program->objects[i].object, &copy->objects[i].object));
    PAC_TRY(clone_text(copy->arena, &copy->objects[i].label));
  }
  copy->object_count = program->object_count;
  for (uint32_t i = 0; i < program->call_count; i++) {
    struct pac_program_call *call = &copy->calls[i];
    *call = program->calls[i];
    PAC_TRY(clone_values(&copy->memory, &call->context));
    PAC_TRY(clone_values(&copy->memory, &call->async_context));
    PAC_TRY(clone_text(copy->arena, &call->class_name));
    if (call->expected_count > 0) {
      enum pac_status *expected = pac_arena_allocate_array(copy->arena, call->expected_count, sizeof *expected);
      if (expected == NULL) {
        return PAC_RESULT_NO_MEMORY;
      }
      memcpy(expected, call->expected, call->expected_count * sizeof *expected);
      call->expected = expected;
    }
  }
  copy->call_count = program->call_count;
  return PAC_RESULT_OK;
}

enum pac_result pac_program_clone(const struct pac_memory *memory, const struct pac_program *program,
                                  struct pac_program **given) {
  struct pac_program *copy = NULL;
  PAC_TRY(pac_program_new(memory, &copy));
  enum pac_result result = clone_parts(program, copy);
  if (result != PAC_RESULT_OK) {
    pac_program_free(copy);
    return result;
  }
  *given = copy;
  return PAC_RESULT_OK;
}

static bool same_text(const char *left, const char *right) {
  return left == NULL || right == NULL ? left == right : strcmp(left, right) == 0;
}

static bool same_call(const struct pac_program_call *left, const struct pac_program_call *right) {
  return left->op == right->op && left->space == right->space && left->object == right->object &&
         left->sink == right->sink && left->flags == right->flags && left->number == right->number &&
         left->provider == right->provider && left->answer == right->answer &&
         same_text(left->class_name, right->class_name) && left->expected_count == right->expected_count &&
         (left->expected_count == 0 ||
          memcmp(left->expected, right->expected, left->expected_count * sizeof *left->expected) == 0) &&
         pac_named_values_equal(left->context, right->context) &&
         pac_named_values_equal(left->async_context, right->async_context);
}

bool pac_program_equal(const struct pac_program *left, const struct pac_program *right) {
  if (left->object_count != right->object_count || left->call_count != right->call_count) {
    return false;
  }
  for (uint32_t i = 0; i < left->object_count; i++) {
    if (left->objects[i].base != right->objects[i].base ||
        !pac_object_equal(left->objects[i].object, right->objects[i].object)) {
      return false;
    }
  }
  for (uint32_t i = 0; i < left->call_count; i++) {
    if (!same_call(&left->calls[i], &right->calls[i])) {
      return false;
    }
  }
  return true;
}

/* Telling puts apart --------------------------------------------------------------------------------------------------- */

static bool is_empty(const struct pac_named_values *values) {
  return values == NULL || pac_named_values_count(values) == 0;
}

/* True when another put through the same sink could be taken for this one. */
static bool is_indistinct(const struct pac_program *program, uint32_t index) {
  const struct pac_program_call *call = &program->calls[index];
  for (uint32_t i = 0; i < program->call_count; i++) {
    const struct pac_program_call *other = &program->calls[i];
    if (i != index && other->op == PAC_PROGRAM_PUT && other->sink == call->sink &&
        (is_empty(call->async_context) || pac_named_values_equal(call->async_context, other->async_context))) {
      return true;
    }
  }
  return false;
}

/* The first such put from a call on; NONE when there is none. */
static uint32_t indistinct_from(const struct pac_program *program, uint32_t first) {
  for (uint32_t i = first; i < program->call_count; i++) {
    const struct pac_program_call *call = &program->calls[i];
    if (call->op == PAC_PROGRAM_PUT && call->sink != PAC_PROGRAM_NONE && is_indistinct(program, i)) {
      return i;
    }
  }
  return PAC_PROGRAM_NONE;
}

uint32_t pac_program_indistinct(const struct pac_program *program) {
  return indistinct_from(program, 0);
}

static enum pac_result name_call(struct pac_program *program, uint32_t index, uint32_t number) {
  char text[32];
  snprintf(text, sizeof text, "put %u", (unsigned)number);
  struct pac_value value = pac_value_string(text);
  struct pac_named_values *values = NULL;
  PAC_TRY(pac_named_values_new(&program->memory, &values));
  PAC_TRY(pac_named_values_add(values, "Call", &value));
  program->calls[index].async_context = values;
  return PAC_RESULT_OK;
}

enum pac_result pac_program_tell_apart(struct pac_program *program) {
  uint32_t number = 0;
  /* A name is given only when no other put has it, so what stands before stays distinct. */
  for (uint32_t index = indistinct_from(program, 0); index != PAC_PROGRAM_NONE;
       index = indistinct_from(program, index + 1)) {
    do { /* a name that is taken is passed over */
      number += 1;
      PAC_TRY(name_call(program, index, number));
    } while (is_indistinct(program, index));
  }
  return PAC_RESULT_OK;
}

/* Leaving out ---------------------------------------------------------------------------------------------------------- */

static uint32_t features_of(enum pac_program_op op) {
  static const uint32_t features[] = {
#define PAC_PROGRAM_FEATURES(name, word, bits) bits,
      PAC_PROGRAM_OP_MAP(PAC_PROGRAM_FEATURES)
#undef PAC_PROGRAM_FEATURES
  };
  return features[op];
}

uint32_t pac_program_features(const struct pac_program *program) {
  uint32_t features = 0;
  for (uint32_t i = 0; i < program->call_count; i++) {
    features |= features_of(program->calls[i].op);
  }
  return features;
}

uint32_t pac_program_restrict(struct pac_program *program, uint32_t features) {
  uint32_t kept = 0;
  uint32_t count = program->call_count;
  for (uint32_t i = 0; i < count; i++) {
    if ((features_of(program->calls[i].op) & ~features) == 0) {
      program->calls[kept] = program->calls[i];
      kept += 1;
    }
  }
  program->call_count = kept;
  for (uint32_t i = 0; kept < count && i < kept; i++) {
    program->calls[i].expected_count = 0;
  }
  return count - kept;
}

/* True when, before the call at `until`, the last word on the class of the provider call at `at` is that call. */
static bool is_last_word(const struct pac_program *program, uint32_t at, uint32_t until) {
  const struct pac_program_call *call = &program->calls[at];
  for (uint32_t i = at + 1; i < until; i++) {
    const struct pac_program_call *later = &program->calls[i];
    if (later->op == PAC_PROGRAM_PROVIDER && later->space == call->space &&
        pac_name_compare(later->class_name, call->class_name) == 0) {
      return false;
    }
  }
  return true;
}

/* True for a put that a provider of its connection may hold, and that says nothing of returning before that lets go. */
static bool may_block(const struct pac_program *program, uint32_t at) {
  const struct pac_program_call *put = &program->calls[at];
  bool is_held = false;
  if (put->op != PAC_PROGRAM_PUT || (put->flags & PAC_FLAG_RETURN_IMMEDIATELY) != 0) {
    return false;
  }
  for (uint32_t i = 0; i < at && !is_held; i++) {
    const struct pac_program_call *call = &program->calls[i];
    is_held = call->op == PAC_PROGRAM_PROVIDER && call->provider == PAC_PROVIDER_HOLDS && call->space == put->space &&
              is_last_word(program, i, at);
  }
  return is_held;
}

void pac_program_keep_returning(struct pac_program *program) {
  for (uint32_t i = 0; i < program->call_count; i++) {
    program->calls[i].flags |= may_block(program, i) ? (uint32_t)PAC_FLAG_RETURN_IMMEDIATELY : 0u;
  }
}

uint32_t pac_program_blocking_count(const struct pac_program *program) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < program->call_count; i++) {
    count += may_block(program, i);
  }
  return count;
}

/* Marks the rows that stand as objects in a value. */
static void mark_embedded(const struct pac_program *program, const struct pac_value *value, bool *is_used) {
  if (value->type != PAC_CIM_OBJECT || value->is_null) {
    return;
  }
  for (uint32_t i = 0; i < (value->is_array ? value->count : 1u); i++) {
    const struct pac_object *object = value->is_array ? value->elements[i].object : value->scalar.object;
    for (uint32_t row = 0; object != NULL && row < program->object_count; row++) {
      if (pac_object_equal(program->objects[row].object, object)) {
        is_used[row] = true;
        break; /* the first, which is the one that the text form names */
      }
    }
  }
}

static void mark_in_values(const struct pac_program *program, const struct pac_named_values *values, bool *is_used) {
  for (uint32_t i = 0; values != NULL && i < pac_named_values_count(values); i++) {
    mark_embedded(program, &pac_named_values_at(values, i)->value, is_used);
  }
}

void pac_program_mark_embedded(const struct pac_program *program, bool is_embedded[PAC_PROGRAM_OBJECTS_MAX]) {
  for (uint32_t i = 0; i < program->object_count; i++) {
    const struct pac_object *object = program->objects[i].object;
    for (uint32_t j = 0; j < pac_object_property_count(object); j++) {
      mark_embedded(program, &pac_object_property_at(object, j)->value, is_embedded);
    }
  }
  for (uint32_t i = 0; i < program->call_count; i++) {
    mark_in_values(program, program->calls[i].context, is_embedded);
    mark_in_values(program, program->calls[i].async_context, is_embedded);
  }
}

void pac_program_drop_unused(struct pac_program *program) {
  bool is_used[PAC_PROGRAM_OBJECTS_MAX] = {false};
  uint32_t place[PAC_PROGRAM_OBJECTS_MAX] = {0};
  uint32_t kept = 0;
  for (uint32_t i = 0; i < program->call_count; i++) {
    if (program->calls[i].object != PAC_PROGRAM_NONE) {
      is_used[program->calls[i].object] = true;
    }
    mark_in_values(program, program->calls[i].context, is_used);
    mark_in_values(program, program->calls[i].async_context, is_used);
  }
  for (uint32_t i = program->object_count; i > 0; i--) {
    const struct pac_object *object = program->objects[i - 1].object;
    if (is_used[i - 1] && program->objects[i - 1].base != PAC_PROGRAM_NONE) {
      is_used[program->objects[i - 1].base] = true;
    }
    for (uint32_t j = 0; is_used[i - 1] && j < pac_object_property_count(object); j++) {
      mark_embedded(program, &pac_object_property_at(object, j)->value, is_used);
    }
  }
  for (uint32_t i = 0; i < program->object_count; i++) {
    if (is_used[i]) {
      struct pac_program_object row = program->objects[i];
      row.base = row.base == PAC_PROGRAM_NONE ? PAC_PROGRAM_NONE : place[row.base];
      place[i] = kept;
      program->objects[kept] = row;
      kept += 1;
    }
  }
  program->object_count = kept;
  for (uint32_t i = 0; i < program->call_count; i++) {
    if (program->calls[i].object != PAC_PROGRAM_NONE) {
      program->calls[i].object = place[program->calls[i].object];
    }
  }
}

/* What an object says itself --------------------------------------------------------------------------------------------- */

bool pac_program_is_own_qualifier(const struct pac_qualifier *qualifier, bool is_of_property) {
  return (qualifier->flavor & PAC_FLAVOR_INHERITED) == 0 &&
         (!is_of_property || pac_name_compare(qualifier->name, "CIMTYPE") != 0);
}

bool pac_program_is_own_property(const struct pac_object *object, const struct pac_property *property) {
  bool is_class = pac_object_genus(object) == PAC_GENUS_CLASS;
  if (!property->is_default || (is_class && !property->is_inherited)) {
    return true;
  }
  const struct pac_qualifier_set *set = pac_object_property_qualifiers_view(object, property->name);
  for (uint32_t i = 0; i < pac_qualifier_count(set); i++) {
    if (pac_program_is_own_qualifier(pac_qualifier_at(set, i), true)) {
      return true;
    }
  }
  return false;
}
