#include "web/pages/page_list.h"

#include <algorithm>
#include <array>

#include "web/pages/pages.h"

namespace ownkey::pages {
namespace {

using state::Page;

constexpr std::array<PageEntry, 17> kPages{{
    {Page::Home, "", true, draw_starting},
    {Page::Login, "Sign in", false, draw_login},
    {Page::Register, "Create your account", false, draw_register},
    {Page::Settings, "Settings", true, draw_starting},
    {Page::ApiKeys, "API keys", true, draw_api_keys},
    {Page::Account, "Account", true, draw_account},
    {Page::Preferences, "Preferences", true, draw_preferences},
    {Page::Activity, "Activity", true, draw_activity},
    {Page::Usage, "Usage", true, draw_usage},
    {Page::Workflows, "Workflows", true, draw_workflows},
    {Page::Workflow, "Workflow", true, draw_workflow},
    {Page::NewWorkflow, "New workflow", true, draw_new_workflow},
    {Page::Run, "Run", true, draw_workflow},
    {Page::EditWorkflow, "Edit", true, draw_edit_workflow},
    {Page::Runs, "History", true, draw_runs},
    {Page::Shortcuts, "Keyboard shortcuts", true, draw_shortcuts},
    {Page::NotFound, "Page not found", false, draw_not_found},
}};

}  // namespace

const PageEntry& page_entry(Page page) {
  return *std::find_if(kPages.begin(), kPages.end(), [&](const auto& entry) { return entry.page == page; });
}

std::string window_title(const state::AppState& state) {
  std::string title(page_entry(state.route.page).title);
  const auto open = state.workflows.open.find(state.route.workflow_id);
  if (open != state.workflows.open.end())
    if (const auto* workflow = open->second.workflow.value())
      title = state.route.page == Page::Workflow ? workflow->name : title + " · " + workflow->name;
  return title.empty() ? "Ownkey" : title + " · Ownkey";
}

}  // namespace ownkey::pages
