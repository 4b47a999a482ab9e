// SPDX-License-Identifier: ISC
// What a parameter's text means, and what is said of one that means nothing.
#include "param_text.h"

#include "nearest.h"
#include "tests/suite.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char* const windows[] = {"hann", "hamming", "blackman"};

static const struct rill_param_desc descs[] = {
  {.symbol = "rate", .type = RILL_TYPE_FLOAT, .unit = RILL_UNIT_HZ,
   .min = 20, .max = 1e6},
  {.symbol = "time", .type = RILL_TYPE_FLOAT, .unit = RILL_UNIT_S},
  {.symbol = "gain", .type = RILL_TYPE_FLOAT, .unit = RILL_UNIT_DB,
   .min = -60, .max = 12},
  {.symbol = "bytes", .type = RILL_TYPE_INT, .unit = RILL_UNIT_BYTES,
   .min = 1, .max = INFINITY, .example = "64KiB"},
  {.symbol = "frames", .type = RILL_TYPE_INT, .unit = RILL_UNIT_FRAMES},
  {.symbol = "mix", .type = RILL_TYPE_FLOAT, .unit = RILL_UNIT_RATIO,
   .max = 1},
  {.symbol = "any", .type = RILL_TYPE_FLOAT},
  {.symbol = "low", .type = RILL_TYPE_INT, .min = -INFINITY, .max = 3},
  {.symbol = "irate", .type = RILL_TYPE_INT, .unit = RILL_UNIT_HZ},
  {.symbol = "flag", .type = RILL_TYPE_BOOL},
  {.symbol = "window", .type = RILL_TYPE_ENUM, .names = windows,
   .n_names = 3},
  {.symbol = "name", .type = RILL_TYPE_STRING},
};

static struct rill_param_desc
desc_of(const char* symbol)
{
  for (size_t i = 0; i < sizeof descs / sizeof descs[0]; ++i) {
    if (!strcmp(descs[i].symbol, symbol)) {
      struct rill_param_desc desc = descs[i];
      desc.size = sizeof desc;
      return desc;
    }
  }
  ck_abort_msg("no parameter %s", symbol);
}

