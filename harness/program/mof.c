/* SPDX-License-Identifier: Apache-2.0 */
/* Declarations of classes and instances. Every one becomes a row of the program's table, made from its base by the object
 * model just as a client would make it: derived or instantiated, and then changed. What stands between its braces is left to
 * mof_members.c. */
#include "program/mof.h"

#include "program/bytes.h"
#include "program/mof_members.h"

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
  enum pac_result result = pac_program_add_object(lexer->program, object, base, row);
  if (result == PAC_RESULT_LIMIT) {
    return pac_lexer_fail_taken(lexer, "there are more than %u objects", PAC_PROGRAM_OBJECTS_MAX);
  }
  if (!pac_lexer_try(lexer, result, "an object")) {
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

static bool take_class(struct pac_lexer *lexer, const struct pac_mof_qualifiers *qualifiers, uint32_t *row) {
  const char *name = NULL;
  const char *alias = NULL;
  uint32_t base = PAC_PROGRAM_NONE;
  struct pac_object *object = NULL;
  if (!pac_lexer_take_word(lexer, "NULL") && !pac_lexer_need_name(lexer, "the name of a class", &name)) {
    return false;
  }
  if (!take_alias(lexer, &alias) || !make_class(lexer, name, &base, &object) ||
      !pac_mof_qualifiers_put(lexer, pac_object_qualifiers(object), qualifiers) || !pac_lexer_need_mark(lexer, '{')) {
    return false;
  }
  while (!pac_lexer_is_mark(lexer, '}')) {
    if (!pac_mof_member(lexer, object)) {
      return false;
    }
  }
  return pac_lexer_need_mark(lexer, '}') && add_row(lexer, object, base, alias, row);
}

static bool take_instance(struct pac_lexer *lexer, const struct pac_mof_qualifiers *qualifiers, uint32_t *row) {
  const char *alias = NULL;
  uint32_t base = PAC_PROGRAM_NONE;
  struct pac_object *object = NULL;
  if (!pac_lexer_take_word(lexer, "of")) {
    return pac_lexer_fail_taken(lexer, "'instance' is followed by 'of'");
  }
  if (!need_class(lexer, "the class of the instance", &base) || !take_alias(lexer, &alias) ||
      !pac_lexer_try(lexer, pac_instance_new(&lexer->program->memory, lexer->program->objects[base].object, &object),
                     "an instance") ||
      !pac_mof_qualifiers_put(lexer, pac_object_qualifiers(object), qualifiers) || !pac_lexer_need_mark(lexer, '{')) {
    return false;
  }
  while (!pac_lexer_is_mark(lexer, '}')) {
    if (!pac_mof_assignment(lexer, object)) {
      return false;
    }
  }
  return pac_lexer_need_mark(lexer, '}') && add_row(lexer, object, base, alias, row);
}

bool pac_mof_declaration(struct pac_lexer *lexer, uint32_t *row) {
  struct pac_mof_qualifiers qualifiers;
  char shown[64];
  if (!pac_mof_qualifiers(lexer, &qualifiers)) {
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
