// SPDX-License-Identifier: ISC
// Any bytes as a graph file: read, and what is wrong printed. libFuzzer.
//
//   make fuzz                              # needs clang; nothing else builds it
//   mkdir -p corpus
//   tests/fuzz/fuzz_graph -dict=$SRC/tests/fuzz/graph.dict -timeout=5 \
//     -rss_limit_mb=512 -max_len=4096 -max_total_time=300 \
//     corpus $SRC/tests/fuzz/graph
//
// What it finds becomes a row of a table in tests/test_spec*.c.
#include "spec/diag.h"
#include "spec/spec.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t n_bytes);

static void
require(int condition)
{
  if (!condition) {
    abort();
  }
}

static void
check(const struct spec* spec)
{
  require(spec->name && spec->n_nodes);
  for (uint32_t i = 0; i < spec->n_nodes; ++i) {
    const struct spec_node* const node = &spec->nodes[i];
    require(node->id.text && node->type.text && node->id.place.line);
    for (uint32_t k = 0; k < node->n_inputs; ++k) {
      require(node->inputs[k].source_node && node->inputs[k].source_port);
      require(node->inputs[k].port.text && node->inputs[k].source.place.line);
    }
    for (uint32_t k = 0; k < node->n_params; ++k) {
      const struct spec_value* const value = &node->params[k].value;
      require(node->params[k].key.text && value->place.line);
      require(value->is_list || value->n_words == 1);
      require(!value->rows || value->n_words % value->rows == 0);
    }
  }
}

static void
print(const struct diags* diags)
{
  char* text = NULL;
  size_t n = 0;
  FILE* const to = open_memstream(&text, &n);
  diags_print(diags, to, 1);
  fclose(to);
  free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t n_bytes)
{
  static const struct spec_setting settings[] = { { "input", "in.wav" },
                                                  { "v", "$(v)" } };
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  // A folder that is not there: nothing can be included.
  const enum status st = spec_parse("/nonexistent/g.yaml", (const char*)data,
                                    n_bytes, settings, 2, diags, &spec);
  require(st == STATUS_OK || st == STATUS_BAD_GRAPH);
  require((st == STATUS_OK) == (diags_count(diags, SEVERITY_ERROR) == 0));
  if (spec) {
    check(spec);
  }
  print(diags);
  spec_free(spec);
  diags_free(diags);
  return 0;
}