static const struct {
  const char* param;
  const char* text;
  const char* error;
} refused[] = {
  {"any", "", "'' is empty: write a number, such as 0.5"},
  {"any", "nan", "'nan' is not a finite number: write one, such as 0.5"},
  {"any", ".NaN", "'.NaN' is not a finite number: write one, such as 0.5"},
  {"any", "-Inf", "'-Inf' is not a finite number: write one, such as 0.5"},
  {"any", ".inf", "'.inf' is not a finite number: write one, such as 0.5"},
  {"any", "infinity",
   "'infinity' is not a finite number: write one, such as 0.5"},
  {"any", "1e999", "'1e999' is too large for a number"},
  {"any", "1e99999999999999999999", "'1e99999999999999999999' is too large "
                                    "for a number"},
  {"any", "1e-999", "'1e-999' is too small: write 0"},
  {"any", "0x10", "'0x10' is hexadecimal: write it in decimal"},
  {"any", "010", "'010' begins with 0, which some read as octal: write 10"},
  {"any", "-00.5", "'-00.5' begins with 0, which some read as octal: write "
                   "-0.5"},
  {"any", "0,5", "'0,5' has a decimal comma: write a point, 0.5"},
  {"any", "1_000", "'1_000' has '_' in a number: write its digits without a "
                   "gap"},
  {"any", ".5", "'.5' has no digit before the point: write 0.5"},
  {"any", "-.5", "'-.5' has no digit before the point: write -0.5"},
  {"any", "5.", "'5.' has no digit after the point: write 5"},
  {"any", "five", "'five' is not a number: write one, such as 0.5"},
  {"any", " 5", "' 5' is not a number: write one, such as 0.5"},
  {"any", "--5", "'--5' is not a number: write one, such as 0.5"},
  {"any", "5x", "'5x' has 'x' after the number: write the number alone, such "
                "as 0.5"},
  {"any", "1e", "'1e' has 'e' after the number: write the number alone, such "
                "as 0.5"},
  {"any", "0.5dB", "'0.5dB' has 'dB' after the number: write the number "
                   "alone, such as 0.5"},
  {"frames", "512 frames", "'512 frames' has ' frames' after the number: "
                           "write the number alone, such as 512"},
  {"rate", "20ms", "'20ms' has the unit 'ms': write Hz, kHz or MHz, such as "
                   "16kHz"},
  {"rate", "16khz", "'16khz' has its unit in the wrong case: write 16kHz"},
  {"rate", "16 kHz", "'16 kHz' has a space before the unit: write 16kHz"},
  {"rate", "16k", "'16k' has the unit 'k': write Hz, kHz or MHz, such as "
                  "16kHz"},
  {"rate", "44,1kHz", "'44,1kHz' has a decimal comma: write a point, 44.1kHz"},
  {"rate", "1Hz", "'1Hz' is out of range: write 20Hz to 1MHz"},
  {"gain", "13dB", "'13dB' is out of range: write -60dB to 12dB"},
  {"mix", "101%", "'101%' is out of range: write 0 to 1"},
  {"bytes", "0", "'0' is out of range: write at least 1B"},
  {"bytes", "0.5", "'0.5' is not a whole number of bytes: write one, such as "
                   "64KiB"},
  {"bytes", "9223372036854775808", "'9223372036854775808' is too large for a "
                                   "number"},
  {"bytes", "1MiBx", "'1MiBx' has the unit 'MiBx': write B, kB, KiB, MB, MiB, "
                     "GB or GiB, such as 64KiB"},
  {"low", "4", "'4' is out of range: write at most 3"},
  {"low", "1e-1", "'1e-1' is not a whole number: write one, such as 512"},
  {"irate", "0.0001kHz", "'0.0001kHz' is not a whole number of Hz: write one, "
                         "such as 16kHz"},
  {"flag", "yes", "'yes' is not a bool: write true"},
  {"flag", "Off", "'Off' is not a bool: write false"},
  {"flag", "TRUE", "'TRUE' is not a bool: write true"},
  {"flag", "1", "'1' is not a bool: write true"},
  {"flag", "maybe", "'maybe' is not a bool: write true or false"},
  {"window", "han", "'han' is not one of the choices: write hann, hamming or "
                    "blackman (did you mean 'hann'?)"},
  {"window", "Hamming", "'Hamming' is not one of the choices: write hann, "
                        "hamming or blackman (did you mean 'hamming'?)"},
  {"window", "kaiser", "'kaiser' is not one of the choices: write hann, "
                       "hamming or blackman"},
};

static const struct {
  const char* param;
  const char* text;
  double f;
  int64_t i;
  const char* printed; // null: as written
} taken[] = {
  {"rate", "16kHz", 16000, 16000, NULL},
  {"rate", "44.1kHz", 44100, 44100, NULL},
  {"rate", "22050", 22050, 22050, "22050Hz"},
  {"rate", "22.05kHz", 22050, 22050, "22050Hz"},
  {"rate", "48000Hz", 48000, 48000, "48kHz"},
  {"rate", "1e3", 1000, 1000, "1kHz"},
  {"rate", "0.0999MHz", 99900, 99900, "99.9kHz"},
  {"time", "200ms", 0.2, 0, NULL},
  {"time", "0.02", 0.02, 0, "20ms"},
  {"time", "2s", 2, 2, NULL},
  {"time", "1min", 60, 60, "60s"},
  {"time", "1.5h", 5400, 5400, NULL},
  {"time", "20us", 20e-6, 0, NULL},
  {"time", "5ns", 5e-9, 0, NULL},
  {"time", "0", 0, 0, "0s"},
  {"time", "0.1min", 6, 6, "6s"},
  {"time", "-3ms", -3e-3, 0, NULL},
  {"gain", "-6dB", -6, -6, NULL},
  {"gain", "+6", 6, 6, "6dB"},
  {"gain", "-0", 0, 0, "0dB"},
  {"bytes", "64KiB", 65536, 65536, NULL},
  {"bytes", "1MB", 1e6, 1000000, NULL},
  {"bytes", "1.5KiB", 1536, 1536, "1536B"},
  {"bytes", "512", 512, 512, "512B"},
  {"bytes", "1.0", 1, 1, "1B"},
  {"bytes", "2GiB", 2147483648.0, 2147483648, NULL},
  {"bytes", "9223372036854775807", 9223372036854775808.0, INT64_MAX, NULL},
  {"bytes", "9007199254740993", 9007199254740992.0, 9007199254740993, NULL},
  {"frames", "512", 512, 512, NULL},
  {"frames", "-9223372036854775808", -9223372036854775808.0, INT64_MIN, NULL},
  {"frames", "12e2", 1200, 1200, "1200"},
  {"irate", "44.1kHz", 44100, 44100, NULL},
  {"mix", "50%", 0.5, 0, "0.5"},
  {"mix", "7%", 0.07, 0, "0.07"},
  {"any", "0.1", 0.1, 0, NULL},
  {"any", "1E+300", 1e300, INT64_MAX, "1e300"},
  {"any", "-1e300", -1e300, INT64_MIN, NULL},
  {"any", "1e-9", 1e-9, 0, NULL},
  {"any", "1000000", 1e6, 1000000, NULL},
  {"any", "3.14159265358979", 3.14159265358979, 3, NULL},
  {"flag", "true", 1, 1, NULL},
  {"flag", "false", 0, 0, NULL},
  {"window", "blackman", 0, 2, NULL},
};

