#include "server/llm/key_resolver.h"

#include <algorithm>

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

}  // namespace

Result<ChosenKey> KeyResolver::choose(const base::UserId& user, Provider provider,
                                      const std::optional<std::string>& label) {
  if (label) return choose_labelled(user, provider, *label);
  // Most people have one key, under the label that is given when none is: one row to read.
  auto usual = vault_.find(user, provider, vault::kDefaultLabel);
  if (!usual) return std::move(usual.error());
  if (*usual && (*usual)->is_active) return own(std::move(**usual));

  auto credentials = vault_.list(user);
  if (!credentials) return std::move(credentials.error());
  std::erase_if(*credentials, [&](const auto& credential) { return credential.provider != provider; });
  const auto active = std::ranges::find_if(*credentials, [](const auto& credential) { return credential.is_active; });
  if (active != credentials->end()) return own(std::move(*active));
  if (!credentials->empty()) return inactive(credentials->front());

  const auto system = system_keys_.find(provider);
  if (system == system_keys_.end()) return none(provider);
  return ChosenKey{{api::KeySource::System, provider, std::nullopt, mask_key(system->second.reveal())}, std::nullopt};
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
