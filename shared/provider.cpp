#include "shared/provider.h"

namespace ownkey {
namespace {

constexpr std::array<ProviderInfo, 4> kProviders{{
    {Provider::OpenAi, "OpenAI", "sk-…", "https://platform.openai.com/api-keys", false},
    {Provider::Google, "Google Gemini", "AQ.… or AIza…", "https://aistudio.google.com/apikey", false},
    {Provider::Anthropic, "Anthropic", "sk-ant-…", "https://platform.claude.com/settings/keys", false},
    {Provider::OpenAiCompatible, "OpenAI-compatible", "depends on the service", "", true},
}};

}  // namespace

const ProviderInfo& provider_info(Provider provider) { return kProviders[static_cast<std::size_t>(provider)]; }

}  // namespace ownkey
