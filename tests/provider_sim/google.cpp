// Gemini generateContent, streamGenerateContent and models (v1beta).
#include <algorithm>

#include "tests/provider_sim/answer.h"
#include "tests/provider_sim/sse.h"
#include "tests/provider_sim/wire.h"

namespace ownkey::provider_sim {
namespace {

constexpr std::string_view kSignature = "c2ltdWxhdGVkIHRob3VnaHQ=";
constexpr std::string_view kDomain = "generativelanguage.googleapis.com";

json error_body(int code, std::string_view message, std::string_view status, std::string_view reason = "") {
  json error{{"code", code}, {"message", message}, {"status", status}};
  if (!reason.empty())
    error["details"] = json::array(
        {{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
          {"reason", reason},
          {"domain", "googleapis.com"},
          {"metadata", {{"service", kDomain}}}},
         {{"@type", "type.googleapis.com/google.rpc.LocalizedMessage"}, {"locale", "en-US"}, {"message", message}}});
  return {{"error", error}};
}

Reply reply(int code, std::string_view message, std::string_view status, std::string_view reason = "") {
  return {code, error_body(code, message, status, reason)};
}

class Google final : public Wire {
 public:
  Provider provider() const override { return Provider::Google; }
  std::vector<std::string> key_prefixes() const override { return {"AQ.sim-", "AIzaSim"}; }
  std::vector<std::string> models() const override {
    return {"gemini-3.8-flash", "gemini-3.7-flash", "gemini-3.5-flash-lite", "gemini-3.1-pro-preview"};
  }
  // Google documents no header for it; the answer's responseId is what support asks for.
  std::string request_id_header() const override { return ""; }

  std::string key_of(const HeaderReader& headers) const override { return headers.header("x-goog-api-key"); }

  std::optional<Reply> header_error(const HeaderReader& headers) const override {
    if (!headers.header("authorization").empty())
      return reply(401, "Request had invalid authentication credentials. Expected OAuth 2 access token.",
                   "UNAUTHENTICATED", "ACCESS_TOKEN_TYPE_UNSUPPORTED");
    if (key_of(headers).empty())
      return reply(
          403, "Method doesn't allow unregistered callers (callers without established identity). Please use API Key.",
          "PERMISSION_DENIED");
    return std::nullopt;
  }

  std::optional<Reply> body_error(const json& body) const override {
    if (!body.contains("contents") || !body["contents"].is_array() || body["contents"].empty())
      return reply(400, "* GenerateContentRequest.contents: contents is not specified", "INVALID_ARGUMENT");
    for (const auto& content : body["contents"])
      if (const auto& parts = content.value("parts", json::array()); lacks_signature(parts))
        return reply(400, "Function call is missing a thought_signature in functionCall parts.", "INVALID_ARGUMENT");
    return std::nullopt;
  }

  Call read_call(const json& body) const override {
    Call call;
    call.input_bytes = dump_json(body["contents"]).size();
    for (const auto& content : body["contents"]) read_turn(content, call);
    if (body.contains("tools") && !body["tools"].empty())
      call.tool = body["tools"][0]["functionDeclarations"][0]["name"];
    return call;
  }

