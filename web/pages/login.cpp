// Sign in.
#include "web/pages/entry_frame.h"
#include "web/pages/pages.h"
#include "web/ui/field.h"
#include "web/ui/label.h"

namespace ownkey::pages {

void draw_login(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  EntryFrame frame(ui, "Sign in");
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
    if (state.asks_for_code) {
      ui.gap(ui::space::kField);
      ui::field(ui,
                {.name = "login.code",
                 .label = "Code",
                 .autocomplete = "one-time-code",
                 .help = "From your authenticator app. One of your recovery codes works, too."},
                drafts.login.code);
    }
    if (frame.submit(state.entry, drafts.login.edits(),
                     {.name = "sign-in", .label = "Sign in", .busy_label = "Signing in"}))
      actions.emplace_back(state::action::SignIn{});
  }
  frame.lead_on(
      {.name = "to-register", .label = "Create an account", .href = state::register_address(state.route.next)},
      actions);
}

}  // namespace ownkey::pages
