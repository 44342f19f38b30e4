#include "server/accounts/erasure.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/accounts_fixture.h"

using namespace ownkey;
using namespace ownkey::accounts;
using test::value_of;

namespace {

const base::Client kThere{"192.0.2.7", "test"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts_erasure, test::AccountsFixture)

BOOST_AUTO_TEST_CASE(an_account_goes_with_its_password) {
  save(id, Provider::OpenAi, "sk-of-ada-0123456789");
  BOOST_REQUIRE(profile.erase(id, Secret("correct horse"), test::kClient));
  BOOST_TEST(!sessions.find(ada.session.token));
  BOOST_TEST(!service.user(id));
  BOOST_TEST(!std::filesystem::exists(users.file_of(id)));
  BOOST_TEST(value_of(this->accounts->unfinished_erasures()).empty());
}

BOOST_AUTO_TEST_CASE(a_wrong_password_erases_nothing) {
  const auto result = profile.erase(id, Secret("wrong horse"), test::kClient);
  BOOST_REQUIRE(!result);
  BOOST_TEST((result.error().kind == ErrorKind::Forbidden));
  BOOST_TEST(result.error().field == "current_password");
  BOOST_TEST(bool(service.user(id)));
  BOOST_TEST(bool(sessions.find(ada.session.token)));
}

BOOST_AUTO_TEST_CASE(wrong_passwords_here_and_at_signing_in_are_counted_together) {
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(!profile.erase(id, Secret("wrong horse"), test::kClient));
    BOOST_TEST(!service.sign_in({"ada@example.com", Secret("wrong horse"), {}}, test::kClient));
  }
  const auto result = profile.erase(id, Secret("correct horse"), test::kClient);
  BOOST_REQUIRE(!result);
  BOOST_TEST((result.error().kind == ErrorKind::RateLimited));
  const auto sign_in = service.sign_in({"ada@example.com", Secret("correct horse"), {}}, test::kClient);
  BOOST_REQUIRE(!sign_in);
  BOOST_TEST((sign_in.error().kind == ErrorKind::RateLimited));
  BOOST_TEST(bool(profile.erase(id, Secret("correct horse"), kThere)));
}

BOOST_AUTO_TEST_CASE(an_erasure_that_was_interrupted_goes_on) {
  save(id, Provider::OpenAi, "sk-of-ada-0123456789");
  BOOST_REQUIRE(this->accounts->begin_erasure(id));
  BOOST_TEST(std::filesystem::exists(users.file_of(id)));
  erasure.resume();
  BOOST_TEST(!std::filesystem::exists(users.file_of(id)));
  BOOST_TEST(value_of(this->accounts->unfinished_erasures()).empty());
  BOOST_TEST(test::read_file(folder / "accounts.db").find(id.text()) == std::string::npos);
  BOOST_TEST(std::filesystem::file_size(folder / "accounts.db-wal") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
