/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes objects simpler in ways that leaving out instructions of the octet form cannot: one object in place of two that
 * are equal, without a parent, without a flavor, with a plain value. Members are known by their names here, so that
 * what is derived from a changed class keeps its own. Objects that stand in values are left to the octet form.
 */
#include "program/simpler.h"

#include <string.h>

#include "program/bytes.h"
#include "program/mof.h"

/* Counts down to the way that is wanted. */
struct chooser {
  struct pac_program *program;
  bool is_embedded[PAC_PROGRAM_OBJECTS_MAX]; /* stands in a value */
  uint32_t left;
  bool is_done;
  enum pac_result result;
};

static bool is_chosen(struct chooser *chooser) {
  if (chooser->is_done) {
    return false;
  }
  chooser->is_done = chooser->left == 0;
  chooser->left -= chooser->is_done ? 0 : 1;
  return chooser->is_done;
}

/* Making anew ------------------------------------------------------------------------------------------------------ */

static enum pac_result put_own(struct pac_qualifier_set *to, const struct pac_qualifier_set *from,
                               bool is_of_property) {
  for (uint32_t i = 0; to != NULL && i < pac_qualifier_count(from); i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(from, i);
    if (pac_program_is_own_qualifier(qualifier, is_of_property)) {
      PAC_TRY(pac_qualifier_put(to, qualifier->name, &qualifier->value, qualifier->flavor));
    }
  }
  return PAC_RESULT_OK;
}

static enum pac_result put_property(struct pac_object *to, const struct pac_property *property) {
  const struct pac_property *there = pac_object_property_find(to, property->name);
  if (pac_object_genus(to) == PAC_GENUS_INSTANCE) {
    bool fits =
        there != NULL && there->value.type == property->value.type && there->value.is_array == property->value.is_array;
    return property->is_default || !fits ? PAC_RESULT_OK
                                         : pac_object_property_set(to, property->name, &property->value);
  }
  if (there == NULL) {
    return pac_class_property_add(to, property->name, &property->value);
  }
  if (there->value.type != property->value.type || there->value.is_array != property->value.is_array) {
    return pac_class_property_retype(to, property->name, &property->value);
  }
  return property->is_default ? PAC_RESULT_OK : pac_object_property_set(to, property->name, &property->value);
}

static bool is_name(const char *left, const char *right) {
  return left != NULL && right != NULL && pac_name_compare(left, right) == 0;
}

/* What `from` says itself, but the property or method `without`. */
static enum pac_result put_members(struct pac_object *to, const struct pac_object *from, const char *without) {
  PAC_TRY(put_own(pac_object_qualifiers(to), pac_object_qualifiers_view(from), false));
  for (uint32_t i = 0; i < pac_object_property_count(from); i++) {
    const struct pac_property *property = pac_object_property_at(from, i);
    if (pac_program_is_own_property(from, property) && !is_name(property->name, without)) {
      PAC_TRY(put_property(to, property));
      PAC_TRY(put_own(pac_object_property_qualifiers(to, property->name),
                      pac_object_property_qualifiers_view(from, property->name), true));
    }
  }
  for (uint32_t i = 0; pac_object_genus(from) == PAC_GENUS_CLASS && i < pac_object_method_count(from); i++) {
    const struct pac_method *method = pac_object_method_at(from, i);
    if (!method->is_inherited && !is_name(method->name, without)) {
      PAC_TRY(pac_class_method_put(to, method->name, method->in, method->out));
      PAC_TRY(put_own(pac_object_method_qualifiers(to, method->name),
                      pac_object_method_qualifiers_view(from, method->name), false));
    }
  }
  return PAC_RESULT_OK;
}

