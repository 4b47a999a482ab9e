// SPDX-License-Identifier: ISC
// What file.read gives, and what it says when a file fails under it. The
// program has its own pread: the plugin calls it, and it fails on request.
#define _GNU_SOURCE
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/folder.h"
#include "tests/suite.h"

#include <errno.h>
#include <math.h>
#include <rill/rill.h>
#include <sndfile.h>
#include <sys/syscall.h>

static struct {
  int64_t fail_at; // byte of the file from which on reads fail; 0: never
  int error;       // errno then
  int interrupts;  // this many calls give EINTR first
  size_t most;     // bytes of one call; 0: all
} faults;

static ssize_t
faulty_pread(int fd, void* out, size_t n, off_t at)
{
  if (faults.interrupts) {
    --faults.interrupts;
    errno = EINTR;
    return -1;
  }
  if (faults.fail_at && at + (off_t)n > faults.fail_at) {
    errno = faults.error;
    return -1;
  }
  n = faults.most && faults.most < n ? faults.most : n;
  return syscall(SYS_pread64, fd, out, n, at);
}

ssize_t
pread(int fd, void* out, size_t n, off_t at);

__attribute__((visibility("default"))) ssize_t
pread(int fd, void* out, size_t n, off_t at)
{
  return faulty_pread(fd, out, n, at);
}

ssize_t
pread64(int fd, void* out, size_t n, off_t at);

__attribute__((visibility("default"))) ssize_t
pread64(int fd, void* out, size_t n, off_t at)
{
  return faulty_pread(fd, out, n, at);
}

// libvorbisenc 1.3.7 loses its set-up of six channels; file.write never makes
// such files.
const char*
__lsan_default_suppressions(void);

__attribute__((visibility("default"))) const char*
__lsan_default_suppressions(void)
{
  return "leak:vorbis_encode_setup_init";
}

enum { N_FRAMES = 20000 };

// A ramp that every encoding of 16 bits and more holds exactly.
static int
word_at(uint32_t frame, uint32_t channel)
{
  return (int)((frame * 7 + channel * 1000) % 60000) - 30000;
}

static float
sample_at(uint32_t frame, uint32_t channel)
{
  return (float)word_at(frame, channel) / 32768;
}

static void
make_file(const char* path, int format, int n_channels, int n_frames)
{
  SF_INFO info = { .samplerate = 8000, .channels = n_channels,
                   .format = format };
  SNDFILE* const f = sf_open(path, SFM_WRITE, &info);
  ck_assert_msg(f != NULL, "%s", sf_strerror(NULL));
  sf_command(f, SFC_SET_SCALE_INT_FLOAT_WRITE, NULL, SF_TRUE);
  int* const frames = malloc((size_t)(n_frames * n_channels + 1) * 4);
  for (int i = 0; i < n_frames * n_channels; ++i) {
    frames[i] =
      65536 * word_at((uint32_t)(i / n_channels), (uint32_t)(i % n_channels));
  }
  ck_assert_int_eq(sf_writef_int(f, frames, n_frames), n_frames);
  sf_close(f);
  free(frames);
}

static struct rig*
open_reader(const char* path, const char* const* params)
{
  struct rig* const rig = rig_open("plugins/file/file", "file.read");
  rig_set(rig, "path", path);
  rig_set_all(rig, params);
  return rig;
}

static const char* const no_params[] = { NULL };

static const struct {
  int format;
  int n_channels;
} kinds[] = {
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_24, 1 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_32, 3 },
  { SF_FORMAT_WAV | SF_FORMAT_FLOAT, 2 },
  { SF_FORMAT_WAV | SF_FORMAT_DOUBLE, 2 },
  { SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 6 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG, 2 }, // RIFX
  { SF_FORMAT_RF64 | SF_FORMAT_PCM_16, 1 },
  { SF_FORMAT_W64 | SF_FORMAT_PCM_24, 2 },
  { SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 2 },
  { SF_FORMAT_AIFF | SF_FORMAT_FLOAT, 1 },
  { SF_FORMAT_AIFF | SF_FORMAT_PCM_16 | SF_ENDIAN_LITTLE, 2 },
  { SF_FORMAT_CAF | SF_FORMAT_PCM_16, 2 },
  { SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 2 },
  { SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 1 },
  { SF_FORMAT_AU | SF_FORMAT_PCM_16, 2 },
};

