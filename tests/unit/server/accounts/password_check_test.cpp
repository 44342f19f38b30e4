#include "server/accounts/password_check.h"

#include <boost/test/unit_test.hpp>

#include "server/accounts/profile.h"
#include "tests/support/accounts_fixture.h"

using namespace ownkey;
using namespace ownkey::accounts;
using test::value_of;

namespace {

struct Fixture : test::AccountsFixture {
  Profile profile{*this->accounts, sessions, passwords, check, audit, clock};
};

constexpr auto kAction = AuditAction::PasswordChanged;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts_password_check, Fixture)

BOOST_AUTO_TEST_CASE(a_password_that_was_changed_meanwhile_holds_no_longer) {
  const auto checked = value_of(check.by_email("ada@example.com", Secret("correct horse"), test::kClient));
  BOOST_TEST(value_of(check.still_holds(checked)));
  BOOST_REQUIRE(profile.change_password({id, ada.session.id}, {Secret("correct horse"), Secret("battery staple")},
                                        test::kClient, Profile::Token::Keep));
  BOOST_TEST(!value_of(check.still_holds(checked)));
}

BOOST_AUTO_TEST_CASE(a_password_of_an_account_that_was_disabled_meanwhile_holds_no_longer) {
  const auto checked = value_of(check.by_email("ada@example.com", Secret("correct horse"), test::kClient));
  BOOST_REQUIRE(this->accounts->disable_user(id, clock.now()));
  BOOST_TEST(!value_of(check.still_holds(checked)));
}

// Regression: a login that had checked the old password could bring it back, by hashing it at a higher cost.
BOOST_AUTO_TEST_CASE(an_old_password_is_not_brought_back_by_hashing_it_anew) {
  const auto old_row = value_of(check.again(id, Secret("correct horse"), kAction, test::kClient));
  BOOST_REQUIRE(profile.change_password({id, ada.session.id}, {Secret("correct horse"), Secret("battery staple")},
                                        test::kClient, Profile::Token::Keep));
  BOOST_TEST(!value_of(this->accounts->replace_password_hash(old_row, "$argon2id$older", clock.now())));
  BOOST_TEST(bool(check.again(id, Secret("battery staple"), kAction, test::kClient)));
}

BOOST_AUTO_TEST_CASE(a_password_of_a_lower_cost_is_hashed_anew_and_goes_on_to_hold) {
  PasswordGate dearer({.at_once = 2, .waiting = 32, .cost = {16, 1, 1}}, random);
  PasswordCheck later(*this->accounts, dearer, limiter, audit, clock);
  const auto before = value_of(this->accounts->get_user(id))->password_hash;
  const auto checked = value_of(later.again(id, Secret("correct horse"), kAction, test::kClient));
  BOOST_TEST(value_of(this->accounts->get_user(id))->password_hash != before);
  BOOST_TEST(value_of(later.still_holds(checked)));
}

BOOST_AUTO_TEST_SUITE_END()
