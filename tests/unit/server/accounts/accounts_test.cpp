#include "server/accounts/accounts.h"

#include <boost/test/unit_test.hpp>

#include <thread>

#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::accounts;

namespace {

struct Fixture : test::VaultFixture {
  Sessions sessions{*this->accounts, random, clock};
  PasswordGate passwords{{.at_once = 2, .waiting = 32, .cost = {8, 1, 1}}, random};
  RateLimiter limiter{clock};
  std::string logged;
  base::Log log = base::Log::to([this](std::string_view line) { logged += line; }, base::Log::Format::Text);
  AuditLog audit{*this->accounts, users, clock, log};
  PasswordCheck check{*this->accounts, passwords, limiter, audit, clock};
  TwoFactor two_factor{{users, check, limiter, audit, random, clock, {}}};

  Accounts make(config::Registration registration = config::Registration::Open) {
    return Accounts({*this->accounts, sessions, passwords, check, two_factor, audit, random, clock,
                     [this](const base::UserId& user) { return keys.new_data_key(user); }},
                    registration);
  }
  static api::RegisterRequest sign_up_message(const std::string& email, const std::string& password = "correct horse") {
    return {email, Secret(password), "Ada", {}};
  }
  static api::LoginRequest sign_in_message(const std::string& email, const std::string& password = "correct horse") {
    return {email, Secret(password), {}};
  }
};

using test::kClient;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts_service, Fixture)

BOOST_AUTO_TEST_CASE(signing_up_begins_a_session_that_proves_who_one_is) {
  auto service = make();
  const auto signed_up = service.sign_up(sign_up_message(" Ada@Example.com "), kClient);
  BOOST_REQUIRE(signed_up);
  BOOST_TEST(signed_up->user.email == "ada@example.com");
  const auto session = sessions.find(signed_up->session.token);
  BOOST_REQUIRE(session);
  BOOST_TEST(service.user(session->user)->id == signed_up->user.id);
}

BOOST_AUTO_TEST_CASE(signing_in_again_gives_a_new_session_each_time) {
  auto service = make();
  const auto first = service.sign_up(sign_up_message("ada@example.com"), kClient);
  const auto second = service.sign_in(sign_in_message("ADA@example.com"), kClient);
  BOOST_REQUIRE(first);
  BOOST_REQUIRE(second);
  BOOST_TEST(first->session.token.reveal() != second->session.token.reveal());
  BOOST_TEST(bool(sessions.find(first->session.token)));
}

BOOST_AUTO_TEST_CASE(an_unknown_address_and_a_wrong_password_are_answered_alike) {
  auto service = make();
  BOOST_REQUIRE(service.sign_up(sign_up_message("ada@example.com"), kClient));
  const auto wrong = service.sign_in(sign_in_message("ada@example.com", "wrong horse"), kClient);
  const auto unknown = service.sign_in(sign_in_message("bob@example.com"), kClient);
  BOOST_REQUIRE(!wrong);
  BOOST_REQUIRE(!unknown);
  BOOST_TEST((wrong.error().kind == ErrorKind::Unauthenticated));
  BOOST_TEST((unknown.error().kind == wrong.error().kind));
  BOOST_TEST(unknown.error().public_text == wrong.error().public_text);
}

BOOST_AUTO_TEST_CASE(guessing_a_password_is_stopped_and_time_lets_one_try_again) {
  auto service = make();
  BOOST_REQUIRE(service.sign_up(sign_up_message("ada@example.com"), kClient));
  for (int i = 0; i < 10; ++i) BOOST_TEST(!service.sign_in(sign_in_message("ada@example.com", "guess no. x"), kClient));
  const auto right = service.sign_in(sign_in_message("ada@example.com"), kClient);
  BOOST_REQUIRE(!right);
  BOOST_TEST((right.error().kind == ErrorKind::RateLimited));
  BOOST_TEST(right.error().retry_after_s.value() > 0);
  BOOST_TEST(!service.sign_in(sign_in_message("bob@example.com"), kClient));
  clock.advance(std::chrono::seconds(31));
  BOOST_TEST(bool(service.sign_in(sign_in_message("ada@example.com"), kClient)));
}

// Regression: anybody could lock anybody out by trying wrong passwords from elsewhere.
BOOST_AUTO_TEST_CASE(wrong_passwords_from_elsewhere_do_not_lock_the_owner_out) {
  auto service = make();
  BOOST_REQUIRE(service.sign_up(sign_up_message("ada@example.com"), kClient));
  for (int i = 0; i < 10; ++i)
    BOOST_TEST(!service.sign_in(sign_in_message("ada@example.com", "guess no. x"), {"203.0.113.9", "evil"}));
  BOOST_TEST(bool(service.sign_in(sign_in_message("ada@example.com"), {"198.51.100.7", "new phone"})));
  for (int i = 0; i < 200; ++i)
    (void)service.sign_in(sign_in_message("ada@example.com", "guess no. x"),
                          {"203.0.113." + std::to_string(i), "evil"});
  const auto stranger = service.sign_in(sign_in_message("ada@example.com"), {"192.0.2.1", "new address"});
  BOOST_REQUIRE(!stranger);
  BOOST_TEST((stranger.error().kind == ErrorKind::RateLimited));
  BOOST_TEST(bool(service.sign_in(sign_in_message("ada@example.com"), kClient)));
}

