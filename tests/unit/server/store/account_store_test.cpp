#include "server/store/account_store.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

const base::Time kNow = base::from_millis(1'000'000);

UserRow user(const std::string& id, const std::string& email) {
  return {base::UserId(id), email, "", "$argon2id$", kNow};
}

DataKeyRow data_key(const std::string& id) { return {base::UserId(id), 1, 7, base::Sealed({1, 2, 3})}; }

SessionRow session(const std::string& user_id, const std::string& id, std::uint8_t hash, base::Time used = kNow) {
  return {base::UserId(user_id), base::SessionId(id), {hash}, "127.0.0.1", "agent", kNow, used};
}

struct Fixture {
  test::TempFolder folder;
  std::unique_ptr<AccountStore> store = std::move(*open_account_store(folder / "accounts.db"));

  Result<void> create(const std::string& id, const std::string& email,
                      AccountStore::Who who = AccountStore::Who::Anyone) {
    return store->create_user(user(id, email), data_key(id), who);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(account_store, Fixture)

BOOST_AUTO_TEST_CASE(a_user_is_found_by_address_and_by_id) {
  BOOST_REQUIRE(create("u1", "ada@example.com"));
  BOOST_TEST((*store->find_user("ada@example.com"))->id.text() == "u1");
  BOOST_TEST((*store->get_user(base::UserId("u1")))->email == "ada@example.com");
  BOOST_TEST(!store->find_user("bob@example.com")->has_value());
  BOOST_TEST(store->current_data_key(base::UserId("u1"))->master_key_id == 7U);
}

BOOST_AUTO_TEST_CASE(an_address_has_one_account) {
  BOOST_REQUIRE(create("u1", "ada@example.com"));
  const auto again = create("u2", "ada@example.com");
  BOOST_REQUIRE(!again);
  BOOST_TEST((again.error().kind == ErrorKind::Conflict));
  BOOST_TEST(again.error().field == "email");
  BOOST_TEST(!store->get_user(base::UserId("u2"))->has_value());
}

BOOST_AUTO_TEST_CASE(erasures_are_due_from_their_time_on_until_they_are_done) {
  BOOST_REQUIRE(create("u1", "ada@example.com"));
  const base::UserId ada("u1");
  const auto later = kNow + std::chrono::minutes(1);
  BOOST_REQUIRE(store->add_key_erasure(ada, kNow));
  BOOST_REQUIRE(store->add_key_erasure(ada, kNow));
  BOOST_REQUIRE(store->add_key_erasure(ada, later));
  BOOST_TEST(store->due_key_erasures(kNow - std::chrono::milliseconds(1))->empty());
  BOOST_TEST(store->due_key_erasures(kNow)->size() == 1U);
  BOOST_TEST(store->due_key_erasures(later)->size() == 1U);
  BOOST_REQUIRE(store->remove_key_erasures(ada, kNow));
  BOOST_TEST(store->due_key_erasures(kNow)->empty());
  BOOST_TEST(store->due_key_erasures(later)->front().text() == "u1");
}

BOOST_AUTO_TEST_CASE(only_the_first_user_may_come_where_that_is_asked) {
  BOOST_REQUIRE(create("u1", "ada@example.com", AccountStore::Who::OnlyFirst));
  const auto second = create("u2", "bob@example.com", AccountStore::Who::OnlyFirst);
  BOOST_REQUIRE(!second);
  BOOST_TEST((second.error().kind == ErrorKind::Forbidden));
}

BOOST_AUTO_TEST_CASE(a_session_is_found_by_the_hash_of_its_token_until_it_is_removed) {
  BOOST_REQUIRE(create("u1", "ada@example.com"));
  BOOST_REQUIRE(store->add_session(session("u1", "s1", 9)));
  const base::Bytes hash{9}, other{8};
  BOOST_TEST((*store->find_session(hash))->user.text() == "u1");
  BOOST_TEST(!store->find_session(other)->has_value());
  BOOST_REQUIRE(store->remove_session(base::UserId("u2"), base::SessionId("s1")));
  BOOST_TEST(store->find_session(hash)->has_value());
  BOOST_REQUIRE(store->remove_session(base::UserId("u1"), base::SessionId("s1")));
  BOOST_TEST(!store->find_session(hash)->has_value());
}

BOOST_AUTO_TEST_CASE(old_sessions_go) {
  BOOST_REQUIRE(create("u1", "ada@example.com"));
  BOOST_REQUIRE(store->add_session(session("u1", "idle", 1, kNow)));
  BOOST_REQUIRE(store->add_session(session("u1", "used", 2, kNow + std::chrono::hours(5))));
  BOOST_REQUIRE(store->remove_old_sessions(kNow, kNow + std::chrono::hours(1)));
  BOOST_TEST(!store->find_session(base::Bytes{1})->has_value());
  BOOST_TEST(store->find_session(base::Bytes{2})->has_value());
}

BOOST_AUTO_TEST_CASE(master_key_use_counts_data_keys) {
  BOOST_TEST(store->master_key_use()->empty());
  BOOST_REQUIRE(create("u1", "ada@example.com"));
  BOOST_REQUIRE(create("u2", "bob@example.com"));
  const auto uses = store->master_key_use();
  BOOST_REQUIRE(uses->size() == 1U);
  BOOST_TEST(uses->front().data_keys == 2);
}

BOOST_AUTO_TEST_SUITE_END()
