// One of a few, beside each other; the chosen one is pressed. The field's text is the value of the chosen option.
#pragma once

#include <string_view>
#include <vector>

#include "web/ui/field.h"

namespace ownkey::ui {

struct ChoiceSpec {
  std::string_view name, label;
  std::string_view help = {};
};
void choice(Ui& ui, const ChoiceSpec& spec, const std::vector<Option>& options, FieldState& state);

}  // namespace ownkey::ui
