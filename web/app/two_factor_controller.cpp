#include "web/app/two_factor_controller.h"

#include "shared/validation.h"

namespace ownkey::app {

void TwoFactorController::load() {
  if (two_factor().known.loading()) return;
  two_factor().known.load(desk_.ui.now());
  desk_.api.two_factor([this](auto outcome) { two_factor().known.take(std::move(outcome)); });
}

void TwoFactorController::forget_unless_new() {
  if (two_factor().step != Step::ShowCodes) forget();
}

void TwoFactorController::forget() {
  desk_.drafts.two_factor = {};
  two_factor().step = Step::None;
  two_factor().form = {};
  for (auto& row : two_factor().qr) wipe(row);
  two_factor().qr.clear();
}

void TwoFactorController::open(Step step) {
  forget();
  two_factor().step = step;
  if (step == Step::None) desk_.ui.focus(ui::node_id("two-factor.heading"));
  else draft().password.wants_focus = true;
}

void TwoFactorController::fail(const state::Failure& failure) {
  end_in_failure(desk_.ui, two_factor().form, failure, draft().edits(),
                 {{"current_password", &draft().password}, {"totp_code", &draft().code}});
}

void TwoFactorController::send() {
  if (two_factor().form.busy) return;
  const Step step = two_factor().step;
  const int bad = (step == Step::SetUp ? 0 : check_given(draft().code, "enter the code that your app shows")) +
                  (step == Step::Scan ? 0 : check_given(draft().password, "enter your current password"));
  if (bad > 0) return announce_bad_fields(desk_.ui, bad);

  two_factor().form = {.busy = true};
  Secret password = draft().password.secret().clone(), code(trimmed(draft().code.text()));
  if (step == Step::SetUp) {
    desk_.api.set_up_two_factor({std::move(password)}, [this](state::Outcome<api::TwoFactorSetup> outcome) {
      if (!outcome) return fail(outcome.failure);
      open(Step::Scan);
      draft().secret.set((*outcome).secret);
      wipe((*outcome).secret);
      wipe((*outcome).otpauth_uri);
      two_factor().qr = std::move((*outcome).qr);
      draft().code.wants_focus = true;
    });
  } else if (step == Step::Scan) {
    desk_.api.enable_two_factor({std::move(code)}, [this](auto outcome) { take_codes(std::move(outcome)); });
  } else if (step == Step::Renew) {
    desk_.api.renew_recovery_codes({std::move(password), std::move(code)},
                                   [this](auto outcome) { take_codes(std::move(outcome)); });
  } else {
    desk_.api.disable_two_factor({std::move(password), std::move(code)}, [this](state::Outcome<api::Done> outcome) {
      if (!outcome) return fail(outcome.failure);
      open(Step::None);
      two_factor().known.set({});
      desk_.toasts.show(desk_.ui, "Two-factor sign-in is off");
    });
  }
}

void TwoFactorController::take_codes(state::Outcome<api::RecoveryCodes> outcome) {
  if (!outcome) return fail(outcome.failure);
  open(Step::ShowCodes);
  std::string text;
  auto& codes = (*outcome).recovery_codes;
  for (auto& code : codes) {
    (text.empty() ? text : text += '\n') += code;
    wipe(code);
  }
  draft().recovery_codes.set(text);
  wipe(text);
  draft().recovery_codes.wants_focus = true;
  two_factor().known.set({true, static_cast<int>(codes.size())});
  desk_.toasts.show(desk_.ui, "Two-factor sign-in is on. Keep the recovery codes.");
}

void TwoFactorController::copy_codes() { platform_.copy(draft().recovery_codes.text()); }

void TwoFactorController::copied(bool done) {
  desk_.toasts.show(desk_.ui, done ? "Recovery codes copied"
                                   : "Copying is not allowed here. Select the codes and copy them instead.");
}

}  // namespace ownkey::app
