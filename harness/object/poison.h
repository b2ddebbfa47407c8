/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tells the address sanitizer, when there is one, which octets nobody may touch.
 *
 * A step beyond an array is seen only when nothing that may be touched stands there: allocations that are carved out of one
 * block keep a gap between them under the sanitizer, and none otherwise.
 */
#ifndef PACHECK_OBJECT_POISON_H
#define PACHECK_OBJECT_POISON_H

#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
#define PAC_HAS_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PAC_HAS_POISON 1
#endif
#endif

#ifdef PAC_HAS_POISON
#include <sanitizer/asan_interface.h>
#define PAC_POISON_GAP 8u

/** The octets of a gap where `room` are left. */
static inline size_t pac_poison_gap(size_t room) {
  return room < PAC_POISON_GAP ? room : PAC_POISON_GAP;
}

static inline void pac_poison(const void *octets, size_t size) {
  ASAN_POISON_MEMORY_REGION(octets, size);
}

static inline void pac_unpoison(const void *octets, size_t size) {
  ASAN_UNPOISON_MEMORY_REGION(octets, size);
}
#else
#define PAC_POISON_GAP 0u

static inline size_t pac_poison_gap(size_t room) {
  (void)room;
  return 0;
}

static inline void pac_poison(const void *octets, size_t size) {
  (void)octets;
  (void)size;
}

static inline void pac_unpoison(const void *octets, size_t size) {
  (void)octets;
  (void)size;
}
#endif

#endif
