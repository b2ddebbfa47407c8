/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing objects part by part. The first difference is described with a line of where it was met, kept on the stack,
 * so that equal objects cost no text. Values that both sides share with equal definitions are not visited again.
 */
#include <string.h>

#include "object/object_internal.h"
#include "object/printer.h"

/* One comparison. `place` says what is being compared, innermost first. */
struct place {
  const struct place *outer;
  const char *noun;
  const char *name; /* may be null */
};

struct comparison {
  unsigned ignore;
  struct pac_printer report;
};

static bool ignores(const struct comparison *comparison, enum pac_compare what) {
  return (comparison->ignore & (unsigned)what) != 0;
}

/* Places print from the outside in; they nest no deeper than the noun structure of this file. */
static void print_place(struct pac_printer *printer, const struct place *place) {
  if (place == NULL) {
    return;
  }
  print_place(printer, place->outer);
  if (place->outer != NULL) {
    pac_print_text(printer, ", ");
  }
  pac_print_text(printer, place->noun);
  if (place->name != NULL) {
    pac_print_text(printer, " ");
    pac_print_text(printer, place->name);
  }
}

static bool differ(struct comparison *comparison, const struct place *place, const char *left, const char *right) {
  print_place(&comparison->report, place);
  pac_print_text(&comparison->report, place != NULL ? ": " : "");
  pac_print_text(&comparison->report, left);
  pac_print_text(&comparison->report, " instead of ");
  pac_print_text(&comparison->report, right);
  return false;
}

static bool differ_in_number(struct comparison *comparison, const struct place *place, uint64_t left, uint64_t right) {
  print_place(&comparison->report, place);
  pac_print_text(&comparison->report, ": ");
  pac_print_unsigned(&comparison->report, left);
  pac_print_text(&comparison->report, " instead of ");
  pac_print_unsigned(&comparison->report, right);
  return false;
}

static bool differ_in_value(struct comparison *comparison, const struct place *place, const struct pac_value *left,
                            const struct pac_value *right) {
  struct pac_printer *report = &comparison->report;
  bool same_type = left->type == right->type && left->is_array == right->is_array;
  const struct pac_value *sides[] = {left, right};
  print_place(report, place);
  pac_print_text(report, ": ");
  for (size_t i = 0; i < 2; i++) {
    pac_print_text(report, i == 0 ? "" : " instead of ");
    if (!same_type) {
      const char *word = pac_cim_type_word(sides[i]->type);
      pac_print_text(report, word != NULL ? word : "a value of unknown type");
      pac_print_text(report, sides[i]->is_array ? "[]" : "");
    } else {
      pac_print_value(report, sides[i]);
    }
  }
  return false;
}

static bool compare_names(struct comparison *comparison, const struct place *place, const char *left,
                          const char *right) {
  bool same = left == right;
  if (left != NULL && right != NULL) {
    same = ignores(comparison, PAC_COMPARE_IGNORE_SPELLING) ? pac_name_compare(left, right) == 0
                                                           : strcmp(left, right) == 0;
  }
  return same || differ(comparison, place, left != NULL ? left : "none", right != NULL ? right : "none");
}

static bool compare_truth(struct comparison *comparison, const struct place *place, bool left, bool right,
                          const char *when_true, const char *when_false) {
  return left == right ||
         differ(comparison, place, left ? when_true : when_false, right ? when_true : when_false);
}

static const char *item_name(const void *item) {
  return *(const char *const *)item;
}

/* The item of `right` that goes with the one at `index` of `left`; null after a difference was reported. */
static const void *counterpart(struct comparison *comparison, const struct place *outer, const char *noun,
                               const struct pac_name_list *left, const struct pac_name_list *right, uint32_t index) {
  const void *item = left->items[index];
  struct place place = {outer, noun, item_name(item)};
  const void *other = ignores(comparison, PAC_COMPARE_IGNORE_ORDER) ? pac_name_list_find(right, item_name(item))
                                                                   : right->items[index];
  if (other == NULL) {
    differ(comparison, &place, "there", "absent");
    return NULL;
  }
  struct place order = {outer, noun, NULL};
  return compare_names(comparison, &order, item_name(item), item_name(other)) ? other : NULL;
}

static bool compare_counts(struct comparison *comparison, const struct place *outer, const char *noun,
                           const struct pac_name_list *left, const struct pac_name_list *right) {
  if (left->count == right->count) {
    return true;
  }
  /* Name one that only one side has: more use to a reader than two numbers. */
  const struct pac_name_list *larger = left->count > right->count ? left : right;
  const struct pac_name_list *smaller = left->count > right->count ? right : left;
  for (uint32_t i = 0; i < larger->count; i++) {
    const char *name = item_name(larger->items[i]);
    if (pac_name_list_find(smaller, name) == NULL) {
      struct place place = {outer, noun, name};
      return compare_truth(comparison, &place, larger == left, larger != left, "there", "absent");
    }
  }
  struct place place = {outer, noun, "count"};
  return differ_in_number(comparison, &place, left->count, right->count);
}

