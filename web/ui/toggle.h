// What is switched or chosen with one click: a switch, and one of a few choices beside each other.
#pragma once

#include <string_view>
#include <vector>

#include "web/ui/field.h"

namespace ownkey::ui {

struct ToggleSpec {
  std::string_view name, label;
  bool on = false;
  bool busy = false;
};

// True when it was clicked; what is on is for the caller to change.
bool toggle(Ui& ui, const ToggleSpec& spec);

// The field's text is the value of the chosen option.
struct ChoiceSpec {
  std::string_view name, label;
  std::string_view help = {};
};
void choice(Ui& ui, const ChoiceSpec& spec, const std::vector<Option>& options, FieldState& state);

}  // namespace ownkey::ui
