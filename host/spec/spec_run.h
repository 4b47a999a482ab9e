// SPDX-License-Identifier: ISC
// What a graph says about how it runs: name, convert, run.
#ifndef SPEC_SPEC_RUN_H
#define SPEC_SPEC_RUN_H

#include "spec/document.h"
#include "spec/vars.h"

enum { SPEC_MAX_BLOCK = 65536, SPEC_MAX_THREADS = 1024 };

enum status
spec_run_read(const struct document* document, struct vars* vars,
              struct diags* diags, struct spec* spec);

#endif
