// SPDX-License-Identifier: ISC
#include "load/library_entry.h"

#include <string.h>

static const uint32_t ours = RILL_ABI_VERSION;

static enum status
check_abi(const struct rill_entry* e, struct reason* reason)
{
  const uint32_t oldest = LIBRARY_OLDEST_ABI;
  if (e->abi_min > ours) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "wants ABI %u.%u, this host has %u.%u", e->abi_min >> 16,
                      e->abi_min & 0xffff, ours >> 16, ours & 0xffff);
  }
  if (e->abi_max < oldest) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "was made for ABI %u.%u, the oldest that this host runs "
                      "is %u.%u", e->abi_max >> 16, e->abi_max & 0xffff,
                      oldest >> 16, oldest & 0xffff);
  }
  return STATUS_OK;
}

static enum status
check_types(const struct rill_entry* e, struct reason* reason)
{
  if (e->n_nodes > LIBRARY_MAX_TYPES) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "offers %u node types, the limit is %d", e->n_nodes,
                      LIBRARY_MAX_TYPES);
  }
  if (e->n_nodes && !e->nodes) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "offers %u node types, and its nodes are null",
                      e->n_nodes);
  }
  if (!e->n_nodes && !e->list) {
    return reason_set(reason, STATUS_BAD_PLUGIN, "offers no node types");
  }
  return STATUS_OK;
}

static enum status
check_head(const struct rill_entry* live, uint64_t symbol_bytes,
           struct reason* reason)
{
  const size_t n_least = offsetof(struct rill_entry, open);
  if (live->magic != RILL_MAGIC) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "its entry begins with 0x%08x instead of RILL_MAGIC",
                      live->magic);
  }
  if (live->size < n_least || live->size > symbol_bytes) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "its entry says that it has %u bytes, which is not "
                      "between %zu and the %llu of the symbol", live->size,
                      n_least, (unsigned long long)symbol_bytes);
  }
  return STATUS_OK;
}

enum status
library_entry_read(const struct rill_entry* live, uint64_t symbol_bytes,
                   struct rill_entry* out, struct reason* reason)
{
  struct rill_entry e = { 0 };
  enum status st = check_head(live, symbol_bytes, reason);
  if (st) {
    return st;
  }
  memcpy(&e, live, live->size < sizeof e ? live->size : sizeof e);
  e.size = sizeof e;
  if ((st = check_abi(&e, reason)) || (st = check_types(&e, reason))) {
    return st;
  }
  *out = e;
  return STATUS_OK;
}
