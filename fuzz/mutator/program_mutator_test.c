/* SPDX-License-Identifier: Apache-2.0 */
/* The mutator of programs keeps what it says: what it reads it writes again, what comes in between changes no meaning,
 * most mutants are another program that still puts something, and one octet is seed enough. The figures are printed. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kinds.h"
#include "program.h"
#include "program/program.h"
#include "program/recycler.h"
#include "unit.h"
#include "vectors.h"

#define SEEDS_MAX 2000u
#define MUTANTS_PER_SEED 60u
#define ROOM 4096u
#define REGION_OCTETS ((size_t)1 << 22)

static struct {
  uint8_t *octets;
  size_t size;
} seeds[SEEDS_MAX];
static size_t seeds_count;
static struct pac_recycler *recycler;

/* Leaves are changed in one octet. */
static size_t leaf(uint8_t *octets, size_t size, size_t max) {
  (void)max;
  if (size > 0) {
    octets[size / 2] = (uint8_t)(octets[size / 2] + 1);
  }
  return size;
}

/* What is exported from the cases is whole; what campaigns found may have pieces that no operand can use. */
static bool is_exported(const char *name) {
  return name[0] != '.' && strncmp(name, "found_", 6) != 0;
}

static void load_seeds(void) {
  const char *folder = PAC_SOURCE_DIR "/corpus/put_sequence";
  DIR *entries = opendir(folder);
  for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL && seeds_count < SEEDS_MAX;) {
    char path[2048];
    (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    uint8_t *octets = is_exported(entry->d_name) ? vectors_read_file(path, &seeds[seeds_count].size) : NULL;
    if (octets != NULL && seeds[seeds_count].size <= ROOM) {
      seeds[seeds_count].octets = octets;
      seeds_count += 1;
    } else {
      free(octets);
    }
  }
  if (entries != NULL) {
    closedir(entries);
  }
}

static struct pac_program *decoded(const uint8_t *octets, size_t size) {
  struct pac_program *program = NULL;
  CU_ASSERT_EQUAL_FATAL(pac_program_decode(pac_recycler_memory(recycler), octets, size, &program), PAC_RESULT_OK);
  return program;
}

static uint32_t puts_of(const struct pac_program *program) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < program->call_count; i++) {
    count += program->calls[i].op == PAC_PROGRAM_PUT;
  }
  return count;
}

static bool is_same(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size) {
  pac_recycler_reset(recycler);
  struct pac_program *first = decoded(left, left_size);
  struct pac_program *second = decoded(right, right_size);
  bool is_equal = pac_program_equal(first, second);
  pac_program_free(first);
  pac_program_free(second);
  return is_equal;
}

/* Reading and writing ---------------------------------------------------------------------------------------------- */

static struct random random_octets = {1};
static struct document document = {.random = &random_octets};

static size_t written_again(const uint8_t *octets, size_t size, uint8_t written[ROOM]) {
  static struct program program;
  mut_program_read(&program, &document, octets, (uint32_t)size, (uint32_t)size);
  size_t written_size = mut_program_write(&program, written);
  CU_ASSERT_TRUE(written_size <= size);
  return written_size;
}

/* Exactly, but for pieces that are not what their operands need: those mean an entry of a pool by their own number. */
static void what_is_read_is_written_again(void) {
  static uint8_t octets[ROOM], written[ROOM], twice[ROOM];
  CU_ASSERT_TRUE_FATAL(seeds_count > 50);
  for (size_t i = 0; i < seeds_count; i++) {
    size_t size = written_again(seeds[i].octets, seeds[i].size, written);
    CU_ASSERT_TRUE(is_same(seeds[i].octets, seeds[i].size, written, size));
  }
  for (unsigned i = 0; i < 20000; i++) {
    bool has_pieces = i % 2 == 0;
    size_t size = has_pieces ? 1 + random_below(&random_octets, i % 16 == 0 ? ROOM : 400)
                             : 1 + (size_t)PAC_PROGRAM_INSTRUCTION_OCTETS * random_below(&random_octets, 64);
    for (size_t j = 0; j < size; j++) {
      octets[j] = (uint8_t)random_next(&random_octets);
    }
    octets[0] = (uint8_t)(has_pieces ? random_below(&random_octets, (uint32_t)(size / 8 + 2)) : PAC_BYTES_ALL);
    /* Many small pieces, of which some are meant by nobody. */
    for (size_t at = 1 + (size_t)PAC_PROGRAM_INSTRUCTION_OCTETS * octets[0]; has_pieces && at + 2 <= size;) {
      set_u16(octets + at, random_below(&random_octets, 6));
      at += 2 + octets[at];
    }
    size_t written_size = written_again(octets, size, written);
    CU_ASSERT_TRUE(has_pieces || is_same(octets, size, written, written_size));
    size_t twice_size = written_again(written, written_size, twice);
    CU_ASSERT_TRUE(twice_size == written_size && memcmp(written, twice, twice_size) == 0);
  }
}