  Reply error(Fault fault, const Call& call) const override {
    switch (fault) {
      case Fault::Rejected:
        return reply(400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT", "API_KEY_INVALID");
      case Fault::EchoKey: return reply(400, "API key not valid: " + call.key, "INVALID_ARGUMENT", "API_KEY_INVALID");
      case Fault::Restricted:
      case Fault::Forbidden:
        return reply(403, "Requests to this API are blocked for this key.", "PERMISSION_DENIED",
                     "API_KEY_SERVICE_BLOCKED");
      case Fault::Region: return reply(400, "User location is not supported for the API use.", "FAILED_PRECONDITION");
      case Fault::NoCredit:
        return reply(429, "You exceeded your current quota, please check your plan and billing details.",
                     "RESOURCE_EXHAUSTED");
      case Fault::RateLimited: {
        Reply limited = reply(429, "Resource has been exhausted (e.g. check quota).", "RESOURCE_EXHAUSTED");
        limited.body["error"]["details"] =
            json::array({{{"@type", "type.googleapis.com/google.rpc.RetryInfo"}, {"retryDelay", "1s"}}});
        return limited;
      }
      case Fault::Flaky:
      case Fault::Overloaded: return reply(503, "The model is overloaded. Please try again later.", "UNAVAILABLE");
      case Fault::Timeout: return reply(504, "Deadline expired before operation could complete.", "DEADLINE_EXCEEDED");
      case Fault::ContextTooLong:
        return reply(400, "The input token count exceeds the maximum number of tokens allowed 1048576.",
                     "INVALID_ARGUMENT");
      case Fault::ModelNotFound:
        return reply(404, "models/" + call.model + " is not found for API version v1beta.", "NOT_FOUND");
      case Fault::InvalidRequest: return reply(400, "temperature is not supported for this model", "INVALID_ARGUMENT");
      default: return reply(500, "An internal error has occurred.", "INTERNAL");
    }
  }

  json whole_answer(const Call& call, const Answer& answer) const override {
    return response(call, answer, parts(call, answer), "STOP");
  }

  std::vector<std::string> stream_events(const Call& call, const Answer& answer) const override {
    std::vector<std::string> events;
    if (!answer.calls.empty()) {
      events.push_back(data_event(response(call, answer, parts(call, answer), "STOP")));
      return events;
    }
    const auto pieces = pieces_of(answer.text);
    for (const auto& piece : pieces) {
      const json finish = events.size() + 1 == pieces.size() ? json("STOP") : json(nullptr);
      events.push_back(data_event(response(call, answer, {json{{"text", piece}}}, finish)));
    }
    return events;
  }

  std::string error_event(const Call&) const override {
    return data_event(error_body(503, "The model is overloaded. Please try again later.", "UNAVAILABLE"));
  }

  json model_list(const PageRequest& request) const override {
    const auto page = page_of(models(), request);
    json list = json::array();
    for (const auto& id : page.models)
      list.push_back({{"name", "models/" + id},
                      {"version", "001"},
                      {"displayName", id},
                      {"inputTokenLimit", 1048576},
                      {"outputTokenLimit", 65536},
                      {"supportedGenerationMethods", {"generateContent", "countTokens"}}});
    if (page.has_more) return {{"models", list}, {"nextPageToken", page.models.back()}};
    list.push_back({{"name", "models/gemini-embedding-001"},
                    {"displayName", "Gemini Embedding 001"},
                    {"inputTokenLimit", 2048},
                    {"outputTokenLimit", 1},
                    {"supportedGenerationMethods", {"embedContent"}}});
    return {{"models", list}};
  }

 private:
  static void read_turn(const json& content, Call& call) {
    std::string text;
    call.tool_result.reset();
    const auto parts = content.value("parts", json::array());
    const auto has_call = [](const json& part) { return part.contains("functionCall"); };
    if (std::any_of(parts.begin(), parts.end(), has_call)) ++call.rounds;
    for (const auto& part : parts) {
      text += part.value("text", "");
      if (part.contains("functionResponse"))
        add_result(call.tool_result, dump_json(part["functionResponse"]["response"]));
    }
    call.prompt = text;
    if (content.value("role", "") != "user" || text.empty()) return;
    call.task = text;
    call.rounds = 0;
  }

  // The first call of a turn brings its signature back.
  static bool lacks_signature(const json& parts) {
    for (const auto& part : parts)
      if (part.contains("functionCall")) return part.value("thoughtSignature", "") != kSignature;
    return false;
  }

  static std::vector<json> parts(const Call& call, const Answer& answer) {
    std::vector<json> parts;
    if (!answer.text.empty()) parts.push_back({{"text", answer.text}});
    for (std::size_t i = 0; i < answer.calls.size(); ++i) {
      const auto& [name, arguments] = answer.calls[i];
      parts.push_back(
          {{"functionCall", {{"id", "fc_" + call.id + "_" + std::to_string(i)}, {"name", name}, {"args", arguments}}}});
      if (i == 0) parts.back()["thoughtSignature"] = kSignature;
    }
    return parts;
  }

  static json response(const Call& call, const Answer& answer, const std::vector<json>& parts,
                       const json& finish_reason) {
    json candidate{{"content", {{"parts", parts}, {"role", "model"}}}, {"index", 0}};
    if (!finish_reason.is_null()) candidate["finishReason"] = finish_reason;
    return {{"candidates", json::array({candidate})},
            {"usageMetadata",
             {{"promptTokenCount", answer.input_tokens},
              {"candidatesTokenCount", answer.output_tokens},
              {"totalTokenCount", answer.input_tokens + answer.output_tokens},
              {"promptTokensDetails", json::array({{{"modality", "TEXT"}, {"tokenCount", answer.input_tokens}}})}}},
            {"modelVersion", call.model},
            {"responseId", "resp_" + call.id}};
  }
};

}  // namespace

std::unique_ptr<Wire> google_wire() { return std::make_unique<Google>(); }

}  // namespace ownkey::provider_sim
