#include "server/vault/sealer.h"

#include <utility>

#include "server/vault/unreadable.h"

namespace ownkey::vault {
namespace {

Error does_not_open(const crypto::ColumnPlace& place, std::string_view why) {
  return unreadable(std::string(place.column) + " of " + std::string(place.row_id) + ": " + std::string(why));
}

}  // namespace

Result<base::Sealed> Sealer::seal(const crypto::ColumnPlace& place, const Secret& value) {
  const auto data_key = newest_data_key(base::UserId(std::string(place.user_id)));
  if (!data_key) return data_key.error();
  return crypto::seal_column(data_key->key, data_key->version, place, value, random_);
}

Result<Secret> Sealer::open(const crypto::ColumnPlace& place, const base::Sealed& sealed) {
  const auto version = crypto::key_id_of(sealed);
  if (!version) return does_not_open(place, "not a sealed value");
  const auto row = accounts_.data_key(base::UserId(std::string(place.user_id)), *version);
  if (!row) return row.error();
  if (!*row) return does_not_open(place, "the user has no data key " + std::to_string(*version));
  const auto key = keys_.unwrap(**row);
  if (!key) return key.error();
  auto opened = crypto::open_column(*key, *version, place, sealed);
  if (!opened.value) return does_not_open(place, crypto::describe(opened.failure));
  return std::move(*opened.value);
}

Result<Sealer::DataKey> Sealer::newest_data_key(const base::UserId& user) {
  const auto newest = accounts_.current_data_key(user);
  if (!newest) return newest.error();
  auto key = keys_.unwrap(*newest);
  if (key) return DataKey{newest->version, std::move(*key)};
  if (!keys_.has(newest->master_key_id)) return key.error();
  // Its own master key does not unwrap it: it is damaged and opens nothing any more. What is entered again needs
  // another one.
  const auto fresh = keys_.new_data_key(user, newest->version + 1);
  if (auto added = accounts_.add_data_key(fresh, clock_.now()); !added) return added.error();
  key = keys_.unwrap(fresh);
  if (!key) return key.error();
  return DataKey{fresh.version, std::move(*key)};
}

}  // namespace ownkey::vault