/* A class that nobody uses, and a word that nobody meant, at every place. */
static void what_comes_in_between_changes_no_meaning(void) {
  static struct program program;
  static uint8_t written[2 * ROOM];
  unsigned tried = 0;
  for (size_t i = 0; i < seeds_count; i++) {
    mut_program_read(&program, &document, seeds[i].octets, (uint32_t)seeds[i].size, sizeof written);
    uint32_t count = program.count;
    for (uint32_t at = 0; at <= count; at++) {
      struct objects objects;
      mut_program_read(&program, &document, seeds[i].octets, (uint32_t)seeds[i].size, sizeof written);
      mut_program_objects(&program, count, &objects);
      struct instruction row = mut_program_instruction(&program, PAC_BYTES_CLASS);
      row.octets[A] = mut_program_carry(&program, (const uint8_t *)"Unused", 6);
      if (objects.count == PAC_PROGRAM_OBJECTS_MAX || !mut_program_insert(&program, at, &row)) {
        continue; /* the oldest is forgotten then */
      }
      size_t size = mut_program_write(&program, written);
      tried += 1;
      CU_ASSERT_TRUE(is_same(seeds[i].octets, seeds[i].size, written, size));
    }
  }
  CU_ASSERT_TRUE(tried > 5 * seeds_count);
}

/* Mutants ---------------------------------------------------------------------------------------------------------- */

static void most_mutants_are_other_programs_that_put(void) {
  static uint8_t octets[ROOM];
  unsigned mutants = 0, others = 0, putting = 0;
  unsigned long calls = 0, calls_before = 0;
  double seconds = 0;
  struct pac_mutator *mutator = pac_mutator_new("put_sequence", leaf);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  for (size_t i = 0; i < seeds_count; i++) {
    for (unsigned seed = 0; seed < MUTANTS_PER_SEED; seed++) {
      memcpy(octets, seeds[i].octets, seeds[i].size);
      size_t partner = (i + seed) % seeds_count;
      bool is_crossed = seed % 3 == 0;
      clock_t began = clock();
      size_t size = pac_mutate(mutator, octets, seeds[i].size, ROOM, is_crossed ? seeds[partner].octets : NULL,
                               is_crossed ? seeds[partner].size : 0, seed * 7919u + i);
      seconds += (double)(clock() - began) / CLOCKS_PER_SEC;
      pac_recycler_reset(recycler);
      struct pac_program *before = decoded(seeds[i].octets, seeds[i].size);
      struct pac_program *after = decoded(octets, size);
      bool has_put = puts_of(before) > 0;
      mutants += has_put;
      others += has_put && !pac_program_equal(before, after);
      putting += has_put && puts_of(after) > 0;
      calls_before += before->call_count;
      calls += after->call_count;
      pac_program_free(before);
      pac_program_free(after);
    }
  }
  pac_mutator_free(mutator);
  CU_ASSERT_TRUE_FATAL(mutants > 0);
  printf(
      "\n    put_sequence: %u mutants, %.1f %% another program, %.1f %% with a put, %.1f calls (before: %.1f), %.0f a "
      "second\n  ",
      mutants, 100.0 * others / mutants, 100.0 * putting / mutants, (double)calls / mutants,
      (double)calls_before / mutants, mutants / seconds);
  CU_ASSERT_TRUE(100u * others >= 85u * mutants);
  CU_ASSERT_TRUE(100u * putting >= 98u * mutants);
  CU_ASSERT_TRUE(calls < 2 * calls_before);
}

