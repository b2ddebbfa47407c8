/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the ambiguities and how to look one up. Recording which reading a run saw is left to the runner. */
#include "contract/readings.h"

#include <stddef.h>
#include <string.h>

#include "contract/published_number.h"

static const struct pac_reading_text readings[PAC_READING_COUNT] = {
#define READING(name, number_, id_, point_, accept_) \
  [PAC_READING_##name] = {.id = (id_), .number = (number_), .point = (point_), .accept = (accept_)},
#include "contract/readings.def"
#undef READING
};

const struct pac_reading_text *pac_reading_at(enum pac_reading reading) {
  return (unsigned)reading > PAC_READING_NONE && (unsigned)reading < PAC_READING_COUNT ? &readings[reading] : NULL;
}

enum pac_result pac_reading_find(const char *word, enum pac_reading *reading) {
  if (word == NULL || reading == NULL) {
    return PAC_RESULT_INVALID_ARGUMENT;
  }
  uint32_t number = pac_published_number(word, 'A', PAC_READING_COUNT - 1);
  for (unsigned at = PAC_READING_NONE + 1; at < PAC_READING_COUNT; at++) {
    if (readings[at].number == number || strcmp(readings[at].id, word) == 0) {
      *reading = (enum pac_reading)at;
      return PAC_RESULT_OK;
    }
  }
  return PAC_RESULT_NOT_FOUND;
}
