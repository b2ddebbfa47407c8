/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How fast the codec is: decoding and encoding of one file beside memcpy of the same octets and beside impacket in the
 * same run, and whether the time per octet stays the same from 10 kB to 1 MB. Figures are medians of many rounds.
 *
 *     encoding_bench [FILE]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pacheck/encoding.h"

#define ROUNDS 31u
#define ROUND_SECONDS 0.02
#define NAME_OCTETS_MAX 64u

static volatile uint8_t sink; /* keeps memcpy from being left out */

struct subject {
  const uint8_t *octets;
  size_t size;
  const struct pac_object *object;
};

typedef void action(const struct subject *subject);

static void must(enum pac_result result) {
  if (result != PAC_RESULT_OK) {
    fprintf(stderr, "encoding_bench: %s\n", pac_result_text(result));
    exit(EXIT_FAILURE);
  }
}

static void decode_once(const struct subject *subject) {
  struct pac_object *object = NULL;
  must(pac_unit_decode(NULL, subject->octets, subject->size, NULL, &object));
  pac_object_free(object);
}

static void encode_once(const struct subject *subject) {
  struct pac_octets octets = {NULL, 0};
  must(pac_unit_encode(NULL, subject->object, PAC_ENCODE_CANONICAL, &octets));
  pac_octets_free(NULL, &octets);
}

static void copy_once(const struct subject *subject) {
  static uint8_t copy[2u << 20];
  memcpy(copy, subject->octets, subject->size);
  sink = copy[subject->size / 2];
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int compare_doubles(const void *left, const void *right) {
  double a = *(const double *)left;
  double b = *(const double *)right;
  return (a > b) - (a < b);
}

/* Runs that fill a round long enough for the clock. */
static unsigned long runs_of_a_round(action *run, const struct subject *subject) {
  unsigned long runs = 1;
  for (;;) {
    double start = now();
    for (unsigned long i = 0; i < runs; i++) {
      run(subject);
    }
    if (now() - start >= ROUND_SECONDS) {
      return runs;
    }
    runs *= 2;
  }
}

/* Seconds that one run takes, over one round. */
static double round_seconds(action *run, const struct subject *subject, unsigned long runs) {
  double start = now();
  for (unsigned long i = 0; i < runs; i++) {
    run(subject);
  }
  return (now() - start) / (double)runs;
}

static double median(double *rounds) {
  qsort(rounds, ROUNDS, sizeof rounds[0], compare_doubles);
  return rounds[ROUNDS / 2];
}

static double median_seconds(action *run, const struct subject *subject) {
  double rounds[ROUNDS];
  unsigned long runs = runs_of_a_round(run, subject);
  for (unsigned i = 0; i < ROUNDS; i++) {
    rounds[i] = round_seconds(run, subject, runs);
  }
  return median(rounds);
}

static double print_rate(const char *what, double seconds, size_t size) {
  double rate = (double)size / seconds / 1e6;
  printf("  %-28s %10.1f MB/s   %8.3f us each\n", what, rate, seconds * 1e6);
  return rate;
}

/* One file -------------------------------------------------------------------------------------------------------- */

/* Impacket's seconds for one decoding, as its script prints them; 0 when it is not there. */
static double impacket_seconds(const char *path) {
  char command[2048];
  double seconds = 0;
  snprintf(command, sizeof command, "/usr/bin/python3 '%s/harness/encoding/bench/impacket_bench.py' '%s'",
           PAC_SOURCE_DIR, path);
  FILE *output = popen(command, "r");
  if (output == NULL) {
    return 0;
  }
  if (fscanf(output, "%lf", &seconds) != 1) {
    seconds = 0;
  }
  pclose(output);
  return seconds;
}

static void measure_file(const char *path) {
  static uint8_t octets[1u << 20];
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    printf("%s cannot be read: no figures for it\n", path);
    return;
  }
  size_t size = fread(octets, 1, sizeof octets, file);
  fclose(file);
  struct pac_object *object = NULL;
  must(pac_unit_decode(NULL, octets, size, NULL, &object));
  struct pac_octets canonical = {NULL, 0};
  must(pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &canonical));
  struct subject subject = {octets, size, object};
  const char *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
  printf("%s, %zu octets\n", name, size);
  double decoding = median_seconds(decode_once, &subject);
  print_rate("decode, strict, to an object", decoding, size);
  print_rate("encode, canonical", median_seconds(encode_once, &subject), canonical.size);
  print_rate("memcpy", median_seconds(copy_once, &subject), size);
  double impacket = impacket_seconds(path);
  if (impacket > 0) {
    print_rate("impacket, decode", impacket, size);
    printf("  decode is %.0f times as fast as impacket\n", impacket / decoding);
  } else {
    printf("  impacket is not there: no comparison\n");
  }
  pac_octets_free(NULL, &canonical);
  pac_object_free(object);
}

/* Growth ---------------------------------------------------------------------------------------------------------- */

static struct pac_object *new_class(const char *name) {
  struct pac_object *class_object = NULL;
  must(pac_class_new(NULL, name, &class_object));
  return class_object;
}

