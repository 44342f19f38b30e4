// LateWrites: what runs leave behind and nobody waits for: their rows in the history, the tokens they used. Safe from
// several threads. Borrows everything it is given, which must outlive it.
//
// A thread gathers for some milliseconds, and writes all of one person in one transaction. Whoever reads such rows asks
// for flush() first. A crash can cost what was noted in its last moment. What cannot be written because the disk is
// full or the file is busy waits and is tried again, as long as the memory for it lasts.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/base/log.h"
#include "server/store/pruning_turns.h"
#include "server/store/user_stores.h"
#include "shared/result.h"

namespace ownkey::store {

// Which runs that have ended are kept.
struct KeptRuns {
  std::int64_t count = 1000;
  std::int64_t bytes = std::int64_t{64} << 20;  // a person
  std::chrono::days time{30};
};

class LateWrites {
 public:
  LateWrites(UserStores& users, const base::Clock& clock, base::Log& log, KeptRuns kept = {});
  // Writes what was noted.
  ~LateWrites();
  LateWrites(const LateWrites&) = delete;
  LateWrites& operator=(const LateWrites&) = delete;

  // In the place of an earlier note of the same run.
  void note(const base::UserId& user, RunRow run);
  // Added to what was used before; days before `keep_from` are forgotten.
  void note(const base::UserId& user, const UsagePlace& place, const UsageCount& count, std::string keep_from);

  // Returns when what was noted for this person by now is on the disk, or could not be written now.
  void flush(const base::UserId& user);

 private:
  template <class Add>
  void add(const base::UserId& user, const Add& add_rows);
  void write_all();
  void write_out(const base::UserId& user, std::unique_lock<std::mutex>& lock);
  Result<void> try_write(const base::UserId& user, const LateRows& rows);
  Result<void> write(const base::UserId& user, const LateRows& rows);
  // Under the lock. What was noted since counts.
  void put_back(const base::UserId& user, LateRows rows);
  bool is_time_to_prune(const base::UserId& user);

  UserStores& users_;
  const base::Clock& clock_;
  base::Log& log_;
  const KeptRuns kept_;

  std::mutex lock_;
  std::condition_variable changed_;
  std::unordered_map<base::UserId, LateRows> waiting_;
  std::vector<base::UserId> in_order_;  // of those, as they came
  std::unordered_set<base::UserId> being_written_;
  PruningTurns pruning_;
  std::size_t bytes_ = 0;     // of the records that wait
  bool has_trouble_ = false;  // something was put back since the last round
  bool stopping_ = false;
  std::thread writer_;
};

}  // namespace ownkey::store
