// All that is kept here of a person, but the secrets, as one JSON file for them. docs/export.md tells its format.
//
// What is small is read before the answer begins, so that most of what can fail is still answered as a problem. The
// lists that can be long are read and written piece by piece: however slowly the person reads, what waits for them is
// one workflow, one run or one page of the audit log.
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_set>
#include <utility>

#include "server/http/gathering_sink.h"
#include "server/http/handlers/audit_message.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/session_message.h"
#include "server/http/handlers/two_factor_message.h"
#include "server/vault/credential_message.h"
#include "shared/api/account_export.h"

namespace ownkey::http {
namespace {

constexpr int kFormatVersion = 1;
constexpr std::size_t kEntriesAtOnce = 100;

// Who has an export under way: one at a time is enough for a person, and bounds what they can hold here.
class Exports : public std::enable_shared_from_this<Exports> {
 public:
  // An export under way, until it is let go of.
  using Place = std::shared_ptr<void>;

  Result<Place> enter(const base::UserId& user) {
    const std::scoped_lock lock(lock_);
    if (!users_.insert(user).second)
      return Error{
          ErrorKind::RateLimited,
          "your data is being exported already; wait for that download to end, or break it off, and try again"};
    return Place(this, [self = shared_from_this(), user](void*) { self->leave(user); });
  }

 private:
  void leave(const base::UserId& user) {
    const std::scoped_lock lock(lock_);
    users_.erase(user);
  }

  std::mutex lock_;
  std::unordered_set<base::UserId> users_;
};

// Gathers the first members of the object. The first one that cannot be had is what comes of it all.
class FirstMembers {
 public:
  template <class T>
  void add(std::string_view name, const Result<T>& part) {
    if (error_) return;
    if (!part) error_ = part.error();
    else text_.append(text_.empty() ? "{\"" : ",\"").append(name).append("\":").append(dump_json(to_json(*part)));
  }

  Result<std::string> text() {
    if (error_) return std::move(*error_);
    return std::move(text_);
  }

