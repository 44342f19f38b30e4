// KeysController: what can be done with API keys.
#pragma once

#include <string>
#include <vector>

#include "web/app/desk.h"
#include "web/state/actions.h"

namespace ownkey::app {

using state::KeyName;

class KeysController {
 public:
  explicit KeysController(Desk desk) : desk_(desk) {}

  void load();
  void carry_out(const state::action::OnKey& action);

 private:
  using Task = state::KeyWork::Task;

  state::Keys& keys() { return desk_.state.keys; }
  state::KeyWork& work(const KeyName& key) { return keys().work[key]; }
  pages::KeyDraft& draft(Provider provider) { return desk_.drafts.keys[provider]; }
  const api::Credential* stored(const KeyName& key) const;
  std::vector<const api::Credential*> all_of(Provider provider) const;
  // The stored key that the field of the provider is about; an empty label if it is for another one.
  KeyName meant_by_field(Provider provider) const;
  std::string name(const KeyName& key) const;

  bool check_typed(Provider provider);
  void load_credentials();
  void load_failover();
  void verify(const KeyName& key);
  void ask_provider(const KeyName& key);
  void take_check(const KeyName& key, std::uint32_t edit, state::Outcome<api::VerifiedAnswer> outcome);
  void save(Provider provider);
  void take_saved(Provider provider, const KeyName& key, api::Credential saved);
  void change(const KeyName& key, Task task, const api::ChangeCredentialRequest& request, const std::string& done);
  void undo_replacing(const KeyName& key);
  // The entry as it is now, with its word for the person; or why it is not.
  void take_changed(const KeyName& key, state::Outcome<api::Credential> outcome, const std::string& done);
  void open_field(Provider provider, const std::string& label);
  void close_field(Provider provider);
  void move_typed(Provider from);
  void ask_for_label(const KeyName& key);
  void rename(const KeyName& key);
  void keep_label(const KeyName& key);
  void ask_to_remove(const KeyName& key);
  void keep(const KeyName& key);
  void remove(const KeyName& key);
  void move_up(const KeyName& key);
  void set_failover(Provider provider, api::Failover failover);
  void put(api::Credential entry);
  void show_failure(const KeyName& key, const state::Failure& failure);

  Desk desk_;
};

}  // namespace ownkey::app
