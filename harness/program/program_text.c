/* SPDX-License-Identifier: Apache-2.0 */
/* Text to programs: declarations in MOF, and calls. Whatever is wrong is told in one sentence with its line. */
#include <stdio.h>
#include <string.h>

#include "program/mof.h"
#include "program/words.h"

struct reader {
  struct pac_lexer lexer;
  uint32_t spaces; /* connections so far */
};

/* `update-only|safe|0x1000`; the names of the scripting enumerations mean the same. */
static bool take_flags(struct pac_lexer *lexer, uint32_t *flags) {
  static const struct {
    const char *word;
    uint32_t bit;
  } words[] = {
#define WORD(word, bit) {word, (uint32_t)(bit)},
      PAC_WORD_FLAG_MAP(WORD)
#undef WORD
#define NAME(enumerator, bits, name) {name, bits},
          PAC_FLAG_MAP(NAME)
#undef NAME
  };
  char shown[64];
  do {
    size_t i = 0;
    uint64_t number = 0;
    if (lexer->token.kind == PAC_TOKEN_NUMBER) {
      if (!pac_lexer_need_number(lexer, "flags", 0, UINT32_MAX, &number)) {
        return false;
      }
      *flags |= (uint32_t)number;
      continue;
    }
    while (i < sizeof words / sizeof words[0] && !pac_lexer_is_word(lexer, words[i].word)) {
      i++;
    }
    if (i == sizeof words / sizeof words[0]) {
      return pac_lexer_fail(lexer, "there is no flag %s", pac_lexer_shown(lexer, shown, sizeof shown));
    }
    *flags |= words[i].bit;
    (void)pac_lexer_next(lexer);
  } while (pac_lexer_take_mark(lexer, '|'));
  return lexer->result == PAC_RESULT_OK;
}

static bool take_sink(struct pac_lexer *lexer, uint32_t *sink) {
  const char *name = lexer->token.text;
  bool is_sink = lexer->token.kind == PAC_TOKEN_WORD && name[0] >= 'A' &&
                 name[0] < (char)('A' + PAC_PROGRAM_SINKS_MAX) && name[1] == '\0';
  if (!is_sink) {
    return pac_lexer_fail(lexer, "a sink is a letter from A to %c", (char)('A' + PAC_PROGRAM_SINKS_MAX - 1));
  }
  *sink = (uint32_t)(name[0] - 'A');
  return pac_lexer_next(lexer);
}

static bool take_values(struct pac_lexer *lexer, const struct pac_named_values **given) {
  struct pac_named_values *values = NULL;
  if (!pac_lexer_try(lexer, pac_named_values_new(&lexer->program->memory, &values), "a context") ||
      !pac_lexer_need_mark(lexer, '{')) {
    return false;
  }
  while (!pac_lexer_is_mark(lexer, '}')) {
    const char *name = NULL;
    struct pac_value value;
    if (pac_named_values_count(values) > 0 && !pac_lexer_need_mark(lexer, ',')) {
      return false;
    }
    if (!pac_lexer_need_name(lexer, "the name of an element", &name) || !pac_lexer_need_mark(lexer, '=') ||
        !pac_mof_typed_value(lexer, &value)) {
      return false;
    }
    if (pac_named_values_item(values, name) != NULL) {
      return pac_lexer_fail_taken(lexer, "the context holds %s twice", name);
    }
    if (!pac_lexer_try(lexer, pac_named_values_add(values, name, &value), name)) {
      return false;
    }
  }
  *given = values;
  return pac_lexer_need_mark(lexer, '}');
}

static bool need_status(struct pac_lexer *lexer, enum pac_status *status) {
  const char *word = NULL;
  uint64_t code = 0;
  if (lexer->token.kind == PAC_TOKEN_NUMBER) {
    return pac_lexer_need_number(lexer, "a status", 0, UINT32_MAX, &code) &&
           (pac_status_of_hresult((pac_hresult)code, status) == PAC_RESULT_OK ||
            pac_lexer_fail_taken(lexer, "there is no status 0x%x", (unsigned)code));
  }
  if (!pac_lexer_need_name(lexer, "a status such as wbemErrNotFound", &word)) {
    return false;
  }
  return pac_status_find(word, status) == PAC_RESULT_OK || pac_lexer_fail_taken(lexer, "there is no status '%s'", word);
}

