#include "server/store/account_store.h"

#include "server/store/erasure_traces.h"
#include "server/store/locked_database.h"
#include "server/store/migrations.h"
#include "server/store/read_connections.h"
#include "server/store/sql.h"

namespace ownkey::store {
namespace {

constexpr std::string_view kUserColumns = "user_id, email, full_name, password_hash, created_at, disabled_at";
constexpr std::string_view kDataKeyColumns = "user_id, version, master_key_id, wrapped";
constexpr std::string_view kSessionColumns =
    "user_id, session_id, token_hash, address, agent, created_at, last_used_at";

UserRow read_user(const Statement& row) {
  return {base::UserId(row.text(0)), row.text(1), row.text(2), row.text(3), row.time(4), row.optional_time(5)};
}

DataKeyRow read_data_key(const Statement& row) {
  return {base::UserId(row.text(0)), static_cast<std::uint32_t>(row.integer(1)),
          static_cast<std::uint32_t>(row.integer(2)), base::Sealed(row.bytes(3))};
}

SessionRow read_session(const Statement& row) {
  return {base::UserId(row.text(0)),
          base::SessionId(row.text(1)),
          row.bytes(2),
          row.text(3),
          row.text(4),
          row.time(5),
          row.time(6)};
}

std::vector<DataKeyRow> read_data_keys(Statement& rows) {
  std::vector<DataKeyRow> data_keys;
  while (rows.step()) data_keys.push_back(read_data_key(rows));
  return data_keys;
}

StoreFailure no_such_user() { return StoreFailure({ErrorKind::NotFound, "this account does not exist any more"}); }

bool is_session(Database& db, const base::UserId& user, const base::SessionId& session) {
  return db.prepare("SELECT 1 FROM sessions WHERE user_id = ? AND session_id = ?")
      .bind_all(user.text(), session.text())
      .step();
}

bool user_exists(Database& db, const base::UserId& user) {
  return db.prepare("SELECT 1 FROM users WHERE user_id = ?").bind(1, user.text()).step();
}

// One connection writes and others read: while a commit waits for the disk, everybody else reads on.
class SqliteAccountStore final : public AccountStore {
 public:
  SqliteAccountStore(Database writer, const std::function<Database()>& open_reader)
      : writer_(std::move(writer)), readers_(open_reader) {}

  Result<std::optional<Instance>> instance() override {
    return readers_.use([&](Database& db) -> std::optional<Instance> {
      auto row = db.prepare("SELECT instance_id, salt FROM instance");
      if (!row.step()) return std::nullopt;
      return Instance{row.text(0), row.bytes(1)};
    });
  }

  Result<void> create_instance(const Instance& instance, base::Time now) override {
    return writer_.use([&](Database& db) {
      db.prepare("INSERT INTO instance VALUES (1, ?, ?, ?)")
          .bind_all(instance.id, base::ByteView(instance.salt), now)
          .run();
    });
  }

  Result<std::vector<MasterKeyCheck>> master_key_checks() override {
    return readers_.use([&](Database& db) {
      std::vector<MasterKeyCheck> checks;
      auto row = db.prepare("SELECT master_key_id, check_value FROM master_key_checks");
      while (row.step()) checks.push_back({static_cast<std::uint32_t>(row.integer(0)), row.bytes(1)});
      return checks;
    });
  }

  Result<void> add_master_key_check(const MasterKeyCheck& check, base::Time now) override {
    return writer_.use([&](Database& db) {
      db.prepare("INSERT INTO master_key_checks VALUES (?, ?, ?)")
          .bind_all(std::int64_t{check.master_key_id}, base::ByteView(check.check_value), now)
          .run();
    });
  }

  Result<void> create_user(const UserRow& user, const DataKeyRow& data_key, Who who) override {
    return writer_.use([&](Database& db) {
      Transaction transaction(db);
      if (who == Who::OnlyFirst && db.prepare("SELECT 1 FROM users").step())
        throw StoreFailure({ErrorKind::Forbidden, "this server takes no new accounts; ask its operator for one"});
      if (db.prepare("SELECT 1 FROM users WHERE email = ?").bind(1, user.email).step())
        throw StoreFailure(
            {ErrorKind::Conflict, "there is an account with this e-mail address; sign in instead", {}, "email"});
      db.prepare(
            "INSERT INTO users (user_id, email, full_name, password_hash, created_at, updated_at) "
            "VALUES (?, ?, ?, ?, ?, ?)")
          .bind_all(user.id.text(), user.email, user.full_name, user.password_hash, user.created_at, user.created_at)
          .run();
      insert_data_key(db, data_key, user.created_at);
      transaction.commit();
    });
  }

