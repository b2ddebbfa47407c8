/* SPDX-License-Identifier: Apache-2.0 */
/** Edits that break one rule of the encodings each, made to a vector or to what the encoder wrote. */
#ifndef PACHECK_UNIT_RULE_EDITS_H
#define PACHECK_UNIT_RULE_EDITS_H

#include "vectors.h"

static struct vectors vectors;

/* A file under edit. Its own memory grows by a little. */
struct file {
  uint8_t *data;
  size_t size;
  enum pac_encoding_kind kind;
};

#define GROWTH_MAX 64u

static struct file copy_of(const uint8_t *octets, size_t size, enum pac_encoding_kind kind) {
  struct file file = {malloc(size + GROWTH_MAX), size, kind};
  if (file.data == NULL) {
    abort();
  }
  memcpy(file.data, octets, size);
  return file;
}

static struct file vector_file(const char *name) {
  const struct vector *row = vectors_find(&vectors, name);
  if (row == NULL) {
    abort();
  }
  return copy_of(row->octets, row->size, row->kind);
}

static void set_u32(struct file *file, size_t at, uint32_t value) {
  for (size_t i = 0; i < 4; i++) {
    file->data[at + i] = (uint8_t)(value >> (8 * i));
  }
}

static void add_u32(struct file *file, size_t at, uint32_t delta) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; i++) {
    value |= (uint32_t)file->data[at + i] << (8 * i);
  }
  set_u32(file, at, value + delta);
}

static void cut(struct file *file, size_t at, size_t count) {
  memmove(file->data + at, file->data + at + count, file->size - at - count);
  file->size -= count;
}

static void insert(struct file *file, size_t at, const char *octets, size_t count) {
  memmove(file->data + at + count, file->data + at, file->size - at);
  memcpy(file->data + at, octets, count);
  file->size += count;
}

static void must(enum pac_result result) {
  if (result != PAC_RESULT_OK) {
    abort();
  }
}

static struct file encoded(struct pac_object *object) {
  struct pac_octets octets = {NULL, 0};
  must(pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &octets));
  struct file file = copy_of(octets.data, octets.size, PAC_ENCODING_UNIT);
  pac_octets_free(NULL, &octets);
  pac_object_free(object);
  return file;
}

static struct pac_object *new_class(const char *name) {
  struct pac_object *object = NULL;
  must(pac_class_new(NULL, name, &object));
  return object;
}

/* The published class in canonical form: no gap in its heap, no slack. */
static struct file my_class(void) {
  const struct vector *row = vectors_find(&vectors, "valid/spec_myclass_class.bin");
  struct pac_object *object = NULL;
  must(pac_unit_decode(NULL, row->octets, row->size, NULL, &object));
  return encoded(object);
}

/* Edits; the offsets are those that `pacheck dump` prints for the file. ------------------------------------------- */

static struct file make_name_half_a_surrogate_pair(void) {
  struct file file = vector_file("valid/context_scalars.bin");
  file.data[0x102] = 0x00;
  file.data[0x103] = 0xD8;
  return file;
}

/* A class "C" without members: its part begins behind the unit's head, the flags and an absent parent. */
#define BARE_CLASS_AT (8u + 1u + 29u + 12u)

static struct file leave_three_octets_in_a_qualifier_set(void) {
  struct file file = encoded(new_class("C"));
  insert(&file, BARE_CLASS_AT + 21, "\0\0\0", 3);
  add_u32(&file, BARE_CLASS_AT + 17, 3);
  add_u32(&file, BARE_CLASS_AT, 3);
  add_u32(&file, 4, 3);
  return file;
}

/* The absent parent of a class: 13 octets of header, an empty list and set, no property, and the heap's length. */
static struct file grow_an_absent_parent(size_t at, const char *octets, size_t count, size_t length_at) {
  struct file file = encoded(new_class("C"));
  insert(&file, 9 + at, octets, count);
  add_u32(&file, 9 + length_at, (uint32_t)count);
  add_u32(&file, 9, (uint32_t)count);
  add_u32(&file, 4, (uint32_t)count);
  return file;
}

