// SPDX-License-Identifier: ISC
// For tests of nodes with rill.state/1: their state as bytes, and back.
#ifndef PLUGINS_STATE_TEST_H
#define PLUGINS_STATE_TEST_H

#include "sdk/harness/rig.h"

#include <check.h>
#include <rill/ext/state.h>

/// Saved state; larger ones fail the test.
struct blob {
  uint64_t n;
  uint8_t data[1 << 20];
};

static inline int32_t
blob_write(void* arg, const void* data, uint64_t n_bytes)
{
  struct blob* const blob = (struct blob*)arg;
  ck_assert_uint_le(blob->n + n_bytes, sizeof blob->data);
  memcpy(blob->data + blob->n, data, n_bytes);
  blob->n += n_bytes;
  return RILL_OK;
}

static inline const struct rill_state_ops*
blob_ops(struct rig* rig)
{
  const struct rill_node* const node = rig_node(rig);
  const struct rill_state_ops* const ops =
    (const struct rill_state_ops*)node->ops->get_extension(node,
                                                           RILL_EXT_STATE);
  ck_assert_ptr_nonnull(ops);
  return ops;
}

static inline void
blob_export(struct rig* rig, struct blob* blob)
{
  const struct rill_writer to = { sizeof to, 0, blob_write, blob };
  blob->n = 0;
  ck_assert_int_eq(blob_ops(rig)->export_state(rig_node(rig), &to), RILL_OK);
}

static inline int32_t
blob_import(struct rig* rig, uint32_t version, const struct blob* blob)
{
  return blob_ops(rig)->import_state(rig_node(rig), version, blob->data,
                                     blob->n);
}

#endif
