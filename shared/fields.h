// One description per message: a struct lists its fields once, and reading, writing and schemas follow from the list.
//
//   struct Greeting {
//     std::string name;
//     std::optional<int> times;
//     static constexpr auto fields() { return std::tuple{Field{"name", &Greeting::name}, Field{"times",
//     &Greeting::times}}; }
//   };
//
// A std::optional member may be absent (or null) and is left out of the JSON when empty; every other member is
// required. A struct that says `static constexpr bool kRefusesNull = true` takes no null either: in a message of
// changes it could be meant as "take it away" (RFC 7396). Members may be: text, bool, whole numbers, double, json
// (anything), Secret, an enum with a `names_of` list, another described struct, and vectors of these. A Secret can be
// read from JSON, but to_json refuses it at compile time.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "shared/json.h"
#include "shared/secret.h"

namespace ownkey {

template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
};
template <class Owner, class Member>
Field(const char*, Member Owner::*) -> Field<Owner, Member>;

template <class T>
concept Described = requires {
  T::fields();
};

// An enum takes part when its namespace has `constexpr auto names_of(E)` returning an array of {value, text} pairs.
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
  names_of(value);
};

template <NamedEnum E>
constexpr std::string_view name_of(E value) {
  for (const auto& [candidate, text] : names_of(value))
    if (candidate == value) return text;
  return {};
}

template <NamedEnum E>
constexpr std::optional<E> named(std::string_view text) {
  for (const auto& [candidate, name] : names_of(E{}))
    if (name == text) return candidate;
  return std::nullopt;
}

// Requests must hold no field that we do not know (a typo would be silently lost); answers may grow new ones.
enum class Unknown { Refuse, Ignore };

template <class T>
Result<T> from_json(const json& value, Unknown unknown, const std::string& path = {});

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
concept RefusesNull = requires {
  requires T::kRefusesNull;
};

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

inline Error wrong_type(const std::string& path, std::string_view expected) {
  return invalid(path,
                 (path.empty() ? std::string("the body") : "'" + path + "'") + " must be " + std::string(expected));
}

inline std::string join_path(const std::string& path, std::string_view name) {
  return path.empty() ? std::string(name) : path + "." + std::string(name);
}

template <Described T>
Result<T> read_struct(const json& value, Unknown unknown, const std::string& path) {
  if (!value.is_object()) return wrong_type(path, "an object");
  T result{};
  std::optional<Error> error;
  const auto read_field = [&](const auto& field) {
    using Member = std::remove_cvref_t<decltype(result.*field.member)>;
    if (error) return;
    const auto found = value.find(field.name);
    const std::string at = join_path(path, field.name);
    if (found == value.end() || (is_optional<Member> && !RefusesNull<T> && found->is_null())) {
      if (!is_optional<Member>) error = invalid(at, "the field '" + at + "' is missing");
      return;
    }
    auto member = from_json<Member>(*found, unknown, at);
    if (member) result.*field.member = std::move(*member);
    else error = std::move(member.error());
  };
  std::apply([&](const auto&... field) { (read_field(field), ...); }, T::fields());
  if (error) return std::move(*error);
  if (unknown == Unknown::Refuse) {
    for (const auto& item : value.items()) {
      const std::string& name = item.key();
      const bool known = std::apply([&](const auto&... field) { return ((field.name == name) || ...); }, T::fields());
      const std::string at = join_path(path, name);
      if (!known) return invalid(at, "the field '" + at + "' is not known here; remove it or check its spelling");
    }
  }
  return result;
}

template <NamedEnum E>
Result<E> read_enum(const json& value, const std::string& path) {
  if (value.is_string())
    if (const auto found = named<E>(value.get_ref<const std::string&>())) return *found;
  std::string choices;
  for (const auto& [ignored, text] : names_of(E{})) choices += (choices.empty() ? "" : ", ") + std::string(text);
  return wrong_type(path, "one of: " + choices);
}