static struct file give_an_absent_parent_an_ancestor(void) {
  return grow_an_absent_parent(17, "\0A\0\3\0\0", 7, 13); /* and the NUL of the literal */
}

static struct file give_an_absent_parent_a_heap(void) {
  return grow_an_absent_parent(29, "xyz", 3, 25);
}

static struct file cut_the_signature_of_an_array(void) {
  struct file file = vector_file("valid/object_array_testwmi_next.bin");
  file.size = 4 + 7;
  return file;
}

static struct file add_an_octet_to_an_array(void) {
  struct file file = vector_file("valid/object_array_testwmi_next.bin");
  insert(&file, file.size, "", 1);
  return file;
}

/* What would end the text stands behind the unit. */
static struct file leave_a_wide_text_open(void) {
  struct file file = vector_file("invalid/v022_utf16_odd_tail_in_decoration.bin");
  cut(&file, file.size - 1, 1);
  add_u32(&file, 4, (uint32_t)-1);
  insert(&file, file.size, "\0", 2);
  return file;
}

static struct file leave_a_narrow_text_open(void) {
  struct file file = vector_file("invalid/v021_decoration_unterminated.bin");
  insert(&file, file.size, "", 1);
  return file;
}

/* The last four octets of the heap are taken for the length. */
static struct file leave_an_object_its_length_only(void) {
  struct file file = vector_file("valid/hand_embedded_objects_instance.bin");
  set_u32(&file, 0xCC, (uint32_t)file.size - 0xDD - 4);
  return file;
}

/* "x_" and "xa" ascend when letters are lower, "YA" and "Y_" when they are upper. */
static struct file sort_half_a_table_the_other_way(void) {
  static const char *const names[] = {"x_", "xa", "Y_", "YA"};
  struct pac_object *object = new_class("C");
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  for (size_t i = 0; i < 4; i++) {
    must(pac_class_property_add(object, names[i], &text));
  }
  struct file file = encoded(object);
  uint8_t entry[8];
  uint8_t *third = file.data + BARE_CLASS_AT + 25 + 2 * sizeof entry;
  memcpy(entry, third, sizeof entry);
  memcpy(third, third + sizeof entry, sizeof entry);
  memcpy(third + sizeof entry, entry, sizeof entry);
  return file;
}

/* U-3: the whole table in the order of the other folding. */
static struct file sort_a_table_the_other_way(void) {
  struct file file = sort_half_a_table_the_other_way();
  uint8_t entry[8];
  uint8_t *first = file.data + BARE_CLASS_AT + 25;
  memcpy(entry, first, sizeof entry);
  memcpy(first, first + sizeof entry, sizeof entry);
  memcpy(first + sizeof entry, entry, sizeof entry);
  return file;
}

/* The last value of the heap becomes a second reference to "n1", and goes. */
static struct file refer_to_one_string_twice(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  set_u32(&file, 0x1D6, 0x24);
  cut(&file, 0x1E3 + 0x44, 18);
  add_u32(&file, 0x1DF, (uint32_t)-18);
  add_u32(&file, 0x1BD, (uint32_t)-18);
  add_u32(&file, 4, (uint32_t)-18);
  return file;
}

/* The same with a reference into the middle of an array, where an empty string seems to stand. */
static struct file refer_into_an_array(void) {
  struct file file = refer_to_one_string_twice();
  set_u32(&file, 0x1D6, 0x29);
  return file;
}

/* A short text in the middle of an array of many words, which is read after it. */
static struct file refer_into_a_long_array(void) {
  static const union pac_scalar zeros[30];
  struct pac_object *object = new_class("C");
  struct pac_value text = pac_value_string("x");
  struct pac_value array = pac_value_array(PAC_CIM_UINT32, zeros, 30);
  must(pac_class_property_add(object, "A", &text));
  must(pac_class_property_add(object, "B", &array));
  struct file file = encoded(object);
  /* The heap ends before an empty MethodsPart; in front of its length stand the two slots. */
  size_t length_at = file.size - 12 - 4;
  while (file.data[length_at + 3] != 0x80 || file.data[length_at] != file.size - 12 - 4 - length_at) {
    length_at -= 1;
  }
  add_u32(&file, length_at - 8, 3 + 8);
  return file;
}

