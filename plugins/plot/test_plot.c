// SPDX-License-Identifier: ISC
// The node as a host sees it, and its pictures decoded again.
#include "font.h"
#include "layout.h"

#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <fftw3.h>
#include <math.h>
#include <png.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { AUDIO, MARKS, RATE = 16000, WIDTH = 640, HEIGHT = 320 };

static char folder[] = "/tmp/rill-plot-XXXXXX";

static const char*
in_folder(const char* name)
{
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static struct rig*
open_rig(const char* name, uint32_t channels, const char* const* params)
{
  struct rig* const rig = rig_open("plugins/plot/plot", "plot");
  rig_set(rig, "path", *name == '/' ? name : in_folder(name));
  rig_set(rig, "width", "640");
  rig_set(rig, "height", "320");
  rig_set_all(rig, params);
  rig_audio(rig, AUDIO, RATE, channels);
  rig_payload(rig, MARKS, RILL_KIND_JSON, 0);
  return rig;
}

static float*
tone_new(uint32_t n_frames, double hz)
{
  float* const x = malloc((n_frames + 1) * sizeof *x);
  for (uint32_t i = 0; i < n_frames; ++i) {
    x[i] = (float)(0.5 * sin(2.0 * M_PI * hz * i / RATE));
  }
  return x;
}

// -- refusals ---------------------------------------------------------------

static const struct {
  const char* path;
  const char* text;
} outputs[] = {
  { "/nowhere/p.png", "does not exist" },
  { "/proc/p.png", "cannot create" },
};

// At once, not when everything has been computed.
START_TEST(an_output_that_cannot_be_says_why)
{
  const float x[64] = { 0 };
  struct rig* const rig = open_rig(outputs[_i].path, 1, NULL);
  rig_start(rig, 64);
  rig_push_f32(rig, AUDIO, x, 64);
  ck_assert_int_eq(rig_try_run(rig), RILL_ERR_OUTPUT);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), outputs[_i].text));
  ck_assert_ptr_nonnull(strstr(rig_error(rig), outputs[_i].path));
  rig_close(rig);
}
END_TEST

START_TEST(a_full_disk_is_told_and_leaves_the_old_picture)
{
  const struct rlimit small = { 1000, 1000 };
  const char* const path = in_folder("full.png");
  FILE* const old = fopen(path, "w");
  fputs("old", old);
  fclose(old);
  struct rig* const rig = open_rig("full.png", 1, NULL);
  rig_start(rig, 64);
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_OUTPUT);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "large"));
  ck_assert_ptr_nonnull(strstr(rig_error(rig), path));
  rig_close(rig);
  char text[8] = "";
  FILE* const file = fopen(path, "r");
  ck_assert_uint_eq(fread(text, 1, 8, file), 3);
  ck_assert_str_eq(text, "old");
  fclose(file);
}
END_TEST

static const char* const names[] = { "picture.jpg", "png", ".png", "a.PNG" };

START_TEST(a_name_that_is_none_of_a_png_is_refused)
{
  struct rig* const rig = rig_open("plugins/plot/plot", "plot");
  rig_set(rig, "path", names[_i]);
  rig_audio(rig, AUDIO, RATE, 1);
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_PARAM);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "end in .png"));
  rig_close(rig);
}
END_TEST

static const struct {
  const char* mark;
  const char* why;
} malformed[] = {
  { "[1,2]", "not an object" },
  { "{\"start\":1}", "no \"end\"" },
  { "{\"start\":2,\"end\":1}", "before its start" },
};

START_TEST(a_malformed_mark_is_quoted)
{
  struct rig* const rig = open_rig("mark.png", 1, NULL);
  rig_start(rig, 64);
  rig_push_text(rig, MARKS, malformed[_i].mark, 0);
  ck_assert_int_eq(rig_try_run(rig), RILL_ERR_INPUT);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), malformed[_i].mark));
  ck_assert_ptr_nonnull(strstr(rig_error(rig), malformed[_i].why));
  rig_close(rig);
  ck_assert_int_ne(access(in_folder("mark.png"), F_OK), 0);
}
END_TEST

