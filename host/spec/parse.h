// SPDX-License-Identifier: ISC
// From events to a document, by recursive descent: the grammar of graph files.
//
// A parse function is called with the first event of a value in p->event and
// leaves with the last one there. What is wrong but can be stepped over goes
// into the diagnostics; a status other than OK ends the file.
#ifndef SPEC_PARSE_H
#define SPEC_PARSE_H

#include "spec/document.h"
#include "spec/names.h"
#include "spec/yaml.h"

enum parse_part { PARSE_MAIN, PARSE_INCLUDED };

struct parser {
  struct yaml* yaml;
  struct diags* diags;
  struct store* store;
  struct document* document;
  enum parse_part part;
  struct event event; // the current one
};

/// Adds one file to *document*. [control]
enum status
parse_file(const char* file, const char* text, size_t n_bytes,
           enum parse_part part, struct diags* diags, struct store* store,
           struct document* document);

/// Of a map with known keys.
struct parse_rule {
  const char* key;
  enum status (*parse)(struct parser* p, void* target, const struct word* key);
};

/// A map by *rules*; "" and null stand for an empty one. *what* names it in
/// messages: "node 'a'".
enum status
parse_rules(struct parser* p, const struct parse_rule* rules, size_t n_rules,
            void* target, const char* what);

/// One key of such a map.
enum status
parse_by_rule(struct parser* p, const struct parse_rule* rules, size_t n_rules,
              void* target, const char* what, const struct word* key);

/// A map with keys of the user's; *entry* is called with each of them.
enum status
parse_entries(struct parser* p, void* target, const char* what,
              enum status (*entry)(struct parser* p, void* target,
                                   const struct word* key));

/// The same for what other files may add to: duplicates are looked for when
/// all have been read (document_check).
enum status
parse_definitions(struct parser* p, void* target, const char* what,
                  enum status (*entry)(struct parser* p, void* target,
                                       const struct word* key));

/// A scalar, into *target*, a struct word.
enum status
parse_word(struct parser* p, void* target, const struct word* key);

/// A scalar or a list of them; *item* is called for each.
enum status
parse_list(struct parser* p, void* target, const char* what,
           enum status (*item)(struct parser* p, void* target));

/// Anything; only its form is looked at.
enum status
parse_skip(struct parser* p);

/// True for an empty scalar, `~` and `null`.
int
parse_is_null(const struct parser* p);

/// Puts "X must be Y, not a list" into the diagnostics, unless the event has
/// been refused already, and steps over the value.
enum status
parse_refuse_shape(struct parser* p, const char* what, const char* wanted);

/// [A-Za-z0-9_-]{1,64}; complains about all else.
int
parse_check_name(const struct parser* p, const struct word* name,
                 const char* what);

/// One scalar under *key*, added to *pairs, an array in the store. Null stands
/// for no value.
enum status
parse_pair(struct parser* p, struct document_pair** pairs, uint32_t* n_pairs,
           const struct word* key);

enum status
parse_next(struct parser* p);

// The parts of the file.
enum status
parse_vars(struct parser* p, void* target, const struct word* key);

enum status
parse_templates(struct parser* p, void* target, const struct word* key);

/// Adds to *nodes, an array in the store.
enum status
parse_node(struct parser* p, struct document_node** nodes, uint32_t* n_nodes,
           const struct word* id);

/// The value of a parameter: a scalar, a list, a list of lists, or a map of
/// anything.
enum status
parse_value(struct parser* p, struct spec_value* value, const struct word* key);

/// `with`: keys with such values.
enum status
parse_params(struct parser* p, void* node, const struct word* key);

/// `in`: which outputs feed which inputs.
enum status
parse_inputs(struct parser* p, void* node, const struct word* key);

#endif
