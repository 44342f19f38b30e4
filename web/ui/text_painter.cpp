#include "web/ui/text_painter.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

#include "web/ui/wrap.h"

namespace ownkey::ui {
namespace {

// Enough for a long page; beyond it, what the last frames did not show is dropped.
constexpr std::size_t kMostKept = 1500;

template <class T>
void append_bytes(std::string& key, const T& value) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
std::string key_of(std::string_view text, const TextStyle& style, const T& more) {
  std::string key;
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
  if (pixel_ratio != pixel_ratio_) drop_runs();
  pixel_ratio_ = pixel_ratio;
  drop_unused();
}

void TextPainter::drop_runs() {
  for (const auto& [key, kept] : runs_) release(kept.value.place);
  runs_.clear();
  widths_.clear();
  lines_.clear();
}

void TextPainter::drop_unused() {
  const auto stale = [this](const auto& entry) { return entry.second.last_used + 4 < frame_; };
  if (widths_.size() > kMostKept) std::erase_if(widths_, stale);
  if (lines_.size() > kMostKept) std::erase_if(lines_, stale);
  if (runs_.size() <= kMostKept) return;
  std::erase_if(runs_, [&](const auto& entry) {
    if (!stale(entry)) return false;
    release(entry.second.value.place);
    return true;
  });
}

float TextPainter::width(std::string_view text, const TextStyle& style) {
  auto [entry, is_new] = widths_.try_emplace(key_of(text, style, char{}));
  if (is_new) entry->second.value = platform_.measure(text, style.font).advance;
  entry->second.last_used = frame_;
  return entry->second.value;
}

const std::vector<std::string>& TextPainter::lines(std::string_view text, const TextStyle& style, float max_width) {
  auto [entry, is_new] = lines_.try_emplace(key_of(text, style, max_width));
  if (is_new)
    entry->second.value = wrapped(text, max_width, [&](std::string_view part) {
      return part.empty() ? 0 : platform_.measure(part, style.font).advance;
    });
  entry->second.last_used = frame_;
  return entry->second.value;
}

std::vector<std::string> TextPainter::first_lines(std::string_view text, const TextStyle& style, float max_width,
                                                  std::size_t most) {
  return ui::first_lines(lines(text, style, max_width), most, max_width,
                         [&](std::string_view part) { return width(part, style); });
}

const TextPainter::Run& TextPainter::run(std::string_view text, const TextStyle& style, Color color) {
  auto [entry, is_new] = runs_.try_emplace(key_of(text, style, color));
  auto& [value, last_used] = entry->second;
  if (is_new) {
    value.metrics = platform_.measure(text, style.font);
    value.baseline = platform_.baseline(style.font, style.line_height);
    if (value.metrics.width > 0) value.place = draw_into_texture(platform_, text, style.font, color, value.metrics);
  }
  last_used = frame_;
  return value;
}

void TextPainter::draw(ImDrawList& list, float x, float y, const TextStyle& style, Color color, std::string_view text) {
  if (text.empty()) return;
  const auto& [metrics, baseline, place] = run(text, style, color);
  ImFontAtlasRect rect;  // asked for each time: it moves when the texture grows
  if (place == ImFontAtlasRectId_Invalid || !ImGui::GetIO().Fonts->GetCustomRect(place, &rect)) return;
  // The browser's places come in steps of 1/64 px, which decides where halves of a device pixel are rounded to.
  const auto on_pixel = [this](float at) { return std::round(std::round(at * 64) / 64 * pixel_ratio_); };
  const float base_x = on_pixel(x), base_y = on_pixel(y + baseline);
  const ImVec2 from((base_x + static_cast<float>(metrics.left)) / pixel_ratio_,
                    (base_y + static_cast<float>(metrics.top)) / pixel_ratio_);
  const ImVec2 to(from.x + static_cast<float>(metrics.width) / pixel_ratio_,
                  from.y + static_cast<float>(metrics.height) / pixel_ratio_);
  list.AddImage(ImGui::GetIO().Fonts->TexRef, from, to, rect.uv0, rect.uv1, IM_COL32(255, 255, 255, color.alpha));
}

}  // namespace ownkey::ui