BOOST_AUTO_TEST_CASE(right_passwords_are_not_counted) {
  auto service = make();
  BOOST_REQUIRE(service.sign_up(sign_up_message("ada@example.com"), kClient));
  for (int i = 0; i < 30; ++i) BOOST_TEST(bool(service.sign_in(sign_in_message("ada@example.com"), kClient)));
}

BOOST_AUTO_TEST_CASE(bad_input_at_sign_up_names_its_field) {
  auto service = make();
  BOOST_TEST(service.sign_up(sign_up_message("nobody"), kClient).error().field == "email");
  BOOST_TEST(service.sign_up(sign_up_message("ada@example.com", "short"), kClient).error().field == "password");
  BOOST_TEST(service.sign_up(sign_up_message("ada@example.com", "PassWord"), kClient).error().field == "password");
  BOOST_REQUIRE(service.sign_up(sign_up_message("ada@example.com"), kClient));
  BOOST_TEST((service.sign_up(sign_up_message("ada@example.com"), kClient).error().kind == ErrorKind::Conflict));
}

BOOST_AUTO_TEST_CASE(a_closed_server_takes_nobody_and_first_user_takes_one) {
  BOOST_TEST((make(config::Registration::Closed).sign_up(sign_up_message("ada@example.com"), kClient).error().kind ==
              ErrorKind::Forbidden));
  auto first_only = make(config::Registration::FirstUser);
  BOOST_REQUIRE(first_only.sign_up(sign_up_message("ada@example.com"), kClient));
  BOOST_TEST((first_only.sign_up(sign_up_message("bob@example.com"), kClient).error().kind == ErrorKind::Forbidden));
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_refused_to_who_knows_its_password_alone) {
  auto service = make();
  const base::UserId id(service.sign_up(sign_up_message("ada@example.com"), kClient)->user.id);
  const auto wrong = service.sign_in(sign_in_message("ada@example.com", "wrong horse"), kClient);
  BOOST_REQUIRE(this->accounts->disable_user(id, clock.now()));
  BOOST_TEST((service.sign_in(sign_in_message("ada@example.com"), kClient).error().kind == ErrorKind::Forbidden));
  const auto guess = service.sign_in(sign_in_message("ada@example.com", "wrong horse"), kClient);
  BOOST_TEST((guess.error().kind == wrong.error().kind));
  BOOST_TEST(guess.error().public_text == wrong.error().public_text);
  BOOST_REQUIRE(this->accounts->enable_user(id, clock.now()));
  BOOST_TEST(bool(service.sign_in(sign_in_message("ada@example.com"), kClient)));
}