  Result<std::optional<UserRow>> find_user(std::string_view email) override {
    return readers_.use([&](Database& db) -> std::optional<UserRow> {
      auto row = db.prepare(select(kUserColumns, "users WHERE email = ?"));
      if (!row.bind(1, email).step()) return std::nullopt;
      return read_user(row);
    });
  }

  Result<std::optional<UserRow>> get_user(const base::UserId& user) override {
    return readers_.use([&](Database& db) -> std::optional<UserRow> {
      auto row = db.prepare(select(kUserColumns, "users WHERE user_id = ?"));
      if (!row.bind(1, user.text()).step()) return std::nullopt;
      return read_user(row);
    });
  }

  Result<std::vector<base::UserId>> users(const std::optional<base::UserId>& after, std::size_t limit) override {
    return readers_.use([&](Database& db) {
      std::vector<base::UserId> users;
      auto row = db.prepare("SELECT user_id FROM users WHERE user_id > ? ORDER BY user_id LIMIT ?");
      row.bind_all(after ? after->text() : std::string_view(), static_cast<std::int64_t>(limit));
      while (row.step()) users.emplace_back(row.text(0));
      return users;
    });
  }

  Result<UserRow> change_profile(const base::UserId& user, const ProfileChange& change, base::Time now) override {
    return writer_.use([&](Database& db) {
      Transaction transaction(db);
      if (change.email && is_taken(db, *change.email, user))
        throw StoreFailure(
            {ErrorKind::Conflict, "there is another account with this e-mail address; choose another", {}, "email"});
      db.prepare(
            "UPDATE users SET full_name = coalesce(?, full_name), email = coalesce(?, email), updated_at = ? "
            "WHERE user_id = ?")
          .bind_all(change.full_name, change.email, now, user.text())
          .run();
      auto row = db.prepare(select(kUserColumns, "users WHERE user_id = ?"));
      if (!row.bind(1, user.text()).step()) throw no_such_user();
      auto changed = read_user(row);
      transaction.commit();
      return changed;
    });
  }

  Result<void> change_password(const PasswordChange& change, base::Time now) override {
    return writer_.use([&](Database& db) {
      Transaction transaction(db);
      db.prepare("UPDATE users SET password_hash = ?, updated_at = ? WHERE user_id = ?")
          .bind_all(change.password_hash, now, change.user.text())
          .run();
      remove_others(db, change.user, change.session);
      if (!remains(db, change, now))
        throw StoreFailure({ErrorKind::Unauthenticated, "your session has ended; sign in again"});
      transaction.commit();
    });
  }

  Result<bool> replace_password_hash(const UserRow& user, std::string_view hash, base::Time now) override {
    return writer_.use([&](Database& db) {
      return db.prepare("UPDATE users SET password_hash = ?, updated_at = ? WHERE user_id = ? AND password_hash = ?")
                 .bind_all(hash, now, user.id.text(), user.password_hash)
                 .run() > 0;
    });
  }

  Result<void> reset_password(const base::UserId& user, std::string_view hash, base::Time now) override {
    return change_and_sign_out(user, "UPDATE users SET password_hash = ?, updated_at = ? WHERE user_id = ?", hash, now);
  }

  Result<void> disable_user(const base::UserId& user, base::Time now) override {
    return change_and_sign_out(
        user, "UPDATE users SET disabled_at = coalesce(disabled_at, ?), updated_at = ? WHERE user_id = ?", now, now);
  }

  Result<void> enable_user(const base::UserId& user, base::Time now) override {
    return change_and_sign_out(user, "UPDATE users SET disabled_at = NULL, updated_at = ? WHERE user_id = ?", now);
  }

