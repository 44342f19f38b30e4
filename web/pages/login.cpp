// Sign in.
#include "web/pages/entry_frame.h"
#include "web/pages/login_form.h"
#include "web/pages/pages.h"
#include "web/ui/label.h"

namespace ownkey::pages {

void draw_login(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  EntryFrame frame(ui, "Sign in");
  ui.gap(ui::space::kTight);
  ui::paragraph(
      ui, {.name = "intro", .text = "Welcome back. Your keys and workflows are waiting.", .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  draw_login_form(ui, state, drafts.login, WhoSignsIn::Anybody, actions);
  frame.lead_on(
      {.name = "to-register", .label = "Create an account", .href = state::register_address(state.route.next)},
      actions);
}

}  // namespace ownkey::pages
