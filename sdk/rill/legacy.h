// SPDX-License-Identifier: ISC
// The contract of legacy nodes in shared objects: JSON text in, JSON text out.
// Such an object is no plugin: the node type `json.lib` of the JSON shim loads
// it and turns typed buffers into these texts and back. New nodes are better
// off with <rill/rill.h>; sdk/README.md shows the way from here to there.
//
// An object exports one const symbol, `rill_legacy_v1`, and needs nothing from
// the program that loads it:
//
//   static const struct rill_legacy_type echo = {
//     sizeof echo, 0, "echo", "gives back what it gets",
//     echo_create, echo_process, echo_finish, echo_free_text, echo_destroy
//   };
//   RILL_LEGACY_OBJECT(&echo);
//
// Texts. All are UTF-8, one JSON value, *n_bytes* long, and followed by a NUL
// that does not count: a reader may use either. Texts that go in belong to the
// caller and are valid during the call. A text that comes out belongs to the
// object, until the caller gives it to the free_text of the same type: never
// to free(), which may be that of another allocator.
//
// Values. Audio is
//   {"data": [numbers, interleaved], "sample_rate": uint, "channels": uint,
//    "format": "F32" | "I16" | "I32"}
// where channels is 1 and format is "F32" when they are missing. F32 samples
// are floats (full scale is 1.0), I16 and I32 are whole numbers. A text is a
// string; bytes are {"base64": "..."}; a JSON value is itself.
//
// Replies. What create, process and finish give back is
//   {"outputs": [value, ...]}    none, one or many values; or
//   {"error": "reason"}          the run ends, and says the reason and the node
// Nothing (null) is a reply of finish and create only, and means no outputs.
//
// Threads. One node is called by one thread at a time, not always by the same.
// Different nodes of a type are called at the same time: no hidden globals.
// Every call may block, within the deadline of the graph. No call may end the
// process, jump out, or throw.
//
// Life of a node: create, process any number of times, finish at most once,
// destroy. After finish nothing follows but destroy.
#ifndef RILL_LEGACY_H
#define RILL_LEGACY_H

#include "abi.h"

#define RILL_LEGACY_MAGIC 0x594c4c52u // "RLLY" in memory
#define RILL_LEGACY_SYMBOL "rill_legacy_v1"

/// A node; what is in it is the object's own affair.
struct rill_legacy_node;

enum rill_legacy_flags {
  /// Takes and may give {"base64": "...", "sample_rate": ...} in place of
  /// "data": the samples, little-endian (f32, s16 or s32), RFC 4648 with
  /// padding. Many times faster than numbers. The graph asks for it with
  /// `samples: base64`; without, a node gets numbers, whatever its flags.
  RILL_LEGACY_BASE64 = 0x1
};

/// A node type. Static and const.
struct rill_legacy_type {
  uint32_t size;    // of this struct
  uint32_t flags;   // enum rill_legacy_flags
  const char* name; // how a graph names it: [A-Za-z][A-Za-z0-9_.-]*
  const char* doc;  // one line, or null

  /// A new node. *params* is an object, `{}` when the graph gives none. Null
  /// means that it failed: then *reply, unless it is null, is {"error": ...}.
  /// *reply and *n_bytes are null and 0 before the call. Required.
  struct rill_legacy_node* (*create)(const char* params,
                                     uint64_t n_params_bytes,
                                     char** reply,
                                     uint64_t* n_bytes);

  /// One input value; gives the reply, and its length in *n_bytes*. Null is a
  /// fault. Required.
  char* (*process)(struct rill_legacy_node* node,
                   const char* input,
                   uint64_t n_input_bytes,
                   uint64_t* n_bytes);

  /// The input has ended: gives what was kept back. Null when that is nothing.
  /// Optional.
  char* (*finish)(struct rill_legacy_node* node, uint64_t* n_bytes);

  /// Takes a text that create, process or finish gave, once. Required.
  void (*free_text)(char* text);

  /// Takes what create gave, whatever happened since. Required.
  void (*destroy)(struct rill_legacy_node* node);
};

/// The one symbol of an object. Static and const; read before any code of the
/// object is called (its constructors aside).
struct rill_legacy_object {
  uint32_t magic; // RILL_LEGACY_MAGIC
  uint32_t size;  // of this struct
  uint32_t n_types;
  uint32_t reserved0;
  const struct rill_legacy_type* const* types; // pointers: the struct may grow
};

/// In one file of the object: RILL_LEGACY_OBJECT(&echo, &gate)
#define RILL_LEGACY_OBJECT(...)                                                \
  static const struct rill_legacy_type* const rill_legacy_types[] = {          \
    __VA_ARGS__                                                                \
  };                                                                           \
  RILL_EXPORT const struct rill_legacy_object rill_legacy_v1;                  \
  const struct rill_legacy_object rill_legacy_v1 = {                           \
    RILL_LEGACY_MAGIC,                                                         \
    sizeof(struct rill_legacy_object),                                         \
    sizeof(rill_legacy_types) / sizeof(rill_legacy_types[0]),                  \
    0,                                                                         \
    rill_legacy_types                                                          \
  }

#endif
