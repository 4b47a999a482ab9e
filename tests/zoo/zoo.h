// SPDX-License-Identifier: ISC
// The healthy part of a plugin whose other part is broken.
#ifndef TESTS_ZOO_ZOO_H
#define TESTS_ZOO_ZOO_H

#include <rill/rill.h>

/// Runs when the plugin is loaded.
#define ZOO_AT_LOAD __attribute__((constructor)) static void at_load(void)

/// A real crash, in sanitized builds too.
__attribute__((unused, noinline))
#ifdef __clang__
__attribute__((no_sanitize("undefined", "address")))
#else
__attribute__((no_sanitize_undefined, no_sanitize_address))
#endif
static void
zoo_crash(void)
{
  int* volatile nowhere = 0;
  *(volatile int*)nowhere = 1;
}

static const struct rill_node_ops zoo_ops RILL_UNUSED = {
  .size = sizeof zoo_ops,
  .destroy = rill_free_node,
};

RILL_UNUSED static int32_t
zoo_create(struct rill_lib* lib, const struct rill_node_desc* desc,
           const struct rill_host* host, const struct rill_setup* setup,
           struct rill_node** out)
{
  (void)lib;
  (void)desc;
  (void)setup;
  return rill_new_node(sizeof(struct rill_node), &zoo_ops, host, out);
}

/// For more designated initialisers.
#define ZOO_DESC                                                               \
  .size = sizeof(struct rill_node_desc), .id = "org.rill.zoo", .name = "zoo",  \
  .ports = rill_f32_ports, .n_ports = 2, .create = zoo_create

static const struct rill_node_desc zoo RILL_UNUSED = { ZOO_DESC };

static const struct rill_node_desc* const zoo_nodes[] RILL_UNUSED = { &zoo };

/// The same for an entry of its own.
#define ZOO_ENTRY                                                              \
  .magic = RILL_MAGIC, .size = sizeof(struct rill_entry),                      \
  .abi_min = RILL_TARGET_ABI, .abi_max = RILL_ABI_VERSION, .n_nodes = 1,       \
  .nodes = zoo_nodes

#endif
