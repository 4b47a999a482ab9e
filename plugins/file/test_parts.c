// SPDX-License-Identifier: ISC
// The parts of file.write that need no node: names, reports, headers.
#include "check_header.h"
#include "codec.h"
#include "header.h"
#include "numbered.h"
#include "report.h"
#include "sink.h"
#include "tests/folder.h"
#include "tests/suite.h"
#include "wave_head.h"

#include <inttypes.h>
#include <rill/rill.h>

static const struct {
  const char* path;
  int n_places;
  uint64_t number;
  const char* result;
} names[] = {
  { "a.wav", 0, 1, "a.wav" },
  { "a%d.wav", 1, 1, "a1.wav" },
  { "a%3d.wav", 1, 12, "a 12.wav" },
  { "a%03d.wav", 1, 12, "a012.wav" },
  { "%09d", 1, 1, "000000001" },
  { "a%02d.wav", 1, 12345, "a12345.wav" },
  { "a%d", 1, UINT64_MAX, "a18446744073709551615" },
  { "d%d/a", 1, 7, "d7/a" },
  { "100%.wav", 0, 1, "100%.wav" },
  { "%s%n%x%ld%0d%12d%-3d%%", 0, 1, "%s%n%x%ld%0d%12d%-3d%%" },
  { "%%d", 1, 5, "%5" }, // the second % begins a place
  { "%d%d", 2, 5, "5%d" },
  { "%", 0, 1, "%" },
  { "%0", 0, 1, "%0" },
};

START_TEST(a_number_has_one_place)
{
  char* const path = numbered_path(names[_i].path, names[_i].number);
  ck_assert_int_eq(numbered_count(names[_i].path), names[_i].n_places);
  ck_assert_str_eq(path, names[_i].result);
  free(path);
}
END_TEST

#define OWN                                                                    \
  "\"start\": 0, \"end\": 0.00125, \"file\": \"a\", \"frames\": 10, "          \
  "\"rate\": 8000, \"channels\": 1"

static const struct {
  const char* path;
  const char* object;
  const char* text;
} reports[] = {
  { "a", NULL, "{" OWN "}" },
  { "a", "", "{" OWN "}" },
  { "a", "[1]", "{" OWN "}" },
  { "a", "{}", "{" OWN "}" },
  { "a", " { } ", "{" OWN "}" },
  { "a", "{\"x\"", "{" OWN "}" },
  { "a", "{\"x\":", "{" OWN "}" },
  { "a", "{\"x\":1", "{" OWN "}" },
  { "a", "{\"x", "{" OWN "}" },
  { "a", "{\"x\\", "{" OWN "}" },
  { "a", "{\"x\":\"", "{" OWN "}" },
  { "a", "{\"x\":]}", "{" OWN "}" },
  { "a", "{\"x\":}", "{" OWN "}" },
  { "a", "{\"x\": null }", "{" OWN ", \"x\": null}" },
  { "a", "{\"x\":\"}\",\"y\\\"\":{\"z\":[{}]}}",
    "{" OWN ", \"x\": \"}\", \"y\\\"\": {\"z\":[{}]}}" },
  { "a", "{\"rate\":1,\"channels\":2,\"file\":3,\"frames\":4}", "{" OWN "}" },
  { "a\"\\\n\xc3\xa4\xff\xed\xa0\x80", NULL,
    "{\"start\": 0, \"end\": 0.00125, \"file\": "
    "\"a\\\"\\\\\\u000a\xc3\xa4\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\", "
    "\"frames\": 10, \"rate\": 8000, \"channels\": 1}" },
};

START_TEST(a_report_is_json)
{
  const struct report report = {
    .path = reports[_i].path,
    .n_frames = 10,
    .rate = 8000,
    .channels = 1,
    .object = reports[_i].object,
    .object_bytes = reports[_i].object ? strlen(reports[_i].object) : 0,
  };
  char* const text = report_text(&report);
  ck_assert_str_eq(text, reports[_i].text);
  free(text);
}
END_TEST

static const struct {
  int64_t first;
  uint32_t rate;
  const char* seconds;
} times[] = {
  { 0, 8000, "\"start\": 0," },
  { 8000, 8000, "\"start\": 1," },
  { 80000, 8000, "\"start\": 10," },
  { 1, 3, "\"start\": 0.333333," },
  { 2, 3, "\"start\": 0.666667," },
  { 767999, 768000, "\"start\": 0.999999," },
  { 7999999, 8000, "\"start\": 999.999875," },
  { INT64_C(44100) * 3600 * 24 * 365 + 1, 44100, "\"start\": 31536000.000023," },
};

