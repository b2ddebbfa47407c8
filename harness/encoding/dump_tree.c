/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The wire tree as text for a reader with a hex dump beside it: one line a thing, its offset in front, its content
 * indented below. Long arrays are cut.
 */
#include <inttypes.h>

#include "encoding/dump.h"
#include "encoding/text.h"
#include "encoding/variant.h"

#define ELEMENTS_SHOWN_MAX 32u

struct printer {
  FILE *out;
  unsigned indent;
};

static void begin(const struct printer *printer, uint32_t offset) {
  fprintf(printer->out, "%06" PRIx32 "  %*s", offset, (int)(printer->indent * 2), "");
}

/* Text in quotes, with what no terminal should get as escapes; a surrogate as \uD800. */
static void print_octets(FILE *out, const char *text, size_t octets) {
  fputc('"', out);
  for (size_t i = 0; i < octets; i++) {
    unsigned char octet = (unsigned char)text[i];
    if (octet == 0xED && i + 2 < octets && (unsigned char)text[i + 1] >= 0xA0) {
      unsigned low = (unsigned char)text[i + 1] & 0x3Fu;
      fprintf(out, "\\u%04X", 0xD000u | low << 6 | ((unsigned char)text[i + 2] & 0x3Fu));
      i += 2;
    } else if (octet == '"' || octet == '\\') {
      fprintf(out, "\\%c", octet);
    } else if (octet < 0x20 || octet == 0x7F) {
      fprintf(out, "\\x%02X", octet);
    } else if (octet == 0xC2 && i + 1 < octets && (unsigned char)text[i + 1] < 0xA0) {
      fprintf(out, "\\x%02X", (unsigned char)text[++i]);
    } else {
      fputc(octet, out);
    }
  }
  fputc('"', out);
}

static void print_text(FILE *out, const char *text) {
  if (text == NULL) {
    fputs("NULL", out);
  } else {
    print_octets(out, text, strlen(text));
  }
}

static void print_scalar(FILE *out, enum pac_cim_type type, const union pac_scalar *scalar) {
  switch (type) {
    case PAC_CIM_SINT8:
    case PAC_CIM_SINT16:
    case PAC_CIM_SINT32:
    case PAC_CIM_SINT64: fprintf(out, "%" PRId64, scalar->sint); break;
    case PAC_CIM_UINT8:
    case PAC_CIM_UINT16:
    case PAC_CIM_UINT32:
    case PAC_CIM_UINT64: fprintf(out, "%" PRIu64, scalar->uint); break;
    case PAC_CIM_CHAR16: fprintf(out, "0x%04X", scalar->char16); break;
    case PAC_CIM_BOOLEAN: fputs(scalar->boolean ? "TRUE" : "FALSE", out); break;
    case PAC_CIM_REAL32: fprintf(out, "%.9g", (double)scalar->real32); break;
    case PAC_CIM_REAL64: fprintf(out, "%.17g", scalar->real64); break;
    default: print_text(out, scalar->text);
  }
}

static void print_object(const struct printer *printer, const char *word, const struct wire_object *object);

static void print_objects(const struct printer *printer, const struct wire_value *value) {
  struct printer inner = {printer->out, printer->indent + 1};
  fprintf(printer->out, "%" PRIu32 " objects\n", value->count);
  for (uint32_t i = 0; i < value->count; i++) {
    if (value->is.objects[i] == NULL) {
      begin(&inner, value->offset);
      fputs("NULL\n", inner.out);
    } else {
      print_object(&inner, "element", value->is.objects[i]);
    }
  }
}

