// SPDX-License-Identifier: ISC
// The parts of the plot, each alone.
#include "axes.h"
#include "colour.h"
#include "font.h"
#include "marks.h"
#include "mixdown.h"
#include "png_file.h"
#include "scan.h"
#include "spectro.h"
#include "ticks.h"
#include "wave.h"

#include "tests/suite.h"

#include <math.h>
#include <string.h>

static const struct colour BLACK = { 0, 0, 0 };
static const struct colour WHITE = { 255, 255, 255 };

// -- canvas and font --------------------------------------------------------

static const struct {
  struct rect area;
  int alpha;
  int sum; // of the red of 4 x 3 pixels
} fills[] = {
  { { 0, 0, 0, 3 }, 255, 0 },              // empty
  { { 1, 1, -5, 1 }, 255, 0 },             // less than that
  { { 4, 0, 9, 9 }, 255, 0 },              // outside
  { { -9, -9, 9, 9 }, 255, 0 },            // and on the other side
  { { 1, 1, 2, 1 }, 255, 2 * 255 },        // within
  { { -1, -1, 2, 2 }, 255, 255 },          // the corner alone
  { { 3, 2, 100, 100 }, 255, 255 },        // the other corner
  { { -1, -1, 100, 100 }, 255, 12 * 255 }, // all of it
  { { 0, 0, 1, 1 }, 51, 51 },              // a fifth
  { { 0, 0, 1, 1 }, 0, 0 },                // nothing of it
};

static int
sum_of(const struct canvas* c)
{
  int sum = 0;
  for (int i = 0; i < c->width * c->height; ++i) {
    sum += c->pixels[i * 3];
  }
  return sum;
}

START_TEST(fills_are_cut_off_at_the_edges)
{
  struct canvas c;
  ck_assert_int_eq(canvas_init(&c, 4, 3, BLACK), 1);
  canvas_fill(&c, fills[_i].area, WHITE, fills[_i].alpha);
  ck_assert_int_eq(sum_of(&c), fills[_i].sum);
  canvas_fini(&c);
}
END_TEST

START_TEST(a_frame_is_an_outline)
{
  struct canvas c;
  canvas_init(&c, 10, 10, BLACK);
  canvas_frame(&c, (struct rect){ 1, 1, 8, 0 }, 1, WHITE, OPAQUE);
  ck_assert_int_eq(sum_of(&c), 0);
  canvas_frame(&c, (struct rect){ 1, 1, 5, 4 }, 1, WHITE, OPAQUE);
  ck_assert_int_eq(sum_of(&c), 14 * 255);
  canvas_fini(&c);
}
END_TEST

static const struct {
  const char* text;
  int dots;
} widths[] = {
  { "", 0 },          { " ", 3 },       { "A", 5 },
  { "1", 5 },         { "AB", 11 },     { "i", 3 },
  { "\xc3\xa9", 5 },  { ".", 2 },       { "10 s", 5 + 1 + 5 + 1 + 3 + 1 + 5 },
  { "\xf0\x9f\x98\x80x", 11 }, { "\x01", 5 },
};

START_TEST(texts_are_as_wide_as_their_letters)
{
  ck_assert_int_eq(font_width(widths[_i].text, 4), widths[_i].dots);
  ck_assert_int_eq(font_width(widths[_i].text, 12), 3 * widths[_i].dots);
}
END_TEST

START_TEST(letters_keep_to_their_box)
{
  struct canvas c;
  canvas_init(&c, 40, 40, BLACK);
  for (int size = 4; size <= 12; ++size) {
    for (char l = ' '; l <= '~'; ++l) {
      const char text[2] = { l, '\0' };
      const int w = font_width(text, size);
      const int h = font_pixels(FONT_DOTS_HIGH + 2, size);
      canvas_fill(&c, (struct rect){ 0, 0, 40, 40 }, BLACK, OPAQUE);
      font_draw(&c, 5, 5, text, size, WHITE);
      ck_assert_int_eq(sum_of(&c) > 0, l != ' ');
      canvas_fill(&c, (struct rect){ 5, 5, w + 1, h + 1 }, BLACK, OPAQUE);
      ck_assert_int_eq(sum_of(&c), 0);
    }
  }
  canvas_fini(&c);
}
END_TEST

