/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random mutations of every vector: nothing crashes or leaks, memory stays within the stated multiple, and what the
 * profiles and the encoder promise each other holds. A few thousand by default; the count is the first argument or the
 * variable PAC_MUTATIONS, the seed the second or PAC_SEED. A failure prints the number of the mutation to run alone.
 */
#include "encoding/differential/generated.h"
#include "unit.h"
#include "vectors.h"

#define MUTATIONS_DEFAULT 20000ul
#define EDITS_MAX 4u
#define ARENA_SLACK_OCTETS (4u << 20) /* blocks are rounded up, and there are several arenas */

static struct vectors vectors;
static unsigned long mutations_count = MUTATIONS_DEFAULT;
static uint64_t first_seed = 1;

/* Memory that knows its peak. */
struct counted_memory {
  struct pac_memory source;
  size_t live;
  size_t peak;
};

static void *counted_resize(void *context, void *block, size_t size) {
  struct counted_memory *memory = context;
  size_t *old = block != NULL ? (size_t *)block - 2 : NULL; /* two, so that alignment is kept */
  memory->live -= old != NULL ? *old : 0;
  if (size == 0) {
    free(old);
    return NULL;
  }
  size_t *grown = realloc(old, size + 2 * sizeof *grown);
  if (grown == NULL) {
    abort();
  }
  *grown = size;
  memory->live += size;
  memory->peak = memory->live > memory->peak ? memory->live : memory->peak;
  return grown + 2;
}

/* Mutations ------------------------------------------------------------------------------------------------------- */

struct mutant {
  uint8_t *octets;
  size_t size;
  size_t room;
};

static void put_u32(uint8_t *at, uint32_t value) {
  for (unsigned i = 0; i < 4; i++) {
    at[i] = (uint8_t)(value >> (8 * i));
  }
}

