// SPDX-License-Identifier: ISC
#include "load/describe.h"

#include "load/wire.h"

#include <stdalign.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST_STRUCT = 256, SANE_STRUCT = 65536 };

#define UP_TO(type, field)                                                     \
  (offsetof(struct type, field) + sizeof(((struct type*)0)->field))

/// A struct that may grow, behind a pointer.
struct kind {
  const char* name;
  size_t n_bytes; // the host's
  size_t n_least; // what a plugin must have; what is missing reads as zero
  void (*walk)(struct wire* w, void* item);
};

// Writing: the plugin's struct, read once into memory of our own.
static int
fetch(struct wire* w, const struct kind* kind, uint32_t index, void* to,
      const void* from)
{
  uint32_t size;
  if (!from) {
    wire_fail(w, "%s %u is null", kind->name, index);
    return 0;
  }
  memcpy(&size, from, sizeof size);
  if (size < kind->n_least || size > SANE_STRUCT) {
    wire_fail(w, "%s %u says that it has %u bytes, and it needs %zu",
              kind->name, index, size, kind->n_least);
    return 0;
  }
  memset(to, 0, kind->n_bytes);
  memcpy(to, from, size < kind->n_bytes ? size : kind->n_bytes);
  return 1;
}

static void
write_item(struct wire* w, const struct kind* kind, uint32_t index,
           const void* live)
{
  alignas(max_align_t) char copy[LARGEST_STRUCT];
  if (fetch(w, kind, index, copy, live)) {
    kind->walk(w, copy);
  }
}

static const void*
read_item(struct wire* w, const struct kind* kind)
{
  void* const item = wire_array(w, kind->name, NULL, 1, kind->n_bytes);
  if (item) {
    const uint32_t size = (uint32_t)kind->n_bytes;
    memcpy(item, &size, sizeof size);
    kind->walk(w, item);
  }
  return item;
}

// An array of pointers to such structs.
static const void*
items(struct wire* w, const struct kind* kind, const void* array,
      uint32_t count)
{
  const void** const pointers =
    wire_array(w, kind->name, array, count, sizeof(void*));
  for (uint32_t i = 0; pointers && !w->status && i < count; ++i) {
    if (w->out) {
      write_item(w, kind, i, pointers[i]);
    } else {
      pointers[i] = read_item(w, kind);
    }
  }
  return pointers;
}

static void
optional_text(struct wire* w, const char* name, const char** value, size_t max)
{
  wire_text(w, name, value, max);
  if (!w->out && !*value) {
    *value = "";
  }
}

static void
required_text(struct wire* w, const char* name, const char** value)
{
  if (w->out && !*value) {
    wire_fail(w, "%s is null", name);
  }
  optional_text(w, name, value, DESCRIBE_MAX_WORD);
}

static void
walk_demand(struct wire* w, struct rill_constraint* c)
{
  wire_u32(w, &c->field);
  wire_u32(w, &c->op);
  wire_u32(w, &c->min);
  wire_u32(w, &c->max);
  wire_u32(w, &c->prefer);
  wire_u32(w, &c->port);
  wire_text(w, "param of a constraint", &c->param, DESCRIBE_MAX_WORD);
  wire_count(w, "n_values", &c->n_values, DESCRIBE_MAX_VALUES);
  uint32_t* const values =
    wire_array(w, "values", c->values, c->n_values, sizeof *values);
  if (values) {
    wire_bytes(w, values, c->n_values * sizeof *values);
  }
  c->values = values;
}

static void
walk_format_set(struct wire* w, void* item)
{
  struct rill_format_set* const set = item;
  wire_u32(w, &set->kind);
  wire_text(w, "uri", &set->uri, DESCRIBE_MAX_TEXT);
  wire_count(w, "n_constraints", &set->n_constraints, DESCRIBE_MAX_DEMANDS);
  struct rill_constraint* const demands = wire_array(
    w, "constraints", set->constraints, set->n_constraints, sizeof *demands);
  for (uint32_t i = 0; demands && i < set->n_constraints; ++i) {
    struct rill_constraint copy = demands[i];
    walk_demand(w, w->out ? &copy : &demands[i]);
  }
  set->constraints = demands;
}

static const struct kind format_set_kind = {
  "format set", sizeof(struct rill_format_set),
  UP_TO(rill_format_set, constraints), walk_format_set
};

static void
walk_port(struct wire* w, void* item)
{
  struct rill_port_desc* const p = item;
  required_text(w, "symbol of a port", &p->symbol);
  snprintf(w->where, sizeof w->where, "port '%.60s': ",
           p->symbol ? p->symbol : "");
  wire_u32(w, &p->id);
  wire_u32(w, &p->direction);
  wire_u32(w, &p->flags);
  wire_u32(w, &p->in_place_pair);
  optional_text(w, "doc", &p->doc, DESCRIBE_MAX_DOC);
  wire_count(w, "n_formats", &p->n_formats, DESCRIBE_MAX_FORMATS);
  p->formats = items(w, &format_set_kind, p->formats, p->n_formats);
  w->where[0] = '\0';
}

