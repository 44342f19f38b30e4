// KeysController: what can be done with API keys.
#pragma once

#include "web/app/desk.h"

namespace ownkey::app {

class KeysController {
 public:
  explicit KeysController(Desk desk) : desk_(desk) {}

  void load();
  void verify(Provider provider);
  void save(Provider provider);
  void switch_key(Provider provider, bool on);
  void undo_replacing(Provider provider);
  void ask_to_remove(Provider provider);
  void keep(Provider provider);
  void remove(Provider provider);

 private:
  state::KeyCard& card(Provider provider) { return desk_.state.keys.cards[provider]; }
  ui::FieldState& draft(Provider provider) { return desk_.drafts.keys[provider]; }
  const api::Credential* stored(Provider provider) const;
  api::KeyName key(Provider provider) const;
  std::string name(Provider provider) const { return std::string(provider_info(provider).name) + " key"; }

  bool check_typed(Provider provider);
  void load_credentials();
  void ask_provider(Provider provider, bool typed);
  void take_check(Provider provider, bool typed, std::uint32_t edit, state::Outcome<api::VerifiedAnswer> outcome);
  void take_saved(Provider provider, api::Credential saved);
  // The entry as it is now, with its word for the person; or why it is not.
  void take_changed(Provider provider, state::Outcome<api::Credential> outcome, const std::string& done);
  void put(api::Credential entry);
  void show_failure(Provider provider, const state::Failure& failure, bool of_typed_key);

  Desk desk_;
};

}  // namespace ownkey::app
