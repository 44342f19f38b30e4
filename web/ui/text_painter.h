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

  struct Lines : std::vector<std::string> {
    float widest = 0;
  };

  float width(std::string_view text, const TextStyle& style);
  const Lines& lines(std::string_view text, const TextStyle& style, float max_width);

  // The first of these lines; the last one ends in "…" where there are more.
  std::vector<std::string> first_lines(std::string_view text, const TextStyle& style, float max_width,
                                       std::size_t most);

  // Top left corner of the line's box; placed within it as CSS places text in a line.
  void draw(ImDrawList& list, float x, float y, const TextStyle& style, Color color, std::string_view text);

 private:
  // What is known of a text, measured, broken or drawn: one of the three for each key. One map of all takes less code.
  struct Kept {
    bool is_known = false;
    std::uint32_t last_used = 0;
    float width = 0;
    Lines lines = {};
    platform::TextMetrics metrics = {};
    float baseline = 0;
    int place = -1;  // ImFontAtlasRectId
  };

  Kept& kept(char kind, std::string_view text, const TextStyle& style, std::uint32_t more);
  const Kept& run(std::string_view text, const TextStyle& style, Color color);
  void drop(bool all);

  platform::Platform& platform_;
  float pixel_ratio_ = 1;
  std::uint32_t frame_ = 0;
  std::unordered_map<std::string, Kept> kept_;
};

}  // namespace ownkey::ui
