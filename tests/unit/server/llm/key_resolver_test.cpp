#include "server/llm/key_resolver.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::llm;

namespace {

constexpr std::string_view kOldKey = "sk-for-the-old-host-0123456789";
constexpr std::string_view kNewKey = "sk-for-the-new-host-0123456789";

struct Fixture : test::VaultFixture {
  base::UserId user = add_user();
  KeyResolver resolver{vault, users, {}};

  void save_for(std::string host, std::string_view key) {
    save(user, Provider::OpenAiCompatible, key, "default", "https://" + host + "/v1");
  }
  ChosenKey choose() { return test::value_of(resolver.choose(user, Provider::OpenAiCompatible, std::nullopt)); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(key_resolver, Fixture)

BOOST_AUTO_TEST_CASE(a_key_saved_after_the_choice_is_never_opened_for_the_old_host) {
  save_for("old.example.com", kOldKey);
  const auto before = choose();
  save_for("new.example.com", kNewKey);
  const auto stale = resolver.open(user, before);
  BOOST_REQUIRE(!stale);
  BOOST_TEST((stale.error().kind == ErrorKind::Conflict));
  const auto after = choose();
  BOOST_TEST(*after.base_url() == "https://new.example.com/v1");
  BOOST_TEST(resolver.open(user, after)->reveal() == kNewKey);
}

BOOST_AUTO_TEST_CASE(a_key_removed_and_added_again_is_not_the_one_that_was_chosen) {
  save_for("old.example.com", kOldKey);
  const auto before = choose();
  BOOST_REQUIRE(vault.remove(user, Provider::OpenAiCompatible, "default", test::kClient));
  save_for("new.example.com", kNewKey);
  const auto stale = resolver.open(user, before);
  BOOST_REQUIRE(!stale);
  BOOST_TEST((stale.error().kind == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_CASE(who_has_no_key_yet_is_told_so) {
  const auto none = resolver.choose(user, Provider::OpenAi, std::nullopt);
  BOOST_REQUIRE(!none);
  BOOST_TEST((none.error().kind == ErrorKind::NoCredential));
  BOOST_TEST(none.error().public_text == "you have no OpenAI key yet; add one to run this");
}

BOOST_AUTO_TEST_SUITE_END()
