// SPDX-License-Identifier: ISC
// The rill plugin ABI: the one include of a plugin. Reading order: node.h,
// buffer.h, format.h, value.h, host.h, entry.h; helpers.h is convenience.
#ifndef RILL_RILL_H
#define RILL_RILL_H

#include "abi.h"
#include "buffer.h"
#include "entry.h"
#include "format.h"
#include "helpers.h"
#include "host.h"
#include "node.h"
#include "status.h"
#include "value.h"

#endif
