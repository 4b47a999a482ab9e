// SPDX-License-Identifier: ISC
// What is kept of plugin files between runs.
#include "base/mem.h"
#include "base/sys.h"
#include "load/cache.h"
#include "load/cache_file.h"
#include "tests/plugin_box.h"
#include "tests/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static struct cache*
open_cache(void)
{
  struct cache* cache = NULL;
  ck_assert_int_eq(cache_open(&cache), STATUS_OK);
  return cache;
}

static void
make_file(const char* name, const char* text)
{
  box_write(name, text, strlen(text));
}

static struct cache_key
key_of(const char* path)
{
  struct cache_key key;
  ck_assert_int_eq(cache_key_of(path, &key), 1);
  return key;
}

static void
put(struct cache* cache, const char* path, const char* hash, const char* text)
{
  const struct cache_key key = key_of(path);
  const struct cache_value value = { text, strlen(text) };
  ck_assert_int_eq(cache_put(cache, &key, hash, &value), STATUS_OK);
}

/// What is known of the file, or "".
static const char*
get(const struct cache* cache, const char* path)
{
  static char text[64];
  const struct cache_key key = key_of(path);
  struct cache_value value = { "", 0 };
  text[0] = '\0';
  if (cache_find(cache, &key, &value)) {
    snprintf(text, sizeof text, "%.*s", (int)value.n_bytes, value.bytes);
  }
  return text;
}

START_TEST(what_is_put_is_found_now_and_in_the_next_run)
{
  make_file("a", "1");
  make_file("b", "2");
  make_file("c", "3");
  struct cache* cache = open_cache();
  put(cache, box_path("b"), "hash-b", "of b");
  put(cache, box_path("c"), "", "of c");
  put(cache, box_path("a"), "hash-a", "of a");
  put(cache, box_path("b"), "hash-b2", "of b again");
  for (int run = 0; run < 3; ++run) {
    struct cache_value value;
    ck_assert_str_eq(get(cache, box_path("a")), "of a");
    ck_assert_str_eq(get(cache, box_path("b")), "of b again");
    ck_assert_str_eq(get(cache, box_path("c")), "of c");
    ck_assert_int_eq(cache_find_content(cache, "hash-b2", &value), 1);
    ck_assert_mem_eq(value.bytes, "of b again", 10);
    ck_assert_int_eq(cache_find_content(cache, "hash", &value), 0);
    ck_assert_int_eq(cache_find_content(cache, "", &value), 0);
    cache_close(cache);
    cache = open_cache();
  }
  cache_close(cache);
}
END_TEST

START_TEST(a_file_that_was_touched_is_not_found)
{
  static const struct timespec past[2] = { { 1, 0 }, { 1, 0 } };
  make_file("a", "1");
  struct cache* const cache = open_cache();
  put(cache, box_path("a"), "hash", "of a");
  switch (_i) {
    case 0: make_file("a", "12"); break;
    case 1: ck_assert_int_eq(utimensat(AT_FDCWD, box_path("a"), past, 0), 0);
      break;
    case 2:
      make_file("new", "1");
      ck_assert_int_eq(rename(box_path("new"), box_path("a")), 0);
      break;
    default: ck_assert_int_eq(chmod(box_path("a"), 0700), 0);
  }
  ck_assert_str_eq(get(cache, box_path("a")), "");
  cache_close(cache);
}
END_TEST

START_TEST(files_that_are_gone_are_forgotten)
{
  make_file("a", "1");
  make_file("b", "2");
  struct cache* cache = open_cache();
  put(cache, box_path("a"), "hash-a", "of a");
  cache_close(cache);
  ck_assert_int_eq(unlink(box_path("a")), 0);
  cache = open_cache();
  put(cache, box_path("b"), "hash-b", "of b");
  cache_close(cache);
  struct cache_value value;
  cache = open_cache();
  ck_assert_int_eq(cache_find_content(cache, "hash-a", &value), 0);
  ck_assert_int_eq(cache_find_content(cache, "hash-b", &value), 1);
  cache_close(cache);
}
END_TEST

static char*
read_cache_file(size_t* n_bytes)
{
  char* const data = malloc(BOX_FILE_BYTES);
  FILE* const f = fopen(box_path("cache/plugins.cache"), "r");
  ck_assert_ptr_nonnull(f);
  *n_bytes = fread(data, 1, BOX_FILE_BYTES, f);
  fclose(f);
  return data;
}

