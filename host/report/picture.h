// SPDX-License-Identifier: ISC
// Pictures of a plan.
#ifndef REPORT_PICTURE_H
#define REPORT_PICTURE_H

#include "base/json_read.h"
#include "plan/plan.h"

#include <stdio.h>

/// What each node costs, from a profile; all negative without one.
struct picture_costs {
  double* shares; // by node, 0 to 1; below 0: not known
};

/// *profile* is a document of schema rill.profile/1, or null. Nodes are found
/// by their ids. picture_costs_fini.
enum status
picture_costs_read(const struct plan* plan, const struct json_value* profile,
                   struct picture_costs* out);

void
picture_costs_fini(struct picture_costs* costs);

/// A colour from white to orange for a share; white below 0. "#rrggbb".
struct picture_color {
  char text[8];
};

struct picture_color
picture_heat(double share);

/// For Graphviz.
enum status
picture_dot(const struct plan* plan, const struct picture_costs* costs,
            FILE* to);

/// For Markdown.
enum status
picture_mermaid(const struct plan* plan, const struct picture_costs* costs,
                FILE* to);

/// For browsers: complete, with a layout of its own.
enum status
picture_svg(const struct plan* plan, const struct picture_costs* costs,
            FILE* to);

#endif
