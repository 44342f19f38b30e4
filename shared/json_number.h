// Numbers with a fraction, as JSON text and back, so that a double survives the way there and back. In the page the
// browser does it: a C library's reader and printf weigh as much as ten pages.
#pragma once

#include <string>
#include <string_view>

namespace ownkey {

// The digits are a number as JSON has it; infinite if it is too large.
double number_of(std::string_view digits);

// The shortest text that means this number, which must be finite, with a point or an exponent in it.
std::string text_of_number(double value);

}  // namespace ownkey
