// A table of few columns: the first names its row, the others are numbers and stand to the right.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/ui/ui.h"

namespace ownkey::ui {

using TableRow = std::vector<std::string>;

// The first row holds the headings. Moves the pen below the table.
void table(Ui& ui, std::string_view name, std::string_view label, const std::vector<TableRow>& rows);

}  // namespace ownkey::ui
