// Breaking text into lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ownkey::ui {

// Breaks at spaces and line breaks; a word too long for a line is broken between code points. `width_of` measures a
// piece of text. There is always at least one line; spaces at a break are dropped.
std::vector<std::string> wrapped(std::string_view text, float max_width,
                                 const std::function<float(std::string_view)>& width_of);

// One below the other.
std::string joined(const std::vector<std::string>& lines);

// The first `most` lines; where that leaves some out, the last one ends in "…" and still fits.
std::vector<std::string> first_lines(std::vector<std::string> lines, std::size_t most, float max_width,
                                     const std::function<float(std::string_view)>& width_of);

}  // namespace ownkey::ui
