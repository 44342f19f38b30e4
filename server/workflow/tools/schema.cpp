#include "server/workflow/tools/schema.h"

#include <algorithm>
#include <string_view>

namespace ownkey::workflow {
namespace {

bool has_type(const json& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

// Characters, not bytes: UTF-8 continues a character with bytes 10xxxxxx.
std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

Result<void> check_members(const json& schema, const json& value, const std::string& path) {
  for (const auto& name : schema.value("required", json::array()))
    if (!value.contains(name))
      return invalid(path + "." + name.get<std::string>(), "'" + path + "." + name.get<std::string>() + "' is missing");
  const json properties = schema.value("properties", json::object());
  for (const auto& [name, member] : value.items()) {
    const auto known = properties.find(name);
    if (known == properties.end()) {
      if (schema.value("additionalProperties", json(true)) == false)
        return invalid(path + "." + name, "'" + path + "." + name + "' is not known here; leave it out");
      continue;
    }
    if (auto checked = check_schema(*known, member, path + "." + name); !checked) return checked;
  }
  return {};
}

Result<void> check_number(const json& schema, const json& value, const std::string& path) {
  if (schema.contains("minimum") && value < schema["minimum"])
    return invalid(path, "'" + path + "' must be " + schema["minimum"].dump() + " or more");
  if (schema.contains("maximum") && value > schema["maximum"])
    return invalid(path, "'" + path + "' must be " + schema["maximum"].dump() + " or less");
  return {};
}

Result<void> check_text(const json& schema, const json& value, const std::string& path) {
  const auto length = characters(value.get_ref<const std::string&>());
  if (length < schema.value("minLength", std::size_t{0})) return invalid(path, "'" + path + "' must not be empty");
  if (const auto most = schema.value("maxLength", SIZE_MAX); length > most)
    return invalid(path, "'" + path + "' can be at most " + std::to_string(most) + " characters long");
  return {};
}

}  // namespace

Result<void> check_schema(const json& schema, const json& value, const std::string& path) {
  if (const auto type = schema.find("type");
      type != schema.end() && !has_type(value, type->get_ref<const std::string&>()))
    return invalid(path, "'" + path + "' must be of type " + type->get<std::string>());
  if (const auto choices = schema.find("enum");
      choices != schema.end() && std::find(choices->begin(), choices->end(), value) == choices->end())
    return invalid(path, "'" + path + "' must be one of " + choices->dump());
  if (value.is_object()) return check_members(schema, value, path);
  if (value.is_number()) return check_number(schema, value, path);
  if (value.is_string()) return check_text(schema, value, path);
  if (value.is_array() && schema.contains("items"))
    for (std::size_t i = 0; i < value.size(); ++i)
      if (auto checked = check_schema(schema["items"], value[i], path + "[" + std::to_string(i) + "]"); !checked)
        return checked;
  return {};
}

}  // namespace ownkey::workflow
