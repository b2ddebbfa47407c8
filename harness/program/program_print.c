/* SPDX-License-Identifier: Apache-2.0 */
/* Programs as text. What is printed is what the parser reads back to an equal program: each object as what it states beyond
 * its base (mof_print.c), and each call with everything that differs from what is left out. */
#include <stdio.h>

#include "program/mof_print.h"
#include "program/words.h"

static void text(struct writer *writer, const char *words) {
  pac_print_text(&writer->printer, words);
}

static void values_text(struct writer *writer, const struct pac_named_values *values) {
  text(writer, "{");
  for (uint32_t i = 0; i < pac_named_values_count(values); i++) {
    const struct pac_named_value *element = pac_named_values_at(values, i);
    text(writer, i == 0 ? "" : ", ");
    pac_mof_name_text(writer, element->name);
    text(writer, "=");
    pac_mof_typed_value_text(writer, &element->value);
  }
  text(writer, "}");
}

static void number_text(struct writer *writer, uint32_t number, bool is_hexadecimal) {
  char digits[24];
  (void)snprintf(digits, sizeof digits, is_hexadecimal ? "0x%x" : "%u", (unsigned)number);
  text(writer, digits);
}

/* The scripting name, or the code where two statuses share a name. */
static void status_text(struct writer *writer, enum pac_status status) {
  enum pac_status found = PAC_STATUS_NO_ERR;
  if (pac_status_find(pac_status_word(status), &found) == PAC_RESULT_OK && found == status) {
    text(writer, pac_status_word(status));
  } else {
    number_text(writer, pac_status_hresult(status, PAC_PROFILE_HEADER), true);
  }
}

static void flags_text(struct writer *writer, uint32_t flags) {
  static const struct {
    const char *word;
    uint32_t bit;
  } words[] = {
#define WORD(word, bit) {word, (uint32_t)(bit)},
      PAC_WORD_FLAG_MAP(WORD)
#undef WORD
  };
  const char *between = " flags ";
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if ((flags & words[i].bit) != 0) {
      text(writer, between);
      text(writer, words[i].word);
      flags &= ~words[i].bit;
      between = "|";
    }
  }
  if (flags != 0) {
    text(writer, between);
    number_text(writer, flags, true);
  }
}

static void sink_text(struct writer *writer, uint32_t sink) {
  const char letter[2] = {(char)('A' + sink), '\0'};
  text(writer, sink == PAC_PROGRAM_NONE ? " no sink" : " sink ");
  text(writer, sink == PAC_PROGRAM_NONE ? "" : letter);
}

static void put_text(struct writer *writer, const struct pac_program_call *call) {
  text(writer, " ");
  if (call->object == PAC_PROGRAM_NONE) {
    text(writer, "NULL");
  } else {
    pac_mof_row_text(writer, call->object);
  }
  flags_text(writer, call->flags);
  sink_text(writer, call->sink);
  if (call->context != NULL) {
    text(writer, " context ");
    values_text(writer, call->context);
  }
  if (call->async_context != NULL) {
    text(writer, " async ");
    values_text(writer, call->async_context);
  }
}

static void provider_text(struct writer *writer, const struct pac_program_call *call) {
  static const char *const words[] = {
#define WORD(word) word,
      PAC_WORD_PROVIDER_MAP(WORD)
#undef WORD
  };
  text(writer, " ");
  pac_mof_name_text(writer, call->class_name);
  text(writer, " ");
  text(writer, words[call->provider]);
  if (call->provider == PAC_PROVIDER_ANSWERS) {
    text(writer, " ");
    status_text(writer, call->answer);
  }
  if (call->number != 0) {
    text(writer, " progress ");
    number_text(writer, call->number, false);
  }
}

static void rights_text(struct writer *writer, uint32_t rights) {
  text(writer, " ");
#define WORD(word, mask)           \
  if (rights == (uint32_t)(mask)) { \
    text(writer, word);            \
    return;                        \
  }
  PAC_WORD_RIGHTS_MAP(WORD)
#undef WORD
  number_text(writer, rights, true);
}

static void call_text(struct writer *writer, const struct pac_program_call *call) {
  text(writer, pac_program_op_word(call->op));
  switch (call->op) {
    case PAC_PROGRAM_PUT:
      put_text(writer, call);
      break;
    case PAC_PROGRAM_STEP:
    case PAC_PROGRAM_FAIL:
      text(writer, call->op == PAC_PROGRAM_FAIL ? " allocation " : " ");
      number_text(writer, call->number, false);
      break;
    case PAC_PROGRAM_CANCEL:
      sink_text(writer, call->sink);
      break;
    case PAC_PROGRAM_RIGHTS:
      rights_text(writer, call->number);
      break;
    case PAC_PROGRAM_PROVIDER:
      provider_text(writer, call);
      break;
    default:
      break;
  }
  if (call->space != 0 && call->op != PAC_PROGRAM_CONNECT) {
    text(writer, " on ");
    number_text(writer, call->space + 1, false);
  }
  for (uint32_t i = 0; i < call->expected_count; i++) {
    text(writer, i == 0 ? " expect " : " or ");
    status_text(writer, call->expected[i]);
  }
  text(writer, "\n");
}

size_t pac_program_print(const struct pac_program *program, char *buffer, size_t size) {
  struct writer writer = {.printer = pac_printer_start(buffer, size), .program = program};
  pac_program_mark_embedded(program, writer.is_embedded);
  for (uint32_t i = 0; i < program->object_count; i++) {
    pac_mof_declaration_text(&writer, i);
  }
  for (uint32_t i = 0; i < program->call_count; i++) {
    call_text(&writer, &program->calls[i]);
  }
  return pac_printer_end(&writer.printer);
}
