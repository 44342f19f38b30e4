// StoredKeys: the keys that are kept on the server, and what can be done with each of them.
#pragma once

#include <string>

#include "web/app/form.h"

namespace ownkey::app {

using state::KeyName;

class StoredKeys {
 public:
  using Task = state::KeyWork::Task;

  explicit StoredKeys(Desk desk) : desk_(desk) {}

  void load();
  void load_credentials();

  // "OpenAI key", and among several "OpenAI key work".
  std::string name(const KeyName& key) const;

  // The entry as it is now. And why something was not done with a key: under a field only what is the fault of what is
  // in it.
  void put(api::Credential entry);
  void show_failure(const KeyName& key, const state::Failure& failure, bool takes_focus = true);

  void change(const KeyName& key, Task task, const api::ChangeCredentialRequest& request, const std::string& done);
  void undo_replacing(const KeyName& key);
  void ask_for_label(const KeyName& key);
  void rename(const KeyName& key);
  void keep_label(const KeyName& key);
  void ask_to_remove(const KeyName& key);
  void keep(const KeyName& key);
  void remove(const KeyName& key);
  void move_up(const KeyName& key);
  void switch_failover(Provider provider);

 private:
  state::Keys& keys() { return desk_.state.keys; }
  state::KeyWork& work(const KeyName& key) { return keys().work[key]; }
  pages::KeyDraft& draft(Provider provider) { return desk_.drafts.keys[provider]; }

  void load_failover();
  void take_changed(const KeyName& key, state::Outcome<api::Credential> outcome, const std::string& done);
  void set_failover(Provider provider, api::Failover failover);

  Desk desk_;
  std::uint32_t loads_ = 0;  // of the list: only the newest counts
};

}  // namespace ownkey::app