/* The rest of the line after a name and type, and the lines below it. */
static void print_value(const struct printer *printer, const struct wire_value *value) {
  FILE *out = printer->out;
  if (value->is_null || value->is_unknown) {
    fputs(value->is_null ? "NULL\n" : "unknown\n", out);
  } else if (value->type == PAC_CIM_OBJECT && value->is_array) {
    print_objects(printer, value);
  } else if (value->type == PAC_CIM_OBJECT) {
    struct printer inner = {out, printer->indent + 1};
    fputs("object\n", out);
    print_object(&inner, "value", value->is.object);
  } else if (value->is_array) {
    fputc('{', out);
    for (uint32_t i = 0; i < value->count && i < ELEMENTS_SHOWN_MAX; i++) {
      fputs(i > 0 ? ", " : "", out);
      if (value->type == PAC_CIM_NONE) {
        fputs("NULL", out);
      } else {
        print_scalar(out, value->type, &value->is.elements[i]);
      }
    }
    fputs(value->count > ELEMENTS_SHOWN_MAX ? ", ...}" : "}", out);
    fprintf(out, " %" PRIu32 " elements\n", value->count);
  } else {
    print_scalar(out, value->type, &value->is.scalar);
    fputc('\n', out);
  }
}

static const char *array_mark(const struct wire_value *value) {
  return value->is_array ? "[]" : "";
}

static void print_qualifiers(const struct printer *printer, const struct wire_qualifiers *set) {
  struct printer inner = {printer->out, printer->indent + 1};
  for (uint32_t i = 0; i < set->count; i++) {
    const struct wire_qualifier *qualifier = &set->items[i];
    begin(&inner, qualifier->offset);
    fputs("qualifier ", inner.out);
    print_text(inner.out, qualifier->name);
    fprintf(inner.out, " %s%s flavor 0x%02X = ", pac_cim_type_word(qualifier->value.type),
            array_mark(&qualifier->value), qualifier->flavor);
    print_value(&inner, &qualifier->value);
  }
}

static void print_property(const struct printer *printer, const struct wire_property *property) {
  FILE *out = printer->out;
  begin(printer, property->offset);
  fputs("property ", out);
  print_text(out, property->name);
  fprintf(out, " %s%s order %u slot %" PRIu32 " origin %" PRIu32 "%s", pac_cim_type_word(property->value.type),
          array_mark(&property->value), property->order, property->slot, property->origin,
          property->is_inherited ? " inherited" : "");
  fputs((property->bits & WIRE_ND_DEFAULT) != 0 ? ", inherited default " : ", default ", out);
  if ((property->bits & WIRE_ND_NULL) != 0) {
    fputs("NULL\n", out);
  } else {
    print_value(printer, &property->value);
  }
  print_qualifiers(printer, &property->qualifiers);
}

static void print_class(const struct printer *printer, const char *word, const struct wire_class *part) {
  FILE *out = printer->out;
  struct printer inner = {out, printer->indent + 1};
  begin(printer, part->offset);
  fprintf(out, "%s class ", word);
  print_text(out, part->name);
  for (uint32_t i = 0; i < part->ancestors_count; i++) {
    fputs(" : ", out);
    print_text(out, part->ancestors[i]);
  }
  fputc('\n', out);
  print_qualifiers(printer, &part->qualifiers);
  for (uint32_t i = 0; i < part->properties_count; i++) {
    print_property(&inner, &part->properties[i]);
  }
}

static void print_signature(const struct printer *printer, const char *word, uint32_t offset,
                            const struct wire_object *signature) {
  if (signature != NULL) {
    print_object(printer, word, signature);
  } else {
    begin(printer, offset);
    fprintf(printer->out, "%s: none\n", word);
  }
}

static void print_methods(const struct printer *printer, const struct wire_methods *methods) {
  struct printer inner = {printer->out, printer->indent + 1};
  struct printer signature = {printer->out, printer->indent + 2};
  for (uint32_t i = 0; i < methods->count; i++) {
    const struct wire_method *method = &methods->items[i];
    begin(&inner, method->offset);
    fputs("method ", inner.out);
    print_text(inner.out, method->name);
    fprintf(inner.out, " flags 0x%02X origin %" PRIu32 "\n", method->flags, method->origin);
    print_qualifiers(&inner, &method->qualifiers);
    print_signature(&signature, "in", method->offset, method->in);
    print_signature(&signature, "out", method->offset, method->out);
  }
}

