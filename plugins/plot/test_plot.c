// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <dlfcn.h>
#include <math.h>
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH "plugins/plot/plot"

enum { AUDIO, MARKS, RATE = 16000 };

static char folder[] = "/tmp/rill-plot-XXXXXX";

static const char*
in_folder(const char* name)
{
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static struct rig*
open_rig(const char* name, uint32_t channels)
{
  struct rig* const rig = rig_open(PATH, "plot");
  rig_set(rig, "path", *name == '/' ? name : in_folder(name));
  rig_set(rig, "width", "640");
  rig_set(rig, "height", "320");
  rig_audio(rig, AUDIO, RATE, channels);
  rig_payload(rig, MARKS, RILL_KIND_JSON, 0);
  return rig;
}

static float*
tone_new(uint32_t n_frames, double hz)
{
  float* const x = malloc(n_frames * sizeof *x);
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
  { "/proc/p.png", "/proc/p.png" },
};

START_TEST(an_output_that_cannot_be_says_why)
{
  struct rig* const rig = open_rig(outputs[_i].path, 1);
  rig_start(rig, 64);
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_OUTPUT);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), outputs[_i].text));
  ck_assert_ptr_nonnull(strstr(rig_error(rig), outputs[_i].path));
  rig_close(rig);
}
END_TEST

START_TEST(a_name_that_is_none_of_a_png_is_refused)
{
  struct rig* const rig = open_rig("picture.jpg", 1);
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_PARAM);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), ".png"));
  rig_close(rig);
}
END_TEST

// -- pictures ---------------------------------------------------------------

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
  ck_assert_int_ne(
    png_image_finish_read(&i.png, NULL, i.pixels, 0, NULL), 0);
  return i;
}

START_TEST(no_audio_is_a_picture_too)
{
  struct rig* const rig = open_rig("empty.png", 1);
  rig_start(rig, 64);
  ck_assert_int_ne(access(in_folder("empty.png"), F_OK), 0);
  rig_push_text(rig, MARKS, "{\"start\":1,\"end\":2}", 0);
  rig_drain(rig);
  struct image i = load(in_folder("empty.png"));
  ck_assert_uint_eq(i.png.width, 640);
  ck_assert_uint_eq(i.png.height, 320);
  free(i.pixels);
  rig_close(rig);
}
END_TEST

static const char*
read_file(const char* path, size_t* n_bytes)
{
  FILE* const file = fopen(path, "rb");
  char* const bytes = malloc(1 << 20);
  ck_assert_ptr_nonnull(file);
  *n_bytes = fread(bytes, 1, 1 << 20, file);
  fclose(file);
  return bytes;
}

static const char*
draw(const char* name, const float* x, uint32_t n, uint32_t block,
     uint32_t disorder, size_t* n_bytes)
{
  struct rig* const rig = open_rig(name, 2);
  rig_disorder(rig, disorder);
  rig_start(rig, block);
  rig_push_f32(rig, AUDIO, x, n);
  rig_push_text(rig, MARKS, "{\"start\":0.25,\"end\":0.5}", 250000000);
  rig_push_text(rig, MARKS, "{\"start\":0.1,\"end\":0.2,\"label\":\"a\"}", 1);
  rig_drain(rig);
  rig_close(rig);
  return read_file(in_folder(name), n_bytes);
}

START_TEST(blocks_and_order_do_not_matter)
{
  static const uint32_t blocks[] = { 1, 64, 1000, 4096, 777 };
  enum { N = 20011 };
  float* const x = tone_new(2 * N, 1000.0);
  size_t n_first;
  const char* const first = draw("first.png", x, N, N, 0, &n_first);
  for (unsigned b = 0; b < 5; ++b) {
    size_t n;
    const char* const next = draw("next.png", x, N, blocks[b], b & 1, &n);
    ck_assert_uint_eq(n, n_first);
    ck_assert_mem_eq(next, first, n);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, an_output_that_cannot_be_says_why, 0,
                      sizeof outputs / sizeof outputs[0]);
  tcase_add_test(tcase, a_name_that_is_none_of_a_png_is_refused);
  tcase_add_test(tcase, no_audio_is_a_picture_too);
  tcase_add_test(tcase, blocks_and_order_do_not_matter);
}

// The host keeps a RESIDENT plugin, and with it what FFTW knows; the rig does
// not.
static void
keep_resident(void)
{
  const char* const top = getenv("top_builddir");
  char path[4096];
  snprintf(path, sizeof path, "%s/plugins/plot/.libs/plot.so", top ? top : ".");
  if (!dlopen(path, RTLD_NOW | RTLD_NODELETE)) {
    fprintf(stderr, "%s\n", dlerror());
  }
}

int
main(void)
{
  if (!mkdtemp(folder)) {
    return EXIT_FAILURE;
  }
  keep_resident();
  return suite_run("plot", 60, add_tests);
}
