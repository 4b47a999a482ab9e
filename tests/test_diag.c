// SPDX-License-Identifier: ISC
#include "spec/codes.h"
#include "spec/diag.h"
#include "tests/suite.h"

#include <stdio.h>
#include <string.h>

#define WIDE_5 "\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5"

// One diagnostic about a line, and what people see of it.
static const struct {
  const char* line;
  uint32_t column;
  uint32_t length;
  const char* hint;
  const char* excerpt;
} pictures[] = {
  // the caret stands below the word, the hint behind it
  { "a: {in: rsm}", 9, 3, "did you mean 'rs'?",
    "   1 | a: {in: rsm}\n"
    "     |         ^^^ did you mean 'rs'?\n" },
  // no hint
  { "a: 1", 4, 1, NULL,
    "   1 | a: 1\n"
    "     |    ^\n" },
  // one place behind the end of the line
  { "a: {", 5, 1, NULL,
    "   1 | a: {\n"
    "     |     ^\n" },
  // a column and a length that the line does not have
  { "a", 100, 100, NULL,
    "   1 | a\n"
    "     |  ^\n" },
  // an empty line
  { "", 1, 1, NULL,
    "   1 | \n"
    "     | ^\n" },
  // tabs take what a tab takes, in both lines
  { "\ta:\tb", 5, 1, NULL,
    "   1 |     a:  b\n"
    "     |         ^\n" },
  // a character of two columns
  { "\xe6\x97\xa5\xe6\x9c\xac: x", 5, 1, NULL,
    "   1 | \xe6\x97\xa5\xe6\x9c\xac: x\n"
    "     |       ^\n" },
  // is underlined by two
  { "a \xe6\x97\xa5 b", 3, 1, NULL,
    "   1 | a \xe6\x97\xa5 b\n"
    "     |   ^^\n" },
  // an accent that joins the letter before it
  { "e\xcc\x81: x", 5, 1, NULL,
    "   1 | e\xcc\x81: x\n"
    "     |    ^\n" },
  // nothing that could drive a terminal gets there
  { "a\x1b[31m: \xe2\x80\xaexy", 10, 1, NULL,
    "   1 | a?[31m: ?xy\n"
    "     |          ^\n" },
  // bytes that are no text
  { "\xff\xfe a", 4, 1, NULL,
    "   1 | ?? a\n"
    "     |    ^\n" },
  // a long line is cut at its end
  { "0123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789",
    3, 2, NULL,
    "   1 | 0123456789012345678901234567890123456789"
    "01234567890123456789012345678901...\n"
    "     |   ^^\n" },
  // and at its start, when the caret is far
  { "0123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789"
    "abc 678901234567890123456789012345678901",
    81, 3, "here",
    "   1 | ...678901234567890123456789"
    "abc 67890123456789012345678901234567890"
    "1\n"
    "     |                            ^^^ here\n" },
  // half of a wide character at the cut is a space
  { WIDE_5 WIDE_5 WIDE_5 WIDE_5 "01234567890123456"
    "abc012345678901234567890123456789",
    38, 3, NULL,
    "   1 | ... \xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5" "01234567890123456"
    "abc012345678901234567890123456789\n"
    "     |                            ^^^\n" },
  // several lines of hint take the place of the source
  { "a: 1", 4, 1, "cut gives 1ch\n'resample' would fit",
    "     | cut gives 1ch\n"
    "     | 'resample' would fit\n" },
};

static char*
print(const struct diags* diags, int color)
{
  char* text = NULL;
  size_t n = 0;
  FILE* const to = open_memstream(&text, &n);
  diags_print(diags, to, color);
  fclose(to);
  return text;
}

START_TEST(a_caret_stands_below_its_word)
{
  struct diags* const diags = diags_new();
  const char* const line = pictures[_i].line;
  const char* const file =
    diags_add_source(diags, "g.yaml", line, strlen(line));
  const struct place place = { file, 1, pictures[_i].column,
                               pictures[_i].length };
  diags_add(diags, SEVERITY_ERROR, "G021", place, pictures[_i].hint, NULL,
            "text");
  char* const text = print(diags, 0);
  char head[64];
  snprintf(head, sizeof head, "g.yaml:1:%u: error[G021]: text\n",
           pictures[_i].column);
  ck_assert_ptr_eq(strstr(text, head), text);
  ck_assert_str_eq(text + strlen(head), pictures[_i].excerpt);
  free(text);
  diags_free(diags);
}
END_TEST

