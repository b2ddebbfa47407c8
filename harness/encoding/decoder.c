/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judgement and budgets of a decoding: what a broken rule leads to under either profile, the path that is printed with
 * it, trials, and memory charged against the size of the container. Knows no layout.
 */
#include "encoding/decoder.h"

#include <inttypes.h>
#include <stdio.h>

#include "object/text.h"

#define TEXT_CHUNK_OCTETS 2048u
#define FRAMES_SHOWN_MAX 96u

enum pac_encoding_kind pac_encoding_recognise(const void *octets, size_t size) {
  static const uint8_t unit[] = {0x78, 0x56, 0x34, 0x12};
  static const uint8_t array[] = {'W', 'B', 'E', 'M', 'D', 'A', 'T', 'A'};
  const uint8_t *head = octets;
  if (size >= sizeof unit && memcmp(head, unit, sizeof unit) == 0) {
    return PAC_ENCODING_UNIT;
  }
  return size >= 4 + sizeof array && memcmp(head + 4, array, sizeof array) == 0 ? PAC_ENCODING_OBJECT_ARRAY
                                                                                 : PAC_ENCODING_CONTEXT;
}

bool pac_decoding_found(const struct pac_decoding *decoding, unsigned rule) {
  return rule < PAC_RULE_NUMBERS_MAX && (decoding->rules_found[rule / 64] >> (rule % 64) & 1) != 0;
}

enum pac_result pac_decoder_init(struct decoder *decoder, const void *octets, size_t size, struct pac_decoding *report,
                                 struct pac_arena *tree, struct pac_arena *texts) {
  *decoder = (struct decoder){
      .octets = octets,
      .is_strict = report->profile == PAC_ENCODING_STRICT,
      .report = report,
      .tree = tree,
      .texts = texts,
  };
  report->findings_count = 0;
  report->findings_total = 0;
  memset(report->rules_found, 0, sizeof report->rules_found);
  report->rejection.rule = 0;
  report->rejection.offset = 0;
  report->rejection.path[0] = '\0';
  report->rejection.sentence = NULL;
  if (size > PAC_ENCODING_OCTETS_MAX) {
    return pac_decoder_reject(decoder, 132, 0);
  }
  decoder->size = (uint32_t)size;
  decoder->repeats_left = PAC_ENCODING_REPEATS_MAX;
  decoder->nodes_left = (uint64_t)size * PAC_ENCODING_NODES_PER_OCTET + PAC_ENCODING_NODES_EXTRA;
  decoder->text_left = decoder->nodes_left;
  decoder->memory_left = (uint64_t)size * PAC_ENCODING_MEMORY_PER_OCTET + PAC_ENCODING_MEMORY_EXTRA;
  return PAC_RESULT_OK;
}

/* Findings -------------------------------------------------------------------------------------------------------- */

static size_t print_frame(const struct frame *frame, bool is_first, char *text, size_t room) {
  int length;
  const char *dot = is_first ? "" : ".";
  if (frame->name != NULL) {
    length = snprintf(text, room, "%s%s[%s]", dot, frame->word, frame->name);
  } else if (frame->index >= 0) {
    length = snprintf(text, room, "%s%s[%" PRId64 "]", dot, frame->word, frame->index);
  } else {
    length = snprintf(text, room, "%s%s", dot, frame->word);
  }
  return length < 0 ? 0 : (size_t)length;
}

/* A path that is too long loses its end; a text cut inside a character loses the character. */
static void print_path(const struct decoder *decoder, char path[PAC_ENCODING_PATH_OCTETS_MAX]) {
  const struct frame *frames[FRAMES_SHOWN_MAX];
  uint32_t total = 0;
  for (const struct frame *frame = decoder->frame; frame != NULL; frame = frame->up) {
    frames[total % FRAMES_SHOWN_MAX] = frame;
    total += 1;
  }
  uint32_t shown = total < FRAMES_SHOWN_MAX ? total : FRAMES_SHOWN_MAX;
  size_t length = 0;
  path[0] = '\0';
  for (uint32_t i = 0; i < shown && length < PAC_ENCODING_PATH_OCTETS_MAX; i++) {
    const struct frame *frame = frames[(total - 1 - i) % FRAMES_SHOWN_MAX];
    length += print_frame(frame, i == 0, path + length, PAC_ENCODING_PATH_OCTETS_MAX - length);
  }
  if (length >= PAC_ENCODING_PATH_OCTETS_MAX) {
    path[pac_text_cut(path, PAC_ENCODING_PATH_OCTETS_MAX - 1)] = '\0';
  }
}

static void fill_finding(const struct decoder *decoder, unsigned rule, uint32_t offset, bool is_note,
                         struct pac_encoding_finding *finding) {
  finding->rule = rule;
  finding->is_note = is_note;
  finding->offset = offset;
  finding->sentence = pac_rule_find(rule)->sentence;
  print_path(decoder, finding->path);
}

static void record(struct decoder *decoder, unsigned rule, uint32_t offset, bool is_note) {
  struct pac_decoding *report = decoder->report;
  report->rules_found[rule / 64] |= (uint64_t)1 << (rule % 64);
  report->findings_total += 1;
  if (report->findings_count < report->findings_max && report->findings != NULL) {
    fill_finding(decoder, rule, offset, is_note, &report->findings[report->findings_count]);
    report->findings_count += 1;
  }
}

