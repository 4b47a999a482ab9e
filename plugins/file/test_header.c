// SPDX-License-Identifier: ISC
// Headers that lie, and what is said about them.
#define _GNU_SOURCE
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/folder.h"
#include "tests/suite.h"

enum { NONE = -1, TEXT_BYTES = 1 << 17 };

// 0 is the usual thing: 100 frames of s16 stereo at 8 kHz, 400 bytes; NONE is
// a zero in the file.
struct wave {
  const char* magic;
  const char* form;
  int64_t riff_size;
  int64_t data_size; // as claimed
  int64_t n_data;    // bytes there are
  int64_t tag, channels, rate, align, bits, fmt_size;
  int64_t mask;
  int64_t ds64_data; // RF64
  int n_fmt;
  int fmt_last;        // after the data
  const char* before;  // a chunk in front of the data ...
  int64_t before_size; // ... that claims so many bytes
  int64_t before_data; // ... and has so many
  int no_pad;
  int n_tiny;          // chunks without content
  const char* after;   // an empty chunk behind the data
  int64_t cut;         // to so many bytes
};

struct image {
  uint8_t bytes[TEXT_BYTES];
  size_t n;
};

static int64_t
or_else(int64_t value, int64_t usual)
{
  return value == NONE ? 0 : value ? value : usual;
}

static void
put(struct image* image, uint64_t value, int n_bytes)
{
  for (int i = 0; i < n_bytes; ++i) {
    image->bytes[image->n++] = (uint8_t)(value >> 8 * i);
  }
}

static void
put_text(struct image* image, const char* text)
{
  memcpy(image->bytes + image->n, text, strlen(text));
  image->n += strlen(text);
}

static void
put_zeros(struct image* image, int64_t n)
{
  memset(image->bytes + image->n, 0, (size_t)n);
  image->n += (size_t)n;
}

static void
put_fmt(struct image* image, const struct wave* w)
{
  const uint64_t channels = (uint64_t)or_else(w->channels, 2);
  const uint64_t bits = (uint64_t)or_else(w->bits, 16);
  const uint64_t size = (uint64_t)or_else(w->fmt_size, w->mask ? 40 : 16);
  const size_t first = image->n + 8;
  put_text(image, "fmt ");
  put(image, size, 4);
  put(image, w->mask ? 0xfffe : (uint64_t)or_else(w->tag, 1), 2);
  put(image, channels, 2);
  put(image, (uint64_t)or_else(w->rate, 8000), 4);
  put(image, 0, 4);
  put(image, (uint64_t)or_else(w->align, (int64_t)(channels * bits / 8)), 2);
  put(image, bits, 2);
  if (w->mask) {
    put(image, 22, 2);
    put(image, bits, 2);
    put(image, (uint64_t)w->mask, 4);
    put(image, (uint64_t)or_else(w->tag, 1), 2);
    static const uint8_t tail[14] = { 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0,
                                      0x38, 0x9b, 0x71 };
    memcpy(image->bytes + image->n, tail, sizeof tail);
    image->n += sizeof tail;
  }
  image->n = first + size;
}

static void
put_before(struct image* image, const struct wave* w)
{
  for (int i = 0; i < w->n_tiny; ++i) {
    put_text(image, "tiny");
    put(image, 0, 4);
  }
  if (w->before) {
    put_text(image, w->before);
    put(image, (uint64_t)or_else(w->before_size, w->before_data), 4);
    put_zeros(image, w->before_data);
    put_zeros(image, w->no_pad ? 0 : w->before_data & 1);
  }
}

static void
make_wave(struct image* image, const struct wave* w)
{
  const int64_t n_data = or_else(w->n_data, 400);
  const int n_fmt = w->n_fmt == NONE ? 0 : w->n_fmt ? w->n_fmt : 1;
  put_text(image, w->magic ? w->magic : "RIFF");
  put(image, 0, 4);
  put_text(image, w->form ? w->form : "WAVE");
  if (w->ds64_data) {
    put_text(image, "ds64");
    put(image, 28, 4);
    put_zeros(image, 8);
    put(image, (uint64_t)or_else(w->ds64_data, 400), 8);
    put_zeros(image, 12);
  }
  for (int i = 0; i < n_fmt && !w->fmt_last; ++i) {
    put_fmt(image, w);
  }
  put_before(image, w);
  if (w->data_size != -2) {
    put_text(image, "data");
    put(image, (uint64_t)or_else(w->data_size, n_data), 4);
    for (int64_t i = 0; i < n_data; ++i) {
      put(image, (uint64_t)i % 3, 1);
    }
  }
  if (w->fmt_last) {
    put_fmt(image, w);
  }
  put_text(image, w->after ? w->after : "");
  put_zeros(image, w->after ? 4 : 0);
  image->n = w->cut ? (size_t)w->cut : image->n;
  const uint64_t size = (uint64_t)or_else(w->riff_size, (int64_t)image->n - 8);
  for (int i = 0; i < 4 && image->n > 8; ++i) {
    image->bytes[4 + i] = (uint8_t)(size >> 8 * i);
  }
}

