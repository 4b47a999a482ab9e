// SPDX-License-Identifier: ISC
// What is written, read back; when a file appears, and when it does not.
#define _GNU_SOURCE
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/folder.h"
#include "tests/suite.h"

#include <math.h>
#include <signal.h>
#include <sys/resource.h>

enum { N_FRAMES = 30000, MAX_CHANNELS = 6 };

static float samples[MAX_CHANNELS * N_FRAMES];

// Something that codecs like; channels differ.
static void
make_samples(uint32_t n_frames, uint32_t n_channels, uint32_t rate)
{
  for (uint32_t c = 0; c < n_channels; ++c) {
    for (uint32_t i = 0; i < n_frames; ++i) {
      const double t = (double)i / rate;
      samples[c * n_frames + i] =
        (float)(0.5 * sin(6.283185307 * (300 + 100 * c) * t) +
                0.2 * sin(6.283185307 * 1234.5 * t));
    }
  }
}

static struct rig*
start_writer(const char* path, const char* const* params, uint32_t rate,
             uint32_t n_channels)
{
  struct rig* const rig = rig_open("plugins/file/file", "file.write");
  rig_set(rig, "path", path);
  rig_set_all(rig, params);
  rig_audio(rig, 0, rate, n_channels);
  rig_start(rig, 4096);
  return rig;
}

static void
write_samples(const char* path, const char* const* params, uint32_t rate,
              uint32_t n_channels, uint32_t n_frames)
{
  struct rig* const rig = start_writer(path, params, rate, n_channels);
  make_samples(n_frames, n_channels, rate);
  rig_push_f32(rig, 0, samples, n_frames);
  rig_drain(rig);
  rig_close(rig);
}

static struct rig*
read_all(const char* path, const char* encoding)
{
  struct rig* const rig = rig_open("plugins/file/file", "file.read");
  rig_set(rig, "path", path);
  rig_set(rig, "encoding", encoding);
  rig_start(rig, 1000);
  rig_drain(rig);
  return rig;
}

static const struct {
  const char* path;
  const char* encoding;
  uint32_t n_channels;
  double most; // error of a sample
} files[] = {
  { "a.wav", "auto", 1, 0.5 / 32768 },  { "a.wav", "u8", 2, 0.5 / 128 },
  { "a.wav", "s16", 2, 0.5 / 32768 },   { "a.wav", "s24", 2, 0x1p-24 },
  { "a.wav", "s32", 2, 0x1p-31 },       { "a.wav", "f32", 2, 0 },
  { "a.wav", "f64", 1, 0 },             { "a.wav", "s16", 6, 0.5 / 32768 },
  { "a.wav", "f32", 6, 0 },             { "a.rf64", "s16", 1, 0.5 / 32768 },
  { "a.rf64", "f32", 3, 0 },            { "a.flac", "auto", 2, 0.5 / 32768 },
  { "a.flac", "u8", 1, 0.5 / 128 },     { "a.flac", "s24", 2, 0x1p-24 },
  { "a.flac", "s16", 6, 0.5 / 32768 },  { "a.aiff", "s16", 2, 0.5 / 32768 },
  { "a.aif", "f32", 2, 0 },             { "a.aiff", "u8", 1, 0.5 / 128 },
  { "a.w64", "s24", 2, 0x1p-24 },       { "a.w64", "f64", 6, 0 },
  { "a.caf", "s16", 2, 0.5 / 32768 },   { "a.caf", "f32", 6, 0 },
  { "a.caf", "u8", 1, 0.5 / 128 },      { "A.WAV", "auto", 1, 0.5 / 32768 },
};

START_TEST(samples_survive)
{
  const char* const params[] = { "encoding", files[_i].encoding, NULL };
  const uint32_t n_channels = files[_i].n_channels;
  write_samples(files[_i].path, params, 44100, n_channels, N_FRAMES);
  ck_assert_int_eq(folder_count(), 1);

  struct rig* const rig = read_all(files[_i].path, "auto");
  ck_assert_uint_eq(rig_out_frames(rig, 0), N_FRAMES);
  ck_assert_uint_eq(rig_out_format(rig, 0)->rate, 44100);
  ck_assert_uint_eq(rig_out_format(rig, 0)->channels, n_channels);
  for (uint32_t c = 0; c < n_channels; ++c) {
    const float* const out = rig_out_f32(rig, 0, c);
    for (uint32_t i = 0; i < N_FRAMES; ++i) {
      ck_assert_double_le(fabs((double)out[i] - samples[c * N_FRAMES + i]),
                          files[_i].most);
    }
  }
  rig_close(rig);
}
END_TEST

