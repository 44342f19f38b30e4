#include "server/http/negotiation.h"

#include <algorithm>

#include "server/http/text.h"

namespace ownkey::http {
namespace {

bool is_zero_weight(std::string_view parameter) {
  const auto [name, value] = divide(trimmed(parameter), '=');
  return same_name(name, "q") && value.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool accepts_coding(std::optional<std::string_view> accept_encoding, std::string_view coding) {
  if (!accept_encoding) return false;
  const auto items = split(*accept_encoding, ',');
  return std::ranges::any_of(items, [&](std::string_view item) {
    const auto [name, parameter] = divide(item, ';');
    return same_name(trimmed(name), coding) && (trimmed(parameter).empty() || !is_zero_weight(parameter));
  });
}

bool has_current(std::optional<std::string_view> if_none_match, std::string_view etag) {
  if (!if_none_match) return false;
  const auto items = split(*if_none_match, ',');
  return std::ranges::any_of(items, [&](std::string_view item) {
    item = trimmed(item);
    if (item.starts_with("W/")) item.remove_prefix(2);
    return item == "*" || item == etag;
  });
}

}  // namespace ownkey::http
