#include "web/pages/two_factor.h"

#include "web/pages/format.h"
#include "web/pages/shell.h"
#include "web/ui/field.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"
#include "web/ui/plot.h"

namespace ownkey::pages {
namespace {

using Step = state::TwoFactorStep;

struct StepText {
  Step step;
  std::string_view intro, send, busy;
  ui::Look look;
  bool password, code;  // what is asked for
};

constexpr StepText kSteps[] = {
    {Step::SetUp, "First your password, so that nobody else does this.", "Continue", "Continuing", ui::Look::Primary,
     true, false},
    {Step::Scan,
     "Scan this with an authenticator app, or type the secret into it. Then enter the code that the app shows.",
     "Switch on", "Switching on", ui::Look::Primary, false, true},
    {Step::Renew, "The recovery codes that you have now will stop working.", "Make new recovery codes", "Making them",
     ui::Look::Primary, true, true},
    {Step::SwitchOff, "Your password alone will be enough to sign in.", "Switch off", "Switching off",
     ui::Look::DangerFilled, true, true},
};

// Secrets are shown in fields, because those paint themselves: no letter of them gets into our textures.
void draw_secret(ui::Ui& ui, std::string_view name, std::string_view label, int rows, ui::FieldState& field) {
  ui::field(ui,
            {.name = name, .label = label, .kind = ui::FieldKind::Multiline, .mono = true, .rows = rows, .fixed = true},
            field);
}

void draw_codes(ui::Ui& ui, TwoFactorDraft& draft, state::Actions& actions) {
  ui::paragraph(ui, {.name = "two-factor.codes.intro",
                     .text = "Keep these codes where you will find them without your phone. Each signs you in once. "
                             "They are not shown again."});
  ui.gap(ui::space::kField);
  draw_secret(ui, "two-factor.codes", "Recovery codes", 10, draft.recovery_codes);
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button({.name = "two-factor.copy", .label = "Copy codes"}))
    actions.emplace_back(state::action::CopyRecoveryCodes{});
  if (row.button({.name = "two-factor.done", .label = "I have kept them", .look = ui::Look::Primary}))
    actions.emplace_back(state::action::OpenTwoFactor{Step::None});
}

void draw_step(ui::Ui& ui, const StepText& text, const state::TwoFactor& two_factor, TwoFactorDraft& draft,
               state::Actions& actions) {
  const ui::Form form(ui, "two-factor.form");
  ui::paragraph(ui, {.name = "two-factor.intro2", .text = text.intro});
  ui.gap(ui::space::kField);
  if (text.step == Step::Scan) {
    ui::qr_code(ui, "two-factor.qr", "QR code for your authenticator app", two_factor.qr);
    ui.gap(ui::space::kField);
    draw_secret(ui, "two-factor.secret", "Secret to type instead", 1, draft.secret);
    ui.gap(ui::space::kField);
  }
  if (text.password) {
    draw_password(ui, "two-factor.password", "Your password", "current-password", {}, draft.password);
    ui.gap(ui::space::kField);
  }
  if (text.code) {
    const std::string_view help =
        text.step == Step::Scan ? "Six digits." : "Six digits, or one of your recovery codes.";
    ui::field(ui,
              {.name = "two-factor.code", .label = "Code of your app", .autocomplete = "one-time-code", .help = help},
              draft.code);
    ui.gap(ui::space::kField);
  }
  draw_failure(ui, "two-factor.failure", two_factor.form.failure, draft.edits());
  ui::ButtonRow row(ui);
  if (row.button({.name = "two-factor.send",
                  .label = text.send,
                  .look = text.look,
                  .submits = true,
                  .busy = two_factor.form.busy,
                  .busy_label = text.busy}))
    actions.emplace_back(state::action::SendTwoFactor{});
  if (row.button({.name = "two-factor.cancel", .label = "Cancel"}) || ui.dismissed())
    actions.emplace_back(state::action::OpenTwoFactor{Step::None});
}

void draw_ways(ui::Ui& ui, const api::TwoFactorState& known, state::Actions& actions) {
  ui::ButtonRow row(ui);
  const auto way = [&](std::string_view label, Step step, ui::Look look = ui::Look::Secondary) {
    if (row.button({.name = "two-factor." + std::string(label), .label = label, .look = look}))
      actions.emplace_back(state::action::OpenTwoFactor{step});
  };
  if (!known.enabled) return way("Set up two-factor sign-in", Step::SetUp);
  way("New recovery codes", Step::Renew);
  way("Switch off two-factor sign-in", Step::SwitchOff, ui::Look::Danger);
}

}  // namespace

void draw_two_factor(ui::Ui& ui, const state::TwoFactor& two_factor, TwoFactorDraft& draft, state::Actions& actions) {
  const ui::Card card(ui, "two-factor", "two-factor.heading");
  const auto* known = two_factor.known.value();
  const bool on = known && known->enabled;
  constexpr std::string_view kHeading = "two-factor.heading", kTitle = "Two-factor sign-in";
  if (known)
    ui::heading_with_chip(ui, kHeading, kTitle,
                          {"two-factor.state", on ? "On" : "Off", on ? ui::Tone::Success : ui::Tone::Muted});
  else ui::heading(ui, 2, kHeading, kTitle);
  ui.gap(ui::space::kTight);
  const std::string intro =
      on ? counted(known->recovery_codes_left, "recovery code") + " left for when you do not have your phone."
         : "A code from an app on your phone besides your password: a stolen password alone does not let anybody in.";
  ui::paragraph(ui, {.name = "two-factor.intro", .text = intro, .tone = ui::Tone::Muted});
  ui.gap(ui::space::kField);
  if (two_factor.step == Step::ShowCodes) return draw_codes(ui, draft, actions);
  for (const auto& text : kSteps)
    if (text.step == two_factor.step) return draw_step(ui, text, two_factor, draft, actions);
  if (is_there(ui, two_factor.known, 1, 36, actions, "two-factor.failed")) draw_ways(ui, *known, actions);
}

}  // namespace ownkey::pages
