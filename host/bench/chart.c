// SPDX-License-Identifier: ISC
#include "bench/chart.h"

#include "report/figures.h"
#include "report/xml.h"

#include <math.h>
#include <string.h>

// Pixels.
enum {
  WIDTH = 880,
  MARGIN = 36,
  HEAD = 92,        // title and subtitle
  AXIS = 30,        // labels of the scale
  GROUP_TITLE = 30, // above its bars
  GROUP_GAP = 34,   // with the mark's own label
  BAR = 18,
  BAR_STEP = 24,
  LEFT = 142,  // where the scale begins
  RIGHT = 700, // and ends: behind it is room for a bar's own label
  FOOT_LINE = 17,
  FOOT = 26
};

static const char style[] =
  "<style>\n"
  "text{font-family:system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif;"
  "fill:#334155;font-size:12.5px}\n"
  "text{paint-order:stroke;stroke:#ffffff;stroke-width:3px;"
  "stroke-linejoin:round}\n"
  ".title{font-size:21px;font-weight:650;fill:#0f172a}\n"
  ".sub,.foot{fill:#64748b}\n.foot{font-size:11.5px}\n"
  ".group{font-size:14px;font-weight:600;fill:#0f172a}\n"
  ".axis{fill:#94a3b8;font-size:11.5px}\n"
  ".way{text-anchor:end}\n.ours{fill:#0f766e;font-weight:650}\n"
  ".times{fill:#94a3b8}\n"
  ".grid{stroke:#e8edf3}\n.target{stroke:#e11d48;stroke-width:1.6;"
  "stroke-dasharray:3 2.5}\n.goal{fill:#be123c;font-size:11px}\n"
  "</style>\n"
  "<defs>\n"
  "<linearGradient id=\"ours\"><stop offset=\"0\" stop-color=\"#14b8a6\"/>"
  "<stop offset=\"1\" stop-color=\"#0f766e\"/></linearGradient>\n"
  "<linearGradient id=\"other\"><stop offset=\"0\" stop-color=\"#cbd5e1\"/>"
  "<stop offset=\"1\" stop-color=\"#94a3b8\"/></linearGradient>\n"
  "<linearGradient id=\"published\"><stop offset=\"0\" stop-color=\"#fcd9a5\"/>"
  "<stop offset=\"1\" stop-color=\"#f0a24a\"/></linearGradient>\n"
  "</defs>\n";

static const char* const fills[] = { [CHART_OURS] = "ours",
                                     [CHART_OTHER] = "other",
                                     [CHART_PUBLISHED] = "published" };

/// From a whole decade to a little behind the longest bar.
struct scale {
  int first;   // 10^first ns
  double last; // log10 of ns
};

static void
widen(struct scale* scale, double ns)
{
  const double decade = log10(ns);
  const int below = (int)floor(decade);
  scale->first = below < scale->first ? below : scale->first;
  scale->last = decade > scale->last ? decade : scale->last;
}

static struct scale
scale_of(const struct chart* chart)
{
  struct scale scale = { 30, -30 };
  for (uint32_t g = 0; g < chart->n_groups; ++g) {
    const struct chart_group* const group = &chart->groups[g];
    for (uint32_t i = 0; i < group->n_bars; ++i) {
      widen(&scale, group->bars[i].ns);
    }
    if (group->target_ns > 0) {
      widen(&scale, group->target_ns);
    }
  }
  scale.last += 0.02;
  return scale.first < scale.last ? scale : (struct scale){ 0, 9 };
}

// Whole pixels: nothing depends on how a locale writes numbers.
static int
x_of(struct scale scale, double ns)
{
  const double part = (log10(ns) - scale.first) / (scale.last - scale.first);
  return LEFT + (int)lround(part * (RIGHT - LEFT));
}

