// SPDX-License-Identifier: ISC
// Where the parts of the picture are.
#ifndef PLOT_LAYOUT_H
#define PLOT_LAYOUT_H

#include "canvas.h"

/// The order of the parameter's names.
enum view { VIEW_BOTH, VIEW_WAVEFORM, VIEW_SPECTROGRAM };

struct layout {
  int size; // of the text, see font.h
  struct rect header;
  struct rect strip;    // numbers of marks and their bars; h is 0: none
  struct rect wave;     // panels; h is 0: none
  struct rect spectro;
  struct rect bar;      // of colours, beside the spectrogram
  struct rect panels;   // from the top of the first to the end of the last
  int left;             // where captions of axes begin
};

void
layout_make(struct layout* layout,
            int width,
            int height,
            enum view view,
            int has_marks);

/// Pixels of so many dots of the text.
int
layout_dots(const struct layout* layout, int dots);

#endif
