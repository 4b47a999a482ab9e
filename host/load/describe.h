// SPDX-License-Identifier: ISC
// Node types as the host keeps them: checked, deep-copied, and as flat bytes
// for the pipe of a scan and the cache.
#ifndef LOAD_DESCRIBE_H
#define LOAD_DESCRIBE_H

#include "base/text.h"
#include "load/arena.h"
#include "load/reason.h"

#include <rill/rill.h>

/// What a type may have at most.
enum {
  DESCRIBE_MAX_TYPES = 1024,
  DESCRIBE_MAX_PORTS = 256,
  DESCRIBE_MAX_PARAMS = 256,
  DESCRIBE_MAX_NAMES = 1024,  // of an enum
  DESCRIBE_MAX_FORMATS = 64,  // sets of a port
  DESCRIBE_MAX_DEMANDS = 64,  // constraints of a set
  DESCRIBE_MAX_VALUES = 4096, // of a constraint
  DESCRIBE_MAX_WORD = 128,    // bytes of a name, id or symbol
  DESCRIBE_MAX_TEXT = 4096,   // bytes of a default or a licence
  DESCRIBE_MAX_DOC = 65536
};

/// Reads *live*, the memory of a plugin, once, follows every pointer and adds
/// the flat form to *out*. A crash is still possible: in a scan, it is only
/// the child that dies. [C]
enum status
describe_write(const struct rill_node_desc* live, struct text* out,
               struct reason* reason);

/// Makes a descriptor from the flat form at *bytes* + *position*, which moves
/// behind it, and checks all of it (describe_check). It lives in *arena*, has
/// the host's size of every struct, null instead of functions, and "" for an
/// optional text that the plugin left out (not for param.def and example).
enum status
describe_read(const struct text* bytes, size_t* position, struct arena* arena,
              const struct rill_node_desc** out, struct reason* reason);

/// Whether a type can be used: names, numbers, what points to what, defaults.
/// *desc* is the host's copy.
enum status
describe_check(const struct rill_node_desc* desc, struct reason* reason);

#endif
