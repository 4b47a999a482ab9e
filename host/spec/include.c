// SPDX-License-Identifier: ISC
#include "spec/include.h"

#include "base/mem.h"
#include "base/text.h"
#include "spec/beneath.h"
#include "spec/codes.h"
#include "spec/file.h"
#include "spec/parse.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A file, as the kernel knows it.
struct identity {
  dev_t device;
  ino_t inode;
};

// A file that is being read, and who asked for it.
struct link {
  const struct link* parent; // null: the graph itself
  const char* file;
  struct identity identity;
  unsigned depth;
};

struct includer {
  const struct include_root* root;
  struct document* document;
  const char* folder; // of the graph; "" or with a slash at the end
  int folder_fd;
  size_t n_bytes;
  struct identity seen[DOCUMENT_MAX_INCLUDES];
  unsigned n_seen;
};

// The part before the last slash, with that slash.
static char*
folder_of(const char* file, struct store* store)
{
  const char* const slash = strrchr(file, '/');
  return store_strndup(store, file, slash ? (size_t)(slash + 1 - file) : 0);
}

static void
complain(const struct includer* x, const char* code, const struct word* path,
         const char* hint, const char* reason)
{
  x->document->is_broken = 1;
  diags_add(x->root->diags, SEVERITY_ERROR, code, path->place, hint, NULL,
            "cannot include '%.200s': %s", path->text, reason);
}

static void
complain_open(const struct includer* x, const struct word* path, int error)
{
  if (error == EXDEV) {
    complain(x, code_outside_include, path, "move it there",
             "it is not below the folder of the graph");
  } else if (error == ELOOP) {
    complain(x, code_outside_include, path, "name the file that it leads to",
             "a symbolic link leads there");
  } else {
    complain(x, code_bad_include, path, NULL,
             error == ENXIO ? "it is a socket" : strerror(error));
  }
}

static int
is_same(struct identity a, struct identity b)
{
  return a.device == b.device && a.inode == b.inode;
}

// "a.yaml -> b.yaml -> a.yaml", outermost first.
static void
add_chain(struct text* chain, const struct link* from, struct identity until)
{
  if (from->parent && !is_same(from->identity, until)) {
    add_chain(chain, from->parent, until);
  }
  text_add(chain, "%.200s -> ", from->file);
}

static int
check_loop(const struct includer* x, const struct link* link,
           const struct word* path)
{
  const struct link* it = link->parent;
  while (it && !is_same(it->identity, link->identity)) {
    it = it->parent;
  }
  if (!it) {
    return 1;
  }
  struct text chain = { 0 };
  add_chain(&chain, link->parent, link->identity);
  diags_add(x->root->diags, SEVERITY_ERROR, code_include_loop, path->place,
            NULL, NULL, "files include each other: %.800s%.200s",
            text_get(&chain), it->file);
  text_fini(&chain);
  x->document->is_broken = 1;
  return 0;
}

static int
check_limits(const struct includer* x, const struct link* link,
             const struct word* path)
{
  if (link->depth > INCLUDE_MAX_DEPTH) {
    complain(x, code_many_includes, path, NULL, "included more than 8 deep");
    return 0;
  }
  if (x->n_seen == DOCUMENT_MAX_INCLUDES) {
    complain(x, code_many_includes, path, NULL, "more than 256 files");
    return 0;
  }
  return 1;
}

static int
was_seen(const struct includer* x, struct identity identity)
{
  for (unsigned i = 0; i < x->n_seen; ++i) {
    if (is_same(x->seen[i], identity)) {
      return 1;
    }
  }
  return 0;
}

static enum status
include_list(struct includer* x, const struct link* from);

