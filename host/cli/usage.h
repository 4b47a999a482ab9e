// SPDX-License-Identifier: ISC
// Help pages, made from the tables in options.h.
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include "cli/options.h"

#include <stdio.h>

/// A few lines for someone who typed `rill` alone.
void
usage_short(FILE* to);

/// All verbs and topics.
void
usage_verbs(FILE* to);

/// The page of one verb: summary, usage, what it does, options, examples.
void
usage_verb(const struct verb* verb, FILE* to);

#endif
