#include "server/store/folder_copy.h"

#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "server/store/data_folder.h"
#include "server/store/database.h"
#include "server/store/file_mark.h"
#include "server/store/migrations.h"
#include "server/store/user_file.h"
#include "server/store/user_stores.h"

namespace ownkey::store {
namespace {

constexpr OpenOptions kThere{.if_missing = OpenOptions::IfMissing::Fail};
constexpr OpenOptions kLook{OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly};
// What accounts.db says about the content of users' files. Each is written before the content that needs it comes and
// removed after that is gone, so the live rows fit a file that nobody can write to.
constexpr std::string_view kTiedToFiles[] = {"data_keys", "key_erasures"};
// Each try waits for the lock for as long as any writer does.
constexpr int kTriesForLock = 6;

// Holds back everybody who would write to the file.
class WriteLock {
 public:
  explicit WriteLock(const std::filesystem::path& file) : database_(Database::open(file, kThere)) {
    for (int tries = 1; !transaction_; ++tries) {
      try {
        transaction_.emplace(database_);
      } catch (const StoreFailure& failure) {
        if (failure.error().kind != ErrorKind::Busy || tries == kTriesForLock) throw;
      }
    }
  }

 private:
  Database database_;
  std::optional<Transaction> transaction_;
};

class Copier {
 public:
  Copier(const std::filesystem::path& source, const std::filesystem::path& target)
      : source_(source), target_(target), accounts_(copy_accounts(source, target)) {
    accounts_.execute("PRAGMA synchronous=OFF");  // nobody reads it before it is whole; finish() brings it to the disk
    accounts_.prepare("ATTACH ? AS live").bind(1, (source / kAccountsFile).string()).run();
    for (const auto table : kTiedToFiles)
      if (has_table(table)) tied_to_files_.push_back(table);
    auto row = accounts_.prepare("SELECT user_id FROM main.users ORDER BY user_id");
    while (row.step()) copy_.users.emplace_back(row.text(0));
  }

  const std::vector<base::UserId>& users() const { return copy_.users; }

  void copy_user(const base::UserId& user) {
    const auto file = user_file(source_, user);
    const auto mark = read_file_mark(accounts_, user);
    if (is_lost(file, mark)) return copy_.damaged.push_back(user);
    if (!std::filesystem::exists(file)) return;  // has stored nothing yet, or was deleted: finish() will know
    const auto to = user_file(target_, user);
    std::error_code ignored;  // what could not be made or removed shows when the copy is made
    std::filesystem::create_directories(to.parent_path(), ignored);
    try {
      const WriteLock lock(file);
      // By a connection of its own, since one that holds the lock cannot be copied from.
      Database::open(file, kThere).copy_to(to);
      for (const auto table : tied_to_files_) renew_rows(table, user);
    } catch (const StoreFailure& failure) {
      std::filesystem::remove(to, ignored);
      if (failure.is_damage()) return copy_.damaged.push_back(user);
      if (std::filesystem::exists(file)) throw;  // else the user was deleted under our hands
    }
    if (std::filesystem::exists(to) && !is_sound(to, mark)) {
      std::filesystem::remove(to, ignored);
      copy_.damaged.push_back(user);
    }
  }

