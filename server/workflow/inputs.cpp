#include "server/workflow/inputs.h"

#include <string>

#include "server/workflow/node_kind.h"

namespace ownkey::workflow {
namespace {

// What {"generated_text": …} is about, where one value is wanted.
const json& core_of(const json& output) { return output.is_object() && output.size() == 1 ? *output.begin() : output; }

bool declares(const Node& node, const std::string& input) {
  return !input.empty() && node.kind->declares_input && node.kind->declares_input(node.data, input);
}

}  // namespace

void add_input(json& inputs, const json& output, const Edge& edge, const Node& target) {
  if (output.is_object()) {
    const auto field = edge.target_handle.empty() ? output.end() : output.find(edge.source_handle);
    if (field != output.end()) inputs[edge.target_handle] = *field;
    else if (declares(target, edge.target_handle)) inputs[edge.target_handle] = core_of(output);
    else inputs.update(output);
  } else if (!output.is_null()) {
    inputs[edge.target_handle.empty() ? "input" : edge.target_handle] = output;
  }
}

}  // namespace ownkey::workflow