/* Objects of the partner come with what makes them, and with the names that it carries. */
static void objects_of_the_partner_come_over_whole(void) {
  static const char text[] =
      "class Only_In_Partner {\n  [key] string Name;\n  uint8 Only_Property = 4;\n};\n"
      "instance of Only_In_Partner as $one {\n  Name = \"only text\";\n};\n"
      "put Only_In_Partner sink A\nput $one sink B\n";
  static uint8_t octets[ROOM], partner[ROOM];
  size_t partner_size = 0;
  char why[256] = "";
  struct pac_program *program = NULL;
  struct pac_mutator *mutator = pac_mutator_new("put_sequence", leaf);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  CU_ASSERT_EQUAL_FATAL(pac_program_parse(NULL, text, strlen(text), &program, why, sizeof why), PAC_RESULT_OK);
  CU_ASSERT_EQUAL_FATAL(pac_program_encode(program, partner, sizeof partner, &partner_size), PAC_RESULT_OK);
  pac_program_free(program);
  unsigned whole = 0, foreign = 0;
  for (unsigned seed = 0; seed < 4000; seed++) {
    size_t from = seed % seeds_count;
    memcpy(octets, seeds[from].octets, seeds[from].size);
    size_t size = pac_mutate(mutator, octets, seeds[from].size, ROOM, partner, partner_size, seed);
    pac_recycler_reset(recycler);
    program = decoded(octets, size);
    for (uint32_t i = 0; i < program->call_count; i++) {
      if (program->calls[i].op != PAC_PROGRAM_PUT || program->calls[i].object == PAC_PROGRAM_NONE) {
        continue;
      }
      const struct pac_object *object = program->objects[program->calls[i].object].object;
      const char *name = pac_object_class_name(object);
      if (name != NULL && strcmp(name, "Only_In_Partner") == 0) {
        foreign += 1;
        whole += pac_object_property_find(object, "Only_Property") != NULL;
      }
    }
    pac_program_free(program);
  }
  pac_mutator_free(mutator);
  printf("\n    puts of the partner's class: %u, with its property: %u\n  ", foreign, whole);
  CU_ASSERT_TRUE(whole >= 300);
  CU_ASSERT_TRUE(4 * whole >= 3 * foreign);
}

static void nothing_is_written_outside_of_the_room(void) {
  static const char *const targets[] = {"put_sequence", "put_differential"};
  for (size_t t = 0; t < sizeof targets / sizeof targets[0]; t++) {
    struct pac_mutator *mutator = pac_mutator_new(targets[t], leaf);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
    for (size_t i = 0; i < seeds_count; i++) {
      size_t max = i % 8 == 0 ? 1 + i % 24 : seeds[i].size + i % 64;
      size_t size = seeds[i].size < max ? seeds[i].size : max;
      uint8_t *octets = malloc(max);
      CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
      memcpy(octets, seeds[i].octets, size);
      for (unsigned seed = 0; seed < 60; seed++) {
        size_t partner = (i + seed) % seeds_count;
        size = pac_mutate(mutator, octets, size, max, seeds[partner].octets, seeds[partner].size, seed * 31 + i);
        CU_ASSERT_TRUE(size >= 1 && size <= max);
      }
      free(octets);
    }
    pac_mutator_free(mutator);
  }
}