START_TEST(without_a_line_the_hint_stands_alone)
{
  struct diags* const diags = diags_new();
  const struct place place = { diags_file(diags, "g.yaml"), 0, 0, 0 };
  diags_add(diags, SEVERITY_WARNING, "G001", place, "open it", NULL, "closed");
  diags_add(diags, SEVERITY_NOTE, "G002", (struct place){ 0 }, NULL, NULL,
            "nowhere");
  char* const text = print(diags, 0);
  ck_assert_str_eq(text, "g.yaml: warning[G001]: closed\n"
                         "     | open it\n"
                         "note[G002]: nowhere\n");
  free(text);
  diags_free(diags);
}
END_TEST

START_TEST(a_second_place_is_named)
{
  struct diags* const diags = diags_new();
  const char* const file = diags_add_source(diags, "g.yaml", "a: 1\na: 2", 9);
  const struct place first = { file, 1, 1, 1 };
  const struct place second = { file, 2, 1, 1 };
  diags_add(diags, SEVERITY_ERROR, "G012", second, NULL, &first, "twice");
  char* const text = print(diags, 0);
  ck_assert_str_eq(text, "g.yaml:2:1: error[G012]: twice\n"
                         "   2 | a: 2\n"
                         "     | ^\n"
                         "g.yaml:1:1: note: first defined here\n");
  free(text);
  diags_free(diags);
}
END_TEST

START_TEST(color_only_adds_to_the_text)
{
  struct diags* const diags = diags_new();
  const char* const file = diags_add_source(diags, "g.yaml", "a: 1", 4);
  diags_add(diags, SEVERITY_ERROR, "G012", (struct place){ file, 1, 1, 1 },
            "cure", NULL, "text");
  char* const text = print(diags, 1);
  ck_assert_str_eq(text, "\033[1mg.yaml:1:1\033[0m: "
                         "\033[1;31merror[G012]\033[0m: text\n"
                         "   1 | a: 1\n"
                         "     | \033[32m^ cure\033[0m\n");
  free(text);
  diags_free(diags);
}
END_TEST

START_TEST(the_order_is_that_of_the_files)
{
  struct diags* const diags = diags_new();
  const char* const a = diags_file(diags, "b-first.yaml");
  const char* const b = diags_file(diags, "a-second.yaml");
  diags_add(diags, SEVERITY_ERROR, "G001", (struct place){ b, 1, 1, 1 }, NULL,
            NULL, "4");
  diags_add(diags, SEVERITY_ERROR, "G001", (struct place){ a, 2, 5, 1 }, NULL,
            NULL, "3");
  diags_add(diags, SEVERITY_WARNING, "G001", (struct place){ a, 2, 1, 1 }, NULL,
            NULL, "2");
  diags_add(diags, SEVERITY_ERROR, "G001", (struct place){ a, 0, 0, 0 }, NULL,
            NULL, "1");
  ck_assert_uint_eq(diags_n(diags), 4);
  for (uint32_t i = 0; i < 4; ++i) {
    ck_assert_int_eq(diags_get(diags, i)->text[0], (int)('1' + i));
  }
  ck_assert_ptr_null(diags_get(diags, 4));
  diags_free(diags);
}
END_TEST

START_TEST(the_same_at_the_same_place_is_said_once)
{
  struct diags* const diags = diags_new();
  const char* const file = diags_file(diags, "g.yaml");
  const struct place place = { file, 3, 1, 1 };
  diags_add(diags, SEVERITY_ERROR, "G001", place, NULL, NULL, "one");
  diags_add(diags, SEVERITY_ERROR, "G001", place, NULL, NULL, "other words");
  diags_add(diags, SEVERITY_ERROR, "G002", place, NULL, NULL, "another code");
  const struct place whole = { file, 0, 0, 0 };
  diags_add(diags, SEVERITY_ERROR, "G001", whole, NULL, NULL, "of the file");
  diags_add(diags, SEVERITY_ERROR, "G001", whole, NULL, NULL, "of the file, 2");
  ck_assert_uint_eq(diags_count(diags, SEVERITY_ERROR), 4);
  diags_free(diags);
}
END_TEST