static bool is_limit(unsigned rule) {
  return rule >= 130 && rule <= 132;
}

enum pac_result pac_decoder_reject(struct decoder *decoder, unsigned rule, uint32_t offset) {
  decoder->rejected_rule = rule;
  if (decoder->trials == 0 || is_limit(rule)) {
    fill_finding(decoder, rule, offset, false, &decoder->report->rejection);
  }
  return is_limit(rule) ? PAC_RESULT_LIMIT : PAC_RESULT_MALFORMED;
}

enum pac_result pac_decoder_soft(struct decoder *decoder, unsigned rule, uint32_t offset) {
  if (decoder->is_strict || decoder->trials > 0) {
    return pac_decoder_reject(decoder, rule, offset);
  }
  record(decoder, rule, offset, false);
  return PAC_RESULT_OK;
}

/* The object model finds members by a hash of their names. Equal names all fall on one place, so that keeping many of
 * them would take the square of their number. */
enum pac_result pac_decoder_repeat(struct decoder *decoder, unsigned rule, uint32_t offset) {
  PAC_TRY(pac_decoder_soft(decoder, rule, offset));
  if (decoder->repeats_left == 0) {
    return pac_decoder_reject(decoder, 131, offset);
  }
  decoder->repeats_left -= 1;
  return PAC_RESULT_OK;
}

void pac_decoder_note(struct decoder *decoder, unsigned rule, uint32_t offset) {
  record(decoder, rule, offset, true);
}

enum pac_result pac_decoder_limit(struct decoder *decoder, const char *sentence, uint32_t offset) {
  /* The object is made after all has been read: there is no path to a field. */
  decoder->report->rejection = (struct pac_encoding_finding){.offset = offset, .sentence = sentence};
  return PAC_RESULT_LIMIT;
}

void pac_decoder_try(struct decoder *decoder, struct trial *trial) {
  const struct pac_decoding *report = decoder->report;
  trial->frame = decoder->frame;
  trial->depth = decoder->depth;
  trial->findings_count = report->findings_count;
  trial->findings_total = report->findings_total;
  memcpy(trial->rules_found, report->rules_found, sizeof trial->rules_found);
  decoder->trials += 1;
}

bool pac_decoder_tried(struct decoder *decoder, const struct trial *trial, enum pac_result result) {
  decoder->trials -= 1;
  if (result != PAC_RESULT_MALFORMED) {
    return false;
  }
  struct pac_decoding *report = decoder->report;
  decoder->frame = trial->frame;
  decoder->depth = trial->depth;
  report->findings_count = trial->findings_count;
  report->findings_total = trial->findings_total;
  memcpy(report->rules_found, trial->rules_found, sizeof trial->rules_found);
  return true;
}

/* Budgets --------------------------------------------------------------------------------------------------------- */

enum pac_result pac_decoder_count_nodes(struct decoder *decoder, uint64_t count, uint32_t offset) {
  if (decoder->nodes_left < count) {
    return pac_decoder_reject(decoder, 131, offset);
  }
  decoder->nodes_left -= count;
  return PAC_RESULT_OK;
}

enum pac_result pac_decoder_allocate(struct decoder *decoder, struct pac_arena *arena, uint64_t count, size_t size,
                                     void *given) {
  /* Counts stay below 2^32 and sizes below 2^10: the product fits. */
  uint64_t octets = count * size;
  if (octets > decoder->memory_left) {
    return pac_decoder_reject(decoder, 131, 0);
  }
  decoder->memory_left -= octets;
  void *memory = pac_arena_allocate(arena, (size_t)octets);
  memcpy(given, &memory, sizeof memory);
  return memory != NULL ? PAC_RESULT_OK : PAC_RESULT_NO_MEMORY;
}

enum pac_result pac_decoder_text_room(struct decoder *decoder, size_t size, char **room) {
  if (size > decoder->text_room) {
    size_t chunk = size;
    if (size < TEXT_CHUNK_OCTETS / 8) {
      /* Small containers get small chunks, so that their texts stay within the memory budget. */
      chunk = decoder->size < TEXT_CHUNK_OCTETS ? decoder->size + size : TEXT_CHUNK_OCTETS;
    }
    char *text = NULL;
    PAC_TRY(pac_decoder_allocate(decoder, decoder->texts, chunk, 1, &text));
    decoder->text_next = text;
    decoder->text_room = chunk;
  }
  *room = decoder->text_next;
  return PAC_RESULT_OK;
}

enum pac_result pac_decoder_open(struct decoder *decoder, struct span *span, uint64_t least, struct span *part) {
  uint32_t start = span->at;
  uint32_t length = 0;
  PAC_TRY(read_u32(decoder, span, &length));
  if (length < least) {
    return pac_decoder_reject(decoder, 7, start);
  }
  if (length > span->end - start) {
    return pac_decoder_reject(decoder, 6, start);
  }
  *part = (struct span){span->at, start + length};
  span->at = start + length;
  return PAC_RESULT_OK;
}
