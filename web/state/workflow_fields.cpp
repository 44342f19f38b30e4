#include "web/state/workflow_fields.h"

#include <algorithm>

namespace ownkey::state {
namespace {

// In OpenAI's published API description without an announced end, and inexpensive.
constexpr std::string_view kDefaultModel = "gpt-5.4-mini";

std::string text_in(const json& object, std::string_view name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

bool is_model_node(const json& node) {
  const std::string type = text_in(node, "type");
  return type == "llm" || type == "agent";
}
bool is_input_node(const json& node) { return text_in(node, "type") == "input"; }

// The data of the first node of that kind, null if there is none. Json is `json` or `const json`.
template <class Json>
Json* data_of(Json& canvas_state, bool (*wanted)(const json&)) {
  if (!canvas_state.is_object()) return nullptr;
  const auto nodes = canvas_state.find("nodes");
  if (nodes == canvas_state.end() || !nodes->is_array()) return nullptr;
  for (auto& node : *nodes) {
    if (!wanted(node)) continue;
    const auto data = node.find("data");
    return data != node.end() && data->is_object() ? &*data : nullptr;
  }
  return nullptr;
}

// A member of a node's data that holds a field; without data if there is no such node.
template <class Json>
struct Place {
  Json* data;
  std::string_view name;

  // Empty too where it holds something other than text: that is not for people to edit here.
  std::optional<std::string> text() const {
    if (!data) return std::nullopt;
    const auto found = data->find(name);
    if (found == data->end()) return "";
    return found->is_string() ? std::optional(found->template get<std::string>()) : std::nullopt;
  }
  void set(const std::optional<std::string>& text) const {
    if (data && text) (*data)[std::string(name)] = *text;
  }
};

template <class Json>
Place<Json> model_place(Json& canvas_state) {
  return {data_of(canvas_state, is_model_node), "model"};
}

template <class Json>
Place<Json> prompt_place(Json& canvas_state) {
  if (Json* input = data_of(canvas_state, is_input_node)) return {input, "input"};
  return {data_of(canvas_state, is_model_node), "prompt"};
}

std::string text_of_output(const json& output) {
  if (output.is_string()) return output.get<std::string>();
  for (const auto* name : {"generated_text", "output", "input"})
    if (std::string text = text_in(output, name); !text.empty()) return text;
  return output.is_null() ? "" : dump_json(output);
}

}  // namespace

WorkflowFields fields_of(const json& canvas_state) {
  return {model_place(canvas_state).text(), prompt_place(canvas_state).text(),
          data_of(canvas_state, is_input_node) != nullptr};
}

json with_fields(json canvas_state, const WorkflowFields& fields) {
  model_place(canvas_state).set(fields.model);
  prompt_place(canvas_state).set(fields.prompt);
  return canvas_state;
}

api::SaveWorkflowRequest example_workflow() {
  const auto node = [](std::string id, std::string type, int x, json data) {
    return json{{"id", std::move(id)},
                {"type", std::move(type)},
                {"position", {{"x", x}, {"y", 0}}},
                {"data", std::move(data)}};
  };
  const auto edge = [](std::string source, std::string target) {
    return json{{"id", source + "-" + target}, {"source", source}, {"target", target}};
  };
  const std::string question = "Explain in two sentences why the sky is blue.";
  json canvas_state;
  canvas_state["nodes"] = json::array({
      node("question", "input", 0, {{"label", "Question"}, {"input", question}}),
      node("model", "llm", 280, {{"label", "Model"}, {"model", std::string(kDefaultModel)}, {"prompt", "{{input}}"}}),
      node("answer", "output", 560, {{"label", "Answer"}}),
  });
  canvas_state["edges"] = json::array({edge("question", "model"), edge("model", "answer")});
  return {"Ask a model", "Sends your prompt to one model and shows its answer.", std::move(canvas_state), {}};
}

std::string unused_name(const std::string& name, const std::vector<api::Workflow>& workflows) {
  std::string candidate = name;
  const auto is_candidate = [&](const api::Workflow& workflow) { return workflow.name == candidate; };
  for (int number = 2; std::any_of(workflows.begin(), workflows.end(), is_candidate); ++number)
    candidate = name + " " + std::to_string(number);
  return candidate;
}

std::string answer_of(const api::RunResult& result) {
  const auto is_end = [](const api::LogEntry& entry) { return entry.type == "output" || entry.type == "end"; };
  const auto output_of = [&](const api::LogEntry& entry) -> std::string {
    if (result.results.is_object())
      if (const auto found = result.results.find(entry.node_id); found != result.results.end())
        return text_of_output(*found);
    return entry.output ? text_of_output(*entry.output) : "";
  };
  for (const bool ends_only : {true, false})
    for (auto entry = result.logs.rbegin(); entry != result.logs.rend(); ++entry)
      if (!ends_only || is_end(*entry))
        if (std::string text = output_of(*entry); !text.empty()) return text;
  return {};
}

}  // namespace ownkey::state
