#include "server/workflow/run_history.h"

#include <algorithm>
#include <utility>

namespace ownkey::workflow {
namespace {

// Rows that wait for a disk that is slow or full must not fill the memory.
constexpr std::size_t kMaxWaitingBytes = std::size_t{64} << 20;
constexpr int kWritesBetweenPrunings = 50;

Error no_such_run() { return {ErrorKind::NotFound, "you have no run with this id; old runs are deleted after a time"}; }

}  // namespace

RunHistory::RunHistory(store::UserStores& users, const base::Clock& clock, base::Log& log, std::string process,
                       KeptRuns kept)
    : users_(users), clock_(clock), log_(log), process_(std::move(process)), kept_(kept) {
  writer_ = std::thread([this] { write_notes(); });
}

RunHistory::~RunHistory() {
  {
    const std::scoped_lock lock(lock_);
    stopping_ = true;
  }
  changed_.notify_all();
  writer_.join();
}

void RunHistory::note(const base::UserId& user, store::RunRow row) {
  row.process = process_;
  std::unique_lock lock(lock_);
  changed_.wait(lock, [&] { return bytes_ < kMaxWaitingBytes; });
  bytes_ += row.record.size();
  notes_.push_back({user, std::move(row), ++last_});
  changed_.notify_all();
}

Result<void> RunHistory::put(const base::UserId& user, store::RunRow row) {
  const auto store = open(user);
  if (!store) return store.error();
  row.process = process_;
  return (*store)->runs().put({&row, 1});
}

void RunHistory::flush() {
  std::unique_lock lock(lock_);
  const auto number = last_;
  changed_.wait(lock, [&] { return written_ >= number; });
}

Result<std::vector<store::RunRow>> RunHistory::list(const base::UserId& user, const store::RunQuery& query) {
  flush();
  const auto store = open(user);
  if (!store) return store.error();
  return (*store)->runs().list(query);
}

Result<store::RunRow> RunHistory::get(const base::UserId& user, const base::RunId& id) {
  flush();
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
    return writes_.emplace(user, kWritesBetweenPrunings).second;
  }();
  if (!is_new) return store;
  const auto ended = (*store)->runs().end_left_over(
      process_, "interrupted", "the server was stopped while this ran; run it again", clock_.now());
  if (!ended) return ended.error();
  return store;
}

void RunHistory::write_notes() {
  std::unique_lock lock(lock_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !notes_.empty(); });
    if (notes_.empty()) return;
    const auto notes = std::exchange(notes_, {});
    bytes_ = 0;
    changed_.notify_all();
    lock.unlock();
    std::unordered_map<base::UserId, std::vector<store::RunRow>> by_user;
    for (const auto& note : notes) {
      auto& rows = by_user[note.user];
      const auto same = std::ranges::find(rows, note.row.id, &store::RunRow::id);
      if (same == rows.end()) rows.push_back(note.row);
      else *same = note.row;
    }
    for (const auto& [user, rows] : by_user)
      if (const auto written = write(user, rows); !written)
        log_.error("runs were not written to the history",
                   {{"user", user.text()}, {"runs", rows.size()}, {"error", written.error().log_text}});
    lock.lock();
    written_ = notes.back().number;
    changed_.notify_all();
  }
}

Result<void> RunHistory::write(const base::UserId& user, const std::vector<store::RunRow>& rows) {
  const auto store = open(user);
  // Erased while their runs were ending: nothing of them is to be kept.
  if (!store && store.error().kind == ErrorKind::NotFound) return {};
  if (!store) return store.error();
  if (auto put = (*store)->runs().put(rows); !put) return put;
  {
    const std::scoped_lock lock(lock_);
    if (++writes_[user] < kWritesBetweenPrunings) return {};
    writes_[user] = 0;
  }
  return (*store)->runs().prune({kept_.count, kept_.bytes, clock_.now() - kept_.time});
}

}  // namespace ownkey::workflow