static struct file derive_the_class_from_itself(void) {
  struct file file = vector_file("valid/spec_myclass_instance.bin");
  memcpy(file.data + 0x2E, "MyCl", 4);
  insert(&file, 0x32, "ass", 3);
  add_u32(&file, 0x36, 3);
  add_u32(&file, 0x29, 3);
  add_u32(&file, 0x1C, 3);
  add_u32(&file, 4, 3);
  return file;
}

static struct file leave_an_ancestor_unnamed(void) {
  struct file file = vector_file("valid/spec_myclass_instance.bin");
  cut(&file, 0x2E, 4); /* "Base" */
  add_u32(&file, 0x2F, (uint32_t)-4);
  add_u32(&file, 0x29, (uint32_t)-4);
  add_u32(&file, 0x1C, (uint32_t)-4);
  add_u32(&file, 4, (uint32_t)-4);
  return file;
}

static struct file define_a_property_below_its_instance(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  add_u32(&file, 0xA4 + 10, 1);
  return file;
}

static struct file spoil_an_inherited_default(void) {
  struct pac_object *base = new_class("Base");
  struct pac_object *child = NULL;
  struct pac_value truth = pac_value_boolean(true);
  must(pac_class_property_add(base, "P", &truth));
  must(pac_class_derive(NULL, base, "Child", &child));
  pac_object_free(base);
  struct file file = encoded(child);
  /* The slot stands behind the NdTable, before the heap: the last FF FF 2C .. 80 of the file. */
  size_t at = file.size - 5;
  do {
    at -= 1;
  } while (file.data[at] != 0xFF || file.data[at + 1] != 0xFF || file.data[at + 5] != 0x80 ||
           file.data[at - 1] != 0x02);
  file.data[at + 1] = 0;
  return file;
}

static struct file change_the_order_of_an_inherited_property(void) {
  struct file file = my_class();
  file.data[0x1C2] = 1; /* Id */
  file.data[0x153] = 0; /* Data1 */
  file.data[0xDE] = 0x4D;
  return file;
}

/* Id, of type sint32, which is null in the parent as well. */
static struct file make_an_inherited_property_an_array(void) {
  struct file file = my_class();
  file.data[0x1BE + 1] |= 0x20;
  return file;
}

static struct file declare_a_property_of_the_parent_again(void) {
  struct file file = my_class();
  file.data[0x1BE + 1] = 0;
  file.data[0x1BE + 10] = 1;
  file.data[0xDE] &= (uint8_t)~2u;
  return file;
}

static struct file rename_cimtype(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  set_u32(&file, 0x114, 0x80000003u);
  return file;
}

static struct file misspell_the_type(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  memcpy(file.data + 0x12D, "strine", 6);
  return file;
}

static struct file qualify_with_null_text(void) {
  struct pac_object *object = new_class("C");
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  must(pac_qualifier_put(pac_object_qualifiers(object), "Note", &text, 0));
  return encoded(object);
}

static struct file give_octets_to_the_heap_of_no_methods(void) {
  struct file file = vector_file("valid/hand_no_property_class.bin");
  insert(&file, file.size, "xyz", 3);
  add_u32(&file, file.size - 7, 3);
  add_u32(&file, 0x58, 3);
  add_u32(&file, 4, 3);
  return file;
}

/* A class whose last part is one method "M" without signatures: its heap holds the name, both lengths and an empty set. */
static struct file one_method(size_t *description) {
  struct pac_object *object = new_class("C");
  must(pac_class_method_put(object, "M", NULL, NULL));
  struct file file = encoded(object);
  *description = file.size - 15 - 4 - 24;
  return file;
}

