// Compares a JSON value with a schema of an OpenAPI document, as strictly as tests want it: nothing that is not
// described. Knows the part of JSON Schema (draft 2020-12) that our schemas use.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "shared/json.h"

namespace ownkey::test {

class SchemaCheck {
 public:
  explicit SchemaCheck(const json& document) : document_(document) {}

  // What does not fit, each with its place; nothing when all does.
  std::vector<std::string> faults(const json& value, const json& schema) const {
    std::vector<std::string> found;
    check(value, schema, "answer", found);
    return found;
  }

 private:
  void check(const json& value, const json& schema, const std::string& at, std::vector<std::string>& found) const {
    if (schema.contains("$ref"))
      return check(value, document_.at(json::json_pointer(schema["$ref"].get<std::string>().substr(1))), at, found);
    if (!schema.contains("type")) return;  // anything
    const std::string type = schema["type"];
    if (!has_type(value, type)) return found.push_back(at + " is no " + type + ": " + value.dump());
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
      found.push_back(at + " is none of " + schema["enum"].dump() + ": " + value.dump());
    if (type == "array")
      for (std::size_t i = 0; i < value.size(); ++i)
        check(value[i], schema["items"], at + "[" + std::to_string(i) + "]", found);
    if (schema.contains("properties")) check_members(value, schema, at, found);
  }

  void check_members(const json& value, const json& schema, const std::string& at,
                     std::vector<std::string>& found) const {
    for (const auto& name : schema.at("required"))
      if (!value.contains(name)) found.push_back(at + " lacks " + name.dump());
    for (const auto& [name, member] : value.items()) {
      if (!schema.at("properties").contains(name)) found.push_back(at + "." + name + " is not described");
      else check(member, schema["properties"][name], at + "." + name, found);
    }
  }

  static bool has_type(const json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    return type == "number" && value.is_number();
  }

  const json& document_;
};

}  // namespace ownkey::test
