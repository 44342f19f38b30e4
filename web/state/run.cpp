#include "web/state/run.h"

#include <algorithm>

#include "web/state/canvas.h"
#include "web/state/node_kinds.h"

namespace ownkey::state {
namespace {

LiveNode* find_live(Run& run, std::string_view id) {
  for (auto& node : run.live)
    if (node.id == id) return &node;
  return nullptr;
}

bool is_known(const std::vector<api::LogEntry>& logs, std::string_view node) {
  return std::any_of(logs.begin(), logs.end(), [&](const auto& entry) { return entry.node_id == node; });
}

void take_tool_result(LiveNode& node, const json& data) {
  const std::string_view name = text_in(data, "name");
  for (auto& call : node.tool_calls) {
    if (call.name != name || call.result || call.error) continue;
    if (const auto error = data.find("error"); error != data.end())
      call.error = api::NodeError{std::string(text_in(*error, "code")), std::string(text_in(*error, "detail"))};
    else if (const auto result = data.find("result"); result != data.end()) call.result = *result;
    return;
  }
}

std::string ending(api::RunStatus status) {
  if (status == api::RunStatus::Success) return "The answer is there.";
  return status == api::RunStatus::Cancelled ? "The run was cancelled." : "The run failed.";
}

std::string take_node_event(Run& run, std::string_view what, const json& data, double now_s, std::size_t nodes) {
  auto& record = *run.record.value();
  const std::string_view id = text_in(data, "node_id");
  if (what == "started") {
    run.live.push_back({std::string(id), std::string(text_in(data, "type")), now_s});
    return "Step " + std::to_string(logs_of(record).size() + 1) + " of " + std::to_string(nodes) + ": " +
           kind_name(run.live.back().type) + ".";
  }
  if (what == "finished" || what == "failed") {
    std::erase_if(run.live, [&](const LiveNode& node) { return node.id == id; });
    if (auto entry = from_json<api::LogEntry>(data, Unknown::Ignore); entry && !is_known(logs_of(record), id)) {
      if (!record.logs) record.logs.emplace();
      record.logs->push_back(std::move(*entry));
    }
    return {};
  }
  LiveNode* node = find_live(run, id);
  if (!node) return {};
  if (what == "delta") node->text += text_in(data, "text");
  else if (what == "tool_call" && data.contains("arguments")) {
    // What was said before is in the step that ends with this call.
    node->text.clear();
    node->tool_calls.push_back({std::string(text_in(data, "name")), data["arguments"], {}, {}});
  } else if (what == "tool_result") take_tool_result(*node, data);
  return {};
}

}  // namespace

bool Run::is_under_way() const {
  const auto* known = record.value();
  return known && (known->status == api::RunStatus::Queued || known->status == api::RunStatus::Running);
}

std::string take_event(Run& run, std::string_view name, std::string_view data, double now_s, std::size_t nodes) {
  run.reconnecting = name.empty();
  auto parsed = name.empty() ? Result<json>(json()) : parse_json(data, SIZE_MAX);
  if (!run.record.value() || !parsed || !(*parsed).is_object()) return {};
  auto& record = *run.record.value();
  if (name == "run.queued" || name == "run.started") {
    record.status = name == "run.queued" ? api::RunStatus::Queued : api::RunStatus::Running;
    const auto position = (*parsed).find("position");
    record.position.reset();
    if (position != (*parsed).end() && position->is_number()) record.position = position->get<std::int64_t>();
    return {};
  }
  if (name == "run.finished") {
    run.live.clear();
    run.cancelling = false;
    (*parsed)["started_at"] = record.started_at;
    auto last = from_json<api::RunDetails>(*parsed, Unknown::Ignore);
    if (!last) return {};
    run.record.set(std::move(*last));
    return ending(run.record.value()->status);
  }
  if (!name.starts_with("node.")) return {};
  return take_node_event(run, name.substr(5), *parsed, now_s, nodes);
}

const std::vector<api::LogEntry>& logs_of(const api::RunDetails& record) {
  static const std::vector<api::LogEntry> kNone;
  return record.logs ? *record.logs : kNone;
}

std::vector<NodeRun> node_runs(const Run& run, const NodePlaces& places, std::size_t nodes) {
  std::vector<NodeRun> all(nodes);
  if (const auto* record = run.record.value())
    for (const auto& entry : logs_of(*record))
      if (const auto found = places.find(entry.node_id); found != places.end()) all[found->second].log = &entry;
  for (const auto& node : run.live)
    if (const auto found = places.find(node.id); found != places.end()) all[found->second].live = &node;
  return all;
}

NodeState NodeRun::state() const {
  if (live) return NodeState::Running;
  if (!log) return NodeState::Waiting;
  switch (log->status) {
    case api::NodeStatus::Success: return NodeState::Done;
    case api::NodeStatus::Error: return NodeState::Failed;
    case api::NodeStatus::Skipped: return NodeState::Skipped;
    case api::NodeStatus::Cancelled: return NodeState::Cancelled;
  }
  return NodeState::Waiting;
}

std::string text_of_output(const json& output) {
  if (output.is_string()) return output.get<std::string>();
  for (const auto* name : {"generated_text", "output", "input"})
    if (const auto text = text_in(output, name); !text.empty()) return std::string(text);
  if (output.is_null()) return {};
  // Several answers side by side, each under its name.
  std::string all;
  for (const auto& item : output.items()) {
    if (!output.is_object() || !item.value().is_string()) return dump_json(output);
    all += (all.empty() ? "" : "\n\n") + readable(item.key()) + ":\n" + item.value().get<std::string>();
  }
  return all.empty() ? dump_json(output) : all;
}

std::string answer_of(const api::RunDetails& record) {
  const auto output_of = [&](const api::LogEntry& entry) -> std::string {
    if (record.results && record.results->is_object())
      if (const auto found = record.results->find(entry.node_id); found != record.results->end())
        return text_of_output(*found);
    return entry.output ? text_of_output(*entry.output) : "";
  };
  const auto& logs = logs_of(record);
  for (const bool ends_only : {true, false})
    for (auto entry = logs.rbegin(); entry != logs.rend(); ++entry)
      if (!ends_only || entry->type == "output" || entry->type == "end")
        if (std::string text = output_of(*entry); !text.empty()) return text;
  return {};
}

}  // namespace ownkey::state
