// OpenAI chat completions, and every service that speaks the same format (Ollama, vLLM, OpenRouter, Groq …).
#pragma once

#include <memory>

#include "server/llm/provider_client.h"

namespace ownkey::llm {

// OpenAI itself, or a compatible service: the format is one, the name in messages and a few habits differ.
std::unique_ptr<ProviderClient> make_openai_client(Provider provider);

}  // namespace ownkey::llm
