// Buttons and links.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/ui/flow.h"
#include "web/ui/ui.h"

namespace ownkey::ui {

enum class Look { Primary, Secondary, Danger, DangerFilled, Ghost, GhostDanger };

struct ButtonSpec {
  std::string_view name;
  std::string_view label;
  std::string accessible_name = {};  // where the label alone would be ambiguous; contains the label
  Look look = Look::Secondary;
  bool submits = false;  // Enter in a field of its form clicks it
  bool busy = false;     // shows a spinner and cannot be clicked, but keeps width and focus
  std::string_view busy_label = {};
  std::string busy_accessible_name = {};
  std::string_view href = {};  // where it leads, if it is a link that looks like a button
  std::string_view file = {};  // what that leaves on the person's disk, if it is a file; the page stays
};

float button_width(Ui& ui, const ButtonSpec& spec);

// The place of a ghost button whose label ends at `right`.
Rect flush_right(Ui& ui, float right, float center_y, const ButtonSpec& spec);

// At a place; true when it was clicked.
bool button_at(Ui& ui, const Rect& rect, const ButtonSpec& spec);

// Across the pen's whole width; moves the pen below it.
bool wide_button(Ui& ui, const ButtonSpec& spec);

// Buttons side by side, or below each other where the page is narrow. Moves the pen below them when it goes.
// A compact row stays side by side; its ghost buttons begin where other text does.
class ButtonRow {
 public:
  enum class Kind { Usual, Compact };
  explicit ButtonRow(Ui& ui, Kind kind = Kind::Usual);
  ~ButtonRow();
  ButtonRow(const ButtonRow&) = delete;
  ButtonRow& operator=(const ButtonRow&) = delete;

  bool button(const ButtonSpec& spec);

 private:
  Ui& ui_;
  std::optional<Flow> flow_;  // else they stand below each other
  bool first_ = true;
  float shift_ = 0;
};

struct LinkSpec {
  std::string_view name;
  std::string_view label;
  std::string href;
  bool external = false;  // another site, in a tab of its own
  bool download = false;  // a file to keep: the browser fetches it, and the page stays
  std::string file = {};  // what that file is to be called, where the server does not say
};

// A text that leads elsewhere; true when the page itself should go there. Moves the pen down.
bool link(Ui& ui, const LinkSpec& spec, Type type = Type::Strong);

}  // namespace ownkey::ui