static void
check_refused(int row)
{
  const struct rill_param_desc desc = desc_of(refused[row].param);
  struct rill_value value = {.type = 77};
  char error[256] = {0};
  char small[8] = {0};
  const char* const text = refused[row].text;

  ck_assert_int_eq(rill_param_read(&desc, text, &value, error, sizeof error),
                   RILL_ERR_BAD_PARAM);
  ck_assert_str_eq(error, refused[row].error);
  ck_assert_uint_eq(value.type, 77); // written only on success
  rill_param_read(&desc, text, &value, small, sizeof small);
  ck_assert_uint_eq(strlen(small), 7);
  rill_param_read(&desc, text, &value, NULL, 0);
}

static void
check_taken(int row)
{
  const struct rill_param_desc desc = desc_of(taken[row].param);
  const char* const want =
    taken[row].printed ? taken[row].printed : taken[row].text;
  struct rill_value value = {0};
  struct rill_value back = {0};
  char error[256] = {0};
  char text[64] = {0};
  const int32_t status =
    rill_param_read(&desc, taken[row].text, &value, error, sizeof error);

  ck_assert_msg(status == RILL_OK, "%s", error);
  ck_assert_uint_eq(value.type, desc.type);
  ck_assert(value.f == taken[row].f);
  ck_assert_int_eq(value.i, taken[row].i);
  ck_assert_uint_eq(rill_param_print(&desc, &value, text, sizeof text),
                    strlen(want));
  ck_assert_str_eq(text, want);
  ck_assert_int_eq(rill_param_read(&desc, text, &back, NULL, 0), RILL_OK);
  ck_assert(!memcmp(&value, &back, sizeof value));
}

START_TEST(a_bad_text_is_refused_with_the_cure)
{
  check_refused(_i);
}
END_TEST

START_TEST(a_good_text_is_read_and_printed)
{
  check_taken(_i);
}
END_TEST

START_TEST(a_locale_with_a_decimal_comma_changes_nothing)
{
  if (setlocale(LC_ALL, "de_DE.UTF-8") || setlocale(LC_ALL, "fr_FR.UTF-8")) {
    char text[16] = {0};
    snprintf(text, sizeof text, "%.1f", 0.5);
    ck_assert_str_eq(text, "0,5");
  }
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; ++i) {
    check_refused((int)i);
  }
  for (size_t i = 0; i < sizeof taken / sizeof taken[0]; ++i) {
    check_taken((int)i);
  }
}
END_TEST

static double
random_double(uint64_t* state)
{
  uint64_t bits = 0;
  double number = 0.0;
  do {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    bits = *state ^ *state >> 29;
    memcpy(&number, &bits, sizeof number);
  } while (!isfinite(number) || number == 0.0);
  return number;
}

// Any double, and such as people write.
START_TEST(every_number_reads_back_as_printed)
{
  static const char* const params[] = {"time", "any"};
  uint64_t state = 7;
  for (int i = 0; i < 20000; ++i) {
    const struct rill_param_desc desc = desc_of(params[i % 2]);
    const double wild = random_double(&state);
    const double tame = (double)(int64_t)(state >> 40) / 1000.0;
    const struct rill_value value = {.type = RILL_TYPE_FLOAT,
                                     .f = i % 3 ? tame : wild};
    struct rill_value back = {0};
    char text[64] = {0};
    char error[256] = {0};
    rill_param_print(&desc, &value, text, sizeof text);
    const int32_t status =
      rill_param_read(&desc, text, &back, error, sizeof error);
    ck_assert_msg(status == RILL_OK, "%s", error);
    ck_assert_msg(back.f == value.f, "%s is not %.17g", text, value.f);
  }
}
END_TEST

