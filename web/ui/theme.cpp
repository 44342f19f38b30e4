#include "web/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace ownkey::ui {
namespace {

constexpr Theme kLight{
    .background = rgb(0xF6F7F9),
    .surface = rgb(0xFFFFFF),
    .raised = rgb(0xF0F2F5),
    .text = rgb(0x14171F),
    .muted = rgb(0x596171),
    .accent = rgb(0x2A56D6),
    .on_accent = rgb(0xFFFFFF),
    .accent_soft = rgb(0xE8EEFD),
    .danger = rgb(0xB4232A),
    .on_danger = rgb(0xFFFFFF),
    .danger_soft = rgb(0xFDECEC),
    .success = rgb(0x0B6B3A),
    .success_soft = rgb(0xE4F5EB),
    .warning = rgb(0x7A4F00),
    .warning_soft = rgb(0xFDF3DC),
    .field_border = rgb(0x838B98),
    .hairline = rgb(0xDDE1E7),
};

constexpr Theme kDark{
    .background = rgb(0x0E1116),
    .surface = rgb(0x161A21),
    .raised = rgb(0x1E232C),
    .text = rgb(0xE9ECF1),
    .muted = rgb(0xA0A9B8),
    .accent = rgb(0x86A5FF),
    .on_accent = rgb(0x0B1020),
    .accent_soft = rgb(0x1B2540),
    .danger = rgb(0xFF8A86),
    .on_danger = rgb(0x2A0608),
    .danger_soft = rgb(0x351A1D),
    .success = rgb(0x5CCB93),
    .success_soft = rgb(0x12301F),
    .warning = rgb(0xE8BC62),
    .warning_soft = rgb(0x33270F),
    .field_border = rgb(0x6F7886),
    .hairline = rgb(0x2B313B),
};

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color c) { return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue); }

std::uint8_t mixed(std::uint8_t from, std::uint8_t to, float part) {
  return static_cast<std::uint8_t>(std::lround(static_cast<float>(from) + static_cast<float>(to - from) * part));
}

struct TypeEntry {
  float size, line_height;
  int weight;
  bool mono;
};

TypeEntry entry(Type type, bool coarse) {
  // Below 16 px phones zoom into a field that takes the focus.
  const float input = coarse ? 16 : 15;
  switch (type) {
    case Type::Title: return {24, 31, 600, false};
    case Type::Heading: return {16, 21, 600, false};
    case Type::Brand: return {17, 24, 700, false};
    case Type::Body: return {14, 20, 400, false};
    case Type::Strong: return {14, 20, 600, false};
    // 24: whole device pixels on the usual screens, so that browsers have nothing to round (see field.cpp).
    case Type::Input: return {input, 24, 400, false};
    case Type::MonoInput: return {input, 24, 400, true};
    case Type::Mono: return {13, 20, 400, true};
    case Type::Help: return {13, 18, 400, false};
    case Type::HelpStrong: return {13, 18, 600, false};
    case Type::Chip: return {12, 16, 600, false};
  }
  return {};
}

}  // namespace

const Theme& light_theme() { return kLight; }
const Theme& dark_theme() { return kDark; }

Color mixed(Color from, Color to, float part) {
  return {mixed(from.red, to.red, part), mixed(from.green, to.green, part), mixed(from.blue, to.blue, part),
          from.alpha};
}

double contrast(Color a, Color b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

Color ink(const Theme& theme, Tone tone) {
  switch (tone) {
    case Tone::Plain: return theme.text;
    case Tone::Muted: return theme.muted;
    case Tone::Accent: return theme.accent;
    case Tone::Danger: return theme.danger;
    case Tone::Success: return theme.success;
    case Tone::Warning: return theme.warning;
  }
  return theme.text;
}

Color soft(const Theme& theme, Tone tone) {
  switch (tone) {
    case Tone::Accent: return theme.accent_soft;
    case Tone::Danger: return theme.danger_soft;
    case Tone::Success: return theme.success_soft;
    case Tone::Warning: return theme.warning_soft;
    default: return theme.raised;
  }
}

TextStyle Metrics::style(Type type) const {
  const TypeEntry e = entry(type, coarse);
  return {{e.size * scale, e.weight, e.mono}, std::round(e.line_height * scale)};
}

}  // namespace ownkey::ui
