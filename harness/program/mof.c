/* SPDX-License-Identifier: Apache-2.0 */
/* Declarations of classes and instances. Every one becomes a row of the program's table, made from its base by the object
 * model just as a client would make it: derived or instantiated, and then changed. */
#include "program/mof.h"

#include <string.h>

#include "program/bytes.h"

/* Rows -------------------------------------------------------------------------------------------------------------------- */

uint32_t pac_mof_class_row(const struct pac_program *program, const char *class_name, uint32_t before) {
  for (uint32_t i = before; i > 0; i--) {
    const struct pac_object *object = program->objects[i - 1].object;
    const char *name = pac_object_class_name(object);
    if (pac_object_genus(object) == PAC_GENUS_CLASS && name != NULL && pac_name_compare(name, class_name) == 0) {
      return i - 1;
    }
  }
  return PAC_PROGRAM_NONE;
}

uint32_t pac_mof_alias_row(const struct pac_program *program, const char *alias) {
  for (uint32_t i = 0; i < program->object_count; i++) {
    if (program->objects[i].label != NULL && pac_name_compare(program->objects[i].label, alias) == 0) {
      return i;
    }
  }
  return PAC_PROGRAM_NONE;
}

bool pac_mof_is_reserved(const char *word) {
  return pac_name_compare(word, "null") == 0;
}

uint8_t pac_mof_default_flavor(const char *qualifier) {
  return pac_name_compare(qualifier, "key") == 0 ? (uint8_t)PAC_BYTES_FLAVOR : (uint8_t)PAC_FLAVOR_NONE;
}

/* Qualifiers -------------------------------------------------------------------------------------------------------------- */

#define QUALIFIERS_MAX 64u

struct qualifier {
  const char *name;
  struct pac_value value;
  uint8_t flavor;
};

/* The list before a declaration: read before it is known what it belongs to. */
struct qualifiers {
  uint32_t count;
  struct qualifier list[QUALIFIERS_MAX];
};

static bool take_flavors(struct pac_lexer *lexer, uint8_t *flavor) {
  static const struct {
    const char *word;
    uint8_t bits;
  } words[] = {
      {"ToInstance", PAC_FLAVOR_TO_INSTANCE},          {"ToSubclass", PAC_FLAVOR_TO_DERIVED},
      {"DisableOverride", PAC_FLAVOR_NOT_OVERRIDABLE}, {"EnableOverride", PAC_FLAVOR_NONE},
      {"Amended", PAC_FLAVOR_AMENDED},                 {"Restricted", PAC_FLAVOR_NONE},
  };
  char shown[64];
  uint32_t count = 0;
  *flavor = PAC_FLAVOR_NONE;
  while (lexer->token.kind == PAC_TOKEN_WORD) {
    size_t i = 0;
    while (i < sizeof words / sizeof words[0] && !pac_lexer_is_word(lexer, words[i].word)) {
      i++;
    }
    if (i == sizeof words / sizeof words[0]) {
      return pac_lexer_fail(lexer, "there is no flavor '%s'", lexer->token.text);
    }
    *flavor |= words[i].bits;
    count += 1;
    if (!pac_lexer_next(lexer)) {
      return false;
    }
  }
  return count > 0 || pac_lexer_fail(lexer, "a flavor is missing before %s", pac_lexer_shown(lexer, shown, sizeof shown));
}

static bool take_qualifier(struct pac_lexer *lexer, struct qualifier *qualifier) {
  qualifier->value = pac_value_boolean(true);
  if (!pac_lexer_need_name(lexer, "a qualifier", &qualifier->name)) {
    return false;
  }
  if (pac_lexer_is_mark(lexer, '{')) {
    if (!pac_mof_typed_value(lexer, &qualifier->value)) {
      return false;
    }
  } else if (pac_lexer_take_mark(lexer, '(') &&
             !(pac_mof_typed_value(lexer, &qualifier->value) && pac_lexer_need_mark(lexer, ')'))) {
    return false;
  }
  if (!pac_bytes_is_of_qualifier(&qualifier->value)) {
    return pac_lexer_fail_taken(lexer, "a qualifier holds text, sint32, real64 or boolean, and no null%s",
                          qualifier->value.is_array ? "; an array of it begins with an element" : "");
  }
  qualifier->flavor = pac_mof_default_flavor(qualifier->name);
  return lexer->result == PAC_RESULT_OK && (!pac_lexer_take_mark(lexer, ':') || take_flavors(lexer, &qualifier->flavor));
}

