// KeyEntry: what is typed into the field of a provider, until it is a stored key.
#pragma once

#include "web/app/form.h"
#include "web/app/stored_keys.h"

namespace ownkey::app {

class KeyEntry {
 public:
  KeyEntry(Desk desk, StoredKeys& stored) : desk_(desk), stored_(stored) {}

  // Without a label: the typed key; or, where nothing is typed, the stored one that the field is about.
  void verify(const KeyName& key);
  void save(Provider provider);
  // With a label: to replace that key, else to add one.
  void open_field(Provider provider, const std::string& label);
  void close_field(Provider provider);
  // To the field of the provider that the key seems to be of.
  void move_typed(Provider from);

 private:
  using Task = state::KeyWork::Task;

  state::Keys& keys() { return desk_.state.keys; }
  state::KeyWork& work(const KeyName& key) { return keys().work[key]; }
  pages::KeyDraft& draft(Provider provider) { return desk_.drafts.keys[provider]; }
  // The stored key that the field of the provider is about; an empty label if it is for another one.
  KeyName meant_by_field(Provider provider) const;

  Result<std::string> free_label(Provider provider);
  bool check_typed(Provider provider);
  void ask_provider(const KeyName& key);
  void take_check(const KeyName& key, const Sent& sent, state::Outcome<api::VerifiedAnswer> outcome);
  void take_saved(const KeyName& key, const Sent& sent, api::Credential saved);

  Desk desk_;
  StoredKeys& stored_;
  std::uint32_t checks_ = 0;
};

}  // namespace ownkey::app