START_TEST(samples_are_exact)
{
  const int n_channels = kinds[_i].n_channels;
  make_file("x", kinds[_i].format, n_channels, N_FRAMES);
  for (int as_s16 = 0; as_s16 < 2; ++as_s16) {
    struct rig* const rig = open_reader("x", no_params);
    rig_set(rig, "encoding", as_s16 ? "s16" : "auto");
    rig_start(rig, 4096);
    rig_drain(rig);
    const struct rill_format* const f = rig_out_format(rig, 0);
    ck_assert_uint_eq(f->rate, 8000);
    ck_assert_uint_eq(f->encoding, as_s16 ? RILL_ENC_S16 : RILL_ENC_F32);
    ck_assert_uint_eq(f->packing, as_s16 ? RILL_INTERLEAVED : RILL_PLANAR);
    ck_assert_uint_eq(rig_out_frames(rig, 0), N_FRAMES);
    ck_assert_int_eq(rig_out_item(rig, 0, 1)->media_pos, 4096);
    for (int c = 0; c < n_channels; ++c) {
      const float* const out = rig_out_f32(rig, 0, (uint32_t)c);
      for (uint32_t i = 0; i < N_FRAMES; ++i) {
        ck_assert_float_eq(out[i], sample_at(i, (uint32_t)c));
      }
    }
    rig_close(rig);
  }
}
END_TEST

START_TEST(blocks_do_not_matter)
{
  static const char* const wav[] = { "path", "x", NULL };
  static const char* const s16[] = { "path", "x", "encoding", "s16", NULL };
  struct rig_case c = { .path = "plugins/file/file", .type = "file.read",
                        .n_frames = 3000 };
  make_file("x", kinds[_i].format, kinds[_i].n_channels, 3000);
  c.params = wav;
  rig_check_blocks(&c);
  c.params = s16;
  rig_check_blocks(&c);
}
END_TEST

static const struct {
  int format;
  uint32_t n_channels;
  uint64_t layout;
  const char* plane_of; // each channel of the file
} orders[] = {
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1, RILL_CH_FC, "0" },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, RILL_CH_FL | RILL_CH_FR, "01" },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, 6, 0, "012345" },
  { SF_FORMAT_OGG | SF_FORMAT_VORBIS, 1, RILL_CH_FC, "0" },
  { SF_FORMAT_OGG | SF_FORMAT_VORBIS, 2, RILL_CH_FL | RILL_CH_FR, "01" },
  { SF_FORMAT_OGG | SF_FORMAT_VORBIS, 3, 0x7, "021" },
  { SF_FORMAT_OGG | SF_FORMAT_VORBIS, 6, 0x3f, "021453" },
  { SF_FORMAT_OGG | SF_FORMAT_VORBIS, 8, 0x63f, "02167453" },
  { SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 5, 0x37, "01234" },
  { SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 7, 0x70f, "0123456" },
};

// A deep tone, which the LFE has too, in one channel.
static void
make_one_channel(const char* path, int format, uint32_t n_channels, uint32_t c)
{
  SF_INFO info = { .samplerate = 48000, .channels = (int)n_channels,
                   .format = format };
  SNDFILE* const f = sf_open(path, SFM_WRITE, &info);
  for (int i = 0; i < 4000; ++i) {
    float frame[8] = { 0 };
    frame[c] = (float)(0.5 * sin(0.01 * i));
    sf_writef_float(f, frame, 1);
  }
  sf_close(f);
}

static int
loudest_plane(struct rig* rig, uint32_t n_planes)
{
  double most = 0.0;
  int plane = -1;
  for (uint32_t c = 0; c < n_planes; ++c) {
    const float* const out = rig_out_f32(rig, 0, c);
    double sum = 0.0;
    for (uint32_t i = 0; i < 4000; ++i) {
      sum += (double)out[i] * out[i];
    }
    plane = sum > most ? (int)c : plane;
    most = sum > most ? sum : most;
  }
  return plane;
}

