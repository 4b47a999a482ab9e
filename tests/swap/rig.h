// SPDX-License-Identifier: ISC
// A graph that runs on a thread of its own while the test edits it.
#ifndef TESTS_SWAP_RIG_H
#define TESTS_SWAP_RIG_H

#include "engine/edit.h"
#include "tests/swap/nodes.h"

struct rig;

struct rig_options {
  uint32_t block;   // 0: 64
  uint32_t threads; // 0: 1
  struct edit_options edit;
};

/// Plans *nodes*, the lines under `nodes:` of a graph file, and runs it unless
/// *hold* is set (then rig_run). Fails the test on any error.
struct rig*
rig_start(const char* nodes, const struct rig_options* options, int hold);

void
rig_run(struct rig* rig);

struct editor*
rig_editor(struct rig* rig);

/// Waits until the run has ended by itself, or ends it now, and frees it all.
/// What the run gave. Afterwards no instance is alive.
enum status
rig_finish(struct rig* rig);

enum status
rig_drain(struct rig* rig);

/// One edit in words: "swap NODE [TYPE] [p=v]... [mode=M]", "set NODE p=v...",
/// "insert NODE TYPE to=N[.port] [p=v]", "remove NODE", "bypass NODE on|off",
/// "connect to=N[.port] from=N[.port]", "drain [NODE]", "stop". Several with
/// ';' are one transaction. The reply of the first that failed, else of the
/// first.
struct edit_reply
rig_edit(struct rig* rig, enum edit_until until, const char* words);

/// The same run without edits for as many frames as place 0 has seen now: what
/// the sink sees then. For graphs whose source is "src" with frames=0.
struct seen
rig_reference(const char* nodes, uint64_t n_frames, const struct rig_options* options);

#endif