static enum status
parse_one(struct includer* x, int fd, const struct link* link,
          const struct word* path)
{
  const struct include_root* const root = x->root;
  char* text = NULL;
  size_t n_bytes = 0;
  const char* reason = NULL;
  enum status st = file_read(fd, &text, &n_bytes, &reason);
  if (!st && (x->n_bytes += n_bytes) > INCLUDE_MAX_BYTES) {
    reason = "all files together are larger than 4 MiB";
    st = STATUS_LIMIT;
  }
  if (st == STATUS_LIMIT || st == STATUS_BAD_GRAPH) {
    complain(x, st == STATUS_LIMIT ? code_too_large : code_bad_include, path,
             NULL, reason);
    st = STATUS_BAD_GRAPH;
  }
  if (!st && !diags_add_source(root->diags, link->file, text, n_bytes)) {
    st = STATUS_NO_MEMORY;
  }
  x->document->includes = NULL;
  x->document->n_includes = 0;
  st = st ? st
          : parse_file(link->file, text, n_bytes, PARSE_INCLUDED, root->diags,
                       root->store, x->document);
  mem_free(text);
  return st ? st : include_list(x, link);
}

// The name for messages and the path below the graph's folder, from the file
// that asks for it.
static enum status
name_file(struct includer* x, const struct link* from, const struct word* path,
          const char** file)
{
  struct text name = { 0 };
  const char* const slash = strrchr(from->file, '/');
  const size_t n = slash ? (size_t)(slash + 1 - from->file) : 0;
  text_add_bytes(&name, from->file, n);
  text_add(&name, "%s", path->text);
  *file = name.failed ? NULL : diags_file(x->root->diags, text_get(&name));
  text_fini(&name);
  return *file ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
include_open_file(struct includer* x, int fd, struct link* link,
                  const struct word* path)
{
  const char* reason;
  struct stat st;
  if (!file_is_regular(fd, &reason) || fstat(fd, &st)) {
    complain(x, code_bad_include, path, NULL, reason);
    return STATUS_OK;
  }
  link->identity = (struct identity){ st.st_dev, st.st_ino };
  if (!check_loop(x, link, path) || was_seen(x, link->identity) ||
      !check_limits(x, link, path)) {
    return STATUS_OK;
  }
  x->seen[x->n_seen++] = link->identity;
  return parse_one(x, fd, link, path);
}

static enum status
include_one(struct includer* x, const struct link* from,
            const struct word* path)
{
  struct link link = { .parent = from, .depth = from->depth + 1 };
  if (strstr(path->text, "$(") || strstr(path->text, "${")) {
    complain(x, code_bad_include, path, "write the path itself",
             "variables are not known yet");
    return STATUS_OK;
  }
  enum status st = name_file(x, from, path, &link.file);
  if (st) {
    return st;
  }
  const char* const below = *path->text == '/'
                              ? path->text
                              : link.file + strlen(x->folder);
  const int fd = beneath_open(x->folder_fd, below, BENEATH_BY_KERNEL);
  if (fd < 0) {
    complain_open(x, path, errno);
    return STATUS_OK;
  }
  st = include_open_file(x, fd, &link, path);
  close(fd);
  return st;
}

// What the file that was parsed last asks for.
static enum status
include_list(struct includer* x, const struct link* from)
{
  const struct word* const items = x->document->includes;
  const uint32_t n = x->document->n_includes;
  enum status st = STATUS_OK;
  for (uint32_t i = 0; i < n && (!st || st == STATUS_BAD_GRAPH); ++i) {
    const enum status one = include_one(x, from, &items[i]);
    st = one ? one : st;
  }
  return st;
}

enum status
include_files(const struct include_root* root, struct document* document)
{
  if (!document->n_includes) {
    return STATUS_OK;
  }
  struct includer x = { .root = root,
                        .document = document,
                        .n_bytes = root->n_bytes };
  if (!(x.folder = folder_of(root->file, root->store))) {
    return STATUS_NO_MEMORY;
  }
  struct link top = { .file = root->file };
  struct stat st;
  if (!stat(root->file, &st)) {
    top.identity = (struct identity){ st.st_dev, st.st_ino };
  }
  x.folder_fd =
    open(*x.folder ? x.folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (x.folder_fd < 0) {
    complain(&x, code_bad_include, &document->includes[0], NULL,
             strerror(errno));
    return STATUS_BAD_GRAPH;
  }
  const enum status outcome = include_list(&x, &top);
  close(x.folder_fd);
  return outcome;
}
