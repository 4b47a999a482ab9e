// SPDX-License-Identifier: ISC
// The verbs, one file each.
#ifndef CLI_VERBS_H
#define CLI_VERBS_H

#include "cli/args.h"

enum status
verb_bench(const struct args* args);

enum status
verb_check(const struct args* args);

enum status
verb_doctor(const struct args* args);

enum status
verb_graph(const struct args* args);

enum status
verb_help(const struct args* args);

enum status
verb_inspect(const struct args* args);

enum status
verb_list(const struct args* args);

enum status
verb_plan(const struct args* args);

enum status
verb_run(const struct args* args);

enum status
verb_version(const struct args* args);

#endif
