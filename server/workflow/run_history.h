// RunHistory: the runs that are over, and what is on the disk of those that are not. Safe from several threads.
//
// A thread writes, and takes what has gathered meanwhile into one transaction: a run need not wait for the disk, except
// where it must be there before anybody is told of it. Reading waits for what was noted before. No record holds a key.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/base/log.h"
#include "server/store/run_rows.h"
#include "server/store/user_stores.h"
#include "shared/result.h"

namespace ownkey::workflow {

struct KeptRuns {
  std::int64_t count = 1000;
  std::int64_t bytes = std::int64_t{64} << 20;  // a person
  std::chrono::days time{30};
};

class RunHistory {
 public:
  // `process` names this start of the server. Borrows the rest, which must outlive this.
  RunHistory(store::UserStores& users, const base::Clock& clock, base::Log& log, std::string process, KeptRuns kept);
  // Writes what was noted.
  ~RunHistory();
  RunHistory(const RunHistory&) = delete;
  RunHistory& operator=(const RunHistory&) = delete;

  // Written soon.
  void note(const base::UserId& user, store::RunRow row);
  // On the disk when this returns.
  Result<void> put(const base::UserId& user, store::RunRow row);

  Result<std::vector<store::RunRow>> list(const base::UserId& user, const store::RunQuery& query);
  // NotFound when this person has no such run, whoever else may have it.
  Result<store::RunRow> get(const base::UserId& user, const base::RunId& id);
  // Until everything that was noted by now is written.
  void flush();

 private:
  struct Note {
    base::UserId user;
    store::RunRow row;
    std::uint64_t number;
  };

  void write_notes();
  Result<void> write(const base::UserId& user, const std::vector<store::RunRow>& rows);
  // With the runs ended that an earlier process left running.
  Result<std::shared_ptr<store::UserStore>> open(const base::UserId& user);

  store::UserStores& users_;
  const base::Clock& clock_;
  base::Log& log_;
  const std::string process_;
  const KeptRuns kept_;

  std::mutex lock_;
  std::condition_variable changed_;
  std::deque<Note> notes_;
  std::size_t bytes_ = 0;                         // of the notes
  std::uint64_t last_ = 0;                        // noted
  std::uint64_t written_ = 0;                     // or failed to be
  std::unordered_map<base::UserId, int> writes_;  // since the last pruning, of everybody whom open() has seen
  bool stopping_ = false;
  std::thread writer_;
};

}  // namespace ownkey::workflow
