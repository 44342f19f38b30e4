// TwoFactorController: switching the second factor on and off, and its recovery codes.
#pragma once

#include "web/app/form.h"

namespace ownkey::app {

class TwoFactorController {
 public:
  TwoFactorController(Desk desk, platform::Platform& platform) : desk_(desk), platform_(platform) {}

  void load();
  void open(state::TwoFactorStep step);
  void send();
  void copy_codes();
  void copied(bool done);

  // Nothing secret stays when the page is left.
  void forget();
  // The same, but recovery codes on show stay: they are not shown again.
  void forget_unless_new();

 private:
  using Step = state::TwoFactorStep;

  state::TwoFactor& two_factor() { return desk_.state.account.two_factor; }
  pages::TwoFactorDraft& draft() { return desk_.drafts.two_factor; }
  void fail(const state::Failure& failure);
  void take_codes(state::Outcome<api::RecoveryCodes> outcome);

  Desk desk_;
  platform::Platform& platform_;
};

}  // namespace ownkey::app
