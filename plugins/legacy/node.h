// SPDX-License-Identifier: ISC
// What the old nodes have in common: a class of functions on JSON values, and
// around it the calls of <rill/legacy.h> on texts.
#ifndef LEGACY_NODE_H
#define LEGACY_NODE_H

#include <jansson.h>
#include <rill/legacy.h>

enum { LEGACY_ERROR_BYTES = 256 };

/// Every node starts with this.
struct rill_legacy_node {
  const struct legacy_class* is;
  char error[LEGACY_ERROR_BYTES]; // why the last call failed
};

/// A class of nodes. A function that fails says why with legacy_fail.
struct legacy_class {
  size_t n_bytes; // of a node

  /// *params* is an object. 0, or below 0 for a failure. Optional.
  int (*init)(struct rill_legacy_node* node, const json_t* params);

  /// A new array of outputs, or null for a failure. *input* is the caller's.
  json_t* (*process)(struct rill_legacy_node* node, json_t* input);

  /// The same at the end of the input. Optional.
  json_t* (*finish)(struct rill_legacy_node* node);

  /// Frees what init and process made, as far as they came. Optional.
  void (*fini)(struct rill_legacy_node* node);
};

/// Keeps the reason. Gives -1.
int
legacy_fail(struct rill_legacy_node* node, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

/// An array with *value*, whose reference it takes; null when *value* is, or
/// when memory is out, and says so.
json_t*
legacy_outputs(struct rill_legacy_node* node, json_t* value);

/// A whole number of *params* between *min* and *max*; *otherwise* when it is
/// missing, unless that is below *min*. 0, or -1 after legacy_fail.
int
legacy_get_int(struct rill_legacy_node* node, const json_t* params,
               const char* key, json_int_t min, json_int_t max,
               json_int_t otherwise, json_int_t* out);

/// A number of *params*; *otherwise* when it is missing.
int
legacy_get_number(struct rill_legacy_node* node, const json_t* params,
                  const char* key, double otherwise, double* out);

/// A text of *params* that is one of *n_names* names, as its index;
/// *otherwise* when it is missing.
int
legacy_get_choice(struct rill_legacy_node* node, const json_t* params,
                  const char* key, const char* const* names, int n_names,
                  int otherwise, int* out);

// The calls of the contract.

struct rill_legacy_node*
legacy_create(const struct legacy_class* is, const char* params, uint64_t n_params,
              char** reply, uint64_t* n_bytes);

char*
legacy_process(struct rill_legacy_node* node, const char* input, uint64_t n_input,
               uint64_t* n_bytes);

char*
legacy_finish(struct rill_legacy_node* node, uint64_t* n_bytes);

void
legacy_free_text(char* text);

void
legacy_destroy(struct rill_legacy_node* node);

/// Declares the type *ident* of the struct legacy_class *its_class*.
#define LEGACY_TYPE(ident, its_class, type_name, type_doc)                     \
  static struct rill_legacy_node* ident##_create(                              \
    const char* params, uint64_t n_params, char** reply, uint64_t* n_bytes)    \
  {                                                                            \
    return legacy_create(&its_class, params, n_params, reply, n_bytes);        \
  }                                                                            \
  static const struct rill_legacy_type ident = {                               \
    sizeof ident,   0,             type_name,        type_doc,                 \
    ident##_create, legacy_process, legacy_finish,   legacy_free_text,         \
    legacy_destroy                                                             \
  }

#endif
