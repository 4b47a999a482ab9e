// SPDX-License-Identifier: ISC
// Bytes in, bytes out, and every kind of place that they come from and go to.
#define _GNU_SOURCE
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/folder.h"
#include "tests/suite.h"

#include <pthread.h>
#include <rill/helpers.h>
#include <signal.h>

static const char* const encodings[] = { "u8",  "s16", "s24", "s32", "f32",
                                         "f64", "s8",  "s64", "f16" };

enum { N_BYTES = 21600 }; // thirds are whole frames of all of them
static uint8_t bytes[N_BYTES];

static void
make_bytes(void)
{
  for (int i = 0; i < N_BYTES; ++i) {
    bytes[i] = (uint8_t)(i * 7 + i / 256);
  }
}

static struct rig*
open_reader(const char* path, const char* encoding, const char* channels)
{
  const char* const params[] = { "path", path, "encoding", encoding,
                                 "channels", channels, "rate", "8kHz", NULL };
  struct rig* const rig = rig_open("plugins/raw/raw", "raw.read");
  rig_set_all(rig, params);
  return rig;
}

// -- reading

static const struct {
  const char* path;
  const char* says;
  int at_start; // derive can see it
} bad_inputs[] = {
  { "nowhere", "nowhere: cannot be opened: No such file", 1 },
  { "folder", "folder: this is a folder, not a file", 0 },
  { "/dev/zero", "/dev/zero: a device has no end: set length", 0 },
};

START_TEST(a_bad_input_is_named)
{
  ck_assert_int_eq(mkdir("folder", 0700), 0);
  struct rig* const rig = open_reader(bad_inputs[_i].path, "s16", "1");
  int32_t status = rig_try_start(rig, 100);
  ck_assert_int_eq(status != 0, bad_inputs[_i].at_start);
  status = status ? status : rig_try_drain(rig);
  ck_assert_int_eq(status, RILL_ERR_INPUT);
  ck_assert_msg(strstr(rig_error(rig), bad_inputs[_i].says), "%s",
                rig_error(rig));
  rig_close(rig);
}
END_TEST

START_TEST(every_encoding_comes_as_it_is)
{
  uint64_t n;
  file_put("x", bytes, N_BYTES);
  struct rig* const rig = open_reader("x", encodings[_i], "1");
  rig_start(rig, 333);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_format(rig, 0)->packing, RILL_INTERLEAVED);
  const void* const out = rig_out_bytes(rig, 0, 0, &n);
  ck_assert_uint_eq(n, N_BYTES);
  ck_assert_mem_eq(out, bytes, N_BYTES);
  rig_close(rig);
}
END_TEST

START_TEST(blocks_do_not_matter)
{
  static const char* const params[] = { "path", "x", "rate", "8kHz",
                                        "channels", "2", NULL };
  const struct rig_case c = { .path = "plugins/raw/raw", .type = "raw.read",
                              .params = params, .n_frames = N_BYTES / 4 };
  file_put("x", bytes, N_BYTES);
  rig_check_blocks(&c);
}
END_TEST

// 0: an error, 1: accepted, 2: behind the limit.
START_TEST(half_a_frame_at_the_end)
{
  file_put("x", bytes, 4 * 100 + 3);
  struct rig* const rig = open_reader("x", "s16", "2");
  rig_set(rig, "accept_truncated", _i == 1 ? "true" : "false");
  rig_set(rig, "length", _i == 2 ? "12.5ms" : "0s");
  rig_start(rig, 64);
  ck_assert_int_eq(rig_try_drain(rig), _i ? RILL_OK : RILL_ERR_INPUT);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 100);
  if (_i == 0) {
    ck_assert_ptr_nonnull(strstr(
      rig_error(rig), "x: the last 3 bytes are no whole frame of 4 (accept"));
  }
  ck_assert_uint_eq(fake_host_n_log(rig_host(rig)), _i == 1);
  rig_close(rig);
}
END_TEST

START_TEST(a_limit_ends_a_device)
{
  struct rig* const rig = open_reader("/dev/zero", "f32", "2");
  rig_set(rig, "length", "100ms");
  rig_start(rig, 64);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 800);
  rig_close(rig);
}
END_TEST

START_TEST(an_empty_file_is_an_empty_stream)
{
  file_put("x", "", 0);
  struct rig* const rig = open_reader("x", "s16", "1");
  rig_start(rig, 64);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 0);
  rig_close(rig);
}
END_TEST