  Result<Erasure> begin_erasure(const base::UserId& user) override {
    return writer_.use([&](Database& db) {
      Transaction transaction(db);
      if (!user_exists(db, user)) throw no_such_user();
      Erasure erasure{user, traces_of(db, user)};
      // All that refers to the user goes with them.
      for (const auto* sql : {"DELETE FROM data_keys WHERE user_id = ?", "DELETE FROM users WHERE user_id = ?",
                              "INSERT INTO erasures VALUES (?)"})
        db.prepare(sql).bind(1, user.text()).run();
      transaction.commit();
      return erasure;
    });
  }

  Result<std::vector<Erasure>> unfinished_erasures() override {
    return readers_.use([&](Database& db) {
      std::vector<Erasure> erasures;
      auto row = db.prepare("SELECT user_id FROM erasures");
      while (row.step()) erasures.push_back({base::UserId(row.text(0))});
      return erasures;
    });
  }

  Result<void> finish_erasure(const Erasure& erasure) override {
    return writer_.use([&](Database& db) { clear_traces(db, erasure); });
  }

  Result<void> empty_log() override { return writer_.use(empty_log_of); }

  Result<void> while_user_exists(const base::UserId& user, const std::function<Result<void>()>& work) override {
    return writer_.use([&](Database& db) {
      const Transaction transaction(db);
      if (!user_exists(db, user)) throw no_such_user();
      if (auto done = work(); !done) throw StoreFailure(std::move(done.error()));
    });
  }

  Result<FileMark> file_mark(const base::UserId& user) override {
    return readers_.use([&](Database& db) { return read_file_mark(db, user); });
  }

  Result<void> mark_file_made(const base::UserId& user) override {
    return writer_.use([&](Database& db) {
      db.prepare("UPDATE users SET has_file = 1 WHERE user_id = ?").bind(1, user.text()).run();
    });
  }

  Result<void> forget_file(const base::UserId& user, base::Time now) override {
    return change_and_sign_out(user, "UPDATE users SET has_file = 0, updated_at = ? WHERE user_id = ?", now);
  }

  Result<DataKeyRow> current_data_key(const base::UserId& user) override {
    return readers_.use([&](Database& db) {
      auto row = db.prepare(select(kDataKeyColumns, "data_keys WHERE user_id = ? ORDER BY version DESC LIMIT 1"));
      if (!row.bind(1, user.text()).step()) throw no_such_user();
      return read_data_key(row);
    });
  }

  Result<std::optional<DataKeyRow>> data_key(const base::UserId& user, std::uint32_t version) override {
    return readers_.use([&](Database& db) -> std::optional<DataKeyRow> {
      auto row = db.prepare(select(kDataKeyColumns, "data_keys WHERE user_id = ? AND version = ?"));
      if (!row.bind_all(user.text(), std::int64_t{version}).step()) return std::nullopt;
      return read_data_key(row);
    });
  }

  Result<std::vector<DataKeyRow>> data_keys(const base::UserId& user) override {
    return readers_.use([&](Database& db) {
      auto rows = db.prepare(select(kDataKeyColumns, "data_keys WHERE user_id = ? ORDER BY version"));
      return read_data_keys(rows.bind(1, user.text()));
    });
  }

  Result<void> add_data_key(const DataKeyRow& row, base::Time now) override {
    return writer_.use([&](Database& db) { insert_data_key(db, row, now); });
  }

  Result<void> remove_data_key(const base::UserId& user, std::uint32_t version) override {
    return writer_.use([&](Database& db) {
      db.prepare("DELETE FROM data_keys WHERE user_id = ? AND version = ?")
          .bind_all(user.text(), std::int64_t{version})
          .run();
    });
  }

  Result<std::vector<DataKeyRow>> data_keys_wrapped_by(std::uint32_t master_key_id,
                                                       const std::optional<DataKeyRow>& after,
                                                       std::size_t limit) override {
    return readers_.use([&](Database& db) {
      auto rows = db.prepare(select(kDataKeyColumns,
                                    "data_keys WHERE master_key_id = ? AND (user_id, version) > (?, ?) "
                                    "ORDER BY user_id, version LIMIT ?"));
      return read_data_keys(rows.bind_all(std::int64_t{master_key_id}, after ? after->user.text() : std::string_view(),
                                          std::int64_t{after ? after->version : 0}, static_cast<std::int64_t>(limit)));
    });
  }

