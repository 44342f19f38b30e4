#include "server/store/python_database.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <initializer_list>
#include <string_view>

#include "server/store/database.h"
#include "shared/text.h"

namespace ownkey::store {
namespace {

enum class Need { Required, Optional };

struct Column {
  Need need;
  std::array<std::string_view, 4> names;  // accepted, best first; "" after the last
};

constexpr Column kUserColumns[] = {
    {Need::Required, {"id", "user_id", "uuid"}},
    {Need::Required, {"email", "email_address"}},
    {Need::Optional, {"full_name", "name", "display_name"}},
    {Need::Optional, {"hashed_password", "password_hash"}},
    {Need::Optional, {"is_active", "active", "enabled"}},
};

constexpr Column kCredentialColumns[] = {
    {Need::Required, {"id", "credential_id", "uuid"}},
    {Need::Required, {"user_id", "owner_id"}},
    {Need::Required, {"provider", "provider_name", "service"}},
    {Need::Required, {"encrypted_api_key", "encrypted_key", "api_key_encrypted", "encrypted_value"}},
    {Need::Optional, {"is_active", "active", "enabled"}},
    {Need::Optional, {"updated_at", "created_at"}},
};

StoreFailure not_found(std::string text) { return StoreFailure({ErrorKind::NotFound, std::move(text)}); }

std::string listed(const auto& names) {
  std::string list;
  for (const auto& name : names)
    if (!name.empty()) list += (list.empty() ? "" : ", ") + std::string(name);
  return list;
}

std::vector<std::string> columns_of(Database& database, const std::string& table) {
  std::vector<std::string> columns;
  auto row = database.prepare("PRAGMA table_info(" + table + ")");
  while (row.step()) columns.push_back(lowered(row.text(1)));
  if (columns.empty()) throw not_found("it has no table '" + table + "'; is it the database of the Python original?");
  return columns;
}

// "SELECT id, email, NULL, … FROM users": a column for each entry of the list, in its order.
std::string selection(Database& database, const std::string& table, std::span<const Column> wanted) {
  const auto there = columns_of(database, table);
  std::string sql;
  for (const auto& column : wanted) {
    const auto name = std::ranges::find_if(column.names, [&](auto candidate) {
      return !candidate.empty() && std::ranges::find(there, candidate) != there.end();
    });
    if (name == column.names.end() && column.need == Need::Required)
      throw not_found("its table '" + table + "' has none of the columns " + listed(column.names) + "; it has " +
                      listed(there));
    sql += (sql.empty() ? "SELECT " : ", ") + (name == column.names.end() ? "NULL" : std::string(*name));
  }
  return sql + " FROM " + table;
}

// SQLite has no truth type: what Python wrote is 0 or 1, or a word.
bool is_true(const Statement& row, int column) {
  const auto value = lowered(row.text(column));
  return value != "0" && value != "false";
}

PythonData read(Database& database) {
  PythonData data;
  database.execute("BEGIN");  // both tables as they were at one moment
  auto user = database.prepare(selection(database, "users", kUserColumns));
  while (user.step()) data.users.push_back({user.text(0), user.text(1), user.text(2), user.text(3), is_true(user, 4)});
  auto key = database.prepare(selection(database, "user_credentials", kCredentialColumns) + " ORDER BY 6 DESC");
  while (key.step()) data.credentials.push_back({key.text(0), key.text(1), key.text(2), key.text(3), is_true(key, 4)});
  std::ranges::stable_partition(data.credentials, &PythonCredential::is_active);
  return data;
}

bool is_sqlite(const std::filesystem::path& file) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  std::array<char, kMagic.size()> head{};
  std::ifstream(file, std::ios::binary).read(head.data(), head.size());
  return std::string_view(head.data(), head.size()) == kMagic;
}

}  // namespace

Result<PythonData> read_python_database(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) return Error{ErrorKind::NotFound, "there is no file " + file.string()};
  if (!is_sqlite(file))
    return Error{ErrorKind::NotFound, file.string() + " cannot be read, or is not an SQLite database"};
  auto data = guarded([&] {
    auto database = Database::open(file, {OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly});
    return read(database);
  });
  if (data) return data;
  const auto& error = data.error();
  if (error.kind == ErrorKind::NotFound)
    return Error{error.kind, file.string() + " cannot be imported: " + error.public_text};
  return Error{error.kind, file.string() + " cannot be read (" + error.log_text + ")", error.log_text};
}

}  // namespace ownkey::store
