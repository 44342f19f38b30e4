// The key doctor: says of every data key and every sealed value whether it opens with the master keys at hand, without
// changing anything. What it opens is wiped at once.
//
// Works beside a running server: what seems broken is looked at twice, since a rotation may be moving it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/ids.h"
#include "server/base/log.h"
#include "server/crypto/master_keys.h"
#include "server/store/account_store.h"
#include "server/store/user_stores.h"
#include "server/vault/key_ring.h"
#include "shared/result.h"

namespace ownkey::vault {

enum class Condition { Readable, NeedsKey, Lost };
constexpr auto names_of(Condition) {
  return std::array<std::pair<Condition, std::string_view>, 3>{
      {{Condition::Readable, "readable"}, {Condition::NeedsKey, "needs_key"}, {Condition::Lost, "lost"}}};
}

struct Finding {
  enum class Of { DataKey, Value, File };

  base::UserId user;
  Of of{};
  std::string name;               // "data key 2", "openai sealed_key of ID"
  std::string_view column;        // of a value
  base::CredentialId credential;  // of a value
  std::uint64_t generation = 0;   // of a value
  Condition condition = Condition::Readable;
  std::optional<crypto::MasterKeyId> needs;
  std::string reason;  // why it does not open
};

struct Tally {
  std::int64_t readable = 0;
  std::int64_t needs_key = 0;
  std::int64_t lost = 0;

  void count(Condition condition);
  bool all_readable() const { return needs_key == 0 && lost == 0; }
};

struct Examination {
  std::int64_t users = 0;
  Tally data_keys;
  Tally values;
};

class KeyDoctor {
 public:
  enum class Depth { DataKeys, Values };  // Values: the data keys too

  // Borrows all of it.
  KeyDoctor(store::AccountStore& accounts, const store::UserStores& users, const KeyRing& keys)
      : accounts_(accounts), users_(users), keys_(keys) {}

  // `found` hears of everything that is not readable; `go_on` is asked after each user.
  Result<Examination> examine(Depth depth, const std::function<void(const Finding&)>& found,
                              const std::function<bool(const Examination&)>& go_on);

 private:
  Result<std::vector<Finding>> examine_user(const base::UserId& user, Depth depth);
  Result<std::vector<store::SealedValue>> values_of(const base::UserId& user);

  store::AccountStore& accounts_;
  const store::UserStores& users_;
  const KeyRing& keys_;
};

// For the log: a line for what was found, by its ids, and one that sums up.
void log_finding(base::Log& log, const Finding& finding);
void log_summary(base::Log& log, std::string_view what, std::int64_t users, const Tally& tally);

}  // namespace ownkey::vault
