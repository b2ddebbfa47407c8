/* SPDX-License-Identifier: Apache-2.0 */
/* Objects in MOF, each as what it states beyond its base. */
#include "program/mof_print.h"

#include <stdio.h>
#include <string.h>

#include "program/bytes.h"
#include "program/mof.h"

static void text(struct writer *writer, const char *words) {
  pac_print_text(&writer->printer, words);
}

static bool is_plain(const char *name) {
  for (const char *at = name; *at != '\0'; at++) {
    bool is_letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || *at == '_';
    if (!is_letter && !(at > name && *at >= '0' && *at <= '9')) {
      return false;
    }
  }
  return name[0] != '\0' && !pac_mof_is_reserved(name);
}

void pac_mof_name_text(struct writer *writer, const char *name) {
  if (name == NULL) {
    text(writer, "NULL");
  } else if (is_plain(name)) {
    text(writer, name);
  } else {
    struct pac_value value = pac_value_string(name);
    pac_print_value(&writer->printer, &value);
  }
}

/* Aliases ----------------------------------------------------------------------------------------------------------------- */

/* The alias of a row: its own, or one made from its number that no other row has. */
static void alias_text(struct writer *writer, uint32_t row) {
  char made[16 + PAC_PROGRAM_OBJECTS_MAX]; /* every other row may have the name before it */
  const char *label = writer->program->objects[row].label;
  text(writer, "$");
  if (label != NULL) {
    text(writer, label);
    return;
  }
  (void)snprintf(made, sizeof made, "o%u", (unsigned)row + 1);
  while (pac_mof_alias_row(writer->program, made) != PAC_PROGRAM_NONE && strlen(made) + 1 < sizeof made) {
    strcat(made, "_");
  }
  text(writer, made);
}

/* True when the name alone means this row: the only class of its name, and no alias was given. */
static bool is_named(const struct writer *writer, uint32_t row) {
  const struct pac_program *program = writer->program;
  const struct pac_object *object = program->objects[row].object;
  const char *name = pac_object_class_name(object);
  uint32_t newest = program->object_count;
  if (pac_object_genus(object) != PAC_GENUS_CLASS || name == NULL || program->objects[row].label != NULL ||
      writer->is_embedded[row] || !is_plain(name)) {
    return false;
  }
  return pac_mof_class_row(program, name, newest) == row && pac_mof_class_row(program, name, row) == PAC_PROGRAM_NONE;
}

void pac_mof_row_text(struct writer *writer, uint32_t row) {
  if (is_named(writer, row)) {
    text(writer, pac_object_class_name(writer->program->objects[row].object));
  } else {
    alias_text(writer, row);
  }
}

static uint32_t row_of(const struct pac_program *program, const struct pac_object *object) {
  for (uint32_t i = 0; i < program->object_count; i++) {
    if (pac_object_equal(program->objects[i].object, object)) {
      return i;
    }
  }
  return PAC_PROGRAM_NONE;
}

/* Values ------------------------------------------------------------------------------------------------------------------ */

static void object_text(struct writer *writer, const struct pac_object *object) {
  uint32_t row = object == NULL ? PAC_PROGRAM_NONE : row_of(writer->program, object);
  if (row == PAC_PROGRAM_NONE) {
    text(writer, "NULL");
  } else {
    alias_text(writer, row);
  }
}

static void value_text(struct writer *writer, const struct pac_value *value) {
  if (value->type != PAC_CIM_OBJECT || value->is_null) {
    pac_print_value(&writer->printer, value);
  } else if (!value->is_array) {
    object_text(writer, value->scalar.object);
  } else {
    text(writer, "{");
    for (uint32_t i = 0; i < value->count; i++) {
      text(writer, i == 0 ? "" : ", ");
      object_text(writer, value->elements[i].object);
    }
    text(writer, "}");
  }
}

/* True when the value says its type itself. */
static bool says_type(const struct pac_value *value) {
  bool is_of_those = value->type == PAC_CIM_STRING || value->type == PAC_CIM_SINT32 || value->type == PAC_CIM_REAL64 ||
                     value->type == PAC_CIM_BOOLEAN || value->type == PAC_CIM_OBJECT;
  if (value->type == PAC_CIM_NONE) {
    return true;
  }
  bool is_first_null = (value->type == PAC_CIM_STRING && value->is_array && value->count > 0 && value->elements[0].text == NULL) ||
                       (value->type == PAC_CIM_OBJECT && value->is_array && value->count > 0 && value->elements[0].object == NULL);
  return is_of_those && !value->is_null && !(value->is_array && value->count == 0) && !is_first_null;
}

void pac_mof_typed_value_text(struct writer *writer, const struct pac_value *value) {
  if (!says_type(value)) {
    text(writer, "(");
    text(writer, pac_cim_type_word(value->type));
    text(writer, value->is_array ? "[]) " : ") ");
  }
  value_text(writer, value);
}

/* Objects ----------------------------------------------------------------------------------------------------------------- */

