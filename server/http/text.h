// Small pieces of HTTP's text: case-insensitive names, lists, percent-encoding. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ownkey::http {

// ASCII only, whatever the locale: HTTP is.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool same_name(std::string_view a, std::string_view b);
std::string lowered(std::string_view text);

// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

// The parts between separators, not trimmed; at least one, which may be empty.
std::vector<std::string_view> split(std::string_view text, char separator);

// The first separator's two sides; the second is empty when there is none.
std::pair<std::string_view, std::string_view> divide(std::string_view text, char separator);

// Decodes %XX (RFC 3986 §2.1). Nothing for a broken escape, or one that hides a control character.
enum class Plus { IsPlus, IsSpace };
std::optional<std::string> percent_decoded(std::string_view text, Plus plus = Plus::IsPlus);

// Encodes everything but RFC 3986's unreserved characters.
std::string percent_encoded(std::string_view text);

}  // namespace ownkey::http
