// Run: one run of a workflow as far as the page knows it, while it goes on and afterwards.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/api/runs.h"
#include "web/state/remote.h"

namespace ownkey::state {

// A node that is at work.
struct LiveNode {
  std::string id, type;
  double since_s = 0;
  std::string text = {};  // what its model has said so far
  std::vector<api::ToolUse> tool_calls = {};
};

struct Run {
  Remote<api::RunDetails> record;  // what is known of it: its status, and the nodes that are done
  std::vector<LiveNode> live;
  bool reconnecting = false;  // its events do not come through at the moment
  bool cancelling = false;
  std::optional<std::uint32_t> stream;  // that it is followed by

  bool is_under_way() const;
};

// What an event of the run's stream changes; the text is for whoever cannot see it, empty if it is not worth telling.
std::string take_event(Run& run, std::string_view name, std::string_view data, double now_s, std::size_t nodes);

enum class NodeState { Waiting, Running, Done, Failed, Skipped, Cancelled };

// What is known of a node.
struct NodeRun {
  const api::LogEntry* log = nullptr;  // once it is done
  const LiveNode* live = nullptr;      // while it is at work

  NodeState state() const;
};

// Of all nodes of a graph, as long as the run stays as it is. A thousand nodes are not looked for one by one.
using NodePlaces = std::map<std::string, std::size_t, std::less<>>;  // in the list of nodes, by id
std::vector<NodeRun> node_runs(const Run& run, const NodePlaces& places, std::size_t nodes);

// What the nodes did that are done.
const std::vector<api::LogEntry>& logs_of(const api::RunDetails& record);

// What a run came to, as a text for people: the output of the last output node, or of the last node that has any.
std::string answer_of(const api::RunDetails& record);

// The same of one node.
std::string text_of_output(const json& output);

}  // namespace ownkey::state
