// SPDX-License-Identifier: ISC
// A host for tests: what a node needs of one, and eyes on what it does. A
// breach of the contract (a buffer unreferenced twice, bytes written behind a
// plane) prints who and what, and aborts. Its functions are safe on any
// thread, as nodes may have their own.
#ifndef RILL_HARNESS_FAKE_HOST_H
#define RILL_HARNESS_FAKE_HOST_H

#include <rill/host.h>

struct fake_host;

/// Never null: aborts without memory.
struct fake_host*
fake_host_new(void);

/// Aborts when buffers are still held. Takes null.
void
fake_host_free(struct fake_host* host);

/// The table for nodes, and that for libraries. Valid until the host is freed.
const struct rill_host*
fake_host_table(struct fake_host* host);

const struct rill_host*
fake_host_lib_table(struct fake_host* host);

/// Who speaks, for messages: "node 'gain', process call 3". Copied.
void
fake_host_set_where(struct fake_host* host, const char* where);

/// Prints where and what to stderr, and aborts.
__attribute__((noreturn, format(printf, 2, 3))) void
fake_host_breach(struct fake_host* host, const char* format, ...);

/// Buffers that somebody holds.
uint32_t
fake_host_n_live(struct fake_host* host);

/// Aborts when bytes behind any live plane have changed.
void
fake_host_check(struct fake_host* host);

/// The *nth* allocation of a buffer from now on (1: the next) gives null; 0
/// stops that. Those that a rig makes do not count. Gives what is still left of
/// the count before.
uint32_t
fake_host_fail_alloc(struct fake_host* host, uint32_t nth);

/// What the last set_error said, or "" and RILL_OK.
const char*
fake_host_error(struct fake_host* host);

int32_t
fake_host_error_status(struct fake_host* host);

void
fake_host_clear_error(struct fake_host* host);

/// The first log line that contains *part*, or null.
const char*
fake_host_find_log(struct fake_host* host, const char* part);

uint32_t
fake_host_n_log(struct fake_host* host);

/// How often *what* (enum rill_request) was requested.
uint32_t
fake_host_n_requests(struct fake_host* host, uint32_t what);

/// get_extension(id) gives *table* from now on. Both must outlive the host.
void
fake_host_offer(struct fake_host* host, const char* id, const void* table);

/// References to *b*.
uint32_t
fake_buffer_refs(const struct rill_buffer* b);

/// Says that *b* is lent to a node (1), which then must not write to it, or no
/// longer (0).
void
fake_buffer_lend(struct rill_buffer* b, uint32_t lent);

/// Aborts when bytes behind the planes of *b* have changed, or when it is
/// none of this host's buffers, or one that is gone.
void
fake_buffer_check(struct fake_host* host, const struct rill_buffer* b);

#endif
