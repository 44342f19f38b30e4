// TextPainter: measures, wraps and draws text. Each run is drawn once by the platform into ImGui's texture and kept
// there while it is in use. Secrets never come here: see field.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "web/platform/platform.h"
#include "web/ui/theme.h"

struct ImDrawList;

namespace ownkey::ui {

class TextPainter {
 public:
  explicit TextPainter(platform::Platform& platform) : platform_(platform) {}

  // Starts a frame; a new pixel ratio makes all runs stale.
  void begin(float pixel_ratio);

  float width(std::string_view text, const TextStyle& style);
  const std::vector<std::string>& lines(std::string_view text, const TextStyle& style, float max_width);

  // The first of these lines; the last one ends in "…" where there are more.
  std::vector<std::string> first_lines(std::string_view text, const TextStyle& style, float max_width,
                                       std::size_t most);

  // Top left corner of the line's box; placed within it as CSS places text in a line.
  void draw(ImDrawList& list, float x, float y, const TextStyle& style, Color color, std::string_view text);

 private:
  template <class T>
  struct Kept {
    T value;
    std::uint32_t last_used;
  };
  struct Run {
    platform::TextMetrics metrics;
    float baseline;
    int place = -1;  // ImFontAtlasRectId
  };

  const Run& run(std::string_view text, const TextStyle& style, Color color);
  void drop_runs();
  void drop_unused();

  platform::Platform& platform_;
  float pixel_ratio_ = 1;
  std::uint32_t frame_ = 0;
  std::unordered_map<std::string, Kept<float>> widths_;
  std::unordered_map<std::string, Kept<std::vector<std::string>>> lines_;
  std::unordered_map<std::string, Kept<Run>> runs_;
};

}  // namespace ownkey::ui
