// Run: one run of a workflow as far as the page knows it, while it goes on and afterwards.
#pragma once

#include <cstdint>
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
NodeState node_state(const Run& run, std::string_view node);

const api::LogEntry* log_of(const Run& run, std::string_view node);
const LiveNode* live_node(const Run& run, std::string_view node);

// What the nodes did that are done.
const std::vector<api::LogEntry>& logs_of(const api::RunDetails& record);

// What a run came to, as a text for people: the output of the last output node, or of the last node that has any.
std::string answer_of(const api::RunDetails& record);

// The same of one node.
std::string text_of_output(const json& output);

}  // namespace ownkey::state
