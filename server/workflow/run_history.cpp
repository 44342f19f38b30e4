#include "server/workflow/run_history.h"

#include <utility>

namespace ownkey::workflow {
namespace {

Error no_such_run() { return {ErrorKind::NotFound, "you have no run with this id; old runs are deleted after a time"}; }

}  // namespace

void RunHistory::note(const base::UserId& user, store::RunRow row) {
  row.process = process_;
  late_.note(user, std::move(row));
}

Result<void> RunHistory::put(const base::UserId& user, store::RunRow row) {
  const auto store = open(user);
  if (!store) return store.error();
  row.process = process_;
  return (*store)->put(store::LateRows{.runs = {std::move(row)}});
}

Result<std::vector<store::RunRow>> RunHistory::list(const base::UserId& user, const store::RunQuery& query) {
  late_.flush(user);
  const auto store = open(user);
  if (!store) return store.error();
  return (*store)->runs().list(query);
}

Result<store::RunRow> RunHistory::get(const base::UserId& user, const base::RunId& id) {
  late_.flush(user);
  const auto store = open(user);
  if (!store) return store.error();
  auto row = (*store)->runs().get(id);
  if (!row) return std::move(row.error());
  if (!*row) return no_such_run();
  return std::move(**row);
}

Result<std::shared_ptr<store::UserStore>> RunHistory::open(const base::UserId& user) {
  auto store = users_.open(user);
  if (!store) return store;
  const bool is_new = [&] {
    const std::scoped_lock lock(lock_);
    return seen_.insert(user).second;
  }();
  if (!is_new) return store;
  const auto ended = (*store)->runs().end_left_over(
      process_, "interrupted", "the server was stopped while this ran; run it again", clock_.now());
  if (!ended) return ended.error();
  return store;
}

}  // namespace ownkey::workflow
