#include "server/llm/verification.h"

#include <array>
#include <string_view>

#include "server/llm/provider_error.h"

namespace ownkey::llm {
namespace {

struct KeyShape {
  std::string_view prefix;
  std::string_view whose;
};

// The longer prefix first where one begins with another.
constexpr std::array<KeyShape, 10> kShapes{{
    {"sk-ant-", "Anthropic"},
    {"sk-or-", "OpenRouter"},
    {"sk-", "OpenAI"},
    {"AIza", "Google Gemini"},
    {"AQ.", "Google Gemini"},
    {"gsk_", "Groq"},
    {"xai-", "xAI"},
    {"hf_", "Hugging Face"},
    {"ghp_", "GitHub"},
    {"ya29.", "a Google login (a token, not a key)"},
}};

std::string_view owner_of_shape(std::string_view key) {
  for (const auto& shape : kShapes)
    if (key.starts_with(shape.prefix)) return shape.whose;
  return {};
}

// An account that is out of credit or asked too often has a key that was believed.
bool was_believed(const Error& error) {
  return error.kind == ErrorKind::PermissionDenied || error.kind == ErrorKind::NoCredit ||
         error.kind == ErrorKind::ProviderRateLimited;
}

std::string count_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " model" : " models"); }

}  // namespace

VerifyOutcome grade(Provider provider, const Secret& key, const Result<std::vector<Model>>& models,
                    base::Time checked_at, std::chrono::milliseconds latency) {
  const std::string name(provider_info(provider).name);
  api::Verification verification;
  verification.checked_at = base::rfc3339(checked_at);
  verification.latency_ms = latency.count();
  if (models) {
    verification.reached = verification.key_accepted = verification.models_listed = true;
    verification.model_count = static_cast<std::int64_t>(models->size());
    verification.detail = name + " accepts this key; it reaches " + count_text(models->size());
    return {std::move(verification), std::nullopt};
  }
  Error error = models.error();
  verification.reached = error.kind != ErrorKind::ProviderUnreachable && error.kind != ErrorKind::ProviderTimeout;
  verification.key_accepted = was_believed(error);
  if (error.kind == ErrorKind::PermissionDenied) {
    verification.detail =
        name + " accepts this key but does not let it list models; whether it can chat shows in the first run";
    return {std::move(verification), std::nullopt};
  }
  if (error.kind == ErrorKind::KeyRejected)
    if (const auto hint = hint_about(provider, key); !hint.empty()) error.public_text += "; " + hint;
  verification.detail = error.public_text;
  return {std::move(verification), std::move(error)};
}

std::string hint_about(Provider provider, const Secret& key) {
  const auto text = key.reveal();
  if (text.starts_with("http://") || text.starts_with("https://")) return "this looks like a web address, not a key";
  if (text.starts_with('{') || text.starts_with('[')) return "this looks like JSON; paste the key alone";
  if (text.starts_with('"') || text.starts_with('\''))
    return "there are quotation marks around it; paste the key alone";
  if (contains(text, "***") || contains(text, "..."))
    return "this looks like a shortened display of a key; copy the whole key";
  const auto equals = text.find('=');
  if (equals != std::string_view::npos && !owner_of_shape(text.substr(equals + 1)).empty())
    return "this looks like a line of a settings file; paste what is behind the '='";
  const auto whose = owner_of_shape(text);
  if (provider != Provider::OpenAiCompatible && !whose.empty() && whose != provider_info(provider).name)
    return "this looks like a key of " + std::string(whose);
  return "";
}

}  // namespace ownkey::llm