START_TEST(times_are_short_and_exact)
{
  const struct report report = { .path = "a", .first = times[_i].first,
                                 .rate = times[_i].rate };
  char* const text = report_text(&report);
  ck_assert_msg(strstr(text, times[_i].seconds), "%s", text);
  free(text);
}
END_TEST

static const struct {
  struct wave_head head;
  uint32_t n_bytes;
  const char* magic;
} heads[] = {
  { { RILL_ENC_S16, 8000, 1, 0, 10, 0 }, 80, "RIFF" },
  { { RILL_ENC_F32, 8000, 2, 0, 10, 0 }, 94, "RIFF" },
  { { RILL_ENC_S16, 8000, 6, 0x3f, 10, 0 }, 104, "RIFF" },
  { { RILL_ENC_F64, 8000, 1024, 0, 10, 0 }, 116, "RIFF" },
  { { RILL_ENC_S16, 8000, 1, 0, 10, 1 }, 80, "RF64" },
  { { RILL_ENC_U8, 8000, 1, 0, UINT32_MAX - 72, 0 }, 80, "RF64" }, // pad too
  { { RILL_ENC_U8, 8000, 1, 0, UINT32_MAX - 73, 0 }, 80, "RIFF" },
  { { RILL_ENC_U8, 8000, 1, 0, UINT32_MAX, 0 }, 80, "RF64" },
  { { RILL_ENC_S16, 8000, 1, 0, UINT64_C(1) << 40, 0 }, 80, "RF64" },
};

// The reader's check takes every header, and finds in it what was written.
START_TEST(a_header_is_read_as_it_was_written)
{
  uint8_t bytes[WAVE_HEAD_BYTES];
  const struct wave_head* const h = &heads[_i].head;
  struct header read;
  struct why why;
  ck_assert_uint_eq(wave_head_write(h, bytes), heads[_i].n_bytes);
  ck_assert_mem_eq(bytes, heads[_i].magic, 4);
  file_put("x", bytes, heads[_i].n_bytes);
  const uint64_t n =
    h->n_frames * h->channels * rill_sample_bytes(h->encoding);
  ck_assert_int_eq(truncate("x", (off_t)(heads[_i].n_bytes + n + (n & 1))), 0);
  const struct probe probe = { .fd = open("x", O_RDONLY),
                               .n_bytes = heads[_i].n_bytes + n + (n & 1) };
  ck_assert_msg(!header_check(&probe, &read, &why), "%s", why.text);
  ck_assert_uint_eq(read.rate, h->rate);
  ck_assert_uint_eq(read.channels, h->channels);
  ck_assert_uint_eq(read.encoding, h->encoding);
  ck_assert_uint_eq(read.n_frames, h->n_frames);
  ck_assert_uint_eq(read.data_at, heads[_i].n_bytes);
  ck_assert_str_eq(read.note, "");
  close(probe.fd);
}
END_TEST

// Three bytes of a good header become others, 20,000 times from a fixed seed.
START_TEST(a_mutated_header_never_lies)
{
  enum { N_DATA = 400, N_MUTATIONS = 20000 };
  uint8_t good[WAVE_HEAD_BYTES + N_DATA] = { 0 };
  uint64_t state = (uint64_t)_i + 1;
  struct wave_head h = heads[_i].head;
  int n_passed = 0;
  h.n_frames = N_DATA / h.channels / rill_sample_bytes(h.encoding);
  const uint32_t n_head = wave_head_write(&h, good);
  const int fd = open("x", O_RDWR | O_CREAT, 0600);
  for (int i = 0; i < N_MUTATIONS; ++i) {
    uint8_t bytes[sizeof good];
    memcpy(bytes, good, sizeof good);
    for (int k = 0; k < 3; ++k) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      bytes[(state >> 40) % n_head] = (uint8_t)(state >> 32);
    }
    ck_assert_int_eq(pwrite(fd, bytes, sizeof bytes, 0), sizeof bytes);
    n_passed += check_header(fd, n_head + N_DATA, i % 2);
  }
  ck_assert_int_gt(n_passed, 0);
  ck_assert_int_lt(n_passed, N_MUTATIONS);
  close(fd);
}
END_TEST

