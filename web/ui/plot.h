// Pictures that say something: bars over time, and a QR code. Each is an image to assistive technology, with a text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/ui/ui.h"

namespace ownkey::ui {

// One bar of two parts.
struct Bar {
  float lower, upper;
};
struct BarsSpec {
  std::string_view name, label;  // the label says in words what the picture shows
  std::string top;               // what the highest bar stands for
  std::string from, to;          // under the first and under the last bar
};
// Across the pen's width; moves the pen below.
void bars(Ui& ui, const BarsSpec& spec, const std::vector<Bar>& values);

// What the two parts of the bars are, in their colours.
void bars_legend(Ui& ui, std::string_view name, std::string_view lower, std::string_view upper);

// Rows of '0' and '1', which is dark; always dark on light, as readers expect it.
void qr_code(Ui& ui, std::string_view name, std::string_view label, const std::vector<std::string>& rows);

}  // namespace ownkey::ui
