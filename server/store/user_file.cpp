#include "server/store/user_file.h"

#include <string>
#include <system_error>

#include "server/store/migrations.h"

namespace ownkey::store {
namespace {

[[noreturn]] void refuse_owner(const base::UserId& user, const std::string& owner) {
  throw StoreFailure({ErrorKind::Internal, "the data of this account is not in its place; tell the operator",
                      "the file of user " + user.text() + " belongs to " + owner});
}

void claim(Database& database, const base::UserId& user) {
  Transaction transaction(database);
  auto owner = database.prepare("SELECT user_id FROM owner");
  if (!owner.step()) database.prepare("INSERT INTO owner VALUES (1, ?)").bind(1, user.text()).run();
  else if (owner.text(0) != user.text()) refuse_owner(user, owner.text(0));
  transaction.commit();
}

bool has_schema(Database& database) {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'owner'").step();
}

// SQLite takes it for a new database, and throws away the log beside it.
bool holds_nothing(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? error == std::errc::no_such_file_or_directory : size == 0;
}

bool is_owned_by(Database& database, const base::UserId& user) {
  auto owner = database.prepare("SELECT user_id FROM owner");
  return owner.step() && owner.text(0) == user.text();
}

}  // namespace

bool is_lost(const std::filesystem::path& file, FileMark mark) { return mark == FileMark::Made && holds_nothing(file); }

StoreFailure lost_file(const std::filesystem::path& file) {
  return StoreFailure(
      {ErrorKind::Internal,
       "the file that holds this data is missing or empty, though it was there; the operator must bring it back from a "
       "backup with 'ownkey restore'",
       file.string() + " is missing or empty"},
      StoreFailure::Cause::Damage);
}

bool has_owner(Database& database) { return has_schema(database) && database.prepare("SELECT 1 FROM owner").step(); }

Database open_user_file(const std::filesystem::path& file, const base::UserId& user, FileMark mark) {
  if (is_lost(file, mark)) throw lost_file(file);
  auto database = Database::open(file, {OpenOptions::IfMissing::Fail});
  if (mark == FileMark::Made && !has_owner(database)) throw lost_file(file);
  database.migrate(user_migrations());
  if (!is_owned_by(database, user)) claim(database, user);
  return database;
}

std::optional<Database> read_user_file(const std::filesystem::path& file, const base::UserId& user, FileMark mark) {
  if (is_lost(file, mark)) throw lost_file(file);
  if (!std::filesystem::exists(file)) return std::nullopt;
  auto database = Database::open(file, {OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly});
  if (!has_owner(database)) {
    if (mark == FileMark::Made) throw lost_file(file);
    return std::nullopt;
  }
  {
    auto owner = database.prepare("SELECT user_id FROM owner");
    if (owner.step() && owner.text(0) != user.text()) refuse_owner(user, owner.text(0));
  }
  return database;
}

std::optional<Database> look_at_user_file(const std::filesystem::path& file, const base::UserId& user) {
  auto database = Database::open_at_rest(file);
  if (!database.is_at(user_migrations()) || !is_owned_by(database, user)) return std::nullopt;
  return database;
}

}  // namespace ownkey::store
