// SPDX-License-Identifier: ISC
// Files that appear whole or not at all: every system call fails in turn, and
// the process dies at every one.
#define _GNU_SOURCE
#include "tests/folder.h"
#include "tests/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <rill/helpers.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/wait.h>

static struct {
  int n;         // calls so far
  int fail_at;   // this call fails; 0: none
  int die_at;    // before this call the process is gone; 0: never
  int error;     // errno of a failure
  int no_tmpfile; // the file system does not know O_TMPFILE
  int no_exchange; // nor how to change two names
  int is_raced;   // another file gets the target's name just before
} calls;

static int
is_to_fail(void)
{
  ++calls.n;
  if (calls.n == calls.die_at) {
    _exit(9);
  }
  errno = calls.error;
  return calls.n == calls.fail_at;
}

static int
tried_openat(int folder, const char* name, int flags, int mode)
{
  if (calls.no_tmpfile && (flags & O_TMPFILE) == O_TMPFILE) {
    errno = EOPNOTSUPP;
    return -1;
  }
  return is_to_fail() ? -1 : openat(folder, name, flags, mode);
}

static int
tried_open(const char* path, int flags)
{
  return is_to_fail() ? -1 : open(path, flags);
}

static ssize_t
tried_write(int fd, const void* data, size_t n)
{
  return is_to_fail() ? -1 : write(fd, data, n > 3 ? n / 2 : n);
}

static ssize_t
tried_pwrite(int fd, const void* data, size_t n, off_t at)
{
  return is_to_fail() ? -1 : pwrite(fd, data, n > 3 ? n / 2 : n, at);
}

static int
tried_linkat(int from, const char* a, int to, const char* b, int flags)
{
  return is_to_fail() ? -1 : linkat(from, a, to, b, flags);
}

static int
tried_renameat(int from, const char* a, int to, const char* b)
{
  return is_to_fail() ? -1 : renameat(from, a, to, b);
}

static int
tried_renameat2(int from, const char* a, int to, const char* b, unsigned flags)
{
  if (calls.no_exchange) {
    errno = EINVAL;
    return -1;
  }
  if (calls.is_raced) {
    calls.is_raced = 0;
    unlink("target");
    file_put("target", "theirs", 6);
  }
  return is_to_fail() ? -1 : renameat2(from, a, to, b, flags);
}

// Nobody can do anything about one that fails, but it can be the last call.
static int
tried_unlinkat(int folder, const char* name, int flags)
{
  is_to_fail();
  return unlinkat(folder, name, flags);
}

static int
tried_fsync(int fd)
{
  return is_to_fail() ? -1 : fsync(fd);
}

// A descriptor is gone whatever close says.
static int
tried_close(int fd)
{
  const int fails = is_to_fail();
  return close(fd) || fails ? -1 : 0;
}

static int
tried_flock(int fd, int how)
{
  return is_to_fail() ? -1 : flock(fd, how);
}

#define openat(folder, name, flags, ...)                                       \
  tried_openat(folder, name, flags, 0666)
#define open(path, flags) tried_open(path, flags)
#define write tried_write
#define pwrite tried_pwrite
#define linkat tried_linkat
#define renameat tried_renameat
#define renameat2 tried_renameat2
#define unlinkat tried_unlinkat
#define fsync tried_fsync
#define close tried_close
#define flock tried_flock
#include <rill/util/atomic_file.h>
#undef openat
#undef open
#undef write
#undef pwrite
#undef linkat
#undef renameat
#undef renameat2
#undef unlinkat
#undef fsync
#undef close
#undef flock

static struct rill_atomic_file file;

static int32_t
write_new(uint32_t flags)
{
  int32_t st = rill_atomic_open(&file, "target", flags);
  st = st ? st : rill_atomic_write(&file, "???? and the rest", 17);
  st = st ? st : rill_atomic_write_at(&file, "new,", 4, 0);
  st = st ? st : rill_atomic_commit(&file);
  rill_atomic_discard(&file);
  return st;
}

