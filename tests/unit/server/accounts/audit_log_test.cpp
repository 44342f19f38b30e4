#include "server/accounts/audit_log.h"

#include <boost/test/unit_test.hpp>

#include <sqlite3.h>

#include "server/accounts/accounts.h"
#include "tests/support/child_process.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::accounts;

namespace {

const base::Client kStranger{"203.0.113.9", "evil"};

struct Fixture : test::VaultFixture {
  std::mutex lock;
  std::string logged;
  base::Log log = base::Log::to(
      [this](std::string_view line) {
        const std::scoped_lock guard(lock);
        logged += line;
      },
      base::Log::Format::Text);
  Sessions sessions{*this->accounts, random, clock};
  PasswordGate passwords{{.at_once = 2, .waiting = 32, .cost = {8, 1, 1}}, random};
  RateLimiter limiter{clock};
  AuditLog audit{*this->accounts, users, clock, log};
  PasswordCheck check{*this->accounts, passwords, limiter, audit, clock};
  TwoFactor two_factor{{users, check, limiter, audit, random, clock, {}}};
  Accounts service{{*this->accounts, sessions, passwords, check, two_factor, audit, random, clock,
                    [this](const base::UserId& user) { return keys.new_data_key(user); }},
                   config::Registration::Open};
  const SignedIn ada =
      test::value_of(service.sign_up({"ada@example.com", Secret("correct horse"), "Ada", {}}, test::kClient));
  const base::UserId ada_id{ada.user.id};

  Result<SignedIn> sign_in(const std::string& password = "correct horse", const base::Client& client = test::kClient) {
    return service.sign_in({"ada@example.com", Secret(password), {}}, client);
  }
  std::vector<store::AuditEntry> entries() { return test::value_of(audit.entries(ada_id, {}, 1000)); }
  std::string log_text() {
    const std::scoped_lock guard(lock);
    return logged;
  }
  void execute(const char* sql) {
    sqlite3* database = nullptr;
    const bool done = sqlite3_open(users.file_of(ada_id).c_str(), &database) == SQLITE_OK &&
                      sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(database);
    BOOST_REQUIRE(done);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audit_log, Fixture)

BOOST_AUTO_TEST_CASE(signing_up_in_and_out_are_told_with_their_sessions) {
  const auto again = test::value_of(sign_in());
  BOOST_REQUIRE(service.sign_out(ada_id, {"127.0.0.1", "test", again.session.id}));
  const auto all = entries();
  BOOST_REQUIRE(all.size() == 3U);
  BOOST_TEST(all[2].action == "account.created");
  BOOST_TEST(all[2].client.session.text() == ada.session.id.text());
  BOOST_TEST(all[1].action == "session.started");
  BOOST_TEST(all[1].client.session.text() == again.session.id.text());
  BOOST_TEST(all[1].client.address == "127.0.0.1");
  BOOST_TEST(all[0].action == "session.ended");
  BOOST_TEST(all[0].subject == again.session.id.text());
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_told_with_where_it_came_from_and_no_session) {
  BOOST_TEST(!sign_in("wrong horse", kStranger));
  BOOST_REQUIRE(test::eventually([&] { return entries().size() == 2; }));
  const auto entry = entries().at(0);
  BOOST_TEST(entry.action == "session.started");
  BOOST_TEST(entry.result == "unauthenticated");
  BOOST_TEST(entry.client.address == "203.0.113.9");
  BOOST_TEST(entry.client.session.text().empty());
}

BOOST_AUTO_TEST_CASE(strangers_cannot_push_everything_else_out_of_the_log) {
  for (int i = 0; i < 90; ++i) BOOST_TEST(!sign_in("guess no. x", {"203.0.113." + std::to_string(i), "evil"}));
  BOOST_REQUIRE(test::eventually([&] { return entries().size() == 21; }));
  clock.advance(std::chrono::hours(2));
  for (int i = 0; i < 90; ++i) BOOST_TEST(!sign_in("guess no. x", {"203.0.113." + std::to_string(i), "evil"}));
  BOOST_REQUIRE(test::eventually([&] { return entries().size() == 23; }));
  BOOST_REQUIRE(sign_in());  // comes after all that waited
  BOOST_TEST(entries().size() == 24U);
  BOOST_TEST(entries().back().action == "account.created");
}

BOOST_AUTO_TEST_CASE(signing_in_and_out_go_on_when_nothing_can_be_written_down) {
  execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END");
  const auto session = sign_in();
  BOOST_REQUIRE(session);
  BOOST_TEST(log_text().find("was not written") != std::string::npos);
  BOOST_TEST(bool(service.sign_out(ada_id, {"127.0.0.1", "test", session->session.id})));
  BOOST_TEST(!sessions.find(session->session.token));
  BOOST_TEST(entries().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_before_the_log_goes) {
  {
    AuditLog other(*this->accounts, users, clock, log);
    for (int i = 0; i < 20; ++i)
      other.record_refused(ada_id, AuditAction::SessionStarted, kStranger, ErrorKind::Unauthenticated);
  }
  BOOST_TEST(entries().size() == 21U);
}

BOOST_AUTO_TEST_CASE(no_file_is_made_for_somebody_who_is_not_there) {
  const base::UserId gone("gone");
  {
    AuditLog other(*this->accounts, users, clock, log);
    other.record_refused(gone, AuditAction::SessionStarted, kStranger, ErrorKind::Unauthenticated);
  }
  BOOST_TEST(!std::filesystem::exists(users.file_of(gone)));
}

BOOST_AUTO_TEST_SUITE_END()
