// SPDX-License-Identifier: ISC
// Formats for all links: wishes go from the sinks up, formats from the sources
// down, until nothing changes.
#ifndef PLAN_NEGOTIATE_H
#define PLAN_NEGOTIATE_H

#include "plan/draft.h"

/// Gives all slots formats and the links that need one a chain of converters.
/// What cannot be is left without format, for negotiate_report to say.
enum status
negotiate(struct draft* draft);

/// Says what is wrong, and which conversions lose something.
void
negotiate_report(struct draft* draft);

#endif
