// The providers whose keys people bring. The enum is the identity; texts for people come from provider_info().
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace ownkey {

enum class Provider { OpenAi, Google, Anthropic, OpenAiCompatible };

constexpr auto names_of(Provider) {
  return std::array<std::pair<Provider, std::string_view>, 4>{{
      {Provider::OpenAi, "openai"},
      {Provider::Google, "google"},
      {Provider::Anthropic, "anthropic"},
      {Provider::OpenAiCompatible, "openai_compatible"},
  }};
}

struct ProviderInfo {
  Provider provider;
  std::string_view name;      // "OpenAI"
  std::string_view key_hint;  // how its keys usually begin; a hint for the eye, never a check
  std::string_view docs_url;  // where a person creates a key
  bool needs_base_url;
};

const ProviderInfo& provider_info(Provider provider);

}  // namespace ownkey
