// Erasing a user: what is left of them in the files, and that nothing brings their file back.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "server/crypto/random.h"
#include "server/store/database.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using test::value_of;

namespace {

struct Fixture : test::VaultFixture {
  bool any_file_holds(const std::string& text) const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
      if (entry.path().string().find(text) != std::string::npos ||
          (entry.is_regular_file() && test::read_file(entry.path()).find(text) != std::string::npos))
        return true;
    return false;
  }
  std::size_t files_of(const base::UserId& user) const {
    std::size_t count = 0;
    std::error_code no_folder;
    for (const auto& entry : std::filesystem::directory_iterator(users.file_of(user).parent_path(), no_folder))
      count += entry.path().filename().string().starts_with(user.text()) ? 1 : 0;
    return count;
  }
  void erase(const base::UserId& user) {
    const auto erasure = value_of(accounts->begin_erasure(user));
    BOOST_REQUIRE(users.erase(user));
    BOOST_REQUIRE(accounts->finish_erasure(erasure));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_erasure, Fixture)

BOOST_AUTO_TEST_CASE(the_first_step_takes_the_user_their_data_keys_and_their_sessions) {
  const auto ada = add_user("ada"), bob = add_user("bob");
  BOOST_REQUIRE(accounts->add_session({ada, base::SessionId("s1"), {9}, "127.0.0.1", "agent", {}, {}}));
  BOOST_REQUIRE(accounts->begin_erasure(ada));
  BOOST_TEST(!value_of(accounts->get_user(ada)));
  BOOST_TEST(!value_of(accounts->find_user("ada@example.com")));
  BOOST_TEST(value_of(accounts->data_keys(ada)).empty());
  BOOST_TEST(!value_of(accounts->find_session(base::Bytes{9})));
  BOOST_TEST(value_of(accounts->data_keys(bob)).size() == 1U);
  const auto again = accounts->begin_erasure(ada);
  BOOST_REQUIRE(!again);
  BOOST_TEST((again.error().kind == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_CASE(an_erasure_is_unfinished_until_its_last_step) {
  const auto ada = add_user("ada");
  const auto erasure = value_of(accounts->begin_erasure(ada));
  const auto unfinished = value_of(accounts->unfinished_erasures());
  BOOST_REQUIRE(unfinished.size() == 1U);
  BOOST_TEST(unfinished.front().user.text() == ada.text());
  BOOST_REQUIRE(accounts->finish_erasure(unfinished.front()));
  BOOST_TEST(value_of(accounts->unfinished_erasures()).empty());
}

BOOST_AUTO_TEST_CASE(the_address_of_mail_is_free_at_once) {
  const auto ada = add_user("ada");
  BOOST_REQUIRE(accounts->begin_erasure(ada));
  BOOST_TEST((add_user("ada") != ada));
}

BOOST_AUTO_TEST_CASE(nothing_new_is_stored_for_a_user_who_is_gone) {
  const auto ada = add_user("ada");
  BOOST_REQUIRE(accounts->begin_erasure(ada));
  const auto session = accounts->add_session({ada, base::SessionId("s1"), {9}, "127.0.0.1", "agent", {}, {}});
  BOOST_REQUIRE(!session);
  BOOST_TEST((session.error().kind == ErrorKind::NotFound));
  const auto data_key = accounts->add_data_key(keys.new_data_key(ada, 2), clock.now());
  BOOST_REQUIRE(!data_key);
  BOOST_TEST((data_key.error().kind == ErrorKind::NotFound));
}

// SQLite's secure_delete leaves copies of rows behind now and then, in pages from which they had moved.
BOOST_AUTO_TEST_CASE(copies_of_rows_that_stayed_behind_go_too) {
  const auto ada = add_user("ada");
  {
    auto database = store::Database::open(folder / "accounts.db");
    database.execute("PRAGMA secure_delete=OFF; CREATE TABLE copies (text TEXT)");
    database.prepare("INSERT INTO copies VALUES (?)").bind(1, "a row of " + ada.text()).run();
    database.execute("INSERT INTO copies VALUES ('a row of ada@example.com'); DELETE FROM copies");
    BOOST_TEST(database.drop_old_pages());
  }
  BOOST_TEST(any_file_holds("a row of " + ada.text()));
  BOOST_TEST(any_file_holds("a row of ada@example.com"));
  erase(ada);
  BOOST_TEST(!any_file_holds(ada.text()));
  BOOST_TEST(!any_file_holds("ada@example.com"));
}

BOOST_AUTO_TEST_CASE(nothing_of_many_erased_users_is_left_in_any_file) {
  std::vector<base::UserId> people;
  std::vector<store::AccountStore::Erasure> erasures;
  for (int i = 0; i < 600; ++i) {
    people.push_back(add_user());
    base::Bytes token_hash(32);
    random.fill(token_hash);
    BOOST_REQUIRE(accounts->add_session(
        {people.back(), base::SessionId(crypto::new_id(random)), token_hash, "127.0.0.1", "agent", {}, {}}));
  }
  for (std::size_t i = 0; i < people.size(); i += 2) erasures.push_back(value_of(accounts->begin_erasure(people[i])));
  for (const auto& erasure : erasures) BOOST_REQUIRE(accounts->finish_erasure(erasure));
  const auto file = test::read_file(folder / "accounts.db") + test::read_file(folder / "accounts.db-wal");
  for (std::size_t i = 0; i < people.size(); ++i)
    BOOST_TEST((file.find(people[i].text()) != std::string::npos) == (i % 2 == 1));
}

BOOST_AUTO_TEST_CASE(all_files_of_the_user_go) {
  const auto ada = add_user("ada"), bob = add_user("bob");
  save(ada, Provider::OpenAi, "sk-of-ada-0123456789");
  save(bob, Provider::OpenAi, "sk-of-bob-0123456789");
  test::write_file(users.file_of(ada).string() + ".before-2", "a copy");
  erase(ada);
  BOOST_TEST(!any_file_holds(ada.text()));
  BOOST_TEST(!any_file_holds("ada@example.com"));
  BOOST_TEST(value_of(vault.list(bob)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_user_without_a_file_is_erased) {
  const auto ada = add_user("ada");
  erase(ada);
  BOOST_TEST(!any_file_holds(ada.text()));
}

BOOST_AUTO_TEST_CASE(a_store_that_is_gone_is_not_opened_again) {
  const auto ada = add_user("ada");
  BOOST_REQUIRE(users.open(ada));
  erase(ada);
  const auto opened = users.open(ada);
  BOOST_REQUIRE(!opened);
  BOOST_TEST((opened.error().kind == ErrorKind::NotFound));
  BOOST_TEST(!any_file_holds(ada.text()));
}

BOOST_AUTO_TEST_CASE(what_a_store_in_use_is_given_lands_in_no_file) {
  const auto ada = add_user("ada");
  auto store = value_of(users.open(ada));
  erase(ada);
  BOOST_TEST(bool(store->add_workflow({base::WorkflowId("w1"), "Zebra", "", "{}", "draft", {}, {}}, {10, 1000},
                                      {AuditAction::WorkflowCreated, "w1", test::kClient, {}})));
  BOOST_TEST(!any_file_holds("Zebra"));
  store.reset();
  BOOST_TEST(!any_file_holds(ada.text()));
}

// Another process, with stores of its own over the same folder, opens them all the time.
BOOST_AUTO_TEST_CASE(nobody_who_opens_the_store_meanwhile_brings_its_file_back) {
  store::UserStores theirs(folder.path(), 1, crypto::sha256_text, accounts.get());
  const auto other = add_user("other");
  for (int i = 0; i < 30; ++i) {
    const auto ada = add_user();
    if (i % 2 == 0) BOOST_REQUIRE(users.open(ada));
    std::atomic<bool> done = false;
    std::thread opener([&] {
      while (!done) {
        if (const auto store = theirs.open(ada)) (void)(*store)->credentials();
        (void)theirs.open(other);  // so that the next is opened anew
      }
    });
    erase(ada);
    BOOST_TEST(test::value_of(accounts->unfinished_erasures()).empty());
    done = true;
    opener.join();
    BOOST_TEST(files_of(ada) == 0U);
  }
}

BOOST_AUTO_TEST_SUITE_END()