  Result<std::int64_t> replace_wrapped(std::span<const Rewrapped> changes) override {
    return writer_.use([&](Database& db) {
      Transaction transaction(db);
      std::int64_t replaced = 0;
      for (const auto& change : changes)
        replaced += db.prepare(
                          "UPDATE data_keys SET master_key_id = ?, wrapped = ? "
                          "WHERE user_id = ? AND version = ? AND wrapped = ?")
                        .bind_all(std::int64_t{change.master_key_id}, base::ByteView(change.wrapped.bytes()),
                                  change.old_row.user.text(), std::int64_t{change.old_row.version},
                                  base::ByteView(change.old_row.wrapped.bytes()))
                        .run();
      transaction.commit();
      return replaced;
    });
  }

  Result<std::vector<KeyUse>> master_key_use() override {
    return readers_.use([&](Database& db) {
      std::vector<KeyUse> uses;
      auto row = db.prepare("SELECT master_key_id, count(*) FROM data_keys GROUP BY master_key_id");
      while (row.step()) uses.push_back({static_cast<std::uint32_t>(row.integer(0)), row.integer(1)});
      return uses;
    });
  }

  Result<void> add_key_erasure(const base::UserId& user, base::Time due) override {
    return writer_.use(
        [&](Database& db) { db.prepare("REPLACE INTO key_erasures VALUES (?, ?)").bind_all(user.text(), due).run(); });
  }

  Result<std::vector<base::UserId>> due_key_erasures(base::Time now) override {
    return readers_.use([&](Database& db) {
      std::vector<base::UserId> users;
      auto row = db.prepare("SELECT DISTINCT user_id FROM key_erasures WHERE due <= ?");
      row.bind(1, now);
      while (row.step()) users.emplace_back(row.text(0));
      return users;
    });
  }

  Result<void> remove_key_erasures(const base::UserId& user, base::Time now) override {
    return writer_.use([&](Database& db) {
      db.prepare("DELETE FROM key_erasures WHERE user_id = ? AND due <= ?").bind_all(user.text(), now).run();
    });
  }

  Result<void> add_session(const SessionRow& session) override {
    return writer_.use([&](Database& db) {
      db.prepare("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)")
          .bind_all(session.user.text(), session.id.text(), base::ByteView(session.token_hash), session.address,
                    session.agent, session.created_at, session.last_used_at)
          .run();
    });
  }

  Result<bool> add_session_of(const SessionRow& session, std::string_view password_hash) override {
    return writer_.use([&](Database& db) {
      return db.prepare(
                   "INSERT OR IGNORE INTO sessions SELECT ?, ?, ?, ?, ?, ?, ? FROM users "
                   "WHERE user_id = ? AND password_hash = ? AND disabled_at IS NULL")
                 .bind_all(session.user.text(), session.id.text(), base::ByteView(session.token_hash), session.address,
                           session.agent, session.created_at, session.last_used_at, session.user.text(), password_hash)
                 .run() > 0;
    });
  }

  Result<std::optional<SessionRow>> find_session(base::ByteView token_hash) override {
    return readers_.use([&](Database& db) -> std::optional<SessionRow> {
      auto row = db.prepare(select(kSessionColumns, "sessions WHERE token_hash = ?"));
      if (!row.bind(1, token_hash).step()) return std::nullopt;
      return read_session(row);
    });
  }

  Result<std::vector<SessionRow>> sessions(const base::UserId& user) override {
    return readers_.use([&](Database& db) {
      std::vector<SessionRow> sessions;
      auto row = db.prepare(select(kSessionColumns, "sessions WHERE user_id = ? ORDER BY last_used_at DESC"));
      for (row.bind(1, user.text()); row.step();) sessions.push_back(read_session(row));
      return sessions;
    });
  }

  Result<bool> has_session(const base::UserId& user, const base::SessionId& session) override {
    return readers_.use([&](Database& db) { return is_session(db, user, session); });
  }

  Result<std::vector<std::string>> session_addresses(std::string_view email) override {
    return readers_.use([&](Database& db) {
      std::vector<std::string> addresses;
      auto row = db.prepare("SELECT DISTINCT address FROM sessions JOIN users USING (user_id) WHERE email = ?");
      for (row.bind(1, email); row.step();) addresses.push_back(row.text(0));
      return addresses;
    });
  }

