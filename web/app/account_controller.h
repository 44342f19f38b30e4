// AccountController: what people can do with their own account.
#pragma once

#include <functional>
#include <string>

#include "web/app/form.h"
#include "web/app/session_controller.h"

namespace ownkey::app {

class AccountController {
 public:
  AccountController(Desk desk, SessionController& session) : desk_(desk), session_(session) {}

  void load();
  void save_profile();
  void save_password();
  void end_session(const std::string& id);
  void end_other_sessions();
  void ask_to_delete();
  void keep();
  void remove();
  // On leaving the page.
  void forget_passwords();

 private:
  state::Account& account() { return desk_.state.account; }

  void fill_profile();
  void keep_quietly();
  void load_sessions();
  // The sessions that `ended` chooses are gone, or are not.
  void take_ended(const state::Outcome<api::Done>& outcome, const std::string& done,
                  const std::function<bool(const api::SessionEntry&)>& ended);

  Desk desk_;
  std::uint32_t loads_ = 0;  // of the sessions: only the newest counts
  SessionController& session_;
};

}  // namespace ownkey::app
