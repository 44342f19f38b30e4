// `llm`: asks a model once. Its output is {"generated_text": …}.
#include <optional>
#include <string>
#include <utility>

#include "server/llm/chat.h"
#include "server/workflow/nodes/nodes.h"
#include "server/workflow/prompt.h"
#include "shared/fields.h"
#include "shared/validation.h"

namespace ownkey::workflow {
namespace {

struct LlmData {
  std::string model;
  std::optional<Provider> provider;
  std::optional<std::string> system_prompt;
  std::optional<std::string> prompt;
  std::optional<double> temperature;
  std::optional<std::int64_t> max_tokens;
  std::optional<std::string> credential;  // the label of the key to use

  static constexpr auto fields() {
    return std::tuple{Field{"model", &LlmData::model},
                      Field{"provider", &LlmData::provider},
                      Field{"system_prompt", &LlmData::system_prompt},
                      Field{"prompt", &LlmData::prompt},
                      Field{"temperature", &LlmData::temperature},
                      Field{"max_tokens", &LlmData::max_tokens},
                      Field{"credential", &LlmData::credential}};
  }
};

// Drawing programs keep fields of their own in `data` (a label, a colour), so unknown ones are no mistake.
Result<LlmData> read(const json& data, const std::string& path) {
  return from_json<LlmData>(data, Unknown::Ignore, path);
}

llm::ChatRequest request_of(const LlmData& data, std::string system_prompt, std::string prompt) {
  llm::ChatRequest request;
  request.model = std::string(trimmed(data.model));
  if (!system_prompt.empty()) request.messages.push_back({llm::Role::System, std::move(system_prompt)});
  request.messages.push_back({llm::Role::User, std::move(prompt)});
  request.temperature = data.temperature;
  request.max_tokens = data.max_tokens;
  return request;
}

}  // namespace

Result<void> check_llm(const json& data, const std::string& path) {
  const auto read_data = read(data, path);
  if (!read_data) return read_data.error();
  if (trimmed(read_data->model).empty())
    return invalid(path + ".model", "name the model that this node asks, such as gpt-4o");
  if (read_data->max_tokens && *read_data->max_tokens < 1)
    return invalid(path + ".max_tokens", "'max_tokens' must be 1 or more");
  if (read_data->temperature && (*read_data->temperature < 0 || *read_data->temperature > 2))
    return invalid(path + ".temperature", "'temperature' must be from 0 to 2");
  return {};
}

NodeResult run_llm(const NodeContext& context) {
  const auto data = read(context.data, "data");
  if (!data) return NodeFailure{data.error()};
  auto prompt = choose_prompt(context.inputs, data->prompt.value_or(""));
  if (!prompt) return NodeFailure{prompt.error()};
  auto system_prompt = fill_template(data->system_prompt.value_or(""), context.inputs);
  if (!system_prompt) return NodeFailure{system_prompt.error()};
  if (trimmed(*prompt).empty())
    return NodeFailure{
        {ErrorKind::InvalidRequest, "there is no text to ask the model with; give this node a prompt or an input"}};
  auto chat = context.llm.chat(request_of(*data, std::move(*system_prompt), std::move(*prompt)),
                               {.provider = data->provider,
                                .credential = data->credential,
                                .on_delta = context.on_delta,
                                .cancel = context.cancel});
  if (!chat.answer) return NodeFailure{std::move(chat.answer.error()), std::move(chat.key)};
  return NodeOutcome{{{"generated_text", std::move(chat.answer->text)}},
                     chat.answer->usage,
                     std::move(chat.key),
                     std::move(chat.provider_request_id)};
}

}  // namespace ownkey::workflow
