#include "server/llm/openai.h"

#include <map>

#include "server/llm/provider_error.h"

namespace ownkey::llm {
namespace {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::System: return "system";
    case Role::Assistant: return "assistant";
    case Role::Tool: return "tool";
    case Role::User: break;
  }
  return "user";
}

json message_json(const Message& message) {
  json result{{"role", role_name(message.role)}, {"content", message.text}};
  if (message.role == Role::Tool) result["tool_call_id"] = message.tool_call_id;
  if (message.tool_calls.empty()) return result;
  if (message.text.empty()) result["content"] = nullptr;
  for (const auto& call : message.tool_calls) {
    const json arguments = call.arguments.is_string() ? call.arguments : json(dump_json(call.arguments));
    result["tool_calls"].push_back(
        {{"id", call.id}, {"type", "function"}, {"function", {{"name", call.name}, {"arguments", arguments}}}});
  }
  return result;
}

json tool_json(const ToolDefinition& tool) {
  return {{"type", "function"},
          {"function", {{"name", tool.name}, {"description", tool.description}, {"parameters", tool.parameters}}}};
}

FinishReason finish_reason(std::string_view name) {
  if (name == "stop") return FinishReason::Stop;
  if (name == "length") return FinishReason::Length;
  if (name == "tool_calls") return FinishReason::ToolCalls;
  if (name == "content_filter") return FinishReason::Refused;
  return FinishReason::Other;
}

std::optional<api::Usage> usage_of(const json& body) {
  const json& usage = object_at(body, "usage");
  if (usage.empty()) return std::nullopt;
  return api::Usage{tokens_at(usage, "prompt_tokens"), tokens_at(usage, "completion_tokens")};
}

// Arguments come as text; a model may write them wrong, and then the tool says so to it.
json arguments_of(const std::string& text) {
  if (text.empty()) return json::object();
  auto parsed = parse_json(text);
  return parsed ? std::move(*parsed) : json(text);
}

Complaint complaint_of(const json& error, int status) {
  return {status, text_at(error, "type"), text_at(error, "code"), text_at(error, "message")};
}

ErrorKind classify(const Complaint& complaint) {
  const auto& [status, type, code, message, wait] = complaint;
  if (type == "insufficient_quota" || code == "insufficient_quota" || contains(code, "credit_balance") ||
      contains(code, "billing"))
    return ErrorKind::NoCredit;
  if (code == "context_length_exceeded" || contains(message, "maximum context length"))
    return ErrorKind::ContextTooLong;
  if (code == "unsupported_country_region_territory") return ErrorKind::CountryNotServed;
  if (code == "model_not_found") return ErrorKind::ModelNotFound;
  if (contains(message, "Missing scopes") || contains(message, "IP not authorized") || code == "ip_not_authorized")
    return ErrorKind::PermissionDenied;
  if (status == 503 || type == "service_unavailable_error" || code == "server_is_overloaded")
    return ErrorKind::ProviderOverloaded;
  // A stream that has begun brings no status of its own; the codes say the same.
  if (code == "invalid_api_key") return ErrorKind::KeyRejected;
  if (code == "rate_limit_exceeded" || code == "slow_down") return ErrorKind::ProviderRateLimited;
  return kind_of_status(status);
}

// What a piece of a stream complains of; compatible services may say it in a bare text.
std::optional<Complaint> complaint_in(const json& chunk) {
  constexpr int kAsStatus = 500;
  const auto error = chunk.is_object() ? chunk.find("error") : chunk.end();
  if (error == chunk.end() || error->empty()) return std::nullopt;
  if (error->is_object()) return complaint_of(*error, kAsStatus);
  return Complaint{kAsStatus, "", "", error->is_string() ? error->get<std::string>() : dump_json(*error)};
}

class OpenAiStream final : public AnswerStream {
 public:
  OpenAiStream(Provider provider, OnDelta on_delta) : provider_(provider), on_delta_(std::move(on_delta)) {}

  Result<void> take(const SseEvent& event) override {
    if (event.data == "[DONE]") {
      done_ = true;
      return {};
    }
    auto chunk = parse_json(event.data);
    if (!chunk) return broken_off(provider_);
    if (const auto complaint = complaint_in(*chunk)) return explain(provider_, classify(*complaint), *complaint);
    // The chunk that brings the usage has no choices.
    if (auto usage = usage_of(*chunk)) answer_.usage = usage;
    const json& choices = list_at(*chunk, "choices");
    if (choices.empty()) return {};
    const json& delta = object_at(choices[0], "delta");
    if (const auto text = text_at(delta, "content"); !text.empty()) {
      answer_.text += text;
      on_delta_(text);
    }
    for (const auto& call : list_at(delta, "tool_calls")) add_to_call(call);
    if (const auto reason = text_at(choices[0], "finish_reason"); !reason.empty()) {
      answer_.finish_reason = finish_reason(reason);
      finished_ = true;
    }
    return {};
  }

