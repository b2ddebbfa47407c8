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

/* Seconds that one run takes: the median of rounds, each long enough for the clock. */
static double median_seconds(action *run, const struct subject *subject) {
  double rounds[ROUNDS];
  unsigned long runs = 1;
  for (double spent = 0; spent < ROUND_SECONDS;) {
    double start = now();
    for (unsigned long i = 0; i < runs; i++) {
      run(subject);
    }
    spent = now() - start;
    runs = spent < ROUND_SECONDS ? runs * 2 : runs;
  }
  for (unsigned i = 0; i < ROUNDS; i++) {
    double start = now();
    for (unsigned long j = 0; j < runs; j++) {
      run(subject);
    }
    rounds[i] = (now() - start) / (double)runs;
  }
  qsort(rounds, ROUNDS, sizeof rounds[0], compare_doubles);
  return rounds[ROUNDS / 2];
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

/* A class of many properties; about 66 octets each. */
static struct pac_object *make_wide(size_t size) {
  struct pac_object *object = new_class("Wide");
  for (size_t i = 0; i < size / 66; i++) {
    char name[NAME_OCTETS_MAX];
    struct pac_value value = pac_value_uint(PAC_CIM_UINT32, i);
    snprintf(name, sizeof name, "Property%06zu", i);
    must(pac_class_property_add(object, name, &value));
  }
  return object;
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

/* Nanoseconds an octet of decoding and of encoding. */
static void measure_object(struct pac_object *object, double *decoding, double *encoding, size_t *size) {
  struct pac_octets octets = {NULL, 0};
  must(pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &octets));
  struct subject subject = {octets.data, octets.size, object};
  *decoding = median_seconds(decode_once, &subject) * 1e9 / (double)octets.size;
  *encoding = median_seconds(encode_once, &subject) * 1e9 / (double)octets.size;
  *size = octets.size;
  pac_octets_free(NULL, &octets);
  pac_object_free(object);
}

static void measure_growth(const char *what, struct pac_object *(*make)(size_t)) {
  double decoding[2];
  double encoding[2];
  size_t size[2];
  measure_object(make(10000), &decoding[0], &encoding[0], &size[0]);
  measure_object(make(1000000), &decoding[1], &encoding[1], &size[1]);
  printf("  %-11s decode %6.3f -> %6.3f ns/octet, ratio %.2f   encode %6.3f -> %6.3f ns/octet, ratio %.2f"
         "   (%zu, %zu octets)\n",
         what, decoding[0], decoding[1], decoding[1] / decoding[0], encoding[0], encoding[1],
         encoding[1] / encoding[0], size[0], size[1]);
}

int main(int argc, char **argv) {
  measure_file(argc > 1 ? argv[1] : PAC_THIRD_PARTY_VECTORS "/valid/windows_processstartup_class.bin");
  printf("growth, 10 kB -> 1 MB\n");
  measure_growth("wide", make_wide);
  measure_growth("deep", make_deep);
  measure_growth("heavy heap", make_heavy_heap);
  return EXIT_SUCCESS;
}
