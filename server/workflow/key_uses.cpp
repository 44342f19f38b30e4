#include "server/workflow/key_uses.h"

#include <utility>

#include "server/workflow/asked_models.h"

namespace ownkey::workflow {
namespace {

struct Question {
  Provider provider{};
  std::string_view label;
  bool is_usual;  // calls to the provider that name no key get this one
};

api::CredentialUse use_in(const store::WorkflowRow& row, const Question& question) {
  api::CredentialUse use{row.id.text(), row.name, {}, {}};
  for (auto& asked : asked_models(row.canvas_state)) {
    if (asked.provider != question.provider) continue;
    if (asked.credential == question.label) use.node_ids.push_back(std::move(asked.node_id));
    else if (!asked.credential && question.is_usual) use.by_default.push_back(std::move(asked.node_id));
  }
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