START_TEST(what_was_not_drained_is_not_there)
{
  const float x[64] = { 0 };
  struct rig* const rig = open_rig("gone.png", 1, NULL);
  rig_start(rig, 64);
  rig_push_f32(rig, AUDIO, x, 64);
  rig_run(rig);
  rig_close(rig);
  ck_assert_int_ne(access(in_folder("gone.png"), F_OK), 0);
}
END_TEST

// -- the picture ------------------------------------------------------------

/// A decoded file.
struct image {
  png_image png;
  uint8_t* pixels; // r, g, b
};

static struct image
load(const char* path)
{
  struct image i = { .png = { .version = PNG_IMAGE_VERSION } };
  ck_assert_int_ne(png_image_begin_read_from_file(&i.png, path), 0);
  i.png.format = PNG_FORMAT_RGB;
  i.pixels = malloc(PNG_IMAGE_SIZE(i.png));
  ck_assert_int_ne(png_image_finish_read(&i.png, NULL, i.pixels, 0, NULL), 0);
  return i;
}

static const uint8_t*
at(const struct image* i, int x, int y)
{
  return i->pixels + ((size_t)y * i->png.width + (size_t)x) * 3;
}

static int
light_of(const struct image* i, int x, int y)
{
  const uint8_t* const p = at(i, x, y);
  return p[0] + p[1] + p[2];
}

static struct image
draw(const char* const* params, const float* x, uint32_t n, const char* mark)
{
  struct rig* const rig = open_rig("picture.png", 1, params);
  rig_start(rig, 4096);
  rig_push_f32(rig, AUDIO, x, n);
  if (mark) {
    rig_push_text(rig, MARKS, mark, 0);
  }
  rig_drain(rig);
  rig_close(rig);
  return load(in_folder("picture.png"));
}

static const struct {
  const char* params[7];
  uint32_t width;
  uint32_t height;
  uint32_t n_frames;
} sizes[] = {
  { { NULL }, WIDTH, HEIGHT, 0 },
  { { NULL }, WIDTH, HEIGHT, 1 },
  { { "width", "320", "height", "200", NULL }, 320, 200, 8000 },
  { { "width", "320", "height", "2000", NULL }, 320, 2000, 8000 },
  { { "width", "4000", "height", "200", NULL }, 4000, 200, 8000 },
  { { "view", "waveform", "fft", "65536", NULL }, WIDTH, HEIGHT, 8000 },
  { { "view", "spectrogram", "fft", "65536", NULL }, WIDTH, HEIGHT, 8000 },
  { { "view", "spectrogram", "fft", "33", NULL }, WIDTH, HEIGHT, 8000 },
};

START_TEST(a_picture_is_as_large_as_asked)
{
  float* const x = tone_new(sizes[_i].n_frames, 1000.0);
  struct image i =
    draw(sizes[_i].params, x, sizes[_i].n_frames, "{\"start\":0,\"end\":2}");
  ck_assert_uint_eq(i.png.width, sizes[_i].width);
  ck_assert_uint_eq(i.png.height, sizes[_i].height);
  free(i.pixels);
  free(x);
}
END_TEST

START_TEST(no_audio_is_said)
{
  struct image none = draw(NULL, NULL, 0, NULL);
  struct layout l;
  layout_make(&l, WIDTH, HEIGHT, VIEW_BOTH, 1);
  const int cx = l.panels.x + l.panels.w / 2;
  const int cy = l.panels.y + l.panels.h / 2;
  const int w = font_width("no audio", 2 * l.size);
  int inside = 0;
  int outside = 0;
  for (int y = cy - 20; y < cy + 20; ++y) {
    for (int x = cx - 100; x < cx + 100; ++x) {
      const int is_lit = light_of(&none, x, y) > 200;
      inside += is_lit && abs(x - cx) <= w / 2 + 1;
      outside += is_lit && abs(x - cx) > w / 2 + 1;
    }
  }
  ck_assert_int_gt(inside, 50);
  ck_assert_int_eq(outside, 0);
  free(none.pixels);
}
END_TEST

static const double tones[] = { 500.0, 1000.0, 3000.0, 7500.0 };
static const char* const lengths[] = { "256", "1024", "4096" };

