#include "web/pages/drafts.h"

#include <algorithm>

#include "shared/validation.h"
#include "web/pages/format.h"
#include "web/pages/preferences_fields.h"

namespace ownkey::pages {
namespace {

bool differs(const api::Workflow& stored, const WorkflowDraft& draft) {
  return trimmed(draft.name.text()) != stored.name || trimmed(draft.description.text()) != stored.description ||
         draft.canvas != stored.canvas_state;
}

}  // namespace

std::uint32_t WorkflowDraft::field_edits() const {
  std::uint32_t sum = 0;
  for (const auto& [place, field] : fields) sum += field.edits();
  return sum;
}

bool is_changed(const state::Remote<api::Workflow>& stored, const WorkflowDraft& draft) {
  if (!draft.filled || !stored.value()) return false;
  auto& last = draft.comparison;
  if (!last || last->edits != draft.edits() || last->stored != stored.revision())
    last = {draft.edits(), stored.revision(), differs(*stored.value(), draft)};
  return last->changed;
}

bool is_changed(const api::Preferences& stored, const PreferencesDraft& draft) {
  if (!draft.filled) return false;
  PreferencesDraft as_stored;
  fill(as_stored, stored);
  const auto differs = [&](ui::FieldState PreferencesDraft::*field) {
    return trimmed((draft.*field).text()) != (as_stored.*field).text();
  };
  return differs(&PreferencesDraft::theme) || differs(&PreferencesDraft::text_percent) ||
         differs(&PreferencesDraft::motion) || differs(&PreferencesDraft::provider) ||
         differs(&PreferencesDraft::model) || differs(&PreferencesDraft::timeout);
}

bool is_changed(const api::Budget& stored, const ui::FieldState& draft) {
  const auto typed = trimmed(draft.text());
  const auto tokens = whole_number(typed);
  return typed.empty() ? stored.monthly_tokens.has_value() : !tokens || tokens != stored.monthly_tokens;
}

bool is_changed(const api::User& stored, const ProfileDraft& draft) {
  return draft.filled && (trimmed(draft.name.text()) != stored.full_name || is_email_changed(stored, draft));
}

bool is_email_changed(const api::User& stored, const ProfileDraft& draft) {
  const auto email = valid_email(draft.email.text());
  return !email || *email != stored.email;
}

bool has_unsaved(const state::AppState& state, const Drafts& drafts) {
  const auto holds_key = [](const auto& entry) { return !entry.second.key.empty(); };
  const auto is_unsaved = [&](const auto& entry) {
    const auto open = state.workflows.open.find(entry.first);
    return open != state.workflows.open.end() && is_changed(open->second.workflow, entry.second);
  };
  const auto is_new_budget = [&](const api::Budget& budget) {
    const auto draft = drafts.budgets.find(budget.credential_id);
    return draft != drafts.budgets.end() && is_changed(budget, draft->second);
  };
  const auto* preferences = state.preferences.stored.value();
  const auto* budgets = state.usage.budgets.value();
  return is_changed(state.session.user, drafts.profile) ||
         (preferences && is_changed(*preferences, drafts.preferences)) ||
         (budgets && std::any_of(budgets->begin(), budgets->end(), is_new_budget)) || !drafts.import.empty() ||
         state.account.two_factor.step == state::TwoFactorStep::ShowCodes ||
         std::any_of(drafts.keys.begin(), drafts.keys.end(), holds_key) ||
         std::any_of(drafts.workflows.begin(), drafts.workflows.end(), is_unsaved);
}

}  // namespace ownkey::pages
