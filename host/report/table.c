// SPDX-License-Identifier: ISC
#include "report/table.h"

#include <stdarg.h>
#include <string.h>

enum { CELL_BYTES = 1024 };

uint32_t
text_columns(const char* text)
{
  uint32_t n = 0;
  for (const char* c = text; *c; ++c) {
    n += ((unsigned char)*c & 0xc0) != 0x80;
  }
  return n;
}

static void
add_cell(struct table* table, const char* cell, int is_head)
{
  const uint32_t column = table->n_cells++ % table->n_columns;
  const uint32_t width = text_columns(cell);
  text_add_bytes(&table->cells, cell, strlen(cell) + 1);
  if (!is_head && width && !table->width[column]) {
    table->width[column] = 1; // there is something below the head
  }
  if (!is_head && width > table->width[column]) {
    table->width[column] = width;
  }
}

void
table_begin(struct table* table, const char* heads)
{
  *table = (struct table){ .n_columns = 1 };
  for (const char* c = heads; *c; ++c) {
    table->n_columns += *c == '|';
  }
  for (uint32_t i = 0; i < table->n_columns; ++i) {
    char head[64];
    const size_t n = strcspn(heads, "|");
    table->right[i] = *heads == '>';
    snprintf(head, sizeof head, "%.*s", (int)n - table->right[i],
             heads + table->right[i]);
    add_cell(table, head, 1);
    heads += n + (heads[n] == '|');
  }
}

void
table_add(struct table* table, const char* format, ...)
{
  char cell[CELL_BYTES];
  va_list args;
  va_start(args, format);
  vsnprintf(cell, sizeof cell, format, args);
  va_end(args);
  add_cell(table, cell, 0);
}

// A column that has cells is as wide as its head at least.
static void
fit_heads(struct table* table)
{
  const char* cell = text_get(&table->cells);
  for (uint32_t i = 0; i < table->n_columns; ++i) {
    const uint32_t width = text_columns(cell);
    if (table->width[i] && width > table->width[i]) {
      table->width[i] = width;
    }
    cell += strlen(cell) + 1;
  }
}

// No spaces at the end of a line: *owed* are printed before the next cell.
static const char*
print_row(const struct table* table, const char* cell, int indent, FILE* to)
{
  int owed = indent;
  for (uint32_t i = 0; i < table->n_columns; ++i) {
    const int padding = (int)table->width[i] - (int)text_columns(cell);
    if (table->width[i] && *cell) {
      owed += table->right[i] ? padding : 0;
      fprintf(to, "%*s%s", owed, "", cell);
      owed = (table->right[i] ? 0 : padding) + TABLE_GAP;
    } else if (table->width[i]) {
      owed += (int)table->width[i] + TABLE_GAP;
    }
    cell += strlen(cell) + 1;
  }
  fputc('\n', to);
  return cell;
}

enum status
table_print(struct table* table, int indent, FILE* to)
{
  const enum status st = table->cells.failed ? STATUS_NO_MEMORY : STATUS_OK;
  if (!st) {
    fit_heads(table);
    const char* cell = text_get(&table->cells);
    for (uint32_t i = 0; i < table->n_cells / table->n_columns; ++i) {
      cell = print_row(table, cell, indent, to);
    }
  }
  text_fini(&table->cells);
  return st;
}
