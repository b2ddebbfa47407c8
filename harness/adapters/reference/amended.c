/* SPDX-License-Identifier: Apache-2.0 */
/* Amended qualifiers: the localized ones, told by their flavor. What a class inherits is not looked at. */
#include "compose.h"
#include "services.h"

static const struct pac_qualifier *find_amended(const struct pac_qualifier_set *set) {
  for (uint32_t i = 0; i < pac_qualifier_count(set); i++) {
    const struct pac_qualifier *qualifier = pac_qualifier_at(set, i);
    if ((qualifier->flavor & PAC_FLAVOR_AMENDED) != 0 && ref_qualifier_is_own(qualifier)) {
      return qualifier;
    }
  }
  return NULL;
}

bool ref_has_amended(const struct pac_object *object) {
  bool found = find_amended(pac_object_qualifiers_view(object)) != NULL;
  for (uint32_t i = 0; !found && i < pac_object_property_count(object); i++) {
    const char *name = pac_object_property_at(object, i)->name;
    found = find_amended(pac_object_property_qualifiers_view(object, name)) != NULL;
  }
  for (uint32_t i = 0; !found && i < pac_object_method_count(object); i++) {
    const char *name = pac_object_method_at(object, i)->name;
    found = find_amended(pac_object_method_qualifiers_view(object, name)) != NULL;
  }
  return found;
}

static enum pac_result strip(struct pac_qualifier_set *set) {
  for (const struct pac_qualifier *amended = find_amended(set); amended != NULL; amended = find_amended(set)) {
    PAC_TRY(pac_qualifier_remove(set, amended->name));
  }
  return PAC_RESULT_OK;
}

enum pac_result ref_strip_amended(struct pac_object *object) {
  PAC_TRY(strip(pac_object_qualifiers(object)));
  for (uint32_t i = 0; i < pac_object_property_count(object); i++) {
    PAC_TRY(strip(pac_object_property_qualifiers(object, pac_object_property_at(object, i)->name)));
  }
  for (uint32_t i = 0; i < pac_object_method_count(object); i++) {
    PAC_TRY(strip(pac_object_method_qualifiers(object, pac_object_method_at(object, i)->name)));
  }
  return PAC_RESULT_OK;
}
