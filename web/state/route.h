// Route: which page an address means.
#pragma once

#include <string>
#include <string_view>

namespace ownkey::state {

enum class Page {
  Home,
  Login,
  Register,
  Settings,
  ApiKeys,
  Account,
  Preferences,
  Activity,
  Usage,
  Workflows,
  NewWorkflow,
  Workflow,
  Run,
  EditWorkflow,
  Runs,
  Shortcuts,
  NotFound
};

struct Route {
  Page page = Page::Home;
  std::string workflow_id = {};  // of the pages of one workflow
  std::string run_id = {};       // of Page::Run
  std::string next = {};         // of Login and Register: where to go afterwards; a place of ours, or empty
  bool operator==(const Route&) const = default;
};

Route route_of(std::string_view address);

// The address of the sign-in page that leads back to `address` afterwards.
std::string login_address(std::string_view address);
std::string register_address(std::string_view next);

inline std::string workflow_address(std::string_view id) { return "/workflows/" + std::string(id); }
inline std::string run_address(std::string_view workflow, std::string_view run) {
  return workflow_address(workflow) + "/runs/" + std::string(run);
}

}  // namespace ownkey::state
