// A box to tick, with its label beside it and help below; true when it was clicked. Moves the pen down.
#pragma once

#include <string_view>

#include "web/ui/ui.h"

namespace ownkey::ui {

struct CheckBoxSpec {
  std::string_view name, label;
  std::string_view help = {};
  bool checked = false;
};

bool check_box(Ui& ui, const CheckBoxSpec& spec);

}  // namespace ownkey::ui