static const struct {
  const char* path;
  uint32_t rate;
  uint32_t n_channels;
  double most; // RMS of the error
} lossy[] = {
  { "a.ogg", 44100, 2, 0.02 },  { "a.oga", 16000, 1, 0.02 },
  { "a.opus", 48000, 2, 0.02 }, { "a.opus", 16000, 1, 0.03 },
  { "a.mp3", 44100, 2, 0.02 },  { "a.mp3", 16000, 1, 0.02 },
};

START_TEST(lossy_files_come_near)
{
  const char* const none[] = { NULL };
  const uint32_t n_channels = lossy[_i].n_channels;
  double sum = 0.0;
  write_samples(lossy[_i].path, none, lossy[_i].rate, n_channels, N_FRAMES);
  struct rig* const rig = read_all(lossy[_i].path, "auto");
  ck_assert_uint_eq(rig_out_frames(rig, 0), N_FRAMES);
  for (uint32_t c = 0; c < n_channels; ++c) {
    const float* const out = rig_out_f32(rig, 0, c);
    for (uint32_t i = 0; i < N_FRAMES; ++i) {
      const double e = (double)out[i] - samples[c * N_FRAMES + i];
      sum += e * e / (N_FRAMES * n_channels);
    }
  }
  ck_assert_double_le(sqrt(sum), lossy[_i].most);
  rig_close(rig);
}
END_TEST

START_TEST(quality_makes_files_larger)
{
  static const char* const paths[] = { "a.ogg", "a.opus", "a.mp3" };
  const char* const low[] = { "quality", "10%", NULL };
  const char* const high[] = { "quality", "90%", NULL };
  struct stat small;
  struct stat large;
  write_samples(paths[_i], low, 48000, 2, N_FRAMES);
  ck_assert_int_eq(stat(paths[_i], &small), 0);
  write_samples(paths[_i], high, 48000, 2, N_FRAMES);
  ck_assert_int_eq(stat(paths[_i], &large), 0);
  ck_assert_int_gt(large.st_size, small.st_size * 5 / 4);
}
END_TEST

static const char* const every_kind[] = { "a.wav",  "a.flac", "a.ogg",
                                          "a.opus", "a.mp3",  "a.aiff",
                                          "a.rf64", "a.w64",  "a.caf" };

// In other blocks, a second later: no clock and no block shows in a file.
START_TEST(the_same_input_gives_the_same_bytes)
{
  enum { N = sizeof every_kind / sizeof every_kind[0] };
  const char* const none[] = { NULL };
  uint8_t* bytes[N];
  size_t n[N];
  for (int i = 0; i < N; ++i) {
    write_samples(every_kind[i], none, 48000, 2, N_FRAMES);
    bytes[i] = file_get(every_kind[i], &n[i]);
  }
  sleep(1);
  for (int i = 0; i < N; ++i) {
    size_t n_again;
    struct rig* const rig = start_writer(every_kind[i], none, 48000, 2);
    rig_block(rig, 77);
    rig_push_f32(rig, 0, samples, N_FRAMES);
    rig_drain(rig);
    rig_close(rig);
    uint8_t* const again = file_get(every_kind[i], &n_again);
    ck_assert_msg(n[i] == n_again && !memcmp(bytes[i], again, n_again), "%s",
                  every_kind[i]);
    free(again);
    free(bytes[i]);
  }
}
END_TEST

START_TEST(an_empty_stream_is_a_file_too)
{
  const char* const none[] = { NULL };
  struct rig* const writer = start_writer(every_kind[_i], none, 48000, 2);
  ck_assert_int_eq(folder_count(), 0);
  rig_drain(writer);
  rig_close(writer);
  ck_assert_int_eq(folder_count(), 1);
  struct rig* const rig = read_all(every_kind[_i], "auto");
  ck_assert_uint_eq(rig_out_frames(rig, 0),
                    strcmp(every_kind[_i], "a.opus") ? 0 : 1);
  rig_close(rig);
}
END_TEST

START_TEST(a_small_wave_file_has_a_plain_header)
{
  static const uint8_t expected[80] =
    "RIFF\130\0\0\0WAVEJUNK\34\0\0\0"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "fmt \20\0\0\0\1\0\2\0\200\76\0\0\0\372\0\0\4\0\20\0data\20\0\0\0";
  const char* const none[] = { NULL };
  size_t n;
  write_samples("a.wav", none, 16000, 2, 4);
  uint8_t* const bytes = file_get("a.wav", &n);
  ck_assert_uint_eq(n, 96);
  ck_assert_mem_eq(bytes, expected, 80);
  free(bytes);
}
END_TEST