static void
put_text(const char* class, int x, int y, const char* text, FILE* to)
{
  fprintf(to, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
  xml_put(text, to);
  fputs("</text>\n", to);
}

static int
group_height(const struct chart_group* group)
{
  return GROUP_TITLE + (int)group->n_bars * BAR_STEP + GROUP_GAP;
}

static int
n_lines(const char* text)
{
  int n = *text ? 1 : 0;
  for (; *text; ++text) {
    n += *text == '\n';
  }
  return n;
}

static int
body_height(const struct chart* chart)
{
  int height = 0;
  for (uint32_t g = 0; g < chart->n_groups; ++g) {
    height += group_height(&chart->groups[g]);
  }
  return height;
}

static void
draw_scale(const struct chart* chart, struct scale scale, FILE* to)
{
  const int bottom = HEAD + AXIS + body_height(chart) - GROUP_GAP / 2;
  for (int d = scale.first; d <= scale.last; ++d) {
    const double ns = pow(10, d);
    const int x = x_of(scale, ns);
    char label[24];
    const char* const unit = d < 3   ? "ns"
                             : d < 6 ? "us"
                             : d < 9 ? "ms"
                                     : "s";
    snprintf(label, sizeof label, "%d %s",
             (int)lround(ns / pow(10, d < 9 ? d / 3 * 3 : 9)), unit);
    fprintf(to, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n",
            x, x, HEAD + AXIS - 8, bottom);
    fprintf(to, "<text class=\"axis\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">"
                "%s</text>\n",
            x, HEAD + AXIS - 14, label);
  }
}

static double
ours_of(const struct chart_group* group)
{
  for (uint32_t i = 0; i < group->n_bars; ++i) {
    if (group->bars[i].look == CHART_OURS) {
      return group->bars[i].ns;
    }
  }
  return 0;
}

static void
draw_bar(const struct chart_bar* bar, struct scale scale, int y, FILE* to)
{
  const int x = x_of(scale, bar->ns);
  fprintf(to, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" "
              "fill=\"url(#%s)\"/>\n",
          LEFT, y, x > LEFT + 3 ? x - LEFT : 3, BAR, fills[bar->look]);
}

static void
label_bar(const struct chart_bar* bar, struct scale scale, double ours, int y,
          FILE* to)
{
  const int x = x_of(scale, bar->ns);
  const int is_ours = bar->look == CHART_OURS;
  const int base = y + BAR - 5;
  put_text(is_ours ? "way ours" : "way", LEFT - 12, base, bar->label, to);
  fprintf(to, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s",
          is_ours ? "ours" : "time", x + 8, base,
          figure_time(llround(bar->ns)).text);
  if (ours > 0 && !is_ours) {
    fprintf(to, "<tspan class=\"times\" dx=\"8\">%s</tspan>",
            figure_speed(bar->ns / ours).text);
  }
  fputs("</text>\n", to);
}

static void
draw_target(const struct chart_group* group, struct scale scale, int y,
            FILE* to)
{
  const int x = x_of(scale, group->target_ns);
  const int end = y + (int)group->n_bars * BAR_STEP;
  fprintf(to, "<line class=\"target\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n",
          x, x, y - 4, end - 2);
  fprintf(to, "<text class=\"goal\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">goal "
              "%s</text>\n",
          x, end + 11, figure_time(llround(group->target_ns)).text);
}

static void
draw_group(const struct chart_group* group, struct scale scale, int y, FILE* to)
{
  put_text("group", MARGIN, y + 16, group->title, to);
  y += GROUP_TITLE;
  for (uint32_t i = 0; i < group->n_bars; ++i) {
    draw_bar(&group->bars[i], scale, y + (int)i * BAR_STEP, to);
  }
  if (group->target_ns > 0) {
    draw_target(group, scale, y, to);
  }
  for (uint32_t i = 0; i < group->n_bars; ++i) { // over the mark
    label_bar(&group->bars[i], scale, ours_of(group), y + (int)i * BAR_STEP, to);
  }
}

static void
draw_footer(const char* text, int y, FILE* to)
{
  while (*text) {
    char line[256];
    const size_t n = strcspn(text, "\n");
    snprintf(line, sizeof line, "%.*s", (int)n, text);
    put_text("foot", MARGIN, y, line, to);
    text += n + (text[n] == '\n');
    y += FOOT_LINE;
  }
}

void
chart_write(const struct chart* chart, FILE* to)
{
  const struct scale scale = scale_of(chart);
  const int body = HEAD + AXIS + body_height(chart);
  const int height = body + n_lines(chart->footer) * FOOT_LINE + FOOT;
  int y = HEAD + AXIS;
  fprintf(to,
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
          "viewBox=\"0 0 %d %d\" role=\"img\">\n%s"
          "<rect width=\"%d\" height=\"%d\" rx=\"10\" fill=\"#ffffff\"/>\n",
          WIDTH, height, WIDTH, height, style, WIDTH, height);
  put_text("title", MARGIN, 46, chart->title, to);
  put_text("sub", MARGIN, 70, chart->subtitle, to);
  draw_scale(chart, scale, to);
  for (uint32_t g = 0; g < chart->n_groups; ++g) {
    draw_group(&chart->groups[g], scale, y, to);
    y += group_height(&chart->groups[g]);
  }
  draw_footer(chart->footer, body + 14, to);
  fputs("</svg>\n", to);
}
