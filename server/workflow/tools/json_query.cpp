// `json_query`: takes one value out of JSON by a JSON Pointer (RFC 6901).
#include "server/workflow/tools/all_tools.h"

namespace ownkey::workflow {
namespace {

constexpr std::size_t kNamesShown = 20;

std::string what_is_there(const json& value) {
  if (value.is_array()) return "a list of " + std::to_string(value.size());
  if (!value.is_object()) return "a single value";
  std::string names;
  std::size_t shown = 0;
  for (const auto& [name, member] : value.items()) {
    if (++shown > kNamesShown) return "an object with " + names + ", …";
    names += (names.empty() ? "'" : ", '") + name + "'";
  }
  return names.empty() ? "an empty object" : "an object with " + names;
}

// As far as the pointer leads.
Error nothing_at(json::json_pointer pointer, const json& data) {
  const auto asked = pointer.to_string();
  while (!pointer.empty() && !data.contains(pointer)) pointer.pop_back();
  return {ErrorKind::InvalidRequest,
          "there is nothing at '" + asked + "': at '" + pointer.to_string() + "' is " + what_is_there(data[pointer])};
}

class JsonQuery final : public Tool {
 public:
  std::string_view name() const override { return "json_query"; }
  std::string_view description() const override {
    return "Takes one value out of JSON data by a JSON Pointer: '/items/0/name' is the name of the first item.";
  }
  json args() const override {
    return {{"type", "object"},
            {"properties",
             {{"data", {{"description", "the JSON, as a value or as text"}}},
              {"pointer",
               {{"type", "string"},
                {"description", "JSON Pointer (RFC 6901); empty for everything"},
                {"maxLength", 1000}}}}},
            {"required", {"data", "pointer"}},
            {"additionalProperties", false}};
  }

  Result<json> call(const json& args, const base::CancelToken&) const override {
    auto data = args["data"].is_string() ? parse_json(args["data"].get_ref<const std::string&>()) : args["data"];
    if (!data) return Error{ErrorKind::InvalidRequest, "the data is not JSON: " + data.error().public_text};
    try {
      const json::json_pointer pointer(args["pointer"].get_ref<const std::string&>());
      if (!data->contains(pointer)) return nothing_at(pointer, *data);
      return (*data)[pointer];
    } catch (const json::exception&) {  // how the library says that a pointer is none
      return Error{ErrorKind::InvalidRequest,
                   "the pointer must be empty or begin with '/', as in /items/0/name; '~' is written ~0, '/' ~1"};
    }
  }
};

}  // namespace

std::unique_ptr<Tool> make_json_query() { return std::make_unique<JsonQuery>(); }

}  // namespace ownkey::workflow
