/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects as MOF, for reports: what the class or instance states itself, one declaration a line; an embedded object on
 * one line. Inherited declarations and defaults are left out unless something was changed about them.
 */
#include "object/object_internal.h"
#include "object/printer.h"

static const struct {
  const char *word;
  uint8_t bit;
} flavor_words[] = {
#define WORD(word, bit) {word, bit},
    PAC_FLAVOR_WORD_MAP(WORD)
#undef WORD
};

static bool is_shown(const struct pac_qualifier *qualifier, bool with_cim_type) {
  return (qualifier->flavor & PAC_FLAVOR_INHERITED) == 0 &&
         (with_cim_type || pac_name_compare(qualifier->name, "CIMTYPE") != 0);
}

static void print_qualifier(struct pac_printer *printer, const struct pac_qualifier *qualifier) {
  pac_print_text(printer, qualifier->name);
  const struct pac_value *value = &qualifier->value;
  if (value->is_array && !value->is_null) {
    pac_print_value(printer, value);
  } else if (value->is_null || value->type != PAC_CIM_BOOLEAN || !value->scalar.boolean) {
    pac_print_text(printer, "(");
    pac_print_value(printer, value);
    pac_print_text(printer, ")");
  }
  const char *separator = ": ";
  for (size_t i = 0; i < sizeof flavor_words / sizeof flavor_words[0]; i++) {
    if ((qualifier->flavor & flavor_words[i].bit) != 0) {
      pac_print_text(printer, separator);
      pac_print_text(printer, flavor_words[i].word);
      separator = " ";
    }
  }
}

/* Prints the set's own qualifiers in brackets with `after` behind them; nothing when there are none. */
static void print_qualifiers(struct pac_printer *printer, const struct pac_qualifier_set *set, bool with_cim_type,
                             const char *after) {
  bool any = false;
  for (uint32_t i = 0; i < set->list.count; i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_entry_at(set, i);
    if (is_shown(qualifier, with_cim_type)) {
      pac_print_text(printer, any ? ", " : "[");
      print_qualifier(printer, qualifier);
      any = true;
    }
  }
  if (any) {
    pac_print_text(printer, "]");
    pac_print_text(printer, after);
  }
}

static bool has_own_qualifiers(const struct pac_qualifier_set *set) {
  for (uint32_t i = 0; i < set->list.count; i++) {
    if (is_shown(pac_qualifier_entry_at(set, i), false)) {
      return true;
    }
  }
  return false;
}

static void print_name(struct pac_printer *printer, const char *name) {
  pac_print_text(printer, name != NULL ? name : "<unnamed>");
}

/* The type as MOF declares it; the qualifier CIMTYPE says more than the type when it names a class (`object:Class`). */
static void print_type(struct pac_printer *printer, enum pac_cim_type type) {
  pac_print_text(printer, type == PAC_CIM_REFERENCE ? "ref" : pac_cim_type_word(type));
  pac_print_text(printer, " ");
}

static void print_property(struct pac_printer *printer, const struct pac_object *object,
                           const struct pac_property_entry *entry) {
  const struct pac_property *view = &entry->view;
  bool is_class = object->genus == PAC_GENUS_CLASS;
  print_qualifiers(printer, &entry->qualifiers, false, " ");
  if (is_class) {
    print_type(printer, view->value.type);
  }
  pac_print_text(printer, view->name);
  if (is_class && view->value.is_array) {
    pac_print_text(printer, "[]");
  }
  if (!is_class || !view->value.is_null) {
    pac_print_text(printer, " = ");
    pac_print_value(printer, &view->value);
  }
  pac_print_text(printer, ";");
}

/* `[in] `, with what else is said of the parameter; the direction itself is known. */
static void print_direction(struct pac_printer *printer, const char *direction, const struct pac_qualifier_set *set) {
  pac_print_text(printer, "[");
  pac_print_text(printer, direction);
  for (uint32_t i = 0; i < set->list.count; i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_entry_at(set, i);
    if (is_shown(qualifier, false) && pac_name_compare(qualifier->name, direction) != 0) {
      pac_print_text(printer, ", ");
      print_qualifier(printer, qualifier);
    }
  }
  pac_print_text(printer, "] ");
}

static void print_parameters(struct pac_printer *printer, const struct pac_object *signature, const char *direction,
                             const char **separator) {
  for (uint32_t i = 0; signature != NULL && i < signature->properties.count; i++) {
    const struct pac_property_entry *entry = pac_property_entry_at(signature, i);
    if (pac_name_compare(entry->view.name, "ReturnValue") == 0) {
      continue;
    }
    pac_print_text(printer, *separator);
    print_direction(printer, direction, &entry->qualifiers);
    print_type(printer, entry->view.value.type);
    pac_print_text(printer, entry->view.name);
    pac_print_text(printer, entry->view.value.is_array ? "[]" : "");
    *separator = ", ";
  }
}

static void print_method(struct pac_printer *printer, const struct pac_method_entry *entry) {
  print_qualifiers(printer, &entry->qualifiers, true, " ");
  const struct pac_property_entry *returned =
      entry->view.out != NULL ? pac_property_entry_find(entry->view.out, "ReturnValue") : NULL;
  if (returned != NULL) {
    print_type(printer, returned->view.value.type);
  } else {
    pac_print_text(printer, "void ");
  }
  pac_print_text(printer, entry->view.name);
  pac_print_text(printer, "(");
  const char *separator = "";
  print_parameters(printer, entry->view.in, "in", &separator);
  print_parameters(printer, entry->view.out, "out", &separator);
  pac_print_text(printer, ");");
}

static bool property_is_shown(const struct pac_object *object, const struct pac_property_entry *entry) {
  bool is_changed = !entry->view.is_default || has_own_qualifiers(&entry->qualifiers);
  return object->genus == PAC_GENUS_INSTANCE ? is_changed : !entry->view.is_inherited || is_changed;
}

void pac_print_object(struct pac_printer *printer, const struct pac_object *object, bool is_embedded) {
  const char *before = is_embedded ? "" : "  ";
  const char *after = is_embedded ? " " : "\n";
  print_qualifiers(printer, &object->qualifiers, true, after);
  pac_print_text(printer, object->genus == PAC_GENUS_CLASS ? "class " : "instance of ");
  print_name(printer, object->class_name);
  if (object->genus == PAC_GENUS_CLASS && object->superclass != NULL) {
    pac_print_text(printer, " : ");
    pac_print_text(printer, object->superclass);
  }
  pac_print_text(printer, " {");
  pac_print_text(printer, after);
  for (uint32_t i = 0; i < object->properties.count; i++) {
    const struct pac_property_entry *entry = pac_property_entry_at(object, i);
    if (property_is_shown(object, entry)) {
      pac_print_text(printer, before);
      print_property(printer, object, entry);
      pac_print_text(printer, after);
    }
  }
  for (uint32_t i = 0; i < object->methods.count; i++) {
    const struct pac_method_entry *entry = pac_method_entry_at(object, i);
    if (!entry->view.is_inherited || has_own_qualifiers(&entry->qualifiers)) {
      pac_print_text(printer, before);
      print_method(printer, entry);
      pac_print_text(printer, after);
    }
  }
  pac_print_text(printer, is_embedded ? "}" : "};\n");
}

size_t pac_object_print(const struct pac_object *object, char *buffer, size_t size) {
  struct pac_printer printer = pac_printer_start(buffer, size);
  pac_print_object(&printer, object, false);
  return pac_printer_end(&printer);
}