static bool take_qualifiers(struct pac_lexer *lexer, struct qualifiers *qualifiers) {
  qualifiers->count = 0;
  if (!pac_lexer_take_mark(lexer, '[')) {
    return lexer->result == PAC_RESULT_OK;
  }
  while (!pac_lexer_is_mark(lexer, ']')) {
    if (qualifiers->count == QUALIFIERS_MAX) {
      return pac_lexer_fail(lexer, "there are more than %u qualifiers in one list", QUALIFIERS_MAX);
    }
    if ((qualifiers->count > 0 && !pac_lexer_need_mark(lexer, ',')) ||
        !take_qualifier(lexer, &qualifiers->list[qualifiers->count])) {
      return false;
    }
    qualifiers->count += 1;
  }
  return pac_lexer_need_mark(lexer, ']');
}

static bool put_qualifiers(struct pac_lexer *lexer, struct pac_qualifier_set *set, const struct qualifiers *qualifiers) {
  for (uint32_t i = 0; i < qualifiers->count; i++) {
    const struct qualifier *one = &qualifiers->list[i];
    if (set == NULL || pac_name_compare(one->name, "CIMTYPE") == 0) {
      return pac_lexer_fail_taken(lexer, "the qualifier %s cannot stand here", one->name);
    }
    for (uint32_t j = 0; j < i; j++) {
      if (pac_name_compare(qualifiers->list[j].name, one->name) == 0) {
        return pac_lexer_fail_taken(lexer, "the qualifier %s stands twice in one list", one->name);
      }
    }
    if (!pac_lexer_try(lexer, pac_qualifier_put(set, one->name, &one->value, one->flavor), one->name)) {
      return false;
    }
  }
  return true;
}

/* Members of classes ------------------------------------------------------------------------------------------------------ */

static bool need_type(struct pac_lexer *lexer, enum pac_cim_type *type) {
  const char *word = NULL;
  if (!pac_lexer_need_name(lexer, "a type", &word)) {
    return false;
  }
  if (pac_name_compare(word, "ref") == 0) {
    *type = PAC_CIM_REFERENCE;
    return true;
  }
  return pac_cim_type_find(word, type) == PAC_RESULT_OK || pac_lexer_fail_taken(lexer, "there is no type '%s'", word);
}

static bool take_brackets(struct pac_lexer *lexer, bool *is_array) {
  *is_array = pac_lexer_take_mark(lexer, '[');
  return !*is_array || pac_lexer_need_mark(lexer, ']');
}

/* `[in, out] type name[]`. */
static bool take_parameter(struct pac_lexer *lexer, struct pac_method_parameter *parameter) {
  *parameter = (struct pac_method_parameter){.is_in = false};
  if (pac_lexer_take_mark(lexer, '[')) {
    do {
      if (pac_lexer_take_word(lexer, "in")) {
        parameter->is_in = true;
      } else if (pac_lexer_take_word(lexer, "out")) {
        parameter->is_out = true;
      } else {
        return pac_lexer_fail(lexer, "a parameter is [in], [out] or [in, out], and has no other qualifier");
      }
    } while (pac_lexer_take_mark(lexer, ','));
    if (!pac_lexer_need_mark(lexer, ']')) {
      return false;
    }
  }
  parameter->is_in = parameter->is_in || !parameter->is_out;
  if (!need_type(lexer, &parameter->type) || !pac_lexer_need_name(lexer, "the name of a parameter", &parameter->name)) {
    return false;
  }
  if (pac_name_compare(parameter->name, PAC_METHOD_RETURN_VALUE) == 0) {
    return pac_lexer_fail_taken(lexer, "%s is what a method returns: no parameter can have that name", parameter->name);
  }
  return take_brackets(lexer, &parameter->is_array);
}

