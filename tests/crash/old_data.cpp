#include "tests/crash/old_data.h"

#include "server/crypto/master_keys.h"
#include "server/store/database.h"
#include "server/store/migrations.h"

namespace ownkey::crash {
namespace {

std::vector<std::string> first_column(store::Database& database, const std::string& sql) {
  std::vector<std::string> values;
  auto row = database.prepare(sql);
  while (row.step()) values.push_back(row.text(0));
  return values;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// Sealed values are bound to who owns them and to where they stand, not to a schema: the rows of today go into the
// tables of then.
void copy_rows(store::Database& then) {
  for (const auto& table : first_column(then, "SELECT name FROM main.sqlite_schema WHERE type = 'table'")) {
    const auto columns = joined(first_column(then, "SELECT name FROM pragma_table_info('" + table + "', 'main')"));
    std::string sql("INSERT INTO main.");
    sql.append(table).append(" (").append(columns).append(") SELECT ").append(columns).append(" FROM now.");
    then.execute(sql.append(table));
  }
}

}  // namespace

OldData::OldData(int people) {
  const test::TempFolder today;
  crypto::SystemRandom random;
  const auto key = crypto::generate_master_key(random);
  OpenData data(today.path(), std::string(key.reveal()));
  for (int i = 0; i < people; ++i) people_.push_back(add_person(data));
  copy_as_old(today.path(), "accounts.db", store::accounts_migrations().front());
  for (const auto& person : people_)
    copy_as_old(today.path(), std::filesystem::relative(data.users.file_of(person.user), today.path()).string(),
                store::user_migrations().front());
  const auto key_file = folder_ / "master.key";
  test::write_file(key_file, key.reveal());
  std::filesystem::permissions(key_file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

void OldData::copy_as_old(const std::filesystem::path& now, std::string_view name,
                          std::string_view first_schema) const {
  const auto file = folder_ / name;
  std::filesystem::create_directories(file.parent_path());
  auto then = store::Database::open(file);
  then.migrate({&first_schema, 1});
  then.execute("PRAGMA foreign_keys=OFF");
  then.execute("ATTACH '" + (now / name).string() + "' AS now");
  copy_rows(then);
  then.execute("DETACH now");
}

void OldData::copy_to(const std::filesystem::path& folder) const {
  std::filesystem::remove_all(folder);
  std::filesystem::copy(folder_.path(), folder, std::filesystem::copy_options::recursive);
}

}  // namespace ownkey::crash
