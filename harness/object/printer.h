/* SPDX-License-Identifier: Apache-2.0 */
/** Text written to a caller's buffer, as snprintf: what does not fit is counted and left out. */
#ifndef PACHECK_OBJECT_PRINTER_H
#define PACHECK_OBJECT_PRINTER_H

#include <stddef.h>

#include "pacheck/value.h"

/* Flavors of qualifiers by word. */
#define PAC_FLAVOR_WORD_MAP(X)                     \
  X("ToInstance", PAC_FLAVOR_TO_INSTANCE)          \
  X("ToSubclass", PAC_FLAVOR_TO_DERIVED)           \
  X("DisableOverride", PAC_FLAVOR_NOT_OVERRIDABLE) \
  X("Amended", PAC_FLAVOR_AMENDED)

struct pac_printer {
  char *buffer;
  size_t size;
  size_t length; /* of the whole text, fitting or not */
};

/** Starts a printer. `buffer` may be null when `size` is 0. */
struct pac_printer pac_printer_start(char *buffer, size_t size);

/** Adds the NUL and returns the length of the whole text. */
size_t pac_printer_end(struct pac_printer *printer);

void pac_print_octets(struct pac_printer *printer, const char *octets, size_t length);
void pac_print_text(struct pac_printer *printer, const char *text);
void pac_print_unsigned(struct pac_printer *printer, uint64_t number);
void pac_print_signed(struct pac_printer *printer, int64_t number);

/** Prints a value as pac_value_print does. */
void pac_print_value(struct pac_printer *printer, const struct pac_value *value);

/** Prints an object as MOF; `is_embedded` puts it on one line, as inside a value. */
void pac_print_object(struct pac_printer *printer, const struct pac_object *object, bool is_embedded);

#endif