START_TEST(above_twenty_the_rest_is_counted)
{
  struct diags* const diags = diags_new();
  const char* const file = diags_file(diags, "g.yaml");
  for (uint32_t i = 1; i <= DIAGS_MAX_KEPT + 10; ++i) {
    diags_add(diags, SEVERITY_ERROR, "G001", (struct place){ file, i, 1, 1 },
              NULL, NULL, "e");
  }
  for (uint32_t i = 1; i <= DIAGS_MAX_SHOWN + 1; ++i) {
    diags_add(diags, SEVERITY_WARNING, "G001", (struct place){ file, i, 2, 1 },
              NULL, NULL, "w");
  }
  ck_assert_uint_eq(diags_count(diags, SEVERITY_ERROR), DIAGS_MAX_KEPT + 10);
  char* const text = print(diags, 0);
  ck_assert_ptr_nonnull(strstr(text, "g.yaml:20:1: error[G001]: e\n"));
  ck_assert_ptr_null(strstr(text, "g.yaml:21:1: error"));
  ck_assert_ptr_nonnull(strstr(text, "\nand 190 more errors\n"));
  ck_assert_ptr_nonnull(strstr(text, "\nand 1 more warning\n"));
  free(text);
  diags_free(diags);
}
END_TEST

START_TEST(texts_are_made_harmless)
{
  struct diags* const diags = diags_new();
  diags_add(diags, SEVERITY_ERROR, "G001", (struct place){ 0 },
            "line\nanother\x1b", NULL, "%s", "a\x1b[2Jb\nc\xff\xe2\x80\xae");
  const struct diag* const d = diags_get(diags, 0);
  ck_assert_str_eq(d->text, "a\\x1b[2Jb\\x0ac\\xff\\u202e");
  ck_assert_str_eq(d->hint, "line\nanother\\x1b");
  diags_free(diags);
}
END_TEST

START_TEST(a_character_that_was_cut_is_left_out)
{
  struct diags* const diags = diags_new();
  diags_add(diags, SEVERITY_ERROR, "G001", (struct place){ 0 }, NULL, NULL,
            "'%.4s'", "\xe6\x97\xa5\xe6\x97\xa5");
  ck_assert_str_eq(diags_get(diags, 0)->text, "'\xe6\x97\xa5...'");
  diags_free(diags);
}
END_TEST

START_TEST(lines_end_as_editors_think)
{
  static const char text[] = "one\r\ntwo\rthree\n\nfive";
  static const char* const lines[] = { "one", "two", "three", "", "five" };
  struct diags* const diags = diags_new();
  diags_add_source(diags, "g", text, sizeof text - 1);
  for (uint32_t i = 0; i < 5; ++i) {
    size_t n = 0;
    const char* const line = diags_line(diags, "g", i + 1, &n);
    ck_assert_uint_eq(n, strlen(lines[i]));
    ck_assert_int_eq(strncmp(line, lines[i], n), 0);
  }
  size_t n;
  ck_assert_ptr_null(diags_line(diags, "g", 6, &n));
  ck_assert_ptr_null(diags_line(diags, "g", 0, &n));
  ck_assert_ptr_null(diags_line(diags, "h", 1, &n));
  diags_free(diags);
}
END_TEST

START_TEST(a_suggestion_is_a_sentence)
{
  static const char* const words[] = { "resample", "remix" };
  struct diags* const diags = diags_new();
  char out[64];
  ck_assert_str_eq(diags_suggest(diags, "resampel", words, 2, out, sizeof out),
                   "did you mean 'resample'?");
  ck_assert_ptr_null(diags_suggest(diags, "xyz", words, 2, out, sizeof out));
  diags_free(diags);
}
END_TEST

START_TEST(numbers_of_codes_are_in_order_and_known)
{
  const char* last = "";
  for (unsigned i = 0; code_at(i); ++i) {
    const struct code* const code = code_at(i);
    ck_assert_uint_eq(strlen(code->number), 4);
    ck_assert_int_gt(strcmp(code->number, last), 0);
    ck_assert_ptr_eq(code_find(code->number), code);
    last = code->number;
  }
  ck_assert_ptr_null(code_find("G999"));
  ck_assert_str_eq(code_unknown_source, "G021");
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_caret_stands_below_its_word, 0,
                      sizeof pictures / sizeof pictures[0]);
  tcase_add_test(tcase, without_a_line_the_hint_stands_alone);
  tcase_add_test(tcase, a_second_place_is_named);
  tcase_add_test(tcase, color_only_adds_to_the_text);
  tcase_add_test(tcase, the_order_is_that_of_the_files);
  tcase_add_test(tcase, the_same_at_the_same_place_is_said_once);
  tcase_add_test(tcase, above_twenty_the_rest_is_counted);
  tcase_add_test(tcase, texts_are_made_harmless);
  tcase_add_test(tcase, a_character_that_was_cut_is_left_out);
  tcase_add_test(tcase, lines_end_as_editors_think);
  tcase_add_test(tcase, a_suggestion_is_a_sentence);
  tcase_add_test(tcase, numbers_of_codes_are_in_order_and_known);
}

int
main(void)
{
  return suite_run("diag", 10, add_tests);
}
