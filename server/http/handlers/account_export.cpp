// All that is kept here of a person, but the secrets, as one JSON file for them. docs/export.md tells its format.
#include <utility>

#include "server/http/handlers/audit_message.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/session_message.h"
#include "server/http/handlers/two_factor_message.h"
#include "server/vault/credential_message.h"
#include "shared/api/account_export.h"

namespace ownkey::http {
namespace {

constexpr int kFormatVersion = 1;
constexpr int kEntriesAtOnce = 500;
constexpr int kRunsAtOnce = 8;  // each may take a megabyte

// Gathers the parts as text: as JSON values they would take many times its size. The first part that cannot be had is
// what comes of it all.
class ExportText {
 public:
  // What is JSON already.
  void add_text(std::string_view name, const Result<std::string>& part) {
    if (error_) return;
    if (!part) error_ = part.error();
    else text_.append(text_.empty() ? "{" : ",").append("\"").append(name).append("\":").append(*part);
  }
  template <class T>
  void add(std::string_view name, const Result<T>& part) {
    add_text(name, part ? Result(dump_json(to_json(*part))) : part.error());
  }

  Result<std::string> finish() {
    if (error_) return std::move(*error_);
    return std::move(text_.append("}\n"));
  }

 private:
  std::string text_;
  std::optional<Error> error_;
};

// A JSON list of many things that come page by page. `next_page` gives nothing more once all were there.
template <class NextPage>
Result<std::string> list_of_pages(const NextPage& next_page) {
  std::string text = "[";
  for (;;) {
    const auto page = next_page();
    if (!page) return page.error();
    if (page->empty()) return text += ']';
    for (const auto& item : *page) {
      if (text.size() > 1) text += ',';
      text += dump_json(item);
    }
  }
}

Result<std::vector<api::SessionEntry>> sessions_of(const Services& services, const Session& caller) {
  const auto sessions = services.sessions.list(caller.user);
  if (!sessions) return sessions.error();
  return messages_of(*sessions, caller.session);
}

Result<std::vector<api::Credential>> credentials_of(const Services& services, const Session& caller) {
  auto infos = services.vault.list(caller.user);
  if (!infos) return infos.error();
  std::vector<api::Credential> list;
  for (auto& info : *infos) list.push_back(message_of(std::move(info)));
  return list;
}

// The kept runs with their results and logs, newest first.
Result<std::string> runs_of(const Services& services, const Session& caller) {
  store::RunQuery query{.limit = kRunsAtOnce};
  return list_of_pages([&] {
    auto page = services.runs.list_whole(caller.user, query);
    if (page && !page->empty()) query.before = base::RunId(page->back().at("run_id").get<std::string>());
    return page;
  });
}

// The whole log, newest first.
Result<std::string> audit_of(const Services& services, const Session& caller) {
  std::optional<std::int64_t> before;
  return list_of_pages([&]() -> Result<std::vector<json>> {
    auto page = services.audit.entries(caller.user, before, kEntriesAtOnce);
    if (!page) return page.error();
    if (!page->empty()) before = page->back().sequence;
    std::vector<json> entries;
    for (auto& entry : *page) entries.push_back(to_json(message_of(std::move(entry))));
    return entries;
  });
}

Result<json> two_factor_of(const Services& services, const base::UserId& user) {
  const auto state = services.two_factor.state(user);
  if (!state) return state.error();
  auto message = to_json(message_of(*state));
  if (state->enabled_at) message["enabled_at"] = base::rfc3339(*state->enabled_at);
  return message;
}

Result<std::string> export_of(const Services& services, const Session& caller) {
  const auto& user = caller.user;
  ExportText text;
  text.add("format", Result(std::string("ownkey-export")));
  text.add("version", Result(kFormatVersion));
  text.add("exported_at", Result(base::rfc3339(services.clock.now())));
  text.add("profile", services.accounts.user(user));
  text.add("preferences", services.preferences.get(user));
  text.add("sessions", sessions_of(services, caller));
  text.add("two_factor", two_factor_of(services, user));
  text.add("credentials", credentials_of(services, caller));
  text.add("failover", services.key_settings.failover(user));
  text.add("budgets", services.key_settings.budgets(user));
  text.add("usage", services.key_settings.usage_records(user));
  text.add_text("workflows", services.workflows.list(user));
  text.add_text("runs", runs_of(services, caller));
  text.add_text("audit", audit_of(services, caller));
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
  return {Route{"GET", "/api/settings/export", export_all}.gives<api::AccountExport>(
      "gives all that is kept of the account, but the secrets, as a file")};
}

}  // namespace ownkey::http
