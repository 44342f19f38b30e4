// Schemas: JSON Schemas (draft 2020-12, as OpenAPI 3.1 takes them) of the messages, made from their lists of fields.
// A message is described once, under its own name, and referred to from wherever it is used.
// One thread at a time.
#pragma once

#include <concepts>
#include <string>
#include <tuple>
#include <type_traits>
#include <typeinfo>

#include "shared/fields.h"
#include "shared/limits.h"

namespace ownkey::http {

class Schemas {
 public:
  // The schema of a T, or a reference to it.
  template <class T>
  json of();

  // What the references lead to, by name.
  const json& components() const { return components_; }

 private:
  static std::string name_of_type(const std::type_info& type);
  static json number(std::string_view type, std::string_view format);
  static void apply(const Limit& limit, json& schema);

  template <Described T>
  json of_message();

  json components_ = json::object();
};

// A way to ask for a schema later.
using SchemaOf = json (*)(Schemas&);
template <class T>
inline constexpr SchemaOf schema_of = [](Schemas& schemas) { return schemas.of<T>(); };

template <class T>
json Schemas::of() {
  if constexpr (detail::is_optional<T>) {
    return of<typename T::value_type>();
  } else if constexpr (std::same_as<T, json>) {
    return json::object();  // anything
  } else if constexpr (std::same_as<T, std::string>) {
    return {{"type", "string"}};
  } else if constexpr (std::same_as<T, Secret>) {
    return {{"type", "string"}, {"format", "password"}};
  } else if constexpr (std::same_as<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::integral<T>) {
    return number("integer", sizeof(T) > sizeof(std::int32_t) ? "int64" : "int32");
  } else if constexpr (std::floating_point<T>) {
    return number("number", "double");
  } else if constexpr (NamedEnum<T>) {
    json names = json::array();
    for (const auto& [value, text] : names_of(T{})) names.push_back(text);
    return {{"type", "string"}, {"enum", std::move(names)}};
  } else if constexpr (detail::is_vector<T>) {
    return {{"type", "array"}, {"items", of<typename T::value_type>()}};
  } else {
    return of_message<T>();
  }
}

template <Described T>
json Schemas::of_message() {
  const std::string name = name_of_type(typeid(T));
  const json reference{{"$ref", "#/components/schemas/" + name}};
  if (components_.contains(name)) return reference;
  json properties = json::object(), required = json::array();
  const auto add = [&](const auto& field) {
    using Member = std::remove_cvref_t<decltype(std::declval<T>().*field.member)>;
    const std::string field_name(field.name);
    properties[field_name] = of<Member>();
    if (!detail::is_optional<Member>) required.push_back(field_name);
  };
  std::apply([&](const auto&... field) { (add(field), ...); }, T::fields());
  if constexpr (requires { T::limits(); })
    for (const auto& limit : T::limits()) apply(limit, properties.at(std::string(limit.field)));
  components_[name] = {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
  return reference;
}

}  // namespace ownkey::http
