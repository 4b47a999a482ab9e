// SPDX-License-Identifier: ISC
// The ground rules of the plugin ABI: version, growth, export, linkage.
//
// Tags used in all headers, one thread class and, where it holds, RT:
//   [L] library: calls on one library are serialised by the host; may block
//   [C] control: any thread, never while process runs on the same instance
//   [P] process: any worker, one call at a time; a call sees all that the call
//       before it wrote
//   [T] any thread at any time
//   RT  bounded time: no heap, no lock, no I/O
#ifndef RILL_ABI_H
#define RILL_ABI_H

#include <stddef.h>
#include <stdint.h>

/// The ABI of these headers, (major << 16) | minor. 0.9 is the last draft.
#define RILL_ABI_VERSION 0x00000009u

/// What a plugin asks for unless it says otherwise before the include: the
/// lowest version that has what it needs, so that old hosts take it too.
#ifndef RILL_TARGET_ABI
#define RILL_TARGET_ABI 0x00000009u
#endif

/// Whether *ptr*, a struct that starts with its size, has *field*. A field
/// that is not there reads as zero, and zero always means the 1.0 behaviour.
#define RILL_HAS(ptr, field)                                                   \
  ((ptr)->size >= (size_t)((const char*)(&(ptr)->field + 1) - (const char*)(ptr)))

#ifdef __cplusplus
#define RILL_EXTERN_C extern "C"
#else
#define RILL_EXTERN_C extern
#endif

/// The one symbol that a plugin exports carries this.
#define RILL_EXPORT RILL_EXTERN_C __attribute__((visibility("default")))

#endif