START_TEST(text_that_goes_up_is_the_same_turned)
{
  struct canvas a;
  struct canvas b;
  canvas_init(&a, 60, 60, BLACK);
  canvas_init(&b, 60, 60, BLACK);
  font_draw(&a, 0, 0, "Rg1", 6, WHITE);
  font_draw_up(&b, 0, 59, "Rg1", 6, WHITE);
  for (int y = 0; y < 60; ++y) {
    for (int x = 0; x < 60; ++x) {
      ck_assert_int_eq(a.pixels[(y * 60 + x) * 3],
                       b.pixels[((59 - x) * 60 + y) * 3]);
    }
  }
  canvas_fini(&a);
  canvas_fini(&b);
}
END_TEST

static const struct {
  const char* text;
  int width;
  size_t n_bytes;
  const char* out;
} fits[] = {
  { "AAAA", 23, 64, "AAAA" },
  { "AAAA", 22, 64, "AA..." },
  { "AAAA", 1, 64, "..." },
  { "", 0, 64, "" },
  { "A\xc3\xa9\xc3\xa9\xc3\xa9", 15, 64, "A..." },
  { "AAAAAAAA", 999, 8, "AAAA..." }, // no room in memory
};

START_TEST(what_does_not_fit_ends_in_dots)
{
  char out[64];
  font_fit(out, fits[_i].n_bytes, fits[_i].text, 4, fits[_i].width);
  ck_assert_str_eq(out, fits[_i].out);
}
END_TEST

START_TEST(shades_grow_lighter_by_even_steps)
{
  struct colour shades[N_SHADES];
  double before = -1.0;
  colour_shades(shades);
  for (int i = 0; i < N_SHADES; i += 15) {
    // Lightness by another formula: CIE 1976.
    const double l[3] = { shades[i].r / 255.0, shades[i].g / 255.0,
                          shades[i].b / 255.0 };
    const double y = 0.2126 * pow(l[0], 2.2) + 0.7152 * pow(l[1], 2.2) +
                     0.0722 * pow(l[2], 2.2);
    const double lightness = y > 0.008856 ? 116.0 * cbrt(y) - 16.0 : 903.3 * y;
    ck_assert_double_gt(lightness, before);
    ck_assert_double_lt(lightness, before + 9.0);
    before = lightness;
  }
}
END_TEST

// -- ticks ------------------------------------------------------------------

static const struct {
  double span;
  int most;
  double step;
} time_steps[] = {
  { 0.001, 10, 0.0001 }, { 1.0, 10, 0.1 },  { 1.1, 10, 0.2 },
  { 32.75, 10, 5.0 },    { 32.75, 4, 10.0 }, { 150.0, 10, 15.0 },
  { 900.0, 10, 120.0 },  { 3600.0, 12, 300.0 }, { 36000.0, 10, 3600.0 },
  { 36001.0, 10, 7200.0 }, { 864000.0, 10, 86400.0 },
};

START_TEST(steps_of_time_are_round)
{
  ck_assert_double_eq_tol(
    ticks_time_step(time_steps[_i].span, time_steps[_i].most),
    time_steps[_i].step, 1e-12);
}
END_TEST

static const struct {
  double seconds;
  double step;
  double end;
  const char* text;
} times[] = {
  { 0.0, 0.0001, 0.0009, "0.0 ms" }, { 0.0002, 0.0001, 0.0009, "0.2 ms" },
  { 0.25, 0.05, 0.9, "250 ms" },     { 0.5, 0.5, 3.0, "0.5 s" },
  { 30.0, 5.0, 32.0, "30 s" },       { -5.0, 5.0, 32.0, "-5 s" },
  { 0.0, 15.0, 150.0, "0:00" },      { 90.0, 15.0, 150.0, "1:30" },
  { 59.96, 0.1, 150.0, "1:00.0" },   { -90.0, 15.0, 150.0, "-1:30" },
  { 3723.0, 60.0, 3723.0, "1:02:03" }, { 36000.0, 3600.0, 36000.0, "10:00:00" },
};