static bool compare_qualifiers(struct comparison *comparison, const struct place *outer,
                               const struct pac_qualifier_set *left, const struct pac_qualifier_set *right) {
  if (ignores(comparison, PAC_COMPARE_IGNORE_QUALIFIERS)) {
    return true;
  }
  if (!compare_counts(comparison, outer, "qualifier", &left->list, &right->list)) {
    return false;
  }
  for (uint32_t i = 0; i < left->list.count; i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_entry_at(left, i);
    const struct pac_qualifier *other = counterpart(comparison, outer, "qualifier", &left->list, &right->list, i);
    if (other == NULL) {
      return false;
    }
    struct place place = {outer, "qualifier", qualifier->name};
    if (!pac_value_same(&qualifier->value, &other->value, comparison->ignore)) {
      return differ_in_value(comparison, &place, &qualifier->value, &other->value);
    }
    struct place flavor = {&place, "flavor", NULL};
    /* CIMTYPE says what the declaration says: a property that is declared again states it again, or takes it over. */
    bool is_type = ignores(comparison, PAC_COMPARE_IGNORE_DEFAULTS) && pac_name_compare(qualifier->name, "CIMTYPE") == 0;
    uint8_t compared = is_type ? (uint8_t)~PAC_FLAVOR_INHERITED : UINT8_MAX;
    if ((qualifier->flavor & compared) != (other->flavor & compared)) {
      return differ_in_number(comparison, &flavor, qualifier->flavor, other->flavor);
    }
  }
  return true;
}

/* The definition that was compared before the object's own parts; null when none was. */
static const struct pac_object *compared_definition(const struct comparison *comparison,
                                                    const struct pac_object *object) {
  if (ignores(comparison, PAC_COMPARE_IGNORE_DEFINITION)) {
    return NULL;
  }
  return pac_object_carried(object);
}

/* True when the property shares an embedded object with the definition, where it was compared already. */
static bool shares_object(const struct comparison *comparison, const struct pac_object *object,
                          const struct pac_property_entry *entry) {
  const struct pac_object *definition = compared_definition(comparison, object);
  if (definition == NULL || entry->view.value.type != PAC_CIM_OBJECT) {
    return false;
  }
  const struct pac_property_entry *declared = pac_property_entry_find(definition, entry->view.name);
  return declared != NULL && pac_value_is_shared(&declared->view.value, &entry->view.value);
}

static bool compare_properties(struct comparison *comparison, const struct place *outer, const struct pac_object *left,
                               const struct pac_object *right) {
  if (!compare_counts(comparison, outer, "property", &left->properties, &right->properties)) {
    return false;
  }
  for (uint32_t i = 0; i < left->properties.count; i++) {
    const struct pac_property_entry *entry = pac_property_entry_at(left, i);
    const struct pac_property_entry *other =
        counterpart(comparison, outer, "property", &left->properties, &right->properties, i);
    if (other == NULL) {
      return false;
    }
    struct place place = {outer, "property", entry->view.name};
    if (!(shares_object(comparison, left, entry) && shares_object(comparison, right, other)) &&
        !pac_value_same(&entry->view.value, &other->view.value, comparison->ignore)) {
      return differ_in_value(comparison, &place, &entry->view.value, &other->view.value);
    }
    struct place origin = {&place, "origin", NULL};
    if ((!ignores(comparison, PAC_COMPARE_IGNORE_DEFAULTS) &&
         !compare_truth(comparison, &place, entry->view.is_default, other->view.is_default, "a default",
                        "a value set here")) ||
        !compare_truth(comparison, &place, entry->view.is_inherited, other->view.is_inherited, "inherited",
                       "declared here") ||
        !compare_names(comparison, &origin, entry->view.origin, other->view.origin) ||
        !compare_qualifiers(comparison, &place, &entry->qualifiers, &other->qualifiers)) {
      return false;
    }
  }
  return true;
}

static bool compare_objects(struct comparison *comparison, const struct place *outer, const struct pac_object *left,
                            const struct pac_object *right);

/* Compares what may be absent on either side. */
static bool compare_optional(struct comparison *comparison, const struct place *place, const struct pac_object *left,
                             const struct pac_object *right) {
  if (left == right) {
    return true;
  }
  if (left == NULL || right == NULL) {
    return compare_truth(comparison, place, left != NULL, right != NULL, "there", "absent");
  }
  return compare_objects(comparison, place, left, right);
}

