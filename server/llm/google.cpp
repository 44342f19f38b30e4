#include "server/llm/google.h"

#include <charconv>

#include "server/llm/provider_error.h"
#include "shared/text.h"

namespace ownkey::llm {
namespace {

constexpr auto kProvider = Provider::Google;

// "models/gemini-x" and "gemini-x" are the same model.
std::string model_path(std::string_view model) {
  constexpr std::string_view kPrefix = "models/";
  if (model.starts_with(kPrefix)) model.remove_prefix(kPrefix.size());
  return "/models/" + percent_encoded(model);
}

json parts_of(const Message& message) {
  json parts = json::array();
  if (message.role == Role::Tool) {
    json response{{"name", message.tool_name},
                  {"response", {{message.tool_failed ? "error" : "output", message.text}}}};
    if (!message.tool_call_id.empty()) response["id"] = message.tool_call_id;
    parts.push_back({{"functionResponse", response}});
    return parts;
  }
  if (!message.text.empty()) parts.push_back({{"text", message.text}});
  for (const auto& call : message.tool_calls) {
    json part{{"functionCall",
               {{"name", call.name}, {"args", call.arguments.is_object() ? call.arguments : json::object()}}}};
    if (!call.id.empty()) part["functionCall"]["id"] = call.id;
    if (!call.signature.empty()) part["thoughtSignature"] = call.signature;
    parts.push_back(part);
  }
  return parts;
}

void add_contents(const ChatRequest& request, json& body) {
  json system = json::array();
  json& contents = body["contents"] = json::array();
  bool after_tool = false;
  for (const auto& message : request.messages) {
    if (message.role == Role::System) {
      system.push_back({{"text", message.text}});
      continue;
    }
    // Results of calls that were made together go back together.
    const bool is_tool = message.role == Role::Tool;
    if (is_tool && after_tool) contents.back()["parts"].push_back(parts_of(message)[0]);
    else
      contents.push_back({{"role", message.role == Role::Assistant ? "model" : "user"}, {"parts", parts_of(message)}});
    after_tool = is_tool;
  }
  if (!system.empty()) body["systemInstruction"] = {{"parts", system}};
}

FinishReason finish_reason(std::string_view name) {
  if (name == "STOP") return FinishReason::Stop;
  if (name == "MAX_TOKENS") return FinishReason::Length;
  if (name == "SAFETY" || name == "RECITATION" || name == "PROHIBITED_CONTENT" || name == "BLOCKLIST" || name == "SPII")
    return FinishReason::Refused;
  return FinishReason::Other;
}

// What the model thought is paid for as output.
std::optional<api::Usage> usage_of(const json& body) {
  const json& usage = object_at(body, "usageMetadata");
  if (usage.empty()) return std::nullopt;
  return api::Usage{tokens_at(usage, "promptTokenCount"),
                    tokens_at(usage, "candidatesTokenCount") + tokens_at(usage, "thoughtsTokenCount")};
}

// An error comes bare or as the one element of a list.
const json& error_of(const json& body) {
  const json& holder = body.is_array() && !body.empty() ? body[0] : body;
  return object_at(holder, "error");
}

std::optional<int> seconds_of(std::string_view duration) {
  int seconds = 0;
  const auto [end, error] = std::from_chars(duration.data(), duration.data() + duration.size(), seconds);
  if (error != std::errc{} || seconds < 0) return std::nullopt;
  return seconds;
}

Complaint complaint_of(const json& error, int status) {
  Complaint complaint{status, text_at(error, "status"), "", text_at(error, "message")};
  for (const auto& detail : list_at(error, "details")) {
    if (complaint.code.empty()) complaint.code = text_at(detail, "reason");
    if (auto wait = seconds_of(text_at(detail, "retryDelay"))) complaint.retry_after_s = wait;
  }
  return complaint;
}

ErrorKind classify(const Complaint& complaint) {
  const auto& [status, type, code, message, wait] = complaint;
  if (code == "API_KEY_INVALID" || code == "API_KEY_EXPIRED" || code == "ACCESS_TOKEN_TYPE_UNSUPPORTED")
    return ErrorKind::KeyRejected;
  if (contains(message, "reported as leaked")) return ErrorKind::KeyRejected;
  if (contains(message, "token count") && contains(message, "exceeds")) return ErrorKind::ContextTooLong;
  if (contains(message, "input context too long") || contains(message, "input context is too long"))
    return ErrorKind::ContextTooLong;
  if (type == "FAILED_PRECONDITION" && (contains(message, "location") || contains(message, "country")))
    return ErrorKind::CountryNotServed;
  // Both limits are a RESOURCE_EXHAUSTED. One that passes says when; the other speaks of billing.
  if (status == 429 && !wait && (contains(message, "billing") || contains(message, "credit")))
    return ErrorKind::NoCredit;
  return kind_of_status(status);
}

// What the parts of a candidate say and call; thoughts are not part of the answer. True when the answer ends with this.
bool read_parts(const json& body, ChatAnswer& answer, std::string& new_text) {
  answer.provider_request_id = text_at(body, "responseId");
  if (list_at(body, "candidates").empty()) {
    if (text_at(object_at(body, "promptFeedback"), "blockReason").empty()) return false;
    answer.finish_reason = FinishReason::Refused;
    return true;
  }
  const json& candidate = list_at(body, "candidates")[0];
  for (const auto& part : list_at(object_at(candidate, "content"), "parts")) {
    if (!part.is_object() || part.value("thought", json(false)) == true) continue;
    new_text += text_at(part, "text");
    const json& call = object_at(part, "functionCall");
    if (!call.empty())
      answer.tool_calls.push_back(
          {text_at(call, "id"), text_at(call, "name"), object_at(call, "args"), text_at(part, "thoughtSignature")});
  }
  const auto reason = text_at(candidate, "finishReason");
  if (reason.empty()) return false;
  answer.finish_reason = finish_reason(reason);
  // Gemini ends a turn that calls a tool with STOP as well.
  if (!answer.tool_calls.empty() && answer.finish_reason == FinishReason::Stop)
    answer.finish_reason = FinishReason::ToolCalls;
  return true;
}

class GoogleStream final : public AnswerStream {
 public:
  explicit GoogleStream(OnDelta on_delta) : on_delta_(std::move(on_delta)) {}