static void shrink_the_methods_part(struct file *file, size_t description) {
  add_u32(file, description + 24, (uint32_t)-4);
  add_u32(file, description - 8, (uint32_t)-4);
  add_u32(file, 4, (uint32_t)-4);
}

static struct file take_the_qualifier_set_of_a_method(void) {
  size_t description = 0;
  struct file file = one_method(&description);
  set_u32(&file, description + 12, 0xFFFFFFFFu);
  cut(&file, file.size - 4, 4);
  shrink_the_methods_part(&file, description);
  return file;
}

static struct file take_the_output_signature(void) {
  size_t description = 0;
  struct file file = one_method(&description);
  set_u32(&file, description + 20, 0xFFFFFFFFu);
  add_u32(&file, description + 12, (uint32_t)-4);
  cut(&file, file.size - 8, 4);
  shrink_the_methods_part(&file, description);
  return file;
}

static struct file take_the_default_and_leave_the_slot(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  file.data[0x1C6] = 0x08;
  return file;
}

static struct file leave_an_element_null(void) {
  struct pac_object *object = new_class("C");
  union pac_scalar elements[2] = {{.text = "first"}, {.text = NULL}};
  struct pac_value value = pac_value_array(PAC_CIM_STRING, elements, 2);
  must(pac_class_property_add(object, "P", &value));
  return encoded(object);
}

/* Elements of VT_NULL have no octets: nothing but the budget stands against their count. */
static struct file count_nulls_without_end(void) {
  struct file file = vector_file("valid/context_empty.bin");
  static const char property[] = "\x01\0\0\0n\0\0\0\0\0\x01\x20\xFF\xFF\xFF\xFF\0\0\0\0";
  insert(&file, file.size, property, sizeof property - 1);
  set_u32(&file, 20, 1);
  return file;
}

static struct file count_more_octets_than_there_are(void) {
  struct file file = vector_file("valid/context_empty.bin");
  static const char property[] = "\x01\0\0\0n\0\0\0\0\0\x11\x20\x02\0\0\0\x01\0\0\0\x07";
  insert(&file, file.size, property, sizeof property - 1);
  set_u32(&file, 20, 1);
  return file;
}

static struct file outgrow_the_limit(void) {
  struct file file = vector_file("valid/hand_no_property_class.bin");
  uint8_t *grown = realloc(file.data, PAC_ENCODING_OCTETS_MAX + 1);
  if (grown == NULL) {
    abort();
  }
  memset(grown + file.size, 0, PAC_ENCODING_OCTETS_MAX + 1 - file.size);
  return (struct file){grown, PAC_ENCODING_OCTETS_MAX + 1, PAC_ENCODING_UNIT};
}

static struct file send_a_class_twice(void) {
  const struct vector *row = vectors_find(&vectors, "valid/object_array_testwmi_next.bin");
  struct pac_object_array *array = NULL;
  struct pac_octets octets = {NULL, 0};
  must(pac_object_array_decode(NULL, row->octets, row->size, NULL, NULL, &array));
  struct pac_array_object objects[2] = {*pac_object_array_at(array, 0), *pac_object_array_at(array, 1)};
  objects[1].type = PAC_ARRAY_INSTANCE;
  must(pac_object_array_encode(NULL, objects, 2, PAC_PACKET_NEXT, 0, &octets));
  struct file file = copy_of(octets.data, octets.size, PAC_ENCODING_OBJECT_ARRAY);
  pac_octets_free(NULL, &octets);
  pac_object_array_free(array);
  return file;
}

static struct file spoil_the_object_of_a_context(void) {
  struct pac_named_values *values = NULL;
  struct pac_octets octets = {NULL, 0};
  struct pac_object *object = new_class("C");
  struct pac_value value = pac_value_object(object);
  must(pac_named_values_new(NULL, &values));
  must(pac_named_values_add(values, "object", &value));
  must(pac_context_encode(NULL, values, NULL, 0, &octets));
  struct file file = copy_of(octets.data, octets.size, PAC_ENCODING_CONTEXT);
  file.data[24 + 4 + 12 + 4 + 2] ^= 0xFF; /* GUID and counts, name, flags, type: the unit's signature */
  pac_octets_free(NULL, &octets);
  pac_named_values_free(values);
  pac_object_free(object);
  return file;
}