START_TEST(a_tone_lights_its_rows_and_no_others)
{
  const char* const params[] = { "fft", lengths[_i % 3], NULL };
  const double hz = tones[_i / 3];
  float* const x = tone_new(2 * RATE, hz);
  struct image i = draw(params, x, 2 * RATE, NULL);
  struct layout l;
  layout_make(&l, WIDTH, HEIGHT, VIEW_BOTH, 1);
  const struct rect a = l.spectro;
  const double row = a.y + a.h - hz / (RATE / 2.0) * a.h;
  const double reach = 2.0 * RATE / atof(lengths[_i % 3]) / (RATE / 2.0) * a.h;
  for (int y = a.y + 1; y < a.y + a.h - 1; ++y) {
    const int light = light_of(&i, a.x + a.w / 2, y);
    const double far = fabs(y + 0.5 - row);
    if (far <= 0.5) {
      ck_assert_int_gt(light, 450);
    } else if (far > reach + 2.0) {
      ck_assert_int_lt(light, 120);
    }
  }
  free(i.pixels);
  free(x);
}
END_TEST

static const struct {
  const char* mark;
  double begin; // of the 2 seconds
  double end;
} bands[] = {
  { "{\"start\":0.5,\"end\":1.25}", 0.5, 1.25 },
  { "{\"start\":-3,\"end\":0.5}", 0.0, 0.5 },
  { "{\"start\":1.5,\"end\":1e300}", 1.5, 2.0 },
  { "{\"start\":0,\"end\":2,\"label\":\"whole\"}", 0.0, 2.0 },
  { "{\"start\":1,\"end\":1}", 1.0, 1.0 }, // a line
  { "{\"start\":2,\"end\":2}", 2.0, 2.0 },
  { "{\"start\":3,\"end\":4}", 9.0, 9.0 }, // not in the picture
};

START_TEST(a_mark_covers_its_columns_and_no_others)
{
  float* const x = calloc(2 * RATE, sizeof *x);
  struct image without = draw(NULL, x, 2 * RATE, NULL);
  struct image with = draw(NULL, x, 2 * RATE, bands[_i].mark);
  struct layout l;
  layout_make(&l, WIDTH, HEIGHT, VIEW_BOTH, 1);
  const struct rect a = l.panels;
  const int bar = l.strip.y + font_pixels(FONT_DOTS_HIGH + 3, l.size);
  const int begin = a.x + (int)floor(bands[_i].begin / 2.0 * a.w);
  const int end = a.x + (int)floor(bands[_i].end / 2.0 * a.w);
  for (int c = a.x + 1; c < a.x + a.w - 1; ++c) {
    const int is_in = (c >= begin && c < end) || (c == begin && begin == end);
    const int rows[] = { bar, l.wave.y + 10, l.spectro.y + 10 };
    for (int r = 0; r < 3; ++r) {
      const int differs = memcmp(at(&with, c, rows[r]), at(&without, c, rows[r]), 3);
      ck_assert_msg((differs != 0) == is_in, "column %d, row %d", c, rows[r]);
    }
  }
  free(with.pixels);
  free(without.pixels);
  free(x);
}
END_TEST

START_TEST(confidence_shows_in_the_bar)
{
  const float x[RATE] = { 0 };
  struct layout l;
  int before = 0;
  layout_make(&l, WIDTH, HEIGHT, VIEW_BOTH, 1);
  for (int i = 0; i <= 4; ++i) {
    char mark[64];
    snprintf(mark, sizeof mark, "{\"start\":0,\"end\":9,\"confidence\":%d.%d}",
             i / 4, i * 25 % 100);
    struct image picture = draw(NULL, x, RATE, mark);
    const int light =
      light_of(&picture, l.strip.x + 9,
               l.strip.y + font_pixels(FONT_DOTS_HIGH + 3, l.size));
    ck_assert_int_gt(light, before + 20);
    before = light;
    free(picture.pixels);
  }
}
END_TEST

// -- bytes ------------------------------------------------------------------

static char*
read_file(const char* path, size_t* n_bytes)
{
  enum { MOST = 1 << 20 };
  FILE* const file = fopen(path, "rb");
  char* const bytes = malloc(MOST);
  ck_assert_ptr_nonnull(file);
  *n_bytes = fread(bytes, 1, MOST, file);
  fclose(file);
  return bytes;
}