enum { NO_DATA = -2, ACCEPT = 1 };
#define ALL_ONES INT64_C(0xffffffff)

static const struct {
  const char* says; // part of the error, or null: it can be read
  int64_t n_frames; // then
  const char* warns;
  int accept;
  struct wave wave;
} waves[] = {
  // too little
  { "too few for the header of a file of type RIFF", 0, 0, 0, { .cut = 8 } },
  { "3 bytes are too few", 0, 0, 0, { .cut = 3 } },
  { "there is no 'data' chunk", 0, 0, 0, { .cut = 12 } },
  { "there is no 'data' chunk", 0, 0, 0, { .cut = 17 } },
  { "'fmt ' at byte 12 claims 16 bytes, but the file has 4 more", 0, 0, 0,
    { .cut = 24 } },
  { "there is no 'data' chunk", 0, 0, 0, { .data_size = NO_DATA } },
  { "holds 'AVI '", 0, 0, 0, { .form = "AVI " } },
  // data sizes
  { NULL, 100, 0, 0, { 0 } },
  { "50 of 100 frames are missing", 0, 0, 0,
    { .data_size = 400, .n_data = 200 } },
  { NULL, 50, "50 of 100 frames are missing", ACCEPT,
    { .data_size = 400, .n_data = 200 } },
  { NULL, 50, "50 of 100 frames are missing", ACCEPT,
    { .data_size = 400, .n_data = 202 } }, // and half a frame
  { "1 of 101 frames are missing", 0, 0, 0, { .data_size = 404 } },
  { "24999900 of 25000000 frames", 0, 0, 0, { .data_size = 100000000 } },
  { NULL, 100, "written as a stream", 0, { .data_size = ALL_ONES } },
  { NULL, 100, "written as a stream", 0,
    { .data_size = ALL_ONES, .riff_size = ALL_ONES } },
  { NULL, 100, "written as a stream", 0,
    { .data_size = NONE, .riff_size = NONE } },
  { NULL, 100, "written as a stream", 0,
    { .data_size = NONE, .riff_size = 36 } },
  { NULL, 100, "written as a stream", 0, { .data_size = 0x7ffff000 } },
  { NULL, 0, 0, 0, { .n_data = NONE } },                     // honestly empty
  { NULL, 0, 0, 0, { .n_data = NONE, .after = "LIST" } },
  { NULL, 25, "belong to no chunk", 0, { .data_size = 100 } }, // too small
  { NULL, 100, "no whole frame", 0, { .n_data = 402 } },
  { NULL, 101, 0, 0,
    { .n_data = 101, .channels = 1, .bits = 8, .after = "LIST" } }, // no pad
  // chunks
  { NULL, 100, 0, 0, { .before = "LIST", .before_data = 11 } },
  { NULL, 100, 0, 0, { .before = "LIST", .before_data = 11, .no_pad = 1 } },
  { NULL, 100, 0, 0, { .n_tiny = 4000 } },
  { "no 'data' among the first 4096 chunks", 0, 0, 0, { .n_tiny = 5000 } },
  { "chunk 'LIST' at byte 36 claims 4294967280 bytes", 0, 0, 0,
    { .before = "LIST", .before_size = 0xfffffff0 } },
  { "two 'fmt ' chunks", 0, 0, 0, { .n_fmt = 2 } },
  { "before any 'fmt '", 0, 0, 0, { .fmt_last = 1 } },
  { "before any 'fmt '", 0, 0, 0, { .n_fmt = NONE } },
  { "has 15 bytes, but 16 are needed", 0, 0, 0, { .fmt_size = 15 } },
  { "has 0 bytes, but 16 are needed", 0, 0, 0, { .fmt_size = NONE } },
  // shapes
  { "says 0 channels", 0, 0, 0, { .channels = NONE } },
  { "says 1025 channels", 0, 0, 0, { .channels = 1025 } },
  { "says 65535 channels", 0, 0, 0, { .channels = 65535 } },
  { NULL, 10, 0, 0, { .channels = 1024, .n_data = 20480 } },
  { "says 0 Hz", 0, 0, 0, { .rate = NONE } },
  { "says 768001 Hz", 0, 0, 0, { .rate = 768001 } },
  { "says 1000000000 Hz", 0, 0, 0, { .rate = 1000000000 } },
  { "says 4294967295 Hz", 0, 0, 0, { .rate = ALL_ONES } },
  { NULL, 100, 0, 0, { .rate = 768000 } },
  { "0 bits a sample", 0, 0, 0, { .bits = NONE, .align = 4 } },
  { "12 bits a sample", 0, 0, 0, { .bits = 12, .align = 4 } },
  { "33 bits a sample", 0, 0, 0, { .bits = 33 } },
  { "with float samples", 0, 0, 0, { .tag = 3, .bits = 16 } },
  { NULL, 400, 0, 0, { .bits = 8, .channels = 1 } },
  { NULL, 66, "no whole frame", 0, { .bits = 24 } },
  { "8 bytes a frame, but 2 channels of 24 bits are 6", 0, 0, 0,
    { .bits = 24, .align = 8 } }, // 24 in 32
  { NULL, 50, 0, 0, { .bits = 32 } },
  { NULL, 50, 0, 0, { .tag = 3, .bits = 32 } },
  { NULL, 25, 0, 0, { .tag = 3, .bits = 64 } },
  { "3 bytes a frame, but 2 channels of 16 bits are 4", 0, 0, 0,
    { .align = 3 } },
  { "0 bytes a frame", 0, 0, 0, { .align = NONE } },
  { NULL, 100, 0, 0, { .mask = 3 } },
  { NULL, 100, 0, 0, { .mask = 0x7fffffff } }, // says more than there are
  // RF64
  { NULL, 100, 0, 0,
    { .magic = "RF64", .ds64_data = 400, .data_size = ALL_ONES } },
  { NULL, 100, 0, 0,
    { .magic = "BW64", .ds64_data = 400, .data_size = ALL_ONES } },
  { "2305843009213693851 of 2305843009213693951", 0, 0, 0,
    { .magic = "RF64", .ds64_data = INT64_MAX, .data_size = ALL_ONES } },
  { "claims 18446744073709551614 bytes", 0, 0, 0,
    { .magic = "RF64", .ds64_data = -2, .data_size = ALL_ONES } },
  { NULL, 100, "written as a stream", 0,
    { .magic = "RF64", .ds64_data = NONE, .data_size = ALL_ONES } },
  { NULL, 0, 0, 0, // a data size that is not in ds64 counts
    { .magic = "RF64", .ds64_data = 400, .data_size = 0, .n_data = NONE } },
};

