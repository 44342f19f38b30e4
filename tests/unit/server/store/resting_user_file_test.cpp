#include "server/store/resting_user_file.h"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/crypto/digest.h"
#include "server/store/database.h"
#include "server/store/user_file.h"
#include "server/store/user_stores.h"
#include "tests/support/full_disk.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

const base::UserId kAda("ada"), kBob("bob");
const AuditNote kNote{AuditAction::PreferencesChanged, {}, {"127.0.0.1", "test"}, {}};

struct Fixture {
  test::TempFolder folder;
  std::filesystem::path file = user_file(folder.path(), kAda);

  Fixture() { put("{}"); }

  UserStores new_stores() const { return {folder.path(), 4, crypto::sha256_text}; }

  void put(const std::string& preferences) {
    auto stores = new_stores();
    BOOST_REQUIRE((*stores.open(kAda))->put_preferences(preferences, kNote));
  }

  // As if nobody had changed it for an hour.
  void let_rest() const {
    const auto long_ago = ::time(nullptr) - 3600;
    const timespec times[]{{long_ago, 0}, {long_ago, 0}};
    BOOST_REQUIRE(::utimensat(AT_FDCWD, file.c_str(), times, 0) == 0);
  }

  bool lies_alone() const {
    return !std::filesystem::exists(file.string() + "-wal") && !std::filesystem::exists(file.string() + "-shm");
  }
};

std::string preferences_of(UserView& view) {
  const auto found = view.preferences();
  BOOST_REQUIRE(found);
  return found->value_or("none");
}

Result<std::optional<std::string>> read_preferences_of(UserStores& stores, const base::UserId& user) {
  return stores.read(user, [](UserView& view) { return view.preferences(); });
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_resting_user_file, Fixture)

BOOST_AUTO_TEST_CASE(a_file_to_which_nobody_writes_is_read_and_no_trace_is_left) {
  let_rest();
  const auto resting = RestingUserFile::open(file, kAda);
  BOOST_REQUIRE(resting);
  BOOST_TEST(preferences_of(resting->view()) == "{}");
  BOOST_TEST(lies_alone());
  BOOST_TEST(resting->is_unchanged());
}

BOOST_AUTO_TEST_CASE(a_file_that_was_changed_a_moment_ago_may_change_without_a_mark) {
  BOOST_TEST(!RestingUserFile::open(file, kAda));
}

BOOST_AUTO_TEST_CASE(a_file_with_something_in_its_log_is_left_alone) {
  auto stores = new_stores();
  const auto live = *stores.open(kAda);
  let_rest();
  BOOST_TEST(bool(RestingUserFile::open(file, kAda)));  // the log is empty
  BOOST_REQUIRE(live->put_preferences("[]", kNote));
  BOOST_TEST(!RestingUserFile::open(file, kAda));
}

BOOST_AUTO_TEST_CASE(a_change_under_its_eyes_shows) {
  let_rest();
  const auto resting = RestingUserFile::open(file, kAda);
  BOOST_REQUIRE(resting);
  auto stores = new_stores();
  const auto live = *stores.open(kAda);
  BOOST_REQUIRE(live->put_preferences("[]", kNote));
  BOOST_TEST(!resting->is_unchanged());
}

BOOST_AUTO_TEST_CASE(a_change_that_came_and_went_shows) {
  let_rest();
  const auto resting = RestingUserFile::open(file, kAda);
  BOOST_REQUIRE(resting);
  put("[]");
  BOOST_TEST(lies_alone());
  BOOST_TEST(!resting->is_unchanged());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_gone_or_another_shows) {
  let_rest();
  const auto resting = RestingUserFile::open(file, kAda);
  BOOST_REQUIRE(resting);
  const auto copy = file.string() + ".copy";
  std::filesystem::copy_file(file, copy);
  std::filesystem::remove(file);
  BOOST_TEST(!resting->is_unchanged());
  std::filesystem::rename(copy, file);
  let_rest();
  BOOST_TEST(!resting->is_unchanged());
}

BOOST_AUTO_TEST_CASE(a_file_of_an_older_schema_or_another_user_or_none_is_not_read_so) {
  let_rest();
  BOOST_TEST(!RestingUserFile::open(file, kBob));
  BOOST_TEST(!RestingUserFile::open(user_file(folder.path(), kBob), kBob));
  Database::open(file).execute("PRAGMA user_version=1");
  let_rest();
  BOOST_TEST(!RestingUserFile::open(file, kAda));
  std::filesystem::resize_file(file, 0);
  let_rest();
  BOOST_TEST(!RestingUserFile::open(file, kAda));
}

BOOST_AUTO_TEST_CASE(a_look_during_which_somebody_writes_is_taken_again) {
  let_rest();
  auto stores = new_stores();
  int looks = 0;
  const auto seen = stores.read(kAda, [&](UserView& view) {
    if (++looks == 1) put("[1]");
    return view.preferences();
  });
  BOOST_REQUIRE(seen);
  BOOST_TEST(looks == 2);
  BOOST_TEST(seen->value() == "[1]");
}

BOOST_AUTO_TEST_CASE(who_comes_once_is_not_kept_open_and_who_comes_again_is) {
  let_rest();
  auto stores = new_stores();
  BOOST_TEST(read_preferences_of(stores, kAda)->value() == "{}");
  BOOST_TEST(lies_alone());
  BOOST_TEST(read_preferences_of(stores, kAda)->value() == "{}");
  BOOST_TEST(!lies_alone());
  BOOST_TEST(read_preferences_of(stores, kAda)->value() == "{}");
}

BOOST_AUTO_TEST_CASE(what_an_open_store_wrote_is_read) {
  auto stores = new_stores();
  const auto live = *stores.open(kAda);
  let_rest();
  BOOST_REQUIRE(live->put_preferences("[2]", kNote));
  BOOST_TEST(read_preferences_of(stores, kAda)->value() == "[2]");
  auto others = new_stores();
  BOOST_TEST(read_preferences_of(others, kAda)->value() == "[2]");
}

BOOST_AUTO_TEST_CASE(a_user_who_was_erased_has_no_data) {
  auto stores = new_stores();
  let_rest();
  BOOST_REQUIRE(stores.erase(kAda));
  BOOST_TEST(!RestingUserFile::open(file, kAda));
}

BOOST_AUTO_TEST_CASE(a_full_disk_keeps_nobody_from_reading) {
  let_rest();
  auto stores = new_stores();
  for (int i = 0; i < 3; ++i) {
    const auto read = [&] {
      const test::FullDisk full;
      return read_preferences_of(stores, kAda);
    }();
    BOOST_REQUIRE_MESSAGE(read, (read ? "" : read.error().log_text));
    BOOST_TEST(read->value() == "{}");
  }
}

// POSIX drops all of a process's locks on a file when any of its descriptors of it is closed.
BOOST_AUTO_TEST_CASE(closing_a_look_leaves_the_locks_of_an_open_store) {
  let_rest();
  auto resting = RestingUserFile::open(file, kAda);
  BOOST_REQUIRE(resting);
  BOOST_TEST(preferences_of(resting->view()) == "{}");
  auto live = open_user_file(file, kAda, FileMark::None);
  BOOST_REQUIRE(live.prepare("SELECT 1 FROM owner").step());
  resting.reset();
  // The lock that says that the log is in use; without it, another process would take the log away.
  const auto other = ::fork();
  if (other == 0) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const int descriptor = ::open(file.c_str(), O_RDWR);
    const bool is_held = ::fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    ::_exit(is_held ? 0 : 1);
  }
  int status = 0;
  BOOST_REQUIRE(::waitpid(other, &status, 0) == other);
  BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
