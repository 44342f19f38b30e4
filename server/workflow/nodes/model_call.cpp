#include "server/workflow/nodes/model_call.h"

#include <algorithm>
#include <utility>

#include "server/workflow/prompt.h"
#include "server/workflow/weight.h"
#include "shared/validation.h"

namespace ownkey::workflow {
namespace {

// About what tokenizers make of English.
constexpr std::size_t kBytesPerToken = 4;

std::int64_t about_tokens(const std::vector<llm::Message>& messages) {
  std::size_t bytes = 0;
  for (const auto& message : messages) {
    bytes += message.text.size();
    for (const auto& call : message.tool_calls) bytes += weight_of(call.arguments);
  }
  return static_cast<std::int64_t>(bytes / kBytesPerToken);
}

}  // namespace

// Drawing programs keep fields of their own in `data` (a label, a colour), so unknown ones are no mistake.
Result<ModelData> read_model_data(const json& data, const std::string& path) {
  auto read = from_json<ModelData>(data, Unknown::Ignore, path);
  if (!read) return read;
  if (trimmed(read->model).empty())
    return invalid(path + ".model", "name the model that this node asks, such as gpt-4o");
  if (read->max_tokens && *read->max_tokens < 1) return invalid(path + ".max_tokens", "'max_tokens' must be 1 or more");
  if (read->temperature && (*read->temperature < 0 || *read->temperature > 2))
    return invalid(path + ".temperature", "'temperature' must be from 0 to 2");
  return read;
}

Result<std::vector<llm::Message>> first_messages(const ModelData& data, const json& inputs) {
  auto prompt = choose_prompt(inputs, data.prompt.value_or(""));
  if (!prompt) return std::move(prompt.error());
  auto system_prompt = fill_template(data.system_prompt.value_or(""), inputs);
  if (!system_prompt) return std::move(system_prompt.error());
  if (trimmed(*prompt).empty())
    return Error{ErrorKind::InvalidRequest,
                 "there is no text to ask the model with; give this node a prompt or an input"};
  std::vector<llm::Message> messages;
  if (!system_prompt->empty()) messages.push_back({llm::Role::System, std::move(*system_prompt)});
  messages.push_back({llm::Role::User, std::move(*prompt)});
  return messages;
}

llm::ChatOutcome ask_model(const NodeContext& context, const ModelData& data, const std::vector<llm::Message>& messages,
                           const std::vector<llm::ToolDefinition>& tools) {
  const auto input_tokens = about_tokens(messages);
  if (auto allowed = context.tokens.allow(input_tokens); !allowed) return {std::move(allowed.error())};
  auto max_tokens = data.max_tokens;
  if (const auto left = context.tokens.left()) {
    const auto most = std::max<std::int64_t>(*left - input_tokens, 1);
    max_tokens = std::min(max_tokens.value_or(most), most);
  }
  auto chat = context.llm.chat({.model = std::string(trimmed(data.model)),
                                .messages = messages,
                                .temperature = data.temperature,
                                .max_tokens = max_tokens,
                                .tools = tools},
                               {.provider = data.provider,
                                .credential = data.credential,
                                .on_delta = context.on_delta,
                                .cancel = context.cancel});
  if (chat.answer && chat.answer->usage) context.tokens.use(*chat.answer->usage);
  return chat;
}

}  // namespace ownkey::workflow
