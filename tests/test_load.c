// SPDX-License-Identifier: ISC
// What is refused before the loader sees it, and how a content hash is made.
#include "config.h" // _GNU_SOURCE

#include "load/elf.h"
#include "load/image.h"
#include "load/library.h"
#include "load/library_entry.h"
#include "load/sha256.h"
#include "tests/plugin_box.h"
#include "tests/suite.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

// Content hash

static const struct {
  const char* text;
  int n_times;
  const char* hex;
} vectors[] = { // FIPS 180-4 examples
  { "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
  { "abc", 1,
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
  { "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
    "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
  { "a", 1000000,
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
};

START_TEST(the_hash_is_that_of_the_standard)
{
  const size_t n = strlen(vectors[_i].text);
  const size_t n_bytes = n * (size_t)vectors[_i].n_times;
  char* const data = malloc(n_bytes + 1);
  char hex[SHA256_HEX];
  for (int i = 0; i < vectors[_i].n_times; ++i) {
    memcpy(data + (size_t)i * n, vectors[_i].text, n);
  }
  sha256_hex(data, n_bytes, hex);
  ck_assert_str_eq(hex, vectors[_i].hex);
  free(data);
}
END_TEST

START_TEST(fast_and_plain_hash_agree_at_every_length)
{
  uint8_t data[300];
  uint8_t fast[SHA256_BYTES];
  uint8_t plain[SHA256_BYTES];
  for (unsigned i = 0; i < sizeof data; ++i) {
    data[i] = (uint8_t)(i * 167 + 13);
  }
  for (size_t n = 0; n <= sizeof data; ++n) {
    sha256(data, n, fast);
    sha256_plain(data, n, plain);
    ck_assert_mem_eq(fast, plain, sizeof fast);
  }
}
END_TEST

// Files that are no plugins

static void
make_missing(const char* path)
{
  (void)path;
}

static void
make_folder(const char* path)
{
  ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void
make_fifo(const char* path)
{
  ck_assert_int_eq(mkfifo(path, 0600), 0);
}

static void
make_empty(const char* path)
{
  (void)path;
  box_write("x.so", "", 0);
}

static void
make_text(const char* path)
{
  (void)path;
  box_write("x.so", "#!/bin/sh\necho no plugin\n", 25);
}

static void
make_la(const char* path)
{
  static const char text[] = "# x.la - a libtool library file\n";
  (void)path;
  box_write("x.so", text, sizeof text - 1);
}

static void
make_noise(const char* path)
{
  (void)path;
  box_write("x.so", "\x1f\x8b\x08\x00\x00\x00\x00\x00", 8);
}

static void
make_large(const char* path)
{
  const int fd = open(path, O_CREAT | O_WRONLY, 0600);
  ck_assert_int_ge(fd, 0);
  ck_assert_int_eq(ftruncate(fd, IMAGE_MAX_BYTES + 1), 0);
  close(fd);
}

static void
make_largest(const char* path)
{
  const int fd = open(path, O_CREAT | O_WRONLY, 0600);
  ck_assert_int_ge(fd, 0);
  ck_assert_int_eq(ftruncate(fd, IMAGE_MAX_BYTES), 0);
  close(fd);
}

static void
make_link_loop(const char* path)
{
  ck_assert_int_eq(symlink(path, path), 0);
}

static void
patch_good(size_t offset, unsigned char byte)
{
  size_t n;
  char* const data = box_read_zoo("good", &n);
  data[offset] = (char)byte;
  box_write("x.so", data, n);
  free(data);
}

static void
make_other_class(const char* path)
{
  (void)path;
  patch_good(EI_CLASS, ELFCLASS32);
}

static void
make_other_order(const char* path)
{
  (void)path;
  patch_good(EI_DATA, ELFDATA2MSB);
}

static void
make_other_machine(const char* path)
{
  (void)path;
  patch_good(offsetof(Elf64_Ehdr, e_machine), EM_S390);
}

static void
make_object(const char* path)
{
  (void)path;
  patch_good(offsetof(Elf64_Ehdr, e_type), ET_REL);
}

static void
make_program(const char* path)
{
  char command[PATH_MAX];
  snprintf(command, sizeof command, "cp /bin/true %s", path);
  ck_assert_int_eq(system(command), 0);
}

#ifndef RILL_SANITIZED // a sanitizer's runtime brings a list of its own
static void
make_no_library(const char* path)
{
  size_t n;
  char* const data = box_read_zoo("good", &n);
  (void)path;
  ck_assert_int_gt(box_patch(data, n, "libc.so.6", "libq.so.9", 9), 0);
  box_write("x.so", data, n);
  free(data);
}
#endif

static const struct {
  void (*make)(const char* path);
  const char* error; // begins so
} no_plugins[] = {
  { make_missing, "does not exist" },
  { make_folder, "is a folder, not a plugin" },
  { make_fifo, "is not a regular file" },
  { make_link_loop, "cannot be opened: Too many levels of symbolic links" },
  { make_empty, "is empty" },
  { make_text, "is a text, not a shared object" },
  { make_la, "is a libtool description: the plugin is the .so in .libs" },
  { make_noise, "is not a shared object: it has no ELF header" },
  { make_large, "is larger than 64 MiB, the limit of a plugin file" },
  { make_largest, "is not a shared object: it has no ELF header" },
#if UINTPTR_MAX > 0xffffffffu
  { make_other_class, "is not a 64-bit object, and this host is" },
#endif
  { make_other_order, "was made for a machine with the other byte order" },
  { make_other_machine, "was made for s390, and this host is" },
  { make_object, "is an object file: link it with -shared" },
  { make_program, "is a program, not a shared object" },
#ifndef RILL_SANITIZED
  { make_no_library, "needs the library libq.so.9, which is not found" },
#endif
};

START_TEST(a_file_that_is_no_plugin_is_refused_in_its_own_words)
{
  struct library* library = NULL;
  char error[256] = "";
  no_plugins[_i].make(box_path("x.so"));
  ck_assert_int_eq(
    library_open(box_path("x.so"), &library, error, sizeof error),
    STATUS_BAD_PLUGIN);
  ck_assert_msg(!strncmp(error, no_plugins[_i].error,
                         strlen(no_plugins[_i].error)),
                "'%s'", error);
  ck_assert_ptr_null(library);
}
END_TEST

// Half files: each prefix is looked at in memory that ends where it ends, with
// a page behind it that nobody may touch.
struct fenced {
  char* memory;
  size_t n_mapped;
  size_t page;
};

static struct fenced
fence(size_t n_bytes)
{
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  const size_t n = (n_bytes + page - 1) / page * page + page;
  char* const memory = mmap(NULL, n, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ck_assert_ptr_ne(memory, MAP_FAILED);
  ck_assert_int_eq(mprotect(memory + n - page, page, PROT_NONE), 0);
  return (struct fenced){ memory, n, page };
}

START_TEST(a_half_file_never_reaches_the_loader)
{
  size_t n;
  char* const data = box_read_zoo("good", &n);
  const struct fenced f = fence(n);
  for (size_t half = 1; half < n; half += half < 512 ? 1 : 512) {
    char* const at = f.memory + f.n_mapped - f.page - half;
    struct image image = { .data = at, .n_bytes = half };
    struct elf_facts facts = { 0 };
    struct reason reason = { 0 };
    memcpy(at, data, half);
    ck_assert_int_eq(elf_check(&image, &facts, &reason), STATUS_BAD_PLUGIN);
    ck_assert_str_ne(reason.text, "");
  }
  munmap(f.memory, f.n_mapped);
  free(data);
}
END_TEST

START_TEST(flipped_bits_do_no_harm_before_the_loader)
{
  size_t n;
  char* const data = box_read_zoo("good", &n);
  const struct fenced f = fence(n);
  char* const at = f.memory + f.n_mapped - f.page - n;
  uint32_t seed = 12345;
  for (int i = 0; i < 4000; ++i) {
    struct image image = { .data = at, .n_bytes = n };
    struct elf_facts facts = { 0 };
    struct reason reason = { 0 };
    memcpy(at, data, n);
    for (int k = 0; k < 1 + i % 8; ++k) {
      seed = seed * 1664525 + 1013904223;
      const size_t bit = (seed >> 3) % (n * 8);
      // Every other time in the headers, where it matters most.
      at[i & 1 ? bit / 8 % 1024 : bit / 8] ^= (char)(1 << (bit & 7));
    }
    if (!elf_check(&image, &facts, &reason)) {
      elf_fini(&facts);
    }
  }
  munmap(f.memory, f.n_mapped);
  free(data);
}
END_TEST

// The entry

enum {
  FULL = sizeof(struct rill_entry),
  LEAST = offsetof(struct rill_entry, open)
};

#define ENTRY(magic, size, min, max, n, nodes)                                 \
  { magic, size, min, max, 0, n, nodes, 0, 0, 0 }

static const struct rill_node_desc* const some_nodes[] = { NULL };

static const struct {
  struct rill_entry entry;
  uint64_t symbol_bytes;
  const char* error; // begins so; "": fine
} entries[] = {
  { ENTRY(RILL_MAGIC, FULL, 9, 9, 1, some_nodes), FULL, "" },
  { ENTRY(RILL_MAGIC, FULL, 9, 9, 1, some_nodes), FULL - 1,
    "its entry says that it has" },
  { ENTRY(RILL_MAGIC, LEAST, 9, 9, 1, some_nodes), LEAST, "" },
  { ENTRY(RILL_MAGIC, LEAST - 1, 9, 9, 1, some_nodes), FULL,
    "its entry says that it has 31 bytes" },
  { ENTRY(RILL_MAGIC, 0, 9, 9, 1, some_nodes), FULL,
    "its entry says that it has 0 bytes" },
  { ENTRY(RILL_MAGIC, UINT32_MAX, 9, 9, 1, some_nodes), FULL,
    "its entry says that it has 4294967295 bytes" },
  { ENTRY(RILL_MAGIC + 1, FULL, 9, 9, 1, some_nodes), FULL,
    "its entry begins with 0x4c4c4953 instead of RILL_MAGIC" },
  { ENTRY(RILL_MAGIC, FULL, 0x10000, 0x10000, 1, some_nodes), FULL,
    "wants ABI 1.0, this host has 0.9" },
  { ENTRY(RILL_MAGIC, FULL, 10, 10, 1, some_nodes), FULL,
    "wants ABI 0.10, this host has 0.9" },
  { ENTRY(RILL_MAGIC, FULL, 8, 8, 1, some_nodes), FULL,
    "was made for ABI 0.8, the oldest that this host runs is 0.9" },
  { ENTRY(RILL_MAGIC, FULL, 8, 9, 1, some_nodes), FULL, "" },
  { ENTRY(RILL_MAGIC, FULL, 9, 0x10007, 1, some_nodes), FULL, "" },
  { ENTRY(RILL_MAGIC, FULL, 9, 9, 1, NULL), FULL,
    "offers 1 node types, and its nodes are null" },
  { ENTRY(RILL_MAGIC, FULL, 9, 9, 0, some_nodes), FULL,
    "offers no node types" },
  { ENTRY(RILL_MAGIC, FULL, 9, 9, 1025, some_nodes), FULL,
    "offers 1025 node types, the limit is 1024" },
};

START_TEST(an_entry_is_read_no_further_than_it_goes)
{
  struct rill_entry out;
  struct reason reason = { 0 };
  const enum status st = library_entry_read(
    &entries[_i].entry, entries[_i].symbol_bytes, &out, &reason);
  ck_assert_int_eq(st, *entries[_i].error ? STATUS_BAD_PLUGIN : STATUS_OK);
  ck_assert_msg(!strncmp(reason.text, entries[_i].error,
                         strlen(entries[_i].error)),
                "'%s'", reason.text);
  if (!st) {
    ck_assert_uint_eq(out.size, sizeof out);
    ck_assert(!out.open && !out.close && !out.list);
  }
}
END_TEST

#define N(array) ((int)(sizeof(array) / sizeof((array)[0])))

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, box_set_up, box_tear_down);
  tcase_add_loop_test(tcase, the_hash_is_that_of_the_standard, 0, N(vectors));
  tcase_add_test(tcase, fast_and_plain_hash_agree_at_every_length);
  tcase_add_loop_test(tcase,
                      a_file_that_is_no_plugin_is_refused_in_its_own_words, 0,
                      N(no_plugins));
  tcase_add_test(tcase, a_half_file_never_reaches_the_loader);
  tcase_add_test(tcase, flipped_bits_do_no_harm_before_the_loader);
  tcase_add_loop_test(tcase, an_entry_is_read_no_further_than_it_goes, 0,
                      N(entries));
}

int
main(void)
{
  return suite_run("load", 30, add_tests);
}