// The middle of the file is never written: lseek leaves a hole.
START_TEST(a_wave_file_becomes_rf64_beyond_4_gib)
{
  const int64_t n_hole = INT64_C(3) << 30; // frames of two bytes
  static float samples[1000];
  struct rill_plane plane = { .data = samples, .step = 4 };
  struct sink_setup setup = { .encoding = RILL_ENC_S16,
                              .in = { .kind = RILL_KIND_AUDIO,
                                      .encoding = RILL_ENC_F32,
                                      .rate = 8000,
                                      .rate_den = 1,
                                      .channels = 1 } };
  const struct rill_buffer in = { .format = &setup.in, .planes = &plane,
                                  .n_planes = 1, .n_frames = 1000 };
  struct sink sink = { 0 };
  struct header read;
  struct stat st;
  struct why why;
  ck_assert_int_eq(container_find(0, "x.wav", &setup.container, &why), 0);
  ck_assert_int_eq(sink_open(&sink, &setup, "x.wav", &why), 0);
  ck_assert_int_ge(lseek(sink.file.fd, 2 * n_hole, SEEK_CUR), 0);
  sink.n_frames = (uint64_t)n_hole;
  ck_assert_int_eq(sink_write(&sink, &in, &why), 0);
  ck_assert_msg(!sink_commit(&sink, &why), "%s", why.text);
  sink_fini(&sink);

  ck_assert_int_eq(stat("x.wav", &st), 0);
  const struct probe probe = { .fd = open("x.wav", O_RDONLY),
                               .n_bytes = (uint64_t)st.st_size };
  ck_assert_msg(!header_check(&probe, &read, &why), "%s", why.text);
  ck_assert_uint_eq(read.n_frames, (uint64_t)n_hole + 1000);
  close(probe.fd);
}
END_TEST

static const struct {
  const char* soname;
  const char* said;
} codecs[] = {
  { "librill-none.so.1", "only plain WAVE is possible, for librill-none.so.1 "
                         "cannot be loaded: librill-none.so.1: cannot open" },
  { "libm.so.6", "only plain WAVE is possible, for libm.so.6 has no "
                 "sf_open_virtual (install libsndfile 1.2 or later)" },
};

START_TEST(a_codec_that_is_not_there_is_named)
{
  struct codec found = { 0 };
  struct why why = { "" };
  ck_assert_int_eq(codec_load_from(codecs[_i].soname, &found, &why),
                   RILL_ERR_UNSUPPORTED);
  ck_assert_msg(!strncmp(why.text, codecs[_i].said, strlen(codecs[_i].said)),
                "%s", why.text);
  ck_assert(!found.sf_close);
}
END_TEST

static const struct {
  const char* path;
  int is_needed;
} needs[] = { { "x.wav", 0 }, { "x.rf64", 0 }, { "x.flac", 1 } };

START_TEST(plain_wave_needs_no_codec)
{
  struct sink_setup setup = { .encoding = RILL_ENC_S16,
                              .in = { .rate = 8000, .channels = 1 } };
  struct sink sink = { 0 };
  struct why why;
  ck_assert_int_eq(container_find(0, needs[_i].path, &setup.container, &why), 0);
  ck_assert_msg(!sink_open(&sink, &setup, needs[_i].path, &why), "%s", why.text);
  ck_assert_msg(!sink_commit(&sink, &why), "%s", why.text);
  ck_assert_int_eq(codec.sf_close != NULL, needs[_i].is_needed);
  sink_fini(&sink);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, folder_make, folder_remove);
  tcase_add_loop_test(tcase, a_number_has_one_place, 0,
                      sizeof names / sizeof names[0]);
  tcase_add_loop_test(tcase, a_report_is_json, 0,
                      sizeof reports / sizeof reports[0]);
  tcase_add_loop_test(tcase, times_are_short_and_exact, 0,
                      sizeof times / sizeof times[0]);
  tcase_add_loop_test(tcase, a_header_is_read_as_it_was_written, 0,
                      sizeof heads / sizeof heads[0]);
  tcase_add_loop_test(tcase, a_mutated_header_never_lies, 0, 3);
  tcase_add_loop_test(tcase, a_codec_that_is_not_there_is_named, 0,
                      sizeof codecs / sizeof codecs[0]);
  tcase_add_loop_test(tcase, plain_wave_needs_no_codec, 0,
                      sizeof needs / sizeof needs[0]);
  tcase_add_test(tcase, a_wave_file_becomes_rf64_beyond_4_gib);
}

int
main(void)
{
  return suite_run("file parts", 20, add_tests);
}