template <class T>
Result<T> read_integer(const json& value, const std::string& path) {
  if (value.is_number_unsigned() && std::in_range<T>(value.get<std::uint64_t>())) return value.get<T>();
  if (value.is_number_integer() && !value.is_number_unsigned() && std::in_range<T>(value.get<std::int64_t>()))
    return value.get<T>();
  return wrong_type(path, "a whole number");
}

template <class Vector>
Result<Vector> read_vector(const json& value, Unknown unknown, const std::string& path) {
  if (!value.is_array()) return wrong_type(path, "a list");
  Vector result;
  result.reserve(value.size());
  for (const auto& entry : value) {
    auto item =
        from_json<typename Vector::value_type>(entry, unknown, path + "[" + std::to_string(result.size()) + "]");
    if (!item) return std::move(item.error());
    result.push_back(std::move(*item));
  }
  return result;
}

}  // namespace detail

template <class T>
Result<T> from_json(const json& value, Unknown unknown, const std::string& path) {
  if constexpr (detail::is_optional<T>) {
    auto inner = from_json<typename T::value_type>(value, unknown, path);
    if (!inner) return std::move(inner.error());
    return T(std::move(*inner));
  } else if constexpr (std::same_as<T, json>) {
    return value;
  } else if constexpr (std::same_as<T, std::string>) {
    if (!value.is_string()) return detail::wrong_type(path, "text");
    return value.get<std::string>();
  } else if constexpr (std::same_as<T, Secret>) {
    if (!value.is_string()) return detail::wrong_type(path, "text");
    return Secret(value.get_ref<const std::string&>());
  } else if constexpr (std::same_as<T, bool>) {
    if (!value.is_boolean()) return detail::wrong_type(path, "true or false");
    return value.get<bool>();
  } else if constexpr (std::integral<T>) {
    return detail::read_integer<T>(value, path);
  } else if constexpr (std::floating_point<T>) {
    if (!value.is_number()) return detail::wrong_type(path, "a number");
    return value.get<T>();
  } else if constexpr (NamedEnum<T>) {
    return detail::read_enum<T>(value, path);
  } else if constexpr (detail::is_vector<T>) {
    return detail::read_vector<T>(value, unknown, path);
  } else {
    return detail::read_struct<T>(value, unknown, path);
  }
}

// The JSON text of a body, read as a T.
template <Described T>
Result<T> parse_as(std::string_view text, Unknown unknown) {
  auto value = parse_json(text);
  if (!value) return std::move(value.error());
  return from_json<T>(*value, unknown);
}

// Whether to_json may write a Secret in clear: the page does, to hand a key or a password to its own server, and the
// server does once, to hand a program the token of its new session.
enum class Secrets { Refuse, Reveal };

template <Secrets secrets = Secrets::Refuse, class T>
json to_json(const T& value) {
  if constexpr (std::same_as<T, Secret>) {
    static_assert(secrets == Secrets::Reveal, "a secret does not belong into JSON");
    return std::string(value.reveal());
  } else if constexpr (NamedEnum<T>) {
    return std::string(name_of(value));
  } else if constexpr (detail::is_optional<T>) {
    return value ? to_json<secrets>(*value) : json(nullptr);
  } else if constexpr (detail::is_vector<T>) {
    json list = json::array();
    for (const auto& item : value) list.push_back(to_json<secrets>(item));
    return list;
  } else if constexpr (Described<T>) {
    json object = json::object();
    const auto write_field = [&](const auto& field) {
      const auto& member = value.*field.member;
      if constexpr (detail::is_optional<std::remove_cvref_t<decltype(member)>>)
        if (!member) return;
      object[std::string(field.name)] = to_json<secrets>(member);
    };
    std::apply([&](const auto&... field) { (write_field(field), ...); }, T::fields());
    return object;
  } else {
    return value;
  }
}

}  // namespace ownkey
