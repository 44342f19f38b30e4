// Settings › Account.
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

void draw_entry(ui::Ui& ui, std::string_view name, std::string_view term, std::string_view value) {
  ui::paragraph(ui, {.name = std::string(name) + ".term",
                     .text = term,
                     .type = ui::Type::Help,
                     .tone = ui::Tone::Muted,
                     .tag = "dt"});
  ui.gap(2);
  ui::paragraph(ui, {.name = std::string(name) + ".value", .text = value, .tag = "dd"});
}

}  // namespace

void draw_account(ui::Ui& ui, const state::AppState& state, Drafts&, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.account", "Account");
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "intro", .text = "The account that you are signed in with.", .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  {
    const ui::Card card(ui, "profile", "profile.heading");
    ui::heading(ui, 2, "profile.heading", "Profile");
    ui.gap(ui::space::kField);
    const api::User& user = state.session.user;
    const ui::Group list(ui, "dl", "profile.list");
    draw_entry(ui, "profile.name", "Name", user.full_name.empty() ? "No name given" : user.full_name);
    ui.gap(ui::space::kField);
    draw_entry(ui, "profile.email", "Email", user.email);
    ui.gap(ui::space::kField);
    draw_entry(ui, "profile.since", "Member since", day(user.created_at));
  }
  end_page(ui);
}

}  // namespace ownkey::pages
