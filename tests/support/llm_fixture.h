// The whole LLM service over a vault of its own, with all providers at a simulator.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "server/llm/llm_service.h"
#include "tests/provider_sim/simulator.h"
#include "tests/support/vault_fixture.h"

namespace ownkey::test {

inline constexpr std::string_view kOpenAiKey = "sk-sim-openai-Ab12Cd34Ef56Gh78";
inline constexpr std::string_view kAnthropicKey = "sk-ant-sim-Ab12Cd34Ef56Gh78";
inline constexpr std::string_view kGoogleKey = "AQ.sim-Ab12Cd34Ef56Gh78";

struct ProviderCase {
  Provider provider;
  std::string_view key;
  const char* model;
};
inline constexpr ProviderCase kProviders[] = {{Provider::OpenAi, kOpenAiKey, "gpt-3.5-turbo"},
                                              {Provider::Anthropic, kAnthropicKey, "claude-opus-5"},
                                              {Provider::Google, kGoogleKey, "gemini-3.8-flash"}};

struct LlmFixture {
  LlmFixture() {
    if (!simulator.start()) throw std::runtime_error("no simulator");
  }

  std::unique_ptr<llm::LlmService> service(llm::LlmOptions options = {}) {
    options.endpoints = {simulator.origin(), simulator.origin(), simulator.origin(), options.endpoints.custom_hosts};
    options.retries.first_wait = std::chrono::milliseconds(1);
    return value_of(llm::LlmService::create(std::move(options), home.vault, home.users, home.late, home.clock, log));
  }

  static llm::ChatRequest ask(std::string model, std::string prompt) {
    return {std::move(model), {{llm::Role::User, std::move(prompt)}}};
  }

  // What happens to one prompt on a fresh user's only key.
  llm::ChatOutcome chat(Provider provider, std::string_view key, const std::string& model, const std::string& prompt,
                        const llm::ChatOptions& options = {}) {
    const auto llm = service();
    const auto user = home.add_user();
    home.save(user, provider, key);
    return llm->for_user(user).chat(ask(model, prompt), options);
  }

  // How many requests of this method the providers saw with this key.
  int asked_with(std::string_view key, std::string_view method = "POST") {
    int count = 0;
    for (const auto& request : seen.seen()) count += request.key == key && request.method == method;
    return count;
  }

  VaultFixture home;
  provider_sim::RequestLog seen;
  provider_sim::Simulator simulator{{}, seen};
  std::string log_lines;
  base::Log log =
      base::Log::to([this](std::string_view line) { log_lines.append(line) += '\n'; }, base::Log::Format::Json);
};

inline bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace ownkey::test
