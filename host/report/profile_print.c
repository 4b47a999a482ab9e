// SPDX-License-Identifier: ISC
#include "base/json.h"
#include "report/figures.h"
#include "report/profile.h"
#include "report/profile_parts.h"
#include "report/table.h"

#include <inttypes.h>

// A time that was not taken is no zero.
static struct figure
time_or_dash(int64_t ns)
{
  return ns ? figure_time(ns) : (struct figure){ "-" };
}

static void
add_row(struct table* table, const struct profile_node* node,
        const struct part_names* parts)
{
  const struct engine_stats* const s = &node->stats;
  table_add(table, "%s%s", node->id, node->is_inserted ? " *" : "");
  table_add(table, "%s", node->type);
  table_add(table, "%" PRIu64, s->n_calls);
  table_add(table, "%s", figure_media(node->media_in_s).text);
  table_add(table, "%s", figure_media(node->media_out_s).text);
  table_add(table, "%s", time_or_dash(s->busy_ns).text);
  parts_add_cells(parts, node, table);
  table_add(table, "%s", figure_percent(node->share).text);
  table_add(table, "%s", time_or_dash(node->p50_ns).text);
  table_add(table, "%s", time_or_dash(node->p99_ns).text);
  table_add(table, "%s", time_or_dash(s->max_ns).text);
  table_add(table, "%s", s->wait_ns ? figure_time(s->wait_ns).text : "");
  table_add(table, "%s", figure_speed(node->speed).text);
}

static void
print_path(const struct profile* p, FILE* to)
{
  const char* arrow = "critical path  ";
  for (uint32_t i = 0; i < p->n_nodes; ++i) {
    if (p->nodes[i].is_critical) {
      fprintf(to, "%s%s", arrow, p->nodes[i].id);
      arrow = " > ";
    }
  }
  fprintf(to, ": %s busy\n", figure_time(p->critical_ns).text);
}

static void
print_totals(const struct profile* p, FILE* to)
{
  const struct engine_totals* const t = &p->totals;
  fprintf(to, "total          %s", figure_time(t->wall_ns).text);
  if (p->media_s >= 0) {
    fprintf(to, " for %s of media: %s real time",
            figure_media(p->media_s).text, figure_speed(p->speed).text);
  }
  fprintf(to,
          "\nworkers        %u, %s busy; %u thread%s in all\n", p->n_workers,
          figure_percent(p->workers_busy).text, t->n_threads,
          t->n_threads == 1 ? "" : "s");
  fprintf(to,
          "buffers        %" PRIu64 " made (%s), taken %" PRIu64
          " times; %" PRIu64 " copied\n",
          t->buffers_made, figure_bytes(t->bytes_pooled).text, t->buffers_used,
          t->copies);
}

static void
begin_table(struct table* table, const struct profile* profile,
            struct part_names* parts)
{
  struct text heads = { 0 };
  parts_collect(profile, parts);
  text_add(&heads, "node|type|>calls|>media in|>media out|>busy");
  parts_add_heads(parts, &heads);
  text_add(&heads, "|>share|>p50|>p99|>max|>wait|>real time");
  table_begin(table, text_get(&heads));
  text_fini(&heads);
}

enum status
profile_print(const struct profile* profile, FILE* to)
{
  struct table table;
  struct part_names parts;
  int n_inserted = 0;
  begin_table(&table, profile, &parts);
  for (uint32_t i = 0; i < profile->n_nodes; ++i) {
    add_row(&table, &profile->nodes[i], &parts);
    n_inserted += profile->nodes[i].is_inserted;
  }
  const enum status st = table_print(&table, 0, to);
  if (!st && n_inserted) {
    fputs("* put in to convert a format\n", to);
  }
  if (!st) {
    print_totals(profile, to);
    print_path(profile, to);
  }
  return st;
}

// Unknown is null.
static void
put_known(struct json* json, const char* key, double value)
{
  if (value >= 0) {
    json_put_real(json, key, value);
  } else {
    json_put_null(json, key);
  }
}

static void
put_node(struct json* json, const struct profile_node* node)
{
  const struct engine_stats* const s = &node->stats;
  json_open_object(json, NULL);
  json_put_text(json, "id", node->id);
  json_put_text(json, "type", node->type);
  json_put_flag(json, "inserted", node->is_inserted);
  json_put_uint(json, "calls", s->n_calls);
  json_put_uint(json, "frames_in", s->frames_in);
  json_put_uint(json, "frames_out", s->frames_out);
  json_put_uint(json, "buffers_out", s->buffers_out);
  put_known(json, "media_in_s", node->media_in_s);
  put_known(json, "media_out_s", node->media_out_s);
  json_put_int(json, "busy_ns", s->busy_ns);
  json_put_real(json, "share", node->share);
  json_put_int(json, "p50_ns", node->p50_ns);
  json_put_int(json, "p99_ns", node->p99_ns);
  json_put_int(json, "max_ns", s->max_ns);
  json_put_int(json, "wait_ns", s->wait_ns);
  parts_put(json, node);
  put_known(json, "speed", node->speed);
  json_close(json);
}

static void
put_totals(struct json* json, const struct profile* p)
{
  json_open_object(json, "totals");
  json_put_int(json, "wall_ns", p->totals.wall_ns);
  put_known(json, "media_s", p->media_s);
  put_known(json, "speed", p->speed);
  json_put_uint(json, "workers", p->n_workers);
  json_put_real(json, "workers_busy", p->workers_busy);
  json_put_uint(json, "threads", p->totals.n_threads);
  json_put_uint(json, "buffers_made", p->totals.buffers_made);
  json_put_uint(json, "buffers_used", p->totals.buffers_used);
  json_put_uint(json, "bytes_pooled", p->totals.bytes_pooled);
  json_put_uint(json, "copies", p->totals.copies);
  json_put_uint(json, "queue_growths", p->totals.queue_growths);
  json_close(json);
}

enum status
profile_print_json(const struct profile* profile, FILE* to)
{
  struct json json = { 0 };
  json_begin(&json, "rill.profile/1");
  json_put_text(&json, "graph", profile->name);
  json_put_uint(&json, "block", profile->block);
  json_open_array(&json, "nodes");
  for (uint32_t i = 0; i < profile->n_nodes; ++i) {
    put_node(&json, &profile->nodes[i]);
  }
  json_close(&json);
  put_totals(&json, profile);
  json_open_object(&json, "critical_path");
  json_put_int(&json, "busy_ns", profile->critical_ns);
  json_open_array(&json, "nodes");
  for (uint32_t i = 0; i < profile->n_nodes; ++i) {
    if (profile->nodes[i].is_critical) {
      json_put_text(&json, NULL, profile->nodes[i].id);
    }
  }
  return json_print(&json, to);
}
