/* SPDX-License-Identifier: Apache-2.0 */
/* What a declaration is made of: qualifiers with their flavors, the properties and methods of a class, the assignments of an
 * instance. Which object they belong to is mof.c's business. */
#include "program/mof_members.h"

#include "object/printer.h"
#include "program/bytes.h"
#include "program/mof.h"

/* Qualifiers -------------------------------------------------------------------------------------------------------------- */

static bool take_flavors(struct pac_lexer *lexer, uint8_t *flavor) {
  static const struct {
    const char *word;
    uint8_t bits;
  } words[] = {
#define WORD(word, bit) {word, bit},
      PAC_FLAVOR_WORD_MAP(WORD)
      WORD("EnableOverride", PAC_FLAVOR_NONE)
      WORD("Restricted", PAC_FLAVOR_NONE)
#undef WORD
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

static bool take_qualifier(struct pac_lexer *lexer, struct pac_mof_qualifier *qualifier) {
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

bool pac_mof_qualifiers(struct pac_lexer *lexer, struct pac_mof_qualifiers *qualifiers) {
  qualifiers->count = 0;
  if (!pac_lexer_take_mark(lexer, '[')) {
    return lexer->result == PAC_RESULT_OK;
  }
  while (!pac_lexer_is_mark(lexer, ']')) {
    if (qualifiers->count == PAC_MOF_QUALIFIERS_MAX) {
      return pac_lexer_fail(lexer, "there are more than %u qualifiers in one list", PAC_MOF_QUALIFIERS_MAX);
    }
    if ((qualifiers->count > 0 && !pac_lexer_need_mark(lexer, ',')) ||
        !take_qualifier(lexer, &qualifiers->list[qualifiers->count])) {
      return false;
    }
    qualifiers->count += 1;
  }
  return pac_lexer_need_mark(lexer, ']');
}

bool pac_mof_qualifiers_put(struct pac_lexer *lexer, struct pac_qualifier_set *set,
                            const struct pac_mof_qualifiers *qualifiers) {
  for (uint32_t i = 0; i < qualifiers->count; i++) {
    const struct pac_mof_qualifier *one = &qualifiers->list[i];
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
  if (pac_cim_type_find(word, type) == PAC_RESULT_OK) {
    return true;
  }
  /* What full MOF says of the class that is meant has no place in a program. */
  if (pac_lexer_is_word(lexer, "ref")) {
    return pac_lexer_fail_taken(lexer, "a reference is declared without the class that it refers to: ref, not %s ref", word);
  }
  if (pac_mof_class_row(lexer->program, word, lexer->program->object_count) != PAC_PROGRAM_NONE) {
    return pac_lexer_fail_taken(lexer, "there is no type '%s'; an embedded object is declared as object", word);
  }
  return pac_lexer_fail_taken(lexer, "there is no type '%s'", word);
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
                        const struct pac_mof_qualifiers *qualifiers) {
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
         pac_mof_qualifiers_put(lexer, pac_object_method_qualifiers(object, name), qualifiers) &&
         pac_lexer_need_mark(lexer, ';');
}

static bool take_property(struct pac_lexer *lexer, struct pac_object *object, enum pac_cim_type type, const char *name,
                          const struct pac_mof_qualifiers *qualifiers) {
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
         pac_mof_qualifiers_put(lexer, pac_object_property_qualifiers(object, name), qualifiers) &&
         pac_lexer_need_mark(lexer, ';');
}

bool pac_mof_member(struct pac_lexer *lexer, struct pac_object *object) {
  struct pac_mof_qualifiers qualifiers;
  const char *name = NULL;
  enum pac_cim_type type = PAC_CIM_NONE;
  if (!pac_mof_qualifiers(lexer, &qualifiers)) {
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

bool pac_mof_assignment(struct pac_lexer *lexer, struct pac_object *object) {
  struct pac_mof_qualifiers qualifiers;
  const char *name = NULL;
  struct pac_value value;
  if (!pac_mof_qualifiers(lexer, &qualifiers) || !pac_lexer_need_name(lexer, "the name of a property", &name)) {
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
  return pac_mof_qualifiers_put(lexer, pac_object_property_qualifiers(object, name), &qualifiers) &&
         pac_lexer_need_mark(lexer, ';');
}