static void
push_all(struct rig* rig, const float* x, uint32_t n, int marks_first)
{
  for (int part = 0; part < 2; ++part) {
    if (part == marks_first) {
      rig_push_f32(rig, AUDIO, x, n);
    } else {
      rig_push_text(rig, MARKS, "{\"start\":0.25,\"end\":0.5}", 250000000);
      rig_push_text(rig, MARKS, "{\"start\":0.1,\"end\":0.2,\"label\":\"a\"}", 1);
    }
    rig_run(rig); // all of one before the other
  }
}

// 20011 frames are more than twice the columns, so pairs have been made.
START_TEST(blocks_and_order_do_not_matter)
{
  static const uint32_t blocks[] = { 20011, 1, 64, 777, 1000, 4096 };
  enum { FRAMES = 20011, N_BLOCKS = sizeof blocks / sizeof blocks[0] };
  float* const x = tone_new(2 * FRAMES, 1000.0);
  size_t n_first = 0;
  char* first = NULL;
  for (int i = 0; i < 3 * N_BLOCKS; ++i) {
    struct rig* const rig = open_rig("bytes.png", 2, NULL);
    size_t n;
    rig_disorder(rig, i % 3 == 1);
    rig_start(rig, blocks[i / 3]);
    push_all(rig, x, FRAMES, i % 3 == 2);
    rig_drain(rig);
    rig_close(rig);
    char* const next = read_file(in_folder("bytes.png"), &n);
    if (first) {
      ck_assert_uint_eq(n, n_first);
      ck_assert_mem_eq(next, first, n);
      free(next);
    } else {
      first = next;
      n_first = n;
    }
  }
  free(first);
  free(x);
}
END_TEST

START_TEST(reset_is_as_fresh)
{
  float* const x = tone_new(RATE, 440.0);
  struct rig* const rig = open_rig("reset.png", 1, NULL);
  size_t n[2];
  char* bytes[2];
  rig_start(rig, 1000);
  for (int i = 0; i < 2; ++i) {
    push_all(rig, x, RATE, 0);
    rig_drain(rig);
    bytes[i] = read_file(in_folder("reset.png"), &n[i]);
    rig_reset(rig);
    push_all(rig, x, 3333, 0);
    rig_reset(rig);
  }
  ck_assert_uint_eq(n[0], n[1]);
  ck_assert_mem_eq(bytes[0], bytes[1], n[0]);
  free(bytes[0]);
  free(bytes[1]);
  free(x);
  rig_close(rig);
}
END_TEST

// -- odd streams ------------------------------------------------------------

static void
push_at(struct rig* rig, int64_t media_pos, uint32_t flags, float value)
{
  const struct rill_host* const host = fake_host_table(rig_host(rig));
  const struct rill_format format = {
    .kind = RILL_KIND_AUDIO, .encoding = RILL_ENC_F32, .rate = RATE,
    .rate_den = 1, .channels = 1,
  };
  struct rill_buffer* const b = host->buffers->alloc(host, &format, 1000);
  for (int i = 0; i < 1000; ++i) {
    ((float*)b->planes[0].data)[i] = i % 2 ? value : -value;
  }
  b->n_frames = 1000;
  b->media_pos = media_pos;
  b->flags |= flags;
  rig_push(rig, AUDIO, b);
}

static const struct {
  int64_t first;
  int64_t second;
  uint32_t flags;
  int is_gap; // whether the middle third is silent
} gaps[] = {
  { 0, 2000, RILL_BUFFER_DISCONT, 1 },
  { 5000, 7000, RILL_BUFFER_GAP, 1 }, // the axis begins where the stream does
  { 0, 2000, 0, 0 },                  // nobody said so
  { 0, 1000, RILL_BUFFER_DISCONT, 0 },
  { 1000, 0, RILL_BUFFER_DISCONT, 0 },
  { 0, INT64_MAX - 1000, RILL_BUFFER_DISCONT, 0 }, // absurd
};

START_TEST(what_was_left_out_is_a_gap)
{
  struct layout l;
  struct rig* const rig = open_rig("gap.png", 1, NULL);
  rig_start(rig, 1000);
  push_at(rig, gaps[_i].first, 0, 0.9f);
  push_at(rig, gaps[_i].second, gaps[_i].flags, 0.9f);
  rig_drain(rig);
  rig_close(rig);
  struct image i = load(in_folder("gap.png"));
  layout_make(&l, WIDTH, HEIGHT, VIEW_BOTH, 1);
  const int y = l.wave.y + l.wave.h / 4;
  const int x = l.wave.x + l.wave.w / 2 + 3;
  ck_assert_int_eq(light_of(&i, x, y) < 100, gaps[_i].is_gap);
  free(i.pixels);
}
END_TEST

