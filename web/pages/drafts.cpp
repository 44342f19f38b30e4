#include "web/pages/drafts.h"

#include <algorithm>

#include "shared/validation.h"

namespace ownkey::pages {

std::uint32_t WorkflowDraft::field_edits() const {
  std::uint32_t sum = 0;
  for (const auto& [place, field] : fields) sum += field.edits();
  return sum;
}

bool is_changed(const api::Workflow& stored, const WorkflowDraft& draft) {
  return draft.filled &&
         (trimmed(draft.name.text()) != stored.name || trimmed(draft.description.text()) != stored.description ||
          draft.canvas != stored.canvas_state);
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
    const auto* stored = open == state.workflows.open.end() ? nullptr : open->second.workflow.value();
    return stored && is_changed(*stored, entry.second);
  };
  return is_changed(state.session.user, drafts.profile) || drafts.preferences.edits() != drafts.preferences.saved ||
         !drafts.import.empty() || std::any_of(drafts.keys.begin(), drafts.keys.end(), holds_key) ||
         std::any_of(drafts.workflows.begin(), drafts.workflows.end(), is_unsaved);
}

}  // namespace ownkey::pages