/* One name is possible twice, once in each direction. */
static bool is_distinct(const struct pac_method_shape *shape, const struct pac_method_parameter *parameter) {
  for (uint32_t i = 0; i < shape->count; i++) {
    const struct pac_method_parameter *earlier = &shape->parameters[i];
    if (pac_name_compare(earlier->name, parameter->name) == 0 &&
        ((earlier->is_in && parameter->is_in) || (earlier->is_out && parameter->is_out))) {
      return false;
    }
  }
  return true;
}

static bool take_method(struct pac_lexer *lexer, struct pac_object *object, enum pac_cim_type returned, const char *name,
                        const struct qualifiers *qualifiers) {
  struct pac_method_parameter parameters[PAC_METHOD_PARAMETERS_MAX];
  struct pac_method_shape shape = {.returned = returned, .parameters = parameters};
  while (!pac_lexer_is_mark(lexer, ')')) {
    if (shape.count == PAC_METHOD_PARAMETERS_MAX) {
      return pac_lexer_fail(lexer, "a method has more than %u parameters", PAC_METHOD_PARAMETERS_MAX);
    }
    if ((shape.count > 0 && !pac_lexer_need_mark(lexer, ',')) || !take_parameter(lexer, &parameters[shape.count])) {
      return false;
    }
    if (!is_distinct(&shape, &parameters[shape.count])) {
      return pac_lexer_fail_taken(lexer, "the parameter %s is declared twice", parameters[shape.count].name);
    }
    shape.count += 1;
  }
  return pac_lexer_need_mark(lexer, ')') &&
         pac_lexer_try(lexer, pac_program_method_put(&lexer->program->memory, object, name, &shape), name) &&
         put_qualifiers(lexer, pac_object_method_qualifiers(object, name), qualifiers) && pac_lexer_need_mark(lexer, ';');
}

static bool take_property(struct pac_lexer *lexer, struct pac_object *object, enum pac_cim_type type, const char *name,
                          const struct qualifiers *qualifiers) {
  bool is_array = false;
  struct pac_value value;
  if (!take_brackets(lexer, &is_array)) {
    return false;
  }
  value = pac_value_null(type, is_array);
  bool has_default = pac_lexer_take_mark(lexer, '=');
  if (has_default && !pac_mof_value(lexer, type, is_array, &value)) {
    return false;
  }
  const struct pac_property *there = pac_object_property_find(object, name);
  enum pac_result result = PAC_RESULT_OK;
  if (there == NULL) {
    result = pac_class_property_add(object, name, &value);
  } else if (!there->is_inherited) {
    return pac_lexer_fail_taken(lexer, "the property %s is declared twice", name);
  } else if (there->value.type != type || there->value.is_array != is_array) {
    result = pac_class_property_retype(object, name, &value);
  } else if (has_default) {
    result = pac_object_property_set(object, name, &value);
  }
  return pac_lexer_try(lexer, result, name) &&
         put_qualifiers(lexer, pac_object_property_qualifiers(object, name), qualifiers) && pac_lexer_need_mark(lexer, ';');
}

static bool take_member(struct pac_lexer *lexer, struct pac_object *object) {
  struct qualifiers qualifiers;
  const char *name = NULL;
  enum pac_cim_type type = PAC_CIM_NONE;
  if (!take_qualifiers(lexer, &qualifiers)) {
    return false;
  }
  bool is_void = pac_lexer_take_word(lexer, "void");
  if ((!is_void && !need_type(lexer, &type)) || !pac_lexer_need_name(lexer, "the name of a member", &name)) {
    return false;
  }
  if (pac_lexer_take_mark(lexer, '(')) {
    return take_method(lexer, object, type, name, &qualifiers);
  }
  return is_void ? pac_lexer_need_mark(lexer, '(') : take_property(lexer, object, type, name, &qualifiers);
}

