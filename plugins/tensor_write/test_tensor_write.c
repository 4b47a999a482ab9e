// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/rill-npy-XXXXXX";
static char path[256];

struct file {
  char bytes[65536];
  size_t n;
};

static struct file*
read_file(void)
{
  static struct file file;
  FILE* const f = fopen(path, "rb");
  if (!f) {
    return NULL;
  }
  file.n = fread(file.bytes, 1, sizeof file.bytes, f);
  fclose(f);
  return &file;
}

static struct rig*
open_rig(const char* to)
{
  struct rig* const rig =
    rig_open("plugins/tensor_write/tensor_write", "tensor.write");
  rig_set(rig, "path", to);
  rig_rows(rig, 0, 100, 3);
  return rig;
}

static const struct {
  const char* path;
  const char* text;
} refusals[] = {
  { "/nowhere/x.npy", "does not exist" },
  { "/tmp", "this is a folder" },
  { "/dev/full", "FIFO, device or socket" },
};

START_TEST(an_output_that_cannot_be_says_why)
{
  struct rig* const rig = open_rig(refusals[_i].path);
  rig_start(rig, 64);
  ck_assert_int_eq(rig_try_drain(rig), RILL_ERR_OUTPUT);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), refusals[_i].text));
  rig_close(rig);
}
END_TEST

START_TEST(rows_are_an_array)
{
  static const float rows[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
  struct rig* const rig = open_rig(path);
  rig_start(rig, 64);
  rig_push_rows(rig, 0, rows, 4);
  rig_run(rig);
  ck_assert_ptr_null(read_file());
  rig_drain(rig);
  const struct file* const file = read_file();
  ck_assert_uint_eq(file->n, 256 + sizeof rows);
  ck_assert_mem_eq(file->bytes, "\x93NUMPY\x01\x00\xf6\x00", 10);
  ck_assert_ptr_nonnull(strstr(file->bytes + 10, "'descr': '<f4'"));
  ck_assert_ptr_nonnull(strstr(file->bytes + 10, "'shape': (4, 3,)"));
  ck_assert_int_eq(file->bytes[255], '\n');
  ck_assert_mem_eq(file->bytes + 256, rows, sizeof rows);
  rig_close(rig);
}
END_TEST

START_TEST(no_row_is_an_empty_array)
{
  struct rig* const rig = open_rig(path);
  rig_start(rig, 64);
  rig_drain(rig);
  const struct file* const file = read_file();
  ck_assert_uint_eq(file->n, 256);
  ck_assert_ptr_nonnull(strstr(file->bytes + 10, "'shape': (0, 3,)"));
  rig_close(rig);
}
END_TEST

START_TEST(what_was_not_drained_is_not_there)
{
  static const float row[3];
  struct rig* const rig = open_rig(path);
  unlink(path);
  rig_start(rig, 64);
  rig_push_rows(rig, 0, row, 1);
  rig_run(rig);
  rig_close(rig);
  ck_assert_ptr_null(read_file());
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, an_output_that_cannot_be_says_why, 0,
                      sizeof refusals / sizeof refusals[0]);
  tcase_add_test(tcase, rows_are_an_array);
  tcase_add_test(tcase, no_row_is_an_empty_array);
  tcase_add_test(tcase, what_was_not_drained_is_not_there);
}

int
main(void)
{
  if (!mkdtemp(folder)) {
    return EXIT_FAILURE;
  }
  snprintf(path, sizeof path, "%s/x.npy", folder);
  const int rc = suite_run("tensor_write", 20, add_tests);
  unlink(path);
  rmdir(folder);
  return rc;
}
