// `tool`: calls one tool. Its output is {"output": …}.
//
// Texts in `args` are filled as templates; a text that is nothing but one {{field}} becomes that input itself, so that
// numbers stay numbers. What the tool takes and `args` does not give comes from the input of the same name.
#include <utility>

#include "server/workflow/nodes/nodes.h"
#include "server/workflow/prompt.h"
#include "server/workflow/weight.h"
#include "shared/fields.h"

namespace ownkey::workflow {
namespace {

struct ToolData {
  std::string tool;
  std::optional<json> args;

  static constexpr auto fields() { return std::tuple{Field{"tool", &ToolData::tool}, Field{"args", &ToolData::args}}; }
};

Result<ToolData> read(const json& data, const std::string& path) {
  auto read = from_json<ToolData>(data, Unknown::Ignore, path);
  if (!read) return read;
  if (!is_tool_name(read->tool))
    return invalid(path + ".tool", "there is no tool '" + read->tool + "'; use: " + tool_names());
  if (read->args && !read->args->is_object()) return invalid(path + ".args", "'args' must be an object");
  return read;
}

// `weight` adds up what was filled in: many texts may name one large input.
Result<void> fill(json& value, const json& inputs, std::size_t& weight) {
  if (value.is_string()) {
    auto filled = fill_value(value.get_ref<const std::string&>(), inputs);
    if (!filled) return std::move(filled.error());
    weight += weight_of(*filled);
    if (weight > kMaxNodeBytes) return too_much("the arguments of this tool are larger", kMaxNodeBytes);
    value = std::move(*filled);
  } else if (value.is_structured()) {
    for (auto& member : value)
      if (auto filled = fill(member, inputs, weight); !filled) return filled;
  }
  return {};
}

void take_missing(json& args, const json& schema, const json& inputs) {
  for (const auto& [name, ignored] : schema.at("properties").items())
    if (const auto input = inputs.find(name); input != inputs.end() && !args.contains(name)) args[name] = *input;
}

}  // namespace

Result<void> check_tool(const json& data, const std::string& path) {
  if (const auto checked = read(data, path); !checked) return checked.error();
  return {};
}

NodeResult run_tool(const NodeContext& context) {
  auto data = read(context.data, "data");
  if (!data) return NodeFailure{std::move(data.error())};
  json args = std::move(data->args).value_or(json::object());
  std::size_t weight = 0;
  if (auto filled = fill(args, context.inputs, weight); !filled) return NodeFailure{std::move(filled.error())};
  if (const auto* tool = context.tools.find(data->tool)) take_missing(args, tool->args(), context.inputs);
  auto result = context.tools.call(data->tool, args, context.cancel);
  if (!result) return NodeFailure{std::move(result.error())};
  return NodeOutcome{json{{"output", std::move(*result)}}};
}

}  // namespace ownkey::workflow
