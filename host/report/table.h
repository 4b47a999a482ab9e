// SPDX-License-Identifier: ISC
// Columns of text that line up.
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/status.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>

enum { TABLE_MAX_COLUMNS = 16, TABLE_GAP = 2 };

/// Zero-initialised, then table_begin. Memory that runs out shows in
/// table_print.
struct table {
  uint32_t n_columns;
  int right[TABLE_MAX_COLUMNS]; // column is flush right
  uint32_t width[TABLE_MAX_COLUMNS];
  struct text cells; // each ends with NUL
  uint32_t n_cells;
};

/// Heads of columns, with '|' between them; '>' in front: flush right. A head
/// may be empty.
void
table_begin(struct table* table, const char* heads);

/// The next cell, from left to right, row by row.
void
table_add(struct table* table, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

/// Prints all rows, *indent* spaces in front, and frees the table. Columns that
/// are empty in all rows are left out.
enum status
table_print(struct table* table, int indent, FILE* to);

/// How many columns of a terminal a UTF-8 text takes: a character is one.
uint32_t
text_columns(const char* text);

#endif
