// The one table of colours and sizes. A test computes the contrast of every pair that is used (WCAG 2.2, 1.4.3, 1.4.11)
// and compares the table with the few colours that assets/style.css must repeat.
#pragma once

#include <cstdint>

#include "web/platform/font.h"

namespace ownkey::ui {

struct Color {
  std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
  bool operator==(const Color&) const = default;
};

constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8), static_cast<std::uint8_t>(hex)};
}
constexpr std::uint32_t hex_of(Color c) {
  return (std::uint32_t{c.red} << 16) | (std::uint32_t{c.green} << 8) | c.blue;
}
constexpr Color with_alpha(Color c, std::uint8_t alpha) { return {c.red, c.green, c.blue, alpha}; }

// A step of the way from one colour to the other, for the looks under the pointer.
Color mixed(Color from, Color to, float part);

// The contrast ratio of WCAG 2.2, 1 to 21.
double contrast(Color a, Color b);

struct Theme {
  Color background, surface, raised;
  Color text, muted;
  Color accent, on_accent, accent_soft;
  Color danger, on_danger, danger_soft;
  Color success, success_soft;
  Color warning, warning_soft;
  Color field_border, hairline;
};

const Theme& light_theme();
const Theme& dark_theme();

// What a text or a mark says, before it is a colour.
enum class Tone { Plain, Muted, Accent, Danger, Success, Warning };
Color ink(const Theme& theme, Tone tone);
Color soft(const Theme& theme, Tone tone);  // the ground for ink of that tone

namespace space {
inline constexpr float kHair = 4, kTight = 6, kSmall = 8, kMedium = 12, kField = 16, kCard = 24, kWide = 32, kHuge = 48;
}

namespace radius {
inline constexpr float kControl = 8, kCard = 12;
}

inline constexpr float kHeaderHeight = 56;
inline constexpr float kSidebarWidth = 200;
inline constexpr float kSidebarGap = 40;
inline constexpr float kContentWidth = 720;
inline constexpr float kPageWidth = 1040;
inline constexpr float kNarrowBelow = 760;

struct TextStyle {
  platform::Font font;
  float line_height;
};

enum class Type { Title, Heading, Brand, Body, Strong, Input, MonoInput, Mono, Help, HelpStrong, Chip };

// What depends on the person's text size and on whether they point with a finger.
struct Metrics {
  float scale = 1;
  bool coarse = false;

  float header() const { return kHeaderHeight * (scale > 1 ? scale : 1); }
  float control() const { return (coarse ? 44 : 36) * scale; }
  float input() const { return (coarse ? 44 : 40) * scale; }
  TextStyle style(Type type) const;
};

}  // namespace ownkey::ui
