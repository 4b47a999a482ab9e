// SPDX-License-Identifier: ISC
// Opens a file for reading that lies below a folder.
#ifndef SPEC_BENEATH_H
#define SPEC_BENEATH_H

/// How it is made sure. BY_STEPS is what BY_KERNEL falls back to where the
/// kernel lacks openat2; it also refuses "..".
enum beneath_way { BENEATH_BY_KERNEL, BENEATH_BY_STEPS };

/// A descriptor, or a negative number with errno set: EXDEV when *path* leads
/// out of the folder, ELOOP (or ENOTDIR) when a symbolic link is on the way.
/// Never waits for the other end of a FIFO.
int
beneath_open(int folder_fd, const char* path, enum beneath_way way);

#endif
