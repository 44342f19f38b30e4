// Plain ASCII text, whatever the locale: protocols, hosts, labels and codes are ASCII. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace ownkey {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

// The value of a hexadecimal digit; -1 for anything else.
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  return lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

std::string lowered(std::string_view text);

// Equal but for upper and lower case.
bool same_name(std::string_view a, std::string_view b);

// Encodes everything but RFC 3986's unreserved characters (§2.3) and those of `plain`.
std::string percent_encoded(std::string_view text, std::string_view plain = "");

}  // namespace ownkey
