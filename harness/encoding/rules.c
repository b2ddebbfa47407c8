/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The validity rules as a table, made from rules.def. What each rule demands is checked where its field is read; the
 * profiles are applied in decoder.c.
 */
#include "pacheck/encoding.h"

#define RULE_CLASS_F PAC_RULE_FATAL
#define RULE_CLASS_S PAC_RULE_STRICT
#define RULE_CLASS_N PAC_RULE_NOTE

static const struct pac_rule rules[] = {
#define PAC_RULE(number, letter, sentence) {number, RULE_CLASS_##letter, sentence},
#include "encoding/rules.def"
#undef PAC_RULE
};

const struct pac_rule *pac_rules(size_t *count) {
  *count = sizeof rules / sizeof rules[0];
  return rules;
}

const struct pac_rule *pac_rule_find(unsigned number) {
  size_t low = 0;
  size_t high = sizeof rules / sizeof rules[0];
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (rules[middle].number < number) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < sizeof rules / sizeof rules[0] && rules[low].number == number ? &rules[low] : NULL;
}
