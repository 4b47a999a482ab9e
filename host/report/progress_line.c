// SPDX-License-Identifier: ISC
#include "base/json.h"
#include "base/mem.h"
#include "report/figures.h"
#include "report/progress.h"
#include "report/table.h"

#include <math.h>

enum { MIN_BAR = 10, MAX_BAR = 40 };

double
progress_remaining(const struct progress_sample* sample)
{
  return sample->part > 0 && sample->part <= 1
           ? sample->elapsed_s * (1 / sample->part - 1)
           : -1;
}

static double
speed(const struct progress_sample* sample)
{
  return sample->elapsed_s > 0 ? sample->media_s / sample->elapsed_s : -1;
}

// "42 %  12.30 s of media  45 x real time  0:12 to go"
static void
add_figures(const struct progress_sample* s, struct text* out)
{
  if (s->part >= 0) {
    text_add(out, "%3.0f %%  ", s->part * 100);
  }
  if (s->media_s >= 0) {
    text_add(out, "%s of media  %s real time  ", figure_media(s->media_s).text,
             figure_speed(speed(s)).text);
  }
  if (s->is_last || progress_remaining(s) < 0) {
    text_add(out, "%s elapsed", figure_clock(s->elapsed_s).text);
  } else {
    text_add(out, "%s to go", figure_clock(progress_remaining(s)).text);
  }
}

static void
add_bar(double part, uint32_t columns, int is_utf8, struct text* out)
{
  const uint32_t n_full = (uint32_t)(part * columns + 0.5);
  text_add(out, is_utf8 ? "" : "[");
  for (uint32_t i = 0; i < columns; ++i) {
    text_add(out, "%s",
             is_utf8 ? i < n_full ? "\xe2\x96\x88" : "\xe2\x96\x91"
             : i < n_full ? "#"
                          : ".");
  }
  text_add(out, is_utf8 ? "  " : "]  ");
}

// The bar gets what the figures leave; without room for it, it goes.
static void
add_bar_line(const struct progress_sample* s, const struct progress_look* look,
             struct text* out)
{
  struct text figures = { 0 };
  add_figures(s, &figures);
  const uint32_t taken =
    text_columns(s->name) + text_columns(text_get(&figures)) + 7;
  if (taken - text_columns(s->name) < look->columns) {
    const int has_name = taken + MIN_BAR <= look->columns;
    const uint32_t room = has_name ? look->columns - taken : 0;
    text_add(out, has_name ? "%s  " : "%.0s", s->name);
    if (s->part >= 0 && room >= MIN_BAR) {
      add_bar(s->part, room < MAX_BAR ? room : MAX_BAR, look->is_utf8, out);
    }
  }
  text_add(out, "%s", text_get(&figures));
  text_fini(&figures);
}

static void
put_known(struct json* json, const char* key, double value)
{
  if (value >= 0) {
    json_put_real(json, key, value);
  } else {
    json_put_null(json, key);
  }
}

static double
to_ms(double seconds)
{
  return round(seconds * 1e3) / 1e3;
}

static void
add_json(const struct progress_sample* s, struct text* out)
{
  struct json json = { .layout = JSON_LINE };
  json_begin(&json, "rill.progress/1");
  json_put_text(&json, "graph", s->name);
  put_known(&json, "part", round(s->part * 1e6) / 1e6);
  put_known(&json, "media_s", to_ms(s->media_s));
  put_known(&json, "speed", to_ms(speed(s)));
  put_known(&json, "elapsed_s", to_ms(s->elapsed_s));
  put_known(&json, "remaining_s", to_ms(progress_remaining(s)));
  json_put_flag(&json, "last", s->is_last);
  char* const line = json_finish(&json);
  text_add(out, "%s", line ? line : "");
  mem_free(line);
}

void
progress_line(const struct progress_sample* sample,
              const struct progress_look* look, struct text* out)
{
  switch (look->mode) {
    case PROGRESS_BAR: add_bar_line(sample, look, out); break;
    case PROGRESS_JSON: add_json(sample, out); break;
    case PROGRESS_PLAIN:
      text_add(out, "%s: ", sample->name);
      add_figures(sample, out);
      break;
    case PROGRESS_NONE: break;
  }
}
