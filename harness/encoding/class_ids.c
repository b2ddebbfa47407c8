/* SPDX-License-Identifier: Apache-2.0 */
/* Class parts by class id, see class_ids.h. Where they live and for how long is up to whoever keeps the set. */
#include "encoding/class_ids.h"

struct wire_class *pac_class_ids_find(const struct class_ids *known, const uint8_t class_id[PAC_CLASS_ID_OCTETS]) {
  for (; known != NULL; known = known->earlier) {
    uint32_t index = pac_name_set_find(&known->numbers, class_id, PAC_CLASS_ID_OCTETS);
    if (index != NAME_SET_NEW) {
      return known->parts[index];
    }
  }
  return NULL;
}

enum pac_result pac_class_ids_put(struct decoder *decoder, struct class_ids *known,
                                  const uint8_t class_id[PAC_CLASS_ID_OCTETS], struct wire_class *part,
                                  bool *is_repeated) {
  uint32_t index = NAME_SET_NEW;
  *is_repeated = pac_class_ids_find(known, class_id) != NULL;
  if (known->count == known->max) {
    uint32_t room = known->max == 0 ? 4 : known->max * 2;
    struct wire_class **grown = NULL;
    PAC_TRY(pac_decoder_allocate(decoder, decoder->tree, room, sizeof *grown, &grown));
    if (known->count > 0) {
      memcpy(grown, known->parts, known->count * sizeof(struct wire_class *));
    }
    known->parts = grown;
    known->max = room;
  }
  PAC_TRY(pac_name_set_add(decoder, &known->numbers, class_id, PAC_CLASS_ID_OCTETS, known->count, &index));
  if (index != NAME_SET_NEW) {
    known->parts[index] = part;
    return PAC_RESULT_OK;
  }
  known->parts[known->count] = part;
  known->count += 1;
  return PAC_RESULT_OK;
}
