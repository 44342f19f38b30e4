#include "web/app/desk.h"

#include <string>

namespace ownkey::app {

void load_models(const Desk& desk) {
  auto& models = desk.state.models;
  if (models.loading()) return;
  models.load(desk.ui.now());
  desk.api.models([&models](auto outcome) { models.take(std::move(outcome)); });
}

void announce_bad_fields(ui::Ui& ui, int count) {
  ui.announce(count == 1 ? "One field needs your attention." : std::to_string(count) + " fields need your attention.",
              platform::Urgency::Assertive);
}

}  // namespace ownkey::app
