// The dialog over a page whose session has ended: the same person signs in again and goes on.
#include "web/pages/login_form.h"
#include "web/pages/pages.h"
#include "web/ui/button.h"
#include "web/ui/dialog.h"
#include "web/ui/label.h"

namespace ownkey::pages {

void draw_session_ended(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  const ui::Dialog dialog(ui, "ended", "ended.heading", "ended.text", state.session.ended_at_y);
  ui::heading(ui, 2, "ended.heading", "Your session has ended");
  ui.gap(ui::space::kTight);
  ui::paragraph(
      ui, {.name = "ended.text", .text = "Sign in to go on. What you typed is still here.", .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  draw_login_form(ui, state, drafts.login, WhoSignsIn::SamePerson, actions);
  ui.gap(ui::space::kField);
  if (ui::link(ui, {.name = "ended.leave", .label = "Sign in as somebody else", .href = "/login"}))
    actions.emplace_back(state::action::SignInAsOther{});
}

}  // namespace ownkey::pages