// In pieces that cut frames.
static void*
feed(void* arg)
{
  const int fd = open("fifo", O_WRONLY);
  for (int i = 0; i < N_BYTES;) {
    const int n = 1 + i % 1234;
    i += (int)write(fd, bytes + i, (size_t)(i + n < N_BYTES ? n : N_BYTES - i));
  }
  close(fd);
  return arg;
}

START_TEST(a_fifo_is_read_to_its_end)
{
  pthread_t thread;
  uint64_t n;
  ck_assert_int_eq(mkfifo("fifo", 0600), 0);
  struct rig* const rig = open_reader("fifo", "s24", "1");
  rig_start(rig, 1000);
  pthread_create(&thread, NULL, feed, NULL);
  rig_drain(rig);
  pthread_join(thread, NULL);
  const void* const out = rig_out_bytes(rig, 0, 0, &n);
  ck_assert_uint_eq(n, N_BYTES);
  ck_assert_mem_eq(out, bytes, N_BYTES);
  rig_close(rig);
}
END_TEST

START_TEST(standard_input_is_a_dash)
{
  file_put("x", bytes, 1000);
  ck_assert_ptr_nonnull(freopen("x", "rb", stdin));
  struct rig* const rig = open_reader("-", "u8", "1");
  rig_start(rig, 64);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 1000);
  rig_close(rig);
  ck_assert_int_ge(fcntl(0, F_GETFD), 0); // it is still open
}
END_TEST

static void
do_nothing(int signal_number)
{
  (void)signal_number;
}

// 0: in open, 1: in read. The host asks again, or it does not.
START_TEST(a_signal_sets_a_reader_free)
{
  const struct sigaction action = { .sa_handler = do_nothing };
  sigaction(SIGALRM, &action, NULL); // without SA_RESTART
  ck_assert_int_eq(mkfifo("fifo", 0600), 0);
  const int fd = _i ? open("fifo", O_RDWR) : -1;
  struct rig* const rig = open_reader("fifo", "s16", "1");
  rig_start(rig, 1000);
  struct rill_buffer* buffer = NULL;
  struct rill_io out = { .size = sizeof out };
  struct rill_io* const outs[] = { &out };
  const struct rill_process block = { .size = sizeof block, .n_frames = 1000,
                                      .n_out = 1, .out = outs };
  const struct rill_host* const host = fake_host_table(rig_host(rig));
  buffer = host->buffers->alloc(host, rig_out_format(rig, 0), 1000);
  out.buffer = buffer;
  alarm(1);
  ck_assert_int_eq(rig_node(rig)->ops->process(rig_node(rig), &block), RILL_OK);
  ck_assert_uint_eq(buffer->n_frames, 0);
  host->buffers->unref(host, buffer);
  rig_close(rig);
  if (_i) {
    close(fd);
  }
}
END_TEST

// -- writing

static void
write_bytes(const char* path, const char* encoding)
{
  struct rig* const reader = open_reader("in", encoding, "1");
  rig_start(reader, 1000);
  rig_drain(reader);
  struct rig* const rig = rig_open("plugins/raw/raw", "raw.write");
  rig_set(rig, "path", path);
  rig_format(rig, 0, rig_out_format(reader, 0));
  rig_start(rig, N_BYTES);
  uint64_t n;
  const void* const data = rig_out_bytes(reader, 0, 0, &n);
  const struct rill_host* const host = fake_host_table(rig_host(rig));
  for (uint64_t i = 0; i < n; i += n / 3) {
    struct rill_buffer* const b = host->buffers->alloc(
      host, rig_out_format(reader, 0), (uint32_t)rig_out_frames(reader, 0) / 3);
    memcpy(b->planes[0].data, (const char*)data + i, n / 3);
    b->n_frames = (uint32_t)rig_out_frames(reader, 0) / 3;
    b->pts_ns = (int64_t)i;
    rig_push(rig, 0, b);
  }
  rig_drain(rig);
  rig_close(rig);
  rig_close(reader);
}

START_TEST(bytes_survive)
{
  size_t n;
  file_put("in", bytes, N_BYTES);
  write_bytes("out", encodings[_i]);
  uint8_t* const out = file_get("out", &n);
  ck_assert_uint_eq(n, N_BYTES);
  ck_assert_mem_eq(out, bytes, N_BYTES);
  free(out);
  ck_assert_int_eq(folder_count(), 2);
}
END_TEST

