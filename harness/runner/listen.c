/* SPDX-License-Identifier: Apache-2.0 */
/* Takes in a worker's lines. The adapter lives in the process that writes them, so nothing here trusts a line further
 * than it can be checked: a case counts only when it is the next one that the worker was given. */
#include "runner/listen.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/progress.h"

#define READ_SIZE 65536u
#define READS_MAX 64u /* of one turn, so that one worker cannot keep the loop from the others */
#define LINE_MAX_SIZE (PAC_JOURNAL_LINE_MAX + 64u)

/* The first worker that is ready tells what is judged; the journal begins with that. */
static enum pac_result run_line_take(struct pac_supervision *all, const char *text, size_t length) {
  struct pac_arena *arena = NULL;
  struct pac_journal_line line;
  enum pac_result result = pac_arena_new(NULL, 0, &arena);
  if (result == PAC_RESULT_OK) {
    result = pac_journal_parse(arena, text, length, &line, all->why, all->why_size);
  }
  if (result == PAC_RESULT_OK && line.kind == PAC_JOURNAL_RUN && !all->has_run_line) {
    struct pac_journal_run run = *all->run;
    run.name = line.run.name;
    run.version = line.run.version;
    run.features = line.run.features;
    result = pac_journal_write_run(all->journal, &run);
    all->has_run_line = result == PAC_RESULT_OK;
    (void)fflush(all->journal); /* a run that is cut short shows at least what it was */
  }
  pac_arena_free(arena);
  return result;
}

static enum pac_result case_line_take(struct pac_supervision *all, struct pac_slot *slot, const char *text,
                                      size_t length) {
  uint32_t position = 0;
  unsigned verdict = 0, hung = 0;
  int used = 0;
  if (sscanf(text, "C %" SCNu32 " %u %u %n", &position, &verdict, &hung, &used) != 3 || used <= 0 ||
      position != slot->next || position >= slot->end || verdict > PAC_VERDICT_BROKEN) {
    return PAC_RESULT_OK;
  }
  PAC_TRY(pac_ledger_put_line(all->ledger, position, (enum pac_verdict)verdict, text + used, length - (size_t)used));
  slot->last = position;
  slot->next = position + 1;
  all->hang_count += hung == 1;
  all->start_failures = 0;
  return PAC_RESULT_OK;
}

static enum pac_result late_line_take(struct pac_supervision *all, const char *text, size_t length) {
  uint32_t position = 0;
  int used = 0;
  if (sscanf(text, "L %" SCNu32 " %n", &position, &used) != 1 || used <= 0) {
    return PAC_RESULT_OK;
  }
  return pac_ledger_put_late(all->ledger, position, text + used, length - (size_t)used);
}

static enum pac_result line_take(struct pac_supervision *all, struct pac_slot *slot, const char *text, size_t length) {
  slot->alive_ms = pac_clock_ms();
  switch (text[0]) {
    case 'R':
      if (slot->state == PAC_SLOT_STARTING && length > 2) {
        PAC_TRY(run_line_take(all, text + 2, length - 2));
        slot->state = PAC_SLOT_READY;
      }
      return PAC_RESULT_OK;
    case 'X':
      if (slot->state != PAC_SLOT_STARTING || length < 2) {
        return PAC_RESULT_OK;
      }
      (void)snprintf(all->why, all->why_size, "%s", text + 2);
      return PAC_RESULT_UNSUPPORTED;
    case 'C':
      return case_line_take(all, slot, text, length);
    case 'L':
      return late_line_take(all, text, length);
    case 'E':
      slot->has_said_end = true;
      return PAC_RESULT_OK;
    default:
      return PAC_RESULT_OK;
  }
}

static enum pac_result lines_take(struct pac_supervision *all, struct pac_slot *slot) {
  size_t from = 0;
  enum pac_result result = PAC_RESULT_OK;
  while (result == PAC_RESULT_OK && from < slot->buffered) {
    char *end = memchr(slot->buffer + from, '\n', slot->buffered - from);
    if (end == NULL) {
      break;
    }
    *end = '\0';
    result = line_take(all, slot, slot->buffer + from, (size_t)(end - slot->buffer) - from);
    from = (size_t)(end - slot->buffer) + 1;
  }
  slot->buffered -= from;
  memmove(slot->buffer, slot->buffer + from, slot->buffered);
  if (slot->buffered > LINE_MAX_SIZE) {
    slot->buffered = 0; /* no line of ours is so long */
  }
  return result;
}

enum pac_result pac_slot_listen(struct pac_supervision *all, struct pac_slot *slot) {
  for (unsigned reads = 0; reads < READS_MAX && !slot->is_closed; reads++) {
    if (slot->room - slot->buffered < READ_SIZE) {
      size_t room = slot->room + 2 * READ_SIZE;
      char *grown = realloc(slot->buffer, room);
      if (grown == NULL) {
        (void)snprintf(all->why, all->why_size, "%s", pac_result_text(PAC_RESULT_NO_MEMORY));
        return PAC_RESULT_NO_MEMORY;
      }
      slot->buffer = grown;
      slot->room = room;
    }
    ssize_t length = read(slot->process.journal, slot->buffer + slot->buffered, READ_SIZE);
    if (length < 0) {
      return PAC_RESULT_OK; /* nothing there now; whether the worker lives is asked elsewhere */
    }
    slot->is_closed = length == 0;
    slot->buffered += (size_t)length;
    enum pac_result result = lines_take(all, slot);
    if (result != PAC_RESULT_OK) {
      if (result != PAC_RESULT_UNSUPPORTED) {
        (void)snprintf(all->why, all->why_size, "%s", pac_result_text(result));
      }
      return result;
    }
    if ((size_t)length < READ_SIZE) {
      return PAC_RESULT_OK;
    }
  }
  return PAC_RESULT_OK;
}
