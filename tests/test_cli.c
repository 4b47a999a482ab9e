// SPDX-License-Identifier: ISC
// The command line as data: reading it, and the pages made from its tables.
#include "base/mem.h"
#include "cli/args_read.h"
#include "cli/topics.h"
#include "cli/usage.h"
#include "cli/wrap.h"
#include "tests/suite.h"

#include <string.h>

enum { MAX_WORDS = 32 };

struct line {
  char text[256];
  char* argv[MAX_WORDS];
  int argc;
};

// Words with spaces between them, behind the program's name.
static void
split(struct line* line, const char* words)
{
  snprintf(line->text, sizeof line->text, "rill %s", words);
  line->argc = 0;
  for (char* w = strtok(line->text, " "); w; w = strtok(NULL, " ")) {
    line->argv[line->argc++] = w;
  }
}

static const struct {
  const char* words;
  const char* problem;
} wrong[] = {
  { "hepl", "unknown verb 'hepl' (did you mean 'help'?)" },
  { "vers", "unknown verb 'vers' (did you mean 'version'?)" },
  { "frobnicate", "unknown verb 'frobnicate'" },
  { "prep.yaml", "'prep.yaml' is no verb (did you mean 'rill run prep.yaml'?)" },
  { "batch x", "'batch' is not in this version" },
  { "--block 3 version", "unknown option '--block'; options of a verb stand "
                         "behind it" },
  { "version --jsno", "unknown option '--jsno' (did you mean '--json'?)" },
  { "version --json=1", "--json takes no value, but got '1'" },
  { "version -j", "unknown option '-j'" },
  { "run", "GRAPH is missing" },
  { "run a b", "one operand too many: 'b'" },
  { "run --realtime g", "--realtime is not in this version" },
  { "run --control=x g", "--control is not in this version" },
  { "run --block 0 g", "--block takes a whole number from 1 to 65536, not '0'" },
  { "run --block 65537 g", "--block takes a whole number from 1 to 65536, not "
                           "'65537'" },
  { "run --threads 4x g", "--threads takes a whole number from 1 to 1024, not "
                          "'4x'" },
  { "run --threads", "--threads needs a value: --threads N" },
  { "run -i", "-i needs a value: -i FILE" },
  { "run --set rate g", "--set takes NAME=VALUE, not 'rate'" },
  { "run --set =5 g", "--set takes NAME=VALUE, not '=5'" },
  { "run --timeout 0 g", "--timeout takes a time such as 90s or 5min, not '0'" },
  { "run --timeout soon g",
    "--timeout takes a time such as 90s or 5min, not 'soon'" },
  { "run --profile=tabel g", "--profile takes one of table, json, not 'tabel'" },
  { "run --thread 4 g", "unknown option '--thread' (did you mean '--threads'?)" },
  { "run -threads 4 g", "unknown option '-t' (did you mean '--threads'?)" },
  { "graph --format png g", "--format takes one of dot, svg, mermaid, not "
                            "'png'" },
  { "version now", "one operand too many: 'now'" },
  { "help -- --json version", "one operand too many: 'version'" },
};

START_TEST(a_wrong_line_is_refused_with_the_cure)
{
  struct line line;
  struct args args;
  char problem[256] = "";
  split(&line, wrong[_i].words);
  ck_assert_int_eq(
    args_read(line.argc, line.argv, &args, problem, sizeof problem),
    STATUS_USAGE);
  ck_assert_str_eq(problem, wrong[_i].problem);
  args_fini(&args);
}
END_TEST

START_TEST(a_line_is_read)
{
  struct line line;
  struct args args;
  char problem[256] = "";
  split(&line, "-v help -q -- --json");
  ck_assert_int_eq(
    args_read(line.argc, line.argv, &args, problem, sizeof problem), 0);
  ck_assert_str_eq(args.verb->name, "help");
  ck_assert(args_has(&args, OPTION_VERBOSE) && args_has(&args, OPTION_QUIET));
  ck_assert_uint_eq(args.n_operands, 1);
  ck_assert_str_eq(args.operands[0], "--json");
  args_fini(&args);
}
END_TEST