static uint32_t get_u32(const uint8_t *at) {
  return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* One edit at a random place: an octet, a 32-bit field set to what breaks decoders or moved a little, octets cut,
 * repeated or copied from elsewhere. */
static void mutate(struct generator *generator, struct mutant *mutant) {
  static const uint32_t words[] = {0,          1,          2,          3,          4,          0x1000,
                                   0x7FFFFFFF, 0x80000000, 0x8000000A, 0x8000000B, 0xFFFFFFFF, 0x20000001};
  if (mutant->size < 8) {
    return;
  }
  uint32_t at = generator_below(generator, (uint32_t)mutant->size - 7);
  uint32_t count = 1 + generator_below(generator, 8);
  switch (generator_below(generator, 8)) {
    case 0: mutant->octets[at] = (uint8_t)generator_next(generator); break;
    case 1: mutant->octets[at] ^= (uint8_t)(1u << generator_below(generator, 8)); break;
    case 2: put_u32(mutant->octets + at, words[generator_below(generator, 12)]); break;
    case 3:
    case 4: put_u32(mutant->octets + at, get_u32(mutant->octets + at) + generator_below(generator, 9) - 4); break;
    case 5: mutant->size -= count < mutant->size - at ? count : 0; break;
    case 6:
      if (mutant->size + count <= mutant->room) {
        memmove(mutant->octets + at + count, mutant->octets + at, mutant->size - at);
        mutant->size += count;
      }
      break;
    default: {
      uint32_t from = generator_below(generator, (uint32_t)mutant->size - 7);
      memmove(mutant->octets + at, mutant->octets + from, count < 8 ? count : 7);
    }
  }
}

/* Judgement ------------------------------------------------------------------------------------------------------- */

/* What one kind of container decodes to. */
struct decoded {
  struct pac_object *object;
  struct pac_object_array *array;
  struct pac_named_values *values;
};

static enum pac_result decode(const struct pac_memory *memory, enum pac_encoding_kind kind, const uint8_t *octets,
                              size_t size, struct pac_decoding *decoding, struct decoded *decoded) {
  memset(decoded, 0, sizeof *decoded);
  switch (kind) {
    case PAC_ENCODING_UNIT: return pac_unit_decode(memory, octets, size, decoding, &decoded->object);
    case PAC_ENCODING_OBJECT_ARRAY:
      return pac_object_array_decode(memory, octets, size, decoding, NULL, &decoded->array);
    default: return pac_context_decode(memory, octets, size, decoding, &decoded->values);
  }
}

static void reset(struct decoded *decoded) {
  pac_object_free(decoded->object);
  pac_object_array_free(decoded->array);
  pac_named_values_free(decoded->values);
}

/* What was accepted can be encoded, and what comes back is equal. */
static bool comes_back(const struct decoded *decoded) {
  struct pac_octets octets = {NULL, 0};
  struct decoded again = {.object = NULL};
  struct pac_decoding decoding = {.profile = PAC_ENCODING_TOLERANT};
  bool is_equal = true;
  if (decoded->object != NULL) {
    if (pac_unit_encode(NULL, decoded->object, 0, &octets) != PAC_RESULT_OK) {
      return false;
    }
    is_equal = pac_unit_decode(NULL, octets.data, octets.size, &decoding, &again.object) == PAC_RESULT_OK &&
               pac_object_equal(decoded->object, again.object);
  } else if (decoded->values != NULL) {
    enum pac_result result = pac_context_encode(NULL, decoded->values, NULL, 0, &octets);
    is_equal = result == PAC_RESULT_OK &&
               pac_context_decode(NULL, octets.data, octets.size, &decoding, &again.values) == PAC_RESULT_OK &&
               pac_named_values_equal(decoded->values, again.values);
  }
  reset(&again);
  pac_octets_free(NULL, &octets);
  return is_equal;
}

static const char *judge(const struct mutant *mutant, enum pac_encoding_kind kind) {
  struct decoded decoded[2];
  enum pac_result results[2];
  struct pac_decoding decodings[2];
  const char *complaint = NULL;
  /* Exactly as many octets as the container has, so that a sanitizer sees a read behind them. */
  uint8_t *exact = malloc(mutant->size + (mutant->size == 0));
  if (exact == NULL) {
    abort();
  }
  memcpy(exact, mutant->octets, mutant->size);
  for (unsigned i = 0; i < 2; i++) {
    struct counted_memory memory = {.source = {counted_resize, &memory}};
    decodings[i] = (struct pac_decoding){.profile = (enum pac_encoding_profile)i};
    results[i] = decode(&memory.source, kind, exact, mutant->size, &decodings[i], &decoded[i]);
    if (memory.peak > mutant->size * PAC_ENCODING_MEMORY_PER_OCTET + PAC_ENCODING_MEMORY_EXTRA + ARENA_SLACK_OCTETS) {
      complaint = "more memory than stated";
    }
    if (results[i] == PAC_RESULT_OK && !comes_back(&decoded[i])) {
      /* Ancestors without a parent's definition (V-055) come back with an empty one. */
      complaint = pac_decoding_found(&decodings[i], 55) ? complaint : "accepted, but does not come back";
    }
    bool is_judged = results[i] == PAC_RESULT_OK || decodings[i].rejection.sentence != NULL;
    complaint = is_judged ? complaint : "rejected without a sentence";
    reset(&decoded[i]);
    if (results[i] != PAC_RESULT_OK && memory.live != 0) {
      complaint = "a rejected container left memory behind";
    }
  }
  if (results[0] == PAC_RESULT_OK && results[1] != PAC_RESULT_OK) {
    complaint = "strict accepts, tolerant does not";
  }
  free(exact);
  return complaint;
}

static void mutations_neither_crash_nor_contradict(void) {
  unsigned long complaints = 0;
  unsigned long accepted = 0;
  for (unsigned long i = 0; i < mutations_count; i++) {
    struct generator generator = {.state = first_seed + i};
    const struct vector *row = &vectors.rows[generator_below(&generator, (uint32_t)vectors.count)];
    struct mutant mutant = {malloc(row->size + 64), row->size, row->size + 64};
    if (mutant.octets == NULL) {
      abort();
    }
    memcpy(mutant.octets, row->octets, row->size);
    uint32_t edits = 1 + generator_below(&generator, EDITS_MAX);
    for (uint32_t j = 0; j < edits; j++) {
      mutate(&generator, &mutant);
    }
    const char *complaint = judge(&mutant, row->kind);
    if (complaint != NULL) {
      fprintf(stderr, "%s: %s; again with: mutations_test 1 %llu\n", row->file, complaint,
              (unsigned long long)(first_seed + i));
      complaints += 1;
    }
    accepted += complaint == NULL;
    free(mutant.octets);
  }
  CU_ASSERT_EQUAL(complaints, 0);
  CU_ASSERT_EQUAL(accepted, mutations_count);
}

/* Every prefix of every vector. */
static void cutting_anywhere_is_survived(void) {
  for (size_t i = 0; i < vectors.count; i++) {
    const struct vector *row = &vectors.rows[i];
    for (size_t size = 0; size < row->size; size += row->size > 600 ? 7 : 1) {
      struct mutant mutant = {row->octets, size, size};
      const char *complaint = judge(&mutant, row->kind);
      CU_ASSERT_PTR_NULL(complaint);
      if (complaint != NULL) {
        fprintf(stderr, "%s cut at %zu: %s\n", row->file, size, complaint);
      }
    }
  }
}

static CU_TestInfo tests[] = {{"mutations_neither_crash_nor_contradict", mutations_neither_crash_nor_contradict},
                              {"cutting_anywhere_is_survived", cutting_anywhere_is_survived},
                              CU_TEST_INFO_NULL};

int main(int argc, char **argv) {
  const char *count = argc > 1 ? argv[1] : getenv("PAC_MUTATIONS");
  const char *seed = argc > 2 ? argv[2] : getenv("PAC_SEED");
  mutations_count = count != NULL ? strtoul(count, NULL, 10) : MUTATIONS_DEFAULT;
  first_seed = seed != NULL ? strtoull(seed, NULL, 10) : 1;
  vectors_load(&vectors);
  int code = unit_run("mutations", tests);
  vectors_free(&vectors);
  return code;
}