  Result<void> take(const SseEvent& event) override {
    auto body = parse_json(event.data);
    if (!body) return broken_off(kProvider);
    if (const json& error = error_of(*body); !error.empty()) {
      const auto complaint = complaint_of(error, static_cast<int>(number_at(error, "code")));
      return explain(kProvider, classify(complaint), complaint);
    }
    std::string text;
    finished_ = read_parts(*body, answer_, text) || finished_;
    if (auto usage = usage_of(*body)) answer_.usage = usage;
    if (text.empty()) return {};
    answer_.text += text;
    on_delta_(text);
    return {};
  }

  // There is no last event: the finish reason is what tells a whole answer from one that broke off.
  Result<ChatAnswer> finish() override {
    if (!finished_) return broken_off(kProvider);
    return std::move(answer_);
  }

 private:
  OnDelta on_delta_;
  ChatAnswer answer_;
  bool finished_ = false;
};

class GoogleClient final : public ProviderClient {
 public:
  KeyHeader key_header() const override { return {"x-goog-api-key", ""}; }

  HttpRequest chat(const ChatRequest& request, Streamed streamed) const override {
    json body = json::object();
    add_contents(request, body);
    json declarations = json::array();
    for (const auto& tool : request.tools)
      declarations.push_back({{"name", tool.name}, {"description", tool.description}, {"parameters", tool.parameters}});
    if (!declarations.empty()) body["tools"] = json::array({{{"functionDeclarations", declarations}}});
    if (request.temperature) body["generationConfig"]["temperature"] = *request.temperature;
    if (request.max_tokens) body["generationConfig"]["maxOutputTokens"] = *request.max_tokens;
    const char* method = streamed == Streamed::Yes ? ":streamGenerateContent?alt=sse" : ":generateContent";
    return {"POST", model_path(request.model) + method, {}, dump_json(body)};
  }

  Result<ChatAnswer> read_answer(const HttpAnswer& answer) const override {
    auto body = parse_json(answer.body);
    if (!body || !body->is_object() || (!body->contains("candidates") && !body->contains("promptFeedback")))
      return not_the_api(kProvider, answer);
    ChatAnswer result;
    read_parts(*body, result, result.text);
    result.usage = usage_of(*body);
    return result;
  }

  std::unique_ptr<AnswerStream> read_stream(OnDelta on_delta) const override {
    return std::make_unique<GoogleStream>(std::move(on_delta));
  }

  HttpRequest list_models(const std::string& page) const override {
    return {"GET", "/models?pageSize=1000" + (page.empty() ? "" : "&pageToken=" + percent_encoded(page))};
  }

  Result<ModelPage> read_models(const HttpAnswer& answer) const override {
    auto body = parse_json(answer.body);
    if (!body || !body->is_object() || !body->contains("models")) return not_the_api(kProvider, answer);
    ModelPage page{{}, text_at(*body, "nextPageToken")};
    for (const auto& entry : list_at(*body, "models")) {
      const json& methods = list_at(entry, "supportedGenerationMethods");
      if (std::find(methods.begin(), methods.end(), "generateContent") == methods.end()) continue;
      const auto name = text_at(entry, "name");
      Model model{name.substr(name.find('/') + 1), text_at(entry, "displayName")};
      if (const auto tokens = number_at(entry, "inputTokenLimit")) model.context_tokens = tokens;
      page.models.push_back(std::move(model));
    }
    return page;
  }

  Error read_error(const HttpAnswer& answer, std::string_view model) const override {
    const auto body = parse_json(answer.body);
    if (!body || error_of(*body).empty()) {
      if (kind_of_status(answer.status) == ErrorKind::ProviderError) return not_the_api(kProvider, answer);
      return explain(kProvider, kind_of_status(answer.status), {answer.status, "", "", "", retry_after(answer)}, model);
    }
    Complaint complaint = complaint_of(error_of(*body), answer.status);
    if (!complaint.retry_after_s) complaint.retry_after_s = retry_after(answer);
    return explain(kProvider, classify(complaint), complaint, model);
  }

  // Google documents no header for it; the answer's own responseId is read with the answer.
  std::string request_id(const HttpAnswer&) const override { return ""; }
};

}  // namespace

std::unique_ptr<ProviderClient> make_google_client() { return std::make_unique<GoogleClient>(); }

}  // namespace ownkey::llm
