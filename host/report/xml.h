// SPDX-License-Identifier: ISC
// Text inside XML.
#ifndef REPORT_XML_H
#define REPORT_XML_H

#include <stdio.h>

/// *text* with what has a meaning in XML escaped, control characters as blanks.
void
xml_put(const char* text, FILE* to);

#endif