/* Two empty values; the first name is "AZ". */
static struct file name_a_value(const char *second) {
  struct pac_named_values *values = NULL;
  struct pac_octets octets = {NULL, 0};
  struct pac_value null = pac_value_null(PAC_CIM_NONE, false);
  must(pac_named_values_new(NULL, &values));
  must(pac_named_values_add(values, "AZ", &null));
  must(pac_named_values_add(values, "xy", &null));
  must(pac_context_encode(NULL, values, NULL, 0, &octets));
  struct file file = copy_of(octets.data, octets.size, PAC_ENCODING_CONTEXT);
  file.data[file.size - 10] = (uint8_t)second[0];
  file.data[file.size - 8] = (uint8_t)second[1];
  pac_octets_free(NULL, &octets);
  pac_named_values_free(values);
  return file;
}

static struct file name_a_value_like_another(void) {
  return name_a_value("az");
}

static struct file use_the_unused_octets_of_a_number(void) {
  struct file file = vector_file("valid/context_scalars.bin");
  file.data[0x34] = 1;
  return file;
}

static struct file move_a_slot_half_out_of_the_table(void) {
  struct file file = vector_file("valid/hand_flagged_instance.bin");
  add_u32(&file, 0xA4 + 6, 1);
  return file;
}

/* A signature of one or two parameters, all of them with the ID 0. */
static struct pac_object *signature_of(const char *first, const char *second) {
  struct pac_object *signature = new_class("__PARAMETERS");
  struct pac_value truth = pac_value_boolean(true);
  struct pac_value text = pac_value_null(PAC_CIM_STRING, false);
  struct pac_value id = pac_value_sint(PAC_CIM_SINT32, 0);
  const char *const names[] = {first, second};
  must(pac_qualifier_put(pac_object_qualifiers(signature), "abstract", &truth, 0));
  for (size_t i = 0; i < 2 && names[i] != NULL; i++) {
    must(pac_class_property_add(signature, names[i], &text));
    must(pac_qualifier_put(pac_object_property_qualifiers(signature, names[i]), "ID", &id, 0x11));
  }
  return signature;
}

/* A class with one method; the signatures are taken. */
static struct file method_of(struct pac_object *in, struct pac_object *out) {
  struct pac_object *object = new_class("C");
  must(pac_class_method_put(object, "M", in, out));
  pac_object_free(in);
  pac_object_free(out);
  return encoded(object);
}

/* The slots of a large class cross the words in which the decoder keeps which octets are taken. */
static struct file large_class(void) {
  struct pac_object *object = new_class("C");
  char name[] = "P00";
  for (unsigned i = 0; i < 40; i++) {
    struct pac_value value = i == 0 ? pac_value_uint(PAC_CIM_UINT8, 1) : pac_value_uint(PAC_CIM_UINT64, i);
    name[1] = (char)('0' + i / 10);
    name[2] = (char)('0' + i % 10);
    must(pac_class_property_add(object, name, &value));
  }
  return encoded(object);
}

/* The slot at 65 moves to where the one before it ends. */
static struct file move_a_slot_onto_another(void) {
  struct file file = large_class();
  size_t at = BARE_CLASS_AT;
  while (memcmp(file.data + at, "\x15\0\0\0\x09\0\x41\0\0\0", 10) != 0) { /* uint64, order 9, slot 65 */
    at += 1;
  }
  file.data[at + 6] -= 1;
  return file;
}

static struct file give_two_parameters_one_id(void) {
  return method_of(signature_of("A", "B"), NULL);
}

static struct file give_two_outputs_one_id(void) {
  return method_of(signature_of("A", NULL), signature_of("A", "B"));
}

static struct file give_an_output_the_id_of_another_input(void) {
  return method_of(signature_of("A", NULL), signature_of("B", NULL));
}

