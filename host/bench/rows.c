// SPDX-License-Identifier: ISC
#include "bench/rows.h"

#include "base/json.h"
#include "base/mem.h"
#include "report/figures.h"
#include "report/table.h"

#include <math.h>
#include <string.h>

enum status
bench_rows_add(struct bench_rows* rows, const struct bench_row* row)
{
  struct bench_row* const items =
    mem_grow(rows->items, rows->n, &rows->capacity, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  rows->items = items;
  items[rows->n++] = *row;
  return STATUS_OK;
}

const struct bench_row*
bench_rows_find(const struct bench_rows* rows, const char* subject,
                const char* way, const char* step)
{
  for (size_t i = 0; i < rows->n; ++i) {
    const struct bench_row* const row = &rows->items[i];
    if (!strcmp(row->subject, subject) && !strcmp(row->way, way) &&
        !strcmp(row->step, step)) {
      return row;
    }
  }
  return NULL;
}

void
bench_rows_fini(struct bench_rows* rows)
{
  mem_free(rows->items);
  *rows = (struct bench_rows){ 0 };
}

static void
add_row(struct table* table, const struct bench_row* row)
{
  table_add(table, "%s", row->subject);
  table_add(table, "%s", row->way);
  table_add(table, "%s", row->step);
  table_add(table, "%s", figure_time(llround(row->median_ns)).text);
  table_add(table, "%s", figure_time(llround(row->least_ns)).text);
  table_add(table, "%u", row->n_turns);
  table_add(table, "%s", row->note ? row->note : "");
}

enum status
bench_print_rows(const struct bench_rows* rows, FILE* to)
{
  struct table table;
  machine_print(&rows->machine, to);
  table_begin(&table, "what|how|step|>median|>least|>turns|");
  for (size_t i = 0; i < rows->n; ++i) {
    add_row(&table, &rows->items[i]);
  }
  return table_print(&table, 0, to);
}

static void
put_row(const struct bench_row* row, struct json* json)
{
  json_open_object(json, NULL);
  json_put_text(json, "subject", row->subject);
  json_put_text(json, "way", row->way);
  json_put_text(json, "step", row->step);
  json_put_real(json, "median_ns", row->median_ns);
  json_put_real(json, "least_ns", row->least_ns);
  json_put_uint(json, "turns", row->n_turns);
  if (row->published_ns > 0) {
    json_put_real(json, "published_ns", row->published_ns);
    json_put_real(json, "published_over_median",
                  row->published_ns / row->median_ns);
  }
  if (row->note) {
    json_put_text(json, "note", row->note);
  }
  json_close(json);
}

enum status
bench_print_json(const struct bench_rows* rows, FILE* to)
{
  struct json json = { 0 };
  json_begin(&json, "rill.bench/1");
  json_put_text(&json, "bench", rows->bench);
  machine_put(&rows->machine, &json);
  json_open_array(&json, "rows");
  for (size_t i = 0; i < rows->n; ++i) {
    put_row(&rows->items[i], &json);
  }
  return json_print(&json, to);
}