  Result<ChatAnswer> finish() override {
    // Some compatible services leave the [DONE] out.
    if (!done_ && !finished_) return broken_off(provider_);
    for (auto& [index, call] : calls_) {
      call.call.arguments = arguments_of(call.arguments);
      answer_.tool_calls.push_back(std::move(call.call));
    }
    return std::move(answer_);
  }

 private:
  struct PartialCall {
    ToolCall call;
    std::string arguments;
  };

  // Pieces of several calls may alternate; the index says which call a piece belongs to.
  void add_to_call(const json& piece) {
    auto& [call, arguments] = calls_[number_at(piece, "index")];
    const json& function = object_at(piece, "function");
    if (call.id.empty()) call.id = text_at(piece, "id");
    call.name += text_at(function, "name");
    arguments += text_at(function, "arguments");
  }

  Provider provider_;
  OnDelta on_delta_;
  ChatAnswer answer_;
  std::map<std::int64_t, PartialCall> calls_;
  bool finished_ = false;
  bool done_ = false;
};

class OpenAiClient final : public ProviderClient {
 public:
  explicit OpenAiClient(Provider provider) : provider_(provider) {}

  KeyHeader key_header() const override { return {"Authorization", "Bearer "}; }

  HttpRequest chat(const ChatRequest& request, Streamed streamed) const override {
    json body{{"model", request.model}, {"messages", json::array()}};
    for (const auto& message : request.messages) body["messages"].push_back(message_json(message));
    for (const auto& tool : request.tools) body["tools"].push_back(tool_json(tool));
    if (request.temperature) body["temperature"] = *request.temperature;
    if (request.max_tokens) body[max_tokens_name()] = *request.max_tokens;
    if (streamed == Streamed::Yes) {
      body["stream"] = true;
      body["stream_options"] = {{"include_usage", true}};
    }
    return {"POST", "/chat/completions", {}, dump_json(body)};
  }

  Result<ChatAnswer> read_answer(const HttpAnswer& answer) const override {
    auto body = parse_json(answer.body);
    if (!body || list_at(*body, "choices").empty()) return not_the_api(provider_, answer);
    const json& choice = list_at(*body, "choices")[0];
    const json& message = object_at(choice, "message");
    ChatAnswer result{
        text_at(message, "content"), {}, usage_of(*body), finish_reason(text_at(choice, "finish_reason"))};
    for (const auto& call : list_at(message, "tool_calls")) {
      const json& function = object_at(call, "function");
      result.tool_calls.push_back(
          {text_at(call, "id"), text_at(function, "name"), arguments_of(text_at(function, "arguments"))});
    }
    return result;
  }

  std::unique_ptr<AnswerStream> read_stream(OnDelta on_delta) const override {
    return std::make_unique<OpenAiStream>(provider_, std::move(on_delta));
  }

  HttpRequest list_models(const std::string&) const override { return {"GET", "/models"}; }

  Result<ModelPage> read_models(const HttpAnswer& answer) const override {
    auto body = parse_json(answer.body);
    if (!body || !body->is_object() || !body->contains("data")) return not_the_api(provider_, answer);
    ModelPage page;
    for (const auto& entry : list_at(*body, "data")) {
      Model model{text_at(entry, "id"), text_at(entry, "id")};
      if (auto date = text_at(entry, "shutdown_date"); !date.empty()) model.shutdown_date = std::move(date);
      if (!model.id.empty()) page.models.push_back(std::move(model));
    }
    return page;
  }

  Error read_error(const HttpAnswer& answer, std::string_view model) const override {
    const auto body = parse_json(answer.body);
    if (!body || object_at(*body, "error").empty()) {
      if (kind_of_status(answer.status) == ErrorKind::ProviderError) return not_the_api(provider_, answer);
      return explain(provider_, kind_of_status(answer.status), {answer.status, "", "", "", retry_after(answer)}, model);
    }
    Complaint complaint = complaint_of(object_at(*body, "error"), answer.status);
    complaint.retry_after_s = retry_after(answer);
    return explain(provider_, classify(complaint), complaint, model);
  }

  std::string request_id(const HttpAnswer& answer) const override { return std::string(answer.header("x-request-id")); }

 private:
  // OpenAI's newer models refuse the old name; many compatible services know no other.
  const char* max_tokens_name() const { return provider_ == Provider::OpenAi ? "max_completion_tokens" : "max_tokens"; }

  Provider provider_;
};

}  // namespace

std::unique_ptr<ProviderClient> make_openai_client(Provider provider) {
  return std::make_unique<OpenAiClient>(provider);
}

}  // namespace ownkey::llm