static bool take_expected(struct pac_lexer *lexer, struct pac_program_call *call) {
  enum pac_status *expected =
      pac_arena_allocate_array(lexer->program->arena, PAC_PROGRAM_EXPECTED_MAX, sizeof *expected);
  if (!pac_lexer_try(lexer, expected == NULL ? PAC_RESULT_NO_MEMORY : PAC_RESULT_OK, "an expectation")) {
    return false;
  }
  do {
    if (call->expected_count == PAC_PROGRAM_EXPECTED_MAX) {
      return pac_lexer_fail(lexer, "more than %u outcomes are expected", PAC_PROGRAM_EXPECTED_MAX);
    }
    if (!need_status(lexer, &expected[call->expected_count])) {
      return false;
    }
    call->expected_count += 1;
  } while (pac_lexer_take_word(lexer, "or"));
  call->expected = expected;
  return lexer->result == PAC_RESULT_OK;
}

static bool take_space(struct reader *reader, struct pac_program_call *call) {
  uint64_t number = 0;
  if (!pac_lexer_need_number(&reader->lexer, "a connection", 1, PAC_PROGRAM_SPACES_MAX, &number)) {
    return false;
  }
  if (number > reader->spaces) {
    return pac_lexer_fail_taken(&reader->lexer, "there is no connection %u here; 'connect' makes further ones",
                                (unsigned)number);
  }
  call->space = (uint32_t)number - 1;
  return true;
}

/* What is put: a name, an alias, or nothing. */
static bool take_subject(struct pac_lexer *lexer, struct pac_program_call *call) {
  const char *name = NULL;
  if (pac_lexer_take_word(lexer, "NULL")) {
    return true;
  }
  if (lexer->token.kind == PAC_TOKEN_ALIAS) {
    call->object = pac_mof_alias_row(lexer->program, lexer->token.text);
    return call->object != PAC_PROGRAM_NONE
               ? pac_lexer_next(lexer)
               : pac_lexer_fail(lexer, "$%s is not declared above", lexer->token.text);
  }
  if (!pac_lexer_need_name(lexer, "a class, an alias or NULL", &name)) {
    return false;
  }
  call->object = pac_mof_class_row(lexer->program, name, lexer->program->object_count);
  return call->object != PAC_PROGRAM_NONE ||
         pac_lexer_fail_taken(lexer, "the class %s is not declared above; an instance is put by its alias", name);
}

/* What a put says behind its subject. */
enum { SAYS_FLAGS = 0x01, SAYS_SINK = 0x02, SAYS_CONTEXT = 0x04, SAYS_ASYNC = 0x08, SAYS_SPACE = 0x10, SAYS_EXPECTED = 0x20 };

static bool says_once(struct pac_lexer *lexer, const char *word, unsigned what, unsigned *said) {
  if ((*said & what) != 0) {
    return pac_lexer_fail_taken(lexer, "the put says '%s' twice", word);
  }
  *said |= what;
  return true;
}