START_TEST(values_are_read)
{
  struct line line;
  struct args args;
  char problem[256] = "";
  split(&line, "run g.yaml -ia.wav --set rate=8kHz --set=x=a=b --set x= -o "
               "b.wav --profile --progress=json --block=64 --timeout 1.5min "
               "--input c.wav");
  ck_assert_int_eq(
    args_read(line.argc, line.argv, &args, problem, sizeof problem), 0);
  ck_assert_uint_eq(args.n_settings, 4);
  ck_assert_str_eq(args.settings[0].name, "input"); // the last one wins
  ck_assert_str_eq(args.settings[0].value, "c.wav");
  ck_assert_str_eq(args.settings[1].value, "8kHz");
  ck_assert_str_eq(args.settings[2].name, "x");
  ck_assert_str_eq(args.settings[2].value, "");
  ck_assert_str_eq(args.settings[3].value, "b.wav");
  ck_assert_ptr_null(args.options[OPTION_PROFILE].text);
  ck_assert_str_eq(args.options[OPTION_PROGRESS].text, "json");
  ck_assert_uint_eq(args.options[OPTION_BLOCK].count, 64);
  ck_assert(args.options[OPTION_TIMEOUT].seconds == 90);
  ck_assert_uint_eq(args.n_operands, 1);
  args_fini(&args);
}
END_TEST

START_TEST(lack_of_memory_is_no_usage_error)
{
  struct line line;
  for (uint64_t n = 1; n <= 3; ++n) {
    struct args args;
    char problem[256] = "";
    split(&line, "run g --set a=b");
    mem_fail_at(n, 0);
    ck_assert_int_eq(
      args_read(line.argc, line.argv, &args, problem, sizeof problem),
      STATUS_NO_MEMORY);
    mem_fail_at(0, 0);
    ck_assert_str_eq(problem, "out of memory");
    args_fini(&args);
  }
}
END_TEST

// A page to read in one go, with nothing wider than a terminal.
static void
check_page(char* text)
{
  ck_assert_uint_gt(strlen(text), 40);
  for (char* row = strtok(text, "\n"); row; row = strtok(NULL, "\n")) {
    ck_assert_msg(strlen(row) <= WRAP_COLUMNS, "%s", row);
    ck_assert_msg(row[strlen(row) - 1] != ' ', "'%s'", row);
  }
}

START_TEST(every_verb_has_a_page)
{
  char* text = NULL;
  size_t n = 0;
  FILE* const to = open_memstream(&text, &n);
  usage_verb(&verbs[_i], to);
  fclose(to);
  ck_assert_ptr_nonnull(strstr(text, "\noptions:\n"));
  ck_assert_ptr_nonnull(strstr(text, "\nexamples:\n"));
  ck_assert_ptr_nonnull(verbs[_i].examples[1].line);
  check_page(text);
  free(text);
}
END_TEST

START_TEST(every_topic_has_a_page)
{
  char* text = NULL;
  size_t n = 0;
  FILE* const to = open_memstream(&text, &n);
  topics[_i].print(to);
  fclose(to);
  check_page(text);
  free(text);
}
END_TEST

START_TEST(no_verb_has_two_options_of_one_name)
{
  for (uint32_t v = 0; v < n_verbs; ++v) {
    for (int a = 0; a < N_OPTIONS; ++a) {
      for (int b = 0; b < a; ++b) {
        ck_assert(!verb_has(&verbs[v], (enum option_id)a) ||
                  !verb_has(&verbs[v], (enum option_id)b) ||
                  strcmp(options[a].name, options[b].name) != 0);
      }
    }
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_wrong_line_is_refused_with_the_cure, 0,
                      sizeof wrong / sizeof wrong[0]);
  tcase_add_test(tcase, a_line_is_read);
  tcase_add_test(tcase, values_are_read);
  tcase_add_test(tcase, lack_of_memory_is_no_usage_error);
  tcase_add_loop_test(tcase, every_verb_has_a_page, 0, (int)n_verbs);
  tcase_add_loop_test(tcase, every_topic_has_a_page, 0, (int)n_topics);
  tcase_add_test(tcase, no_verb_has_two_options_of_one_name);
}

int
main(void)
{
  return suite_run("cli", 10, add_tests);
}