START_TEST(what_is_no_number_is_warned_of)
{
  const float x[] = { NAN, 0.5f, INFINITY, -0.5f };
  struct rig* const rig = open_rig("nan.png", 1, NULL);
  rig_start(rig, 64);
  rig_push_f32(rig, AUDIO, x, 4);
  rig_drain(rig);
  ck_assert_ptr_nonnull(fake_host_find_log(rig_host(rig), "2 samples"));
  rig_close(rig);
}
END_TEST

START_TEST(marks_need_not_be_linked)
{
  struct rig* const rig = rig_open("plugins/plot/plot", "plot");
  const float x[100] = { 0 };
  rig_set(rig, "path", in_folder("alone.png"));
  rig_set(rig, "title", "A title that is far too long for a picture of this "
                        "width, so that it must end in dots somewhere, which "
                        "is no reason to be shy of words, \xc3\xa9 or not");
  rig_audio(rig, AUDIO, RATE, 3);
  rig_start(rig, 100);
  rig_push_f32(rig, AUDIO, x, 33);
  rig_drain(rig);
  rig_close(rig);
  struct image i = load(in_folder("alone.png"));
  ck_assert_uint_eq(i.png.width, 1600);
  free(i.pixels);
}
END_TEST

START_TEST(many_marks_are_kept)
{
  const float x[RATE] = { 0 };
  struct rig* const rig = open_rig("many.png", 1, NULL);
  rig_start(rig, RATE);
  for (int i = 0; i < 3000; ++i) {
    char mark[96];
    snprintf(mark, sizeof mark,
             "{\"start\":0.%03d,\"end\":1,\"label\":\"%d\"}", i % 1000, i);
    rig_push_text(rig, MARKS, mark, i);
  }
  rig_push_f32(rig, AUDIO, x, RATE);
  rig_drain(rig);
  rig_close(rig);
}
END_TEST

#define LOOP(test, rows)                                                       \
  tcase_add_loop_test(tcase, test, 0, (int)(sizeof rows / sizeof rows[0]))

static void
add_tests(TCase* tcase)
{
  LOOP(an_output_that_cannot_be_says_why, outputs);
  tcase_add_test(tcase, a_full_disk_is_told_and_leaves_the_old_picture);
  LOOP(a_name_that_is_none_of_a_png_is_refused, names);
  LOOP(a_malformed_mark_is_quoted, malformed);
  tcase_add_test(tcase, what_was_not_drained_is_not_there);
  LOOP(a_picture_is_as_large_as_asked, sizes);
  tcase_add_test(tcase, no_audio_is_said);
  tcase_add_loop_test(tcase, a_tone_lights_its_rows_and_no_others, 0, 12);
  LOOP(a_mark_covers_its_columns_and_no_others, bands);
  tcase_add_test(tcase, confidence_shows_in_the_bar);
  tcase_add_test(tcase, blocks_and_order_do_not_matter);
  tcase_add_test(tcase, reset_is_as_fresh);
  LOOP(what_was_left_out_is_a_gap, gaps);
  tcase_add_test(tcase, what_is_no_number_is_warned_of);
  tcase_add_test(tcase, marks_need_not_be_linked);
  tcase_add_test(tcase, many_marks_are_kept);
}

static void
remove_folder(void)
{
  static const char* const made[] = { "picture.png", "full.png", "bytes.png",
                                      "reset.png",   "gap.png",  "nan.png",
                                      "alone.png",   "many.png" };
  for (unsigned i = 0; i < sizeof made / sizeof made[0]; ++i) {
    unlink(in_folder(made[i]));
  }
  rmdir(folder);
}

// The host keeps a RESIDENT plugin, and with it what FFTW knows; the rig does
// not, so this program does.
int
main(void)
{
  if (!mkdtemp(folder)) {
    return EXIT_FAILURE;
  }
  fftwf_make_planner_thread_safe();
  const int rc = suite_run("plot", 60, add_tests);
  remove_folder();
  return rc;
}
