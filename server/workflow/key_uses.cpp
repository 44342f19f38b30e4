#include "server/workflow/key_uses.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "server/llm/model_provider.h"
#include "shared/fields.h"
#include "shared/validation.h"

namespace ownkey::workflow {
namespace {

constexpr std::array<std::string_view, 2> kKindsWithKey{"llm", "agent"};

// What decides on the key of a node that asks a model.
struct ModelData {
  std::string model;
  std::optional<Provider> provider;
  std::optional<std::string> credential;

  static constexpr auto fields() {
    return std::tuple{Field{"model", &ModelData::model}, Field{"provider", &ModelData::provider},
                      Field{"credential", &ModelData::credential}};
  }
};

struct ModelNode {
  std::string id;
  std::string type;
  json data;

  static constexpr auto fields() {
    return std::tuple{Field{"id", &ModelNode::id}, Field{"type", &ModelNode::type}, Field{"data", &ModelNode::data}};
  }
};

struct Question {
  Provider provider{};
  std::string_view label;
  bool is_usual;  // calls to the provider that name no key get this one
};

std::optional<Provider> provider_of(const ModelData& data) {
  return data.provider ? data.provider : llm::family_of_model(trimmed(data.model));
}

void add_node(api::CredentialUse& use, const json& drawn, const Question& question) {
  const auto node = from_json<ModelNode>(drawn, Unknown::Ignore);
  if (!node || std::ranges::find(kKindsWithKey, node->type) == kKindsWithKey.end()) return;
  const auto data = from_json<ModelData>(node->data, Unknown::Ignore);
  if (!data || provider_of(*data) != question.provider) return;
  if (data->credential == question.label) use.node_ids.push_back(node->id);
  else if (!data->credential && question.is_usual) use.by_default.push_back(node->id);
}

api::CredentialUse use_in(const store::WorkflowRow& row, const Question& question) {
  api::CredentialUse use{row.id.text(), row.name, {}, {}};
  // What cannot be read does not run, on this key or on any.
  const auto canvas = parse_json(row.canvas_state);
  if (!canvas || !canvas->is_object()) return use;
  if (const auto nodes = canvas->find("nodes"); nodes != canvas->end())
    for (const auto& node : *nodes) add_node(use, node, question);
  return use;
}

}  // namespace

Result<std::vector<api::CredentialUse>> KeyUses::of(const base::UserId& user, Provider provider,
                                                    std::string_view label) {
  const auto key = vault_.find(user, provider, label);
  if (!key) return key.error();
  if (!*key) return vault::no_such_key(provider, label);
  const auto usual = llm_.for_user(user).usual_key(provider);
  if (!usual) return usual.error();
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto rows = (*store)->workflows();
  if (!rows) return rows.error();
  const Question question{provider, label, *usual == (*key)->id};
  std::vector<api::CredentialUse> uses;
  for (const auto& row : *rows) {
    auto use = use_in(row, question);
    if (!use.node_ids.empty() || !use.by_default.empty()) uses.push_back(std::move(use));
  }
  return uses;
}

}  // namespace ownkey::workflow