/* Makes a row anew from its base as that is now. A parent that is only named stays. */
static enum pac_result remake(struct pac_program *program, uint32_t row, const char *without) {
  struct pac_program_object *made = &program->objects[row];
  const struct pac_object *from = made->object;
  const struct pac_object *base = made->base == PAC_PROGRAM_NONE ? NULL : program->objects[made->base].object;
  bool is_by_name = pac_object_genus(from) == PAC_GENUS_CLASS && pac_class_parent(from) == NULL;
  const char *superclass = is_by_name ? pac_object_superclass(from) : NULL;
  struct pac_object *to = NULL;
  if (pac_object_genus(from) == PAC_GENUS_INSTANCE) {
    PAC_TRY(pac_instance_new(&program->memory, base, &to));
  } else if (base != NULL) {
    PAC_TRY(pac_class_derive(&program->memory, base, pac_object_class_name(from), &to));
  } else {
    PAC_TRY(pac_class_new(&program->memory, pac_object_class_name(from), &to));
    PAC_TRY(superclass == NULL ? PAC_RESULT_OK : pac_class_set_superclass(to, superclass));
  }
  PAC_TRY(put_members(to, from, without));
  made->object = to;
  return PAC_RESULT_OK;
}

static bool is_from(const struct pac_program *program, uint32_t row, uint32_t ancestor) {
  while (row != ancestor && row != PAC_PROGRAM_NONE) {
    row = program->objects[row].base;
  }
  return row == ancestor;
}

/* True when the row, or what is made from it, stands in a value. */
static bool is_in_value(const struct chooser *chooser, uint32_t row) {
  for (uint32_t i = row; i < chooser->program->object_count; i++) {
    if (chooser->is_embedded[i] && is_from(chooser->program, i, row)) {
      return true;
    }
  }
  return false;
}

static enum pac_result remake_what_is_from(struct pac_program *program, uint32_t row) {
  for (uint32_t i = row + 1; i < program->object_count; i++) {
    if (is_from(program, i, row)) {
      PAC_TRY(remake(program, i, NULL));
    }
  }
  return PAC_RESULT_OK;
}

static void finish(struct chooser *chooser, uint32_t row, enum pac_result result) {
  chooser->result = result == PAC_RESULT_OK ? remake_what_is_from(chooser->program, row) : result;
}

/* Rows ------------------------------------------------------------------------------------------------------------- */

static void use_instead(struct pac_program *program, uint32_t row, uint32_t other) {
  for (uint32_t i = 0; i < program->object_count; i++) {
    program->objects[i].base = program->objects[i].base == row ? other : program->objects[i].base;
  }
  for (uint32_t i = 0; i < program->call_count; i++) {
    program->calls[i].object = program->calls[i].object == row ? other : program->calls[i].object;
  }
}

static void choose_row(struct chooser *chooser, uint32_t row) {
  struct pac_program *program = chooser->program;
  struct pac_program_object *made = &program->objects[row];
  bool is_class = pac_object_genus(made->object) == PAC_GENUS_CLASS;
  for (uint32_t other = 0; other < row; other++) {
    if (program->objects[other].base == made->base && pac_object_equal(program->objects[other].object, made->object) &&
        is_chosen(chooser)) {
      use_instead(program, row, other);
      return;
    }
  }
  if (made->base == PAC_PROGRAM_NONE) {
    if (is_class && pac_object_superclass(made->object) != NULL && is_chosen(chooser)) {
      finish(chooser, row, pac_class_set_superclass(made->object, NULL));
    }
    return;
  }
  uint32_t above = program->objects[made->base].base;
  if ((is_class || above != PAC_PROGRAM_NONE) && is_chosen(chooser)) {
    made->base = above;
    finish(chooser, row, remake(program, row, NULL));
  } else if (is_class && is_chosen(chooser)) {
    use_instead(program, row, made->base);
    finish(chooser, made->base, PAC_RESULT_OK);
  }
}

/* Qualifiers ------------------------------------------------------------------------------------------------------- */

/* Without flavors at once, then without one of them; as the boolean that the text form need not write. */
static void choose_qualifiers(struct chooser *chooser, uint32_t row, struct pac_qualifier_set *set,
                              bool is_of_property) {
  static const uint8_t bits[] = {PAC_FLAVOR_TO_INSTANCE, PAC_FLAVOR_TO_DERIVED, PAC_FLAVOR_NOT_OVERRIDABLE,
                                 PAC_FLAVOR_AMENDED};
  const struct pac_value yes = pac_value_boolean(true);
  for (uint32_t i = 0; !chooser->is_done && i < pac_qualifier_count(set); i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(set, i);
    if (!pac_program_is_own_qualifier(qualifier, is_of_property)) {
      continue;
    }
    struct pac_value value = qualifier->value;
    uint8_t plain = pac_mof_default_flavor(qualifier->name);
    uint8_t flavor = qualifier->flavor;
    if (flavor != plain && is_chosen(chooser)) {
      flavor = plain;
    }
    for (size_t bit = 0; !chooser->is_done && qualifier->flavor != plain && bit < sizeof bits; bit++) {
      if ((qualifier->flavor & bits[bit]) != 0 && is_chosen(chooser)) {
        flavor &= (uint8_t)~bits[bit];
      }
    }
    if (!chooser->is_done && !pac_value_equal(&value, &yes) && is_chosen(chooser)) {
      value = yes;
    }
    if (chooser->is_done) {
      finish(chooser, row, pac_qualifier_put(set, qualifier->name, &value, flavor));
    }
  }
}

