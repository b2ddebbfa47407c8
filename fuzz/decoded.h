/* SPDX-License-Identifier: Apache-2.0 */
/** What the targets of the codec ask of decodings, whatever the container: total, consistent, and reversible. */
#ifndef PACHECK_FUZZ_DECODED_H
#define PACHECK_FUZZ_DECODED_H

#include "input.h"
#include "pacheck/encoding.h"

/** Judges how a decoding ended: a result that is documented, a rejection exactly when nothing was given. */
static inline bool decoded_check(enum pac_result result, const struct pac_decoding *decoding, bool is_given) {
  PAC_CHECK(result == PAC_RESULT_OK || result == PAC_RESULT_MALFORMED || result == PAC_RESULT_LIMIT, "%s",
            pac_result_text(result));
  PAC_CHECK((result == PAC_RESULT_OK) == is_given, "%s", pac_result_text(result));
  bool is_rejected = decoding->rejection.rule != 0 || decoding->rejection.sentence != NULL;
  PAC_CHECK(is_rejected == !is_given || result == PAC_RESULT_LIMIT, "rule V-%03u", decoding->rejection.rule);
  PAC_CHECK(decoding->findings_count <= decoding->findings_max, "%u findings", (unsigned)decoding->findings_count);
  return is_given;
}

static inline bool decoded_unit(const uint8_t *octets, size_t size, enum pac_encoding_profile profile,
                                struct pac_decoding *decoding, struct pac_object **object) {
  *decoding = (struct pac_decoding){.profile = profile};
  enum pac_result result = pac_unit_decode(NULL, octets, size, decoding, object);
  return decoded_check(result, decoding, *object != NULL);
}

/** What strict accepts holds no more than notes; two rules of class S are notes in some places. */
static inline void decoded_check_notes(const struct pac_decoding *strict) {
  for (unsigned rule = 0; rule < PAC_RULE_NUMBERS_MAX; rule++) {
    if (strict->rules_found[rule / 64] == 0) {
      rule |= 63;
    } else if (pac_decoding_found(strict, rule) && rule != 38 && rule != 166) {
      PAC_CHECK(pac_rule_find(rule)->rule_class == PAC_RULE_NOTE, "strict accepts what breaks V-%03u", rule);
    }
  }
}

/** What strict accepts tolerant accepts, and both list the same; what strict rejects tolerant rejects for the same rule, or
 * lists that rule. A context that holds an object says of it only that it is none (V-172). */
static inline void decoded_check_profiles(bool is_strict, bool is_tolerant, const struct pac_decoding *strict,
                                          const struct pac_decoding *tolerant) {
  PAC_CHECK(!is_strict || is_tolerant, "tolerant rejects with V-%03u", tolerant->rejection.rule);
  unsigned rule = strict->rejection.rule;
  if (is_strict) {
    PAC_CHECK(memcmp(strict->rules_found, tolerant->rules_found, sizeof strict->rules_found) == 0,
              "the profiles found different rules in what both accept");
    decoded_check_notes(strict);
  } else if (rule != 172) {
    PAC_CHECK(pac_decoding_found(tolerant, rule) || (!is_tolerant && tolerant->rejection.rule == rule),
              "strict rejects with V-%03u, of which tolerant says nothing", rule);
  }
}

static inline void decoded_check_same(const struct pac_object *left, const struct pac_object *right, const char *what) {
  char difference[512] = "";
  PAC_CHECK(pac_object_compare(left, right, PAC_COMPARE_ALL, difference, sizeof difference), "%s: %s", what, difference);
}

/** Encodes, decodes strictly and compares; encoding that once more gives the same octets. */
static inline void decoded_check_round_trip(const struct pac_object *object) {
  struct pac_octets first = {NULL, 0};
  struct pac_octets second = {NULL, 0};
  struct pac_object *again = NULL;
  struct pac_decoding decoding;
  enum pac_result result = pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &first);
  if (result == PAC_RESULT_LIMIT) {
    return; /* the canonical form can need more octets than the container may have */
  }
  PAC_CHECK(result == PAC_RESULT_OK, "encoding a decoded object: %s", pac_result_text(result));
  PAC_CHECK(decoded_unit(first.data, first.size, PAC_ENCODING_STRICT, &decoding, &again), "its encoding breaks V-%03u at %u",
            decoding.rejection.rule, (unsigned)decoding.rejection.offset);
  decoded_check_same(object, again, "after encoding");
  result = pac_unit_encode(NULL, again, PAC_ENCODE_CANONICAL, &second);
  PAC_CHECK(result == PAC_RESULT_OK, "encoding it again: %s", pac_result_text(result));
  PAC_CHECK(first.size == second.size && memcmp(first.data, second.data, first.size) == 0,
            "one object has two encodings");
  pac_octets_free(NULL, &first);
  pac_octets_free(NULL, &second);
  pac_object_free(again);
}

#endif
