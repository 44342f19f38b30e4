#include "server/store/database.h"

#include <sys/stat.h>
#include <boost/test/unit_test.hpp>

#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

constexpr std::string_view kSteps[] = {"CREATE TABLE a (x INTEGER) STRICT", "CREATE TABLE b (y TEXT) STRICT"};

struct Fixture {
  test::TempFolder folder;
  std::filesystem::path file = folder / "test.db";

  std::int64_t count(Database& database) {
    auto row = database.prepare("SELECT count(*) FROM a");
    row.step();
    return row.integer(0);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(database, Fixture)

BOOST_AUTO_TEST_CASE(a_new_file_is_for_its_owner_alone_and_durable) {
  auto database = Database::open(file);
  database.migrate(kSteps);
  struct stat status {};
  BOOST_REQUIRE(::stat(file.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777) == 0600U);
  auto mode = database.prepare("PRAGMA journal_mode");
  BOOST_TEST(mode.step());
  BOOST_TEST(mode.text(0) == "wal");
  auto synchronous = database.prepare("PRAGMA synchronous");
  BOOST_TEST(synchronous.step());
  BOOST_TEST(synchronous.integer(0) == 2);
}

BOOST_AUTO_TEST_CASE(a_transaction_that_is_left_early_changes_nothing) {
  auto database = Database::open(file);
  database.migrate(kSteps);
  try {
    Transaction transaction(database);
    database.execute("INSERT INTO a VALUES (1)");
    throw 1;
  } catch (int) {
  }
  BOOST_TEST(count(database) == 0);
  Transaction transaction(database);
  database.execute("INSERT INTO a VALUES (1)");
  transaction.commit();
  BOOST_TEST(count(database) == 1);
}

BOOST_AUTO_TEST_CASE(each_migration_runs_once) {
  {
    auto database = Database::open(file);
    database.migrate(std::span(kSteps).first(1));
    database.execute("INSERT INTO a VALUES (1)");
  }
  auto database = Database::open(file);
  database.migrate(kSteps);
  database.migrate(kSteps);
  BOOST_TEST(count(database) == 1);
  database.execute("INSERT INTO b VALUES ('x')");
}

BOOST_AUTO_TEST_CASE(a_failed_migration_leaves_the_schema_as_it_was) {
  constexpr std::string_view broken[] = {kSteps[0], "CREATE TABLE c (x INTEGER) STRICT; CREATE TABLE a (x INTEGER)"};
  auto database = Database::open(file);
  BOOST_CHECK_THROW(database.migrate(broken), StoreFailure);
  BOOST_CHECK_THROW(database.execute("SELECT * FROM c"), StoreFailure);
  database.migrate(kSteps);
  BOOST_TEST(count(database) == 0);
}

BOOST_AUTO_TEST_CASE(a_schema_from_a_newer_version_is_refused) {
  Database::open(file).migrate(kSteps);
  auto database = Database::open(file);
  BOOST_CHECK_EXCEPTION(database.migrate(std::span(kSteps).first(1)), StoreFailure, [](const StoreFailure& failure) {
    return failure.error().public_text.find("newer version") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_told_as_such) {
  test::write_file(file, std::string(8192, 'x'));
  const auto result = guarded([&] { return Database::open(file); });
  BOOST_REQUIRE(!result);
  BOOST_TEST(result.error().public_text.find("damaged") != std::string::npos);
  BOOST_TEST(test::read_file(file) == std::string(8192, 'x'));
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_storage_full) {
  auto database = Database::open(file);
  database.migrate(kSteps);
  database.execute("PRAGMA max_page_count=4");
  const auto result = guarded([&] {
    for (int i = 0; i < 1000; ++i) database.execute("INSERT INTO b VALUES ('" + std::string(500, 'x') + "')");
  });
  BOOST_REQUIRE(!result);
  BOOST_TEST((result.error().kind == ErrorKind::StorageFull));
}

BOOST_AUTO_TEST_CASE(text_that_looks_like_sql_stays_text) {
  auto database = Database::open(file);
  database.migrate(kSteps);
  const std::string text = "'); DROP TABLE b; --";
  database.prepare("INSERT INTO b VALUES (?)").bind(1, text).run();
  auto row = database.prepare("SELECT y FROM b");
  BOOST_TEST(row.step());
  BOOST_TEST(row.text(0) == text);
}

BOOST_AUTO_TEST_CASE(reading_only_leaves_no_file_behind) {
  const auto odd = folder / "odd 100%? #1.db";
  {
    auto database = Database::open(odd);
    database.migrate(kSteps);
    database.execute("INSERT INTO a VALUES (1)");
  }
  const auto read = [&] {
    auto database = Database::open(odd, {OpenOptions::IfMissing::Fail, OpenOptions::Access::ReadOnly});
    return count(database);
  };
  BOOST_TEST(read() == 1);
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  auto writer = Database::open(odd);
  writer.execute("INSERT INTO a VALUES (2)");
  BOOST_TEST(read() == 2, "what is in the write-ahead log alone must be seen");
}

BOOST_AUTO_TEST_SUITE_END()