static bool take_put(struct reader *reader, struct pac_program_call *call) {
  struct pac_lexer *lexer = &reader->lexer;
  unsigned said = 0;
  call->sink = 0;
  if (!take_subject(lexer, call)) {
    return false;
  }
  for (;;) {
    bool is_fine = true;
    if (pac_lexer_take_word(lexer, "flags")) {
      is_fine = says_once(lexer, "flags", SAYS_FLAGS, &said) && take_flags(lexer, &call->flags);
    } else if (pac_lexer_take_word(lexer, "sink")) {
      is_fine = says_once(lexer, "sink", SAYS_SINK, &said) && take_sink(lexer, &call->sink);
    } else if (pac_lexer_take_word(lexer, "no")) {
      call->sink = PAC_PROGRAM_NONE;
      is_fine = (pac_lexer_take_word(lexer, "sink") || pac_lexer_fail_taken(lexer, "'no' is followed by 'sink'")) &&
                says_once(lexer, "sink", SAYS_SINK, &said);
    } else if (pac_lexer_take_word(lexer, "context")) {
      is_fine = says_once(lexer, "context", SAYS_CONTEXT, &said) && take_values(lexer, &call->context);
    } else if (pac_lexer_take_word(lexer, "async")) {
      is_fine = says_once(lexer, "async", SAYS_ASYNC, &said) && take_values(lexer, &call->async_context);
    } else if (pac_lexer_take_word(lexer, "on")) {
      is_fine = says_once(lexer, "on", SAYS_SPACE, &said) && take_space(reader, call);
    } else if (pac_lexer_take_word(lexer, "expect")) {
      is_fine = says_once(lexer, "expect", SAYS_EXPECTED, &said) && take_expected(lexer, call);
    } else {
      return lexer->result == PAC_RESULT_OK;
    }
    if (!is_fine) {
      return false;
    }
  }
}

static bool take_provider(struct pac_lexer *lexer, struct pac_program_call *call) {
  static const char *const words[] = {
#define WORD(word) word,
      PAC_WORD_PROVIDER_MAP(WORD)
#undef WORD
  };
  char shown[64];
  size_t kind = 0;
  uint64_t number = 0;
  if (!pac_lexer_need_name(lexer, "the class of a provider", &call->class_name)) {
    return false;
  }
  if (call->class_name[0] == '\0') {
    return pac_lexer_fail_taken(lexer, "the class of a provider has a name");
  }
  while (kind < sizeof words / sizeof words[0] && !pac_lexer_is_word(lexer, words[kind])) {
    kind++;
  }
  if (kind == sizeof words / sizeof words[0]) {
    return pac_lexer_fail(lexer, "there is no provider that is %s", pac_lexer_shown(lexer, shown, sizeof shown));
  }
  call->provider = (enum pac_provider_kind)kind;
  if (!pac_lexer_next(lexer) || (call->provider == PAC_PROVIDER_ANSWERS && !need_status(lexer, &call->answer))) {
    return false;
  }
  if (pac_lexer_take_word(lexer, "progress") &&
      !pac_lexer_need_number(lexer, "the progress reports", 0, PAC_PROGRAM_STEPS_MAX, &number)) {
    return false;
  }
  call->number = (uint32_t)number;
  return lexer->result == PAC_RESULT_OK;
}

static bool take_rights(struct pac_lexer *lexer, struct pac_program_call *call) {
  uint64_t number = 0;
#define WORD(word, mask)                   \
  if (pac_lexer_take_word(lexer, word)) {  \
    call->number = (uint32_t)(mask);       \
    return lexer->result == PAC_RESULT_OK; \
  }
  PAC_WORD_RIGHTS_MAP(WORD)
#undef WORD
  if (!pac_lexer_need_number(lexer, "a mask of rights (or all, none, read)", 0, PAC_RIGHTS_ALL, &number)) {
    return false;
  }
  call->number = (uint32_t)number;
  return true;
}

static bool take_arguments(struct reader *reader, struct pac_program_call *call) {
  struct pac_lexer *lexer = &reader->lexer;
  uint64_t number = 1;
  bool is_fine = true;
  switch (call->op) {
    case PAC_PROGRAM_PUT:
      return take_put(reader, call);
    case PAC_PROGRAM_STEP:
      is_fine = lexer->token.kind != PAC_TOKEN_NUMBER ||
                pac_lexer_need_number(lexer, "a count of steps", 1, PAC_PROGRAM_STEPS_MAX, &number);
      call->number = (uint32_t)number;
      break;
    case PAC_PROGRAM_FAIL:
      is_fine = (pac_lexer_take_word(lexer, "allocation") ||
                 pac_lexer_fail_taken(lexer, "'fail' is followed by 'allocation'")) &&
                pac_lexer_need_number(lexer, "an allocation", 0, 0xFFFu, &number);
      call->number = (uint32_t)number;
      break;
    case PAC_PROGRAM_CANCEL:
      is_fine = (pac_lexer_take_word(lexer, "sink") || pac_lexer_fail_taken(lexer, "'cancel' is followed by 'sink'")) &&
                take_sink(lexer, &call->sink);
      break;
    case PAC_PROGRAM_RIGHTS:
      is_fine = take_rights(lexer, call);
      break;
    case PAC_PROGRAM_PROVIDER:
      is_fine = take_provider(lexer, call);
      break;
    case PAC_PROGRAM_CONNECT:
      if (reader->spaces == PAC_PROGRAM_SPACES_MAX) {
        return pac_lexer_fail(lexer, "there are more than %u connections", PAC_PROGRAM_SPACES_MAX);
      }
      call->space = reader->spaces++;
      return true;
    default:
      break;
  }
  return is_fine && (!pac_lexer_take_word(lexer, "on") || take_space(reader, call)) && lexer->result == PAC_RESULT_OK;
}

