// KnownLists: the texts of the lists that were asked for lately. Each holds as long as what it was made of is the same,
// and until its time is over. Safe from several threads.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/store/user_store.h"

namespace ownkey::vault {

class KnownLists {
 public:
  struct Source {
    store::CredentialRows rows;  // this very object: the store gives another one after each change
    std::set<std::uint32_t> data_keys;
    std::uint64_t unreadable_keys = 0;  // how often one was found
    bool operator==(const Source&) const = default;
  };

  std::optional<std::string> find(const base::UserId& user, const Source& source, base::Time now) const {
    const std::scoped_lock lock(lock_);
    const auto& known = lists_[place_of(user)];
    if (now >= known.until || known.source != source) return std::nullopt;
    return known.text;
  }

  void keep(const base::UserId& user, Source source, base::Time until, std::string text) {
    const std::scoped_lock lock(lock_);
    lists_[place_of(user)] = {std::move(source), until, std::move(text)};
  }

 private:
  struct Known {
    Source source;
    base::Time until;
    std::string text;
  };

  // People share these, the last who came has it.
  std::size_t place_of(const base::UserId& user) const { return std::hash<base::UserId>{}(user) % lists_.size(); }

  mutable std::mutex lock_;
  std::array<Known, 256> lists_;
};

}  // namespace ownkey::vault
