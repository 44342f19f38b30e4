// `agent`: asks a model that may call tools, and asks again with what they brought, until it has its answer. Its output
// is {"output": …, "generated_text": …, "reason": …, "steps": n}.
//
// It always ends: after `max_steps` calls of the model, or when the model makes the very same call a third time. Then
// the last text that it said is the output. What a tool answers is text for the model and decides nothing here.
#include <map>
#include <utility>

#include "server/workflow/node_attempts.h"
#include "server/workflow/nodes/model_call.h"
#include "server/workflow/nodes/nodes.h"
#include "server/workflow/weight.h"
#include "shared/utf8.h"

namespace ownkey::workflow {
namespace {

constexpr std::int64_t kUsualSteps = 10;
constexpr std::int64_t kMostSteps = 25;
constexpr std::size_t kMostCallsPerStep = 5;
constexpr int kSameCallStops = 3;
constexpr std::size_t kMaxLoggedResult = 4000;

struct AgentData {
  std::optional<std::vector<std::string>> tools;
  std::optional<std::int64_t> max_steps;

  static constexpr auto fields() {
    return std::tuple{Field{"tools", &AgentData::tools}, Field{"max_steps", &AgentData::max_steps}};
  }
};

Result<AgentData> read_agent_data(const json& data, const std::string& path) {
  auto read = from_json<AgentData>(data, Unknown::Ignore, path);
  if (!read) return read;
  const auto tools = read->tools.value_or(std::vector<std::string>());
  for (std::size_t i = 0; i < tools.size(); ++i)
    if (!is_tool_name(tools[i]))
      return invalid(path + ".tools[" + std::to_string(i) + "]",
                     "there is no tool '" + tools[i] + "'; use: " + tool_names());
  if (const auto steps = read->max_steps.value_or(kUsualSteps); steps < 1 || steps > kMostSteps)
    return invalid(path + ".max_steps", "'max_steps' must be from 1 to " + std::to_string(kMostSteps));
  return read;
}

std::string_view reason_of(llm::FinishReason reason) {
  switch (reason) {
    case llm::FinishReason::Length: return "length";
    case llm::FinishReason::Refused: return "refused";
    default: return "stop";
  }
}

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : dump_json(value); }

json shortened(const json& result) {
  const auto text = text_of(result);
  if (text.size() <= kMaxLoggedResult) return result;
  return std::string(utf8_prefix(text, kMaxLoggedResult)) + " …";
}

class Agent {
 public:
  Agent(const NodeContext& context, ModelData model, const AgentData& data)
      : context_(context), model_(std::move(model)), max_steps_(data.max_steps.value_or(kUsualSteps)) {
    for (const auto& name : data.tools.value_or(std::vector<std::string>()))
      if (const auto* tool = context.tools.find(name); tool && tool->unavailable().empty())
        tools_.push_back({name, std::string(tool->description()), tool->args()});
  }

  NodeResult run(std::vector<llm::Message> messages) {
    messages_ = std::move(messages);
    for (std::int64_t step = 1; step <= max_steps_; ++step) {
      auto chat = ask_model(context_, model_, messages_, tools_);
      if (chat.key) receipt_.key = std::move(chat.key);
      if (!chat.provider_request_id.empty()) receipt_.provider_request_id = chat.provider_request_id;
      if (!chat.answer) return failed(std::move(chat.answer.error()));
      note_step(*chat.answer);
      const auto calls = std::move(chat.answer->tool_calls);
      if (calls.empty()) return done(reason_of(chat.answer->finish_reason));
      messages_.push_back({.role = llm::Role::Assistant,
                           .text = std::move(chat.answer->text),
                           .tool_calls = calls,
                           .thinking = std::move(chat.answer->thinking)});
      if (conversation_bytes() > kMaxNodeBytes) return failed(grew_too_long());
      if (is_going_round(calls)) return done("repeated_calls");
      for (std::size_t i = 0; i < calls.size(); ++i) answer_call(calls[i], i);
      if (context_.cancel.cancelled()) return failed({ErrorKind::RunFailed, "the run was cancelled"});
      if (conversation_bytes() > kMaxNodeBytes) return failed(grew_too_long());
    }
    return done("max_steps");
  }