START_TEST(channels_are_in_the_order_of_positions)
{
  const uint32_t n_channels = orders[_i].n_channels;
  for (uint32_t k = 0; k < 2 * n_channels; ++k) {
    make_one_channel("x", orders[_i].format, n_channels, k / 2);
    struct rig* const rig = open_reader("x", no_params);
    rig_set(rig, "encoding", k % 2 ? "s16" : "f32");
    rig_start(rig, 4096);
    rig_drain(rig);
    ck_assert_uint_eq(rig_out_format(rig, 0)->layout, orders[_i].layout);
    ck_assert_int_eq(loudest_plane(rig, n_channels),
                     orders[_i].plane_of[k / 2] - '0');
    rig_close(rig);
  }
}
END_TEST

static const struct {
  int format;
  const char* start;
  const char* length;
  int64_t first;
  int64_t n_frames; // < 0: refused
} ranges[] = {
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, "0s", "0s", 0, N_FRAMES },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, "1s", "0s", 8000, N_FRAMES - 8000 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, "1s", "500ms", 8000, 4000 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, "0s", "0.125ms", 0, 1 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, "1s", "1000s", 8000, N_FRAMES - 8000 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, "2.499875s", "0s", N_FRAMES - 1, 1 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, "2.5s", "0s", 0, -1 },
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, "1e9", "1e9", 0, -1 },
  { SF_FORMAT_FLAC | SF_FORMAT_PCM_16, "1s", "500ms", 8000, 4000 },
  { SF_FORMAT_FLAC | SF_FORMAT_PCM_16, "3s", "0s", 0, -1 },
  { SF_FORMAT_AIFF | SF_FORMAT_PCM_16, "1s", "500ms", 8000, 4000 },
};

START_TEST(a_part_can_be_read)
{
  make_file("x", ranges[_i].format, 2, N_FRAMES);
  struct rig* const rig = open_reader("x", no_params);
  rig_set(rig, "start", ranges[_i].start);
  rig_set(rig, "length", ranges[_i].length);
  const int32_t status = rig_try_start(rig, 4096);
  if (ranges[_i].n_frames < 0) {
    ck_assert_int_eq(status, RILL_ERR_INPUT);
    ck_assert_msg(strstr(rig_error(rig), "but the file has 20000 frames"),
                  "%s", rig_error(rig));
  } else {
    rig_drain(rig);
    const uint32_t n = (uint32_t)rig_out_frames(rig, 0);
    ck_assert_int_eq(n, ranges[_i].n_frames);
    const uint32_t last = (uint32_t)ranges[_i].first + n - 1;
    ck_assert_float_eq(rig_out_f32(rig, 0, 1)[0],
                       sample_at((uint32_t)ranges[_i].first, 1));
    ck_assert_float_eq(rig_out_f32(rig, 0, 1)[n - 1], sample_at(last, 1));
    ck_assert_int_eq(rig_out_item(rig, 0, 0)->media_pos, 0);
  }
  rig_close(rig);
}
END_TEST

// -- NaN

static void
make_odd_file(int format)
{
  make_file("x", format, 2, 5000);
  float odd[2] = { 0.25f, NAN };
  SF_INFO info = { 0 };
  SNDFILE* const f = sf_open("x", SFM_RDWR, &info);
  ck_assert_int_eq(sf_seek(f, 4321, SEEK_SET), 4321);
  ck_assert_int_eq(sf_writef_float(f, odd, 1), 1);
  odd[0] = -INFINITY;
  ck_assert_int_eq(sf_seek(f, 4400, SEEK_SET), 4400);
  ck_assert_int_eq(sf_writef_float(f, odd, 1), 1);
  sf_close(f);
}

static const int odd_formats[] = { SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                                   SF_FORMAT_WAV | SF_FORMAT_DOUBLE,
                                   SF_FORMAT_AIFF | SF_FORMAT_FLOAT };

START_TEST(nan_is_named)
{
  make_odd_file(odd_formats[_i % 3]);
  struct rig* const rig = open_reader("x", no_params);
  rig_set(rig, "encoding", _i < 3 ? "f32" : "s16");
  rig_start(rig, 1000);
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_INPUT);
  ck_assert_msg(strstr(rig_error(rig), "x: NaN at frame 4321, channel 1"),
                "%s", rig_error(rig));
  rig_close(rig);
}
END_TEST