// -- refused before anything is touched

static const struct {
  const char* path;
  const char* params[5];
  uint32_t rate;
  uint32_t n_channels;
  const char* says;
} refused[] = {
  { "a.xyz", { 0 }, 8000, 1, "suffix '.xyz' names no kind of audio file: use .wav" },
  { "noext", { 0 }, 8000, 1, "or set container" },
  { "dir.wav/x", { 0 }, 8000, 1, "names no kind" },
  { "a.flac", { "encoding", "f32" }, 8000, 1, "but u8, s16, s24" },
  { "a.ogg", { "encoding", "s16" }, 8000, 1, "has no sample encoding" },
  { "a.opus", { 0 }, 44100, 1, "takes 8000, 12000, 16000, 24000, 48000 Hz" },
  { "a.mp3", { 0 }, 96000, 1, "put a resample before it" },
  { "a.mp3", { 0 }, 48000, 3, "at most 2 channels" },
  { "a.flac", { 0 }, 48000, 9, "at most 8 channels" },
  { "a.wav", { 0 }, 48000, 1025, "at most 1024 channels" },
  { "a-%d-%d.wav", { 0 }, 48000, 1, "only one place for a number" },
};

START_TEST(what_cannot_be_is_refused)
{
  struct rig* const rig = rig_open("plugins/file/file", "file.write");
  rig_set(rig, "path", refused[_i].path);
  rig_set_all(rig, refused[_i].params);
  rig_audio(rig, 0, refused[_i].rate, refused[_i].n_channels);
  ck_assert_int_lt(rig_try_start(rig, 64), 0);
  ck_assert_msg(strstr(rig_error(rig), refused[_i].says), "%s",
                rig_error(rig));
  rig_close(rig);
  ck_assert_int_eq(folder_count(), 0);
}
END_TEST

// -- refused when it comes to writing

static const struct {
  const char* path;
  const char* says;
} places[] = {
  { "no/such/a.wav", "no/such/a.wav: cannot use the folder 'no/such': it does "
                     "not exist: create it" },
  { "file/a.wav", "a part of its path is not a folder" },
  { "folder.wav", "this is a folder: give the name of a file in it" },
  { "fifo.wav", "this is a FIFO, device or socket, not a file: raw.write" },
  { "dangling.wav", "a symbolic link that leads to nothing" },
  { "/proc/a.wav", "/proc/a.wav: " },
};

START_TEST(a_bad_place_is_named)
{
  const char* const none[] = { NULL };
  file_put("file", "", 0);
  ck_assert_int_eq(mkdir("folder.wav", 0700), 0);
  ck_assert_int_eq(mkfifo("fifo.wav", 0600), 0);
  ck_assert_int_eq(symlink("nowhere", "dangling.wav"), 0);
  const int n_before = folder_count();
  struct rig* const rig = start_writer(places[_i].path, none, 8000, 1);
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_OUTPUT);
  ck_assert_msg(strstr(rig_error(rig), places[_i].says), "%s",
                rig_error(rig));
  rig_close(rig);
  ck_assert_int_eq(folder_count(), n_before);
}
END_TEST

START_TEST(nothing_appears_before_the_end)
{
  const char* const none[] = { NULL };
  file_put("a.wav", "old", 3);
  struct rig* const rig = start_writer("a.wav", none, 8000, 2);
  ck_assert(file_is("a.wav", "old"));
  rig_push_f32(rig, 0, samples, N_FRAMES);
  rig_run(rig);
  ck_assert(file_is("a.wav", "old"));
  ck_assert_int_eq(folder_count(), 1);
  if (_i) {
    rig_drain(rig);
  }
  rig_close(rig);
  ck_assert_int_eq(folder_count(), 1);
  ck_assert_int_eq(file_is("a.wav", "old"), !_i);
}
END_TEST

START_TEST(what_exists_can_be_kept)
{
  const char* const keep[] = { "overwrite", "false", NULL };
  struct rig* const rig = start_writer("a.wav", keep, 8000, 1);
  rig_push_f32(rig, 0, samples, 100);
  if (_i) { // while it runs
    rig_run(rig);
  }
  file_put("a.wav", "old", 3);
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_OUTPUT);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "exists already, and overwrite"));
  rig_close(rig);
  ck_assert(file_is("a.wav", "old"));
  ck_assert_int_eq(folder_count(), 1);
}
END_TEST

