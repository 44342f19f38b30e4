// OpenAI chat completions and models; also what OpenAI-compatible services speak.
#include <algorithm>
#include <set>

#include "tests/provider_sim/answer.h"
#include "tests/provider_sim/sse.h"
#include "tests/provider_sim/wire.h"

namespace ownkey::provider_sim {
namespace {

constexpr std::int64_t kCreated = 1767225600;

json error_body(std::string_view message, std::string_view type, const json& param, const json& code) {
  return {{"error", {{"message", message}, {"type", type}, {"param", param}, {"code", code}}}};
}

// As OpenAI shortens a key that it repeats: the start, stars, the end.
std::string starred(const std::string& key) {
  if (key.size() < 16) return std::string(key.size(), '*');
  return key.substr(0, 8) + std::string(key.size() - 12, '*') + key.substr(key.size() - 4);
}

std::string text_of(const json& content) {
  if (content.is_string()) return content.get<std::string>();
  std::string text;
  if (content.is_array())
    for (const auto& part : content)
      if (part.is_object()) text += part.value("text", "");
  return text;
}

class OpenAi final : public Wire {
 public:
  Provider provider() const override { return Provider::OpenAi; }
  std::vector<std::string> key_prefixes() const override { return {"sk-sim-openai-", "sk-proj-sim-"}; }
  std::vector<std::string> models() const override {
    return {"gpt-3.5-turbo", "gpt-4o", "gpt-5.4-mini", "gpt-5.5", "gpt-6-astra", "gpt-6-luna", "o3"};
  }
  std::string request_id_header() const override { return "x-request-id"; }

  std::string key_of(const HeaderReader& headers) const override { return bearer_token(headers); }

  std::optional<Reply> header_error(const HeaderReader& headers) const override {
    if (!key_of(headers).empty()) return std::nullopt;
    return Reply{
        401, error_body("You didn't provide an API key. You need to provide your API key in an Authorization header "
                        "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
                        "invalid_request_error", nullptr, nullptr)};
  }

  std::optional<Reply> body_error(const json& body) const override {
    if (!body.contains("model") || !body["model"].is_string())
      return Reply{400, error_body("you must provide a model parameter", "invalid_request_error", nullptr, nullptr)};
    if (!body.contains("messages") || !body["messages"].is_array() || body["messages"].empty())
      return Reply{400, error_body("Missing required parameter: 'messages'.", "invalid_request_error", "messages",
                                   "missing_required_parameter")};
    return unanswered_call(body["messages"]);
  }

  Call read_call(const json& body) const override {
    Call call;
    call.model = body["model"];
    call.stream = body.value("stream", false);
    call.include_usage = body.contains("stream_options") && body["stream_options"].value("include_usage", false);
    for (const auto& message : body["messages"]) {
      const auto text = text_of(message.value("content", json()));
      const auto role = message.value("role", "");
      call.input_bytes += text.size();
      call.prompt = text;
      if (role == "user") call.task = text;
      if (role == "user") call.rounds = 0;
      if (role == "assistant" && message.contains("tool_calls")) ++call.rounds;
      if (role == "tool") add_result(call.tool_result, text);
      else call.tool_result.reset();
    }
    if (body.contains("tools") && !body["tools"].empty()) call.tool = body["tools"][0]["function"]["name"];
    return call;
  }

