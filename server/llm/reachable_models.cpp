#include "server/llm/reachable_models.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <set>
#include <utility>

#include "server/llm/model_provider.h"

namespace ownkey::llm {
namespace {

// One look asks so many keys at once, and so many in all; the next one goes on where it stopped.
constexpr std::size_t kAtOnce = 4;
constexpr std::size_t kMaxFetches = 16;

std::string list_name(const vault::CredentialInfo& credential) {
  return credential.id.text() + " " + std::to_string(credential.generation);
}

std::string list_name(const ChosenKey& key) {
  return key.credential ? list_name(*key.credential) : "system " + std::string(name_of(key.receipt.provider));
}

// "models/gemini-x" and "gemini-x" are the same model.
bool has_model(const ModelLists::List& list, std::string_view id) {
  constexpr std::string_view kPrefix = "models/";
  if (id.starts_with(kPrefix)) id.remove_prefix(kPrefix.size());
  return list && std::ranges::find(*list, id, &Model::id) != list->end();
}

std::optional<std::string> end_of(Provider provider, const Model& model) {
  if (model.shutdown_date) return model.shutdown_date;
  const auto announced = announced_ends().find({provider, model.id});
  if (announced == announced_ends().end()) return std::nullopt;
  return announced->second;
}

void add(std::map<std::pair<Provider, std::string>, api::Model>& all, const ChosenKey& key, const Model& model) {
  const auto provider = key.receipt.provider;
  auto& entry = all[{provider, model.id}];
  if (entry.id.empty())
    entry = {model.id, provider, model.display_name, model.context_tokens, end_of(provider, model), {}};
  if (key.credential) entry.credentials.push_back(key.credential->label);
}

Error unknown_model(std::string_view model) {
  return {ErrorKind::ModelNotFound, "it is not clear which provider has the model '" + std::string(model) +
                                        "'; check the model's name, or name its provider in the node"};
}

Error several_have(std::string_view model, const std::set<Provider>& providers) {
  std::string names;
  for (const auto provider : providers)
    names += (names.empty() ? "" : " and ") + std::string(provider_info(provider).name);
  return {ErrorKind::ModelNotFound,
          names + " both have a model '" + std::string(model) + "'; name the provider in the node"};
}

}  // namespace

Result<std::vector<api::Model>> ReachableModels::list(const base::UserId& user, std::optional<Provider> provider,
                                                      const base::CancelToken& cancel) {
  const auto keys = resolver_.usable(user, provider);
  if (!keys) return keys.error();
  std::map<std::pair<Provider, std::string>, api::Model> all;
  bool any = false;
  std::optional<Error> failure;
  for (const auto& [key, list] : reach(user, *keys, cancel)) {
    if (!list) continue;
    any = any || *list;
    if (!*list && !failure && list->error().kind != ErrorKind::PermissionDenied) failure = list->error();
    if (*list)
      for (const auto& model : **list) add(all, *key, model);
  }
  if (cancel.cancelled()) return cancelled();
  if (!any && failure) return std::move(*failure);
  std::vector<api::Model> models;
  for (auto& [name, model] : all) models.push_back(std::move(model));
  return models;
}

Result<Provider> ReachableModels::provider_of(const base::UserId& user, std::string_view model,
                                              const base::CancelToken& cancel) {
  const auto family = family_of_model(model);
  if (family) {
    const auto is_clear = resolver_.are_all_of(user, *family);
    if (!is_clear) return is_clear.error();
    if (*is_clear) return *family;
  }
  const auto keys = resolver_.usable(user, std::nullopt);
  if (!keys) return keys.error();
  const auto is_of_family = [&](const ChosenKey& key) { return family && key.receipt.provider == *family; };
  // Others are asked only when the family's own provider says that it does not have the model.
  std::vector<ChosenKey> first, others;
  for (const auto& key : *keys) (is_of_family(key) ? first : others).push_back(key);
  for (const auto& [key, list] : reach(user, first, cancel))
    if (!list || !*list || has_model(*list, model)) return *family;
  std::set<Provider> having;
  for (const auto& [key, list] : reach(user, others, cancel))
    if (list && has_model(*list, model)) having.insert(key->receipt.provider);
  if (having.size() > 1) return several_have(model, having);
  if (having.size() == 1) return *having.begin();
  if (family) return *family;
  return unknown_model(model);
}

Result<ModelEnds> ReachableModels::ends(const base::UserId& user) {
  const auto keys = resolver_.usable(user, std::nullopt);
  if (!keys) return keys.error();
  ModelEnds ends = announced_ends();
  for (const auto& key : *keys)
    if (const auto list = lists_.find(list_name(key)); list && *list)
      for (const auto& model : **list)
        if (model.shutdown_date) ends[{key.receipt.provider, model.id}] = *model.shutdown_date;
  return ends;
}

void ReachableModels::keep(const vault::CredentialInfo& credential, const ModelLists::List& list) {
  lists_.put(list_name(credential), list);
}

std::vector<ReachableModels::Reached> ReachableModels::reach(const base::UserId& user,
                                                             const std::vector<ChosenKey>& keys,
                                                             const base::CancelToken& cancel) {
  std::vector<Reached> all;
  for (const auto& key : keys) all.push_back({&key, lists_.find(list_name(key))});
  std::vector<Reached*> missing;
  for (auto& one : all)
    if (!one.list && missing.size() < kMaxFetches) missing.push_back(&one);

  std::atomic<std::size_t> next = 0;
  const auto fetch_some = [&] {
    for (auto i = next++; i < missing.size(); i = next++) missing[i]->list = fetch(user, *missing[i]->key, cancel);
  };
  // Without a thread to be had, the work is done here.
  std::vector<std::future<void>> helpers;
  while (helpers.size() + 1 < std::min(kAtOnce, missing.size())) helpers.push_back(std::async(fetch_some));
  fetch_some();
  for (auto& helper : helpers) helper.get();
  return all;
}

ModelLists::SharedList ReachableModels::fetch(const base::UserId& user, const ChosenKey& key,
                                              const base::CancelToken& cancel) {
  const auto unkept = [](Error error) { return std::make_shared<const ModelLists::List>(std::move(error)); };
  const auto provider = key.receipt.provider;
  const auto endpoint = endpoints_.find(provider, key.base_url());
  if (!endpoint) return unkept(endpoint.error());
  const auto secret = resolver_.open(user, key);
  if (!secret) return unkept(secret.error());
  auto list = caller_.list_models({provider, *clients_.at(provider), *endpoint, *secret, user}, Patience::None, cancel);
  if (cancel.cancelled()) return unkept(cancelled());
  return lists_.put(list_name(key), std::move(list));
}

}  // namespace ownkey::llm
