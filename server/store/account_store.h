// AccountStore: whom the server knows, their wrapped data keys and their sessions. It knows no secret: passwords and
// tokens come as hashes, data keys come wrapped.
//
// An interface, so that another engine can serve it later. Safe from several threads. A call that changes something
// returns when the change is on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/bytes.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/base/sealed.h"
#include "shared/result.h"

namespace ownkey::store {

struct UserRow {
  base::UserId id;
  std::string email;  // normalised
  std::string full_name;
  std::string password_hash;
  base::Time created_at;
};

struct DataKeyRow {
  base::UserId user;
  std::uint32_t version = 0;
  std::uint32_t master_key_id = 0;
  base::Sealed wrapped;
};

struct SessionRow {
  base::UserId user;
  base::SessionId id;
  base::Bytes token_hash;
  std::string address;
  std::string agent;
  base::Time created_at;
  base::Time last_used_at;
};

// What this installation is, made once.
struct Instance {
  std::string id;
  base::Bytes salt;
};

struct MasterKeyCheck {
  std::uint32_t master_key_id = 0;
  base::Bytes check_value;
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  // Nothing before the first start has made it.
  virtual Result<std::optional<Instance>> instance() = 0;
  virtual Result<void> create_instance(const Instance& instance, base::Time now) = 0;
  virtual Result<std::vector<MasterKeyCheck>> master_key_checks() = 0;
  virtual Result<void> add_master_key_check(const MasterKeyCheck& check, base::Time now) = 0;

  // The user and their first data key together, or neither. Conflict (field "email") when the address has an account.
  // With `only_first`, Forbidden once anybody has an account.
  enum class Who { Anyone, OnlyFirst };
  virtual Result<void> create_user(const UserRow& user, const DataKeyRow& data_key, Who who) = 0;
  virtual Result<std::optional<UserRow>> find_user(std::string_view email) = 0;
  virtual Result<std::optional<UserRow>> get_user(const base::UserId& user) = 0;
  // In a lasting order, after the given one.
  virtual Result<std::vector<base::UserId>> users(const std::optional<base::UserId>& after, std::size_t limit) = 0;
  virtual Result<void> set_password_hash(const base::UserId& user, std::string_view hash, base::Time now) = 0;

  // The newest data key of the user; NotFound when the user is gone.
  virtual Result<DataKeyRow> current_data_key(const base::UserId& user) = 0;
  virtual Result<std::optional<DataKeyRow>> data_key(const base::UserId& user, std::uint32_t version) = 0;
  // All of the user's, oldest first. More than one only while values move to the newest, or when some cannot.
  virtual Result<std::vector<DataKeyRow>> data_keys(const base::UserId& user) = 0;
  // Conflict when the user has this version already.
  virtual Result<void> add_data_key(const DataKeyRow& row, base::Time now) = 0;
  virtual Result<void> remove_data_key(const base::UserId& user, std::uint32_t version) = 0;
  // Those that this master key wraps, in a lasting order, after the given one.
  virtual Result<std::vector<DataKeyRow>> data_keys_wrapped_by(std::uint32_t master_key_id,
                                                               const std::optional<DataKeyRow>& after,
                                                               std::size_t limit) = 0;
  // The same data key wrapped anew takes the place of the old blob where that still stands as it was read.
  struct Rewrapped {
    DataKeyRow old_row;
    std::uint32_t master_key_id = 0;
    base::Sealed wrapped;
  };
  // All in one transaction. Gives how many were replaced.
  virtual Result<std::int64_t> replace_wrapped(std::span<const Rewrapped> changes) = 0;
  // How many data keys each master key wraps.
  struct KeyUse {
    std::uint32_t master_key_id;
    std::int64_t data_keys;
  };
  virtual Result<std::vector<KeyUse>> master_key_use() = 0;

  // Notes that the user's file will hold a key that must be gone from `due` on.
  virtual Result<void> add_key_erasure(const base::UserId& user, base::Time due) = 0;
  // Whose files hold such a key, or may.
  virtual Result<std::vector<base::UserId>> due_key_erasures(base::Time now) = 0;
  // All keys of the user that were due by then are gone.
  virtual Result<void> remove_key_erasures(const base::UserId& user, base::Time now) = 0;

  virtual Result<void> add_session(const SessionRow& session) = 0;
  virtual Result<std::optional<SessionRow>> find_session(base::ByteView token_hash) = 0;
  // Whether the user with this e-mail address has a session that began at this network address.
  virtual Result<bool> has_session_from(std::string_view email, std::string_view address) = 0;
  virtual Result<void> touch_session(const base::UserId& user, const base::SessionId& session, base::Time now) = 0;
  virtual Result<void> remove_session(const base::UserId& user, const base::SessionId& session) = 0;
  // Sessions that began before `oldest_start` or were last used before `oldest_use`.
  virtual Result<void> remove_old_sessions(base::Time oldest_start, base::Time oldest_use) = 0;
};

// accounts.db in SQLite. Opens and migrates the file; makes it when `file` does not exist.
Result<std::unique_ptr<AccountStore>> open_account_store(const std::filesystem::path& file);

// To look at a file that exists, without changing a byte of it: calls that would change something fail.
Result<std::unique_ptr<AccountStore>> open_account_store_read_only(const std::filesystem::path& file);

}  // namespace ownkey::store
