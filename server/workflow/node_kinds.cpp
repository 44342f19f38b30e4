#include <algorithm>
#include <array>

#include "server/workflow/node_kind.h"
#include "server/workflow/nodes/nodes.h"

namespace ownkey::workflow {
namespace {

constexpr std::array kKinds{kInputNode,    kLlmNode,    kAgentNode,   kToolNode,   kConditionNode,
                            kTemplateNode, kCustomNode, kDefaultNode, kOutputNode, kEndNode};

}  // namespace

const NodeKind* find_node_kind(std::string_view name) {
  const auto* found = std::ranges::find(kKinds, name, &NodeKind::name);
  return found == kKinds.end() ? nullptr : found;
}

std::string node_kind_names() {
  std::string names;
  for (const auto& kind : kKinds) names += (names.empty() ? "" : ", ") + std::string(kind.name);
  return names;
}

}  // namespace ownkey::workflow
