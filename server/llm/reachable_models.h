// ReachableModels: the models that a person's keys reach, and by that the provider of a model. Safe from several
// threads.
//
// Asks each provider with each key and keeps the answers for some minutes (model_lists.h). Borrows everything it is
// given, which must outlive it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/llm/endpoint.h"
#include "server/llm/key_resolver.h"
#include "server/llm/model_ends.h"
#include "server/llm/model_lists.h"
#include "server/llm/provider_call.h"
#include "server/llm/provider_client.h"
#include "shared/api/models.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::llm {

using ProviderClients = std::map<Provider, std::unique_ptr<ProviderClient>>;

class ReachableModels {
 public:
  ReachableModels(KeyResolver& resolver, const Endpoints& endpoints, ProviderCaller& caller,
                  const ProviderClients& clients, const base::Clock& clock)
      : resolver_(resolver), endpoints_(endpoints), caller_(caller), clients_(clients), lists_(clock) {}

  // Of the active keys, by provider and name. A key that may not list models adds none; an error only when no key
  // brought a list and one of them failed.
  Result<std::vector<api::Model>> list(const base::UserId& user, std::optional<Provider> provider,
                                       const base::CancelToken& cancel);

  // Whoever has the model by the lists of the user's keys; else by the family of its name. Where only one provider
  // comes into question, nobody is asked. Errors: model_not_found for a model that nobody knows, or that several have.
  Result<Provider> provider_of(const base::UserId& user, std::string_view model, const base::CancelToken& cancel);

  // What is known without asking anybody now.
  Result<ModelEnds> ends(const base::UserId& user);

  // Somebody else has just asked with this key.
  void keep(const vault::CredentialInfo& credential, const ModelLists::List& list);

 private:
  struct Reached {
    const ChosenKey* key;
    ModelLists::SharedList list;  // null for keys beyond the limit of one look
  };

  std::vector<Reached> reach(const base::UserId& user, const std::vector<ChosenKey>& keys,
                             const base::CancelToken& cancel);
  ModelLists::SharedList fetch(const base::UserId& user, const ChosenKey& key, const base::CancelToken& cancel);

  KeyResolver& resolver_;
  const Endpoints& endpoints_;
  ProviderCaller& caller_;
  const ProviderClients& clients_;
  ModelLists lists_;
};

}  // namespace ownkey::llm
