// `llm`: asks a model once. Its output is {"generated_text": …}.
#include <utility>

#include "server/workflow/nodes/model_call.h"
#include "server/workflow/nodes/nodes.h"

namespace ownkey::workflow {

Result<void> check_llm(const json& data, const std::string& path) {
  const auto read = read_model_data(data, path);
  if (!read) return read.error();
  return {};
}

NodeResult run_llm(const NodeContext& context) {
  const auto data = read_model_data(context.data, "data");
  if (!data) return NodeFailure{data.error()};
  const auto messages = first_messages(*data, context.inputs);
  if (!messages) return NodeFailure{messages.error()};
  auto chat = ask_model(context, *data, *messages);
  NodeReceipt receipt{.key = std::move(chat.key), .provider_request_id = std::move(chat.provider_request_id)};
  if (!chat.answer) return NodeFailure{std::move(chat.answer.error()), std::move(receipt)};
  receipt.usage = chat.answer->usage;
  return NodeOutcome{json{{"generated_text", std::move(chat.answer->text)}}, std::move(receipt)};
}

}  // namespace ownkey::workflow