  Reply error(Fault fault, const Call& call) const override {
    switch (fault) {
      case Fault::Rejected: return rejected(starred(call.key));
      case Fault::EchoKey: return rejected(call.key);
      case Fault::Restricted:
        return {403, error_body(
                         "You have insufficient permissions for this operation. Missing scopes: api.model.read. Check "
                         "that you have the correct role in your organization and project, and if you're using a "
                         "restricted API key, that it has the necessary scopes.",
                         "invalid_request_error", nullptr, "missing_scope")};
      case Fault::Forbidden:
        return {401, error_body("You have insufficient permissions for this operation. Missing scopes: model.request.",
                                "invalid_request_error", nullptr, nullptr)};
      case Fault::Region:
        return {403, error_body("Country, region, or territory not supported", "request_forbidden", nullptr,
                                "unsupported_country_region_territory")};
      case Fault::NoCredit:
        return {429, error_body("You exceeded your current quota, please check your plan and billing details.",
                                "insufficient_quota", nullptr, "insufficient_quota")};
      case Fault::RateLimited:
        return {429,
                error_body(
                    "Rate limit reached for " + call.model +
                        " in organization org-sim on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try "
                        "again in 1s.",
                    "requests", nullptr, "rate_limit_exceeded"),
                {{"retry-after", "1"}}};
      case Fault::Flaky:
      case Fault::Overloaded:
        return {503,
                error_body("The server is currently overloaded with other requests. Please retry your request later.",
                           "service_unavailable_error", nullptr, "server_is_overloaded")};
      case Fault::Timeout: return {504, error_body("The request timed out.", "timeout", nullptr, nullptr)};
      case Fault::ContextTooLong:
        return {400,
                error_body("This model's maximum context length is 16385 tokens. However, your messages resulted in "
                           "20480 tokens. Please reduce the length of the messages.",
                           "invalid_request_error", "messages", "context_length_exceeded")};
      case Fault::ModelNotFound:
        return {404, error_body("The model `" + call.model + "` does not exist or you do not have access to it.",
                                "invalid_request_error", nullptr, "model_not_found")};
      case Fault::InvalidRequest:
        return {400, error_body(
                         "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) "
                         "value is supported.",
                         "invalid_request_error", "temperature", "unsupported_value")};
      default:
        return {500, error_body("The server had an error while processing your request. Sorry about that!",
                                "server_error", nullptr, nullptr)};
    }
  }

  json whole_answer(const Call& call, const Answer& answer) const override {
    json message{{"role", "assistant"}, {"content", nullptr}, {"refusal", nullptr}, {"annotations", json::array()}};
    if (!answer.text.empty()) message["content"] = answer.text;
    for (std::size_t i = 0; i < answer.calls.size(); ++i)
      message["tool_calls"].push_back(tool_call(call, answer, i, dump_json(answer.calls[i].arguments)));
    return {{"id", "chatcmpl-" + call.id},
            {"object", "chat.completion"},
            {"created", kCreated},
            {"model", call.model},
            {"choices", json::array({{{"index", 0},
                                      {"message", message},
                                      {"logprobs", nullptr},
                                      {"finish_reason", answer.calls.empty() ? "stop" : "tool_calls"}}})},
            {"usage", usage(answer)},
            {"service_tier", "default"},
            {"system_fingerprint", nullptr}};
  }

  std::vector<std::string> stream_events(const Call& call, const Answer& answer) const override {
    std::vector<std::string> events;
    const auto add = [&](const json& delta, const json& finish_reason) {
      json event = chunk(call);
      event["choices"] =
          json::array({{{"index", 0}, {"delta", delta}, {"logprobs", nullptr}, {"finish_reason", finish_reason}}});
      event["obfuscation"] = std::string(events.size() % 7 + 1, 'x');
      events.push_back(data_event(event));
    };
    add({{"role", "assistant"}, {"content", answer.text.empty() ? json(nullptr) : json("")}, {"refusal", nullptr}},
        nullptr);
    for (const auto& piece : pieces_of(answer.text)) add({{"content", piece}}, nullptr);
    for (std::size_t i = 0; i < answer.calls.size(); ++i) {
      json first = tool_call(call, answer, i, "");
      first["index"] = i;
      add({{"tool_calls", json::array({first})}}, nullptr);
    }
    // The pieces of several calls come in turns.
    std::vector<std::vector<std::string>> pieces;
    std::size_t most = 0;
    for (const auto& request : answer.calls) {
      pieces.push_back(pieces_of(dump_json(request.arguments)));
      most = std::max(most, pieces.back().size());
    }
    for (std::size_t piece = 0; piece < most; ++piece)
      for (std::size_t i = 0; i < pieces.size(); ++i)
        if (piece < pieces[i].size())
          add({{"tool_calls", json::array({{{"index", i}, {"function", {{"arguments", pieces[i][piece]}}}}})}},
              nullptr);
    add(json::object(), answer.calls.empty() ? "stop" : "tool_calls");
    if (call.include_usage) {
      json last = chunk(call);
      last["choices"] = json::array();
      last["usage"] = usage(answer);
      events.push_back(data_event(last));
    }
    events.emplace_back("data: [DONE]\n\n");
    return events;
  }