START_TEST(nan_can_be_silenced)
{
  make_odd_file(odd_formats[_i % 3]);
  struct rig* const rig = open_reader("x", no_params);
  rig_set(rig, "encoding", _i < 3 ? "f32" : "s16");
  rig_set(rig, "nan", "zero");
  rig_start(rig, 1000);
  rig_drain(rig);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[4321], 0.25f);
  ck_assert_float_eq(rig_out_f32(rig, 0, 1)[4321], 0.0f);
  ck_assert_float_eq(rig_out_f32(rig, 0, 0)[4400], 0.0f);
  ck_assert_ptr_nonnull(fake_host_find_log(
    rig_host(rig), "x: 3 samples were NaN or infinite and are now 0"));
  rig_close(rig);
}
END_TEST

START_TEST(nan_can_pass)
{
  make_odd_file(odd_formats[_i]);
  struct rig* const rig = open_reader("x", no_params);
  rig_set(rig, "nan", "pass");
  rig_start(rig, 1000);
  rig_drain(rig);
  ck_assert_float_nan(rig_out_f32(rig, 0, 1)[4321]);
  ck_assert_float_infinite(rig_out_f32(rig, 0, 0)[4400]);
  ck_assert_ptr_nonnull(
    fake_host_find_log(rig_host(rig), "x: 3 samples were NaN or infinite"));
  rig_close(rig);
}
END_TEST

START_TEST(the_smallest_numbers_pass)
{
  const float small[] = { 0x1p-149f, -0x1p-149f, 0x1.fffffep-127f, 0x1p-126f };
  SF_INFO info = { .samplerate = 8000, .channels = 1,
                   .format = SF_FORMAT_WAV | SF_FORMAT_FLOAT };
  SNDFILE* const f = sf_open("x", SFM_WRITE, &info);
  sf_writef_float(f, small, 4);
  sf_close(f);
  struct rig* const rig = open_reader("x", no_params);
  rig_start(rig, 4096);
  rig_drain(rig);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), small, sizeof small);
  rig_close(rig);
}
END_TEST

// -- files that fail

static const int fail_formats[] = { SF_FORMAT_WAV | SF_FORMAT_PCM_16,
                                    SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
                                    SF_FORMAT_AIFF | SF_FORMAT_PCM_16 };

START_TEST(a_disk_error_is_told)
{
  struct stat st;
  make_file("x", fail_formats[_i], 2, 300000);
  ck_assert_int_eq(stat("x", &st), 0);
  struct rig* const rig = open_reader("x", no_params);
  rig_start(rig, 1000);
  faults.fail_at = st.st_size * 3 / 4;
  faults.error = EIO;
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_INPUT);
  ck_assert_msg(strstr(rig_error(rig), "x: cannot be read at frame"), "%s",
                rig_error(rig));
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "Input/output error"));
  rig_close(rig);
}
END_TEST

START_TEST(a_disk_error_at_once_is_told)
{
  make_file("x", fail_formats[_i], 2, 100);
  struct rig* const rig = open_reader("x", no_params);
  faults.fail_at = 1;
  faults.error = EIO;
  ck_assert_int_eq(rig_try_start(rig, 1000), RILL_ERR_INPUT);
  ck_assert_ptr_eq(strstr(rig_error(rig), "x: "), rig_error(rig));
  rig_close(rig);
}
END_TEST

START_TEST(signals_and_short_reads_do_no_harm)
{
  make_file("x", fail_formats[_i], 2, N_FRAMES);
  struct rig* const rig = open_reader("x", no_params);
  faults.interrupts = 3;
  faults.most = 1001;
  rig_start(rig, 1000);
  faults.interrupts = 5;
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N_FRAMES);
  for (uint32_t i = 0; i < N_FRAMES; ++i) {
    ck_assert_float_eq(rig_out_f32(rig, 0, 1)[i], sample_at(i, 1));
  }
  rig_close(rig);
}
END_TEST

