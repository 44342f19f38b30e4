#include "web/pages/login_form.h"

#include "web/pages/entry_frame.h"
#include "web/ui/field.h"

namespace ownkey::pages {

void draw_login_form(ui::Ui& ui, const state::AppState& state, LoginDraft& draft, WhoSignsIn who,
                     state::Actions& actions) {
  const ui::Form form(ui, "login");
  ui::field(ui,
            {.name = "login.email",
             .label = "Email",
             .kind = ui::FieldKind::Email,
             .autocomplete = "username",
             .fixed = who == WhoSignsIn::SamePerson},
            draft.email);
  ui.gap(ui::space::kField);
  ui::field(ui,
            {.name = "login.password",
             .label = "Password",
             .kind = ui::FieldKind::Password,
             .autocomplete = "current-password",
             .secret_name = "password"},
            draft.password);
  if (state.asks_for_code) {
    ui.gap(ui::space::kField);
    ui::field(ui,
              {.name = "login.code",
               .label = "Code",
               .autocomplete = "one-time-code",
               .help = "From your authenticator app. One of your recovery codes works, too."},
              draft.code);
  }
  if (draw_submit(ui, state.entry, draft.edits(), {.name = "sign-in", .label = "Sign in", .busy_label = "Signing in"}))
    actions.emplace_back(state::action::SignIn{});
}

}  // namespace ownkey::pages