START_TEST(a_full_disk_is_noticed)
{
  const char* const none[] = { NULL };
  const struct rlimit limit = { 20000, 20000 };
  make_samples(N_FRAMES, 2, 48000);
  signal(SIGXFSZ, SIG_IGN);
  struct rig* const rig = start_writer(every_kind[_i], none, 48000, 2);
  ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
  for (int i = 0; i < 20; ++i) {
    rig_push_f32(rig, 0, samples, N_FRAMES);
  }
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_OUTPUT);
  ck_assert_msg(strstr(rig_error(rig), "a file must not become that large"),
                "%s", rig_error(rig));
  ck_assert_ptr_eq(strstr(rig_error(rig), every_kind[_i]), rig_error(rig));
  rig_close(rig);
  ck_assert_int_eq(folder_count(), 0);
}
END_TEST

// -- segments

// *n_frames* at *position*, of stream *id*.
static void
push_piece(struct rig* rig, uint32_t id, int64_t position, uint32_t n_frames,
           uint32_t flags, const char* json)
{
  const struct rill_host* const host = fake_host_table(rig_host(rig));
  const struct rill_format format = { .kind = RILL_KIND_AUDIO,
                                      .encoding = RILL_ENC_F32,
                                      .rate = 8000,
                                      .rate_den = 1,
                                      .channels = 1 };
  struct rill_buffer* const b = host->buffers->alloc(host, &format, n_frames);
  const struct rill_meta meta = { .size = sizeof meta,
                                  .kind = RILL_META_JSON,
                                  .data = json,
                                  .data_bytes = json ? strlen(json) : 0 };
  memset(b->planes[0].data, 0, n_frames * sizeof(float));
  b->n_frames = n_frames;
  b->stream_id = id;
  b->media_pos = position;
  b->pts_ns = position * 125000;
  b->flags |= flags;
  if (json) {
    ck_assert_int_eq(host->buffers->add_meta(host, b, &meta), RILL_OK);
  }
  rig_push(rig, 0, b);
}

static struct rig*
start_segments(const char* path)
{
  const char* const none[] = { NULL };
  return start_writer(path, none, 8000, 1);
}

START_TEST(each_segment_is_a_file)
{
  struct rig* const rig = start_segments("s-%03d.wav");
  push_piece(rig, 7, 800, 100, 0, NULL);
  push_piece(rig, 7, 900, 100, RILL_BUFFER_END, NULL);
  rig_run(rig);
  ck_assert_int_eq(folder_count(), 1); // at its end
  push_piece(rig, 9, 2000, 50, 0, NULL); // has no end
  rig_run(rig);
  ck_assert_int_eq(folder_count(), 1);
  push_piece(rig, 12, 4000, 1, 0, NULL);
  rig_run(rig);
  ck_assert_int_eq(folder_count(), 2); // at the next
  rig_drain(rig);
  ck_assert_int_eq(folder_count(), 3); // at the drain
  ck_assert_uint_eq(rig_out_items(rig, 0), 3);
  ck_assert_str_eq(rig_out_text(rig, 0, 0),
                   "{\"start\": 0.1, \"end\": 0.125, \"file\": \"s-001.wav\", "
                   "\"frames\": 200, \"rate\": 8000, \"channels\": 1}");
  ck_assert_str_eq(rig_out_text(rig, 0, 1),
                   "{\"start\": 0.25, \"end\": 0.25625, \"file\": "
                   "\"s-002.wav\", \"frames\": 50, \"rate\": 8000, "
                   "\"channels\": 1}");
  ck_assert_str_eq(rig_out_text(rig, 0, 2),
                   "{\"start\": 0.5, \"end\": 0.500125, \"file\": "
                   "\"s-003.wav\", \"frames\": 1, \"rate\": 8000, "
                   "\"channels\": 1}");
  ck_assert_int_eq(rig_out_item(rig, 0, 1)->pts_ns, 250000000);
  rig_close(rig);
  struct rig* const reader = read_all("s-001.wav", "s16");
  ck_assert_uint_eq(rig_out_frames(reader, 0), 200);
  rig_close(reader);
}
END_TEST

START_TEST(no_segment_is_no_file)
{
  struct rig* const rig = start_segments("s-%d.wav");
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_items(rig, 0), 0);
  rig_close(rig);
  ck_assert_int_eq(folder_count(), 0);
}
END_TEST

