/* SPDX-License-Identifier: Apache-2.0 */
/* The context buffer in canonical form. Types that a context cannot hold are refused, not converted. */
#include "encoding/encode.h"
#include "encoding/variant.h"

#include <string.h>

static const uint8_t no_guid[PAC_CONTEXT_GUID_OCTETS];

static void encode_string(struct writer *writer, const char *text) {
  size_t length_at = pac_writer_fill(writer, 4, 0);
  pac_writer_set(writer, length_at, pac_writer_units(writer, text), 4);
}

static void encode_number(struct writer *writer, enum pac_cim_type type, unsigned octets,
                          const union pac_scalar *scalar) {
  uint64_t bits = 0;
  uint32_t bits32 = 0;
  switch (type) {
    case PAC_CIM_SINT8: bits = (uint8_t)scalar->sint; break;
    case PAC_CIM_SINT16: bits = (uint16_t)scalar->sint; break;
    case PAC_CIM_SINT32: bits = (uint32_t)scalar->sint; break;
    case PAC_CIM_BOOLEAN: bits = scalar->boolean ? 0xFFFFu : 0; break;
    case PAC_CIM_REAL64: memcpy(&bits, &scalar->real64, sizeof bits); break;
    case PAC_CIM_REAL32:
      memcpy(&bits32, &scalar->real32, sizeof bits32);
      bits = bits32;
      break;
    default: bits = scalar->uint;
  }
  pac_writer_set(writer, pac_writer_fill(writer, octets, 0), bits, octets);
}

static void encode_scalar(struct writer *writer, enum pac_cim_type type, unsigned octets,
                          const union pac_scalar *scalar) {
  if (type == PAC_CIM_STRING ? scalar->text == NULL : type == PAC_CIM_OBJECT && scalar->object == NULL) {
    pac_writer_fail(writer, PAC_RESULT_UNSUPPORTED);
  } else if (type == PAC_CIM_STRING) {
    encode_string(writer, scalar->text);
  } else if (type == PAC_CIM_OBJECT) {
    pac_encode_unit(writer, scalar->object);
  } else {
    encode_number(writer, type, octets, scalar);
  }
}

static void encode_element(struct writer *writer, const struct pac_named_value *element) {
  const struct pac_value *value = &element->value;
  enum wire_variant variant = WIRE_VT_NULL;
  encode_string(writer, element->name);
  pac_writer_u32(writer, 0);
  if (value->is_null) {
    pac_writer_u16(writer, WIRE_VT_NULL);
    return;
  }
  if (!pac_variant_find(value->type, &variant)) {
    pac_writer_fail(writer, PAC_RESULT_UNSUPPORTED);
    return;
  }
  pac_writer_u16(writer, (uint16_t)(value->is_array ? variant | WIRE_VT_ARRAY : variant));
  if (!value->is_array) {
    encode_scalar(writer, value->type, 8, &value->scalar);
    return;
  }
  unsigned octets = pac_variant_element_octets(variant);
  pac_writer_u32(writer, value->count);
  pac_writer_u32(writer, octets);
  for (uint32_t i = 0; i < value->count && writer->result == PAC_RESULT_OK; i++) {
    encode_scalar(writer, value->type, octets, &value->elements[i]);
  }
}

enum pac_result pac_context_encode(const struct pac_memory *memory, const struct pac_named_values *values,
                                   const uint8_t guid[PAC_CONTEXT_GUID_OCTETS], unsigned options,
                                   struct pac_octets *given) {
  struct writer writer;
  uint32_t count = pac_named_values_count(values);
  pac_writer_init(&writer, memory, options);
  pac_writer_u32(&writer, 1);
  pac_writer_append(&writer, guid != NULL ? guid : no_guid, PAC_CONTEXT_GUID_OCTETS);
  pac_writer_u32(&writer, count);
  for (uint32_t i = 0; i < count && writer.result == PAC_RESULT_OK; i++) {
    encode_element(&writer, pac_named_values_at(values, i));
  }
  return pac_writer_finish(&writer, given);
}
