#include "web/app/session_controller.h"

#include "shared/validation.h"
#include "web/app/form.h"
#include "web/pages/page_list.h"

namespace ownkey::app {
namespace {

using Phase = state::Session::Phase;

bool is_session_loss(const state::Failure& failure) { return failure.kind == ErrorKind::Unauthenticated; }

}  // namespace

bool SessionController::asks_in_place(const state::AppState& state) {
  return state.session.phase == Phase::Ended && pages::page_entry(state.route.page).needs_session;
}

void SessionController::find_out() {
  if (!asks_in_place(desk_.state)) desk_.state.session.phase = Phase::Unknown;
  desk_.state.session.since_s = desk_.ui.now();
  desk_.api.me([this](state::Outcome<api::User> outcome) {
    desk_.state.entry.busy = false;
    if (outcome) return enter(std::move(*outcome));
    if (asks_in_place(desk_.state)) return (void)(desk_.state.entry.failure = std::move(outcome.failure));
    const bool signed_out = is_session_loss(outcome.failure);
    desk_.state.session.phase = signed_out ? Phase::SignedOut : Phase::Unreachable;
    if (!signed_out) desk_.state.entry.failure = desk_.state.session.failure = std::move(outcome.failure);
    desk_.navigator.settle();
  });
}

void SessionController::enter(api::User user) {
  if (asks_in_place(desk_.state)) {
    if (focused_ != platform::kNoNode) desk_.ui.focus(focused_);
    else desk_.ui.focus_heading();
  }
  if (!last_user_id_.empty() && last_user_id_ != user.id) forget_everything();
  last_user_id_ = user.id;
  desk_.api.act_for(user.id);
  desk_.state.session.user = std::move(user);
  desk_.state.session.phase = Phase::SignedIn;
  desk_.api.send_again();
  if (when_entered) when_entered();
  desk_.navigator.settle();
}

void SessionController::sign_in() {
  if (desk_.state.entry.busy) return;
  auto& [email, password, code] = desk_.drafts.login;
  // The code is asked of that person alone whose password was right.
  if (trimmed(email.text()) != asked_for_code_) desk_.state.asks_for_code = false;
  const bool with_code = desk_.state.asks_for_code;
  const int bad = (with_code ? check_given(code, "enter the code of your authenticator app") : 0) +
                  check_given(password, "enter your password") + check(valid_email(email.text()), email);
  if (bad > 0) return announce_bad_fields(desk_.ui, bad);

  const Sent sent = begin(desk_.ui, desk_.state.entry, desk_.drafts.login);
  api::LoginRequest request{
      std::string(trimmed(email.text())), password.secret().clone(), api::SessionKind::Cookie, {}};
  if (with_code) request.totp_code = Secret(trimmed(code.text()));
  desk_.api.sign_in(request, [this, sent, who = request.email](state::Outcome<api::Done> outcome) {
    if (!outcome) {
      auto& draft = desk_.drafts.login;
      if (outcome.failure.kind == ErrorKind::TwoFactorRequired) return ask_for_code(who);
      if (outcome.failure.kind == ErrorKind::TwoFactorRejected) outcome.failure.field = "totp_code";
      return end_in_failure(desk_.ui, desk_.state.entry, outcome.failure, draft.edits(),
                            {{"email", &draft.email}, {"password", &draft.password}, {"totp_code", &draft.code}},
                            sent.is_waited_for(desk_.ui));
    }
    desk_.state.asks_for_code = false;
    desk_.drafts.login.password.clear();
    desk_.drafts.login.code.clear();
    find_out();
  });
}

void SessionController::ask_for_code(const std::string& email) {
  asked_for_code_ = email;
  desk_.state.entry.busy = false;
  desk_.state.asks_for_code = true;
  desk_.drafts.login.code.clear();
  desk_.drafts.login.code.wants_focus = true;
  desk_.ui.announce("Your password is right. Enter the code of your authenticator app.");
}

void SessionController::create_account() {
  if (desk_.state.entry.busy) return;
  auto& [name, email, password] = desk_.drafts.sign_up;
  const int bad = check(valid_password(password.secret()), password) + check(valid_email(email.text()), email) +
                  check(valid_full_name(name.text()), name);
  if (bad > 0) return announce_bad_fields(desk_.ui, bad);

  const Sent sent = begin(desk_.ui, desk_.state.entry, desk_.drafts.sign_up);
  api::RegisterRequest request{
      std::string(trimmed(email.text())), password.secret().clone(), {}, api::SessionKind::Cookie};
  if (const auto given = trimmed(name.text()); !given.empty()) request.full_name = given;
  desk_.api.create_account(request, [this, sent](state::Outcome<api::Done> outcome) {
    if (!outcome) {
      auto& draft = desk_.drafts.sign_up;
      return end_in_failure(desk_.ui, desk_.state.entry, outcome.failure, draft.edits(),
                            {{"full_name", &draft.name}, {"email", &draft.email}, {"password", &draft.password}},
                            sent.is_waited_for(desk_.ui));
    }
    desk_.drafts.sign_up.password.clear();
    // Someone new needs a key before anything else.
    if (desk_.state.route.next.empty()) desk_.state.route.next = "/settings/keys";
    find_out();
  });
}

void SessionController::sign_out() {
  desk_.api.sign_out([this](state::Outcome<api::Done> outcome) {
    if (!outcome && !is_session_loss(outcome.failure))
      return desk_.toasts.show(desk_.ui, "Still signed in: " + outcome.failure.text);
    leave();
  });
}

void SessionController::leave() {
  forget_everything();
  desk_.state.session.phase = Phase::SignedOut;
  desk_.navigator.go("/login");
}

void SessionController::lost() {
  if (desk_.state.session.phase != Phase::SignedIn) return;
  desk_.state.session.phase = Phase::Ended;
  desk_.state.session.ended_at_y = desk_.ui.viewport_top();
  desk_.api.act_for({});
  desk_.state.entry = {};
  desk_.state.asks_for_code = false;
  auto& [email, password, code] = desk_.drafts.login;
  email.set(desk_.state.session.user.email);
  password.clear();
  code.clear();
  focused_ = desk_.ui.focused();
  password.wants_focus = true;
}

void SessionController::forget_everything() {
  desk_.api.abandon_all();
  desk_.api.act_for({});
  last_user_id_.clear();
  desk_.drafts = {};
  desk_.state.session = {};
  desk_.state.keys = {};
  desk_.state.models = {};
  desk_.state.account = {};
  desk_.state.preferences = {};
  desk_.state.activity = {};
  desk_.state.usage = {};
  desk_.state.asks_for_code = false;
  desk_.state.workflows = {};
}

}  // namespace ownkey::app
