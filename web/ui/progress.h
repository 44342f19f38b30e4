// How far something is: a bar, and a real progress element. Moves the pen below it.
#pragma once

#include <string_view>

#include "web/ui/ui.h"

namespace ownkey::ui {

void progress(Ui& ui, std::string_view name, std::string_view label, std::size_t done, std::size_t total);

}  // namespace ownkey::ui