  Result<void> touch_sessions(std::span<const SessionUse> uses) override {
    return writer_.use([&](Database& db) {
      Transaction transaction(db);
      for (const auto& use : uses)
        db.prepare("UPDATE sessions SET last_used_at = ? WHERE user_id = ? AND session_id = ?")
            .bind_all(use.at, use.user.text(), use.session.text())
            .run();
      transaction.commit();
    });
  }

  Result<bool> remove_session(const base::UserId& user, const base::SessionId& session) override {
    return writer_.use([&](Database& db) {
      return db.prepare("DELETE FROM sessions WHERE user_id = ? AND session_id = ?")
                 .bind_all(user.text(), session.text())
                 .run() > 0;
    });
  }

  Result<void> remove_other_sessions(const base::UserId& user, const base::SessionId& remaining) override {
    return writer_.use([&](Database& db) { remove_others(db, user, remaining); });
  }

  Result<void> remove_old_sessions(base::Time oldest_start, base::Time oldest_use) override {
    return writer_.use([&](Database& db) {
      db.prepare("DELETE FROM sessions WHERE created_at < ? OR last_used_at < ?")
          .bind_all(oldest_start, oldest_use)
          .run();
    });
  }

 private:
  // `sql` changes the user, whose id is its last value.
  template <class... Values>
  Result<void> change_and_sign_out(const base::UserId& user, std::string_view sql, const Values&... values) {
    return writer_.use([&](Database& db) {
      Transaction transaction(db);
      if (db.prepare(sql).bind_all(values..., user.text()).run() == 0) throw no_such_user();
      db.prepare("DELETE FROM sessions WHERE user_id = ?").bind(1, user.text()).run();
      transaction.commit();
    });
  }

  static bool is_taken(Database& db, std::string_view email, const base::UserId& by_other_than) {
    return db.prepare("SELECT 1 FROM users WHERE email = ? AND user_id <> ?")
        .bind_all(email, by_other_than.text())
        .step();
  }
  static void remove_others(Database& db, const base::UserId& user, const base::SessionId& remaining) {
    db.prepare("DELETE FROM sessions WHERE user_id = ? AND session_id <> ?")
        .bind_all(user.text(), remaining.text())
        .run();
  }
  // Whether the session is there; gives it its new token, if there is one.
  static bool remains(Database& db, const PasswordChange& change, base::Time now) {
    const auto& user = change.user.text();
    const auto& session = change.session.text();
    if (!change.token_hash) return is_session(db, change.user, change.session);
    return db.prepare(
                 "UPDATE sessions SET token_hash = ?, created_at = ?, last_used_at = ? "
                 "WHERE user_id = ? AND session_id = ?")
               .bind_all(base::ByteView(*change.token_hash), now, now, user, session)
               .run() > 0;
  }
  static void insert_data_key(Database& db, const DataKeyRow& row, base::Time now) {
    db.prepare("INSERT INTO data_keys VALUES (?, ?, ?, ?, ?)")
        .bind_all(row.user.text(), std::int64_t{row.version}, std::int64_t{row.master_key_id},
                  base::ByteView(row.wrapped.bytes()), now)
        .run();
  }

  LockedDatabase writer_;
  ReadConnections readers_;
};

}  // namespace

Result<std::unique_ptr<AccountStore>> open_account_store(const std::filesystem::path& file) {
  return guarded([&]() -> std::unique_ptr<AccountStore> {
    auto writer = Database::open(file);
    writer.migrate(accounts_migrations());
    const auto open_reader = [&] {
      auto reader = Database::open(file);
      // In KiB: holds the upper levels of all trees with 100,000 users, so that a look-up reads a page or two.
      reader.execute("PRAGMA cache_size=-16384");
      return reader;
    };
    return std::make_unique<SqliteAccountStore>(std::move(writer), open_reader);
  });
}

Result<std::unique_ptr<AccountStore>> open_account_store_read_only(const std::filesystem::path& file) {
  return guarded([&]() -> std::unique_ptr<AccountStore> {
    constexpr OpenOptions kLook{OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly};
    return std::make_unique<SqliteAccountStore>(Database::open(file, kLook),
                                                [&] { return Database::open(file, kLook); });
  });
}

}  // namespace ownkey::store