static void flavor_text(struct writer *writer, const struct pac_qualifier *qualifier) {
  static const struct {
    const char *word;
    uint8_t bit;
  } words[] = {
#define WORD(word, bit) {" " word, bit},
      PAC_FLAVOR_WORD_MAP(WORD)
#undef WORD
  };
  if (qualifier->flavor == pac_mof_default_flavor(qualifier->name)) {
    return;
  }
  text(writer, ":");
  text(writer, qualifier->flavor == PAC_FLAVOR_NONE ? " Restricted" : "");
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    text(writer, (qualifier->flavor & words[i].bit) != 0 ? words[i].word : "");
  }
}

static void qualifiers_text(struct writer *writer, const struct pac_qualifier_set *set, bool is_of_property,
                            const char *after) {
  uint32_t shown = 0;
  for (uint32_t i = 0; i < pac_qualifier_count(set); i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(set, i);
    if (!pac_program_is_own_qualifier(qualifier, is_of_property)) {
      continue;
    }
    text(writer, shown == 0 ? "[" : ", ");
    pac_mof_name_text(writer, qualifier->name);
    bool is_yes = qualifier->value.type == PAC_CIM_BOOLEAN && !qualifier->value.is_array && qualifier->value.scalar.boolean;
    if (qualifier->value.is_array) {
      value_text(writer, &qualifier->value);
    } else if (!is_yes) {
      text(writer, "(");
      value_text(writer, &qualifier->value);
      text(writer, ")");
    }
    flavor_text(writer, qualifier);
    shown += 1;
  }
  if (shown > 0) {
    text(writer, "]");
    text(writer, after);
  }
}

static void type_text(struct writer *writer, enum pac_cim_type type) {
  text(writer, type == PAC_CIM_REFERENCE ? "ref" : pac_cim_type_word(type));
  text(writer, " ");
}

static void property_text(struct writer *writer, const struct pac_object *object, const struct pac_property *property) {
  bool is_class = pac_object_genus(object) == PAC_GENUS_CLASS;
  /* What is inherited is stated only when it is changed; a null default of its own is the absence of one. */
  bool has_value = is_class && !property->is_inherited ? !property->value.is_null : !property->is_default;
  text(writer, "  ");
  qualifiers_text(writer, pac_object_property_qualifiers_view(object, property->name), true, " ");
  if (is_class) {
    type_text(writer, property->value.type);
  }
  pac_mof_name_text(writer, property->name);
  text(writer, is_class && property->value.is_array ? "[]" : "");
  if (has_value) {
    text(writer, " = ");
    value_text(writer, &property->value);
  }
  text(writer, ";\n");
}

static void method_text(struct writer *writer, const struct pac_object *object, const struct pac_method *method) {
  struct pac_method_parameter parameters[PAC_METHOD_PARAMETERS_MAX];
  struct pac_method_shape shape;
  if (pac_program_method_shape(method, parameters, &shape) != PAC_RESULT_OK) {
    return;
  }
  text(writer, "  ");
  qualifiers_text(writer, pac_object_method_qualifiers_view(object, method->name), false, " ");
  if (shape.returned == PAC_CIM_NONE) {
    text(writer, "void ");
  } else {
    type_text(writer, shape.returned);
  }
  pac_mof_name_text(writer, method->name);
  text(writer, "(");
  for (uint32_t i = 0; i < shape.count; i++) {
    const struct pac_method_parameter *parameter = &parameters[i];
    text(writer, i == 0 ? "" : ", ");
    text(writer, parameter->is_in && parameter->is_out ? "[in, out] " : parameter->is_in ? "[in] " : "[out] ");
    type_text(writer, parameter->type);
    pac_mof_name_text(writer, parameter->name);
    text(writer, parameter->is_array ? "[]" : "");
  }
  text(writer, ");\n");
}

static void head_text(struct writer *writer, uint32_t row) {
  const struct pac_program_object *entry = &writer->program->objects[row];
  bool is_class = pac_object_genus(entry->object) == PAC_GENUS_CLASS;
  qualifiers_text(writer, pac_object_qualifiers_view(entry->object), false, "\n");
  text(writer, is_class ? "class " : "instance of ");
  if (is_class) {
    pac_mof_name_text(writer, pac_object_class_name(entry->object));
  } else {
    pac_mof_row_text(writer, entry->base);
  }
  if (!is_named(writer, row)) {
    text(writer, " as ");
    alias_text(writer, row);
  }
  if (is_class && entry->base != PAC_PROGRAM_NONE) {
    text(writer, " : ");
    pac_mof_row_text(writer, entry->base);
  } else if (is_class && pac_object_superclass(entry->object) != NULL) {
    text(writer, " : ");
    pac_mof_name_text(writer, pac_object_superclass(entry->object));
    text(writer, " by name");
  }
}

void pac_mof_declaration_text(struct writer *writer, uint32_t row) {
  const struct pac_object *object = writer->program->objects[row].object;
  head_text(writer, row);
  text(writer, " {\n");
  for (uint32_t i = 0; i < pac_object_property_count(object); i++) {
    const struct pac_property *property = pac_object_property_at(object, i);
    if (pac_program_is_own_property(object, property)) {
      property_text(writer, object, property);
    }
  }
  for (uint32_t i = 0; i < pac_object_method_count(object); i++) {
    const struct pac_method *method = pac_object_method_at(object, i);
    if (!method->is_inherited) {
      method_text(writer, object, method);
    }
  }
  text(writer, "};\n\n");
}
