/* SPDX-License-Identifier: Apache-2.0 */
/* The planted bugs of a decoder. Compiled without instrumentation. */
#include "bench/canaries.h"

#include <string.h>

#define DEPTH_MAX 16u

/* How many objects the place of a rejection is inside of. */
static unsigned path_depth(const char *path) {
  unsigned depth = 0;
  for (const char *at = path; at != NULL; at = strchr(at, '.')) {
    at += *at == '.';
    depth += strncmp(at, "current", 7) == 0 || strncmp(at, "parent", 6) == 0 || strncmp(at, "instance", 8) == 0 ||
             strncmp(at, "body", 4) == 0;
  }
  return depth;
}

static void look_at_rejection(const uint8_t *octets, size_t size, const struct pac_encoding_finding *rejection) {
  unsigned depth = path_depth(rejection->path);
  switch (rejection->rule) {
    case 2:
      if (size >= 8 && (uint32_t)(octets[4] | octets[5] << 8 | octets[6] << 16) == size - 7 && octets[7] == 0) {
        bench_note(BENCH_unit_one_short);
      }
      break;
    case 121:
      bench_note(BENCH_array_beyond_heap);
      if (depth >= 3) {
        bench_note(BENCH_deep_array_beyond_heap);
      }
      break;
    case 67: bench_note(BENCH_slot_beyond_table); break;
    case 9:
      if (strstr(rejection->path, "property[") != NULL) {
        bench_note(BENCH_set_off_boundary);
      }
      break;
    case 97: bench_note(BENCH_signature_beyond_heap); break;
    case 122: bench_note(BENCH_object_beyond_heap); break;
    default: break;
  }
}

struct looking {
  const struct wire_object *root;
  const struct pac_decoding *decoding;
};

static void look_at(const struct looking *looking, const struct wire_object *object, unsigned depth);

static void look_at_value(const struct looking *looking, const struct wire_value *value, unsigned depth) {
  if (value->is_null || value->is_unknown) {
    return;
  }
  if (value->type == PAC_CIM_OBJECT) {
    if (value->is_array && value->count >= 3 && depth >= 1) {
      bench_note(BENCH_objects_in_array);
    }
    for (uint32_t i = 0; value->is_array && i < value->count; i++) {
      if (value->is.objects[i] != NULL) {
        look_at(looking, value->is.objects[i], depth + 1);
      }
    }
    if (!value->is_array && value->is.object != NULL) {
      look_at(looking, value->is.object, depth + 1);
    }
  } else if (!value->is_array && value->type == PAC_CIM_SINT32 && value->is.scalar.sint == 0x7FFFFFFF) {
    bench_note(BENCH_largest_sint32);
  } else if (!value->is_array && value->type == PAC_CIM_DATETIME && value->is.scalar.text != NULL &&
             strchr(value->is.scalar.text, '*') != NULL) {
    bench_note(BENCH_asterisk_time);
  }
}

static void look_at_class(const struct looking *looking, const struct wire_object *object, unsigned depth) {
  const struct wire_class *of = object->current;
  for (uint32_t i = 0; i < of->properties_count; i++) {
    const struct wire_property *property = &of->properties[i];
    if (property->name != NULL && (unsigned char)property->name[0] >= 0xC4) {
      bench_note(BENCH_wide_name);
    }
    if (i > 0 && property->name != NULL && of->properties[i - 1].name != NULL &&
        pac_name_compare(property->name, of->properties[i - 1].name) == 0 &&
        property->value.type != of->properties[i - 1].value.type) {
      bench_note(BENCH_name_with_two_types);
    }
    if (depth >= 3 && looking->root->current->properties_count > 0 && property->name != NULL &&
        looking->root->current->properties[0].name != NULL &&
        strcmp(property->name, looking->root->current->properties[0].name) == 0) {
      bench_note(BENCH_name_of_the_root);
    }
    if (depth >= 2 && object->is_class && of->ancestors_count > 0 && property->is_inherited && property->bits == 0) {
      bench_note(BENCH_deep_derived);
    }
    if ((property->bits & WIRE_ND_NULL) == 0) {
      look_at_value(looking, &property->value, depth);
    }
  }
}

static void look_at_methods(const struct looking *looking, const struct wire_object *object, unsigned depth) {
  for (uint32_t i = 0; i < object->methods.count; i++) {
    const struct wire_method *method = &object->methods.items[i];
    const struct wire_object *signatures[] = {method->in, method->out};
    if (object->current->ancestors_count >= 2 && (method->flags & WIRE_METHOD_INHERITED) == 0) {
      bench_note(BENCH_derived_with_method);
    }
    for (unsigned j = 0; j < 2; j++) {
      const struct wire_object *signature = signatures[j];
      if (signature == NULL) {
        continue;
      }
      look_at(looking, signature, depth + 1);
      for (uint32_t k = 0; signature->is_class && k < signature->current->properties_count; k++) {
        const struct wire_property *parameter = &signature->current->properties[k];
        if (parameter->value.type == PAC_CIM_OBJECT && !parameter->value.is_array && parameter->bits == 0 &&
            !parameter->value.is_null && !parameter->value.is_unknown) {
          bench_note(BENCH_object_in_signature);
        }
      }
    }
    if (method->in != NULL && method->out != NULL && pac_decoding_found(looking->decoding, 98)) {
      bench_note(BENCH_twin_parameters);
    }
  }
}

static void look_at(const struct looking *looking, const struct wire_object *object, unsigned depth) {
  if (depth > DEPTH_MAX || object->current == NULL) {
    return;
  }
  if (object->server != NULL && object->server[0] == '\0') {
    bench_note(BENCH_empty_server);
  }
  look_at_class(looking, object, depth);
  bool has_value = false;
  for (uint32_t i = 0; !object->is_class && object->settings != NULL && i < object->current->properties_count; i++) {
    if (object->settings[i].bits == 0) {
      has_value = true;
      look_at_value(looking, &object->settings[i].value, depth);
    }
  }
  if (has_value && object->class_name != NULL && object->current->name != NULL &&
      pac_name_compare(object->class_name, object->current->name) != 0) {
    bench_note(BENCH_foreign_instance);
  }
  if (depth >= 2 && !object->is_class && pac_decoding_found(looking->decoding, 36)) {
    bench_note(BENCH_deep_shared_item);
  }
  look_at_methods(looking, object, depth);
}

void bench_look_at_object(const uint8_t *octets, size_t size, const struct pac_decoding *decoding,
                const struct wire_object *object) {
  if (decoding->rejection.rule != 0) {
    look_at_rejection(octets, size, &decoding->rejection);
    if (decoding->rejection.rule == 58) {
      bench_note(BENCH_tables_too_small);
    }
    return;
  }
  if (object == NULL) {
    return;
  }
  if (pac_decoding_found(decoding, 120)) {
    bench_note(BENCH_odd_boolean);
  }
  if (pac_decoding_found(decoding, 36)) {
    bench_note(BENCH_shared_item);
  }
  if (pac_decoding_found(decoding, 74) && object->is_class && object->current->properties_count >= 2) {
    bench_note(BENCH_lost_parent_property);
  }
  const struct looking looking = {object, decoding};
  look_at(&looking, object, 0);
}
