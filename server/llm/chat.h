// A conversation with a model, in words that no provider owns. Plain data.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/api/runs.h"
#include "shared/json.h"

namespace ownkey::llm {

enum class Role { System, User, Assistant, Tool };

// A tool that the model may ask for. `parameters` is a JSON Schema object.
struct ToolDefinition {
  std::string name;
  std::string description;
  json parameters;
};

struct ToolCall {
  std::string id;
  std::string name;
  json arguments;  // an object; the text itself where the model wrote something that is no JSON
  // Gemini's thoughtSignature: opaque, must go back with the call or the next turn is refused.
  std::string signature = {};
};

struct Message {
  Role role = Role::User;
  std::string text;
  std::vector<ToolCall> tool_calls = {};  // of an assistant's turn
  // Of a tool's turn: which call it answers (by id; Gemini goes by name), and whether the tool failed.
  std::string tool_call_id = {};
  std::string tool_name = {};
  bool tool_failed = false;
  std::vector<json> thinking = {};  // of an assistant's turn, as it came in the answer
};

struct ChatRequest {
  std::string model;
  std::vector<Message> messages;
  // Sent only when set: newest models refuse it.
  std::optional<double> temperature = {};
  std::optional<std::int64_t> max_tokens = {};
  std::vector<ToolDefinition> tools = {};
};

enum class FinishReason { Stop, Length, ToolCalls, Refused, Other };

struct ChatAnswer {
  std::string text;
  std::vector<ToolCall> tool_calls = {};
  std::optional<api::Usage> usage = {};
  FinishReason finish_reason = FinishReason::Other;
  std::string provider_request_id = {};  // what the provider's support asks for; empty when it gave none
  // Anthropic's thinking blocks: opaque and signed, must go back with a turn that calls tools.
  std::vector<json> thinking = {};
};

// Takes the text of a streamed answer piece by piece, on the thread that made the call.
using OnDelta = std::function<void(std::string_view text)>;

struct Model {
  std::string id;
  std::string display_name;
  std::optional<std::int64_t> context_tokens = {};
  std::optional<std::string> shutdown_date = {};
};

}  // namespace ownkey::llm