START_TEST(segments_need_no_reader)
{
  const char* const none[] = { NULL };
  struct rig* const rig = rig_open("plugins/file/file", "file.write");
  rig_set(rig, "path", "s-%d.wav");
  rig_set_all(rig, none);
  rig_audio(rig, 0, 8000, 1);
  rig_unlink_out(rig, 0);
  rig_start(rig, 4096);
  push_piece(rig, 1, 0, 10, 0, NULL);
  push_piece(rig, 2, 10, 10, RILL_BUFFER_END, NULL);
  push_piece(rig, 3, 20, 10, 0, NULL);
  rig_drain(rig);
  rig_close(rig);
  ck_assert_int_eq(folder_count(), 3);
}
END_TEST

START_TEST(one_file_takes_all_streams)
{
  struct rig* const rig = start_segments("all.wav");
  push_piece(rig, 1, 0, 10, RILL_BUFFER_END, NULL);
  push_piece(rig, 2, 50, 10, 0, NULL);
  rig_drain(rig);
  ck_assert_int_eq(folder_count(), 1);
  ck_assert_uint_eq(rig_out_items(rig, 0), 1);
  ck_assert_ptr_nonnull(strstr(rig_out_text(rig, 0, 0), "\"frames\": 20,"));
  rig_close(rig);
}
END_TEST

START_TEST(a_segment_says_what_it_was_told)
{
  struct rig* const rig = start_segments("s.wav");
  push_piece(rig, 1, 0, 10, 0, "{\"start\": 99, \"old\": 1}");
  push_piece(rig, 1, 10, 10, RILL_BUFFER_END,
             "{\"word\":\"a \\\"b}\", \"confidence\": 0.97 , \"end\":2.5,"
             "\"list\":[1,{\"x\":[]}],\"start\":1.25,\"file\":\"evil\"}");
  rig_drain(rig);
  ck_assert_str_eq(
    rig_out_text(rig, 0, 0),
    "{\"start\": 1.25, \"end\": 2.5, \"confidence\": 0.97, \"file\": "
    "\"s.wav\", \"frames\": 20, \"rate\": 8000, \"channels\": 1, \"word\": "
    "\"a \\\"b}\", \"list\": [1,{\"x\":[]}]}");
  rig_close(rig);
}
END_TEST

START_TEST(loud_samples_are_told)
{
  const char* const none[] = { NULL };
  struct rig* const rig = start_writer("a.wav", none, 8000, 1);
  const float loud[] = { 0.0f, 1.5f, -2.0f, NAN };
  rig_push_f32(rig, 0, loud, 4);
  rig_drain(rig);
  ck_assert_ptr_nonnull(fake_host_find_log(
    rig_host(rig), "a.wav: 2 samples were louder than full scale and are "
                   "clipped, 1 were NaN and are 0"));
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, folder_make, folder_remove);
  tcase_add_loop_test(tcase, samples_survive, 0, sizeof files / sizeof files[0]);
  tcase_add_loop_test(tcase, lossy_files_come_near, 0,
                      sizeof lossy / sizeof lossy[0]);
  tcase_add_loop_test(tcase, quality_makes_files_larger, 0, 3);
  tcase_add_test(tcase, the_same_input_gives_the_same_bytes);
  tcase_add_loop_test(tcase, an_empty_stream_is_a_file_too, 0, 9);
  tcase_add_test(tcase, a_small_wave_file_has_a_plain_header);
  tcase_add_loop_test(tcase, what_cannot_be_is_refused, 0,
                      sizeof refused / sizeof refused[0]);
  tcase_add_loop_test(tcase, a_bad_place_is_named, 0,
                      sizeof places / sizeof places[0]);
  tcase_add_loop_test(tcase, nothing_appears_before_the_end, 0, 2);
  tcase_add_loop_test(tcase, what_exists_can_be_kept, 0, 2);
  tcase_add_loop_test(tcase, a_full_disk_is_noticed, 0, 9);
  tcase_add_test(tcase, each_segment_is_a_file);
  tcase_add_test(tcase, no_segment_is_no_file);
  tcase_add_test(tcase, segments_need_no_reader);
  tcase_add_test(tcase, one_file_takes_all_streams);
  tcase_add_test(tcase, a_segment_says_what_it_was_told);
  tcase_add_test(tcase, loud_samples_are_told);
}

int
main(void)
{
  return suite_run("file.write", 60, add_tests);
}
