// App: the whole page. Takes what happened, draws, and carries out what was asked for.
// The platform is borrowed and must outlive it; so must the App itself the platform's use of it.
#pragma once

#include "web/api/client.h"
#include "web/app/account_controller.h"
#include "web/app/keys_controller.h"
#include "web/app/navigator.h"
#include "web/app/session_controller.h"
#include "web/app/settings_controller.h"
#include "web/app/two_factor_controller.h"
#include "web/app/workflows_controller.h"
#include "web/pages/drafts.h"
#include "web/platform/platform.h"
#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/toast.h"
#include "web/ui/ui.h"

namespace ownkey::app {

class App final : public platform::Client {
 public:
  explicit App(platform::Platform& platform);

  platform::Pacing frame(platform::Frame frame) override;

 private:
  void take(platform::Event& event);
  void press(std::string_view key);
  state::Actions draw();
  void carry_out(const state::Action& action);
  void load_what_is_shown();

  ui::Ui ui_;
  ui::Toasts toasts_;
  api::Client api_;
  state::AppState state_;
  pages::Drafts drafts_;
  Navigator navigator_;
  Desk desk_{state_, drafts_, api_, ui_, toasts_, navigator_};
  SessionController session_{desk_};
  AccountController account_{desk_, session_};
  KeysController keys_{desk_};
  SettingsController settings_;
  TwoFactorController two_factor_;
  WorkflowsController workflows_;
  bool started_ = false;
};

}  // namespace ownkey::app
