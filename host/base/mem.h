// SPDX-License-Identifier: ISC
// Allocation. Every block of the host comes from here, so that tests can count
// them and fail the n-th.
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

/// Zeroed memory for one *type*, or null.
#define mem_new(type) ((type*)mem_zeroed(1, sizeof(type)))
#define mem_new_array(type, n) ((type*)mem_zeroed((n), sizeof(type)))

/// n * size bytes of zeros; null when memory is out or the product overflows.
/// n == 0 gives a block that can be freed.
void*
mem_zeroed(size_t n, size_t size);

/// As realloc, with overflow checked; on failure *p* stays as it was.
void*
mem_resize(void* p, size_t n, size_t size);

/// Makes room in an array that doubles: *items* holds *n* of *capacity* items
/// of *size* bytes. The new array, or null with the old one untouched.
void*
mem_grow(void* items, size_t n, size_t* capacity, size_t size);

/// 64-byte aligned, not zeroed; free with mem_free_aligned.
void*
mem_aligned(size_t n_bytes);

void
mem_free_aligned(void* p);

/// Takes null.
void
mem_free(void* p);

/// A copy of a string; null for null or when memory is out.
char*
mem_strdup(const char* s);

char*
mem_strndup(const char* s, size_t n);

/// For a whole program, before it allocates: memory that is freed is kept for
/// what comes next. Giving it back and asking again costs 2 us a page.
void
mem_keep_freed(void);

/// Allocations (not frees) since the start of the process. [any thread]
uint64_t
mem_count(void);

/// The n-th allocation from now on fails (1: the next); 0 turns this off.
/// With *persistent* not 0, all after it fail too. Tests only.
void
mem_fail_at(uint64_t n, int persistent);

/// How many allocations are left before the one that fails; 0: it has failed,
/// or none was asked for.
uint64_t
mem_fail_at_left(void);

#endif
