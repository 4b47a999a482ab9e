// SPDX-License-Identifier: ISC
// The numbers of all diagnostics about a graph. A number never changes its
// meaning and is never used again: scripts and people look for it.
#ifndef SPEC_CODES_H
#define SPEC_CODES_H

// X(number, name, what it means in one line)
//
// G001..G019, G070..G099: the file itself (spec).
// G020..G059: what the words mean (plan).
// G060..G069: what the nodes say to it (app).
#define CODE_LIST(X)                                                           \
  X(G001, unreadable, "the graph file cannot be opened or read")               \
  X(G002, too_large, "the file, or what it expands to, is too large")          \
  X(G003, not_text, "the file is not plain UTF-8 text")                        \
  X(G004, syntax, "the file is not valid YAML")                                \
  X(G005, empty, "the file holds no graph")                                    \
  X(G006, shape, "a map, a list or a single value stands in the wrong place")  \
  X(G007, refused_yaml, "a feature of YAML that graph files do not use")       \
  X(G008, too_deep, "lists and maps are nested too deeply")                    \
  X(G009, long_scalar, "a single value is too long")                           \
  X(G010, version, "the first key is not 'rill: 1'")                           \
  X(G011, unknown_key, "a key that means nothing here")                        \
  X(G012, duplicate_key, "a key is given twice")                               \
  X(G013, duplicate_node, "two nodes have the same id")                        \
  X(G014, bad_name, "an id or name has a character that it cannot have")       \
  X(G015, missing_key, "a key that is needed is missing")                      \
  X(G016, bad_value, "a setting of the graph has a value that it cannot have") \
  X(G017, many_nodes, "the graph has too many nodes")                          \
  X(G018, many_links, "the graph has too many links")                          \
  X(G019, bad_source, "an input is not written as node or node.port")          \
  X(G020, unknown_type, "a node has a type that no plugin offers")             \
  X(G021, unknown_source, "an input reads a node that does not exist")         \
  X(G022, missing_port, "a node has no port of this name")                     \
  X(G023, wrong_port, "an input stands where an output is needed, or none is") \
  X(G024, unknown_param, "a node type has no parameter of this name")          \
  X(G025, bad_param, "a parameter has a value that it cannot have")            \
  X(G026, param_twice, "a parameter is given twice")                           \
  X(G027, param_list, "a parameter that takes one value is given a list")      \
  X(G028, missing_param, "a parameter that has no default is missing")         \
  X(G029, fed_twice, "an input that takes one stream is given two")            \
  X(G030, no_input, "a node that has no inputs is given one")                  \
  X(G031, open_input, "an input that is needed is not connected")              \
  X(G032, no_source, "nothing in the graph makes data")                        \
  X(G033, no_sink, "nothing in the graph takes data out of it")                \
  X(G034, no_common_format, "the two ends of a link have no format in common") \
  X(G035, cycle, "links form a cycle")                                         \
  X(G036, self_loop, "a node reads its own output")                            \
  X(G037, output_on_input, "an output would overwrite an input or the graph")  \
  X(G038, output_twice, "two nodes write one file")                            \
  X(G039, lossy, "an automatic conversion loses something")                    \
  X(G040, explicit, "a conversion is needed where the graph wants none")       \
  X(G041, plugin_failed, "the plugin of a node does not load")                 \
  X(G042, source_failed, "a node cannot say what it will give")                \
  X(G043, plugin_nonsense, "a plugin contradicts itself")                      \
  X(G044, leads_nowhere, "what a node makes goes nowhere")                     \
  X(G045, no_output, "no format satisfies an output and its parameters")       \
  X(G046, param_map, "a parameter that takes one value or a list is given a map") \
  X(G050, needs_allow_exec, "a graph runs a program, which was not allowed")   \
  X(G051, needs_allow_path, "a graph loads code by a path, which was not "     \
                            "allowed")                                         \
  X(G060, bad_node, "a node cannot be made from what is written")              \
  X(G070, undefined_variable, "a variable is used but not declared")           \
  X(G071, no_value, "a variable has no value")                                 \
  X(G072, unknown_setting, "a value is given for a variable that is not there")\
  X(G073, bad_variable, "the value of a variable does not fit its type")       \
  X(G074, bad_reference, "$(...) is not written correctly")                    \
  X(G075, variable_loop, "variables refer to each other in a circle")          \
  X(G076, no_environment, "an environment variable is not set or not text")  \
  X(G080, bad_include, "an included file cannot be opened or read")            \
  X(G081, outside_include, "an included file is not below the graph's folder") \
  X(G082, include_loop, "files include each other in a circle")                \
  X(G083, many_includes, "too many files, or too deeply included")             \
  X(G085, unknown_template, "a template that is not there")                    \
  X(G086, bad_argument, "a parameter that a template lacks or needs")          \
  X(G087, template_loop, "a template within itself")                           \
  X(G088, unknown_port, "a port that a template does not have")

#define CODE_DECLARE(number, name, meaning) extern const char code_##name[];
CODE_LIST(CODE_DECLARE)
#undef CODE_DECLARE

/// One row, for `help diagnostics`.
struct code {
  const char* number;
  const char* name;
  const char* meaning;
};

/// The rows in order of their numbers; null behind the last.
const struct code*
code_at(unsigned index);

/// Null: there is no such number.
const struct code*
code_find(const char* number);

#endif
