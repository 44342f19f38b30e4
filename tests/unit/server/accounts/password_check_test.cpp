#include "server/accounts/password_check.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <latch>
#include <thread>
#include <vector>

#include "server/accounts/profile.h"
#include "tests/support/accounts_fixture.h"

using namespace ownkey;
using namespace ownkey::accounts;
using test::value_of;

namespace {

constexpr auto kAction = AuditAction::PasswordChanged;
constexpr int kTriesFromHere = 10;

// How they end that many begin at the same time.
template <class Try>
std::vector<ErrorKind> failures_of(int many, const Try& try_once) {
  std::vector<ErrorKind> failures(static_cast<std::size_t>(many));
  std::latch start(many);
  std::vector<std::jthread> threads;
  for (auto& failure : failures)
    threads.emplace_back([&] {
      start.arrive_and_wait();
      failure = try_once().error().kind;
    });
  threads.clear();
  return failures;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts_password_check, test::AccountsFixture)

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

// Regression: those who came while others were still being checked found the last try untouched.
BOOST_AUTO_TEST_CASE(of_many_who_try_wrong_passwords_at_once_only_as_many_are_checked_as_tries_are_left) {
  PasswordGate slow({.at_once = 2, .waiting = 32, .cost = {16 * 1024, 1, 1}}, random);
  PasswordCheck slowly(*this->accounts, slow, limiter, audit, clock);
  for (const auto* email : {"ada@example.com", "nobody@example.com"}) {
    for (int i = 1; i < kTriesFromHere; ++i) BOOST_TEST(!check.by_email(email, Secret("wrong horse"), test::kClient));
    const auto failures = failures_of(8, [&] { return slowly.by_email(email, Secret("wrong horse"), test::kClient); });
    BOOST_TEST(std::ranges::count(failures, ErrorKind::Unauthenticated) == 1);
    BOOST_TEST(std::ranges::count(failures, ErrorKind::RateLimited) == 7);
  }
  clock.advance(std::chrono::seconds(31));
  const auto failures = failures_of(8, [&] { return slowly.again(id, Secret("wrong horse"), kAction, test::kClient); });
  BOOST_TEST(std::ranges::count(failures, ErrorKind::Forbidden) == 1);
}

// Regression: one who has a whole IPv6 network had fresh tries at each of its addresses.
BOOST_AUTO_TEST_CASE(tries_are_counted_for_a_whole_ipv6_network) {
  const auto guess_from = [&](const std::string& address) {
    return check.by_email("ada@example.com", Secret("wrong horse"), {address, "test"}).error().kind;
  };
  for (int i = 0; i < kTriesFromHere; ++i)
    BOOST_TEST((guess_from("2001:db8:1:2::" + std::to_string(i)) == ErrorKind::Unauthenticated));
  BOOST_TEST((guess_from("2001:db8:1:2:f:e:d:c") == ErrorKind::RateLimited));
  BOOST_TEST((guess_from("2001:db8:1:3::1") == ErrorKind::Unauthenticated));
}

// Their devices take new addresses of their network all the time.
BOOST_AUTO_TEST_CASE(who_is_signed_in_from_a_network_is_at_home_in_all_of_it) {
  clock.advance(std::chrono::minutes(1));  // so that this session is listed first
  BOOST_REQUIRE(sessions.begin(id, {"2001:db8:1:2::1", "laptop"}));
  const auto sign_in_from = [&](const std::string& address, const std::string& password = "correct horse") {
    return check.by_email("ada@example.com", Secret(password), {address, "test"});
  };
  for (int i = 0; i < 100; ++i) BOOST_TEST(!sign_in_from("203.0.113." + std::to_string(i), "wrong horse"));
  BOOST_TEST((sign_in_from("203.0.113.200").error().kind == ErrorKind::RateLimited));
  BOOST_TEST(bool(sign_in_from("2001:db8:1:2::7")));
  BOOST_TEST((sign_in_from("2001:db8:1:3::7").error().kind == ErrorKind::RateLimited));
  BOOST_TEST(value_of(sessions.list(id)).front().client.address == "2001:db8:1:2::1");
}

BOOST_AUTO_TEST_CASE(a_password_that_was_right_or_could_not_be_checked_costs_no_try) {
  PasswordGate full({.at_once = 0, .waiting = 0, .cost = {8, 1, 1}}, random);
  PasswordCheck busy(*this->accounts, full, limiter, audit, clock);
  for (int i = 0; i < 2 * kTriesFromHere; ++i) {
    BOOST_TEST(
        (busy.by_email("ada@example.com", Secret("wrong horse"), test::kClient).error().kind == ErrorKind::Busy));
    BOOST_TEST((busy.again(id, Secret("wrong horse"), kAction, test::kClient).error().kind == ErrorKind::Busy));
    BOOST_TEST(bool(check.by_email("ada@example.com", Secret("correct horse"), test::kClient)));
  }
  int wrong = 0;
  while (check.again(id, Secret("wrong horse"), kAction, test::kClient).error().kind == ErrorKind::Forbidden) ++wrong;
  BOOST_TEST(wrong == kTriesFromHere);
}

BOOST_AUTO_TEST_SUITE_END()
