#include "server/llm/model_provider.h"

#include <array>
#include <utility>

namespace ownkey::llm {
namespace {

constexpr std::array<std::pair<std::string_view, Provider>, 6> kFamilies{{
    {"gpt-", Provider::OpenAi},
    {"chatgpt-", Provider::OpenAi},
    {"ft:gpt-", Provider::OpenAi},
    {"claude-", Provider::Anthropic},
    {"gemini-", Provider::Google},
    {"models/gemini-", Provider::Google},
}};

// OpenAI's reasoning models: "o" and a number, alone or with a suffix ("o3", "o4-mini").
bool is_o_series(std::string_view model) {
  if (model.size() < 2 || model[0] != 'o' || model[1] < '1' || model[1] > '9') return false;
  const auto end = model.find_first_not_of("0123456789", 1);
  return end == std::string_view::npos || model[end] == '-';
}

}  // namespace

std::optional<Provider> family_of_model(std::string_view model) {
  for (const auto& [prefix, provider] : kFamilies)
    if (model.starts_with(prefix)) return provider;
  if (is_o_series(model)) return Provider::OpenAi;
  return std::nullopt;
}

}  // namespace ownkey::llm
