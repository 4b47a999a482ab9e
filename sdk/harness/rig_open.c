// SPDX-License-Identifier: ISC
// Finding, loading and closing the plugin of a rig.
#include "fake_private.h"
#include "nearest.h"
#include "rig_private.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

static int
is_module(const char* file)
{
  const size_t n = strlen(file);
  return n > 3 && !strcmp(file + n - 3, ".so") && !access(file, R_OK);
}

// As it is said, with .so behind it, or where libtool puts it.
static int
find_module(const char* folder, const char* path, char* out, size_t n_bytes)
{
  const char* const slash = strrchr(path, '/');
  const char* const name = slash ? slash + 1 : path;

  snprintf(out, n_bytes, "%s%s", folder, path);
  if (is_module(out)) {
    return 1;
  }
  snprintf(out, n_bytes, "%s%s.so", folder, path);
  if (is_module(out)) {
    return 1;
  }
  snprintf(out, n_bytes, "%s%.*s.libs/%s.so", folder, (int)(name - path), path,
           name);
  return is_module(out);
}

static void
load(struct rig* rig, const char* path)
{
  const char* const top = getenv("top_builddir");
  char folder[PATH_MAX] = "./"; // a slash: dlopen must not search
  char file[PATH_MAX] = {0};

  int found = find_module(path[0] == '/' ? "" : folder, path, file,
                          sizeof file);
  if (!found && top && path[0] != '/') {
    snprintf(folder, sizeof folder, "%s/", top);
    found = find_module(folder, path, file, sizeof file);
  }
  if (!found) {
    rig_breach(rig, "no module '%s' (looked for .so there and in .libs/)",
               path);
  }
  dlerror();
  if (!(rig->handle = dlopen(file, RTLD_NOW | RTLD_LOCAL))) {
    rig_breach(rig, "dlopen: %s", dlerror());
  }
  rig->entry = dlsym(rig->handle, RILL_ENTRY_SYMBOL);
  if (!rig->entry) {
    rig_breach(rig, "%s does not export " RILL_ENTRY_SYMBOL, file);
  }
  if (rig->entry->magic != RILL_MAGIC || !rig->entry->size) {
    rig_breach(rig, "%s: the entry is not one of a rill plugin", file);
  }
  if (rig->entry->abi_min > RILL_ABI_VERSION) {
    rig_breach(rig, "%s wants a newer host", file);
  }
  if (rig->entry->open) {
    const int32_t status =
      rig->entry->open(fake_host_lib_table(rig->host), file, &rig->lib);
    if (status < RILL_OK) {
      rig_breach(rig, "open gave %d: %s", status, rig_error(rig));
    }
  }
}

// Static types first, then those of list.
static const struct rill_node_desc*
desc_at(struct rig* rig, uint32_t index)
{
  const struct rill_entry* const entry = rig->entry;
  const struct rill_node_desc* desc = NULL;
  if (index < entry->n_nodes) {
    return entry->nodes[index];
  }
  if (RILL_HAS(entry, list) && entry->list &&
      entry->list(rig->lib, index - entry->n_nodes, &desc) == RILL_OK) {
    return desc;
  }
  return NULL;
}

static void
find_type(struct rig* rig, const char* type)
{
  const char* names[64] = {0};
  for (uint32_t i = 0; (rig->desc = desc_at(rig, i)); ++i) {
    if (!type || !strcmp(rig->desc->name, type)) {
      return;
    }
    names[i % RILL_COUNT(names)] = rig->desc->name;
  }
  const char* const near =
    type ? rill_nearest(type, names, RILL_COUNT(names)) : NULL;
  rig_breach(rig, "no node type '%s' in the plugin%s%s", type ? type : "",
             near ? ", did you mean " : "", near ? near : "");
}

static uint32_t
count_ports(const struct rill_node_desc* desc, enum rill_direction direction)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    n += desc->ports[i]->direction == (uint32_t)direction;
  }
  return n;
}

// One slot a port. Inputs come first in the descriptor.
static void
make_slots(struct rig* rig)
{
  rig->n_in = count_ports(rig->desc, RILL_IN);
  rig->n_out = count_ports(rig->desc, RILL_OUT);
  rig->in = fake_zeroed(rig->n_in * sizeof *rig->in);
  rig->out = fake_zeroed(rig->n_out * sizeof *rig->out);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    rig->in[i].port = i;
  }
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    rig->out[i].port = rig->n_in + i;
  }
  for (uint32_t i = 0; i < rig->desc->n_ports; ++i) {
    const uint32_t wanted = i < rig->n_in ? RILL_IN : RILL_OUT;
    if (rig->desc->ports[i]->direction != wanted) {
      rig_breach(rig, "port '%s' is out of order: inputs come first",
                 rig->desc->ports[i]->symbol);
    }
  }
}

struct rig*
rig_open(const char* path, const char* type)
{
  struct rig* const rig = fake_zeroed(sizeof *rig);
  rig->host = fake_host_new();
  fake_host_set_where(rig->host, path);
  load(rig, path);
  find_type(rig, type);
  rig_where(rig, "open");
  rig->params = fake_zeroed(rig->desc->n_params * sizeof *rig->params);
  make_slots(rig);
  return rig;
}

static void
free_slots(struct rig* rig)
{
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    free(rig->in[i].queue);
  }
  rig_clear(rig);
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    free(rig->out[i].planes_before);
    free(rig->out[i].lanes);
  }
  free(rig->in);
  free(rig->out);
  free(rig->in_ios);
  free(rig->out_ios);
}

void
rig_close(struct rig* rig)
{
  if (!rig) {
    return;
  }
  rig_where(rig, "close");
  rig_drop_queues(rig);
  rig_drop_events(rig);
  rig_stop(rig);
  if (rig->entry->close) {
    rig->entry->close(rig->lib);
  }
  rig_where(rig, "after destroy");
  fake_host_free(rig->host);
  free_slots(rig);
  for (uint32_t i = 0; i < rig->n_owned; ++i) {
    free(rig->owned[i]);
  }
  free(rig->owned);
  free(rig->params);
  free(rig->events);
  free(rig->scratch);
  dlclose(rig->handle);
  free(rig);
}