  FolderCopy finish() && {
    accounts_.execute(
        "INSERT OR IGNORE INTO main.master_key_checks SELECT * FROM live.master_key_checks;"
        "DELETE FROM main.sessions");
    // A deletion takes the data keys first, so whoever has none is being deleted.
    std::vector<base::UserId> gone;
    {
      auto row = accounts_.prepare(
          "SELECT user_id FROM main.users WHERE user_id NOT IN "
          "(SELECT user_id FROM live.users JOIN live.data_keys USING (user_id))");
      while (row.step()) gone.emplace_back(row.text(0));
    }
    for (const auto& user : gone) {
      std::error_code ignored;
      std::filesystem::remove(user_file(target_, user), ignored);
      accounts_.prepare("DELETE FROM main.users WHERE user_id = ?").bind(1, user.text()).run();
      std::erase(copy_.users, user);
      std::erase(copy_.damaged, user);
    }
    // Rows that went must not lie about in the file either.
    accounts_.execute("DETACH live; PRAGMA synchronous=FULL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    return std::move(copy_);
  }

 private:
  static Database copy_accounts(const std::filesystem::path& source, const std::filesystem::path& target) {
    auto live = Database::open(source / kAccountsFile, kThere);
    live.refuse_newer(accounts_migrations());
    live.copy_to(target / kAccountsFile);
    return Database::open(target / kAccountsFile, kThere);
  }

  static bool is_sound(const std::filesystem::path& copy, FileMark mark) {
    auto database = Database::open(copy, kLook);
    return !database.find_damage(Database::Check::Full) && (mark == FileMark::None || has_owner(database));
  }

  // Most have the same rows as when accounts.db was copied.
  void renew_rows(std::string_view table, const base::UserId& user) {
    const std::string name(table), of_user = name + " WHERE user_id = ?1";
    auto differs =
        accounts_.prepare("WITH old AS (SELECT * FROM main." + of_user + "), new AS (SELECT * FROM live." + of_user +
                          ") SELECT 1 FROM (SELECT * FROM (SELECT * FROM new EXCEPT SELECT * FROM old)"
                          " UNION ALL SELECT * FROM (SELECT * FROM old EXCEPT SELECT * FROM new))");
    if (!differs.bind(1, user.text()).step()) return;
    accounts_.prepare("DELETE FROM main." + of_user).bind(1, user.text()).run();
    accounts_.prepare("INSERT INTO main." + name + " SELECT * FROM live." + of_user).bind(1, user.text()).run();
  }

  // An accounts.db that was not moved to this version yet lacks some.
  bool has_table(std::string_view table) {
    return accounts_.prepare("SELECT 1 FROM main.sqlite_schema WHERE name = ?").bind(1, table).step();
  }

  std::filesystem::path source_, target_;
  Database accounts_;  // the copy, with the live one beside it
  std::vector<std::string_view> tied_to_files_;
  FolderCopy copy_;
};

Result<void> check_copy(const std::filesystem::path& file, std::span<const std::string_view> steps) {
  return guarded([&] {
    auto database = Database::open(file, kLook);
    if (const auto damage = database.find_damage(Database::Check::Full))
      throw StoreFailure({ErrorKind::Internal, file.string() + " is damaged: " + *damage});
    database.refuse_newer(steps);
  });
}

std::optional<std::string> look_for_damage(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    return Database::open(file, kLook).find_damage(Database::Check::Quick);
  } catch (const StoreFailure& failure) {
    if (!failure.is_damage()) throw;
    return failure.error().log_text;
  }
}

}  // namespace

Result<FolderCopy> copy_data_folder(const std::filesystem::path& source, const std::filesystem::path& target,
                                    const std::function<void(std::int64_t done, std::int64_t all)>& progress) {
  return guarded([&] {
    Copier copier(source, target);
    const auto users = copier.users();
    for (std::int64_t done = 0; const auto& user : users) {
      copier.copy_user(user);
      progress(++done, std::ssize(users));
    }
    return std::move(copier).finish();
  });
}

Result<void> check_accounts_copy(const std::filesystem::path& file) { return check_copy(file, accounts_migrations()); }

Result<void> check_user_copy(const std::filesystem::path& file) { return check_copy(file, user_migrations()); }

Result<std::optional<std::string>> find_damage(const std::filesystem::path& file) {
  return guarded([&] {
    auto damage = look_for_damage(file);
    // A file that nobody had open is read as unchanging; if somebody has begun to write to it just then, what was read
    // does not fit together.
    return damage ? look_for_damage(file) : damage;
  });
}

}  // namespace ownkey::store
