// What the nodes that ask a model have in common: their data, the text that they ask with, and the call itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/llm/chat.h"
#include "server/workflow/node_kind.h"
#include "shared/fields.h"
#include "shared/provider.h"

namespace ownkey::workflow {

struct ModelData {
  std::string model;
  std::optional<Provider> provider;
  std::optional<std::string> system_prompt;
  std::optional<std::string> prompt;
  std::optional<double> temperature;
  std::optional<std::int64_t> max_tokens;
  std::optional<std::string> credential;  // the label of the key to use

  static constexpr auto fields() {
    return std::tuple{Field{"model", &ModelData::model},
                      Field{"provider", &ModelData::provider},
                      Field{"system_prompt", &ModelData::system_prompt},
                      Field{"prompt", &ModelData::prompt},
                      Field{"temperature", &ModelData::temperature},
                      Field{"max_tokens", &ModelData::max_tokens},
                      Field{"credential", &ModelData::credential}};
  }
};

Result<ModelData> read_model_data(const json& data, const std::string& path);

// The system turn, if there is one, and the user's.
Result<std::vector<llm::Message>> first_messages(const ModelData& data, const json& inputs);

// Asks within the token budget of the node, and charges it.
llm::ChatOutcome ask_model(const NodeContext& context, const ModelData& data, const std::vector<llm::Message>& messages,
                           const std::vector<llm::ToolDefinition>& tools = {});

}  // namespace ownkey::workflow
