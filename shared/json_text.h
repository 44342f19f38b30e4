// A described message (fields.h) as JSON text, without a json value in between: for answers that are long or frequent,
// of which building that value is most of the cost. Fields come in the order of their list. Templates all the way, so
// not for the page, to which that would be code to load.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "shared/fields.h"
#include "shared/json_writer.h"

namespace ownkey {
namespace detail {

template <class T>
void append_json(std::string& text, const T& value) {
  if constexpr (std::same_as<T, std::string>) {
    write_json_text(value, text);
  } else if constexpr (NamedEnum<T>) {
    write_json_text(name_of(value), text);
  } else if constexpr (std::same_as<T, bool>) {
    text += value ? "true" : "false";
  } else if constexpr (std::integral<T>) {
    text += std::to_string(value);
  } else if constexpr (is_optional<T>) {
    if (value) append_json(text, *value);
    else text += "null";
  } else if constexpr (is_vector<T>) {
    char before = '[';
    for (const auto& item : value) {
      text += std::exchange(before, ',');
      append_json(text, item);
    }
    text += value.empty() ? "[]" : "]";
  } else if constexpr (Described<T>) {
    char before = '{';
    const auto append_field = [&](const auto& field) {
      const auto& member = value.*field.member;
      if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>)
        if (!member) return;
      text += std::exchange(before, ',');
      text.append(1, '"').append(field.name).append("\":");
      append_json(text, member);
    };
    std::apply([&](const auto&... field) { (append_field(field), ...); }, T::fields());
    text += before == '{' ? "{}" : "}";
  } else {
    write_json(value, text);
  }
}

}  // namespace detail

template <class T>
std::string json_text(const T& value) {
  static_assert(!detail::holds_secret<T>(), "a secret does not belong into JSON");
  constexpr std::size_t kUsualSize = 512;
  std::string text;
  text.reserve(kUsualSize);
  detail::append_json(text, value);
  return text;
}

}  // namespace ownkey