START_TEST(times_are_told_as_people_do)
{
  char text[TICK_BYTES];
  ticks_time(text, times[_i].seconds, times[_i].step, times[_i].end);
  ck_assert_str_eq(text, times[_i].text);
}
END_TEST

static const struct {
  double value;
  double step;
  const char* text;
} numbers[] = {
  { 0.0, 1.0, "0" },     { -0.0, 0.5, "0.0" }, { -0.5, 0.5, "-0.5" },
  { 0.3, 0.1, "0.3" },   { 20.0, 5.0, "20" },  { -1e-9, 0.1, "0.0" },
  { 0.002, 0.001, "0.002" }, { 1000.0, 500.0, "1000" },
};

START_TEST(numbers_have_the_places_of_their_step)
{
  char text[TICK_BYTES];
  ticks_number(text, numbers[_i].value, numbers[_i].step);
  ck_assert_str_eq(text, numbers[_i].text);
}
END_TEST

START_TEST(the_next_round_number_is_not_below)
{
  ck_assert_double_eq(ticks_above(1.0), 1.0);
  ck_assert_double_eq(ticks_above(1.01), 2.0);
  ck_assert_double_eq(ticks_above(0.1 + 0.2), 0.5);
  ck_assert_double_eq_tol(ticks_above(0.021), 0.05, 1e-12);
  ck_assert_double_eq(ticks_above(5.1), 10.0);
  ck_assert_double_eq(ticks_above(700.0), 1000.0);
}
END_TEST

// -- marks ------------------------------------------------------------------

static const struct {
  const char* text;
  const char* why;
} malformed[] = {
  { "", "not an object" },
  { "[]", "not an object" },
  { "1.5", "not an object" },
  { "{}", "no \"start\"" },
  { "{\"start\":1}", "no \"end\"" },
  { "{\"end\":1}", "no \"start\"" },
  { "{\"start\":2,\"end\":1}", "before its start" },
  { "{\"start\":1,\"start\":1,\"end\":2}", "twice" },
  { "{\"start\":\"1\",\"end\":2}", "a number is missing" },
  { "{\"start\":null,\"end\":2}", "a number is missing" },
  { "{\"start\":NaN,\"end\":2}", "a number is missing" },
  { "{\"start\":1,\"end\":Infinity}", "a number is missing" },
  { "{\"start\":1e999,\"end\":2}", "too large" },
  { "{\"start\":1,\"end\":-1e999}", "too large" },
  { "{\"start\":.5,\"end\":2}", "a number is missing" },
  { "{\"start\":01,\"end\":2}", "begins with 0" },
  { "{\"start\":1.,\"end\":2}", "digits" },
  { "{\"start\":1e,\"end\":2}", "digits" },
  { "{\"start\":+1,\"end\":2}", "a number is missing" },
  { "{\"start\":1,\"end\":2", "is missing" },
  { "{\"start\":1,\"end\":2,}", "a string is missing" },
  { "{\"start\":1 \"end\":2}", "is missing" },
  { "{\"start\" 1,\"end\":2}", "is missing" },
  { "{start:1,\"end\":2}", "a string is missing" },
  { "{\"start\":1,\"end\":2}x", "behind" },
  { "{\"start\":1,\"end\":2}{}", "behind" },
  { "{\"start\":1,\"end\":2,\"label\":3}", "a string is missing" },
  { "{\"start\":1,\"end\":2,\"label\":\"a", "does not end" },
  { "{\"start\":1,\"end\":2,\"label\":\"a\\", "an escape" },
  { "{\"start\":1,\"end\":2,\"label\":\"\\x\"}", "an escape" },
  { "{\"start\":1,\"end\":2,\"label\":\"\\u12g4\"}", "hexadecimal" },
  { "{\"start\":1,\"end\":2,\"label\":\"a\nb\"}", "control" },
  { "{\"start\":1,\"end\":2,\"confidence\":1.1}", "from 0 to 1" },
  { "{\"start\":1,\"end\":2,\"confidence\":-0.1}", "from 0 to 1" },
  { "{\"start\":1,\"end\":2,\"x\":tru}", "is missing" },
  { "{\"start\":1,\"end\":2,\"x\":[1,]}", "is missing" },
  { "{\"start\":1,\"end\":2,\"x\":[1}}", "is missing" },
  { "{\"start\":1,\"end\":2,\"x\":{\"a\"}}", "is missing" },
  { "{\"start\":1,\"end\":2,\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]"
    "]]]]]]]]]]]]]]]]]]]]]}",
    "too deeply" },
};

