#include "server/llm/provider_error.h"

#include <algorithm>
#include <charconv>

#include "shared/utf8.h"

namespace ownkey::llm {
namespace {

// Enough of a provider's own words to act on.
constexpr std::size_t kMaxQuoteBytes = 300;
constexpr std::int64_t kMostTokens = 1'000'000'000;

std::string name_of_provider(Provider provider) { return std::string(provider_info(provider).name); }

std::string in_its_words(std::string_view message) {
  if (message.empty()) return "";
  const auto quote = utf8_prefix(message, kMaxQuoteBytes);
  return ": " + std::string(quote) + (quote.size() < message.size() ? "…" : "");
}

std::string text_for(Provider provider, ErrorKind kind, const Complaint& complaint, std::string_view model) {
  const std::string name = name_of_provider(provider);
  switch (kind) {
    case ErrorKind::KeyRejected:
      return name +
             " does not accept this key; check that it is complete and not revoked, or create a new one with the "
             "provider";
    case ErrorKind::NoCredit:
      return "the " + name +
             " account behind this key has no credit left; add credit or raise its limit there, then try again";
    case ErrorKind::PermissionDenied:
      return "this key may not do that at " + name + "; widen its permissions there, or use another key";
    case ErrorKind::CountryNotServed:
      return name + " does not serve the country that this server is in; use another provider";
    case ErrorKind::ModelNotFound:
      return name + " has no model '" + std::string(model) + "' for this key; choose another model";
    case ErrorKind::ContextTooLong:
      return "the input is too long for the model; shorten it, or choose a model that takes more";
    case ErrorKind::ProviderRateLimited:
      return name + " limits how often this key may ask; try again " +
             (complaint.retry_after_s ? "in " + std::to_string(*complaint.retry_after_s) + " s" : "in a minute") +
             ", or raise the key's limits there";
    case ErrorKind::ProviderOverloaded: return name + " is overloaded; try again in a few minutes";
    case ErrorKind::ProviderTimeout: return name + " did not finish in time; try again, or ask for less at once";
    default: break;
  }
  if (complaint.status >= 500)
    return name + " had an error of its own (HTTP " + std::to_string(complaint.status) + "); try again later";
  return name + " refused the request (HTTP " + std::to_string(complaint.status) + ")" +
         in_its_words(complaint.message);
}

std::string log_text(const Complaint& complaint) {
  return "HTTP " + std::to_string(complaint.status) + " type=" + complaint.type + " code=" + complaint.code +
         in_its_words(complaint.message);
}

}  // namespace

Error explain(Provider provider, ErrorKind kind, const Complaint& complaint, std::string_view model) {
  return {kind, text_for(provider, kind, complaint, model), log_text(complaint), {}, complaint.retry_after_s};
}

Error not_the_api(Provider provider, const HttpAnswer& answer) {
  const std::string name = name_of_provider(provider);
  const std::string what = answer.status >= 300 && answer.status < 400
                               ? "redirected the request, which is not followed because the key would go along"
                               : "sent something else than its API does (HTTP " + std::to_string(answer.status) + ")";
  return {ErrorKind::ProviderError, name + " " + what + "; check the base URL, or whether a proxy stands between",
          "HTTP " + std::to_string(answer.status) + " content-type=" + std::string(answer.header("content-type"))};
}

Error broken_off(Provider provider) {
  return {ErrorKind::ProviderError, name_of_provider(provider) + " broke its answer off in the middle; try again",
          "the stream ended before its end"};
}

ErrorKind kind_of_status(int status) {
  switch (status) {
    case 401: return ErrorKind::KeyRejected;
    case 402: return ErrorKind::NoCredit;
    case 403: return ErrorKind::PermissionDenied;
    case 404: return ErrorKind::ModelNotFound;
    case 408:
    case 504: return ErrorKind::ProviderTimeout;
    case 413: return ErrorKind::ContextTooLong;
    case 429: return ErrorKind::ProviderRateLimited;
    case 503:
    case 529: return ErrorKind::ProviderOverloaded;
    default: return ErrorKind::ProviderError;
  }
}

std::optional<int> retry_after(const HttpAnswer& answer) {
  const auto number = [&](std::string_view name) -> std::optional<int> {
    const auto text = answer.header(name);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0) return std::nullopt;
    return value;
  };
  if (const auto millis = number("retry-after-ms")) return *millis / 1000 + (*millis % 1000 > 0);
  return number("retry-after");
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string text_at(const json& object, std::string_view name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::int64_t number_at(const json& object, std::string_view name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::int64_t tokens_at(const json& object, std::string_view name) {
  return std::clamp<std::int64_t>(number_at(object, name), 0, kMostTokens);
}

const json& object_at(const json& object, std::string_view name) {
  static const json nothing = json::object();
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_object() ? *found : nothing;
}

const json& list_at(const json& object, std::string_view name) {
  static const json nothing = json::array();
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_array() ? *found : nothing;
}

}  // namespace ownkey::llm