/* True when the method shares its signatures with the parent, where they were compared already. */
static bool shares_signatures(const struct comparison *comparison, const struct pac_object *object,
                              const struct pac_method_entry *entry) {
  const struct pac_object *definition = compared_definition(comparison, object);
  const struct pac_method_entry *declared =
      definition != NULL ? pac_method_entry_find(definition, entry->view.name) : NULL;
  return declared != NULL && declared->view.in == entry->view.in && declared->view.out == entry->view.out;
}

static bool compare_methods(struct comparison *comparison, const struct place *outer, const struct pac_object *left,
                            const struct pac_object *right) {
  if (!compare_counts(comparison, outer, "method", &left->methods, &right->methods)) {
    return false;
  }
  for (uint32_t i = 0; i < left->methods.count; i++) {
    const struct pac_method_entry *entry = pac_method_entry_at(left, i);
    const struct pac_method_entry *other =
        counterpart(comparison, outer, "method", &left->methods, &right->methods, i);
    if (other == NULL) {
      return false;
    }
    struct place place = {outer, "method", entry->view.name};
    struct place in = {&place, "input", NULL};
    struct place out = {&place, "output", NULL};
    struct place origin = {&place, "origin", NULL};
    if ((!(shares_signatures(comparison, left, entry) && shares_signatures(comparison, right, other)) &&
         (!compare_optional(comparison, &in, entry->view.in, other->view.in) ||
          !compare_optional(comparison, &out, entry->view.out, other->view.out))) ||
        !compare_truth(comparison, &place, entry->view.is_inherited, other->view.is_inherited, "inherited",
                       "declared here") ||
        !compare_names(comparison, &origin, entry->view.origin, other->view.origin) ||
        !compare_qualifiers(comparison, &place, &entry->qualifiers, &other->qualifiers)) {
      return false;
    }
  }
  return true;
}

static bool compare_ancestry(struct comparison *comparison, const struct place *outer, const struct pac_object *left,
                             const struct pac_object *right) {
  struct place superclass = {outer, "superclass", NULL};
  struct place ancestors = {outer, "ancestor count", NULL};
  struct place ancestor = {outer, "ancestor", NULL};
  if (!compare_names(comparison, &superclass, left->superclass, right->superclass)) {
    return false;
  }
  if (left->derivation_count != right->derivation_count) {
    return differ_in_number(comparison, &ancestors, left->derivation_count, right->derivation_count);
  }
  for (uint32_t i = 0; i < left->derivation_count; i++) {
    if (!compare_names(comparison, &ancestor, left->derivation[i], right->derivation[i])) {
      return false;
    }
  }
  return true;
}

static bool compare_objects(struct comparison *comparison, const struct place *outer, const struct pac_object *left,
                            const struct pac_object *right) {
  struct place class_name = {outer, "class name", NULL};
  struct place server = {outer, "server", NULL};
  struct place namespace_name = {outer, "namespace", NULL};
  struct place parent = {outer, "parent definition", NULL};
  struct place class_object = {outer, "class definition", NULL};
  return compare_truth(comparison, outer, left->genus == PAC_GENUS_CLASS, right->genus == PAC_GENUS_CLASS, "a class",
                       "an instance") &&
         compare_names(comparison, &class_name, left->class_name, right->class_name) &&
         compare_ancestry(comparison, outer, left, right) &&
         (ignores(comparison, PAC_COMPARE_IGNORE_ORIGIN) ||
          (compare_names(comparison, &server, left->server, right->server) &&
           compare_names(comparison, &namespace_name, left->namespace_name, right->namespace_name))) &&
         (ignores(comparison, PAC_COMPARE_IGNORE_DEFINITION) ||
          (compare_optional(comparison, &parent, left->parent, right->parent) &&
           compare_optional(comparison, &class_object, left->class_object, right->class_object))) &&
         compare_qualifiers(comparison, outer, &left->qualifiers, &right->qualifiers) &&
         compare_properties(comparison, outer, left, right) && compare_methods(comparison, outer, left, right);
}

bool pac_object_compare(const struct pac_object *left, const struct pac_object *right, unsigned ignore,
                        char *difference, size_t difference_size) {
  struct comparison comparison = {.ignore = ignore,
                                  .report = pac_printer_start(difference, difference != NULL ? difference_size : 0)};
  bool same = compare_optional(&comparison, NULL, left, right);
  pac_printer_end(&comparison.report);
  return same;
}

bool pac_object_equal(const struct pac_object *left, const struct pac_object *right) {
  return pac_object_compare(left, right, PAC_COMPARE_ALL, NULL, 0);
}
