// SessionController: finding out who is there, signing in, up and out.
#pragma once

#include <functional>
#include <string>

#include "web/app/desk.h"

namespace ownkey::app {

class SessionController {
 public:
  explicit SessionController(Desk desk) : desk_(desk) {}

  // Called when somebody has signed in, or was.
  std::function<void()> when_entered;

  void find_out();
  void sign_in();
  void create_account();
  void sign_out();

  // The session is over by the person's own will: nothing of theirs stays, and the sign-in page is shown.
  void leave();

  // A request was refused because the session is over. The page stays as it is; over it the same person is asked to
  // sign in again.
  void lost();
  static bool asks_in_place(const state::AppState& state);

 private:
  void enter(api::User user);
  void ask_for_code(const std::string& email);
  void forget_everything();

  Desk desk_;
  std::string asked_for_code_;  // the address whose password was right
  std::string last_user_id_;
  platform::NodeId focused_ = platform::kNoNode;  // when the session was lost
};

}  // namespace ownkey::app