/* Members of instances ---------------------------------------------------------------------------------------------------- */

static bool take_assignment(struct pac_lexer *lexer, struct pac_object *object) {
  struct qualifiers qualifiers;
  const char *name = NULL;
  struct pac_value value;
  if (!take_qualifiers(lexer, &qualifiers) || !pac_lexer_need_name(lexer, "the name of a property", &name)) {
    return false;
  }
  const struct pac_property *property = pac_object_property_find(object, name);
  if (property == NULL) {
    return pac_lexer_fail_taken(lexer, "the class of the instance has no property %s", name);
  }
  if (pac_lexer_is_mark(lexer, '=') && !property->is_default) {
    return pac_lexer_fail_taken(lexer, "the property %s is assigned twice", name);
  }
  if (pac_lexer_take_mark(lexer, '=') &&
      !(pac_mof_value(lexer, property->value.type, property->value.is_array, &value) &&
        pac_lexer_try(lexer, pac_object_property_set(object, name, &value), name))) {
    return false;
  }
  return put_qualifiers(lexer, pac_object_property_qualifiers(object, name), &qualifiers) && pac_lexer_need_mark(lexer, ';');
}

/* Declarations ------------------------------------------------------------------------------------------------------------ */

/* The class that is meant: an alias, or the newest of a name. */
static bool need_class(struct pac_lexer *lexer, const char *what, uint32_t *row) {
  const char *name = NULL;
  if (lexer->token.kind == PAC_TOKEN_ALIAS) {
    name = lexer->token.text;
    *row = pac_mof_alias_row(lexer->program, name);
    if (*row == PAC_PROGRAM_NONE || pac_object_genus(lexer->program->objects[*row].object) != PAC_GENUS_CLASS) {
      return pac_lexer_fail(lexer, "$%s is no class that is declared above", name);
    }
    return pac_lexer_next(lexer);
  }
  if (!pac_lexer_need_name(lexer, what, &name)) {
    return false;
  }
  *row = pac_mof_class_row(lexer->program, name, lexer->program->object_count);
  if (*row == PAC_PROGRAM_NONE) {
    return pac_lexer_fail_taken(lexer, "the class %s is not declared above", name);
  }
  return true;
}

static bool take_alias(struct pac_lexer *lexer, const char **alias) {
  *alias = NULL;
  if (!pac_lexer_take_word(lexer, "as")) {
    return lexer->result == PAC_RESULT_OK;
  }
  if (lexer->token.kind != PAC_TOKEN_ALIAS) {
    return pac_lexer_fail_taken(lexer, "an alias such as $first is missing after 'as'");
  }
  if (pac_mof_alias_row(lexer->program, lexer->token.text) != PAC_PROGRAM_NONE) {
    return pac_lexer_fail(lexer, "the alias $%s is taken", lexer->token.text);
  }
  *alias = lexer->token.text;
  return pac_lexer_next(lexer);
}

static bool add_row(struct pac_lexer *lexer, struct pac_object *object, uint32_t base, const char *alias, uint32_t *row) {
  if (!pac_lexer_try(lexer, pac_program_add_object(lexer->program, object, base, row), "one object more")) {
    return false;
  }
  lexer->program->objects[*row].label = alias;
  return true;
}

