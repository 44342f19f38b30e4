// NodeKind: what a type of node accepts and does. One file per kind in nodes/, listed once in node_kinds.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/llm/llm_service.h"
#include "server/workflow/token_budget.h"
#include "server/workflow/tools/tools.h"
#include "shared/api/runs.h"
#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

// The handles of a node that branches.
inline constexpr std::string_view kTrueBranch = "true";
inline constexpr std::string_view kFalseBranch = "false";

// All that a node may use while it runs. Everything is borrowed for the time of the call.
struct NodeContext {
  const json& data;            // of the node
  const json& inputs;          // outputs of its parents, merged: an object
  const json& initial_inputs;  // of the run: an object
  llm::UserLlm& llm;           // calls models on the key of the person who runs the workflow
  Tools& tools;
  TokenBudget& tokens;  // asked before each call of a model
  base::CancelToken cancel;
  std::function<void(std::string_view text)> on_delta;             // text as it arrives; may be empty
  std::function<void(std::string_view event, json data)> on_step;  // "node.tool_call" …; may be empty
};

// What a node's calls cost, and on whose key they ran.
struct NodeReceipt {
  std::optional<api::Usage> usage = {};
  std::optional<api::KeyReceipt> key = {};  // also of a call that failed
  std::string provider_request_id = {};
  std::vector<api::AgentStep> steps = {};
};

struct NodeOutcome {
  json output;
  NodeReceipt receipt = {};
  std::string_view branch = {};  // of a node that branches: the handle at which the run goes on
};

struct NodeFailure {
  Error error;
  NodeReceipt receipt = {};
  std::optional<json> partial_output = {};
};

// One of the two.
struct NodeResult {
  NodeResult(NodeOutcome done) : outcome(std::move(done)) {}
  NodeResult(NodeFailure failed) : failure(std::move(failed)) {}

  NodeReceipt& receipt() { return outcome ? outcome->receipt : failure->receipt; }

  std::optional<NodeOutcome> outcome;
  std::optional<NodeFailure> failure;
};

struct NodeKind {
  std::string_view name;
  // Whether the data of a node of this kind makes sense; `path` names it in the error.
  Result<void> (*check)(const json& data, const std::string& path);
  NodeResult (*run)(const NodeContext& context);
  // Asks the model of its data, with the key that its data names or with the person's usual one.
  bool asks_model = false;
  // Its edges leave from the handles "true" and "false", and one of them is taken.
  bool branches = false;
  // Whether a node with this data names its inputs, and this is one; null for kinds that do not.
  bool (*declares_input)(const json& data, std::string_view name) = nullptr;
};

// Nothing when there is no such kind.
const NodeKind* find_node_kind(std::string_view name);
// "input, llm, …" for messages.
std::string node_kind_names();

}  // namespace ownkey::workflow
