/* SPDX-License-Identifier: Apache-2.0 */
/* The table of variant types, searched by either end; twelve rows, so from the front. */
#include "encoding/variant.h"

#include <stddef.h>

struct variant_row {
  enum wire_variant variant;
  enum pac_cim_type type;
  uint8_t width;
  uint8_t element_octets;
  const char *word;
};

static const struct variant_row rows[] = {
#define VARIANT_ROW(variant, type, width, element_octets) \
  {WIRE_VT_##variant, PAC_CIM_##type, width, element_octets, "VT_" #variant},
    WIRE_VARIANT_MAP(VARIANT_ROW)
#undef VARIANT_ROW
};

static const struct variant_row *row_of(enum wire_variant variant) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    if (rows[i].variant == variant) {
      return &rows[i];
    }
  }
  return NULL;
}

bool pac_variant_type(enum wire_variant variant, enum pac_cim_type *type) {
  const struct variant_row *row = row_of(variant);
  if (row != NULL) {
    *type = row->type;
  }
  return row != NULL;
}

bool pac_variant_find(enum pac_cim_type type, enum wire_variant *variant) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    if (rows[i].type == type) {
      *variant = rows[i].variant;
      return true;
    }
  }
  return false;
}

unsigned pac_variant_width(enum wire_variant variant) {
  return row_of(variant)->width;
}

unsigned pac_variant_element_octets(enum wire_variant variant) {
  return row_of(variant)->element_octets;
}

const char *pac_variant_word(enum wire_variant variant) {
  return row_of(variant)->word;
}