START_TEST(one_wrong_bit_anywhere_spoils_the_file)
{
  struct cache_file file;
  size_t n;
  make_file("a", "1");
  make_file("b", "2");
  struct cache* const cache = open_cache();
  put(cache, box_path("a"), "hash-a", "of a");
  put(cache, box_path("b"), "hash-b", "of b");
  cache_close(cache);

  char* const data = read_cache_file(&n);
  ck_assert_int_eq(cache_file_adopt(data, n, &file), 1);
  ck_assert_uint_eq(file.n_records, 2);
  for (size_t i = 0; i < n; ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      data[i] ^= (char)(1 << bit);
      ck_assert_msg(!cache_file_adopt(data, n, &file), "byte %zu", i);
      data[i] ^= (char)(1 << bit);
    }
    ck_assert_int_eq(cache_file_adopt(data, i, &file), 0);
  }
  ck_assert_int_eq(cache_file_adopt(data, n, &file), 1);
  free(data);
}
END_TEST

// A checksum that is right does not make an offset right.
START_TEST(a_sealed_lie_is_refused)
{
  struct cache_file file;
  size_t n;
  make_file("a", "1");
  struct cache* const cache = open_cache();
  put(cache, box_path("a"), "hash-a", "of a");
  cache_close(cache);
  char* const data = read_cache_file(&n);
  struct cache_record* const r = (struct cache_record*)(void*)(data +
                                                  sizeof(struct cache_header));
  uint32_t n_records = 1;
  switch (_i) {
    case 0: r->path_at = n; break;
    case 1: r->path_at = UINT64_MAX; break;
    case 2: r->report_at = n + 1; break;
    case 3: r->report_bytes = UINT64_MAX - 8; break;
    case 4: memset(r->hash, 'x', sizeof r->hash); break;
    case 5: n_records = 1000; break;
    default: data[n - 1] = 'x', r->path_at = n - 1; break; // has no end
  }
  cache_file_seal(data, n, n_records);
  ck_assert_int_eq(cache_file_adopt(data, n, &file), 0);
  free(data);
}
END_TEST

static int writes_left;

static ssize_t
failing_write(int fd, const void* data, size_t n_bytes)
{
  (void)fd;
  (void)data;
  (void)n_bytes;
  errno = ENOSPC;
  return writes_left-- > 0 ? write(fd, data, n_bytes > 9 ? 9 : n_bytes) : -1;
}

START_TEST(a_full_disk_keeps_the_old_file_and_leaves_no_other)
{
  make_file("a", "1");
  make_file("b", "2");
  struct cache* cache = open_cache();
  put(cache, box_path("a"), "hash-a", "of a");
  cache_close(cache);
  cache = open_cache();
  put(cache, box_path("b"), "hash-b", "of b");
  writes_left = _i;
  sys.write = failing_write;
  cache_close(cache);
  sys.write = write;
  ck_assert_int_eq(box_count(box_path("cache")), 1);
  cache = open_cache();
  ck_assert_str_eq(get(cache, box_path("a")), "of a");
  ck_assert_str_eq(get(cache, box_path("b")), "");
  cache_close(cache);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
  int failed = 1;
  make_file("a", "1");
  for (uint64_t n = 1; failed; ++n) {
    const struct cache_key key = key_of(box_path("a"));
    const struct cache_value value = { "x", 1 };
    struct cache* cache = NULL;
    mem_fail_at(n, _i);
    failed = cache_open(&cache) || cache_put(cache, &key, "hash", &value);
    cache_close(cache);
    mem_fail_at(0, 0);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, box_set_up, box_tear_down);
  tcase_add_test(tcase, what_is_put_is_found_now_and_in_the_next_run);
  tcase_add_loop_test(tcase, a_file_that_was_touched_is_not_found, 0, 4);
  tcase_add_test(tcase, files_that_are_gone_are_forgotten);
  tcase_add_test(tcase, one_wrong_bit_anywhere_spoils_the_file);
  tcase_add_loop_test(tcase, a_sealed_lie_is_refused, 0, 7);
  tcase_add_loop_test(
    tcase, a_full_disk_keeps_the_old_file_and_leaves_no_other, 0, 4);
  tcase_add_loop_test(tcase, every_allocation_may_fail, 0, 2);
}

int
main(void)
{
  return suite_run("cache", 30, add_tests);
}
