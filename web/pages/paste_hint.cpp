#include "web/pages/paste_hint.h"

#include <array>
#include <utility>

#include "shared/validation.h"

namespace ownkey::pages {
namespace {

// The first that fits counts, so the longer one of two comes first.
constexpr std::array<std::pair<std::string_view, Provider>, 7> kBeginnings{{
    {"sk-ant-", Provider::Anthropic},
    {"sk-or-", Provider::OpenAiCompatible},  // OpenRouter
    {"gsk_", Provider::OpenAiCompatible},    // Groq
    {"xai-", Provider::OpenAiCompatible},
    {"AIza", Provider::Google},
    {"AQ.", Provider::Google},
    {"sk-", Provider::OpenAi},
}};

}  // namespace

std::optional<Provider> seems_of(std::string_view key) {
  key = trimmed(key);
  for (const auto& [beginning, provider] : kBeginnings)
    if (key.starts_with(beginning)) return provider;
  return std::nullopt;
}

}  // namespace ownkey::pages