static struct rig*
start(const char* path, int accept, int32_t* status)
{
  struct rig* const rig = rig_open("plugins/file/file", "file.read");
  rig_set(rig, "path", path);
  rig_set(rig, "accept_truncated", accept ? "true" : "false");
  *status = rig_try_start(rig, 64);
  return rig;
}

static void
check_error(struct rig* rig, int32_t status, const char* path, const char* says)
{
  ck_assert_int_eq(status, RILL_ERR_INPUT);
  if (!strstr(rig_error(rig), says)) {
    ck_abort_msg("'%s' is not in '%s'", says, rig_error(rig));
  }
  ck_assert_msg(!strncmp(rig_error(rig), path, strlen(path)),
                "the path is not in front of '%s'", rig_error(rig));
  rig_close(rig);
}

START_TEST(a_wave_header_is_compared_with_the_file)
{
  static struct image image;
  int32_t status;
  image.n = 0;
  make_wave(&image, &waves[_i].wave);
  file_put("x.wav", image.bytes, image.n);

  struct rig* const rig = start("x.wav", waves[_i].accept, &status);
  if (waves[_i].says) {
    check_error(rig, status, "x.wav: ", waves[_i].says);
    return;
  }
  ck_assert_msg(!status, "%s", rig_error(rig));
  rig_drain(rig);
  ck_assert_int_eq((int64_t)rig_out_frames(rig, 0), waves[_i].n_frames);
  if (waves[_i].warns) {
    ck_assert_ptr_nonnull(fake_host_find_log(rig_host(rig), waves[_i].warns));
  } else {
    ck_assert_uint_eq(fake_host_n_log(rig_host(rig)), 0);
  }
  rig_close(rig);
}
END_TEST

