/* SPDX-License-Identifier: Apache-2.0 */
/* Captures of standard output and standard error as sealable memory files. Linux's own calls are kept to this file and
 * process.c. */
#define _GNU_SOURCE
#include "runner/capture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_SHOWN_MAX 400u

/* Timelines hold calls and events first of all, so a part of them stays free for the second stream. */
#define ROOM_LEFT(record) (PAC_TIMELINE_MAX - (record)->timeline_count)

enum pac_result pac_capture_new(int *given) {
  int descriptor = memfd_create("pacheck-output", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) {
    return PAC_RESULT_IO;
  }
  if (fcntl(descriptor, F_SETFL, O_APPEND) != 0) {
    close(descriptor);
    return PAC_RESULT_IO;
  }
  *given = descriptor;
  return PAC_RESULT_OK;
}

static off_t size_of(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : 0;
}

void pac_capture_clear(int descriptor) {
  if (size_of(descriptor) > 0) {
    (void)!ftruncate(descriptor, 0);
  }
}

void pac_capture_trim(int descriptor) {
  off_t size = size_of(descriptor);
  if (size > (off_t)PAC_CAPTURE_KEPT_MAX * 16) {
    off_t front = size - (off_t)PAC_CAPTURE_KEPT_MAX * 2;
    if (fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, front) != 0) {
      (void)!ftruncate(descriptor, 0); /* no holes here: better the end of the output lost than memory exhausted */
    }
  }
}

void pac_capture_seal(int descriptor) {
  (void)fcntl(descriptor, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW);
}

/* One line of the output as a line of the timeline. Octets that are no text would garble a terminal. */
static bool line_append(struct pac_case_record *record, const char *stream, const char *line, size_t length) {
  char text[LINE_SHOWN_MAX + 64];
  size_t shown = length < LINE_SHOWN_MAX ? length : LINE_SHOWN_MAX;
  int start = snprintf(text, sizeof text - shown - 4, "%s: ", stream);
  size_t used = (size_t)start;
  for (size_t i = 0; i < shown; i++) {
    unsigned char octet = (unsigned char)line[i];
    text[used++] = octet == '\t' ? ' ' : octet < 0x20 || octet == 0x7f ? '?' : line[i];
  }
  if (shown < length) {
    memcpy(text + used, "...", 3);
    used += 3;
  }
  char *copy = pac_arena_copy_text(record->arena, text, used);
  if (copy == NULL || record->timeline_count == PAC_TIMELINE_MAX) {
    return false;
  }
  record->timeline[record->timeline_count++] = copy;
  return true;
}

static void tail_append(struct pac_case_record *record, const char *stream, const char *tail, size_t length,
                        bool is_cut) {
  size_t room = ROOM_LEFT(record) < PAC_CAPTURE_LINES_MAX ? ROOM_LEFT(record) : PAC_CAPTURE_LINES_MAX;
  while (length > 0 && tail[length - 1] == '\n') {
    length -= 1;
  }
  size_t from = length;
  size_t lines = 0;
  while (from > 0 && lines < room) {
    size_t line_start = from;
    while (line_start > 0 && tail[line_start - 1] != '\n') {
      line_start -= 1;
    }
    lines += 1;
    from = line_start > 0 && lines < room ? line_start - 1 : line_start;
  }
  if (lines == 0) {
    return;
  }
  if ((from > 0 || is_cut) && lines > 1) {
    /* The first of the lines gives way to a word about those that are not shown. */
    const char *end = memchr(tail + from, '\n', length - from);
    from = end != NULL ? (size_t)(end - tail) + 1 : from;
    line_append(record, stream, "... (earlier output is left out)", strlen("... (earlier output is left out)"));
  }
  while (from < length) {
    const char *end = memchr(tail + from, '\n', length - from);
    size_t line_length = end != NULL ? (size_t)(end - tail) - from : length - from;
    if (!line_append(record, stream, tail + from, line_length)) {
      return;
    }
    from += line_length + 1;
  }
}

void pac_capture_append(int descriptor, const char *stream, struct pac_case_record *record) {
  off_t size = size_of(descriptor);
  if (size <= 0 || record->arena == NULL) {
    return;
  }
  size_t kept = size < (off_t)PAC_CAPTURE_KEPT_MAX ? (size_t)size : PAC_CAPTURE_KEPT_MAX;
  char *tail = malloc(kept);
  if (tail == NULL) {
    return;
  }
  ssize_t length = pread(descriptor, tail, kept, size - (off_t)kept);
  if (length > 0) {
    tail_append(record, stream, tail, (size_t)length, (off_t)kept < size);
  }
  free(tail);
}
