#include "web/app/account_controller.h"

#include "shared/validation.h"
#include "web/app/form.h"

namespace ownkey::app {

void AccountController::load() {
  if (!pages::is_changed(desk_.state.session.user, desk_.drafts.profile)) fill_profile();
  load_sessions();
}

void AccountController::forget_passwords() {
  desk_.drafts.profile.current_password.clear();
  desk_.drafts.password = {};
  keep_quietly();
}

void AccountController::fill_profile() {
  auto& draft = desk_.drafts.profile;
  draft.filled = true;
  draft.name.set(desk_.state.session.user.full_name);
  draft.email.set(desk_.state.session.user.email);
  draft.current_password.clear();
}

void AccountController::load_sessions() {
  account().list.load(desk_.ui.now());
  desk_.api.sessions([this, load = ++loads_](auto outcome) {
    if (load == loads_) account().list.take(std::move(outcome));
  });
}

void AccountController::save_profile() {
  if (account().profile.busy) return;
  auto& draft = desk_.drafts.profile;
  const bool moves = pages::is_email_changed(desk_.state.session.user, draft);
  const int bad = (moves ? check_given(draft.current_password, "enter your current password") : 0) +
                  check(valid_email(draft.email.text()), draft.email) +
                  check(valid_full_name(draft.name.text()), draft.name);
  if (bad > 0) return announce_bad_fields(desk_.ui, bad);

  const Sent sent = begin(desk_.ui, account().profile, draft);
  api::ChangeProfileRequest request{std::string(trimmed(draft.name.text())), {}, {}};
  if (moves) {
    request.email = std::string(trimmed(draft.email.text()));
    request.current_password = draft.current_password.secret().clone();
  }
  desk_.api.change_profile(request, [this, sent](state::Outcome<api::User> outcome) {
    account().profile.busy = false;
    auto& typed = desk_.drafts.profile;
    if (!outcome) {
      return end_in_failure(
          desk_.ui, account().profile, outcome.failure, typed.edits(),
          {{"full_name", &typed.name}, {"email", &typed.email}, {"current_password", &typed.current_password}},
          sent.is_waited_for(desk_.ui));
    }
    desk_.state.session.user = std::move(*outcome);
    if (typed.edits() == sent.edits) fill_profile();
    desk_.toasts.show(desk_.ui, "Profile saved");
  });
}

void AccountController::save_password() {
  if (account().password.busy) return;
  auto& draft = desk_.drafts.password;
  const int bad = check(valid_password(draft.fresh.secret()), draft.fresh) +
                  check_given(draft.current, "enter your current password");
  if (bad > 0) return announce_bad_fields(desk_.ui, bad);

  const Sent sent = begin(desk_.ui, account().password, draft);
  const api::ChangePasswordRequest request{draft.current.secret().clone(), draft.fresh.secret().clone()};
  desk_.api.change_password(request, [this, sent](state::Outcome<api::Done> outcome) {
    account().password.busy = false;
    auto& typed = desk_.drafts.password;
    if (!outcome) {
      return end_in_failure(desk_.ui, account().password, outcome.failure, typed.edits(),
                            {{"current_password", &typed.current}, {"new_password", &typed.fresh}},
                            sent.is_waited_for(desk_.ui));
    }
    if (typed.edits() == sent.edits) typed = {};
    desk_.toasts.show(desk_.ui, "Password changed. Your other sessions were signed out.");
    load_sessions();
  });
}

void AccountController::end_session(const std::string& id) {
  if (account().sessions.busy) return;
  account().sessions = {.busy = true};
  account().ending = id;
  desk_.api.end_session(id, [this, id](state::Outcome<api::Done> outcome) {
    take_ended(outcome, "Signed out there", [&](const api::SessionEntry& entry) { return entry.id == id; });
  });
}

void AccountController::end_other_sessions() {
  if (account().sessions.busy) return;
  account().sessions = {.busy = true};
  account().ending.clear();
  desk_.api.end_other_sessions([this](state::Outcome<api::Done> outcome) {
    take_ended(outcome, "All other sessions were signed out",
               [](const api::SessionEntry& entry) { return !entry.current; });
  });
}

void AccountController::take_ended(const state::Outcome<api::Done>& outcome, const std::string& done,
                                   const std::function<bool(const api::SessionEntry&)>& ended) {
  account().sessions.busy = false;
  // Gone already, perhaps because it was signed out there, is as good.
  if (!outcome && outcome.failure.kind != ErrorKind::NotFound)
    return end_in_failure(desk_.ui, account().sessions, outcome.failure, 0, {});
  if (auto* all = account().list.value()) std::erase_if(*all, ended);
  desk_.toasts.show(desk_.ui, done);
  desk_.ui.focus(ui::node_id("sessions.heading"));  // the button that was pressed is gone
  load_sessions();
}

void AccountController::ask_to_delete() {
  account().deletion_asked = true;
  desk_.drafts.deletion.password.wants_focus = true;
}

void AccountController::keep_quietly() {
  account().deletion_asked = false;
  account().deletion = {};
  desk_.drafts.deletion = {};
}

void AccountController::keep() {
  keep_quietly();
  desk_.ui.focus(ui::node_id("deletion.ask"));
}

void AccountController::remove() {
  if (account().deletion.busy) return;
  auto& draft = desk_.drafts.deletion;
  const std::string& own = desk_.state.session.user.email;
  const auto typed = valid_email(draft.email.text());
  const bool same = typed && *typed == own;
  const int bad =
      check(same ? Result<void>() : Result<void>(invalid("email", "type " + own + " to confirm")), draft.email) +
      check_given(draft.password, "enter your current password");
  if (bad > 0) return announce_bad_fields(desk_.ui, bad);

  const Sent sent = begin(desk_.ui, account().deletion, draft);
  desk_.api.delete_account({draft.password.secret().clone()}, [this, sent](state::Outcome<api::Done> outcome) {
    auto& asked = desk_.drafts.deletion;
    if (!outcome) {
      return end_in_failure(desk_.ui, account().deletion, outcome.failure, asked.edits(),
                            {{"current_password", &asked.password}}, sent.is_waited_for(desk_.ui));
    }
    session_.leave();
    desk_.toasts.show(desk_.ui, "Your account and all that was kept in it are deleted");
  });
}

}  // namespace ownkey::app