static const struct {
  const char* says;
  const char* bytes;
  size_t n;
} others[] = {
  { "the file is empty", "", 0 },
  { "no audio file", "once upon a time there was a text file", 39 },
  { "too few for the header of a file of type FLAC", "fLaC\0\0\0\42", 8 },
  { "too few for the header of a file of type Ogg", "OggS\0\2", 6 },
  { "no audio file", "OggS\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 30 },
  { "holds 'ILBM'", "FORM\0\0\0\100ILBM", 12 },
  { "no 'COMM'", "FORM\0\0\0\4AIFF", 12 },
  { "'COMM' chunk is too short", "FORM\0\0\0\22AIFFCOMM\0\0\0\12\0\1", 22 },
  { "0 channels",
    "FORM\0\0\0\56AIFFCOMM\0\0\0\22\0\0\0\0\0\12\0\20\100\13\372\0\0\0\0\0\0\0", 38 },
  { "0 bits",
    "FORM\0\0\0\56AIFFCOMM\0\0\0\22\0\1\0\0\0\12\0\0\100\13\372\0\0\0\0\0\0\0", 38 },
  { "says 0 Hz",
    "FORM\0\0\0\56AIFFCOMM\0\0\0\22\0\1\0\0\0\12\0\20\0\0\0\0\0\0\0\0\0\0", 38 },
  { "says 0 Hz", // so large that it is none
    "FORM\0\0\0\56AIFFCOMM\0\0\0\22\0\1\0\0\0\12\0\20\177\376\200\0\0\0\0\0\0\0", 38 },
  { "no 'SSND'",
    "FORM\0\0\0\56AIFFCOMM\0\0\0\22\0\1\0\0\0\12\0\20\100\13\372\0\0\0\0\0\0\0", 38 },
  { "8 of 10 frames are missing",
    "FORM\0\0\0\56AIFFCOMM\0\0\0\22\0\1\0\0\0\12\0\20\100\13\372\0\0\0\0\0\0\0"
    "SSND\0\0\0\34\0\0\0\0\0\0\0\0\1\2\3\4", 58 },
};

START_TEST(another_header_is_checked_too)
{
  int32_t status;
  file_put("x", others[_i].bytes, others[_i].n);
  struct rig* const rig = start("x", 0, &status);
  check_error(rig, status, "x: ", others[_i].says);
}
END_TEST

static const struct {
  const char* path;
  const char* says;
} places[] = {
  { "nowhere.wav", "No such file" },
  { "folder", "this is a folder" },
  { "fifo", "this is a FIFO, not a file: raw.read can read it" },
  { "/dev/zero", "this is a device, not a file: raw.read can read it" },
  { "", "cannot be opened" },
};

START_TEST(only_files_are_read)
{
  int32_t status;
  ck_assert_int_eq(mkdir("folder", 0700), 0);
  ck_assert_int_eq(mkfifo("fifo", 0600), 0);
  struct rig* const rig = start(places[_i].path, 0, &status);
  check_error(rig, status, places[_i].path, places[_i].says);
}
END_TEST

// 2^32 bytes and 2^31 frames are passed: 8 GiB of mono s16 and a bit.
START_TEST(a_huge_file_is_counted_exactly)
{
  static struct image image;
  const int64_t n_frames = (INT64_C(1) << 32) + 1234;
  const struct wave w = { .magic = "RF64", .channels = 1,
                          .ds64_data = 2 * n_frames, .data_size = ALL_ONES,
                          .n_data = 2 };
  int32_t status;
  make_wave(&image, &w);
  file_put("x.rf64", image.bytes, image.n);
  ck_assert_int_eq(truncate("x.rf64", (off_t)image.n - 2 + 2 * n_frames), 0);
  const int fd = open("x.rf64", O_WRONLY);
  ck_assert_int_eq(pwrite(fd, "\0\100", 2, (off_t)image.n - 4 + 2 * n_frames),
                   2); // the last frame is 0.5
  close(fd);

  struct rig* const rig = rig_open("plugins/file/file", "file.read");
  rig_set(rig, "path", "x.rf64");
  rig_set(rig, "start", "536871s"); // 2^32 frames are 536870.912 s
  status = rig_try_start(rig, 1000);
  ck_assert_msg(!status, "%s", rig_error(rig));
  rig_drain(rig);
  const uint64_t expected = (uint64_t)(n_frames - INT64_C(536871) * 8000);
  ck_assert_uint_eq(rig_out_frames(rig, 0), expected);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[expected - 1], 0.5f);
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, folder_make, folder_remove);
  tcase_add_loop_test(tcase, a_wave_header_is_compared_with_the_file, 0,
                      sizeof waves / sizeof waves[0]);
  tcase_add_loop_test(tcase, another_header_is_checked_too, 0,
                      sizeof others / sizeof others[0]);
  tcase_add_loop_test(tcase, only_files_are_read, 0,
                      sizeof places / sizeof places[0]);
  tcase_add_test(tcase, a_huge_file_is_counted_exactly);
}

int
main(void)
{
  return suite_run("file header", 20, add_tests);
}
