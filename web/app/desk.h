// Desk: what the controllers work with. They change the state, the drafts and the address; nobody else does.
#pragma once

#include "web/api/client.h"
#include "web/app/navigator.h"
#include "web/pages/drafts.h"
#include "web/state/app_state.h"
#include "web/ui/toast.h"
#include "web/ui/ui.h"

namespace ownkey::app {

struct Desk {
  state::AppState& state;
  pages::Drafts& drafts;
  api::Client& api;
  ui::Ui& ui;
  ui::Toasts& toasts;
  Navigator& navigator;
};

// Asks for the models that the person's keys reach, unless that is under way. Without them any can be typed, so a
// failure needs no words.
void load_models(const Desk& desk);

// Says that fields need attention; the first of them has the focus and its error as its description.
void announce_bad_fields(ui::Ui& ui, int count);

}  // namespace ownkey::app
