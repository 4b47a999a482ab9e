// SPDX-License-Identifier: ISC
// Clips in memory through graphs in memory: for many short items, and for
// programs that embed the engine.
//
//   struct clips* clips = NULL;
//   struct clip_graph* graph = NULL;
//   clips_new(NULL, &clips);
//   clips_plan(clips, "rill: 1\nnodes:\n  a: {type: clip.in}\n"
//              "  b: {type: resample, in: a, with: {rate: 16kHz}}\n"
//              "  c: {type: clip.out, in: b}\n", &options, &graph);
//   clips_start(graph);
//   for each item: clips_run(graph, &item, &taker);
//
// A graph may be run any number of times. Each run starts as the first did
// (engine/again.h), so a clip gives the same bytes as through a new graph, at a
// fraction of the cost.
#ifndef APP_CLIPS_H
#define APP_CLIPS_H

#include "app/clip.h"
#include "engine/engine.h"

/// The node types: those of the plugins, clip.in and clip.out.
struct clips;

/// A graph, with or without instances.
struct clip_graph;

struct clip_options {
  struct rill_format format; // of all clips
  uint32_t block;            // frames, 0: the default
  uint32_t threads;          // 0: 1
  struct engine_options engine;
};

/// *extra_path* (colon-separated plugin folders, may be null) comes first.
/// [control, may block]
enum status
clips_new(const char* extra_path, struct clips** out);

/// Takes null. All graphs are closed.
void
clips_free(struct clips* clips);

/// The path of the plugin that offers the node type *name*; null: none does.
const char*
clips_find_plugin(const struct clips* clips, const char* name);

/// Reads and plans the graph in *text*, whose source is `clip.in` and whose
/// sink is `clip.out`. What is wrong with it has been said. [control]
enum status
clips_plan(struct clips* clips, const char* text,
           const struct clip_options* options, struct clip_graph** out);

/// An instance of each node. What failed has been said. [control]
enum status
clips_start(struct clip_graph* graph);

/// Runs one clip to its end; what comes out goes to *taker*. Graphs of one
/// struct clips are run one at a time. BAD_INPUT: not the format of the
/// options. What failed has been said; the graph can be run again. [control]
enum status
clips_run(struct clip_graph* graph, const struct clip* clip,
          const struct clip_taker* taker);

/// For figures of the last run.
const struct engine*
clips_get_engine(const struct clip_graph* graph);

const struct plan*
clips_get_plan(const struct clip_graph* graph);

/// Takes null.
void
clips_close(struct clip_graph* graph);

#endif