START_TEST(malformed_marks_are_refused)
{
  struct marks m = { 0 };
  const char* why = NULL;
  // A copy without the end, so that a sanitizer sees who reads beyond it.
  const size_t n = strlen(malformed[_i].text);
  char* const text = malloc(n + 1);
  memcpy(text, malformed[_i].text, n);
  char* const exact = realloc(text, n ? n : 1);
  ck_assert_int_eq(marks_add(&m, exact, n, &why), MARK_MALFORMED);
  ck_assert_ptr_nonnull(strstr(why, malformed[_i].why));
  ck_assert_uint_eq(m.n, 0);
  free(exact);
  marks_fini(&m);
}
END_TEST

static const struct {
  const char* text;
  struct {
    double start;
    double end;
    double confidence;
    const char* label;
  } mark;
} wellformed[] = {
  { "{\"start\":1.2,\"end\":3.19}", { 1.2, 3.19, 1.0, NULL } },
  { " { \"end\" : 2 ,\n\"start\"\t: 0 } ", { 0.0, 2.0, 1.0, NULL } },
  { "{\"start\":-1,\"end\":-0.5}", { -1.0, -0.5, 1.0, NULL } },
  { "{\"start\":1,\"end\":1}", { 1.0, 1.0, 1.0, NULL } },
  { "{\"start\":125e-2,\"end\":2E+1}", { 1.25, 20.0, 1.0, NULL } },
  { "{\"start\":0e9999,\"end\":1e-400}", { 0.0, 0.0, 1.0, NULL } },
  { "{\"start\":0.1000000000000000000000001,\"end\":123456789012345678901}",
    { 0.1, 123456789012345678901.0, 1.0, NULL } },
  { "{\"start\":1,\"end\":2,\"confidence\":0.25,\"label\":\"yes\"}",
    { 1.0, 2.0, 0.25, "yes" } },
  { "{\"start\":1,\"end\":2,\"label\":\"\"}", { 1.0, 2.0, 1.0, NULL } },
  { "{\"start\":1,\"end\":2,\"label\":\"a\\\"\\\\\\/\\n\\u0041\\u00e9\\u20ac\"}",
    { 1.0, 2.0, 1.0, "a\"\\/ A\xc3\xa9\xe2\x82\xac" } },
  { "{\"x\":{\"a\":[1,{},[],\"]\",null],\"b\":true},\"start\":1,\"end\":2,"
    "\"y\":false}",
    { 1.0, 2.0, 1.0, NULL } },
};

START_TEST(marks_are_read)
{
  struct marks m = { 0 };
  const char* why = NULL;
  ck_assert_int_eq(marks_add(&m, wellformed[_i].text,
                             strlen(wellformed[_i].text), &why), MARK_OK);
  ck_assert_double_eq(m.all[0].start, wellformed[_i].mark.start);
  ck_assert_double_eq_tol(m.all[0].end, wellformed[_i].mark.end,
                          1e-300 + 1e-15 * fabs(m.all[0].end));
  ck_assert_double_eq(m.all[0].confidence, wellformed[_i].mark.confidence);
  ck_assert_pstr_eq(m.all[0].label, wellformed[_i].mark.label);
  marks_fini(&m);
}
END_TEST