/* Values ----------------------------------------------------------------------------------------------------------- */

/* One of the two plain values of a type; false when it has none. */
static bool plain_value(enum pac_cim_type type, unsigned which, struct pac_value *value) {
  bool is_signed = false;
  if (pac_cim_type_is_integer(type, &is_signed, NULL)) {
    *value = is_signed ? pac_value_sint(type, 1 + (int64_t)which) : pac_value_uint(type, 1u + which);
    return true;
  }
  if (type == PAC_CIM_STRING) {
    *value = pac_value_string(which == 0 ? "a" : "b");
    return true;
  }
  return false;
}

/* Every property of the program with that value gets the other one, so that the same key stays the same. */
static enum pac_result replace_value(const struct chooser *chooser, const struct pac_value *old,
                                     const struct pac_value *new) {
  struct pac_program *program = chooser->program;
  for (uint32_t row = 0; row < program->object_count; row++) {
    struct pac_object *object = program->objects[row].object;
    for (uint32_t i = 0; !is_in_value(chooser, row) && i < pac_object_property_count(object); i++) {
      const struct pac_property *property = pac_object_property_at(object, i);
      if (!property->is_default && pac_value_equal(&property->value, old)) {
        PAC_TRY(pac_object_property_set(object, property->name, new));
      }
    }
    PAC_TRY(remake_what_is_from(program, row));
  }
  return PAC_RESULT_OK;
}

static bool is_declared_as(const struct pac_program *program, uint32_t row, const char *class_name) {
  const struct pac_object *object = program->objects[row].object;
  return pac_object_genus(object) == PAC_GENUS_CLASS && is_name(pac_object_class_name(object), class_name);
}

static void choose_elements(struct chooser *chooser, uint32_t row, const struct pac_property *property) {
  union pac_scalar *fewer = NULL;
  uint32_t count = property->value.count;
  for (uint32_t i = 0; !chooser->is_done && i < count; i++) {
    if (is_chosen(chooser)) {
      fewer = pac_arena_allocate_array(chooser->program->arena, count, sizeof *fewer);
      if (fewer == NULL) {
        chooser->result = PAC_RESULT_NO_MEMORY;
        return;
      }
      memcpy(fewer, property->value.elements, i * sizeof *fewer);
      memcpy(fewer + i, property->value.elements + i + 1, (count - i - 1) * sizeof *fewer);
      struct pac_value value = pac_value_array(property->value.type, count == 1 ? NULL : fewer, count - 1);
      finish(chooser, row, pac_object_property_set(chooser->program->objects[row].object, property->name, &value));
    }
  }
}

static void choose_value(struct chooser *chooser, uint32_t row, const struct pac_property *property) {
  struct pac_object *object = chooser->program->objects[row].object;
  struct pac_value old = property->value;
  struct pac_value none = pac_value_null(old.type, old.is_array);
  struct pac_value plain;
  if (!old.is_null && (pac_object_genus(object) == PAC_GENUS_CLASS || property->is_inherited) && is_chosen(chooser)) {
    finish(chooser, row,
           property->is_inherited ? pac_object_property_reset(object, property->name)
                                  : pac_object_property_set(object, property->name, &none));
  }
  if (old.is_array && !old.is_null) {
    choose_elements(chooser, row, property);
    return;
  }
  for (unsigned which = 0; !chooser->is_done && !old.is_null && which < 2 && plain_value(old.type, which, &plain);
       which++) {
    if (pac_value_equal(&old, &plain)) {
      return;
    }
    if (is_chosen(chooser)) {
      chooser->result = replace_value(chooser, &old, &plain);
    }
  }
}

