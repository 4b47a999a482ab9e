// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "base/text.h"
#include "plan/bind.h"
#include "spec/codes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// A file that the graph reads or writes. Files that are there are told apart by
// device and inode, so that links and odd spellings are seen through.
struct file {
  const struct graph_node* node; // null: the graph file itself
  const char* written;           // the path as in the file
  struct place place;
  int is_output;
  int exists;
  dev_t dev;
  ino_t ino;
  char* name; // of a file to come: its real folder, and its name
  uint32_t index; // keeps the order of the file
};

struct files {
  struct file* items;
  size_t n;
  size_t capacity;
};

static int
compare_files(const void* a, const void* b)
{
  const struct file* const x = a;
  const struct file* const y = b;
  if (x->exists != y->exists) {
    return x->exists - y->exists;
  }
  if (!x->exists) {
    return strcmp(x->name, y->name);
  }
  if (x->dev != y->dev) {
    return x->dev < y->dev ? -1 : 1;
  }
  return x->ino < y->ino ? -1 : x->ino > y->ino;
}

static int
compare_for_sort(const void* a, const void* b)
{
  const int order = compare_files(a, b);
  const struct file* const x = a;
  const struct file* const y = b;
  return order ? order : (x->index > y->index) - (x->index < y->index);
}

// The real folder of a file that is not there, and its name. Null when the
// folder is not there either: then the sink will say so.
static char*
name_to_come(const char* path)
{
  const char* const slash = strrchr(path, '/');
  const char* const name = slash ? slash + 1 : path;
  struct text folder = { 0 };
  struct text full = { 0 };

  text_add_bytes(&folder, path, (size_t)(name - path));
  char* const real = realpath(name == path ? "." : text_get(&folder), NULL);
  if (real) {
    text_add(&full, "%s/%s", real, name);
  }
  free(real); // by realpath
  text_fini(&folder);
  return full.n ? text_take(&full) : NULL;
}

// Whether *file* is one that two nodes must not share: devices, pipes and
// folders may be.
static int
identify(struct file* file)
{
  struct stat st;
  const char* const path = file->written;
  if (!path[0] || !strcmp(path, "-") || strchr(path, '%')) {
    return 0; // none, a stream, or a pattern for many
  }
  if (!stat(path, &st)) {
    file->exists = 1;
    file->dev = st.st_dev;
    file->ino = st.st_ino;
    return S_ISREG(st.st_mode);
  }
  file->name = name_to_come(path);
  return file->name != NULL;
}

static void
add_file(struct bind* b, struct files* files, struct file file)
{
  file.index = (uint32_t)files->n;
  if (!identify(&file)) {
    return;
  }
  struct file* const items =
    mem_grow(files->items, files->n, &files->capacity, sizeof *items);
  if (!items) {
    mem_free(file.name);
    verdict_no_memory(&b->verdict);
    return;
  }
  files->items = items;
  items[files->n++] = file;
}

static void
add_value(struct bind* b, struct files* files, struct file file,
          const struct rill_value* value)
{
  for (uint32_t i = 0; value->type == RILL_TYPE_LIST && i < value->n; ++i) {
    file.written = value->list[i].text;
    add_file(b, files, file);
  }
  if (value->type == RILL_TYPE_STRING) {
    file.written = value->text;
    add_file(b, files, file);
  }
}

static void
add_node(struct bind* b, struct files* files, const struct graph_node* node)
{
  const struct rill_node_desc* const desc = node->type->desc;
  struct file file = { .node = node,
                       .is_output = (desc->flags & RILL_NODE_COMMITS) != 0 };
  for (uint32_t i = 0; i < desc->n_params; ++i) {
    if (desc->params[i]->unit == RILL_UNIT_PATH &&
        desc->params[i]->type == RILL_TYPE_STRING) {
      const struct place place = node->param_places[i];
      file.place = place.line ? place : node->place;
      add_value(b, files, file, &node->params[i]);
    }
  }
}

static void
refuse_pair(struct bind* b, const struct file* first, const struct file* second)
{
  const struct file* const out = second->is_output ? second : first;
  const struct file* const other = second->is_output ? first : second;
  struct finding f = { .code = code_output_on_input, .place = out->place };

  if (!other->node) {
    f.hint = "write to another file";
    verdict_refuse(&b->verdict, &f, "node '%s' would overwrite this graph, "
                   "'%s'", out->node->id, out->written);
    return;
  }
  f.other = &other->place;
  if (other->is_output) {
    f.code = code_output_twice;
    f.hint = "give each its own file";
    verdict_refuse(&b->verdict, &f, "node '%s' writes '%s', as node '%s' does",
                   out->node->id, out->written, other->node->id);
  } else {
    f.hint = "inputs are never changed: write to another file";
    verdict_refuse(&b->verdict, &f, "node '%s' would overwrite '%s', which "
                   "node '%s' reads", out->node->id, out->written,
                   other->node->id);
  }
}

// Compares each file of a run of equal ones with the first output in it.
static void
check_run(struct bind* b, const struct file* run, size_t n)
{
  size_t first = 0;
  while (first < n && !run[first].is_output) {
    ++first;
  }
  for (size_t i = 0; first < n && i < n; ++i) {
    if (i < first) {
      refuse_pair(b, &run[i], &run[first]);
    } else if (i > first) {
      refuse_pair(b, &run[first], &run[i]);
    }
  }
}

void
bind_check_paths(struct bind* b)
{
  struct files files = { 0 };
  add_file(b, &files, (struct file){ .written = b->spec->file });
  for (uint32_t i = 0; i < b->graph->n_nodes; ++i) {
    add_node(b, &files, &b->graph->nodes[i]);
  }
  if (files.n) {
    qsort(files.items, files.n, sizeof *files.items, compare_for_sort);
  }
  for (size_t i = 0, n = 0; i < files.n; i += n) {
    for (n = 1; i + n < files.n; ++n) {
      if (compare_files(&files.items[i], &files.items[i + n])) {
        break;
      }
    }
    check_run(b, &files.items[i], n);
  }
  for (size_t i = 0; i < files.n; ++i) {
    mem_free(files.items[i].name);
  }
  mem_free(files.items);
}
