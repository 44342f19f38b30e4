// `custom`: a joint with named ends. It takes the inputs that it declares and gives the outputs that it declares; with
// none declared, all of them. An output with a `value` is that text with its {{fields}} filled in, any other the input
// of the same name. There is no code in it.
#include <algorithm>
#include <utility>
#include <vector>

#include "server/workflow/nodes/nodes.h"
#include "server/workflow/prompt.h"
#include "server/workflow/weight.h"
#include "shared/fields.h"

namespace ownkey::workflow {
namespace {

// An end is a name, or an object with one; what else is in it is the drawing program's.
struct End {
  std::string name;
  std::optional<std::string> value;

  static constexpr auto fields() { return std::tuple{Field{"name", &End::name}, Field{"value", &End::value}}; }
};

struct CustomData {
  std::optional<std::vector<json>> inputs;
  std::optional<std::vector<json>> outputs;

  static constexpr auto fields() {
    return std::tuple{Field{"inputs", &CustomData::inputs}, Field{"outputs", &CustomData::outputs}};
  }
};

Result<std::vector<End>> read_ends(const std::optional<std::vector<json>>& list, const std::string& path) {
  std::vector<End> ends;
  for (const auto& entry : list.value_or(std::vector<json>())) {
    const auto at = path + "[" + std::to_string(ends.size()) + "]";
    auto end =
        entry.is_string() ? Result<End>(End{entry.get<std::string>(), {}}) : from_json<End>(entry, Unknown::Ignore, at);
    if (!end) return std::move(end.error());
    if (end->name.empty()) return invalid(at, "an input or output needs a name");
    ends.push_back(std::move(*end));
  }
  return ends;
}

struct Ends {
  std::vector<End> inputs;
  std::vector<End> outputs;
};

Result<Ends> read(const json& data, const std::string& path) {
  const auto lists = from_json<CustomData>(data, Unknown::Ignore, path);
  if (!lists) return lists.error();
  auto inputs = read_ends(lists->inputs, path + ".inputs");
  if (!inputs) return std::move(inputs.error());
  auto outputs = read_ends(lists->outputs, path + ".outputs");
  if (!outputs) return std::move(outputs.error());
  return Ends{std::move(*inputs), std::move(*outputs)};
}

// Those of the inputs that are declared.
json taken(const std::vector<End>& declared, const json& inputs) {
  if (declared.empty()) return inputs;
  json taken = json::object();
  for (const auto& end : declared)
    if (const auto input = inputs.find(end.name); input != inputs.end()) taken[end.name] = *input;
  return taken;
}

}  // namespace

Result<void> check_custom(const json& data, const std::string& path) {
  if (const auto checked = read(data, path); !checked) return checked.error();
  return {};
}

bool custom_declares_input(const json& data, std::string_view name) {
  const auto ends = read(data, "data");
  return ends && std::ranges::find(ends->inputs, name, &End::name) != ends->inputs.end();
}

NodeResult run_custom(const NodeContext& context) {
  const auto ends = read(context.data, "data");
  if (!ends) return NodeFailure{ends.error()};
  json inputs = taken(ends->inputs, context.inputs);
  if (ends->outputs.empty()) return NodeOutcome{std::move(inputs)};
  json output = json::object();
  std::size_t weight = 0;
  for (const auto& end : ends->outputs) {
    auto value = end.value ? fill_value(*end.value, inputs) : Result<json>(inputs.value(end.name, json()));
    if (!value) return NodeFailure{std::move(value.error())};
    // Many ends may name one large input: a few names must not fill the memory before anybody weighs what came out.
    weight += weight_of(*value);
    if (weight > kMaxNodeBytes) return NodeFailure{too_much("the output of this node is larger", kMaxNodeBytes)};
    output[end.name] = std::move(*value);
  }
  return NodeOutcome{std::move(output)};
}

}  // namespace ownkey::workflow
