// A list that was made before is given again, but never for longer than it is true.
#include <boost/test/unit_test.hpp>

#include "server/vault/credential_vault.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::vault;

namespace {

struct Fixture : test::VaultFixture {
  base::UserId ada = add_user("ada");
  // Another program on the same data, such as `ownkey keys rotate`.
  store::UserStores others_users{folder.path(), 16, crypto::sha256_text, accounts.get()};
  CredentialVault others_vault{*accounts, others_users, keys, random, clock};

  json listed(const base::UserId& user) { return json::parse(test::value_of(vault.list_text(user))); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(known_lists, Fixture)

BOOST_AUTO_TEST_CASE(each_person_is_told_of_their_own_keys) {
  const auto bob = add_user("bob");
  const auto of_ada = save(ada, Provider::OpenAi, "sk-of-ada-0123456789");
  const auto of_bob = save(bob, Provider::Google, "AIza-of-bob-0123456789");
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(listed(ada).size() == 1U);
    BOOST_TEST(listed(ada)[0]["id"] == of_ada.id.text());
    BOOST_TEST(listed(ada)[0]["masked_key"] == of_ada.masked_key);
    BOOST_TEST(listed(bob)[0]["id"] == of_bob.id.text());
  }
}

BOOST_AUTO_TEST_CASE(what_is_changed_here_is_told_at_once) {
  save(ada, Provider::OpenAi, "sk-first-0123456789");
  BOOST_TEST(listed(ada)[0]["is_active"] == true);
  test::value_of(vault.edit(ada, Provider::OpenAi, kDefaultLabel, {.is_active = false, .label = {}}, test::kClient));
  BOOST_TEST(listed(ada)[0]["is_active"] == false);
  BOOST_REQUIRE(vault.remove(ada, Provider::OpenAi, kDefaultLabel, test::kClient));
  BOOST_TEST(listed(ada).empty());
}

BOOST_AUTO_TEST_CASE(what_another_process_changes_is_told_at_once) {
  save(ada, Provider::OpenAi, "sk-first-0123456789");
  BOOST_TEST(listed(ada).size() == 1U);
  test::value_of(others_vault.save(ada, {Provider::Google, "theirs", {}, Secret("AIza-0123456789")}, test::kClient));
  BOOST_TEST(listed(ada).size() == 2U);
  BOOST_REQUIRE(others_vault.remove(ada, Provider::OpenAi, kDefaultLabel, test::kClient));
  BOOST_REQUIRE(listed(ada).size() == 1U);
  BOOST_TEST(listed(ada)[0]["label"] == "theirs");
}

BOOST_AUTO_TEST_CASE(a_key_is_told_to_need_re_entry_from_when_that_is_found) {
  const auto info = save(ada, Provider::OpenAi, "sk-first-0123456789");
  const auto before = listed(ada)[0]["health"];
  vault.note_unreadable(ada, info.id, info.generation);
  BOOST_TEST(listed(ada)[0]["health"] != before);
}

BOOST_AUTO_TEST_CASE(a_key_is_told_to_need_re_entry_from_when_its_data_key_is_gone) {
  save(ada, Provider::OpenAi, "sk-first-0123456789");
  const auto before = listed(ada)[0]["health"];
  BOOST_REQUIRE(accounts->remove_data_key(ada, 1));
  BOOST_TEST(listed(ada)[0]["health"] != before);
}

BOOST_AUTO_TEST_CASE(a_replaced_key_is_told_of_until_its_time_is_over) {
  save(ada, Provider::OpenAi, "sk-first-0123456789");
  save(ada, Provider::OpenAi, "sk-second-0123456789");
  BOOST_TEST(listed(ada)[0].contains("previous"));
  clock.advance(kUndoTime - std::chrono::milliseconds(1));
  BOOST_TEST(listed(ada)[0].contains("previous"));
  clock.advance(std::chrono::milliseconds(1));
  BOOST_TEST(!listed(ada)[0].contains("previous"));
}

BOOST_AUTO_TEST_SUITE_END()
