#include "server/llm/provider_client.h"

#include "server/llm/anthropic.h"
#include "server/llm/google.h"
#include "server/llm/openai.h"

namespace ownkey::llm {

std::unique_ptr<ProviderClient> make_provider_client(Provider provider) {
  switch (provider) {
    case Provider::Anthropic: return make_anthropic_client();
    case Provider::Google: return make_google_client();
    case Provider::OpenAi:
    case Provider::OpenAiCompatible: break;
  }
  return make_openai_client(provider);
}

}  // namespace ownkey::llm
