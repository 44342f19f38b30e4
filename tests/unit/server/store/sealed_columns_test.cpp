#include "server/store/sealed_columns.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "server/store/database.h"
#include "server/store/migrations.h"
#include "tests/support/temp_folder.h"

using namespace ownkey::store;

namespace {

struct Fixture {
  ownkey::test::TempFolder folder;
  Database user_file = migrated("user.db", user_migrations());

  Database migrated(const char* name, std::span<const std::string_view> steps) {
    auto database = Database::open(folder / name);
    database.migrate(steps);
    return database;
  }

  // "table.column" of all columns that this condition holds for.
  static std::set<std::string> columns(Database& database, const std::string& condition) {
    std::set<std::string> names;
    auto row = database.prepare(
        "SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND (" +
        condition + ")");
    while (row.step()) names.insert(row.text(0));
    return names;
  }

  // What looks sealed: a user's file has no other bytes.
  static std::set<std::string> sealed(Database& database) {
    return columns(database, "c.name LIKE 'sealed%' OR upper(c.type) = 'BLOB'");
  }

  static std::set<std::string> listed() {
    std::set<std::string> names;
    for (const auto& column : kSealedColumns)
      names.insert(std::string(column.table) + "." + std::string(column.column));
    return names;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sealed_columns, Fixture)

BOOST_AUTO_TEST_CASE(the_list_holds_every_sealed_column_of_the_schema) { BOOST_TEST((sealed(user_file) == listed())); }

BOOST_AUTO_TEST_CASE(a_sealed_column_that_is_not_listed_would_be_noticed) {
  user_file.execute("ALTER TABLE workflows ADD COLUMN sealed_note BLOB");
  BOOST_TEST((sealed(user_file) != listed()));
}

BOOST_AUTO_TEST_CASE(what_a_sealed_column_is_bound_to_is_in_its_row) {
  const auto all = columns(user_file, "1");
  for (const auto& column : kSealedColumns)
    for (const auto name : {column.row_id, column.provider, column.generation})
      BOOST_TEST(all.contains(std::string(column.table) + "." + std::string(name)), name);
}

BOOST_AUTO_TEST_CASE(nothing_but_data_keys_lies_sealed_among_the_accounts) {
  auto accounts = migrated("accounts.db", accounts_migrations());
  BOOST_TEST(columns(accounts, "c.name LIKE 'sealed%'").empty());
  BOOST_TEST((columns(accounts, "c.name = 'wrapped'") == std::set<std::string>{"data_keys.wrapped"}));
}

BOOST_AUTO_TEST_SUITE_END()
