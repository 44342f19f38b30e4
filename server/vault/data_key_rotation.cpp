#include "server/vault/data_key_rotation.h"

#include <map>
#include <set>
#include <utility>

#include "server/crypto/sealing.h"

namespace ownkey::vault {
namespace {

using Version = std::uint32_t;

Error no_such_user(const base::UserId& user) {
  return {ErrorKind::NotFound, "there is no user with the id " + user.text()};
}

// A data key that its own right master key does not unwrap opens nothing any more and is not in the result.
Result<std::map<Version, crypto::Key>> unwrap_all(const KeyRing& keys, const std::vector<store::DataKeyRow>& rows) {
  std::map<Version, crypto::Key> unwrapped;
  for (const auto& row : rows) {
    if (!keys.has(row.master_key_id))
      return Error{ErrorKind::CredentialUnreadable,
                   "data key " + std::to_string(row.version) + " of user " + row.user.text() + " needs master key " +
                       crypto::key_name(row.master_key_id) + ", which was not given (nothing was changed)"};
    if (auto key = keys.unwrap(row)) unwrapped.emplace(row.version, std::move(*key));
  }
  return unwrapped;
}

// Moves values to the new data key, and notes which older ones are still named by values that do not open.
class Mover {
 public:
  Mover(const base::UserId& user, const std::map<Version, crypto::Key>& old_keys, const crypto::Key& key,
        Version version, crypto::Random& random)
      : user_(user), old_keys_(old_keys), key_(key), version_(version), random_(random) {}

  std::optional<base::Sealed> operator()(const store::SealedValue& value) {
    const auto version = crypto::key_id_of(value.sealed);
    if (version && *version >= version_) return std::nullopt;  // saved since the new key is there
    const crypto::ColumnPlace place{user_.text(), value.provider, value.row_id, value.column, value.generation};
    const auto old_key = version ? old_keys_.find(*version) : old_keys_.end();
    if (old_key != old_keys_.end()) {
      if (const auto opened = crypto::open_column(old_key->second, *version, place, value.sealed); opened.value) {
        ++report.moved;
        return crypto::seal_column(key_, version_, place, *opened.value, random_);
      }
      still_named.insert(*version);
    }
    ++report.unreadable;
    return std::nullopt;
  }

  ResealReport report;
  std::set<Version> still_named;

 private:
  const base::UserId& user_;
  const std::map<Version, crypto::Key>& old_keys_;
  const crypto::Key& key_;
  const Version version_;
  crypto::Random& random_;
};

}  // namespace

Result<ResealReport> DataKeyRotation::renew(const base::UserId& user, const base::Client& client) {
  const auto old_rows = accounts.data_keys(user);
  if (!old_rows) return old_rows.error();
  if (old_rows->empty()) return no_such_user(user);
  const auto old_keys = unwrap_all(keys, *old_rows);
  if (!old_keys) return old_keys.error();

  const auto fresh = keys.new_data_key(user, old_rows->back().version + 1);
  const auto key = keys.unwrap(fresh);
  if (!key) return key.error();
  if (auto added = accounts.add_data_key(fresh, clock.now()); !added) {
    const auto known = accounts.get_user(user);
    if (known && !*known) return no_such_user(user);
    return added.error();
  }

  const auto store = users.open(user);
  if (!store) return store.error();
  Mover mover(user, *old_keys, *key, fresh.version, random);
  const store::AuditNote note{AuditAction::DataKeyRotated, "data key " + std::to_string(fresh.version), client,
                              clock.now()};
  if (auto moved = (*store)->reseal_all(std::ref(mover), note); !moved) return moved.error();
  for (const auto& row : *old_rows)
    if (!mover.still_named.contains(row.version))
      if (auto removed = accounts.remove_data_key(user, row.version); !removed) return removed.error();
  return mover.report;
}

}  // namespace ownkey::vault
