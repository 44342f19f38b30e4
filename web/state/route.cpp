#include "web/state/route.h"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/text.h"

namespace ownkey::state {
namespace {

constexpr std::array<std::pair<std::string_view, Page>, 12> kPages{{
    {"/", Page::Home},
    {"/login", Page::Login},
    {"/register", Page::Register},
    {"/settings", Page::Settings},
    {"/settings/keys", Page::ApiKeys},
    {"/settings/account", Page::Account},
    {"/settings/preferences", Page::Preferences},
    {"/settings/activity", Page::Activity},
    {"/settings/usage", Page::Usage},
    {"/workflows", Page::Workflows},
    {"/workflows/new", Page::NewWorkflow},
    {"/shortcuts", Page::Shortcuts},
}};
constexpr std::string_view kWorkflowPrefix = "/workflows/";

bool is_plain(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      result += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

// "//evil.example" and "/\evil.example" are other hosts to a browser.
bool is_ours(std::string_view next) {
  return next.starts_with('/') && !next.starts_with("//") && std::none_of(next.begin(), next.end(), [](char c) {
           return c == '\\' || static_cast<unsigned char>(c) <= ' ';
         });
}

std::string next_in(std::string_view query) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (!pair.starts_with("next=")) continue;
    std::string next = percent_decoded(pair.substr(5));
    return is_ours(next) ? next : "";
  }
  return "";
}

std::string with_next(std::string_view path, std::string_view next) {
  return next.empty() ? std::string(path) : std::string(path) + "?next=" + percent_encoded(next, "/");
}

// "w1", "w1/edit", "w1/runs", "w1/runs/r1".
Route workflow_route(std::string_view path) {
  const auto part = [&] {
    const std::string_view next = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), next.size() + 1));
    return next;
  };
  const auto is_id = [](std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_plain);
  };
  const std::string_view id = part(), what = part(), run = part();
  Route route{Page::NotFound};
  if (!is_id(id) || !path.empty()) return route;
  route.workflow_id = id;
  if (what.empty() && run.empty()) route.page = Page::Workflow;
  if (what == "edit" && run.empty()) route.page = Page::EditWorkflow;
  if (what == "runs") route.page = run.empty() ? Page::Runs : is_id(run) ? Page::Run : Page::NotFound;
  if (route.page == Page::Run) route.run_id = run;
  return route.page == Page::NotFound ? Route{Page::NotFound} : route;
}

}  // namespace

Route route_of(std::string_view address) {
  const std::size_t question = address.find('?');
  std::string_view path = address.substr(0, question);
  const std::string_view query = question == std::string_view::npos ? "" : address.substr(question + 1);
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  for (const auto& [known, page] : kPages) {
    if (path != known) continue;
    const bool asks_for_next = page == Page::Login || page == Page::Register;
    return {page, {}, {}, asks_for_next ? next_in(query) : ""};
  }
  if (path.starts_with(kWorkflowPrefix)) return workflow_route(path.substr(kWorkflowPrefix.size()));
  return {Page::NotFound};
}

std::string login_address(std::string_view address) { return with_next("/login", address == "/" ? "" : address); }
std::string register_address(std::string_view next) { return with_next("/register", next); }

}  // namespace ownkey::state
