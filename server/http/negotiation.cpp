#include "server/http/negotiation.h"

#include <algorithm>

#include "server/http/text.h"

namespace ownkey::http {
namespace {

bool is_zero_weight(std::string_view parameter) {
  const auto [name, value] = divide(trimmed(parameter), '=');
  return same_name(name, "q") && value.find_first_not_of("0.") == std::string_view::npos;
}

// Whether a list names something with a weight above zero.
bool names(std::string_view list, std::string_view wanted) {
  const auto items = split(list, ',');
  return std::ranges::any_of(items, [&](std::string_view item) {
    const auto [name, parameter] = divide(item, ';');
    return same_name(trimmed(name), wanted) && (trimmed(parameter).empty() || !is_zero_weight(parameter));
  });
}

}  // namespace

bool accepts_coding(std::optional<std::string_view> accept_encoding, std::string_view coding) {
  return accept_encoding && names(*accept_encoding, coding);
}

bool accepts_html(std::optional<std::string_view> accept) { return accept && names(*accept, "text/html"); }

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
