// What the platform needs to know to measure and draw a piece of text.
#pragma once

namespace ownkey::platform {

struct Font {
  float size = 14;  // CSS pixels
  int weight = 400;
  bool mono = false;
  bool operator==(const Font&) const = default;
};

// One run of text, measured. The advance is in CSS pixels; the box of its ink is in device pixels, relative to the pen
// on the baseline (so `top` is mostly negative), and empty for text without ink.
struct TextMetrics {
  float advance = 0;
  int left = 0, top = 0, width = 0, height = 0;
};

// Where a run is drawn: RGBA, four bytes a pixel, `stride` bytes a row, as large as the measured box.
struct PixelTarget {
  unsigned char* pixels;
  int stride;
};

}  // namespace ownkey::platform
