#include "server/store/late_writes.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace ownkey::store {
namespace {

// Long enough that the writer does not hold a person's file while their next run reads it, one time in two; short
// enough that a crash costs next to nothing.
constexpr std::chrono::milliseconds kGathering{10};
constexpr std::chrono::seconds kBetweenTries{2};
// Rows that wait for a disk that is slow or full must not fill the memory.
constexpr std::size_t kMaxWaitingBytes = std::size_t{64} << 20;
// Half of it, so that runs go on while the disk is full.
constexpr std::size_t kMaxPutBackBytes = kMaxWaitingBytes / 2;

bool may_pass(const Error& error) { return error.kind == ErrorKind::StorageFull || error.kind == ErrorKind::Busy; }

void add_tokens(LateRows& rows, const UsagePlace& place, const UsageCount& count) {
  const auto same = std::ranges::find(rows.tokens, place, &UsedTokens::place);
  if (same == rows.tokens.end()) rows.tokens.push_back({place, count});
  else same->count += count;
}

}  // namespace

LateWrites::LateWrites(UserStores& users, const base::Clock& clock, base::Log& log, KeptRuns kept)
    : users_(users), clock_(clock), log_(log), kept_(kept) {
  writer_ = std::thread([this] { write_all(); });
}

LateWrites::~LateWrites() {
  {
    const std::scoped_lock lock(lock_);
    stopping_ = true;
  }
  changed_.notify_all();
  writer_.join();
}

void LateWrites::note(const base::UserId& user, RunRow run) {
  add(user, [&](LateRows& rows) {
    bytes_ += run.record.size();
    const auto same = std::ranges::find(rows.runs, run.id, &RunRow::id);
    if (same == rows.runs.end()) {
      rows.runs.push_back(std::move(run));
    } else {
      bytes_ -= same->record.size();
      *same = std::move(run);
    }
  });
}

void LateWrites::note(const base::UserId& user, const UsagePlace& place, const UsageCount& count,
                      std::string keep_from) {
  add(user, [&](LateRows& rows) {
    rows.keep_usage_from = std::move(keep_from);
    add_tokens(rows, place, count);
  });
}

template <class Add>
void LateWrites::add(const base::UserId& user, const Add& add_rows) {
  std::unique_lock lock(lock_);
  changed_.wait(lock, [&] { return bytes_ < kMaxWaitingBytes; });
  const auto [entry, is_new] = waiting_.try_emplace(user);
  add_rows(entry->second);
  if (is_new) in_order_.push_back(user);
  // While others wait, the writer is awake or about to be.
  if (is_new && in_order_.size() == 1) changed_.notify_all();
}

void LateWrites::flush(const base::UserId& user) {
  std::unique_lock lock(lock_);
  write_out(user, lock);
}

void LateWrites::write_all() {
  std::unique_lock lock(lock_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !in_order_.empty(); });
    if (in_order_.empty()) return;
    const bool had_trouble = std::exchange(has_trouble_, false);
    changed_.wait_for(lock, had_trouble ? std::chrono::milliseconds(kBetweenTries) : kGathering,
                      [&] { return stopping_; });
    for (const auto& user : std::exchange(in_order_, {})) write_out(user, lock);
  }
}

// One after the other for each person, so that no row is overwritten by an older one. The lock is held by the caller,
// and let go of while the disk is at work.
void LateWrites::write_out(const base::UserId& user, std::unique_lock<std::mutex>& lock) {
  changed_.wait(lock, [&] { return !being_written_.contains(user); });
  auto taken = waiting_.extract(user);
  if (taken.empty()) return;
  auto& rows = taken.mapped();
  being_written_.insert(user);
  lock.unlock();
  const auto written = try_write(user, rows);
  lock.lock();
  for (const auto& run : rows.runs) bytes_ -= run.record.size();
  being_written_.erase(user);
  if (!written && may_pass(written.error()) && !stopping_ && bytes_ < kMaxPutBackBytes) put_back(user, std::move(rows));
  else if (!written)
    log_.error("runs and what they used were not written",
               {{"user", user.text()}, {"runs", rows.runs.size()}, {"error", written.error().log_text}});
  changed_.notify_all();
}

void LateWrites::put_back(const base::UserId& user, LateRows rows) {
  has_trouble_ = true;
  const auto [entry, is_new] = waiting_.try_emplace(user);
  auto& later = entry->second;
  for (auto& run : rows.runs) {
    if (std::ranges::find(later.runs, run.id, &RunRow::id) != later.runs.end()) continue;
    bytes_ += run.record.size();
    later.runs.push_back(std::move(run));
  }
  for (const auto& used : rows.tokens) add_tokens(later, used.place, used.count);
  if (later.keep_usage_from.empty()) later.keep_usage_from = std::move(rows.keep_usage_from);
  if (is_new) in_order_.push_back(user);
}

// Whatever is thrown must not leave the person among those being written, for whom everybody waits.
Result<void> LateWrites::try_write(const base::UserId& user, const LateRows& rows) {
  try {
    return write(user, rows);
  } catch (const std::exception& exception) {
    return Error{ErrorKind::Internal, "what you ran could not be written to the disk", exception.what()};
  }
}

Result<void> LateWrites::write(const base::UserId& user, const LateRows& rows) {
  const auto store = users_.open(user);
  // Erased while their runs were ending: nothing of them is to be kept.
  if (!store && store.error().kind == ErrorKind::NotFound) return {};
  if (!store) return store.error();
  if (auto put = (*store)->put(rows); !put) return put;
  if (rows.runs.empty() || !is_time_to_prune(user)) return {};
  // The rows are there; what is too old goes another time.
  if (auto pruned = (*store)->runs().prune({kept_.count, kept_.bytes, clock_.now() - kept_.time}); !pruned)
    log_.warning("old runs were not removed", {{"user", user.text()}, {"error", pruned.error().log_text}});
  return {};
}

bool LateWrites::is_time_to_prune(const base::UserId& user) {
  const std::scoped_lock lock(lock_);
  return pruning_.comes(user);
}

}  // namespace ownkey::store
