// Anthropic messages.
#pragma once

#include <memory>

#include "server/llm/provider_client.h"

namespace ownkey::llm {

std::unique_ptr<ProviderClient> make_anthropic_client();

}  // namespace ownkey::llm
