#include "web/ui/text_painter.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "web/ui/wrap.h"

namespace ownkey::ui {
namespace {

// Enough for a long page; beyond it, what the last frames did not show is dropped.
constexpr std::size_t kMostKept = 3000;

template <class T>
void append_bytes(std::string& key, const T& value) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string key_of(char kind, std::string_view text, const TextStyle& style, std::uint32_t more) {
  std::string key(1, kind);
  key.reserve(text.size() + 24);
  append_bytes(key, style.font.size);
  append_bytes(key, style.font.weight);
  append_bytes(key, style.font.mono);
  append_bytes(key, style.line_height);
  append_bytes(key, more);
  key += text;
  return key;
}

void release(int place) {
  if (place != ImFontAtlasRectId_Invalid) ImGui::GetIO().Fonts->RemoveCustomRect(place);
}

int draw_into_texture(platform::Platform& platform, std::string_view text, const platform::Font& font, Color color,
                      const platform::TextMetrics& metrics) {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  // It would never fit, but the texture would grow in the attempt.
  if (metrics.width >= atlas->TexMaxWidth) return ImFontAtlasRectId_Invalid;
  const ImFontAtlasRectId place = atlas->AddCustomRect(metrics.width, metrics.height);
  if (place == ImFontAtlasRectId_Invalid) return place;
  const ImTextureRect* r = ImFontAtlasPackGetRect(atlas, place);
  ImTextureData* texture = atlas->TexData;
  platform.rasterise(text, font, hex_of(color), metrics,
                     {static_cast<unsigned char*>(texture->GetPixelsAt(r->x, r->y)), texture->GetPitch()});
  ImFontAtlasTextureBlockQueueUpload(atlas, texture, r->x, r->y, r->w, r->h);
  return place;
}

}  // namespace

void TextPainter::begin(float pixel_ratio) {
  ++frame_;
  const bool is_other = std::exchange(pixel_ratio_, pixel_ratio) != pixel_ratio;
  if (is_other || kept_.size() > kMostKept) drop(is_other);
}

void TextPainter::drop(bool all) {
  std::erase_if(kept_, [&](const auto& entry) {
    if (!all && entry.second.last_used + 4 >= frame_) return false;
    release(entry.second.place);
    return true;
  });
}

TextPainter::Kept& TextPainter::kept(char kind, std::string_view text, const TextStyle& style, std::uint32_t more) {
  Kept& found = kept_[key_of(kind, text, style, more)];
  found.last_used = frame_;
  return found;
}

float TextPainter::width(std::string_view text, const TextStyle& style) {
  Kept& known = kept('w', text, style, 0);
  if (!std::exchange(known.is_known, true)) known.width = platform_.measure(text, style.font).advance;
  return known.width;
}

const TextPainter::Lines& TextPainter::lines(std::string_view text, const TextStyle& style, float max_width) {
  std::uint32_t more;
  std::memcpy(&more, &max_width, sizeof more);
  Kept& known = kept('l', text, style, more);
  if (std::exchange(known.is_known, true)) return known.lines;
  const auto measured = [&](std::string_view part) {
    return part.empty() ? 0 : platform_.measure(part, style.font).advance;
  };
  known.lines = {wrapped(text, max_width, measured)};
  for (const auto& line : known.lines) known.lines.widest = std::max(known.lines.widest, measured(line));
  return known.lines;
}

std::vector<std::string> TextPainter::first_lines(std::string_view text, const TextStyle& style, float max_width,
                                                  std::size_t most) {
  return ui::first_lines(lines(text, style, max_width), most, max_width,
                         [&](std::string_view part) { return width(part, style); });
}

const TextPainter::Kept& TextPainter::run(std::string_view text, const TextStyle& style, Color color) {
  Kept& known = kept('r', text, style, hex_of(color));
  if (std::exchange(known.is_known, true)) return known;
  known.metrics = platform_.measure(text, style.font);
  known.baseline = platform_.baseline(style.font, style.line_height);
  if (known.metrics.width > 0) known.place = draw_into_texture(platform_, text, style.font, color, known.metrics);
  return known;
}

void TextPainter::draw(ImDrawList& list, float x, float y, const TextStyle& style, Color color, std::string_view text) {
  if (text.empty()) return;
  const Kept& known = run(text, style, color);
  const auto& metrics = known.metrics;
  ImFontAtlasRect rect;  // asked for each time: it moves when the texture grows
  if (known.place == ImFontAtlasRectId_Invalid || !ImGui::GetIO().Fonts->GetCustomRect(known.place, &rect)) return;
  // The browser's places come in steps of 1/64 px, which decides where halves of a device pixel are rounded to.
  const auto on_pixel = [this](float at) { return std::round(std::round(at * 64) / 64 * pixel_ratio_); };
  const float base_x = on_pixel(x), base_y = on_pixel(y + known.baseline);
  const ImVec2 from((base_x + static_cast<float>(metrics.left)) / pixel_ratio_,
                    (base_y + static_cast<float>(metrics.top)) / pixel_ratio_);
  const ImVec2 to(from.x + static_cast<float>(metrics.width) / pixel_ratio_,
                  from.y + static_cast<float>(metrics.height) / pixel_ratio_);
  list.AddImage(ImGui::GetIO().Fonts->TexRef, from, to, rect.uv0, rect.uv1, IM_COL32(255, 255, 255, color.alpha));
}

}  // namespace ownkey::ui