 private:
  std::string text_;
  std::optional<Error> error_;
};

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

Result<json> two_factor_of(const Services& services, const base::UserId& user) {
  const auto state = services.two_factor.state(user);
  if (!state) return state.error();
  auto message = to_json(message_of(*state));
  if (state->enabled_at) message["enabled_at"] = base::rfc3339(*state->enabled_at);
  return message;
}

Result<std::string> first_members(const Services& services, const Session& caller) {
  const auto& user = caller.user;
  FirstMembers members;
  members.add("format", Result(std::string("ownkey-export")));
  members.add("version", Result(kFormatVersion));
  members.add("exported_at", Result(base::rfc3339(services.clock.now())));
  members.add("profile", services.accounts.user(user));
  members.add("preferences", services.preferences.get(user));
  members.add("sessions", sessions_of(services, caller));
  members.add("two_factor", two_factor_of(services, user));
  members.add("credentials", credentials_of(services, caller));
  members.add("failover", services.key_settings.failover(user));
  members.add("budgets", services.key_settings.budgets(user));
  members.add("usage", services.key_settings.usage_records(user));
  return members.text();
}

// What an export begins with.
struct Beginning {
  base::UserId user;
  std::string first_members;
  std::vector<base::WorkflowId> workflows;
  std::int64_t audit_end;  // the sequence before which the audit log is exported
};

Result<Beginning> begin_export(const Services& services, const Session& caller) {
  const auto& user = caller.user;
  auto members = first_members(services, caller);
  if (!members) return std::move(members.error());
  auto workflows = services.workflows.ids(user);
  if (!workflows) return std::move(workflows.error());
  if (const auto runs = services.runs.list(user, {.limit = 1}); !runs) return runs.error();
  const auto newest = services.audit.entries(user, {}, 1);
  if (!newest) return newest.error();
  return Beginning{user, std::move(*members), std::move(*workflows),
                   newest->empty() ? 0 : newest->front().sequence + 1};
}

// The next items of a list as JSON, with commas between them; nothing once all were there.
using NextItems = std::function<Result<std::string>()>;

struct LongList {
  std::string_view name;
  NextItems next_items;
};

// As many as there were at the beginning, but for those that were deleted since.
NextItems workflows_of(const Services& services, const Beginning& beginning) {
  return [&, next = beginning.workflows.begin()]() mutable -> Result<std::string> {
    while (next != beginning.workflows.end()) {
      auto text = services.workflows.text(beginning.user, *next++);
      if (text || text.error().kind != ErrorKind::NotFound) return text;
    }
    return std::string();
  };
}

// The kept runs with their results and logs, newest first. One at a time, as each may take a megabyte. What is pruned
// meanwhile is left out.
NextItems runs_of(const Services& services, const Beginning& beginning) {
  return [&, last = std::optional<store::RunPlace>()]() mutable -> Result<std::string> {
    auto run = services.runs.next_whole(beginning.user, last);
    if (!run) return std::move(run.error());
    if (!*run) return std::string();
    last = std::move((*run)->place);
    return std::move((*run)->text);
  };
}

// Newest first.
NextItems audit_of(const Services& services, const Beginning& beginning) {
  return [&, before = beginning.audit_end]() mutable -> Result<std::string> {
    auto page = services.audit.entries(beginning.user, before, kEntriesAtOnce);
    if (!page) return page.error();
    if (!page->empty()) before = page->back().sequence;
    std::string text;
    for (auto& entry : *page)
      text.append(text.empty() ? "" : ",").append(dump_json(to_json(message_of(std::move(entry)))));
    return text;
  };
}

Result<void> write_list(StreamSink& sink, const LongList& list, const base::CancelToken& reader) {
  bool good = sink.write(",\"" + std::string(list.name) + "\":[");
  for (std::string_view separator; good && !reader.cancelled(); separator = ",") {
    const auto items = list.next_items();
    if (!items) return items.error();
    if (items->empty()) {
      sink.write("]");
      return {};
    }
    good = sink.write(separator) && sink.write(*items);
  }
  // For nobody: whoever would read it is gone, or their session has ended.
  return Error{ErrorKind::Busy, "the export was broken off; begin it again"};
}

Result<void> write_export(const Services& services, Beginning beginning, const base::CancelToken& reader,
                          StreamSink& client) {
  GatheringSink sink(client);
  sink.write(std::exchange(beginning.first_members, {}));
  for (const auto& list :
       {LongList{"workflows", workflows_of(services, beginning)}, LongList{"runs", runs_of(services, beginning)},
        LongList{"audit", audit_of(services, beginning)}})
    if (auto written = write_list(sink, list, reader); !written) return written;
  sink.write("}\n");
  sink.flush();
  return {};
}

std::string file_name(base::Time now) {
  return "ownkey-export-" + base::rfc3339(now).substr(0, std::string_view("2000-01-01").size()) + ".json";
}

}  // namespace

std::vector<Route> account_export_routes(const Services& services) {
  const Handler export_all = [services,
                              exports = std::make_shared<Exports>()](const Request& request) -> Result<Response> {
    const auto& caller = request.caller();
    auto place = exports->enter(caller.user);
    if (!place) return std::move(place.error());
    auto beginning = begin_export(services, caller);
    if (!beginning) return std::move(beginning.error());
    services.audit.record(caller.user, AuditAction::AccountExported, request.client());
    auto response =
        stream_response("application/json", [services, place = std::move(*place), beginning = std::move(*beginning),
                                             reader = request.client_left()](StreamSink& sink) mutable {
          // Left before the client can know that it has all, so that it may ask for the next at once.
          const auto until_written = std::move(place);
          return write_export(services, std::move(beginning), reader, sink);
        });
    response.set_header("Content-Disposition", "attachment; filename=\"" + file_name(services.clock.now()) + "\"");
    return response;
  };
  return {Route{"GET", "/api/settings/export", export_all}.gives<api::AccountExport>(
      "gives all that is kept of the account, but the secrets, as a file")};
}

}  // namespace ownkey::http