START_TEST(marks_are_sorted_by_time)
{
  static const char* const texts[] = {
    "{\"start\":2,\"end\":3}", "{\"start\":1,\"end\":9}",
    "{\"start\":1,\"end\":2,\"label\":\"b\"}", "{\"start\":1,\"end\":2}",
    "{\"start\":1,\"end\":2,\"confidence\":0.5}",
  };
  static const double ends[] = { 2.0, 2.0, 2.0, 9.0, 3.0 };
  struct marks m = { 0 };
  const char* why;
  for (int i = 0; i < 5; ++i) {
    marks_add(&m, texts[i], strlen(texts[i]), &why);
  }
  marks_sort(&m);
  for (int i = 0; i < 5; ++i) {
    ck_assert_double_eq(m.all[i].end, ends[i]);
  }
  ck_assert_double_eq(m.all[0].confidence, 0.5);
  ck_assert_pstr_eq(m.all[1].label, NULL);
  marks_fini(&m);
}
END_TEST

START_TEST(a_long_label_is_cut_at_a_character)
{
  char text[700] = "{\"start\":1,\"end\":2,\"label\":\"x";
  struct marks m = { 0 };
  const char* why;
  for (int i = 0; i < 300; ++i) {
    strcat(text, "\xc3\xa9");
  }
  strcat(text, "\"}");
  ck_assert_int_eq(marks_add(&m, text, strlen(text), &why), MARK_OK);
  ck_assert_uint_eq(strlen(m.all[0].label), 1 + 2 * 127);
  marks_fini(&m);
}
END_TEST

// -- columns ----------------------------------------------------------------

enum { N = 10007 };
static float noise[2][N];

static void
make_noise(void)
{
  uint32_t x = 1;
  for (int i = 0; i < 2 * N; ++i) {
    x = x * 1664525u + 1013904223u;
    noise[i / N][i % N] = (float)(x >> 8) / 8388608.0f - 1.0f;
  }
}

static void
add_noise(struct wave* w, uint32_t n_frames, uint32_t block)
{
  static struct mixdown m;
  const struct frames f = { m.lo, m.hi, m.power, 0 };
  for (uint32_t i = 0; i < n_frames; i += block) {
    const float* const channels[] = { noise[0] + i, noise[1] + i };
    struct frames part = f;
    part.n = n_frames - i < block ? n_frames - i : block;
    ck_assert_uint_eq(mixdown_make(&m, channels, 2, part.n), 0);
    wave_add(w, &part);
  }
}

static const struct {
  uint32_t n_frames;
  uint32_t n_columns;
  uint32_t hop;
} waves[] = {
  { 0, 0, 1 },    { 1, 1, 1 },     { 10, 10, 1 },     { 11, 6, 2 },
  { 20, 10, 2 },  { 21, 6, 4 },    { 5120, 10, 512 }, { 5121, 6, 1024 },
  { N, 10, 1024 },
};

START_TEST(columns_are_the_extremes_of_their_frames)
{
  struct wave w;
  make_noise();
  wave_init(&w, 10);
  add_noise(&w, waves[_i].n_frames, 1000);
  ck_assert_uint_eq(w.n_columns, waves[_i].n_columns);
  ck_assert_uint_eq(w.hop, waves[_i].hop);
  for (uint32_t k = 0; k < w.n_columns; ++k) {
    float lo = 9.0f;
    float hi = -9.0f;
    double energy = 0.0;
    for (uint32_t i = k * (uint32_t)w.hop;
         i < (k + 1) * w.hop && i < waves[_i].n_frames; ++i) {
      for (int c = 0; c < 2; ++c) {
        lo = fminf(lo, noise[c][i]);
        hi = fmaxf(hi, noise[c][i]);
        energy += 0.5 * (double)noise[c][i] * (double)noise[c][i];
      }
    }
    ck_assert_float_eq(w.columns[k].lo, lo);
    ck_assert_float_eq(w.columns[k].hi, hi);
    ck_assert_double_eq_tol(w.columns[k].energy, energy, 1e-6 * w.hop);
  }
  wave_fini(&w);
}
END_TEST

START_TEST(columns_do_not_depend_on_blocks)
{
  static const uint32_t blocks[] = { 1, 3, 16, 17, 64, 1024 };
  struct wave first;
  make_noise();
  wave_init(&first, 10);
  add_noise(&first, N, 1000);
  for (int b = 0; b < 6; ++b) {
    struct wave next;
    wave_init(&next, 10);
    add_noise(&next, N, blocks[b]);
    ck_assert_mem_eq(next.columns, first.columns,
                     10 * sizeof *first.columns);
    wave_fini(&next);
  }
  wave_fini(&first);
}
END_TEST

