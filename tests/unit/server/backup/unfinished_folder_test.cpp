#include "server/backup/unfinished_folder.h"

#include <sys/stat.h>
#include <boost/test/unit_test.hpp>

#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::backup;

namespace {

struct Fixture {
  test::TempFolder folder;
  const std::filesystem::path target = folder / "b1";

  std::ptrdiff_t entries() const { return std::distance(std::filesystem::directory_iterator(folder.path()), {}); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(unfinished_folder, Fixture)

BOOST_AUTO_TEST_CASE(it_gets_its_name_at_the_end) {
  auto unfinished = UnfinishedFolder::begin(target);
  BOOST_REQUIRE(unfinished);
  test::write_file(unfinished->path() / "x", "1");
  BOOST_TEST(!std::filesystem::exists(target));
  BOOST_REQUIRE(unfinished->publish());
  BOOST_TEST(test::read_file(target / "x") == "1");
  struct stat status {};
  BOOST_REQUIRE(::stat(target.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777) == 0700U);
  BOOST_TEST(entries() == 1);
}

BOOST_AUTO_TEST_CASE(one_that_is_given_up_leaves_nothing) {
  BOOST_REQUIRE(UnfinishedFolder::begin(target));
  BOOST_TEST(entries() == 0);
}

BOOST_AUTO_TEST_CASE(what_a_killed_run_left_is_taken_away_by_the_next_one) {
  std::filesystem::create_directories(folder / ".another.unfinished-ownkey/users");
  std::filesystem::create_directories(folder / ".b1.unfinished-ownkey/users");
  std::filesystem::create_directories(folder / ".somebody's own");
  const auto unfinished = UnfinishedFolder::begin(target);
  BOOST_REQUIRE(unfinished);
  BOOST_TEST(std::filesystem::is_empty(unfinished->path()));
  BOOST_TEST(entries() == 2);
}

BOOST_AUTO_TEST_CASE(two_for_one_place_are_refused_and_two_for_two_are_not) {
  auto first = UnfinishedFolder::begin(target);
  const auto second = UnfinishedFolder::begin(target);
  BOOST_REQUIRE(!second);
  BOOST_TEST((second.error().kind == ErrorKind::Conflict));
  BOOST_TEST(bool(UnfinishedFolder::begin(folder / "b2")));
  BOOST_TEST(std::filesystem::exists(first->path()));
}

BOOST_AUTO_TEST_CASE(an_empty_target_is_replaced_and_a_full_one_is_not) {
  std::filesystem::create_directory(target);
  BOOST_TEST(bool(UnfinishedFolder::begin(target.string() + "/")->publish()));
  test::write_file(target / "precious", "1");
  BOOST_TEST(!UnfinishedFolder::begin(target)->publish());
  BOOST_TEST(test::read_file(target / "precious") == "1");
  BOOST_TEST(entries() == 1);
}

BOOST_AUTO_TEST_CASE(folders_change_places) {
  std::filesystem::create_directory(target);
  test::write_file(target / "old", "1");
  {
    auto unfinished = UnfinishedFolder::begin(target);
    BOOST_REQUIRE(unfinished);
    test::write_file(unfinished->path() / "new", "1");
    BOOST_REQUIRE(unfinished->publish_in_exchange("old"));
  }
  BOOST_TEST(std::filesystem::exists(target / "new"));
  BOOST_TEST(!std::filesystem::exists(target / "old"));
  BOOST_TEST(entries() == 1);
}

// Regression: what a server had put there meanwhile was removed.
BOOST_AUTO_TEST_CASE(folders_do_not_change_places_when_there_is_more_than_was_known) {
  std::filesystem::create_directory(target);
  test::write_file(target / "old", "1");
  test::write_file(target / "precious", "1");
  {
    auto unfinished = UnfinishedFolder::begin(target);
    BOOST_REQUIRE(unfinished);
    test::write_file(unfinished->path() / "new", "1");
    const auto published = unfinished->publish_in_exchange("old");
    BOOST_REQUIRE(!published);
    BOOST_TEST((published.error().kind == ErrorKind::Conflict));
  }
  BOOST_TEST(test::read_file(target / "precious") == "1");
  BOOST_TEST(!std::filesystem::exists(target / "new"));
  BOOST_TEST(entries() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
