// All that is kept here of a person, but the secrets, as one JSON file for them. docs/export.md tells its format.
#include <utility>

#include "server/http/handlers/audit_message.h"
#include "server/http/handlers/credential_message.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/session_message.h"
#include "server/http/handlers/two_factor_message.h"

namespace ownkey::http {
namespace {

constexpr int kFormatVersion = 1;
constexpr int kEntriesAtOnce = 500;

// Gathers the parts as text: workflows come as text already, and may be large.
class ExportText {
 public:
  void add(std::string_view name, std::string_view value) {
    text_.append(text_.empty() ? "{" : ",").append("\"").append(name).append("\":").append(value);
  }
  void add(std::string_view name, const json& value) { add(name, std::string_view(dump_json(value))); }

  std::string finish() { return std::move(text_.append("}\n")); }

 private:
  std::string text_;
};

Result<json> credentials_of(vault::CredentialVault& vault, const base::UserId& user) {
  auto infos = vault.list(user);
  if (!infos) return infos.error();
  json list = json::array();
  for (auto& info : *infos) list.push_back(to_json(message_of(std::move(info))));
  return list;
}

// The whole log as a JSON list, newest first. Page by page: as JSON values it would take many times its size as text.
Result<std::string> audit_of(accounts::AuditLog& audit, const base::UserId& user) {
  std::string text = "[";
  for (std::optional<std::int64_t> before;;) {
    auto page = audit.entries(user, before, kEntriesAtOnce);
    if (!page) return page.error();
    if (page->empty()) return text += ']';
    before = page->back().sequence;
    for (auto& entry : *page) {
      if (text.size() > 1) text += ',';
      text += dump_json(to_json(message_of(std::move(entry))));
    }
  }
}

// The kept runs with their results and logs as a JSON list, newest first. One by one, for the same reason.
Result<std::string> runs_of(workflow::RunService& runs, const base::UserId& user) {
  std::string text = "[";
  for (store::RunQuery query{.limit = kEntriesAtOnce};;) {
    const auto page = runs.list(user, query);
    if (!page) return page.error();
    if (page->empty()) return text += ']';
    query.before = base::RunId(page->back().run_id);
    for (const auto& summary : *page) {
      const auto run = runs.get(user, base::RunId(summary.run_id));
      if (!run && run.error().kind == ErrorKind::NotFound) continue;  // too old to be kept, since a moment
      if (!run) return run.error();
      if (text.size() > 1) text += ',';
      text += dump_json(*run);
    }
  }
}

Result<json> two_factor_of(accounts::TwoFactor& two_factor, const base::UserId& user) {
  const auto state = two_factor.state(user);
  if (!state) return state.error();
  auto message = to_json(message_of(*state));
  if (state->enabled_at) message["enabled_at"] = base::rfc3339(*state->enabled_at);
  return message;
}

Result<std::string> export_of(const Services& services, const Session& caller) {
  const auto profile = services.accounts.user(caller.user);
  if (!profile) return profile.error();
  const auto sessions = services.sessions.list(caller.user);
  if (!sessions) return sessions.error();
  const auto two_factor = two_factor_of(services.two_factor, caller.user);
  if (!two_factor) return two_factor.error();
  const auto preferences = services.preferences.get(caller.user);
  if (!preferences) return preferences.error();
  const auto credentials = credentials_of(services.vault, caller.user);
  if (!credentials) return credentials.error();
  const auto failover = services.key_settings.failover(caller.user);
  if (!failover) return failover.error();
  const auto budgets = services.key_settings.budgets(caller.user);
  if (!budgets) return budgets.error();
  const auto usage = services.key_settings.usage_records(caller.user);
  if (!usage) return usage.error();
  const auto workflows = services.workflows.list(caller.user);
  if (!workflows) return workflows.error();
  const auto runs = runs_of(services.runs, caller.user);
  if (!runs) return runs.error();
  const auto audit = audit_of(services.audit, caller.user);
  if (!audit) return audit.error();
  ExportText text;
  text.add("format", json("ownkey-export"));
  text.add("version", json(kFormatVersion));
  text.add("exported_at", json(base::rfc3339(services.clock.now())));
  text.add("profile", to_json(*profile));
  text.add("preferences", to_json(*preferences));
  text.add("sessions", to_json(messages_of(*sessions, caller.session)));
  text.add("two_factor", *two_factor);
  text.add("credentials", *credentials);
  text.add("failover", to_json(*failover));
  text.add("budgets", to_json(*budgets));
  text.add("usage", to_json(*usage));
  text.add("workflows", std::string_view(*workflows));
  text.add("runs", std::string_view(*runs));
  text.add("audit", std::string_view(*audit));
  return text.finish();
}

}  // namespace

std::vector<Route> account_export_routes(const Services& services) {
  const Handler export_all = [services](const Request& request) -> Result<Response> {
    auto text = export_of(services, request.caller());
    if (!text) return text.error();
    services.audit.record(request.caller().user, AuditAction::AccountExported, request.client());
    auto response = text_response(200, "application/json", std::move(*text));
    const auto day = base::rfc3339(services.clock.now()).substr(0, std::string_view("2000-01-01").size());
    response.set_header("Content-Disposition", "attachment; filename=\"ownkey-export-" + day + ".json\"");
    return response;
  };
  return {{"GET", "/api/settings/export", export_all}};
}

}  // namespace ownkey::http
