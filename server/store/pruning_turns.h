// PruningTurns: whose old runs are looked for now: each person's at their first write, as what is kept may have changed
// since the last start, and at every fiftieth after it. Used by one thread at a time.
#pragma once

#include <cstddef>
#include <unordered_map>

#include "server/base/ids.h"

namespace ownkey::store {

class PruningTurns {
 public:
  // Very many people are forgotten all at once: theirs comes a little sooner then.
  static constexpr std::size_t kMostPeople = 4096;

  // Counts a write of theirs.
  bool comes(const base::UserId& user) {
    if (writes_.size() >= kMostPeople && !writes_.contains(user)) writes_.clear();
    auto& writes = writes_[user];
    return writes++ % kBetween == 0;
  }
  std::size_t people() const { return writes_.size(); }

 private:
  static constexpr std::size_t kBetween = 50;

  std::unordered_map<base::UserId, std::size_t> writes_;
};

}  // namespace ownkey::store
