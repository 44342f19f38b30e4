#include "server/store/folder_copy.h"

#include <sys/stat.h>
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "server/crypto/digest.h"
#include "server/store/account_store.h"
#include "server/store/database.h"
#include "server/store/user_stores.h"
#include "tests/support/credential_rows.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

constexpr auto nobody_cares = [](std::int64_t, std::int64_t) {};

struct Fixture {
  test::TempFolder data, target;
  std::unique_ptr<AccountStore> accounts = std::move(*open_account_store(data / "accounts.db"));
  UserStores users{data.path(), 8, crypto::sha256_text};
  const base::UserId ada{"ada"}, bob{"bob"}, cyd{"cyd"};

  Fixture() {
    for (const auto& user : {ada, bob, cyd}) add(user);
  }

  static DataKeyRow data_key(const base::UserId& user, std::uint32_t version) {
    const auto text = "wrapped " + std::to_string(version) + " of " + user.text();
    return {user, version, 1, base::Sealed(base::Bytes(text.begin(), text.end()))};
  }
  void sign_up(const base::UserId& user) {
    const auto added = accounts->create_user({user, user.text() + "@example.com", "", "$none$", {}}, data_key(user, 1),
                                             AccountStore::Who::Anyone);
    BOOST_REQUIRE(added);
  }
  void add(const base::UserId& user) {
    sign_up(user);
    CredentialRow row;
    row.id = base::CredentialId("key-of-" + user.text());
    row.label = "default";
    row.sealed_key = base::Sealed({1, 2, 3});
    BOOST_REQUIRE(test::put_row(**users.open(user), row));
  }
  // As deleting an account does it.
  void erase(const base::UserId& user) {
    auto database = Database::open(data / "accounts.db");
    database.prepare("DELETE FROM users WHERE user_id = ?").bind(1, user.text()).run();
    std::filesystem::remove(users.file_of(user));
  }
  void move_to_new_data_key(const base::UserId& user) {
    BOOST_REQUIRE(accounts->add_data_key(data_key(user, 2), {}));
    BOOST_REQUIRE(accounts->remove_data_key(user, 1));
  }

