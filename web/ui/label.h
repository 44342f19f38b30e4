// Text that is only read: headings, paragraphs, lines, chips. Block text goes below the pen and moves it down.
#pragma once

#include <string>
#include <string_view>

#include "web/ui/ui.h"

namespace ownkey::ui {

struct TextSpec {
  std::string_view name;
  std::string_view text;
  Type type = Type::Body;
  Tone tone = Tone::Plain;
  std::string_view tag = "p";
  Attributes attributes = {};
};

// A block of text, broken into lines at the pen's width.
void paragraph(Ui& ui, TextSpec spec);

// One line at a place; returns its width. The pen stays.
float line(Ui& ui, float x, float y, TextSpec spec);

// Can take the focus. Level 1 names the page; there is one on each, with a name of its own: an element that has the
// focus already would not be read out again.
void heading(Ui& ui, int level, std::string_view name, std::string_view text);

// A state in a word as a pill; alone, or beside (where there is no room, below) a heading of level 2. Colour only
// repeats what the word says.
struct ChipSpec {
  std::string_view name, text;
  Tone tone;
};
class Flow;
void chip(Ui& ui, Flow& flow, const ChipSpec& spec);
void heading_with_chip(Ui& ui, std::string_view name, std::string_view text, const ChipSpec& state);

}  // namespace ownkey::ui
