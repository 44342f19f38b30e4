#include "server/llm/key_resolver.h"

#include <algorithm>

#include "server/llm/failover.h"
#include "shared/mask.h"

namespace ownkey::llm {
namespace {

ChosenKey own(vault::CredentialInfo credential) {
  api::KeyReceipt receipt{api::KeySource::Own, credential.provider, credential.id.text(), credential.masked_key};
  return {std::move(receipt), std::move(credential)};
}

std::string name_of_provider(Provider provider) { return std::string(provider_info(provider).name); }

Error inactive(const vault::CredentialInfo& credential) {
  return {ErrorKind::CredentialInactive, "your " + name_of_provider(credential.provider) + " key '" + credential.label +
                                             "' is switched off; switch it on in Settings, or use another"};
}

Error none(Provider provider) {
  return {ErrorKind::NoCredential, "you have no " + name_of_provider(provider) + " key yet; add one to run this"};
}

std::vector<ChosenKey> one_after_another(std::vector<vault::CredentialInfo> credentials,
                                         const std::vector<base::CredentialId>& order) {
  put_in_order(credentials, order);
  // Keys for another address are for another service: what is meant for one does not go to the other.
  const auto base_url = credentials.front().base_url;
  std::erase_if(credentials, [&](const auto& one) { return one.base_url != base_url; });
  std::vector<ChosenKey> keys;
  for (auto& credential : credentials) keys.push_back(own(std::move(credential)));
  return keys;
}

}  // namespace

Result<ChosenKey> KeyResolver::choose(const base::UserId& user, Provider provider,
                                      const std::optional<std::string>& label) {
  auto keys = choose_in_order(user, provider, label);
  if (!keys) return std::move(keys.error());
  return std::move(keys->front());
}

Result<std::vector<ChosenKey>> KeyResolver::choose_in_order(const base::UserId& user, Provider provider,
                                                            const std::optional<std::string>& label) {
  const auto only = [](Result<ChosenKey> chosen) -> Result<std::vector<ChosenKey>> {
    if (!chosen) return std::move(chosen.error());
    return std::vector{std::move(*chosen)};
  };
  if (label) return only(choose_labelled(user, provider, *label));
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto failover = (*store)->usage().failover(provider);
  if (!failover) return failover.error();
  const bool is_on = *failover && (*failover)->enabled;
  if (!is_on) {
    // Most people have one key, under the label that is given when none is: one row to read.
    auto usual = vault_.find(user, provider, vault::kDefaultLabel);
    if (!usual) return std::move(usual.error());
    if (*usual && (*usual)->is_active) return only(own(std::move(**usual)));
  }

  auto credentials = vault_.list(user);
  if (!credentials) return std::move(credentials.error());
  std::erase_if(*credentials, [&](const auto& one) { return one.provider != provider; });
  if (credentials->empty())
    return only(system_keys_.contains(provider) ? Result(system_key(provider)) : none(provider));
  const auto first = credentials->front();
  std::erase_if(*credentials, [](const auto& one) { return !one.is_active; });
  if (credentials->empty()) return inactive(first);
  if (!is_on) return only(own(std::move(credentials->front())));
  return one_after_another(std::move(*credentials), (*failover)->order);
}

Result<std::vector<ChosenKey>> KeyResolver::usable(const base::UserId& user, std::optional<Provider> provider) {
  auto credentials = vault_.list(user);
  if (!credentials) return std::move(credentials.error());
  std::vector<ChosenKey> keys;
  for (const auto& [system, key] : system_keys_) {
    const auto is_of_it = [of = system](const auto& credential) { return credential.provider == of; };
    if (std::ranges::none_of(*credentials, is_of_it)) keys.push_back(system_key(system));
  }
  for (auto& credential : *credentials)
    if (credential.is_active) keys.push_back(own(std::move(credential)));
  if (provider) std::erase_if(keys, [&](const ChosenKey& key) { return key.receipt.provider != *provider; });
  return keys;
}

Result<bool> KeyResolver::are_all_of(const base::UserId& user, Provider provider) {
  const auto rows = users_.read(user, [](store::UserView& view) { return view.credentials(); });
  if (!rows) return rows.error();
  const auto is_usable_other = [&](const auto& row) { return row.is_active && row.provider != provider; };
  if (std::ranges::any_of(**rows, is_usable_other)) return false;
  return std::ranges::all_of(system_keys_, [&](const auto& system) {
    return system.first == provider ||
           std::ranges::find(**rows, system.first, &store::CredentialRow::provider) != (*rows)->end();
  });
}

ChosenKey KeyResolver::system_key(Provider provider) const {
  const auto masked = mask_key(system_keys_.at(provider).reveal());
  return {{api::KeySource::System, provider, std::nullopt, masked}, std::nullopt};
}

Result<ChosenKey> KeyResolver::choose_labelled(const base::UserId& user, Provider provider, const std::string& label) {
  auto credential = vault_.find(user, provider, label);
  if (!credential) return std::move(credential.error());
  if (!*credential)
    return Error{ErrorKind::NoCredential, "you have no " + name_of_provider(provider) + " key with the label '" +
                                              label + "'; add it in Settings, or correct the label"};
  if (!(*credential)->is_active) return inactive(**credential);
  return own(std::move(**credential));
}

Result<Secret> KeyResolver::open(const base::UserId& user, const ChosenKey& chosen) {
  if (chosen.credential) return vault_.open(user, chosen.credential->id, chosen.credential->generation);
  return system_keys_.at(chosen.receipt.provider).clone();
}

}  // namespace ownkey::llm