 private:
  void note_step(const llm::ChatAnswer& answer) {
    if (!answer.text.empty()) text_ = answer.text;
    add_usage(receipt_.usage, answer.usage);
    auto& step = receipt_.steps.emplace_back();
    step.text = answer.text;
    step.usage = answer.usage;
    if (!answer.provider_request_id.empty()) step.provider_request_id = answer.provider_request_id;
  }

  bool is_going_round(const std::vector<llm::ToolCall>& calls) {
    bool again = false;
    for (const auto& call : calls) again = ++made_[call.name + dump_json(call.arguments)] >= kSameCallStops || again;
    return again;
  }

  // Every call gets an answer: providers refuse a conversation in which one is missing.
  void answer_call(const llm::ToolCall& call, std::size_t place) {
    tell("node.tool_call", {{"id", call.id}, {"name", call.name}, {"arguments", call.arguments}});
    const auto result = place < kMostCallsPerStep ? call_tool(call) : too_many_calls();
    api::ToolUse use{call.name, call.arguments, {}, {}};
    json event{{"id", call.id}, {"name", call.name}};
    if (result) {
      use.result = shortened(*result);
      event["result"] = *use.result;
    } else {
      use.error = api::NodeError{std::string(code_of(result.error().kind)), result.error().public_text};
      event["error"] = to_json(*use.error);
    }
    tell("node.tool_result", std::move(event));
    receipt_.steps.back().tool_calls.push_back(std::move(use));
    messages_.push_back(
        {llm::Role::Tool, result ? text_of(*result) : result.error().public_text, {}, call.id, call.name, !result});
  }

  Result<json> call_tool(const llm::ToolCall& call) const {
    for (const auto& tool : tools_)
      if (tool.name == call.name) return context_.tools.call(call.name, call.arguments, context_.cancel);
    return Error{ErrorKind::InvalidRequest, "you have no tool '" + call.name + "'"};
  }

  static Error grew_too_long() { return too_much("the conversation with the model is longer", kMaxNodeBytes); }

  static Result<json> too_many_calls() {
    return Error{ErrorKind::LimitExceeded, "not called: at most " + std::to_string(kMostCallsPerStep) +
                                               " calls at a time are answered; make it again if you still need it"};
  }

  void tell(std::string_view event, json data) {
    if (!context_.on_step) return;
    data["step"] = receipt_.steps.size();
    context_.on_step(event, std::move(data));
  }

  std::size_t conversation_bytes() const {
    std::size_t bytes = 0;
    for (const auto& message : messages_) {
      bytes += message.text.size();
      for (const auto& call : message.tool_calls)
        bytes += call.id.size() + call.name.size() + weight_of(call.arguments);
    }
    return bytes;
  }

  json output(std::string_view reason) const {
    return {{"output", text_}, {"generated_text", text_}, {"reason", reason}, {"steps", receipt_.steps.size()}};
  }
  NodeResult done(std::string_view reason) { return NodeOutcome{output(reason), std::move(receipt_)}; }
  NodeResult failed(Error error) {
    auto partial = output("error");
    return NodeFailure{std::move(error), std::move(receipt_), std::move(partial)};
  }

  const NodeContext& context_;
  const ModelData model_;
  const std::int64_t max_steps_;
  std::vector<llm::ToolDefinition> tools_;
  std::vector<llm::Message> messages_;
  std::map<std::string, int> made_;  // how often each call was made
  NodeReceipt receipt_;
  std::string text_;  // the last that the model said
};

}  // namespace

Result<void> check_agent(const json& data, const std::string& path) {
  if (const auto model = read_model_data(data, path); !model) return model.error();
  if (const auto agent = read_agent_data(data, path); !agent) return agent.error();
  return {};
}

NodeResult run_agent(const NodeContext& context) {
  auto model = read_model_data(context.data, "data");
  if (!model) return NodeFailure{std::move(model.error())};
  const auto data = read_agent_data(context.data, "data");
  if (!data) return NodeFailure{data.error()};
  auto messages = first_messages(*model, context.inputs);
  if (!messages) return NodeFailure{std::move(messages.error())};
  return Agent(context, std::move(*model), *data).run(std::move(*messages));
}

}  // namespace ownkey::workflow
