#include "server/workflow/run_history.h"

#include <utility>

namespace ownkey::workflow {
namespace {

Error no_such_run() { return {ErrorKind::NotFound, "you have no run with this id; old runs are deleted after a time"}; }

}  // namespace

api::NodeError interrupted() { return {"interrupted", "the server was stopped while this ran; run it again"}; }

void RunHistory::note(const base::UserId& user, store::RunRow row) {
  row.process = process_;
  late_.note(user, std::move(row));
}

Result<void> RunHistory::put(const base::UserId& user, store::RunRow row) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  row.process = process_;
  return (*store)->put(store::LateRows{.runs = {std::move(row)}});
}

Result<std::vector<store::RunRow>> RunHistory::list(const base::UserId& user, const store::RunQuery& query) {
  late_.flush(user);
  const auto store = users_.open(user);
  if (!store) return store.error();
  auto rows = (*store)->runs().list(query);
  if (!rows) return rows;
  for (auto& row : *rows) row = judged(std::move(row));
  return rows;
}

Result<store::RunRow> RunHistory::get(const base::UserId& user, const base::RunId& id) {
  late_.flush(user);
  const auto store = users_.open(user);
  if (!store) return store.error();
  auto row = (*store)->runs().get(id);
  if (!row) return std::move(row.error());
  if (!*row) return no_such_run();
  return judged(std::move(**row));
}

store::RunRow RunHistory::judged(store::RunRow row) const {
  if (row.status != api::RunStatus::Running || row.process == process_) return row;
  auto [code, detail] = interrupted();
  row.status = api::RunStatus::Error;
  row.error_code = std::move(code);
  row.error_detail = std::move(detail);
  return row;
}

}  // namespace ownkey::workflow
