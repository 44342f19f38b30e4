// Surfaces: cards, callouts, skeletons, and lists of what is on them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/ui/button.h"
#include "web/ui/icon.h"
#include "web/ui/ui.h"

namespace ownkey::ui {

// A card across the pen's width, open as long as it lives; what is drawn meanwhile lies on it. It is a section of the
// mirror, named by the heading with that name, and whatever else its attributes say. Leaves a gap below.
class Card {
 public:
  Card(Ui& ui, std::string_view name, std::string_view heading_name, Attributes attributes = {});
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

 private:
  Ui& ui_;
  float top_;
  float padding_;
  Group section_;
  std::size_t ground_;
};

// Where a card stands that holds one small form and nothing else is beside it; from the top of the screen.
Pen lone_card(const Ui& ui);

// A message that stays: what went wrong or what to know, in place. One about what went wrong is announced.
void callout(Ui& ui, std::string_view name, std::string_view text, Tone tone);

// The same, and one thing to do about it; true when that was clicked.
bool callout(Ui& ui, std::string_view name, std::string_view text, Tone tone, const ButtonSpec& action);
bool callout(Ui& ui, std::string_view name, std::string_view text, Tone tone, const LinkSpec& action);

// A line of a list: a mark and a text. Stands in a Group "ul".
void mark_item(Ui& ui, std::string_view name, Icon mark, Tone tone, std::string_view text);

// A thin line across, with room above and below.
void divider(Ui& ui);

// Grey blocks in place of what is being loaded, once that takes a noticeable time.
void skeleton(Ui& ui, double loading_since_s, int blocks, float block_height);

}  // namespace ownkey::ui
