// Create your account.
#include "web/pages/entry_frame.h"
#include "web/pages/pages.h"
#include "web/pages/password_advice.h"
#include "web/ui/field.h"
#include "web/ui/label.h"

namespace ownkey::pages {
namespace {

void draw_fields(ui::Ui& ui, RegisterDraft& draft) {
  ui::field(ui,
            {.name = "register.name", .label = "Name", .autocomplete = "name", .help = "Optional. Only you see it."},
            draft.name);
  ui.gap(ui::space::kField);
  ui::field(ui, {.name = "register.email", .label = "Email", .kind = ui::FieldKind::Email, .autocomplete = "username"},
            draft.email);
  ui.gap(ui::space::kField);
  const std::string help = password_advice(draft.password.text(), draft.email.text());
  ui::field(ui,
            {.name = "register.password",
             .label = "Password",
             .kind = ui::FieldKind::Password,
             .autocomplete = "new-password",
             .help = help,
             .secret_name = "password"},
            draft.password);
}

}  // namespace

void draw_register(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  EntryFrame frame(ui, "Create your account");
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "intro",
                     .text = "Bring your own API keys and run workflows on them. Keys are kept encrypted.",
                     .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  {
    const ui::Form form(ui, "register");
    draw_fields(ui, drafts.sign_up);
    if (draw_submit(ui, state.entry, drafts.sign_up.edits(),
                    {.name = "create-account", .label = "Create account", .busy_label = "Creating account"}))
      actions.emplace_back(state::action::CreateAccount{});
  }
  frame.lead_on(
      {.name = "to-login", .label = "I have an account already", .href = state::login_address(state.route.next)},
      actions);
}

}  // namespace ownkey::pages