static void print_settings(const struct printer *printer, const struct wire_object *object) {
  for (uint32_t i = 0; i < object->current->properties_count; i++) {
    const struct wire_setting *setting = &object->settings[i];
    begin(printer, setting->value.offset);
    print_text(printer->out, object->current->properties[i].name);
    fputs(" = ", printer->out);
    switch (setting->bits) {
      case 0: print_value(printer, &setting->value); break;
      case WIRE_ND_NULL: fputs("NULL\n", printer->out); break;
      case WIRE_ND_DEFAULT: fputs("the class default\n", printer->out); break;
      default: fputs("the class default, NULL\n", printer->out);
    }
    print_qualifiers(printer, &setting->qualifiers);
  }
}

static void print_object(const struct printer *printer, const char *word, const struct wire_object *object) {
  FILE *out = printer->out;
  struct printer inner = {out, printer->indent + 1};
  begin(printer, object->offset);
  fprintf(out, "%s: %s, flags 0x%02X, %" PRIu32 " octets", word, object->is_class ? "class" : "instance",
          object->flags, object->size);
  if (object->server != NULL) {
    fputs(", server ", out);
    print_text(out, object->server);
    fputs(", namespace ", out);
    print_text(out, object->namespace_name);
  }
  fputc('\n', out);
  if (object->is_class) {
    print_class(&inner, "parent", object->parent);
    print_methods(&inner, &object->parent_methods);
  }
  print_class(&inner, object->is_class ? "current" : "carried", object->current);
  print_methods(&inner, &object->methods);
  if (!object->is_class) {
    struct printer values = {out, printer->indent + 2};
    begin(&inner, object->body_offset);
    fputs("instance of ", out);
    print_text(out, object->class_name);
    fprintf(out, ", flags 0x%02X\n", object->instance_flags);
    print_qualifiers(&inner, &object->qualifiers);
    print_settings(&values, object);
  }
}

/* Containers ------------------------------------------------------------------------------------------------------ */

static void print_hexadecimal(FILE *out, const uint8_t *octets, size_t count) {
  for (size_t i = 0; i < count; i++) {
    fprintf(out, "%02x", octets[i]);
  }
}

static void print_array(const struct printer *printer, const struct wire_array *array) {
  FILE *out = printer->out;
  struct printer inner = {out, 1};
  begin(printer, 0);
  fprintf(out, "object array, packet type %u, %" PRIu32 " objects\n", array->packet_type, array->count);
  for (uint32_t i = 0; i < array->count; i++) {
    const struct wire_array_object *item = &array->items[i];
    begin(printer, item->offset);
    fprintf(out, "object %" PRIu32 ", type %u", i, item->type);
    if (item->class_id != NULL) {
      fputs(", class id ", out);
      print_hexadecimal(out, item->class_id, PAC_CLASS_ID_OCTETS);
    }
    fputc('\n', out);
    print_object(&inner, "block", item->object);
  }
}

static void print_context(const struct printer *printer, const struct wire_context *context) {
  FILE *out = printer->out;
  begin(printer, 0);
  fputs("context", out);
  for (uint32_t i = 0; i < context->guids_count; i++) {
    fputs(i == 0 ? " " : ", ", out);
    print_hexadecimal(out, context->guids + (size_t)i * PAC_CONTEXT_GUID_OCTETS, PAC_CONTEXT_GUID_OCTETS);
  }
  fprintf(out, ", %" PRIu32 " values\n", context->count);
  struct printer inner = {out, 1};
  for (uint32_t i = 0; i < context->count; i++) {
    const struct wire_context_value *item = &context->items[i];
    begin(&inner, item->offset);
    print_octets(out, item->name.text, item->name.octets);
    fprintf(out, " %s%s = ", pac_variant_word((enum wire_variant)(item->variant & ~WIRE_VT_ARRAY)),
            array_mark(&item->value));
    if (item->texts != NULL && !item->value.is_array) {
      print_octets(out, item->texts->text, item->texts->octets);
      fputc('\n', out);
    } else {
      print_value(&inner, &item->value);
    }
  }
}

void pac_wire_container_print(const struct wire_container *container, FILE *out) {
  struct printer printer = {out, 0};
  switch (container->kind) {
    case PAC_ENCODING_UNIT: print_object(&printer, "unit", container->object); break;
    case PAC_ENCODING_OBJECT_ARRAY: print_array(&printer, container->array); break;
    default: print_context(&printer, container->context);
  }
}
