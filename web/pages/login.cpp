// Sign in.
#include "web/pages/entry_frame.h"
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/ui/field.h"
#include "web/ui/label.h"

namespace ownkey::pages {

void draw_login(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  const EntryFrame frame(ui, "Sign in");
  ui.gap(ui::space::kTight);
  ui::paragraph(
      ui, {.name = "intro", .text = "Welcome back. Your keys and workflows are waiting.", .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  {
    const ui::Form form(ui, "login");
    ui::field(ui, {.name = "login.email", .label = "Email", .kind = ui::FieldKind::Email, .autocomplete = "username"},
              drafts.login.email);
    ui.gap(ui::space::kField);
    ui::field(ui,
              {.name = "login.password",
               .label = "Password",
               .kind = ui::FieldKind::Password,
               .autocomplete = "current-password",
               .secret_name = "password"},
              drafts.login.password);
    ui.gap(ui::space::kCard);
    if (!state.entry.failure.empty()) {
      ui::callout(ui, "failure", sentence(state.entry.failure), ui::Tone::Danger);
      ui.gap(ui::space::kField);
    }
    if (ui::wide_button(ui, {.name = "sign-in",
                             .label = "Sign in",
                             .look = ui::Look::Primary,
                             .submits = true,
                             .busy = state.entry.busy,
                             .busy_label = "Signing in"}))
      actions.emplace_back(state::action::SignIn{});
  }
  ui.gap(ui::space::kField);
  const std::string other = state::register_address(state.route.next);
  if (ui::link(ui, {.name = "to-register", .label = "Create an account", .href = other}))
    actions.emplace_back(state::action::GoTo{other});
  if (frame.brand_clicked()) actions.emplace_back(state::action::GoTo{"/"});
}

}  // namespace ownkey::pages