static void the_same_seed_gives_the_same_mutant(void) {
  static uint8_t octets[2][ROOM];
  size_t sizes[2];
  for (size_t from = 0; from < 20; from++) {
    for (unsigned i = 0; i < 2; i++) {
      struct pac_mutator *mutator = pac_mutator_new("put_differential", leaf);
      CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
      if (i == 1) { /* what it did before must not tell */
        memcpy(octets[1], seeds[from + 1].octets, seeds[from + 1].size);
        pac_mutate(mutator, octets[1], seeds[from + 1].size, ROOM, seeds[0].octets, seeds[0].size, 5);
      }
      memcpy(octets[i], seeds[from].octets, seeds[from].size);
      sizes[i] = seeds[from].size;
      for (unsigned seed = 0; seed < 20; seed++) {
        sizes[i] = pac_mutate(mutator, octets[i], sizes[i], ROOM, seeds[seed].octets, seeds[seed].size, seed);
      }
      pac_mutator_free(mutator);
    }
    CU_ASSERT_TRUE(sizes[0] == sizes[1] && memcmp(octets[0], octets[1], sizes[0]) == 0);
  }
}

static void from_one_octet_it_gets_to_several_calls(void) {
  static uint8_t octets[ROOM];
  struct pac_mutator *mutator = pac_mutator_new("put_sequence", leaf);
  unsigned several = 0;
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  for (unsigned try = 0; try < 100; try++) {
    octets[0] = 'A';
    size_t size = 1;
    for (unsigned seed = 0; seed < 8; seed++) {
      size = pac_mutate(mutator, octets, size, ROOM, NULL, 0, 1000u * try + seed);
    }
    pac_recycler_reset(recycler);
    struct pac_program *program = decoded(octets, size);
    several += program->call_count >= 3 && puts_of(program) >= 2;
    pac_program_free(program);
  }
  pac_mutator_free(mutator);
  printf("\n    three calls and two puts from one octet after eight mutations: %u of 100\n  ", several);
  CU_ASSERT_TRUE(several >= 75);
}

/* put_differential reads one octet from the end: it stays, most of the time, and what is before it is the program. */
static void the_option_octet_is_kept_mostly(void) {
  static uint8_t octets[ROOM + 1];
  unsigned mutants = 0, kept = 0, others = 0;
  struct pac_mutator *mutator = pac_mutator_new("put_differential", leaf);
  CU_ASSERT_PTR_NOT_NULL_FATAL(mutator);
  for (size_t i = 0; i < seeds_count; i++) {
    for (unsigned seed = 0; seed < 10; seed++) {
      memcpy(octets, seeds[i].octets, seeds[i].size);
      octets[seeds[i].size] = 0xA5;
      size_t size = pac_mutate(mutator, octets, seeds[i].size + 1, sizeof octets, NULL, 0, seed * 7919u + i);
      bool is_kept = octets[size - 1] == 0xA5;
      mutants += 1;
      kept += is_kept;
      others += is_kept && !is_same(seeds[i].octets, seeds[i].size, octets, size - 1);
    }
  }
  pac_mutator_free(mutator);
  CU_ASSERT_TRUE(10 * kept >= 9 * mutants && kept < mutants);
  CU_ASSERT_TRUE(4 * others >= 3 * kept);
}

static CU_TestInfo tests[] = {
    {"what_is_read_is_written_again", what_is_read_is_written_again},
    {"what_comes_in_between_changes_no_meaning", what_comes_in_between_changes_no_meaning},
    {"most_mutants_are_other_programs_that_put", most_mutants_are_other_programs_that_put},
    {"objects_of_the_partner_come_over_whole", objects_of_the_partner_come_over_whole},
    {"nothing_is_written_outside_of_the_room", nothing_is_written_outside_of_the_room},
    {"the_same_seed_gives_the_same_mutant", the_same_seed_gives_the_same_mutant},
    {"from_one_octet_it_gets_to_several_calls", from_one_octet_it_gets_to_several_calls},
    {"the_option_octet_is_kept_mostly", the_option_octet_is_kept_mostly},
    CU_TEST_INFO_NULL,
};

int main(void) {
  load_seeds();
  int status =
      pac_recycler_new(REGION_OCTETS, &recycler) == PAC_RESULT_OK ? unit_run("program_mutator", tests) : EXIT_FAILURE;
  pac_recycler_free(recycler);
  for (size_t i = 0; i < seeds_count; i++) {
    free(seeds[i].octets);
  }
  return status;
}
