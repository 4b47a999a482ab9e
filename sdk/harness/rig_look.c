// SPDX-License-Identifier: ISC
// Looking inside a rig.
#include "rig_private.h"

const struct rill_format*
rig_out_format(const struct rig* rig, uint32_t slot)
{
  return &rig_out_at(rig, slot)->slot.format;
}

const struct rill_activation*
rig_activation(const struct rig* rig)
{
  return &rig->activation;
}

int32_t
rig_status(const struct rig* rig)
{
  return rig->status;
}

uint64_t
rig_n_calls(const struct rig* rig)
{
  return rig->n_calls;
}

const char*
rig_error(const struct rig* rig)
{
  return fake_host_error(rig->host);
}

struct fake_host*
rig_host(struct rig* rig)
{
  return rig->host;
}

struct rill_node*
rig_node(struct rig* rig)
{
  return rig->node;
}

const struct rill_node_desc*
rig_desc(const struct rig* rig)
{
  return rig->desc;
}