START_TEST(standard_output_is_a_dash_too)
{
  size_t n;
  file_put("in", bytes, N_BYTES);
  fflush(stdout);
  const int saved = dup(1);
  const int fd = open("out", O_CREAT | O_WRONLY, 0600);
  ck_assert_int_eq(dup2(fd, 1), 1);
  write_bytes("-", "s16");
  ck_assert_int_eq(dup2(saved, 1), 1);
  uint8_t* const out = file_get("out", &n);
  ck_assert_uint_eq(n, N_BYTES);
  ck_assert_mem_eq(out, bytes, N_BYTES);
  free(out);
}
END_TEST

static const struct {
  const char* path;
  const char* overwrite;
  const char* says;
} bad_outputs[] = {
  { "no/out", "true", "no/out: cannot use the folder 'no': it does not exist" },
  { "folder", "true", "folder: this is a folder" },
  { "old", "false", "old: it exists already, and overwrite is false" },
  { "/dev/full", "true", "/dev/full: cannot be written: no space left" },
  { "fifo", "true", "fifo: cannot be written: the reader has gone" },
};

START_TEST(a_bad_output_is_named)
{
  const float samples[100] = { 0 };
  signal(SIGPIPE, SIG_IGN);
  file_put("old", "old", 3);
  ck_assert_int_eq(mkdir("folder", 0700), 0);
  ck_assert_int_eq(mkfifo("fifo", 0600), 0);
  const int fd = open("fifo", O_RDONLY | O_NONBLOCK);
  struct rig* const rig = rig_open("plugins/raw/raw", "raw.write");
  rig_set(rig, "path", bad_outputs[_i].path);
  rig_set(rig, "overwrite", bad_outputs[_i].overwrite);
  const struct rill_format f = { .kind = RILL_KIND_AUDIO,
                                 .encoding = RILL_ENC_F32, .rate = 8000,
                                 .rate_den = 1, .channels = 1,
                                 .packing = RILL_INTERLEAVED };
  rig_format(rig, 0, &f);
  rig_start(rig, 100);
  rig_push_f32(rig, 0, samples, 100);
  if (!strcmp(bad_outputs[_i].path, "fifo")) {
    rig_run(rig); // it is open now
    close(fd);
    rig_push_f32(rig, 0, samples, 100);
  }
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_OUTPUT);
  ck_assert_msg(strstr(rig_error(rig), bad_outputs[_i].says), "%s",
                rig_error(rig));
  rig_close(rig);
  ck_assert(file_is("old", "old"));
}
END_TEST

START_TEST(an_empty_stream_is_an_empty_file)
{
  struct rig* const rig = rig_open("plugins/raw/raw", "raw.write");
  const struct rill_format f = { .kind = RILL_KIND_AUDIO,
                                 .encoding = RILL_ENC_S16, .rate = 8000,
                                 .rate_den = 1, .channels = 1,
                                 .packing = RILL_INTERLEAVED };
  rig_set(rig, "path", "out");
  rig_format(rig, 0, &f);
  rig_start(rig, 100);
  ck_assert_int_eq(folder_count(), 0);
  rig_drain(rig);
  rig_close(rig);
  ck_assert(file_is("out", ""));
}
END_TEST

static void
add_tests(TCase* tcase)
{
  const int n_encodings = (int)RILL_COUNT(encodings);
  make_bytes();
  tcase_add_checked_fixture(tcase, folder_make, folder_remove);
  tcase_add_loop_test(tcase, a_bad_input_is_named, 0, RILL_COUNT(bad_inputs));
  tcase_add_loop_test(tcase, every_encoding_comes_as_it_is, 0, n_encodings);
  tcase_add_test(tcase, blocks_do_not_matter);
  tcase_add_loop_test(tcase, half_a_frame_at_the_end, 0, 3);
  tcase_add_test(tcase, a_limit_ends_a_device);
  tcase_add_test(tcase, an_empty_file_is_an_empty_stream);
  tcase_add_test(tcase, a_fifo_is_read_to_its_end);
  tcase_add_test(tcase, standard_input_is_a_dash);
  tcase_add_loop_test(tcase, a_signal_sets_a_reader_free, 0, 2);
  tcase_add_loop_test(tcase, bytes_survive, 0, n_encodings);
  tcase_add_test(tcase, standard_output_is_a_dash_too);
  tcase_add_loop_test(tcase, a_bad_output_is_named, 0,
                      RILL_COUNT(bad_outputs));
  tcase_add_test(tcase, an_empty_stream_is_an_empty_file);
}

int
main(void)
{
  return suite_run("raw", 20, add_tests);
}