static struct file take_the_return_value_as_input(void) {
  return method_of(signature_of("ReturnValue", NULL), NULL);
}

struct edit {
  unsigned rule;
  unsigned also; /* a note that cannot be helped; 0 for none */
  const char *name;
  struct file (*make)(void);
};

static const struct edit edits[] = {
    {3, 0, "cut_the_signature_of_an_array", cut_the_signature_of_an_array},
    {4, 0, "add_an_octet_to_an_array", add_an_octet_to_an_array},
    {9, 0, "leave_three_octets_in_a_qualifier_set", leave_three_octets_in_a_qualifier_set},
    {21, 0, "leave_a_narrow_text_open", leave_a_narrow_text_open},
    {21, 0, "leave_a_wide_text_open", leave_a_wide_text_open},
    {24, 0, "make_name_half_a_surrogate_pair", make_name_half_a_surrogate_pair},
    {36, 0, "refer_to_one_string_twice", refer_to_one_string_twice},
    {37, 0, "refer_into_an_array", refer_into_an_array},
    {37, 39, "refer_into_a_long_array", refer_into_a_long_array},
    {51, 0, "give_an_absent_parent_an_ancestor", give_an_absent_parent_an_ancestor},
    {51, 39, "give_an_absent_parent_a_heap", give_an_absent_parent_a_heap},
    {52, 39, "leave_an_ancestor_unnamed", leave_an_ancestor_unnamed},
    {54, 39, "derive_the_class_from_itself", derive_the_class_from_itself},
    {60, 0, "sort_half_a_table_the_other_way", sort_half_a_table_the_other_way},
    {67, 0, "move_a_slot_half_out_of_the_table", move_a_slot_half_out_of_the_table},
    {68, 0, "move_a_slot_onto_another", move_a_slot_onto_another},
    {69, 0, "define_a_property_below_its_instance", define_a_property_below_its_instance},
    {72, 0, "spoil_an_inherited_default", spoil_an_inherited_default},
    {74, 0, "make_an_inherited_property_an_array", make_an_inherited_property_an_array},
    {74, 0, "declare_a_property_of_the_parent_again", declare_a_property_of_the_parent_again},
    {75, 0, "change_the_order_of_an_inherited_property", change_the_order_of_an_inherited_property},
    {77, 0, "rename_cimtype", rename_cimtype},
    {78, 0, "misspell_the_type", misspell_the_type},
    {84, 0, "qualify_with_null_text", qualify_with_null_text},
    {91, 39, "give_octets_to_the_heap_of_no_methods", give_octets_to_the_heap_of_no_methods},
    {96, 0, "take_the_qualifier_set_of_a_method", take_the_qualifier_set_of_a_method},
    {99, 0, "take_the_output_signature", take_the_output_signature},
    {100, 0, "give_two_parameters_one_id", give_two_parameters_one_id},
    {100, 0, "give_two_outputs_one_id", give_two_outputs_one_id},
    {100, 0, "give_an_output_the_id_of_another_input", give_an_output_the_id_of_another_input},
    {100, 0, "take_the_return_value_as_input", take_the_return_value_as_input},
    {115, 0, "take_the_default_and_leave_the_slot", take_the_default_and_leave_the_slot},
    {122, 0, "leave_an_object_its_length_only", leave_an_object_its_length_only},
    {124, 0, "leave_an_element_null", leave_an_element_null},
    {131, 0, "count_nulls_without_end", count_nulls_without_end},
    {132, 0, "outgrow_the_limit", outgrow_the_limit},
    {159, 0, "send_a_class_twice", send_a_class_twice},
    {171, 0, "count_more_octets_than_there_are", count_more_octets_than_there_are},
    {172, 0, "spoil_the_object_of_a_context", spoil_the_object_of_a_context},
    {173, 0, "name_a_value_like_another", name_a_value_like_another},
    {175, 0, "use_the_unused_octets_of_a_number", use_the_unused_octets_of_a_number},
};

#define EDITS_COUNT (sizeof edits / sizeof edits[0])

#endif