// 0: an error, 1: accepted.
START_TEST(a_file_that_shrinks_is_noticed)
{
  struct stat st;
  make_file("x", fail_formats[_i / 2], 2, 300000);
  ck_assert_int_eq(stat("x", &st), 0);
  struct rig* const rig = open_reader("x", no_params);
  rig_set(rig, "accept_truncated", _i % 2 ? "true" : "false");
  rig_start(rig, 1000);
  ck_assert_int_eq(rig_pull(rig, 1000), RILL_OK);
  ck_assert_int_eq(truncate("x", st.st_size * 3 / 4), 0);
  const int32_t status = rig_try_drain(rig);
  ck_assert_int_eq(status, _i % 2 ? RILL_OK : RILL_ERR_INPUT);
  ck_assert_uint_gt(rig_out_frames(rig, 0), 100000);
  ck_assert_uint_lt(rig_out_frames(rig, 0), 300000);
  if (_i % 2) {
    ck_assert_ptr_nonnull(
      fake_host_find_log(rig_host(rig), "but should have 300000"));
  } else {
    ck_assert_ptr_eq(strstr(rig_error(rig), "x: "), rig_error(rig));
  }
  rig_close(rig);
}
END_TEST

START_TEST(a_file_that_grows_is_read_as_planned)
{
  make_file("x", fail_formats[0], 2, N_FRAMES);
  struct rig* const rig = open_reader("x", no_params);
  rig_start(rig, 1000);
  ck_assert_int_eq(rig_pull(rig, 1000), RILL_OK);
  FILE* const f = fopen("x", "ab");
  fwrite("more and more", 1, 13, f);
  fclose(f);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N_FRAMES);
  rig_close(rig);
}
END_TEST

START_TEST(another_file_under_the_name_is_noticed)
{
  make_file("x", fail_formats[0], 2, 100);
  struct rig* const rig = open_reader("x", no_params);
  rig_start(rig, 1000);
  make_file("x", fail_formats[0], 1, 100);
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_INPUT);
  ck_assert_msg(strstr(rig_error(rig), "have changed since the plan was made"),
                "%s", rig_error(rig));
  rig_close(rig);
}
END_TEST

// Half of the samples' bytes; also half of a FLAC frame.
START_TEST(half_a_file_is_refused)
{
  struct stat st;
  make_file("x", fail_formats[_i / 2], 2, N_FRAMES);
  ck_assert_int_eq(stat("x", &st), 0);
  ck_assert_int_eq(truncate("x", st.st_size / 2), 0);
  struct rig* const rig = open_reader("x", no_params);
  rig_set(rig, "accept_truncated", _i % 2 ? "true" : "false");
  int32_t status = rig_try_start(rig, 1000);
  status = status ? status : rig_try_drain(rig);
  ck_assert_int_eq(status, _i % 2 ? RILL_OK : RILL_ERR_INPUT);
  if (_i % 2) {
    ck_assert_uint_gt(rig_out_frames(rig, 0), N_FRAMES / 4);
    ck_assert_uint_gt(fake_host_n_log(rig_host(rig)), 0);
  }
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  const int n_kinds = sizeof kinds / sizeof kinds[0];
  tcase_add_checked_fixture(tcase, folder_make, folder_remove);
  tcase_add_loop_test(tcase, samples_are_exact, 0, n_kinds);
  tcase_add_loop_test(tcase, blocks_do_not_matter, 0, n_kinds);
  tcase_add_loop_test(tcase, channels_are_in_the_order_of_positions, 0,
                      sizeof orders / sizeof orders[0]);
  tcase_add_loop_test(tcase, a_part_can_be_read, 0,
                      sizeof ranges / sizeof ranges[0]);
  tcase_add_loop_test(tcase, nan_is_named, 0, 6);
  tcase_add_loop_test(tcase, nan_can_be_silenced, 0, 6);
  tcase_add_loop_test(tcase, nan_can_pass, 0, 3);
  tcase_add_test(tcase, the_smallest_numbers_pass);
  tcase_add_loop_test(tcase, a_disk_error_is_told, 0, 3);
  tcase_add_loop_test(tcase, a_disk_error_at_once_is_told, 0, 3);
  tcase_add_loop_test(tcase, signals_and_short_reads_do_no_harm, 0, 3);
  tcase_add_loop_test(tcase, a_file_that_shrinks_is_noticed, 0, 6);
  tcase_add_test(tcase, a_file_that_grows_is_read_as_planned);
  tcase_add_test(tcase, another_file_under_the_name_is_noticed);
  tcase_add_loop_test(tcase, half_a_file_is_refused, 0, 6);
}

int
main(void)
{
  return suite_run("file.read", 30, add_tests);
}
