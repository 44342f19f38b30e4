#include <sys/stat.h>
#include <boost/test/unit_test.hpp>

#include "server/store/database.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

constexpr std::string_view kSteps[] = {"CREATE TABLE a (x INTEGER) STRICT", "CREATE TABLE b (y TEXT) STRICT"};
constexpr std::string_view kBroken[] = {kSteps[0], kSteps[1], "CREATE TABLE a (x INTEGER)"};
constexpr std::string_view kMended[] = {kSteps[0], kSteps[1], "CREATE TABLE c (x INTEGER)"};

struct Fixture {
  test::TempFolder folder;
  const std::filesystem::path file = folder / "test.db";
  const std::filesystem::path copy = file.string() + std::string(kBeforeMigration);

  // As an older version of the program has left it.
  Fixture() {
    auto database = Database::open(file);
    database.migrate(std::span(kSteps).first(1));
    database.execute("INSERT INTO a VALUES (7)");
  }

  static std::int64_t number(Database& database, std::string_view sql) {
    auto row = database.prepare(sql);
    return row.step() ? row.integer(0) : -1;
  }
  static std::int64_t version_of(const std::filesystem::path& path) {
    auto database = Database::open(path, {.if_missing = OpenOptions::IfMissing::Fail});
    return number(database, "PRAGMA user_version");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(migrate, Fixture)

BOOST_AUTO_TEST_CASE(nothing_but_the_file_is_left_after_a_migration) {
  {
    auto database = Database::open(file);
    database.migrate(kSteps);
    BOOST_TEST(number(database, "SELECT x FROM a") == 7);
  }
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(a_migration_that_stops_half_way_leaves_a_private_copy_of_the_state_before) {
  BOOST_CHECK_THROW(Database::open(file).migrate(kBroken), StoreFailure);
  BOOST_TEST(version_of(file) == 2);
  struct stat status {};
  BOOST_REQUIRE(::stat(copy.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777) == 0600U);
  BOOST_TEST(version_of(copy) == 1);

  // Another try keeps the older state, and does not take the half-way one for it.
  BOOST_CHECK_THROW(Database::open(file).migrate(kBroken), StoreFailure);
  BOOST_TEST(version_of(copy) == 1);
  auto database = Database::open(file);
  database.migrate(kMended);
  BOOST_TEST(number(database, "SELECT x FROM a") == 7);
  BOOST_TEST(!std::filesystem::exists(copy));
}

BOOST_AUTO_TEST_CASE(a_copy_that_was_left_behind_goes_when_the_file_is_opened_next) {
  Database::open(file).migrate(kSteps);
  Database::open(file).copy_to(copy);
  Database::open(file).migrate(kSteps);
  BOOST_TEST(!std::filesystem::exists(copy));
}

BOOST_AUTO_TEST_CASE(a_copy_that_was_not_finished_is_made_anew) {
  test::write_file(copy.string() + ".part", "half");
  Database::open(file).migrate(kSteps);
  BOOST_TEST(version_of(file) == 2);
  BOOST_TEST(!std::filesystem::exists(copy.string() + ".part"));
}

BOOST_AUTO_TEST_CASE(without_a_copy_nothing_is_migrated) {
  std::filesystem::create_directories(copy.string() + ".part/in the way");
  BOOST_CHECK_THROW(Database::open(file).migrate(kSteps), StoreFailure);
  BOOST_TEST(version_of(file) == 1);
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_not_migrated) {
  {
    auto database = Database::open(file);
    database.execute(
        "CREATE TABLE fill (t TEXT); WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
        "WHERE i < 200) INSERT INTO fill SELECT printf('%0500d', i) FROM n");
  }
  auto bytes = test::read_file(file);
  bytes.replace(bytes.size() - 4096, 4096, std::string(4096, 'x'));
  test::write_file(file, bytes);
  BOOST_CHECK_EXCEPTION(Database::open(file).migrate(kSteps), StoreFailure, [](const StoreFailure& failure) {
    return failure.is_damage() && failure.error().public_text.find("ownkey restore") != std::string::npos;
  });
  BOOST_TEST(version_of(file) == 1);
  BOOST_TEST(!std::filesystem::exists(copy));
}

BOOST_AUTO_TEST_CASE(what_others_write_is_in_a_copy_when_it_was_committed) {
  auto writer = Database::open(file);
  writer.execute("INSERT INTO a VALUES (8)");
  auto busy = Database::open(file);
  Transaction transaction(busy);
  busy.execute("INSERT INTO a VALUES (9)");
  writer.copy_to(folder / "copy.db");
  auto copied = Database::open(folder / "copy.db", {OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly});
  BOOST_TEST(number(copied, "SELECT sum(x) FROM a") == 15);
  BOOST_TEST(!copied.find_damage(Database::Check::Full).has_value());
  BOOST_CHECK_THROW(writer.copy_to(folder / "copy.db"), StoreFailure);
}

BOOST_AUTO_TEST_SUITE_END()
