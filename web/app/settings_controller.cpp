#include "web/app/settings_controller.h"

#include "shared/validation.h"
#include "web/pages/preferences_fields.h"

namespace ownkey::app {
namespace {

constexpr std::size_t kEntriesAtOnce = 50;  // as the server has it

}  // namespace

void SettingsController::load_preferences() {
  auto& stored = desk_.state.preferences.stored;
  if (stored.value() || stored.loading()) return;
  stored.load(desk_.ui.now());
  desk_.api.preferences([this](state::Outcome<api::Preferences> outcome) {
    if (outcome) pages::fill(desk_.drafts.preferences, *outcome);
    desk_.state.preferences.stored.take(std::move(outcome));
  });
}

void SettingsController::save_preferences() {
  auto& form = desk_.state.preferences.form;
  if (form.busy) return;
  auto& draft = desk_.drafts.preferences;
  const auto typed = pages::typed_preferences(draft);
  if (!typed) {
    const Error& error = typed.error();
    return end_in_failure(desk_.ui, form, {error.kind, error.public_text, error.field}, draft.edits(),
                          {{"default_model", &draft.model}, {"run_timeout_s", &draft.timeout}});
  }
  const Sent sent = begin(desk_.ui, form, draft);
  desk_.api.set_preferences(*typed, [this, sent](state::Outcome<api::Preferences> outcome) {
    auto& preferences = desk_.state.preferences;
    preferences.form.busy = false;
    auto& field = desk_.drafts.preferences;
    if (!outcome) {
      return end_in_failure(desk_.ui, preferences.form, outcome.failure, field.edits(),
                            {{"default_model", &field.model}, {"run_timeout_s", &field.timeout}},
                            sent.is_waited_for(desk_.ui));
    }
    if (field.edits() == sent.edits) pages::fill(field, *outcome);
    preferences.stored.set(std::move(*outcome));
    desk_.toasts.show(desk_.ui, "Preferences saved");
  });
}

void SettingsController::follow_look() {
  if (!desk_.drafts.preferences.filled) return;
  const platform::Look look = pages::typed_look(desk_.drafts.preferences);
  if (look != std::exchange(look_, look)) platform_.set_look(look);
}

void SettingsController::load_activity() {
  auto& activity = desk_.state.activity;
  if (activity.entries.loading()) return;
  activity.entries.load(desk_.ui.now());
  desk_.api.audit({}, [this](state::Outcome<std::vector<api::AuditEntry>> outcome) {
    auto& shown = desk_.state.activity;
    shown.failure.reset();
    shown.all = outcome && (*outcome).size() < kEntriesAtOnce;
    shown.entries.take(std::move(outcome));
  });
}

void SettingsController::show_more_activity() {
  auto& activity = desk_.state.activity;
  const auto* entries = activity.entries.value();
  if (activity.loading_more || !entries || entries->empty()) return;
  activity.loading_more = true;
  activity.failure.reset();
  desk_.api.audit(entries->back().sequence, [this](state::Outcome<std::vector<api::AuditEntry>> outcome) {
    auto& shown = desk_.state.activity;
    shown.loading_more = false;
    if (!outcome) return (void)(shown.failure = std::move(outcome.failure));
    shown.all = (*outcome).size() < kEntriesAtOnce;
    desk_.ui.announce(pages::counted(static_cast<std::int64_t>((*outcome).size()), "more entry") + " shown");
    if (auto* all = shown.entries.value())
      for (auto& entry : *outcome) all->push_back(std::move(entry));
  });
}

void SettingsController::load_report(api::UsageGroup group, state::Remote<api::UsageReport>& report) {
  if (report.loading()) return;
  report.load(desk_.ui.now());
  desk_.api.usage(group, [&report](auto outcome) { report.take(std::move(outcome)); });
}

void SettingsController::load_usage() {
  load_report(api::UsageGroup::Day, usage().days);
  load_report(api::UsageGroup::Model, usage().models);
  load_report(api::UsageGroup::Credential, usage().keys);
  if (usage().budgets.loading()) return;
  usage().budgets.load(desk_.ui.now());
  desk_.api.budgets([this](state::Outcome<std::vector<api::Budget>> outcome) {
    if (outcome) take_budgets(std::move(*outcome));
    else usage().budgets.take(std::move(outcome));
  });
}

// A limit that was typed and not saved stays.
void SettingsController::take_budgets(std::vector<api::Budget> budgets) {
  for (const auto& budget : budgets) {
    auto& draft = desk_.drafts.budgets[budget.credential_id];
    const auto* known = known_budget(budget.credential_id);
    const std::string stored = budget.monthly_tokens ? pages::grouped(*budget.monthly_tokens) : "";
    if (draft.text() != stored && !(known && pages::is_changed(*known, draft))) draft.set(stored);
  }
  usage().budgets.set(std::move(budgets));
}

api::Budget* SettingsController::known_budget(const std::string& credential_id) {
  if (auto* all = usage().budgets.value())
    for (auto& one : *all)
      if (one.credential_id == credential_id) return &one;
  return nullptr;
}

void SettingsController::save_budget(const std::string& credential_id) {
  const auto* budget = known_budget(credential_id);
  if (usage().form.busy || !budget) return;
  auto& draft = desk_.drafts.budgets[credential_id];
  const auto typed = trimmed(draft.text());
  const auto tokens = pages::whole_number(typed);
  usage().credential_id = credential_id;
  if (!typed.empty() && tokens.value_or(0) < 1) {
    draft.fail("Enter a number of tokens from 1 on, or nothing for no limit.");
    return announce_bad_fields(desk_.ui, 1);
  }
  const Sent sent = begin(desk_.ui, usage().form, draft);
  desk_.api.set_budget({budget->provider, budget->label, tokens},
                       [this, credential_id, sent](state::Outcome<api::Budget> outcome) {
                         usage().form.busy = false;
                         auto& field = desk_.drafts.budgets[credential_id];
                         if (!outcome)
                           return end_in_failure(desk_.ui, usage().form, outcome.failure, field.edits(),
                                                 {{"monthly_tokens", &field}}, sent.is_waited_for(desk_.ui));
                         const auto& set = (*outcome).monthly_tokens;
                         if (field.edits() == sent.edits) field.set(set ? pages::grouped(*set) : "");
                         desk_.toasts.show(desk_.ui, set ? "Monthly limit saved" : "Monthly limit taken away");
                         if (auto* known = known_budget(credential_id)) *known = std::move(*outcome);
                       });
}

}  // namespace ownkey::app
