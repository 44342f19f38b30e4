// KeysController: who does what is asked for on the page of API keys.
#pragma once

#include "web/app/key_entry.h"
#include "web/app/stored_keys.h"
#include "web/state/actions.h"

namespace ownkey::app {

class KeysController {
 public:
  explicit KeysController(Desk desk) : desk_(desk), stored_(desk), entry_(desk, stored_) {}
  KeysController(const KeysController&) = delete;
  KeysController& operator=(const KeysController&) = delete;

  void load() { stored_.load(); }
  void carry_out(const state::action::OnKey& action);

 private:
  Desk desk_;
  StoredKeys stored_;
  KeyEntry entry_;
};

}  // namespace ownkey::app
