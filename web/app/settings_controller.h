// SettingsController: preferences, activity and usage.
#pragma once

#include "web/app/form.h"

namespace ownkey::app {

class SettingsController {
 public:
  SettingsController(Desk desk, platform::Platform& platform) : desk_(desk), platform_(platform) {}

  void load_preferences();
  void save_preferences();

  // Once a frame: the look that is chosen, saved or not.
  void follow_look();

  void load_activity();
  void show_more_activity();

  void load_usage();
  void save_budget(const std::string& credential_id);

 private:
  state::Usage& usage() { return desk_.state.usage; }
  void load_report(api::UsageGroup group, state::Remote<api::UsageReport>& report);
  void take_budgets(std::vector<api::Budget> budgets);
  api::Budget* known_budget(const std::string& credential_id);

  Desk desk_;
  platform::Platform& platform_;
  platform::Look look_;
};

}  // namespace ownkey::app