START_TEST(what_is_no_number_is_tamed_and_counted)
{
  static struct mixdown m;
  const float in[] = { NAN, INFINITY, -INFINITY, 1e9f, 0.5f };
  const float* const channels[] = { in };
  const float want[] = { 0.0f, 1e3f, -1e3f, 1e3f, 0.5f };
  ck_assert_uint_eq(mixdown_make(&m, channels, 1, 5), 3);
  ck_assert_mem_eq(m.mean, want, sizeof want);
}
END_TEST

static const struct {
  uint32_t size;
  uint32_t max_rows;
  uint32_t n_frames;
  uint32_t n_columns;
  uint32_t hop;
  uint32_t cell;
} spectra[] = {
  { 64, 100, 0, 0, 4, 4 },      { 64, 100, 1, 1, 4, 4 },
  { 64, 100, 40, 10, 4, 4 },    { 64, 100, 41, 6, 8, 8 },
  { 64, 100, 320, 10, 32, 32 }, { 64, 100, 321, 6, 64, 32 },
  { 64, 10, N, 10, 1024, 32 },  { 1024, 100, N, 10, 1024, 512 },
  { 50, 100, N, 7, 1536, 24 },
};

// The mean power of a column, from the definition of the transform.
static double
power_by_the_book(const struct spectro* s, uint32_t column, uint32_t bin,
                  uint32_t n_frames)
{
  double sum = 0.0;
  uint32_t n = 0;
  for (uint64_t at = column * s->hop;
       at < (column + 1) * s->hop && at < n_frames; at += s->cell, ++n) {
    double re = 0.0;
    double im = 0.0;
    for (uint32_t i = 0; i < s->size; ++i) {
      const int64_t f = (int64_t)(at + s->cell / 2 + i) - (int64_t)(s->size / 2);
      const double w = 0.5 - 0.5 * cos(2.0 * M_PI * i / s->size);
      const double x = f < 0 || f >= n_frames ? 0.0 : (double)noise[0][f];
      re += w * x * cos(2.0 * M_PI * bin * i / s->size);
      im += w * x * sin(2.0 * M_PI * bin * i / s->size);
    }
    sum += (re * re + im * im) * 16.0 / s->size / s->size;
  }
  return sum / n;
}

// The last column: those before it may have had smaller cells.
START_TEST(columns_are_mean_spectra)
{
  struct spectro s = { 0 };
  float rows[100] = { 0 };
  make_noise();
  ck_assert_int_eq(
    spectro_init(&s, spectra[_i].size, 10, spectra[_i].max_rows), 1);
  for (uint32_t i = 0; i < spectra[_i].n_frames; i += 333) {
    const uint32_t left = spectra[_i].n_frames - i;
    spectro_add(&s, noise[0] + i, left < 333 ? left : 333);
  }
  spectro_end(&s);
  ck_assert_uint_eq(s.n_columns, spectra[_i].n_columns);
  ck_assert_uint_eq(s.hop, spectra[_i].hop);
  ck_assert_uint_eq(s.cell, spectra[_i].cell);
  if (s.n_columns && s.n_rows == s.n_bins) {
    spectro_take(&s, s.n_columns - 1, 1.0f, rows);
    for (uint32_t b = 0; b < s.n_bins; ++b) {
      ck_assert_double_eq_tol(
        rows[b],
        power_by_the_book(&s, s.n_columns - 1, b, spectra[_i].n_frames), 1e-6);
    }
  }
  spectro_fini(&s);
}
END_TEST

START_TEST(folded_rows_keep_the_mean)
{
  static const uint32_t rows[] = { 1, 3, 100, 388, 511, 512 };
  float bins[513];
  for (int b = 0; b < 513; ++b) {
    bins[b] = (float)b;
  }
  for (int i = 0; i < 6; ++i) {
    struct fold_row fold[512];
    float sums[512] = { 0 };
    fold_init(fold, rows[i], 1024);
    fold_add(fold, rows[i], bins, sums);
    for (uint32_t r = 0; r < rows[i]; ++r) {
      // The bins are steps of a slope: their mean is that of the slope, give
      // or take what a step is beside it.
      ck_assert_double_eq_tol(sums[r], (r + 0.5) * 512.0 / rows[i], 0.26);
    }
  }
}
END_TEST

