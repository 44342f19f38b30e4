// Settings › Account.
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/pages/password_advice.h"
#include "web/pages/shell.h"
#include "web/pages/two_factor.h"
#include "web/ui/field.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

void draw_profile(ui::Ui& ui, const state::AppState& state, ProfileDraft& draft, state::Actions& actions) {
  const api::User& user = state.session.user;
  const ui::Card card(ui, "profile", "profile.heading");
  draw_card_title(ui, "profile", "Profile", "Member since " + day(local(ui, user.created_at)) + ".");
  const ui::Form form(ui, "profile.form");
  ui::field(ui, {.name = "profile.name", .label = "Name", .autocomplete = "name", .help = "Optional. Only you see it."},
            draft.name);
  ui.gap(ui::space::kField);
  ui::field(ui, {.name = "profile.email", .label = "Email", .kind = ui::FieldKind::Email, .autocomplete = "username"},
            draft.email);
  if (is_email_changed(user, draft)) {
    ui.gap(ui::space::kField);
    draw_password(ui, "profile.password", "Current password", "current-password",
                  "Needed to change your e-mail address.", draft.current_password);
  }
  if (draw_save(ui, "profile", "profile", state.account.profile, draft.edits()))
    actions.emplace_back(state::action::SaveProfile{});
}

void draw_password_card(ui::Ui& ui, const std::string& email, const state::Form& sent, PasswordDraft& draft,
                        state::Actions& actions) {
  const ui::Card card(ui, "password", "password.heading");
  draw_card_title(ui, "password", "Password", "Changing it signs you out everywhere but here.");
  const ui::Form form(ui, "password.form");
  // Whose password it is, for password managers; the person sees it elsewhere.
  ui.mirror().add(
      {.tag = "input",
       .id = ui::node_id("password.who"),
       .attributes = {
           {"type", "text"}, {"autocomplete", "username"}, {"value", email}, {"readonly", ""}, {"hidden", ""}}});
  draw_password(ui, "password.current", "Current password", "current-password", {}, draft.current);
  ui.gap(ui::space::kField);
  const std::string help = password_advice(draft.fresh.text(), email);
  draw_password(ui, "password.new", "New password", "new-password", help, draft.fresh);
  if (draw_save(ui, "password", "password", sent, draft.edits())) actions.emplace_back(state::action::SavePassword{});
}

void draw_session(ui::Ui& ui, const api::SessionEntry& session, const state::Account& account,
                  state::Actions& actions) {
  const std::string id = "session." + session.id, what = program(session.agent);
  const ui::Group item(ui, "li", id);
  ui::paragraph(
      ui, {.name = id + ".agent", .text = session.current ? what + " · This device" : what, .type = ui::Type::Strong});
  const std::string where = session.address + " · last used " + moment(local(ui, session.last_used_at));
  ui::paragraph(ui, {.name = id + ".where", .text = where, .type = ui::Type::Help, .tone = ui::Tone::Muted});
  if (!session.current) {
    ui.gap(ui::space::kTight);
    ui::ButtonRow row(ui);
    const std::string which = what + " at " + session.address;
    if (row.button({.name = id + ".end",
                    .label = "Sign out",
                    .accessible_name = "Sign out " + which,
                    .busy = account.sessions.busy && account.ending == session.id,
                    .busy_label = "Signing out",
                    .busy_accessible_name = "Signing out " + which}))
      actions.emplace_back(state::action::EndSession{session.id});
  }
  ui.gap(ui::space::kField);
}

void draw_sessions(ui::Ui& ui, const state::Account& account, state::Actions& actions) {
  const ui::Card card(ui, "sessions", "sessions.heading");
  draw_card_title(ui, "sessions", "Sessions", "Where you are signed in.");
  if (!is_there(ui, account.list, 1, 60, actions, "sessions.failed")) return;
  const auto* all = account.list.value();
  {
    const ui::Group list(ui, "ul", "sessions.list");
    for (const auto& session : *all) draw_session(ui, session, account, actions);
  }
  draw_failure(ui, "sessions.failure", account.sessions.failure);
  if (all->size() < 2) return;
  ui::ButtonRow row(ui);
  if (row.button({.name = "sessions.end",
                  .label = "Sign out all others",
                  .look = ui::Look::Danger,
                  .busy = account.sessions.busy && account.ending.empty(),
                  .busy_label = "Signing out all others"}))
    actions.emplace_back(state::action::EndOtherSessions{});
}

void draw_deletion(ui::Ui& ui, const state::AppState& state, DeletionDraft& draft, state::Actions& actions) {
  const ui::Form form(ui, "deletion.form");
  ui::paragraph(ui, {.name = "deletion.question",
                     .text = "Your keys, workflows and all else that is kept here of you will be gone at once, and "
                             "nobody can bring them back."});
  ui.gap(ui::space::kField);
  draw_password(ui, "deletion.password", "Your current password", "current-password", {}, draft.password);
  ui.gap(ui::space::kField);
  const std::string help = "Type " + state.session.user.email + " to confirm.";
  ui::field(ui, {.name = "deletion.email", .label = "Your e-mail address", .kind = ui::FieldKind::Email, .help = help},
            draft.email);
  const state::Form& sent = state.account.deletion;
  draw_failure(ui, "deletion.failure", sent.failure, draft.edits());
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button({.name = "deletion.yes",
                  .label = "Delete my account for good",
                  .look = ui::Look::DangerFilled,
                  .submits = true,
                  .busy = sent.busy,
                  .busy_label = "Deleting"}))
    actions.emplace_back(state::action::DeleteAccount{});
  const bool kept = row.button({.name = "deletion.no", .label = "Keep my account"});
  if ((kept || ui.dismissed()) && !sent.busy) actions.emplace_back(state::action::KeepAccount{});
}

void draw_danger(ui::Ui& ui, const state::AppState& state, DeletionDraft& draft, state::Actions& actions) {
  const ui::Card card(ui, "danger", "danger.heading");
  draw_card_title(ui, "danger", "Your data", "One file with all that is kept here of you, but your keys themselves.");
  ui::link(ui, {.name = "export", .label = "Export my data", .href = "/api/settings/export", .download = true});
  ui.gap(ui::space::kField);
  if (state.account.deletion_asked) return draw_deletion(ui, state, draft, actions);
  ui::ButtonRow row(ui);
  if (row.button({.name = "deletion.ask", .label = "Delete account", .look = ui::Look::Danger}))
    actions.emplace_back(state::action::AskToDeleteAccount{});
}

}  // namespace

void draw_account(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.account", "Account");
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "intro", .text = "The account that you are signed in with.", .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  draw_profile(ui, state, drafts.profile, actions);
  draw_password_card(ui, state.session.user.email, state.account.password, drafts.password, actions);
  draw_two_factor(ui, state.account.two_factor, drafts.two_factor, actions);
  draw_sessions(ui, state.account, actions);
  draw_danger(ui, state, drafts.deletion, actions);
  end_page(ui);
}

}  // namespace ownkey::pages
