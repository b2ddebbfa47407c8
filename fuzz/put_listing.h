/* SPDX-License-Identifier: Apache-2.0 */
/** Everything that a namespace holds, as copies: what a put that failed has to leave as it was. */
#ifndef PACHECK_FUZZ_PUT_LISTING_H
#define PACHECK_FUZZ_PUT_LISTING_H

#include "input.h"
#include "pacheck/adapter.h"

#define LISTING_OBJECTS_MAX 64u

struct listing {
  const struct pac_memory *memory; /* of the copies */
  uint32_t count;
  struct pac_object *objects[LISTING_OBJECTS_MAX]; /* classes first, then instances */
};

static inline bool listing_note(void *context, const struct pac_object *object) {
  struct listing *listing = context;
  PAC_CHECK(object != NULL, "a null object is listed");
  PAC_CHECK(listing->count < LISTING_OBJECTS_MAX, "more is listed than was put");
  PAC_CHECK(pac_object_clone(listing->memory, object, &listing->objects[listing->count]) == PAC_RESULT_OK, "not enough memory");
  listing->count += 1;
  return true;
}

static inline void listing_read(struct listing *listing, const struct pac_memory *memory,
                                const struct pac_adapter *adapter, struct pac_services *services) {
  listing->memory = memory;
  listing->count = 0;
  adapter->derived(services, NULL, listing_note, listing);
  uint32_t classes = listing->count;
  for (uint32_t i = 0; i < classes; i++) {
    adapter->instances(services, pac_object_class_name(listing->objects[i]), listing_note, listing);
  }
}

static inline void listing_reset(struct listing *listing) {
  for (uint32_t i = 0; i < listing->count; i++) {
    pac_object_free(listing->objects[i]);
  }
  listing->count = 0;
}

/** True when both hold the same objects, in whatever order. */
static inline bool listing_equal(const struct listing *left, const struct listing *right) {
  bool is_equal = left->count == right->count;
  for (uint32_t i = 0; i < left->count && is_equal; i++) {
    is_equal = false;
    for (uint32_t j = 0; j < right->count && !is_equal; j++) {
      is_equal = pac_object_equal(left->objects[i], right->objects[j]);
    }
  }
  return is_equal;
}

#endif
