// The frame of a page: skip link, header, navigation, main column.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/ui/button.h"
#include "web/ui/ui.h"

namespace ownkey::ui {

// Comes first, is seen only while it has the focus, and puts the focus on the heading of the page. It names the group
// "main", which every page has.
void skip_link(Ui& ui);

// The bar across the top that brand and buttons stand on.
void header_ground(Ui& ui);

// The mark and, where there is room, the name, leading home; true when it was clicked.
bool brand(Ui& ui, float x, float y, float room);
float brand_width(Ui& ui);
float brand_height(Ui& ui);

struct NavEntry {
  std::string_view name, label, href;
  bool current = false;
};

// Below each other at the side, or in rows under the header where the page is narrow. Returns the index of the clicked
// one, or -1, and leaves the pen at the top of the main column.
int navigation(Ui& ui, const std::vector<NavEntry>& entries);

// The parts of a page, side by side across the pen's width; moves the pen below them. The index of the clicked one, or
// -1.
int tabs(Ui& ui, std::string_view label, const std::vector<NavEntry>& entries);

// A row of a list that leads somewhere: a title, on no more than two lines, and a line below it. Moves the pen; true
// when it was clicked.
bool row_link(Ui& ui, std::string_view name, std::string_view title, std::string_view detail, std::string href);

}  // namespace ownkey::ui
