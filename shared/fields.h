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
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "shared/secret.h"
#include "shared/shape.h"

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

namespace detail {

using shape::Shape;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

template <class T>
concept RefusesNull = requires {
  requires T::kRefusesNull;
};

template <class T>
constexpr std::string_view expected_leaf() {
  if constexpr (std::same_as<T, bool>) return "true or false";
  else if constexpr (std::integral<T>) return "a whole number";
  else if constexpr (std::floating_point<T>) return "a number";
  else return "text";
}

template <class T>
bool read_leaf(const json& value, void* target) {
  T& result = *static_cast<T*>(target);
  if constexpr (std::same_as<T, json>) {
    result = value;
  } else if constexpr (std::same_as<T, std::string>) {
    if (!value.is_string()) return false;
    result = value.get_ref<const std::string&>();
  } else if constexpr (std::same_as<T, Secret>) {
    if (!value.is_string()) return false;
    result = Secret(value.get_ref<const std::string&>());
  } else if constexpr (std::same_as<T, bool>) {
    if (!value.is_boolean()) return false;
    result = value.get<bool>();
  } else if constexpr (std::integral<T>) {
    if (value.is_number_unsigned() ? !std::in_range<T>(value.get<std::uint64_t>())
                                   : !value.is_number_integer() || !std::in_range<T>(value.get<std::int64_t>()))
      return false;
    result = value.get<T>();
  } else {
    static_assert(std::floating_point<T>, "JSON has no such type");
    if (!value.is_number()) return false;
    result = value.get<T>();
  }
  return true;
}

template <class T>
json write_leaf(const void* source) {
  const T& value = *static_cast<const T*>(source);
  if constexpr (std::same_as<T, Secret>) return std::string(value.reveal());
  else return value;
}

template <class T>
constexpr auto enum_values() {
  static_assert(std::same_as<std::underlying_type_t<T>, int>);
  constexpr auto names = names_of(T{});
  std::array<shape::EnumShape::Value, names.size()> values{};
  for (std::size_t i = 0; i < names.size(); ++i) values[i] = {static_cast<int>(names[i].first), names[i].second};
  return values;
}
template <class T>
inline constexpr auto kEnumValues = enum_values<T>();

template <class T, std::size_t index>
void* member_in(void* owner) {
  constexpr auto field = std::get<index>(T::fields());
  return &(static_cast<T*>(owner)->*field.member);
}

template <class T>
constexpr auto make_shape();
template <class T>
inline constexpr auto kShape = make_shape<T>();

template <class T, std::size_t index>
constexpr shape::StructShape::Member member_shape() {
  constexpr auto field = std::get<index>(T::fields());
  using Member = std::remove_cvref_t<decltype(std::declval<T&>().*field.member)>;
  return {field.name, kShape<Member>, member_in<T, index>};
}
template <class T, std::size_t... indices>
constexpr auto member_shapes(std::index_sequence<indices...>) {
  return std::array<shape::StructShape::Member, sizeof...(indices)>{member_shape<T, indices>()...};
}
template <class T>
inline constexpr auto kMembers = member_shapes<T>(std::make_index_sequence<std::tuple_size_v<decltype(T::fields())>>());

template <class T>
constexpr auto make_shape() {
  if constexpr (is_optional<T>) {
    using Inner = typename T::value_type;
    return shape::OptionalShape{{Shape::Kind::Optional},
                                kShape<Inner>,
                                [](void* optional) -> void* { return &static_cast<T*>(optional)->emplace(); },
                                [](const void* optional) -> const void* {
                                  const auto& value = *static_cast<const T*>(optional);
                                  return value ? &*value : nullptr;
                                }};
  } else if constexpr (is_vector<T>) {
    using Item = typename T::value_type;
    return shape::ListShape{{Shape::Kind::List},
                            kShape<Item>,
                            [](void* list, std::size_t size) { static_cast<T*>(list)->reserve(size); },
                            [](void* list) -> void* { return &static_cast<T*>(list)->emplace_back(); },
                            [](const void* list, std::size_t index) -> const void* {
                              const auto& items = *static_cast<const T*>(list);
                              return index < items.size() ? &items[index] : nullptr;
                            }};
  } else if constexpr (NamedEnum<T>) {
    return shape::EnumShape{{Shape::Kind::Enum}, kEnumValues<T>};
  } else if constexpr (Described<T>) {
    return shape::StructShape{{Shape::Kind::Struct}, kMembers<T>, RefusesNull<T>};
  } else {
    return shape::LeafShape{{Shape::Kind::Leaf}, expected_leaf<T>(), read_leaf<T>, write_leaf<T>};
  }
}

template <class T>
constexpr bool holds_secret();
template <class T, std::size_t... indices>
constexpr bool some_member_holds_secret(std::index_sequence<indices...>) {
  return (holds_secret<std::remove_cvref_t<decltype(std::declval<T&>().*std::get<indices>(T::fields()).member)>>() ||
          ...);
}
template <class T>
constexpr bool holds_secret() {
  if constexpr (is_optional<T> || is_vector<T>) return holds_secret<typename T::value_type>();
  else if constexpr (Described<T>)
    return some_member_holds_secret<T>(std::make_index_sequence<std::tuple_size_v<decltype(T::fields())>>());
  else return std::same_as<T, Secret>;
}

}  // namespace detail

template <class T>
constexpr const shape::Shape& shape_of() {
  return detail::kShape<T>;
}

template <class T>
Result<T> from_json(const json& value, Unknown unknown, std::string_view path = {}) {
  T result{};
  if (auto error = shape::read(value, shape_of<T>(), &result, unknown, path)) return std::move(*error);
  return result;
}

// The JSON text of a body, read as a T.
template <Described T>
Result<T> parse_as(std::string_view text, Unknown unknown) {
  auto value = parse_json(text);
  if (!value) return std::move(value.error());
  return from_json<T>(*value, unknown);
}

// Whether to_json may write a Secret in clear: only the page does, to hand a key or a password to its own server.
enum class Secrets { Refuse, Reveal };

template <Secrets secrets = Secrets::Refuse, class T>
json to_json(const T& value) {
  static_assert(secrets == Secrets::Reveal || !detail::holds_secret<T>(), "a secret does not belong into JSON");
  return shape::write(shape_of<T>(), &value);
}

}  // namespace ownkey
