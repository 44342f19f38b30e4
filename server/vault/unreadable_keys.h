// UnreadableKeys: stored keys that were found not to open, so that a list can say so without opening any. Kept in
// memory alone. A key that was saved again since has a higher generation and is another one. Safe from several threads.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "server/base/ids.h"

namespace ownkey::vault {

class UnreadableKeys {
 public:
  void add(const base::UserId& user, const base::CredentialId& credential, std::uint64_t generation) {
    const std::scoped_lock lock(lock_);
    if (keys_.size() >= kMost) return;
    keys_[{user, credential}] = generation;
    ++additions_;
  }
  bool contains(const base::UserId& user, const base::CredentialId& credential, std::uint64_t generation) const {
    const std::scoped_lock lock(lock_);
    if (keys_.empty()) return false;  // as good as always, and asked for every key of a list
    const auto found = keys_.find({user, credential});
    return found != keys_.end() && found->second == generation;
  }
  // How often one was added: what contains() says does not change without it.
  std::uint64_t additions() const {
    const std::scoped_lock lock(lock_);
    return additions_;
  }

 private:
  static constexpr std::size_t kMost =
      100'000;  // bounds the memory; beyond it, a run still says that a key does not open

  mutable std::mutex lock_;
  std::map<std::pair<base::UserId, base::CredentialId>, std::uint64_t> keys_;
  std::uint64_t additions_ = 0;
};

}  // namespace ownkey::vault