// -- files ------------------------------------------------------------------

struct limit {
  size_t left;
  int n_after; // calls after the one that failed
  int has_failed;
};

static int32_t
take_some(void* arg, const void* data, size_t n_bytes)
{
  struct limit* const l = arg;
  (void)data;
  l->n_after += l->has_failed;
  l->has_failed |= n_bytes > l->left;
  l->left -= l->has_failed ? 0 : n_bytes;
  return l->has_failed ? -9 : 0;
}

START_TEST(a_sink_that_fails_is_left_alone)
{
  struct canvas c;
  canvas_init(&c, 100, 100, BLACK);
  size_t n = 0;
  for (;; ++n) {
    struct limit l = { .left = n };
    const struct png_sink sink = { take_some, &l };
    const int32_t rc = png_file_write(&c, &sink);
    ck_assert_int_eq(l.n_after, 0);
    if (rc == 0) {
      break;
    }
    ck_assert_int_eq(rc, -9);
  }
  ck_assert_uint_gt(n, 60);
  canvas_fini(&c);
}
END_TEST

// -- axes -------------------------------------------------------------------

START_TEST(axes_of_odd_spans_end)
{
  static const struct span spans[] = {
    { 1e15, 1e15 + 0.125 }, { -3600.0, 3600.0 }, { 0.0, 1e-9 }, { 0.0, 1e12 },
  };
  struct layout l;
  struct canvas c;
  layout_make(&l, 640, 320, VIEW_BOTH, 1);
  canvas_init(&c, 640, 320, BLACK);
  for (int i = 0; i < 4; ++i) {
    axes_time(&c, &l, &spans[i]);
    axes_grid(&c, &l, &spans[i]);
    ck_assert_int_eq(axes_x(l.panels, &spans[i], -1e300), l.panels.x - 1);
    ck_assert_int_eq(axes_x(l.panels, &spans[i], 1e300),
                     l.panels.x + l.panels.w);
  }
  canvas_fini(&c);
}
END_TEST

#define LOOP(test, rows)                                                       \
  tcase_add_loop_test(tcase, test, 0, (int)(sizeof rows / sizeof rows[0]))

static void
add_tests(TCase* tcase)
{
  LOOP(fills_are_cut_off_at_the_edges, fills);
  tcase_add_test(tcase, a_frame_is_an_outline);
  LOOP(texts_are_as_wide_as_their_letters, widths);
  tcase_add_test(tcase, letters_keep_to_their_box);
  tcase_add_test(tcase, text_that_goes_up_is_the_same_turned);
  LOOP(what_does_not_fit_ends_in_dots, fits);
  tcase_add_test(tcase, shades_grow_lighter_by_even_steps);
  LOOP(steps_of_time_are_round, time_steps);
  LOOP(times_are_told_as_people_do, times);
  LOOP(numbers_have_the_places_of_their_step, numbers);
  tcase_add_test(tcase, the_next_round_number_is_not_below);
  LOOP(malformed_marks_are_refused, malformed);
  LOOP(marks_are_read, wellformed);
  tcase_add_test(tcase, marks_are_sorted_by_time);
  tcase_add_test(tcase, a_long_label_is_cut_at_a_character);
  LOOP(columns_are_the_extremes_of_their_frames, waves);
  tcase_add_test(tcase, columns_do_not_depend_on_blocks);
  tcase_add_test(tcase, what_is_no_number_is_tamed_and_counted);
  LOOP(columns_are_mean_spectra, spectra);
  tcase_add_test(tcase, folded_rows_keep_the_mean);
  tcase_add_test(tcase, a_sink_that_fails_is_left_alone);
  tcase_add_test(tcase, axes_of_odd_spans_end);
}

int
main(void)
{
  return suite_run("plot parts", 60, add_tests);
}