  std::vector<std::uint32_t> copied_versions(const base::UserId& user) {
    std::vector<std::uint32_t> versions;
    const auto copied = open_account_store_read_only(target / "accounts.db");
    const auto rows = (*copied)->data_keys(user);
    for (const auto& row : *rows) versions.push_back(row.version);
    return versions;
  }
  std::filesystem::path copied_file(const base::UserId& user) { return user_file(target.path(), user); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(folder_copy, Fixture)

BOOST_AUTO_TEST_CASE(everything_is_in_the_copy_and_for_its_owner_alone) {
  const auto copy = copy_data_folder(data.path(), target.path(), nobody_cares);
  BOOST_REQUIRE(copy);
  BOOST_TEST(copy->users.size() == 3U);
  BOOST_TEST(copy->damaged.empty());
  BOOST_TEST(bool(check_accounts_copy(target / "accounts.db")));
  for (const auto& user : {ada, bob, cyd}) {
    BOOST_TEST(bool(check_user_copy(copied_file(user))));
    struct stat status {};
    BOOST_REQUIRE(::stat(copied_file(user).c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600U);
    BOOST_TEST((*(*UserStores(target.path(), 1, crypto::sha256_text).open(user))->credentials())->size() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(sessions_stay_behind) {
  const base::Bytes hash(32, 7);
  BOOST_REQUIRE(accounts->add_session({ada, base::SessionId("s"), hash, "::1", "agent-of-ada", {}, {}}));
  BOOST_REQUIRE(copy_data_folder(data.path(), target.path(), nobody_cares));
  BOOST_TEST(!(*(*open_account_store_read_only(target / "accounts.db"))->find_session(hash)).has_value());
  BOOST_TEST(test::read_file(target / "accounts.db").find("agent-of-ada") == std::string::npos);
  BOOST_TEST(accounts->find_session(hash)->has_value());
}

BOOST_AUTO_TEST_CASE(whoever_is_deleted_meanwhile_is_not_in_the_copy_at_all) {
  const auto copy = copy_data_folder(data.path(), target.path(), [&](std::int64_t done, std::int64_t) {
    if (done != 1) return;
    erase(ada);  // whose file was copied
    erase(bob);  // whose file was not
    add(base::UserId("dan"));
  });
  BOOST_REQUIRE(copy);
  BOOST_REQUIRE(copy->users.size() == 1U);
  BOOST_TEST((copy->users.front() == cyd));
  for (const auto& user : {ada, bob}) {
    BOOST_TEST(copied_versions(user).empty());
    BOOST_TEST(!std::filesystem::exists(copied_file(user)));
    BOOST_TEST(test::read_file(target / "accounts.db").find("wrapped 1 of " + user.text()) == std::string::npos);
    BOOST_TEST(test::read_file(target / "accounts.db").find(user.text() + "@example.com") == std::string::npos);
  }
  BOOST_TEST((copied_versions(cyd) == std::vector<std::uint32_t>{1}));
}

BOOST_AUTO_TEST_CASE(whose_deletion_has_begun_is_not_in_the_copy_either) {
  const auto copy = copy_data_folder(data.path(), target.path(), [&](std::int64_t done, std::int64_t) {
    if (done == 1) BOOST_REQUIRE(accounts->remove_data_key(bob, 1));
  });
  BOOST_REQUIRE(copy);
  BOOST_TEST(std::ranges::count(copy->users, bob) == 0);
  BOOST_TEST(!std::filesystem::exists(copied_file(bob)));
}

BOOST_AUTO_TEST_CASE(data_keys_are_those_of_the_moment_when_the_file_was_copied) {
  BOOST_REQUIRE(copy_data_folder(data.path(), target.path(), [&](std::int64_t done, std::int64_t) {
    if (done != 1) return;
    move_to_new_data_key(ada);  // too late for the file that was copied
    move_to_new_data_key(bob);  // in time
  }));
  BOOST_TEST((copied_versions(ada) == std::vector<std::uint32_t>{1}));
  BOOST_TEST((copied_versions(bob) == std::vector<std::uint32_t>{2}));
  BOOST_TEST((copied_versions(cyd) == std::vector<std::uint32_t>{1}));
}

BOOST_AUTO_TEST_CASE(a_user_who_has_stored_nothing_has_no_file) {
  std::filesystem::remove(users.file_of(bob));
  const auto copy = copy_data_folder(data.path(), target.path(), nobody_cares);
  BOOST_REQUIRE(copy);
  BOOST_TEST(copy->users.size() == 3U);
  BOOST_TEST(copy->damaged.empty());
  BOOST_TEST(!std::filesystem::exists(copied_file(bob)));
}

BOOST_AUTO_TEST_CASE(one_damaged_file_does_not_hold_up_the_others) {
  const base::UserId dan("dan");
  sign_up(dan);
  std::filesystem::create_directories(users.file_of(dan).parent_path());
  test::write_file(users.file_of(dan), std::string(8192, 'x'));
  const auto copy = copy_data_folder(data.path(), target.path(), nobody_cares);
  BOOST_REQUIRE(copy);
  BOOST_REQUIRE(copy->damaged.size() == 1U);
  BOOST_TEST((copy->damaged.front() == dan));
  BOOST_TEST(!std::filesystem::exists(copied_file(dan)));
  BOOST_TEST(std::filesystem::exists(copied_file(cyd)));
}

BOOST_AUTO_TEST_CASE(a_file_that_was_lost_counts_as_damaged) {
  for (const auto& user : {ada, bob}) BOOST_REQUIRE(accounts->mark_file_made(user));
  std::filesystem::remove(users.file_of(ada));
  std::filesystem::resize_file(users.file_of(bob), 0);
  const auto copy = copy_data_folder(data.path(), target.path(), nobody_cares);
  BOOST_REQUIRE(copy);
  BOOST_TEST((copy->damaged == std::vector{ada, bob}));
  for (const auto& user : {ada, bob}) BOOST_TEST(!std::filesystem::exists(copied_file(user)));
  BOOST_TEST(std::filesystem::file_size(users.file_of(bob)) == 0U);
}

BOOST_AUTO_TEST_CASE(whose_lost_file_was_of_an_account_that_is_deleted_meanwhile_is_not_told) {
  BOOST_REQUIRE(accounts->mark_file_made(bob));
  std::filesystem::remove(users.file_of(bob));
  const auto copy = copy_data_folder(data.path(), target.path(), [&](std::int64_t done, std::int64_t) {
    if (done == 3) erase(bob);
  });
  BOOST_REQUIRE(copy);
  BOOST_TEST(copy->damaged.empty());
}

BOOST_AUTO_TEST_CASE(what_is_damaged_is_told) {
  BOOST_TEST(!(*find_damage(data / "nothing.db")).has_value());
  BOOST_TEST(!(*find_damage(data / "accounts.db")).has_value());
  test::write_file(data / "noise.db", std::string(8192, 'x'));
  BOOST_TEST((*find_damage(data / "noise.db")).has_value());
  BOOST_TEST(!check_user_copy(data / "noise.db"));
}

BOOST_AUTO_TEST_SUITE_END()