static const struct kind port_kind = { "port", sizeof(struct rill_port_desc),
                                       UP_TO(rill_port_desc, symbol),
                                       walk_port };

static const char**
walk_names(struct wire* w, const char* const* names, uint32_t count)
{
  const char** const to = wire_array(w, "names", names, count, sizeof *to);
  for (uint32_t i = 0; to && i < count; ++i) {
    const char* name = w->out ? to[i] : NULL;
    required_text(w, "one of the names", &name);
    if (!w->out) {
      to[i] = name;
    }
  }
  return to;
}

static void
walk_param(struct wire* w, void* item)
{
  struct rill_param_desc* const p = item;
  required_text(w, "symbol of a parameter", &p->symbol);
  snprintf(w->where, sizeof w->where, "parameter '%.60s': ",
           p->symbol ? p->symbol : "");
  wire_u32(w, &p->type);
  wire_u32(w, &p->unit);
  wire_u32(w, &p->flags);
  wire_f64(w, &p->min);
  wire_f64(w, &p->max);
  optional_text(w, "doc", &p->doc, DESCRIBE_MAX_DOC);
  wire_text(w, "default", &p->def, DESCRIBE_MAX_TEXT);
  wire_text(w, "example", &p->example, DESCRIBE_MAX_TEXT);
  wire_count(w, "n_names", &p->n_names, DESCRIBE_MAX_NAMES);
  p->names = walk_names(w, p->names, p->n_names);
  w->where[0] = '\0';
}

static const struct kind param_kind = { "parameter",
                                        sizeof(struct rill_param_desc),
                                        UP_TO(rill_param_desc, symbol),
                                        walk_param };

static void
walk_words(struct wire* w, struct rill_node_desc* d)
{
  required_text(w, "name", &d->name);
  if (!w->status) {
    snprintf(w->who, sizeof w->who, "node type '%.64s': ", d->name);
  }
  required_text(w, "id", &d->id);
  optional_text(w, "version", &d->version, DESCRIBE_MAX_WORD);
  optional_text(w, "vendor", &d->vendor, DESCRIBE_MAX_TEXT);
  optional_text(w, "licence", &d->licence, DESCRIBE_MAX_TEXT);
  optional_text(w, "doc", &d->doc, DESCRIBE_MAX_DOC);
  optional_text(w, "categories", &d->categories, DESCRIBE_MAX_TEXT);
}

// Functions are only good where the plugin is loaded: no more than whether
// they are there is told.
static void
walk_functions(struct wire* w, struct rill_node_desc* d)
{
  if (w->out && !d->create) {
    wire_fail(w, "create is null");
  }
  d->create = NULL;
  d->derive = NULL;
}

static void
walk_node(struct wire* w, void* item)
{
  struct rill_node_desc* const d = item;
  walk_words(w, d);
  wire_u32(w, &d->flags);
  wire_u32(w, &d->state_version);
  wire_u32(w, &d->exec);
  wire_u32(w, &d->required_flags);
  wire_count(w, "n_ports", &d->n_ports, DESCRIBE_MAX_PORTS);
  d->ports = items(w, &port_kind, d->ports, d->n_ports);
  wire_count(w, "n_params", &d->n_params, DESCRIBE_MAX_PARAMS);
  d->params = items(w, &param_kind, d->params, d->n_params);
  walk_functions(w, d);
}

static const struct kind node_kind = { "node type",
                                       sizeof(struct rill_node_desc),
                                       UP_TO(rill_node_desc, create),
                                       walk_node };

_Static_assert(sizeof(struct rill_node_desc) <= LARGEST_STRUCT, "room");

enum status
describe_write(const struct rill_node_desc* live, struct text* out,
               struct reason* reason)
{
  const size_t n_before = out->n;
  struct wire w = { .out = out, .reason = reason };
  write_item(&w, &node_kind, 0, live);
  if (w.status && out->data) {
    out->n = n_before;
    out->data[n_before] = '\0';
  }
  return w.status;
}

enum status
describe_read(const struct text* bytes, size_t* position, struct arena* arena,
              const struct rill_node_desc** out, struct reason* reason)
{
  struct wire w = { .in = bytes->data,
                    .n_in = bytes->n,
                    .position = *position,
                    .arena = arena,
                    .reason = reason };
  const struct rill_node_desc* const desc = read_item(&w, &node_kind);
  if (w.status) {
    return w.status;
  }
  const enum status st = describe_check(desc, reason);
  if (st) {
    return st;
  }
  *position = w.position;
  *out = desc;
  return STATUS_OK;
}
