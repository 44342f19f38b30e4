// CredentialVault: keeps the API keys of users, sealed; opens one for the moment in which it is used.
//
// Each key is sealed with its owner's data key and bound to owner, provider, row, column and generation, so that a row
// moved to another user, or an old copy put back, does not open. Safe from several threads. Borrows everything it is
// given, which must outlive it. A call that changes something returns when the change is on the disk, and with it a
// note of it, and of the client that asked, in the user's audit log.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "server/store/user_stores.h"
#include "server/vault/key_ring.h"
#include "server/vault/known_lists.h"
#include "server/vault/sealer.h"
#include "server/vault/unreadable_keys.h"
#include "shared/api/credentials.h"
#include "shared/provider.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::vault {

inline constexpr std::string_view kDefaultLabel = "default";
inline constexpr std::string_view kKeyColumn = "sealed_key";
// How long a key that was replaced can be brought back.
inline constexpr auto kUndoTime = std::chrono::minutes(10);

// The key before the present one, as long as it can be brought back.
struct PreviousKey {
  std::string masked_key;
  base::Time replaced_at;
  base::Time until;
};

// All about a stored key but the key.
struct CredentialInfo {
  base::CredentialId id;
  std::uint64_t generation = 0;  // counts the keys that came under this id
  Provider provider{};
  std::string label;
  std::string masked_key;
  bool is_active = true;
  std::optional<std::string> base_url;
  base::Time created_at;
  base::Time updated_at;
  std::optional<base::Time> last_used_at;
  std::optional<base::Time> last_verified_at;
  std::optional<api::Verification> verification;
  api::Health health = api::Health::Readable;
  std::optional<PreviousKey> previous = {};
};

Error no_such_key(Provider provider, std::string_view label);

struct NewCredential {
  Provider provider{};
  std::string label{kDefaultLabel};
  std::optional<std::string> base_url;
  Secret key;  // already tidy (shared/validation.h)
  bool is_active = true;
};

class CredentialVault {
 public:
  CredentialVault(store::AccountStore& accounts, store::UserStores& users, const KeyRing& keys, crypto::Random& random,
                  const base::Clock& clock)
      : accounts_(accounts), users_(users), random_(random), clock_(clock), sealer_(accounts, keys, random, clock) {}

  // Stores the key; one with the same provider and label is replaced, and its entry keeps its id. The replaced key is
  // kept for kUndoTime when it still opens. Limited to 100 keys a user.
  Result<CredentialInfo> save(const base::UserId& user, NewCredential credential, const base::Client& client);

  // Brings the replaced key back with what was known of it; the one that gives way is the previous one now, so that
  // this can be undone too. A key that has been switched off is not switched on by it. NotFound when there is no such
  // entry, Conflict when it has no previous key or the time is over, credential_unreadable when that does not open.
  Result<CredentialInfo> undo_replacing(const base::UserId& user, Provider provider, std::string_view label,
                                        const base::Client& client);

  // NotFound when there is none; Conflict (field "label") when the new label is taken.
  Result<CredentialInfo> edit(const base::UserId& user, Provider provider, std::string_view label,
                              const store::CredentialEdit& edit, const base::Client& client);

  // Never decrypts: a key is told to need re-entry when its data key is gone, or when it was found not to open.
  Result<std::vector<CredentialInfo>> list(const base::UserId& user);
  // The same as the API's JSON, for which little is to do when nothing has changed since the last time.
  Result<std::string> list_text(const base::UserId& user);
  Result<std::optional<CredentialInfo>> find(const base::UserId& user, Provider provider, std::string_view label);

  // The key itself. credential_unreadable when it does not open: never an empty key, never another one. With a
  // generation, only the key of that generation, which alone belongs to the base URL that was read with it: conflict
  // when another was saved since.
  Result<Secret> open(const base::UserId& user, const base::CredentialId& credential,
                      std::optional<std::uint64_t> generation = {});

  // NotFound when there is none. A previous key goes too: nothing of them stays in the user's file.
  Result<void> remove(const base::UserId& user, Provider provider, std::string_view label, const base::Client& client);

  // `failure` is why the key cannot be used, if so. False, and nothing recorded, when the key that was checked has been
  // replaced or removed since.
  Result<bool> record_verification(const base::UserId& user, const CredentialInfo& credential,
                                   const api::Verification& verification, std::optional<ErrorKind> failure,
                                   const base::Client& client);
  // Nothing is recorded for a key that has been replaced since. At most one write a minute for each key, so that a busy
  // workflow does not wait for the disk.
  Result<void> record_use(const base::UserId& user, const CredentialInfo& credential);

  // Takes every replaced key whose time is over out of its file. To be called now and then; what cannot be done just
  // now is done the next time. The error is the last of those that came up.
  Result<void> erase_replaced_keys();

  // Somebody else found that it does not open (key_doctor.h).
  void note_unreadable(const base::UserId& user, const base::CredentialId& credential, std::uint64_t generation) {
    unreadable_.add(user, credential, generation);
  }

  // For what else is sealed in the users' files.
  Sealer& sealer() { return sealer_; }

 private:
  using Versions = std::set<std::uint32_t>;  // of data keys

  // What comes and goes with a key.
  struct KeyFacts {
    std::string masked_key;
    bool is_active;
    std::optional<std::string> base_url;
    std::optional<base::Time> last_verified_at = {};
    std::optional<std::string> verification = {};
  };

  // The row with this key in it; the one that was there is its previous key. For use inside change_credential.
  Result<store::CredentialRow> with_key(const base::UserId& user, store::CredentialRow row, const Secret& key,
                                        KeyFacts facts);
  Result<std::optional<store::PreviousKey>> previous_of(const base::UserId& user, const store::CredentialRow& row);
  // The key that could be brought back now.
  Result<Secret> open_previous(const base::UserId& user, const store::CredentialRow& row);
  Result<void> erase_due(const base::UserId& user);
  store::CredentialRow new_row(const NewCredential& credential) const;
  store::AuditNote note(AuditAction action, Provider provider, std::string_view label,
                        const base::Client& client) const;
  Result<Versions> data_key_versions(const base::UserId& user);
  // The rows, and the data keys that there are for them.
  Result<KnownLists::Source> look_at_keys(const base::UserId& user);
  Result<void> add_newer(const base::UserId& user, std::span<const store::CredentialRow> rows, Versions& versions);
  CredentialInfo described(const base::UserId& user, store::CredentialRow row, const Versions& versions,
                           base::Time now) const;
  Result<CredentialInfo> described_one(const base::UserId& user, store::CredentialRow row, Versions versions);

  store::AccountStore& accounts_;
  store::UserStores& users_;
  crypto::Random& random_;
  const base::Clock& clock_;
  Sealer sealer_;
  UnreadableKeys unreadable_;
  KnownLists known_lists_;
};

}  // namespace ownkey::vault
