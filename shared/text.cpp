#include "shared/text.h"

#include <algorithm>

namespace ownkey {

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string percent_encoded(std::string_view text, std::string_view plain) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kUnreservedMarks = "-._~";
  const auto holds = [](std::string_view marks, char c) { return marks.find(c) != std::string_view::npos; };
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (is_digit(c) || is_letter(c) || holds(kUnreservedMarks, c) || holds(plain, c)) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      ((result += '%') += kHex[byte >> 4]) += kHex[byte & 15];
    }
  }
  return result;
}

}  // namespace ownkey
