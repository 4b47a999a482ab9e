// SPDX-License-Identifier: ISC
// What calls across the ABI return: an outcome (>= 0) or an error (< 0).
#ifndef RILL_STATUS_H
#define RILL_STATUS_H

// X(name, number, text); a number, once given, is never used again.
#define RILL_STATUS_LIST(X)                                                    \
  X(OK, 0, "done")                                                             \
  X(NEED_INPUT, 1, "nothing produced, more input is needed")                   \
  X(SLEEP, 2, "silent until the next input or event")                          \
  X(TAIL, 3, "the tail is not finished, call again")                           \
  X(DRAINED, 4, "the last frame has been produced")                            \
  X(MORE, 5, "outputs are full, call again with the same input")               \
  X(ERR_FAILED, -1, "failed")                                                  \
  X(ERR_NO_MEMORY, -2, "out of memory")                                        \
  X(ERR_BAD_ARG, -3, "invalid argument")                                       \
  X(ERR_BAD_STATE, -4, "call not legal in this state")                         \
  X(ERR_UNSUPPORTED, -5, "not supported")                                      \
  X(ERR_BAD_FORMAT, -6, "format not accepted")                                 \
  X(ERR_BAD_PARAM, -7, "parameter not accepted")                               \
  X(ERR_INPUT, -8, "input could not be read")                                  \
  X(ERR_OUTPUT, -9, "output could not be written")                             \
  X(ERR_NOT_FOUND, -10, "not found")                                           \
  X(ERR_TIMEOUT, -11, "deadline missed")                                       \
  X(ERR_BAD_STATE_BLOB, -12, "saved state not accepted")                       \
  X(ERR_CORRUPT, -13, "data is corrupt")

#define RILL_STATUS_ENUM(name, number, text) RILL_##name = number,
enum rill_status { RILL_STATUS_LIST(RILL_STATUS_ENUM) RILL_STATUS_END_ };
#undef RILL_STATUS_ENUM

#endif