/* A class of many properties, about 66 octets each; a step other than 1 declares them out of their order in the table. */
static struct pac_object *make_properties(size_t size, size_t step) {
  struct pac_object *object = new_class("Wide");
  size_t count = size / 66;
  for (size_t i = 0; i < count; i++) {
    char name[NAME_OCTETS_MAX];
    struct pac_value value = pac_value_uint(PAC_CIM_UINT32, i);
    snprintf(name, sizeof name, "Property%06zu", i * step % count);
    must(pac_class_property_add(object, name, &value));
  }
  return object;
}

static struct pac_object *make_wide(size_t size) {
  return make_properties(size, 1);
}

static struct pac_object *make_shuffled(size_t size) {
  return make_properties(size, 7919);
}

/* Instances in each other as deep as they may, each with its share of texts. */
static struct pac_object *make_deep(size_t size) {
  size_t elements = size / PAC_ENCODING_NESTING_MAX / 26;
  union pac_scalar *texts = calloc(elements + 1, sizeof *texts);
  struct pac_object *inner = NULL;
  if (texts == NULL) {
    exit(EXIT_FAILURE);
  }
  for (size_t i = 0; i < elements; i++) {
    texts[i].text = "twenty octets a text";
  }
  for (unsigned level = 0; level < PAC_ENCODING_NESTING_MAX; level++) {
    struct pac_object *class_object = new_class("Deep");
    struct pac_object *instance = NULL;
    struct pac_value none = pac_value_null(PAC_CIM_OBJECT, false);
    struct pac_value no_texts = pac_value_null(PAC_CIM_STRING, true);
    struct pac_value all_texts = pac_value_array(PAC_CIM_STRING, texts, (uint32_t)elements);
    must(pac_class_property_add(class_object, "Inner", &none));
    must(pac_class_property_add(class_object, "Texts", &no_texts));
    must(pac_instance_new(NULL, class_object, &instance));
    must(pac_object_property_set(instance, "Texts", &all_texts));
    if (inner != NULL) {
      struct pac_value value = pac_value_object(inner);
      must(pac_object_property_set(instance, "Inner", &value));
    }
    pac_object_free(class_object);
    pac_object_free(inner);
    inner = instance;
  }
  free(texts);
  return inner;
}

/* One array of many texts. */
static struct pac_object *make_heavy_heap(size_t size) {
  size_t elements = size / 26;
  union pac_scalar *texts = calloc(elements + 1, sizeof *texts);
  if (texts == NULL) {
    exit(EXIT_FAILURE);
  }
  for (size_t i = 0; i < elements; i++) {
    texts[i].text = "twenty octets a text";
  }
  struct pac_object *object = new_class("Heavy");
  struct pac_value value = pac_value_array(PAC_CIM_STRING, texts, (uint32_t)elements);
  must(pac_class_property_add(object, "Texts", &value));
  free(texts);
  return object;
}

struct growth {
  double nanoseconds[2]; /* an octet, small and large */
  double ratio;
};

/* Rounds of the small and of the large object take turns, so that what else the machine does slows both; the ratio is
 * the median of the ratios of neighbouring rounds. */
static struct growth measure_turns(action *run, const struct subject subjects[2]) {
  double rounds[2][ROUNDS];
  double ratios[ROUNDS];
  unsigned long runs[2];
  for (unsigned i = 0; i < 2; i++) {
    runs[i] = runs_of_a_round(run, &subjects[i]);
  }
  for (unsigned i = 0; i < ROUNDS; i++) {
    for (unsigned j = 0; j < 2; j++) {
      rounds[j][i] = round_seconds(run, &subjects[j], runs[j]) * 1e9 / (double)subjects[j].size;
    }
    ratios[i] = rounds[1][i] / rounds[0][i];
  }
  return (struct growth){{median(rounds[0]), median(rounds[1])}, median(ratios)};
}

static void measure_growth(const char *what, struct pac_object *(*make)(size_t)) {
  struct pac_object *objects[2] = {make(10000), make(1000000)};
  struct pac_octets octets[2] = {{NULL, 0}, {NULL, 0}};
  struct subject subjects[2];
  for (unsigned i = 0; i < 2; i++) {
    must(pac_unit_encode(NULL, objects[i], PAC_ENCODE_CANONICAL, &octets[i]));
    subjects[i] = (struct subject){octets[i].data, octets[i].size, objects[i]};
  }
  struct growth decoding = measure_turns(decode_once, subjects);
  struct growth encoding = measure_turns(encode_once, subjects);
  printf("  %-11s decode %6.3f -> %6.3f ns/octet, ratio %.2f   encode %6.3f -> %6.3f ns/octet, ratio %.2f"
         "   (%zu, %zu octets)\n",
         what, decoding.nanoseconds[0], decoding.nanoseconds[1], decoding.ratio, encoding.nanoseconds[0],
         encoding.nanoseconds[1], encoding.ratio, octets[0].size, octets[1].size);
  for (unsigned i = 0; i < 2; i++) {
    pac_octets_free(NULL, &octets[i]);
    pac_object_free(objects[i]);
  }
}

int main(int argc, char **argv) {
  measure_file(argc > 1 ? argv[1] : PAC_THIRD_PARTY_VECTORS "/valid/windows_processstartup_class.bin");
  printf("growth, 10 kB -> 1 MB\n");
  measure_growth("wide", make_wide);
  measure_growth("deep", make_deep);
  measure_growth("heavy heap", make_heavy_heap);
  measure_growth("shuffled", make_shuffled); /* beyond what is asked of it: every step is a cache miss at 1 MB */
  return EXIT_SUCCESS;
}