static const struct {
  int no_tmpfile;
  int no_exchange;
  int has_old;
  uint32_t flags;
} ways[] = {
  { 0, 0, 0, 0 },
  { 0, 0, 1, 0 },
  { 0, 1, 1, 0 },
  { 0, 0, 1, RILL_ATOMIC_SYNC },
  { 0, 0, 0, RILL_ATOMIC_KEEP },
  { 1, 0, 0, 0 },
  { 1, 0, 1, 0 },
  { 1, 1, 1, 0 },
  { 1, 0, 1, RILL_ATOMIC_SYNC },
  { 1, 0, 0, RILL_ATOMIC_KEEP | RILL_ATOMIC_SYNC },
};
enum { N_WAYS = sizeof ways / sizeof ways[0] };

static void
begin(int way)
{
  memset(&calls, 0, sizeof calls);
  calls.no_tmpfile = ways[way].no_tmpfile;
  calls.no_exchange = ways[way].no_exchange;
  unlink("target");
  if (ways[way].has_old) {
    file_put("target", "old", 3);
  }
}

static int
is_old(int way)
{
  return ways[way].has_old ? file_is("target", "old")
                           : access("target", F_OK) != 0;
}

START_TEST(a_file_gets_its_content)
{
  begin(_i);
  ck_assert_msg(!write_new(ways[_i].flags), "%s", file.why);
  ck_assert(file_is("target", "new, and the rest"));
  ck_assert_int_eq(folder_count(), 1);
}
END_TEST

static const int errors[] = { ENOSPC, EDQUOT, EIO, EROFS, EACCES, EINTR };

START_TEST(every_failure_leaves_the_old_file)
{
  const int way = _i % N_WAYS;
  const int error = errors[_i / N_WAYS];
  for (int n = 1;; ++n) {
    begin(way);
    calls.fail_at = n;
    calls.error = error;
    const int32_t st = write_new(ways[way].flags);
    if (calls.n < n) {
      ck_assert_int_gt(n, 8); // there was something to fail
      break;
    }
    calls.fail_at = 0;
    const int is_new = !access("target", F_OK) &&
                       file_is("target", "new, and the rest");
    ck_assert_msg(is_new || is_old(way), "call %d", n);
    ck_assert_msg(st || is_new, "call %d failed, and nobody knows", n);
    ck_assert_msg(!st || strstr(file.why, "target: "), "call %d: '%s'", n,
                  file.why);
    ck_assert_int_le(folder_count(), ways[way].has_old || is_new ? 1 : 0);
  }
}
END_TEST