/* Leaves a member out of every declaration of the class, when there are several: it may be the difference that must not
 * be. */
static void choose_member_everywhere(struct chooser *chooser, uint32_t row, const char *member) {
  struct pac_program *program = chooser->program;
  const char *class_name = pac_object_class_name(program->objects[row].object);
  uint32_t count = 0;
  bool may = is_declared_as(program, row, class_name);
  for (uint32_t i = 0; i < program->object_count; i++) {
    if (is_declared_as(program, i, class_name)) {
      may = may && !is_in_value(chooser, i);
      count += 1;
    }
  }
  if (!may || count < 2 || !is_chosen(chooser)) {
    return;
  }
  char *name = pac_arena_copy_text(program->arena, member, strlen(member));
  chooser->result = name == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK;
  for (uint32_t i = 0; chooser->result == PAC_RESULT_OK && i < program->object_count; i++) {
    chooser->result = remake(program, i, is_declared_as(program, i, class_name) ? name : NULL);
  }
}

static void choose_property(struct chooser *chooser, uint32_t row, const struct pac_property *property) {
  struct pac_object *object = chooser->program->objects[row].object;
  if (!pac_program_is_own_property(object, property)) {
    return;
  }
  if (is_chosen(chooser)) {
    finish(chooser, row, remake(chooser->program, row, property->name));
    return;
  }
  choose_member_everywhere(chooser, row, property->name);
  if (chooser->is_done) {
    return;
  }
  choose_qualifiers(chooser, row, pac_object_property_qualifiers(object, property->name), true);
  if (!chooser->is_done && !property->is_default) {
    choose_value(chooser, row, property);
  }
}

/* Methods ---------------------------------------------------------------------------------------------------------- */

static void choose_method(struct chooser *chooser, uint32_t row, const struct pac_method *method) {
  struct pac_object *object = chooser->program->objects[row].object;
  struct pac_method_parameter parameters[PAC_METHOD_PARAMETERS_MAX];
  struct pac_method_shape shape;
  if (method->is_inherited || pac_program_method_shape(method, parameters, &shape) != PAC_RESULT_OK) {
    return;
  }
  choose_member_everywhere(chooser, row, method->name);
  if (!chooser->is_done) {
    choose_qualifiers(chooser, row, pac_object_method_qualifiers(object, method->name), false);
  }
  if (chooser->is_done) {
    return;
  }
  if (shape.returned != PAC_CIM_NONE && is_chosen(chooser)) {
    shape.returned = PAC_CIM_NONE;
  }
  for (uint32_t i = 0; !chooser->is_done && i < shape.count; i++) {
    if (is_chosen(chooser)) {
      memmove(&parameters[i], &parameters[i + 1], (shape.count - i - 1) * sizeof *parameters);
      shape.count -= 1;
    } else if (parameters[i].is_in && parameters[i].is_out && is_chosen(chooser)) {
      parameters[i].is_out = false;
    }
  }
  if (chooser->is_done) {
    finish(chooser, row, pac_program_method_put(&chooser->program->memory, object, method->name, &shape));
  }
}

/* The whole -------------------------------------------------------------------------------------------------------- */

enum pac_result pac_program_simpler(struct pac_program *program, uint32_t nth) {
  struct chooser chooser = {.program = program, .left = nth, .result = PAC_RESULT_OK};
  pac_program_mark_embedded(program, chooser.is_embedded);
  for (uint32_t row = 0; !chooser.is_done && row < program->object_count; row++) {
    struct pac_object *object = program->objects[row].object;
    if (is_in_value(&chooser, row)) {
      continue;
    }
    choose_row(&chooser, row);
    if (!chooser.is_done) {
      choose_qualifiers(&chooser, row, pac_object_qualifiers(object), false);
    }
    for (uint32_t i = 0; !chooser.is_done && i < pac_object_property_count(object); i++) {
      choose_property(&chooser, row, pac_object_property_at(object, i));
    }
    for (uint32_t i = 0;
         !chooser.is_done && pac_object_genus(object) == PAC_GENUS_CLASS && i < pac_object_method_count(object); i++) {
      choose_method(&chooser, row, pac_object_method_at(object, i));
    }
  }
  return chooser.is_done ? chooser.result : PAC_RESULT_NOT_FOUND;
}