/* After the name and alias: what is behind the colon. */
static bool make_class(struct pac_lexer *lexer, const char *name, uint32_t *base, struct pac_object **object) {
  const struct pac_memory *memory = &lexer->program->memory;
  *base = PAC_PROGRAM_NONE;
  if (!pac_lexer_take_mark(lexer, ':')) {
    return lexer->result == PAC_RESULT_OK && pac_lexer_try(lexer, pac_class_new(memory, name, object), "a class");
  }
  struct pac_lexer before = *lexer;
  const char *superclass = NULL;
  if (lexer->token.kind != PAC_TOKEN_ALIAS && pac_lexer_need_name(lexer, "the parent", &superclass) &&
      pac_lexer_take_word(lexer, "by")) {
    if (!pac_lexer_take_word(lexer, "name")) {
      return pac_lexer_fail_taken(lexer, "'by' is followed by 'name'");
    }
    return pac_lexer_try(lexer, pac_class_new(memory, name, object), "a class") &&
           pac_lexer_try(lexer, pac_class_set_superclass(*object, superclass), "a parent by name");
  }
  if (lexer->result != PAC_RESULT_OK) {
    return false;
  }
  *lexer = before;
  if (superclass != NULL && pac_mof_class_row(lexer->program, superclass, lexer->program->object_count) == PAC_PROGRAM_NONE) {
    return pac_lexer_fail(lexer, "the class %s is not declared above; write '%s by name' for a parent that is only named",
                          superclass, superclass);
  }
  if (!need_class(lexer, "the parent", base)) {
    return false;
  }
  if (pac_object_class_name(lexer->program->objects[*base].object) == NULL) {
    return pac_lexer_fail_taken(lexer, "a class without a name can be no parent");
  }
  return pac_lexer_try(lexer, pac_class_derive(memory, lexer->program->objects[*base].object, name, object),
                       "a derived class");
}

static bool take_class(struct pac_lexer *lexer, const struct qualifiers *qualifiers, uint32_t *row) {
  const char *name = NULL;
  const char *alias = NULL;
  uint32_t base = PAC_PROGRAM_NONE;
  struct pac_object *object = NULL;
  if (!pac_lexer_take_word(lexer, "NULL") && !pac_lexer_need_name(lexer, "the name of a class", &name)) {
    return false;
  }
  if (!take_alias(lexer, &alias) || !make_class(lexer, name, &base, &object) ||
      !put_qualifiers(lexer, pac_object_qualifiers(object), qualifiers) || !pac_lexer_need_mark(lexer, '{')) {
    return false;
  }
  while (!pac_lexer_is_mark(lexer, '}')) {
    if (!take_member(lexer, object)) {
      return false;
    }
  }
  return pac_lexer_need_mark(lexer, '}') && add_row(lexer, object, base, alias, row);
}

static bool take_instance(struct pac_lexer *lexer, const struct qualifiers *qualifiers, uint32_t *row) {
  const char *alias = NULL;
  uint32_t base = PAC_PROGRAM_NONE;
  struct pac_object *object = NULL;
  if (!pac_lexer_take_word(lexer, "of")) {
    return pac_lexer_fail_taken(lexer, "'instance' is followed by 'of'");
  }
  if (!need_class(lexer, "the class of the instance", &base) || !take_alias(lexer, &alias) ||
      !pac_lexer_try(lexer, pac_instance_new(&lexer->program->memory, lexer->program->objects[base].object, &object),
                     "an instance") ||
      !put_qualifiers(lexer, pac_object_qualifiers(object), qualifiers) || !pac_lexer_need_mark(lexer, '{')) {
    return false;
  }
  while (!pac_lexer_is_mark(lexer, '}')) {
    if (!take_assignment(lexer, object)) {
      return false;
    }
  }
  return pac_lexer_need_mark(lexer, '}') && add_row(lexer, object, base, alias, row);
}

bool pac_mof_declaration(struct pac_lexer *lexer, uint32_t *row) {
  struct qualifiers qualifiers;
  char shown[64];
  if (!take_qualifiers(lexer, &qualifiers)) {
    return false;
  }
  if (pac_lexer_take_word(lexer, "class")) {
    return take_class(lexer, &qualifiers, row);
  }
  if (pac_lexer_take_word(lexer, "instance")) {
    return take_instance(lexer, &qualifiers, row);
  }
  return pac_lexer_fail(lexer, "'class' or 'instance of' is missing before %s", pac_lexer_shown(lexer, shown, sizeof shown));
}