START_TEST(death_leaves_the_old_file_or_the_new_one)
{
  for (int n = 1, status = 0;; ++n) {
    begin(_i);
    calls.die_at = n;
    const pid_t child = fork();
    if (!child) {
      _exit(write_new(ways[_i].flags) ? 1 : 0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    if (WEXITSTATUS(status) != 9) {
      ck_assert_int_gt(n, 8);
      break;
    }
    ck_assert_msg(is_old(_i) || file_is("target", "new, and the rest"),
                  "death at call %d", n);
    calls.die_at = 0;
    ck_assert_msg(!write_new(ways[_i].flags & ~(uint32_t)RILL_ATOMIC_KEEP),
                  "%s", file.why);
    ck_assert_int_eq(folder_count(), 1); // the dead one's trace is gone
  }
}
END_TEST

START_TEST(two_writers_do_not_meet)
{
  static struct rill_atomic_file other;
  begin(_i);
  ck_assert_int_eq(rill_atomic_open(&file, "target", 0), 0);
  ck_assert_int_eq(rill_atomic_open(&other, "target", 0), 0);
  ck_assert_int_eq(rill_atomic_write(&file, "first", 5), 0);
  ck_assert_int_eq(rill_atomic_write(&other, "other", 5), 0);
  ck_assert_int_eq(rill_atomic_commit(&file), 0);
  ck_assert(file_is("target", "first"));
  ck_assert_int_eq(rill_atomic_commit(&other), 0);
  ck_assert(file_is("target", "other"));
  ck_assert_int_eq(folder_count(), 1);
}
END_TEST

// Between the look at the old file and the change of names it became another.
START_TEST(a_file_that_comes_meanwhile_is_replaced_too)
{
  begin(_i);
  file_put("target", "old", 3);
  calls.is_raced = 1;
  ck_assert_msg(!write_new(0), "%s", file.why);
  ck_assert(file_is("target", "new, and the rest"));
  ck_assert_int_eq(folder_count(), 1);
}
END_TEST

// A lock of somebody else on the old file is no hindrance.
START_TEST(a_locked_file_is_replaced)
{
  begin(_i);
  file_put("target", "old", 3);
  const int fd = open("target", O_RDONLY);
  ck_assert_int_eq(flock(fd, LOCK_SH), 0);
  ck_assert_msg(!write_new(0), "%s", file.why);
  ck_assert(file_is("target", "new, and the rest"));
  ck_assert_int_eq(folder_count(), 1);
  close(fd);
}
END_TEST

START_TEST(only_one_of_two_keeps)
{
  static struct rill_atomic_file other;
  begin(_i);
  unlink("target");
  ck_assert_int_eq(rill_atomic_open(&file, "target", RILL_ATOMIC_KEEP), 0);
  ck_assert_int_eq(rill_atomic_open(&other, "target", RILL_ATOMIC_KEEP), 0);
  ck_assert_int_eq(rill_atomic_commit(&file), 0);
  ck_assert_int_eq(rill_atomic_commit(&other), RILL_ERR_OUTPUT);
  ck_assert_str_eq(other.why,
                   "target: it exists already, and overwrite is false");
  rill_atomic_discard(&other);
  ck_assert_int_eq(folder_count(), 1);
}
END_TEST

START_TEST(discard_leaves_nothing)
{
  begin(_i);
  ck_assert_int_eq(rill_atomic_open(&file, "target", 0), 0);
  ck_assert_int_eq(rill_atomic_write(&file, "half", 4), 0);
  rill_atomic_discard(&file);
  rill_atomic_discard(&file); // again is fine
  ck_assert(is_old(_i));
  ck_assert_int_eq(folder_count(), ways[_i].has_old);
}
END_TEST

START_TEST(a_link_is_followed)
{
  ck_assert_int_eq(mkdir("other", 0700), 0);
  file_put("other/real", "old", 3);
  ck_assert_int_eq(symlink("other/real", "target"), 0);
  calls.no_tmpfile = _i;
  ck_assert_msg(!write_new(0), "%s", file.why);
  ck_assert(file_is("other/real", "new, and the rest"));
  struct stat st;
  ck_assert_int_eq(lstat("target", &st), 0);
  ck_assert(S_ISLNK(st.st_mode));
}
END_TEST

START_TEST(permission_bits_stay)
{
  struct stat st;
  umask(022);
  ck_assert_int_eq(write_new(0), 0);
  ck_assert_int_eq(stat("target", &st), 0);
  ck_assert_int_eq(st.st_mode & 0777, 0644);
  chmod("target", 0640);
  ck_assert_int_eq(write_new(0), 0);
  ck_assert_int_eq(stat("target", &st), 0);
  ck_assert_int_eq(st.st_mode & 0777, 0640);
}
END_TEST

// The folder is held: a new name for it does no harm.
START_TEST(the_folder_may_be_renamed)
{
  ck_assert_int_eq(mkdir("a", 0700), 0);
  ck_assert_int_eq(rill_atomic_open(&file, "a/target", 0), 0);
  ck_assert_int_eq(rill_atomic_write(&file, "x", 1), 0);
  ck_assert_int_eq(rename("a", "b"), 0);
  ck_assert_msg(!rill_atomic_commit(&file), "%s", file.why);
  ck_assert(file_is("b/target", "x"));
}
END_TEST

START_TEST(a_removed_folder_is_an_error)
{
  ck_assert_int_eq(mkdir("a", 0700), 0);
  ck_assert_int_eq(rill_atomic_open(&file, "a/target", 0), 0);
  ck_assert_int_eq(rmdir("a"), 0);
  ck_assert_int_eq(rill_atomic_commit(&file), RILL_ERR_OUTPUT);
  ck_assert_ptr_nonnull(strstr(file.why, "a/target: cannot get its name"));
  rill_atomic_discard(&file);
}
END_TEST

// 255 bytes are the longest name that there is.
START_TEST(long_names_work)
{
  char name[258];
  memset(name, 'x', 256);
  name[255 + _i] = '\0';
  const int32_t st = rill_atomic_open(&file, name, 0);
  ck_assert_int_eq(st, _i ? RILL_ERR_OUTPUT : RILL_OK);
  if (!_i) {
    ck_assert_int_eq(rill_atomic_commit(&file), 0);
    calls.no_tmpfile = 1; // and over it, with a hidden name
    ck_assert_int_eq(rill_atomic_open(&file, name, 0), 0);
    ck_assert_int_eq(rill_atomic_commit(&file), 0);
  }
}
END_TEST

START_TEST(streams_are_written_directly)
{
  char got[8] = "";
  ck_assert_int_eq(mkfifo("target", 0600), 0);
  const int fd = open("target", O_RDONLY | O_NONBLOCK);
  ck_assert_int_eq(rill_atomic_open(&file, "target", 0), RILL_ERR_OUTPUT);
  ck_assert_int_eq(rill_atomic_open(&file, "target", RILL_ATOMIC_STREAMS), 0);
  ck_assert_int_eq(rill_atomic_write(&file, "hello", 5), 0);
  ck_assert_int_eq(read(fd, got, 8), 5); // before the commit
  ck_assert_int_eq(rill_atomic_commit(&file), 0);
  close(fd);
}
END_TEST

START_TEST(a_gone_reader_is_told)
{
  signal(SIGPIPE, SIG_IGN);
  ck_assert_int_eq(mkfifo("target", 0600), 0);
  const int fd = open("target", O_RDONLY | O_NONBLOCK);
  ck_assert_int_eq(rill_atomic_open(&file, "target", RILL_ATOMIC_STREAMS), 0);
  close(fd);
  ck_assert_int_eq(rill_atomic_write(&file, "hello", 5), RILL_ERR_OUTPUT);
  ck_assert_str_eq(file.why,
                   "target: cannot be written: the reader has gone");
  rill_atomic_discard(&file);
}
END_TEST

START_TEST(a_full_device_is_told)
{
  ck_assert_int_eq(
    rill_atomic_open(&file, "/dev/full", RILL_ATOMIC_STREAMS), 0);
  ck_assert_int_eq(rill_atomic_write(&file, "x", 1), RILL_ERR_OUTPUT);
  ck_assert_str_eq(file.why, "/dev/full: cannot be written: no space left on "
                             "the device");
  rill_atomic_discard(&file);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  const int n_errors = sizeof errors / sizeof errors[0];
  tcase_add_checked_fixture(tcase, folder_make, folder_remove);
  tcase_add_loop_test(tcase, a_file_gets_its_content, 0, N_WAYS);
  tcase_add_loop_test(tcase, every_failure_leaves_the_old_file, 0,
                      N_WAYS * n_errors);
  tcase_add_loop_test(tcase, death_leaves_the_old_file_or_the_new_one, 0,
                      N_WAYS);
  tcase_add_loop_test(tcase, two_writers_do_not_meet, 0, N_WAYS);
  tcase_add_loop_test(tcase, a_file_that_comes_meanwhile_is_replaced_too, 0,
                      N_WAYS);
  tcase_add_loop_test(tcase, a_locked_file_is_replaced, 0, N_WAYS);
  tcase_add_loop_test(tcase, only_one_of_two_keeps, 0, N_WAYS);
  tcase_add_loop_test(tcase, discard_leaves_nothing, 0, N_WAYS);
  tcase_add_loop_test(tcase, a_link_is_followed, 0, 2);
  tcase_add_test(tcase, permission_bits_stay);
  tcase_add_test(tcase, the_folder_may_be_renamed);
  tcase_add_test(tcase, a_removed_folder_is_an_error);
  tcase_add_loop_test(tcase, long_names_work, 0, 2);
  tcase_add_test(tcase, streams_are_written_directly);
  tcase_add_test(tcase, a_gone_reader_is_told);
  tcase_add_test(tcase, a_full_device_is_told);
}

int
main(void)
{
  return suite_run("atomic file", 20, add_tests);
}
