// SPDX-License-Identifier: ISC
// Numbers to text and back. The C library is the oracle: strtof in the C
// locale, and printf with as few digits as read back.
//
// RILL_NUMBERS=20000000 in the environment tries so many random floats; `make
// long-numbers` does.
#include "number_parse.h"
#include "number_parse_fast.h"
#include "number_text.h"
#include "powers_of_ten.h"
#include "tests/suite.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

enum { SEED = 20261122, SHORT_RUN = 200000, TEXT_BYTES = 1024 };

static uint32_t
next_random(uint64_t* state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 32);
}

static int
n_random(void)
{
  const char* const wanted = getenv("RILL_NUMBERS");
  return wanted ? atoi(wanted) : SHORT_RUN;
}

static float
float_of(uint32_t bits)
{
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static uint32_t
bits_of(float x)
{
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

// Exactly the bytes that there are, so that a sanitizer sees a read beyond.
static int
parse_text(const char* text, struct decimal* number)
{
  const size_t n = strlen(text);
  char* const copy = (char*)malloc(n ? n : 1);
  memcpy(copy, text, n);
  const char* const end = number_scan(copy, copy + n, number);
  const int is_all = end == copy + n;
  number->begin = text; // outlives the copy
  number->end = text + n;
  free(copy);
  return is_all;
}

static void
ck_same_as_strtof(const char* text)
{
  struct decimal number;
  float x = 42.0f;
  ck_assert_msg(parse_text(text, &number), "%s is not read", text);
  const float expected = strtof(text, NULL);
  const int fits = number_to_f32(&number, &x);
  ck_assert_msg(fits == !isinf(expected), "%s fits: %d", text, fits);
  ck_assert_msg(bits_of(x) == bits_of(fits ? expected : 42.0f), "%s is %a, not %a",
                text, (double)x, (double)expected);

  char padded[TEXT_BYTES + NUMBER_FAST_BYTES] = { 0 };
  struct decimal fast;
  memcpy(padded, text, strlen(text));
  if (number_scan_fast(padded, &fast)) {
    ck_assert_msg(fast.digits == number.digits && fast.exponent == number.exponent &&
                    fast.is_negative == number.is_negative && !number.is_cut &&
                    fast.end == padded + strlen(text),
                  "%s is read in two ways", text);
  }
}

// ------------------------------------------------------------------- grammar

static const char* const not_numbers[] = {
  "",      "-",    "+1",    ".5",   "-.5",  "1.",       "1.e5",  "01",   "-01",
  "00",    "1e",   "1e+",   "1e-",  "1.5e", "NaN",      "nan",   "inf",  "Infinity",
  "-inf",  "0x10", "1_000", "1,5",  "e5",   "--1",      "+0",    "1.2.3", "1e2.5",
  "1e5e5", " 1",   "1 ",    "1f",   "0b1",  "-Infinity", "1E++2", "٣",
};

START_TEST(what_json_does_not_call_a_number_is_none)
{
  struct decimal number;
  ck_assert_msg(!parse_text(not_numbers[_i], &number), "'%s' is read", not_numbers[_i]);
}
END_TEST

static const char* const numbers[] = {
  "0", "-0", "0.0", "-0.0", "0e0", "0e999999999999999999", "-0.000e-99999999999999999",
  "1", "-1", "1.0", "10", "1e1", "1E1", "1e+1", "1e-1", "0.1", "123456789", "12345678",
  "1234567", "0.12345678", "0.123456789", "0.1234567890123456", "0.12345678901234567",
  "0.123456789012345678", "0.1234567890123456789", "0.12345678901234567890",
  "1234567.1234567890123456789", "12345678.5", "123456789.5", "3.0517578e-5",
  // the ends of the range
  "3.4028234e38", "3.4028235e38", "3.4028235677973362e38", "3.4028235677973366e38",
  "3.40282356779733661637e38", "3.40282356779733661638e38", "3.5e38", "1e39", "1e999",
  "-1e999", "1e-999", "1.1754944e-38", "1.17549435e-38", "1.1754942e-38", "1e-45",
  "1.4e-45", "7.1e-46", "7e-46", "7.0064923216240853e-46", "7.0064923216240854e-46",
  "7.006492321624085354618e-46", "7.006492321624085354619e-46", "1e-46", "2.1e-45",
  // half way between two floats: ties go to even, one digit more decides
  "16777217", "16777219", "16777217.0", "16777217.000000000000000000000000000000000001",
  "16777216.999999999999999999999999999999999", "33554434", "33554438", "9007199791611905",
  "0.50000002980232238769531250", "0.500000029802322387695312500000000000000000000000001",
  "0.50000008940696716308593750", "5000000298023223876953125e-25", "1.00000005960464477539",
  "1.000000059604644775390625", "1.000000178813934326171875",
  // not through a double: these are nearer to half than a double can say
  "1.00000005960464477539062499999999999999", "1.00000005960464477539062500000000000001",
  "8388608.500000000000000001", "8388609.499999999999999999",
  // long ones
  "100000000000000000000000000000000000000000000000000e-50", "18446744073709551615",
  "18446744073709551616", "9999999999999999999", "99999999999999999999e10",
  "0.00000000000000000000000000000000000000000000000000000000000000000000001e80",
  "123456789012345678901234567890", "1e000000000000000000000000000000000000000000001",
};

START_TEST(a_number_is_the_nearest_float)
{
  ck_same_as_strtof(numbers[_i]);
}
END_TEST

START_TEST(four_hundred_digits_are_all_looked_at)
{
  static const char* const starts[] = { "16777217.", "1.00000005960464477539062500", "" };
  char text[TEXT_BYTES];
  for (int i = 0; i < COUNT(starts); ++i) {
    snprintf(text, sizeof text, "%s%0400d", starts[i], 0);
    if (*starts[i]) {
      ck_same_as_strtof(text);
    }
    memcpy(text, *starts[i] ? text : "0.", 2);
    text[strlen(text) - 1] = '1';
    ck_same_as_strtof(text);
  }
  memset(text, '9', 400);
  text[400] = '\0';
  ck_same_as_strtof(text);
  memcpy(text + 400, "e-380", 6);
  ck_same_as_strtof(text);
}
END_TEST

// What lies half way to the next float, and a trifle above and below.
static void
ck_around_half(uint32_t bits)
{
  const double half = ((double)float_of(bits) + (double)float_of(bits + 1)) / 2;
  char text[TEXT_BYTES];
  const int n = snprintf(text, sizeof text, "%.160f", half);
  ck_same_as_strtof(text);
  text[n - 1] = '1';
  ck_same_as_strtof(text);
  text[n - 1] = '0';
  char* last = text + n - 1;
  while (*last == '0') {
    --last;
  }
  if (*last != '.') {
    --*last;
    memset(last + 1, '9', (size_t)(text + n - last - 1));
    ck_same_as_strtof(text);
  }
}

START_TEST(random_text_is_the_nearest_float)
{
  uint64_t state = SEED;
  char text[TEXT_BYTES];
  for (int i = 0; i < n_random() / 4; ++i) {
    uint32_t bits = next_random(&state) & 0x7fffffff;
    bits &= i % 4 == 0 ? 0x00ffffff : UINT32_MAX; // many subnormals
    if (bits >= 0x7f7fffff) {
      continue;
    }
    const int n = 1 + (int)(next_random(&state) % 20);
    snprintf(text, sizeof text, "%.*g", n, (double)float_of(bits));
    ck_same_as_strtof(text);
    ck_around_half(bits);
  }
}
END_TEST

// --------------------------------------------------------------------- whole

static const struct {
  const char* text;
  int32_t lo, hi;
  int fits;
  int32_t value;
} wholes[] = {
  { "32768", -32768, 32767, 0, 0 },         // beyond the range
  { "-32769", -32768, 32767, 0, 0 },
  { "0.5", -32768, 32767, 0, 0 },           // not whole
  { "1e-1", -32768, 32767, 0, 0 },
  { "1.00000000000000000000001", -9, 9, 0, 0 },
  { "1e10", INT32_MIN, INT32_MAX, 0, 0 },
  { "1e11", INT32_MIN, INT32_MAX, 0, 0 },
  { "1e999999", INT32_MIN, INT32_MAX, 0, 0 },
  { "2147483648", INT32_MIN, INT32_MAX, 0, 0 },
  { "-2147483649", INT32_MIN, INT32_MAX, 0, 0 },
  { "99999999999999999999999", INT32_MIN, INT32_MAX, 0, 0 },
  { "9999999999999999999e10", INT32_MIN, INT32_MAX, 0, 0 },
  { "32767", -32768, 32767, 1, 32767 },
  { "-32768", -32768, 32767, 1, -32768 },
  { "2147483647", INT32_MIN, INT32_MAX, 1, INT32_MAX },
  { "-2147483648", INT32_MIN, INT32_MAX, 1, INT32_MIN },
  { "0", -1, 1, 1, 0 },
  { "-0", -1, 1, 1, 0 },
  { "0e99999999999", -1, 1, 1, 0 },
  { "0.000e-99999999999", -1, 1, 1, 0 },
  { "3.0", -9, 9, 1, 3 },                   // however it is written
  { "2.50e2", 0, 999, 1, 250 },
  { "25e1", 0, 999, 1, 250 },
  { "2500e-1", 0, 999, 1, 250 },
  { "2147483647.000000000000000000000000", INT32_MIN, INT32_MAX, 1, INT32_MAX },
};

START_TEST(a_whole_number_is_exact_or_refused)
{
  struct decimal number;
  int32_t x = 42;
  ck_assert(parse_text(wholes[_i].text, &number));
  const int fits = number_to_i32(&number, wholes[_i].lo, wholes[_i].hi, &x);
  ck_assert_msg(fits == wholes[_i].fits, "%s", wholes[_i].text);
  ck_assert_msg(x == (fits ? wholes[_i].value : 42), "%s is %d", wholes[_i].text, x);
}
END_TEST

static const struct {
  const char* text;
  int is_finite;
} sizes[] = {
  { "1e999", 0 }, { "1e309", 0 }, { "-1e309", 0 }, { "1.7976931348623159e308", 0 },
  { "17976931348623159e292", 0 }, { "1e99999999999999999999", 0 },
  { "1.7976931348623157e308", 1 }, { "1.7976931348623158e308", 1 }, { "1e308", 1 },
  { "9999999999999999999e289", 1 }, { "0e999", 1 }, { "1e-999", 1 }, { "0", 1 },
};

START_TEST(a_number_beyond_doubles_is_known)
{
  struct decimal number;
  ck_assert(parse_text(sizes[_i].text, &number));
  ck_assert_msg(number_is_finite(&number) == sizes[_i].is_finite, "%s", sizes[_i].text);
  ck_assert_int_eq(!isinf(strtod(sizes[_i].text, NULL)), sizes[_i].is_finite);
}
END_TEST

// ---------------------------------------------------------------------- text

static const struct {
  float x;
  const char* text;
} texts[] = {
  { 0.0f, "0.0" },
  { -0.0f, "-0.0" },
  { 1.0f, "1.0" },
  { -1.0f, "-1.0" },
  { 0.5f, "0.5" },
  { 0.1f, "0.1" },
  { 0.3f, "0.3" },
  { 100.0f, "100.0" },
  { 1234.5f, "1234.5" },
  { 0x1p-15f, "0.000030517578" },
  { 1e-5f, "0.00001" },
  { 9.9e-6f, "9.9e-6" },
  { 16777216.0f, "16777216.0" },
  { 33554432.0f, "33554432.0" },
  { 999999940.0f, "999999940.0" },
  { 1e9f, "1e9" },
  { 1.5e10f, "1.5e10" },
  { 3.4028235e38f, "3.4028235e38" },
  { 1.1754944e-38f, "1.1754944e-38" },
  { 0x1p-149f, "1e-45" },
  { -0x1p-149f, "-1e-45" },
  { 0x1.fffffep-1f, "0.99999994" },
  { 0x1p-16f, "0.000015258789" },
  { -0x1.000002p-16f, "-0.00001525879" },
};

START_TEST(a_float_has_this_text)
{
  char room[NUMBER_TEXT_ROOM + 1];
  *number_text_f32(room, texts[_i].x) = '\0';
  ck_assert_str_eq(room, texts[_i].text);
}
END_TEST

static void
ck_reads_back(uint32_t bits, char* room)
{
  struct decimal number;
  float back = 0.0f;
  char* const end = number_text_f32(room, float_of(bits));
  ck_assert_msg(end - room <= 16 && number_scan(room, end, &number) == end &&
                  number_to_f32(&number, &back) && bits_of(back) == bits,
                "%08x is %.*s and back %08x", bits, (int)(end - room), room, bits_of(back));
  *end = '\0';
}

// Digits from the first to the last that is not 0.
static int
n_digits(const char* text)
{
  int n = 0;
  int n_last = 0;
  for (; *text && *text != 'e'; ++text) {
    const int is_digit = *text >= '0' && *text <= '9';
    n += is_digit && (n || *text != '0');
    n_last = is_digit && *text != '0' ? n : n_last;
  }
  return n_last;
}

// As few as read back, and the nearest of those.
static void
ck_shortest(uint32_t bits, const char* text)
{
  const float x = float_of(bits);
  char best[64];
  for (int n = 1; n <= 9; ++n) {
    snprintf(best, sizeof best, "%.*e", n - 1, (double)x);
    if (bits_of(strtof(best, NULL)) == bits) {
      ck_assert_msg(n_digits(text) <= n, "%s, but %s is enough", text, best);
      const double error = fabs(strtod(text, NULL) - (double)x);
      ck_assert_msg(n_digits(text) < n ||
                      error <= fabs(strtod(best, NULL) - (double)x),
                    "%s, but %s is nearer", text, best);
      return;
    }
  }
}

START_TEST(every_exponent_reads_back_and_is_shortest)
{
  static const uint32_t fractions[] = { 0, 1, 2, 0x400000, 0x7ffffe, 0x7fffff, 0x2aaaaa };
  char room[NUMBER_TEXT_ROOM + 1];
  for (uint32_t exponent = 0; exponent < 255; ++exponent) {
    for (int i = 0; i < COUNT(fractions); ++i) {
      const uint32_t bits = exponent << 23 | fractions[i];
      ck_reads_back(bits, room);
      if (bits) {
        ck_shortest(bits, room);
      }
      ck_reads_back(bits | 0x80000000, room);
    }
  }
}
END_TEST

START_TEST(random_floats_read_back_and_are_shortest)
{
  uint64_t state = SEED;
  char room[NUMBER_TEXT_ROOM + 1];
  for (int i = 0; i < n_random(); ++i) {
    uint32_t bits = next_random(&state);
    if (i % 2) { // a sample
      bits = bits_of((float)((int32_t)bits * 0x1p-31));
    }
    if ((bits & 0x7f800000) == 0x7f800000) {
      continue;
    }
    ck_reads_back(bits, room);
    if (i % 16 < 2 && bits << 1) {
      ck_shortest(bits, room);
    }
  }
}
END_TEST

START_TEST(sixteen_bit_samples_read_back)
{
  char room[NUMBER_TEXT_ROOM + 1];
  for (int32_t i = -32768; i <= 32767; ++i) {
    ck_reads_back(bits_of((float)i / 32768.0f), room);
    char expected[16];
    snprintf(expected, sizeof expected, "%d", i);
    *number_text_i32(room, i) = '\0';
    ck_assert_str_eq(room, expected);
  }
}
END_TEST

START_TEST(whole_numbers_are_those_of_printf)
{
  static const int32_t edges[] = { 0, 9, 10, 99999999, 100000000, 100000001, 999999999,
                                   1000000000, 2100000000, INT32_MAX, -1, -100000000, INT32_MIN };
  uint64_t state = SEED;
  char room[NUMBER_TEXT_ROOM + 1];
  char expected[NUMBER_TEXT_ROOM + 1];
  for (int i = 0; i < 20000; ++i) {
    const uint32_t any = next_random(&state);
    const int32_t x = i < COUNT(edges) ? edges[i] : (int32_t)any >> (any & 31);
    *number_text_i32(room, x) = '\0';
    snprintf(expected, sizeof expected, "%d", x);
    ck_assert_str_eq(room, expected);
  }
}
END_TEST

START_TEST(a_list_is_its_numbers)
{
  enum { N = 7 };
  static const float f32[N] = { 0.0f, -0.5f, 1.0f, 1e-9f, 3.4028235e38f, 0.1f, -0x1p-15f };
  static const int16_t s16[N] = { 0, -1, 32767, -32768, 10, 999, -7 };
  static const int32_t s32[N] = { 0, INT32_MIN, INT32_MAX, 5, 123456789, -99999999, 1 };
  char room[N * NUMBER_TEXT_BYTES + NUMBER_TEXT_ROOM];
  *number_text_f32_list(room, f32, N) = '\0';
  ck_assert_str_eq(room, "0.0,-0.5,1.0,1e-9,3.4028235e38,0.1,-0.000030517578,");
  *number_text_s16_list(room, s16, N) = '\0';
  ck_assert_str_eq(room, "0,-1,32767,-32768,10,999,-7,");
  *number_text_s32_list(room, s32, N) = '\0';
  ck_assert_str_eq(room, "0,-2147483648,2147483647,5,123456789,-99999999,1,");
  ck_assert_ptr_eq(number_text_f32_list(room, f32, 0), room);
}
END_TEST

START_TEST(a_locale_with_a_comma_changes_nothing)
{
  static const char* const names[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8" };
  const char* set = NULL;
  for (int i = 0; i < COUNT(names) && !set; ++i) {
    set = setlocale(LC_ALL, names[i]);
  }
  char room[NUMBER_TEXT_ROOM + 1];
  struct decimal number;
  float x = 0.0f;
  *number_text_f32(room, 0.25f) = '\0';
  ck_assert_str_eq(room, "0.25");
  ck_assert(parse_text("0.25", &number) && number_to_f32(&number, &x));
  ck_assert(x == 0.25f);
  ck_assert(parse_text("16777217.00000000000000000000000000001", &number) &&
            number_to_f32(&number, &x));
  ck_assert(x == 16777218.0f);
  setlocale(LC_ALL, "C");
}
END_TEST

// --------------------------------------------------------------------- table

// 10^e times a power of two, in limbs of 32 bits, the lowest first.
enum { N_LIMBS = 20 };

static void
limbs_times_10(uint32_t* limbs)
{
  uint64_t carry = 0;
  for (int i = 0; i < N_LIMBS; ++i) {
    carry += (uint64_t)limbs[i] * 10;
    limbs[i] = (uint32_t)carry;
    carry >>= 32;
  }
}

static void
limbs_over_10(uint32_t* limbs)
{
  uint64_t rest = 0;
  for (int i = N_LIMBS; i-- > 0;) {
    rest = rest << 32 | limbs[i];
    limbs[i] = (uint32_t)(rest / 10);
    rest %= 10;
  }
}

static uint64_t
first_64_bits(const uint32_t* limbs, int* are_all)
{
  int top = N_LIMBS - 1;
  while (!limbs[top]) {
    --top;
  }
  const uint64_t first = (uint64_t)limbs[top] << 32 | limbs[top - 1];
  const int n_zeros = __builtin_clzll(first);
  const uint64_t next = (uint64_t)limbs[top - 2] << n_zeros;
  *are_all = !(uint32_t)next;
  for (int i = 0; i < top - 2; ++i) {
    *are_all &= !limbs[i];
  }
  return first << n_zeros | next >> 32;
}

START_TEST(the_table_is_that_of_exact_arithmetic)
{
  uint32_t up[N_LIMBS] = { 0, 0, 1 };
  uint32_t down[N_LIMBS] = { 0 };
  int are_all = 0;
  down[N_LIMBS - 1] = 1; // its last bits are far below what is looked at
  for (int32_t e = 0; e <= POWER_HIGH; ++e) {
    ck_assert_uint_eq(power_bits(e), first_64_bits(up, &are_all));
    ck_assert_int_eq(power_is_exact(e), are_all);
    limbs_times_10(up);
  }
  for (int32_t e = 0; e >= POWER_LOW; --e) {
    ck_assert_uint_eq(power_bits(e), first_64_bits(down, &are_all));
    limbs_over_10(down);
  }
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_loop_test(tcase, what_json_does_not_call_a_number_is_none, 0, COUNT(not_numbers));
  tcase_add_loop_test(tcase, a_whole_number_is_exact_or_refused, 0, COUNT(wholes));
  tcase_add_loop_test(tcase, a_number_beyond_doubles_is_known, 0, COUNT(sizes));
  tcase_add_loop_test(tcase, a_number_is_the_nearest_float, 0, COUNT(numbers));
  tcase_add_test(tcase, four_hundred_digits_are_all_looked_at);
  tcase_add_test(tcase, random_text_is_the_nearest_float);
  tcase_add_loop_test(tcase, a_float_has_this_text, 0, COUNT(texts));
  tcase_add_test(tcase, every_exponent_reads_back_and_is_shortest);
  tcase_add_test(tcase, random_floats_read_back_and_are_shortest);
  tcase_add_test(tcase, sixteen_bit_samples_read_back);
  tcase_add_test(tcase, whole_numbers_are_those_of_printf);
  tcase_add_test(tcase, a_list_is_its_numbers);
  tcase_add_test(tcase, a_locale_with_a_comma_changes_nothing);
  tcase_add_test(tcase, the_table_is_that_of_exact_arithmetic);
}

int
main(void)
{
  return suite_run("numbers", 600, add);
}