START_TEST(a_string_is_the_text_itself)
{
  const struct rill_param_desc desc = desc_of("name");
  const char* const text = "yes, 0x10 %s";
  struct rill_value value = {0};
  char printed[64] = {0};
  ck_assert_int_eq(rill_param_read(&desc, text, &value, NULL, 0), RILL_OK);
  ck_assert_ptr_eq(value.text, text);
  ck_assert_uint_eq(value.n, strlen(text));
  rill_param_print(&desc, &value, printed, sizeof printed);
  ck_assert_str_eq(printed, text);
}
END_TEST

START_TEST(a_list_is_printed_in_brackets)
{
  const struct rill_param_desc name = desc_of("name");
  const struct rill_param_desc rate = desc_of("rate");
  const struct rill_value names[] = {
    {.type = RILL_TYPE_STRING, .n = 1, .text = "a"},
    {.type = RILL_TYPE_STRING, .n = 4, .text = "b\"\\c"}};
  const struct rill_value rates[] = {{.type = RILL_TYPE_FLOAT, .f = 16000},
                                     {.type = RILL_TYPE_FLOAT, .f = 44100}};
  const struct rill_value list = {
    .type = RILL_TYPE_LIST, .n = 2, .list = names};
  const struct rill_value other = {
    .type = RILL_TYPE_LIST, .n = 2, .list = rates};
  char text[64] = {0};
  rill_param_print(&name, &list, text, sizeof text);
  ck_assert_str_eq(text, "[\"a\", \"b\\\"\\\\c\"]");
  rill_param_print(&rate, &other, text, sizeof text);
  ck_assert_str_eq(text, "[16kHz, 44.1kHz]");
  ck_assert_uint_eq(rill_param_print(&rate, &other, text, 6), 16);
  ck_assert_str_eq(text, "[16kH");
}
END_TEST

static const char* const names[] = {"threshold", "rate", "release", NULL,
                                    "Gain", "gain", "x"};

static const struct {
  const char* word;
  const char* name;
} near[] = {
  {"treshold", "threshold"}, // a letter is missing
  {"threhsold", "threshold"}, // two are swapped
  {"Threshold", "threshold"}, // case alone
  {"thresholdd", "threshold"},
  {"reat", NULL}, // two swaps apart of a short word
  {"raet", "rate"},
  {"relase", "release"},
  {"gain", "gain"}, // itself beats another case
  {"GAIN", "Gain"}, // the first wins
  {"gian", "Gain"},
  {"", NULL},
  {"y", NULL}, // no letter in common with x
  {"frequency", NULL},
};

START_TEST(a_mistyped_word_finds_the_nearest_name)
{
  const size_t n = sizeof names / sizeof names[0];
  const char* const found = rill_nearest(near[_i].word, names, n);
  ck_assert_pstr_eq(found, near[_i].name);
}
END_TEST

START_TEST(an_endless_word_is_near_to_nothing)
{
  char word[4096];
  memset(word, 'a', sizeof word);
  word[sizeof word - 1] = '\0';
  ck_assert_ptr_null(rill_nearest(word, names, 7));
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_bad_text_is_refused_with_the_cure, 0,
                      sizeof refused / sizeof refused[0]);
  tcase_add_loop_test(tcase, a_good_text_is_read_and_printed, 0,
                      sizeof taken / sizeof taken[0]);
  tcase_add_test(tcase, a_locale_with_a_decimal_comma_changes_nothing);
  tcase_add_test(tcase, every_number_reads_back_as_printed);
  tcase_add_test(tcase, a_string_is_the_text_itself);
  tcase_add_test(tcase, a_list_is_printed_in_brackets);
  tcase_add_loop_test(tcase, a_mistyped_word_finds_the_nearest_name, 0,
                      sizeof near / sizeof near[0]);
  tcase_add_test(tcase, an_endless_word_is_near_to_nothing);
}

int
main(void)
{
  return suite_run("param_text", 30, add);
}
