/* SPDX-License-Identifier: Apache-2.0 */
/* The bounded text sink that values, objects and paths are printed through. */
#include "object/printer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct pac_printer pac_printer_start(char *buffer, size_t size) {
  return (struct pac_printer){.buffer = buffer, .size = size};
}

size_t pac_printer_end(struct pac_printer *printer) {
  if (printer->size != 0) {
    printer->buffer[printer->length < printer->size ? printer->length : printer->size - 1] = '\0';
  }
  return printer->length;
}

void pac_print_octets(struct pac_printer *printer, const char *octets, size_t length) {
  if (printer->length < printer->size) {
    size_t room = printer->size - printer->length;
    memcpy(printer->buffer + printer->length, octets, length < room ? length : room);
  }
  printer->length += length;
}

void pac_print_text(struct pac_printer *printer, const char *text) {
  pac_print_octets(printer, text, strlen(text));
}

void pac_print_unsigned(struct pac_printer *printer, uint64_t number) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRIu64, number);
  pac_print_text(printer, digits);
}

void pac_print_signed(struct pac_printer *printer, int64_t number) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRId64, number);
  pac_print_text(printer, digits);
}
