// SPDX-License-Identifier: ISC
// What a node says of its own time (rill.profile/1).
#include "engine/engine.h"
#include "engine/state.h"

#include <rill/ext/profile.h>

_Static_assert((int)ENGINE_MAX_PARTS == (int)RILL_PROFILE_MAX_PARTS,
               "one for each");

static const struct rill_profile_ops*
find_ops(const struct rill_node* instance)
{
  return instance && RILL_HAS(instance->ops, get_extension) &&
             instance->ops->get_extension
           ? instance->ops->get_extension(instance, RILL_EXT_PROFILE)
           : NULL;
}

void
engine_get_parts(const struct engine* engine, uint32_t node,
                 struct engine_parts* out)
{
  const struct rill_node* const instance = engine->nodes[node].instance;
  const struct rill_profile_ops* const ops = find_ops(instance);
  *out = (struct engine_parts){ .n = 0 };
  if (!ops || !RILL_HAS(ops, read) || !ops->read || !ops->names ||
      ops->n_parts > ENGINE_MAX_PARTS) {
    return;
  }
  out->n = ops->n_parts;
  for (uint32_t i = 0; i < out->n; ++i) {
    out->names[i] = ops->names[i] ? ops->names[i] : "?";
  }
  ops->read(instance, out->ns);
}
