/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our side of the differential test: makes objects from seeds and reads what the other side made. Everything travels as
 * one JSON object a line.
 *
 *     encoding_differential instances|classes SEED COUNT    {"name", "octets", "decoded"} for each object
 *     encoding_differential judge                           octets as hexadecimal lines in, {"rule", "tolerated",
 *                                                           "decoded"} out, tolerant profile
 */
#include <jansson.h>
#include <stdbool.h>

#include "encoding/differential/generated.h"
#include "encoding/dump.h"

#define LINE_OCTETS_MAX (1u << 20)
#define FINDINGS_MAX 64u

static bool write_line(json_t *line) {
  bool is_written = json_dumpf(line, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF;
  json_decref(line);
  return is_written;
}

static json_t *hexadecimal(const struct pac_octets *octets) {
  char *digits = malloc(octets->size * 2 + 1);
  if (digits == NULL) {
    return NULL;
  }
  for (size_t i = 0; i < octets->size; i++) {
    snprintf(digits + 2 * i, 3, "%02x", octets->data[i]);
  }
  json_t *text = json_stringn(digits, octets->size * 2);
  free(digits);
  return text;
}

static bool generate(bool makes_instances, uint64_t seed) {
  struct generator generator = {.state = seed, .is_plain = true};
  struct pac_object *object = makes_instances ? generator_instance(&generator) : generator_class(&generator);
  struct pac_octets octets = {NULL, 0};
  struct pac_decoding decoding = {.profile = PAC_ENCODING_STRICT};
  char name[64];
  generator_must(pac_unit_encode(NULL, object, PAC_ENCODE_CANONICAL, &octets));
  json_t *decoded = pac_dump_to_json(PAC_ENCODING_UNIT, octets.data, octets.size, &decoding);
  snprintf(name, sizeof name, "%s of seed %llu", makes_instances ? "instance" : "class", (unsigned long long)seed);
  json_t *line = json_pack("{s:s, s:o, s:o}", "name", name, "octets", hexadecimal(&octets), "decoded", decoded);
  pac_octets_free(NULL, &octets);
  pac_object_free(object);
  return write_line(line);
}

static json_t *tolerated_rules(const struct pac_decoding *decoding) {
  json_t *rules = json_array();
  for (uint32_t i = 0; i < decoding->findings_count; i++) {
    if (!decoding->findings[i].is_note) {
      json_array_append_new(rules, json_integer((json_int_t)decoding->findings[i].rule));
    }
  }
  return rules;
}

static int digit_value(int digit) {
  return digit >= 'a' ? digit - 'a' + 10 : digit - '0';
}

static bool judge(const char *line, uint8_t *octets) {
  size_t size = strspn(line, "0123456789abcdef") / 2;
  for (size_t i = 0; i < size; i++) {
    octets[i] = (uint8_t)(digit_value(line[2 * i]) << 4 | digit_value(line[2 * i + 1]));
  }
  struct pac_encoding_finding findings[FINDINGS_MAX];
  struct pac_decoding decoding = {
      .profile = PAC_ENCODING_TOLERANT, .findings = findings, .findings_max = FINDINGS_MAX};
  json_t *decoded = pac_dump_to_json(PAC_ENCODING_UNIT, octets, size, &decoding);
  return write_line(json_pack("{s:i, s:o, s:o*}", "rule", (int)decoding.rejection.rule, "tolerated",
                              tolerated_rules(&decoding), "decoded", decoded));
}

int main(int argc, char **argv) {
  static char line[LINE_OCTETS_MAX];
  static uint8_t octets[LINE_OCTETS_MAX / 2];
  bool is_good = true;
  if (argc == 2 && strcmp(argv[1], "judge") == 0) {
    while (is_good && fgets(line, sizeof line, stdin) != NULL) {
      is_good = judge(line, octets);
    }
    return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
  }
  if (argc != 4) {
    fprintf(stderr, "usage: encoding_differential instances|classes SEED COUNT | judge\n");
    return 2;
  }
  uint64_t seed = strtoull(argv[2], NULL, 10);
  uint64_t count = strtoull(argv[3], NULL, 10);
  for (uint64_t i = 0; i < count && is_good; i++) {
    is_good = generate(strcmp(argv[1], "instances") == 0, seed + i);
  }
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
