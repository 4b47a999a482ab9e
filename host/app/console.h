// SPDX-License-Identifier: ISC
// What the terminal can show.
#ifndef APP_CONSOLE_H
#define APP_CONSOLE_H

/// Whether text on stderr may have colours: it is a terminal, and NO_COLOR is
/// not set.
int
console_has_color(void);

#endif
