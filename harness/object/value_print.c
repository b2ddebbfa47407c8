/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values as MOF writes them. What MOF cannot write - a real that is no number, a null array element, an unpaired
 * surrogate - is printed so that a reader sees it: NaN, NULL, \xD800.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "object/printer.h"
#include "object/text.h"

static void print_unit_escape(struct pac_printer *printer, uint32_t unit) {
  char escape[12];
  snprintf(escape, sizeof escape, "\\x%04X", (unsigned)unit);
  pac_print_text(printer, escape);
}

/* The letter after the backslash for what has a short escape; 0 for all others. */
static char short_escape(uint32_t point) {
  switch (point) {
    case '"':
    case '\'':
    case '\\':
      return (char)point;
    case '\b':
      return 'b';
    case '\t':
      return 't';
    case '\n':
      return 'n';
    case '\f':
      return 'f';
    case '\r':
      return 'r';
    default:
      return 0;
  }
}

static void print_quoted(struct pac_printer *printer, const char *text) {
  pac_print_text(printer, "\"");
  size_t octets = 0;
  for (const char *at = text; *at != '\0'; at += octets) {
    uint32_t point = pac_text_code_point(at, &octets);
    char letter = point == '\'' ? 0 : short_escape(point);
    if (letter != 0) {
      const char escape[2] = {'\\', letter};
      pac_print_octets(printer, escape, sizeof escape);
    } else if (point < 0x20u || (point >= 0xD800u && point <= 0xDFFFu)) {
      print_unit_escape(printer, point);
    } else {
      pac_print_octets(printer, at, octets);
    }
  }
  pac_print_text(printer, "\"");
}

static void print_char16(struct pac_printer *printer, uint16_t unit) {
  char letter = unit == '"' ? 0 : short_escape(unit);
  pac_print_text(printer, "'");
  if (letter != 0) {
    const char escape[2] = {'\\', letter};
    pac_print_octets(printer, escape, sizeof escape);
  } else if (unit >= 0x20u && unit < 0x7Fu) {
    const char octet = (char)unit;
    pac_print_octets(printer, &octet, 1);
  } else {
    print_unit_escape(printer, unit);
  }
  pac_print_text(printer, "'");
}

/* Prints with as many digits as it takes to read the same number back. */
static void print_real(struct pac_printer *printer, double number, int digits) {
  char text[40];
  if (isnan(number)) {
    pac_print_text(printer, "NaN");
    return;
  }
  if (isinf(number)) {
    pac_print_text(printer, number < 0 ? "-Infinity" : "Infinity");
    return;
  }
  snprintf(text, sizeof text, "%.*g", digits, number);
  pac_print_text(printer, text);
  if (strpbrk(text, ".e") == NULL) {
    pac_print_text(printer, ".0");
  }
}

static void print_scalar(struct pac_printer *printer, enum pac_cim_type type, const union pac_scalar *scalar) {
  switch (type) {
    case PAC_CIM_SINT8:
    case PAC_CIM_SINT16:
    case PAC_CIM_SINT32:
    case PAC_CIM_SINT64:
      pac_print_signed(printer, scalar->sint);
      break;
    case PAC_CIM_UINT8:
    case PAC_CIM_UINT16:
    case PAC_CIM_UINT32:
    case PAC_CIM_UINT64:
      pac_print_unsigned(printer, scalar->uint);
      break;
    case PAC_CIM_REAL32:
      print_real(printer, (double)scalar->real32, 9);
      break;
    case PAC_CIM_REAL64:
      print_real(printer, scalar->real64, 17);
      break;
    case PAC_CIM_BOOLEAN:
      pac_print_text(printer, scalar->boolean ? "TRUE" : "FALSE");
      break;
    case PAC_CIM_CHAR16:
      print_char16(printer, scalar->char16);
      break;
    case PAC_CIM_STRING:
    case PAC_CIM_DATETIME:
    case PAC_CIM_REFERENCE:
      if (scalar->text != NULL) {
        print_quoted(printer, scalar->text);
      } else {
        pac_print_text(printer, "NULL");
      }
      break;
    case PAC_CIM_OBJECT:
      if (scalar->object != NULL) {
        pac_print_object(printer, scalar->object, true);
      } else {
        pac_print_text(printer, "NULL");
      }
      break;
    case PAC_CIM_NONE:
      break;
  }
}

void pac_print_value(struct pac_printer *printer, const struct pac_value *value) {
  if (value->is_null) {
    pac_print_text(printer, "NULL");
    return;
  }
  if (!value->is_array) {
    print_scalar(printer, value->type, &value->scalar);
    return;
  }
  pac_print_text(printer, "{");
  for (uint32_t i = 0; i < value->count; i++) {
    pac_print_text(printer, i == 0 ? "" : ", ");
    print_scalar(printer, value->type, &value->elements[i]);
  }
  pac_print_text(printer, "}");
}

size_t pac_value_print(const struct pac_value *value, char *buffer, size_t size) {
  struct pac_printer printer = pac_printer_start(buffer, size);
  pac_print_value(&printer, value);
  return pac_printer_end(&printer);
}