  std::string error_event(const Call&) const override {
    return data_event(error_body("The server had an error while processing your request. Sorry about that!",
                                 "server_error", nullptr, nullptr));
  }

  json model_list(const PageRequest&) const override {
    json data = json::array();
    for (const auto& id : models()) {
      json model{{"id", id}, {"object", "model"}, {"created", kCreated}, {"owned_by", "openai"}};
      if (id == "gpt-4o") model["shutdown_date"] = "2027-01-14";
      data.push_back(model);
    }
    return {{"object", "list"}, {"data", data}};
  }

 private:
  static Reply rejected(const std::string& shown_key) {
    return {401, error_body("Incorrect API key provided: " + shown_key +
                                ". You can find your API key at https://platform.openai.com/account/api-keys.",
                            "invalid_request_error", nullptr, "invalid_api_key")};
  }

  // A call that no tool turn answers, or an answer to no call, is refused.
  static std::optional<Reply> unanswered_call(const json& messages) {
    std::set<std::string> open;
    for (const auto& message : messages) {
      const bool is_tool = message.value("role", "") == "tool";
      if (is_tool && open.erase(message.value("tool_call_id", "")) == 0)
        return Reply{400, error_body("messages with role 'tool' must be a response to a preceding message with "
                                     "'tool_calls'.",
                                     "invalid_request_error", "messages", nullptr)};
      if (!is_tool && !open.empty()) break;
      for (const auto& call : message.value("tool_calls", json::array())) open.insert(call.at("id"));
    }
    if (open.empty()) return std::nullopt;
    return Reply{400, error_body("An assistant message with 'tool_calls' must be followed by tool messages responding "
                                 "to each 'tool_call_id'.",
                                 "invalid_request_error", "messages", nullptr)};
  }

  static json tool_call(const Call& call, const Answer& answer, std::size_t index, const std::string& arguments) {
    return {{"id", "call_" + call.id + "_" + std::to_string(index)},
            {"type", "function"},
            {"function", {{"name", answer.calls[index].name}, {"arguments", arguments}}}};
  }

  static json usage(const Answer& answer) {
    return {{"prompt_tokens", answer.input_tokens},
            {"completion_tokens", answer.output_tokens},
            {"total_tokens", answer.input_tokens + answer.output_tokens},
            {"prompt_tokens_details", {{"cached_tokens", 0}, {"audio_tokens", 0}}},
            {"completion_tokens_details",
             {{"reasoning_tokens", 0},
              {"audio_tokens", 0},
              {"accepted_prediction_tokens", 0},
              {"rejected_prediction_tokens", 0}}}};
  }

  static json chunk(const Call& call) {
    json event{{"id", "chatcmpl-" + call.id}, {"object", "chat.completion.chunk"}, {"created", kCreated},
               {"model", call.model},         {"service_tier", "default"},         {"system_fingerprint", nullptr}};
    if (call.include_usage) event["usage"] = nullptr;
    return event;
  }
};

}  // namespace

std::unique_ptr<Wire> openai_wire() { return std::make_unique<OpenAi>(); }

}  // namespace ownkey::provider_sim
