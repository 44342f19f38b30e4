#include "server/store/resting_pages.h"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <random>
#include <sstream>

#include "server/store/database.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

struct Fixture {
  test::TempFolder folder;
  const std::filesystem::path file = folder / "data.db";

  // Makes the file; all of it is in it afterwards, and nothing in a log.
  void make(const std::string& sql) const { Database::open(file).execute(sql); }

  template <class Row>
  static std::string line(const Row& row) {
    std::ostringstream line;
    for (const int column : {1, 2, 3})
      line << (row.is_null(column) ? "none" : std::to_string(row.integer(column))) << ' ';
    line << row.optional_text(4).value_or("none") << ' ' << row.bytes(5).size() << ' '
         << std::string(base::text_of(row.bytes(5))) << '\n';
    return line.str();
  }

  std::string by_sqlite() const {
    auto database = Database::open(file);
    auto row = database.prepare("SELECT * FROM things");
    std::string lines;
    while (row.step()) lines += line(row);
    return lines;
  }

  // Nothing when it gave up.
  std::optional<std::string> by_pages() const {
    auto pages = RestingPages::open(file);
    std::string lines;
    if (!pages || !pages->each_row("things", [&](const RestingPages::Row& row) { lines += line(row); }))
      return std::nullopt;
    return lines;
  }
};

constexpr auto kTable =
    "CREATE TABLE others (a TEXT PRIMARY KEY) STRICT;"
    "CREATE TABLE things (id INTEGER PRIMARY KEY, i INTEGER, j INTEGER, k INTEGER, t TEXT, b BLOB) STRICT;";

// Numbers of every size, texts and bytes, in so many rows that their tree has more than one level.
void fill(const std::filesystem::path& file, int rows) {
  std::mt19937_64 dice(20261129);
  auto database = Database::open(file);
  database.execute(kTable);
  Transaction transaction(database);
  for (int i = 0; i < rows; ++i) {
    const auto number = [&] { return static_cast<std::int64_t>(dice()) >> (dice() % 64); };
    const std::string text(dice() % 200, static_cast<char>('a' + i % 26));
    auto row = database.prepare("INSERT INTO things VALUES (NULL, ?, ?, ?, ?, ?)");
    row.bind(1, number()).bind(2, std::int64_t{i % 3 - 1}).bind(4, text).bind(5, base::bytes_of(text));
    if (i % 2 == 0) row.bind(3, i % 4 == 0 ? std::numeric_limits<std::int64_t>::min() : number());
    row.run();
  }
  transaction.commit();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_resting_pages, Fixture)

BOOST_AUTO_TEST_CASE(rows_are_those_that_sqlite_reads) {
  for (const int rows : {0, 1, 30, 3000}) {
    std::filesystem::remove(file);
    fill(file, rows);
    BOOST_REQUIRE(by_pages());
    BOOST_TEST((*by_pages() == by_sqlite()));
  }
}

BOOST_AUTO_TEST_CASE(a_column_that_came_later_is_empty_in_older_rows) {
  make(
      "CREATE TABLE things (id INTEGER PRIMARY KEY, i INTEGER, j INTEGER, k INTEGER) STRICT;"
      "INSERT INTO things VALUES (1, 2, 3, 4);"
      "ALTER TABLE things ADD COLUMN t TEXT; ALTER TABLE things ADD COLUMN b BLOB;"
      "INSERT INTO things VALUES (2, 5, 6, 7, 'new', x'41')");
  BOOST_TEST(by_pages().value() == "2 3 4 none 0 \n5 6 7 new 1 A\n");
}

BOOST_AUTO_TEST_CASE(a_row_that_does_not_fit_on_a_page_is_left_to_sqlite) {
  make(std::string(kTable) + "INSERT INTO things (t) VALUES ('" + std::string(5000, 'x') + "')");
  BOOST_TEST(!by_pages());
}

BOOST_AUTO_TEST_CASE(what_is_not_made_as_we_make_it_is_left_to_sqlite) {
  for (const std::string unusual : {"PRAGMA page_size=8192;", "PRAGMA encoding='UTF-16le';"}) {
    std::filesystem::remove(file);
    make("PRAGMA journal_mode=DELETE;" + unusual + "VACUUM;" + kTable);
    BOOST_TEST(!by_pages());
  }
  std::filesystem::resize_file(file, 50);
  BOOST_TEST(!RestingPages::open(file));
  BOOST_TEST(!RestingPages::open(folder / "none.db"));
}

BOOST_AUTO_TEST_CASE(there_are_no_rows_of_a_table_that_is_not_there) {
  make(kTable);
  BOOST_TEST(by_pages().value().empty());
  BOOST_TEST(!RestingPages::open(file)->each_row("nothing", [](const RestingPages::Row&) {}));
}

// Under a sanitizer above all: whatever lies there, it ends, and reads nothing but the file.
BOOST_AUTO_TEST_CASE(damage_is_given_up_on_or_read_but_never_followed_out_of_the_file) {
  fill(file, 300);
  const auto whole = test::read_file(file);
  std::mt19937 dice(1);
  int given_up = 0;
  for (int i = 0; i < 500; ++i) {
    auto damaged = whole;
    for (int k = 0; k < 20; ++k) damaged[dice() % damaged.size()] = static_cast<char>(dice());
    for (int k = 0; k < 4; ++k) damaged[dice() % 200] = static_cast<char>(dice());
    test::write_file(file, damaged);
    if (!by_pages()) ++given_up;
  }
  BOOST_TEST(given_up > 100);
}

BOOST_AUTO_TEST_SUITE_END()
