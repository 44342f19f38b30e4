// AccountStore: whom the server knows, their wrapped data keys and their sessions. It knows no secret: passwords and
// tokens come as hashes, data keys come wrapped.
//
// An interface, so that another engine can serve it later. Safe from several threads. A call that changes something
// returns when the change is on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
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
#include "server/store/file_mark.h"
#include "shared/result.h"

namespace ownkey::store {

struct UserRow {
  base::UserId id;
  std::string email;  // normalised
  std::string full_name;
  std::string password_hash;
  base::Time created_at;
  std::optional<base::Time> disabled_at = {};  // when the operator shut it
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

struct SessionUse {
  base::UserId user;
  base::SessionId session;
  base::Time at;
};

// Nothing leaves it as it is.
struct ProfileChange {
  std::optional<std::string> full_name;
  std::optional<std::string> email;  // normalised
};

struct PasswordChange {
  base::UserId user;
  std::string password_hash;
  base::SessionId session;                // the only one that stays
  std::optional<base::Bytes> token_hash;  // its new token; it then counts as begun anew
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
  // With Who::OnlyFirst, Forbidden once anybody has an account.
  enum class Who { Anyone, OnlyFirst };
  virtual Result<void> create_user(const UserRow& user, const DataKeyRow& data_key, Who who) = 0;
  virtual Result<std::optional<UserRow>> find_user(std::string_view email) = 0;
  virtual Result<std::optional<UserRow>> get_user(const base::UserId& user) = 0;
  // In a lasting order, after the given one.
  virtual Result<std::vector<base::UserId>> users(const std::optional<base::UserId>& after, std::size_t limit) = 0;
  // The user as changed. Conflict (field "email") when the address has another account, NotFound when the user is gone.
  virtual Result<UserRow> change_profile(const base::UserId& user, const ProfileChange& change, base::Time now) = 0;
  // All of it or nothing. Unauthenticated when the session has ended.
  virtual Result<void> change_password(const PasswordChange& change, base::Time now) = 0;
  // The same password hashed anew, in the place of the old hash where that still stands.
  virtual Result<bool> replace_password_hash(const UserRow& user, std::string_view hash, base::Time now) = 0;

  // By the operator. These end all sessions of the user; NotFound when there is no such user. Who is disabled already
  // stays so since then.
  virtual Result<void> reset_password(const base::UserId& user, std::string_view hash, base::Time now) = 0;
  virtual Result<void> disable_user(const base::UserId& user, base::Time now) = 0;
  virtual Result<void> enable_user(const base::UserId& user, base::Time now) = 0;

  // Erasing a user. The first step takes their data keys, their sessions and the user away, all together or nothing,
  // and marks the user as being erased. Once everything else of theirs is gone, the last step makes sure that nothing
  // of them is left in the file or its log, and takes the mark away; until then, it can be tried again at any time.
  struct Erasure {
    base::UserId user;
    // What lay here of nobody but this user, to be looked for at the end. Empty when that is not known any more.
    std::vector<std::string> traces = {};
  };
  // NotFound when there is no such user.
  virtual Result<Erasure> begin_erasure(const base::UserId& user) = 0;
  virtual Result<std::vector<Erasure>> unfinished_erasures() = 0;
  // Busy while another process reads or writes the file for long.
  virtual Result<void> finish_erasure(const Erasure& erasure) = 0;
  // Takes what was deleted out of the log, where it lies until then. Busy as above.
  virtual Result<void> empty_log() = 0;
  // Runs `work` while the user exists: until it is done nobody can begin to erase them, in this process or another. So
  // it must be short. NotFound, and not run, when there is no such user.
  virtual Result<void> while_user_exists(const base::UserId& user, const std::function<Result<void>()>& work) = 0;

  // None for who is not known.
  virtual Result<FileMark> file_mark(const base::UserId& user) = 0;
  // To be called when the file is on the disk and before anything is stored in it. Nothing happens to who is not known.
  virtual Result<void> mark_file_made(const base::UserId& user) = 0;
  // Takes the mark back, for a file that was lost for good; ends the user's sessions.
  virtual Result<void> forget_file(const base::UserId& user, base::Time now) = 0;

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
  // The same, but only while the account has this password hash and is not disabled. False when it was not added, also
  // because it is there.
  virtual Result<bool> add_session_of(const SessionRow& session, std::string_view password_hash) = 0;
  virtual Result<std::optional<SessionRow>> find_session(base::ByteView token_hash) = 0;
  // The one used last comes first.
  virtual Result<std::vector<SessionRow>> sessions(const base::UserId& user) = 0;
  virtual Result<bool> has_session(const base::UserId& user, const base::SessionId& session) = 0;
  // The network addresses at which the sessions of the user with this e-mail address began.
  virtual Result<std::vector<std::string>> session_addresses(std::string_view email) = 0;
  // Those of them that are still there.
  virtual Result<void> touch_sessions(std::span<const SessionUse> uses) = 0;
  // False when there was none.
  virtual Result<bool> remove_session(const base::UserId& user, const base::SessionId& session) = 0;
  virtual Result<void> remove_other_sessions(const base::UserId& user, const base::SessionId& remaining) = 0;
  // Sessions that began before `oldest_start` or were last used before `oldest_use`.
  virtual Result<void> remove_old_sessions(base::Time oldest_start, base::Time oldest_use) = 0;
};

// accounts.db in SQLite. Opens and migrates the file; makes it when `file` does not exist.
Result<std::unique_ptr<AccountStore>> open_account_store(const std::filesystem::path& file);

// To look at a file that exists, without changing a byte of it: calls that would change something fail.
Result<std::unique_ptr<AccountStore>> open_account_store_read_only(const std::filesystem::path& file);

}  // namespace ownkey::store