static bool take_statement(struct reader *reader) {
  struct pac_lexer *lexer = &reader->lexer;
  uint32_t row = 0;
  char shown[64];
  if (pac_lexer_take_mark(lexer, ';')) {
    return true;
  }
  if (pac_lexer_is_mark(lexer, '[') || pac_lexer_is_word(lexer, "class") || pac_lexer_is_word(lexer, "instance")) {
    return pac_mof_declaration(lexer, &row);
  }
  for (unsigned op = 0; op < PAC_PROGRAM_OP_COUNT; op++) {
    if (pac_lexer_is_word(lexer, pac_program_op_word((enum pac_program_op)op))) {
      struct pac_program_call call = pac_program_call_of((enum pac_program_op)op);
      call.line = lexer->token.line;
      if (!pac_lexer_next(lexer) || !take_arguments(reader, &call)) {
        return false;
      }
      enum pac_result result = pac_program_add_call(lexer->program, &call);
      return result == PAC_RESULT_LIMIT
                 ? pac_lexer_fail_taken(lexer, "there are more than %u calls", PAC_PROGRAM_CALLS_MAX)
                 : pac_lexer_try(lexer, result, "a call");
    }
  }
  return pac_lexer_fail(lexer, "a declaration or a call is missing before %s", pac_lexer_shown(lexer, shown, sizeof shown));
}

static enum pac_result check_distinct(const struct pac_program *program, char *why, size_t why_size) {
  uint32_t index = pac_program_indistinct(program);
  if (index == PAC_PROGRAM_NONE) {
    return PAC_RESULT_OK;
  }
  const struct pac_program_call *call = &program->calls[index];
  (void)snprintf(why, why_size,
                 "line %u: sink %c serves more than one put; give each an async context of its own: async {Call=\"first\"}",
                 (unsigned)call->line, (char)('A' + call->sink));
  return PAC_RESULT_MALFORMED;
}

enum pac_result pac_program_parse(const struct pac_memory *memory, const char *words, size_t length,
                                  struct pac_program **given, char *why, size_t why_size) {
  struct reader reader = {.spaces = 1};
  struct pac_program *program = NULL;
  if (length > PAC_PROGRAM_TEXT_OCTETS_MAX) {
    (void)snprintf(why, why_size, "line 1: the file is larger than %u octets", PAC_PROGRAM_TEXT_OCTETS_MAX);
    return PAC_RESULT_LIMIT;
  }
  enum pac_result result = pac_program_new(memory, &program);
  if (result != PAC_RESULT_OK) {
    (void)snprintf(why, why_size, "%s", pac_result_text(result));
    return result;
  }
  pac_lexer_start(&reader.lexer, program, words, length, why, why_size);
  while (reader.lexer.result == PAC_RESULT_OK && reader.lexer.token.kind != PAC_TOKEN_END) {
    (void)take_statement(&reader);
  }
  result = reader.lexer.result == PAC_RESULT_OK ? check_distinct(program, why, why_size) : reader.lexer.result;
  if (result != PAC_RESULT_OK) {
    pac_program_free(program);
    return result;
  }
  pac_program_drop_unused(program);
  *given = program;
  return PAC_RESULT_OK;
}