BOOST_AUTO_TEST_CASE(a_password_hashed_at_lower_cost_is_hashed_again_at_login) {
  auto service = make();
  const auto id = base::UserId(service.sign_up(sign_up_message("ada@example.com"), kClient)->user.id);
  const auto hash = [&] { return test::value_of(this->accounts->get_user(id))->password_hash; };
  const auto before = hash();
  PasswordGate costlier({.at_once = 1, .waiting = 1, .cost = {16, 1, 1}}, random);
  const PasswordCheck costlier_check(*this->accounts, costlier, limiter, audit, clock);
  Accounts later({*this->accounts, sessions, costlier, costlier_check, two_factor, audit, random, clock, {}},
                 config::Registration::Open);
  BOOST_REQUIRE(later.sign_in(sign_in_message("ada@example.com"), kClient));
  BOOST_TEST(before.find("m=8,") != std::string::npos);
  BOOST_TEST(hash().find("m=16,") != std::string::npos);
  BOOST_TEST(bool(later.sign_in(sign_in_message("ada@example.com"), kClient)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(sessions_service, Fixture)

BOOST_AUTO_TEST_CASE(a_session_ends_when_idle_for_a_day) {
  const auto session = test::value_of(sessions.begin(add_user("ada"), kClient));
  clock.advance(std::chrono::hours(23));
  BOOST_TEST(bool(sessions.find(session.token)));
  clock.advance(std::chrono::hours(23));
  BOOST_TEST(bool(sessions.find(session.token)));
  clock.advance(std::chrono::hours(24));
  const auto found = sessions.find(session.token);
  BOOST_REQUIRE(!found);
  BOOST_TEST((found.error().kind == ErrorKind::Unauthenticated));
}

BOOST_AUTO_TEST_CASE(a_session_ends_after_a_month_however_busy) {
  const auto session = test::value_of(sessions.begin(add_user("ada"), kClient));
  for (int hour = 0; hour < 30 * 24 - 12; hour += 12) {
    BOOST_REQUIRE(sessions.find(session.token));
    clock.advance(std::chrono::hours(12));
  }
  clock.advance(std::chrono::hours(12));
  BOOST_TEST(!sessions.find(session.token));
}

BOOST_AUTO_TEST_CASE(a_use_is_known_at_once_and_outlives_the_server_once_it_is_written) {
  const auto user = add_user("ada");
  const auto session = test::value_of(sessions.begin(user, kClient));
  const auto last_used = [&](Sessions& those) { return test::value_of(those.list(user)).at(0).last_used_at; };
  clock.advance(std::chrono::hours(23));
  BOOST_REQUIRE(sessions.find(session.token));
  BOOST_TEST((last_used(sessions) == clock.now()));

  Sessions later(*accounts, random, clock);
  BOOST_TEST((last_used(later) == clock.now() - std::chrono::hours(23)));
  BOOST_REQUIRE(sessions.write_uses());
  BOOST_TEST((last_used(later) == clock.now()));
  clock.advance(std::chrono::hours(23));
  BOOST_REQUIRE(later.remove_expired());
  BOOST_TEST(bool(later.find(session.token)));
}

BOOST_AUTO_TEST_CASE(a_session_that_was_used_is_not_removed_as_expired) {
  const auto session = test::value_of(sessions.begin(add_user("ada"), kClient));
  clock.advance(std::chrono::hours(23));
  BOOST_REQUIRE(sessions.find(session.token));
  clock.advance(std::chrono::hours(2));
  BOOST_REQUIRE(sessions.remove_expired());
  BOOST_TEST(bool(sessions.find(session.token)));
}

BOOST_AUTO_TEST_CASE(an_ended_session_is_over_at_once) {
  const auto user = add_user("ada");
  const auto session = test::value_of(sessions.begin(user, kClient)),
             other = test::value_of(sessions.begin(user, kClient));
  BOOST_REQUIRE(sessions.end({user, session.id}));
  BOOST_TEST(!sessions.find(session.token));
  BOOST_TEST(bool(sessions.find(other.token)));
}

BOOST_AUTO_TEST_CASE(a_token_is_not_in_the_database) {
  const auto session = test::value_of(sessions.begin(add_user("ada"), kClient));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
    if (entry.is_regular_file())
      BOOST_TEST(test::read_file(entry.path()).find(session.token.reveal()) == std::string::npos, entry.path());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(password_gate)

BOOST_AUTO_TEST_CASE(beyond_the_queue_callers_are_told_to_come_back) {
  crypto::SystemRandom random;
  PasswordGate gate({.at_once = 1, .waiting = 0, .cost = {64 * 1024, 1, 1}}, random);
  std::atomic<int> busy = 0, done = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < 8; ++i)
    callers.emplace_back([&] {
      const auto hashed = gate.hash(Secret("correct horse"));
      if (hashed) ++done;
      else if (hashed.error().kind == ErrorKind::Busy && hashed.error().retry_after_s) ++busy;
    });
  callers.clear();
  BOOST_TEST(done >= 1);
  BOOST_TEST(busy >= 1);
  BOOST_TEST(done + busy == 8);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(rate_limiter)

BOOST_AUTO_TEST_CASE(tries_come_back_with_time_and_buckets_do_not_share) {
  test::FakeClock clock;
  RateLimiter limiter(clock);
  const Allowance allowance{.burst = 2, .per_second = 0.5};
  BOOST_TEST(bool(limiter.take("a", "x", allowance)));
  BOOST_TEST(bool(limiter.take("a", "x", allowance)));
  const auto refused = limiter.take("a", "x", allowance);
  BOOST_REQUIRE(!refused);
  BOOST_TEST(refused.error().retry_after_s.value() == 2);
  BOOST_TEST(bool(limiter.take("a", "y", allowance)));
  BOOST_TEST(bool(limiter.take("b", "x", allowance)));
  clock.advance(std::chrono::seconds(2));
  BOOST_TEST(bool(limiter.take("a", "x", allowance)));
  BOOST_TEST(!limiter.take("a", "x", allowance));
}

BOOST_AUTO_TEST_CASE(tries_that_were_not_spent_come_back_and_no_more_than_were_taken) {
  test::FakeClock clock;
  RateLimiter limiter(clock);
  const Allowance one{.burst = 1, .per_second = 1}, two{.burst = 2, .per_second = 1};
  const auto left = [&](std::string_view what, const Allowance& allowance) {
    int taken = 0;
    while (limiter.take(what, "x", allowance)) ++taken;
    return taken;
  };
  {
    Tries tries(limiter);
    BOOST_TEST(bool(tries.take("a", "x", one)));
    BOOST_TEST(bool(tries.take("b", "x", two)));
    BOOST_TEST(!tries.take("a", "x", one));
  }
  BOOST_TEST(left("a", one) == 1);
  BOOST_TEST(left("b", two) == 2);
  clock.advance(std::chrono::seconds(2));
  {
    Tries tries(limiter);
    BOOST_TEST(bool(tries.take("a", "x", one)));
    clock.advance(std::chrono::seconds(1));
  }
  BOOST_TEST(left("a", one) == 1);
  clock.advance(std::chrono::seconds(2));
  {
    Tries tries(limiter);
    BOOST_TEST(bool(tries.take("a", "x", one)));
    BOOST_TEST(bool(tries.take("b", "x", two)));
    tries.spend();
  }
  BOOST_TEST(left("a", one) == 0);
  BOOST_TEST(left("b", two) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
