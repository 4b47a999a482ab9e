// SPDX-License-Identifier: ISC
// The plan: what will run, as pure data. Nodes in an order in which every
// producer comes before its consumers, slots with final formats, links.
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/status.h"
#include "base/text.h"
#include "load/registry.h"
#include "plan/graph.h"
#include "spec/diag.h"

#include <rill/rill.h>
#include <stdint.h>

enum { PLAN_DEFAULT_BLOCK = 4096, PLAN_QUEUE = 8 };

/// Whether the user wrote the node or the plan put it in.
enum plan_origin { PLAN_USER, PLAN_CONVERTER };

/// One slot of a node, see struct rill_slot. An input slot has at most one
/// link; an output slot any number.
struct plan_slot {
  struct rill_slot slot; // port, connected, max_frames, format
  int32_t link;          // inputs: index into plan->links, -1: none
};

struct plan_node {
  char* id; // converters: "rs>cut.audio:resample"
  struct node_type* type;
  struct rill_value* params; // all of the type's, in its order
  uint8_t* given; // of each: 1 when the graph says it, 0 for the default
  uint32_t n_in;
  uint32_t n_out;
  struct plan_slot* in;
  struct plan_slot* out;
  enum plan_origin origin;
  uint64_t seed; // from the node's id
  struct place place;
  uint64_t media_frames; // sources: length in frames, 0: unknown
  // What the instance reported at activate; zero before engine_prepare.
  uint32_t latency_frames;
  uint32_t tail_frames;
  uint64_t scratch_bytes;
};

struct plan_link {
  uint32_t from; // node and output slot
  uint32_t from_slot;
  uint32_t to; // node and input slot
  uint32_t to_slot;
  uint32_t capacity; // buffers
  uint32_t delay_frames; // silence put in front: latency compensation
  struct place place;
};

struct plan {
  char* name;
  struct plan_node* nodes;
  uint32_t n_nodes;
  struct plan_link* links;
  uint32_t n_links;
  uint32_t block;   // frames a source is asked for
  uint32_t threads; // compute workers
};

struct plan_options {
  uint32_t block;   // 0: the graph's, else PLAN_DEFAULT_BLOCK
  uint32_t threads; // 0: the graph's, else the number of processors
  int strict;       // warnings of lossy conversion are errors
};

/// Orders the nodes, solves formats, inserts converters, sizes blocks. Loads
/// the plugins that it needs and asks their derive. Errors go to *diags*
/// (cycles with their path, no common format with both ends and the cure).
/// The registry must outlive the plan; the graph need not. [control]
enum status
plan_make(const struct graph* graph, struct registry* registry,
          const struct plan_options* options, struct diags* diags,
          struct plan** out);

/// Whether one of its ends turns the buffers into JSON text.
int
plan_link_is_json(const struct plan* plan, const struct plan_link* link);

/// Sets delay_frames of links so that all ALIGNED inputs of a node lag by the
/// same time. Uses latency_frames of the nodes; pure.
void
plan_compensate(struct plan* plan);

/// Latency of the whole path to a node's outputs, in seconds; -1 when memory
/// is out.
double
plan_path_latency(const struct plan* plan, uint32_t node);

/// Bytes of one buffer of an output slot.
uint64_t
plan_buffer_bytes(const struct plan_slot* slot);

/// An estimate of all buffers when every queue is full.
uint64_t
plan_memory_bytes(const struct plan* plan);

/// The plan for people: nodes in order with formats, converters marked, links
/// with capacity and delay, latency, memory, plugin files.
void
plan_print(const struct plan* plan, struct text* out);

/// Takes null.
void
plan_free(struct plan* plan);

/// "f32 planar 2ch 44100 Hz", "tensor f32 [257] 100/s", "json"; to *out*.
void
format_print(const struct rill_format* format, char* out, size_t n_bytes);

#endif
