#include "server/accounts/two_factor.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>

#include "server/crypto/totp.h"
#include "server/store/sqlite_user_store.h"
#include "server/vault/data_key_rotation.h"
#include "server/vault/key_doctor.h"
#include "tests/support/accounts_fixture.h"
#include "tests/support/child_process.h"

using namespace ownkey;
using namespace ownkey::accounts;
using test::kClient;
using test::value_of;

namespace {

constexpr auto kStep = std::chrono::seconds(30);

struct Fixture : test::AccountsFixture {
  Secret secret;
  std::vector<Secret> codes;

  static Secret password() { return Secret("correct horse"); }
  void set_up() { secret = value_of(two_factor.set_up(id, password(), kClient)).secret; }
  void enable() {
    set_up();
    codes = value_of(two_factor.enable(id, code(), kClient));
    clock.advance(kStep);  // for a code that was not used
  }

  Secret code() { return Secret(crypto::totp_code(secret, crypto::totp_step(clock.now()))); }
  Secret wrong_code() {
    const auto right = code();
    return Secret(right.reveal() == "000000" ? "000001" : "000000");
  }

  Result<SignedIn> sign_in(std::optional<Secret> totp_code = {}, const std::string& word = "correct horse") {
    return service.sign_in({"ada@example.com", Secret(word), {}, std::move(totp_code)}, kClient);
  }
  ErrorKind refusal(std::optional<Secret> totp_code) {
    const auto result = sign_in(std::move(totp_code));
    BOOST_REQUIRE(!result);
    return result.error().kind;
  }
  std::int64_t codes_left() { return value_of(two_factor.state(id)).recovery_codes_left; }
  // They are noted a moment after they were answered, and are not to come after what follows.
  void wait_for_refusals(std::ptrdiff_t count) {
    BOOST_REQUIRE(test::eventually([&] {
      return std::ranges::count(value_of(audit.entries(id, {}, 10)), "forbidden", &store::AuditEntry::result) == count;
    }));
  }
  // "action result" of what was told last.
  std::string told() {
    const auto entry = value_of(audit.entries(id, {}, 1)).at(0);
    return entry.action + " " + entry.result;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts_two_factor, Fixture)

BOOST_AUTO_TEST_CASE(once_it_is_on_the_password_alone_does_not_do) {
  BOOST_TEST(bool(sign_in()));
  enable();
  BOOST_TEST(told() == "two_factor.enabled success");
  BOOST_TEST((refusal(std::nullopt) == ErrorKind::TwoFactorRequired));
  BOOST_TEST((refusal(wrong_code()) == ErrorKind::TwoFactorRejected));
  BOOST_TEST(bool(sign_in(code())));
}

BOOST_AUTO_TEST_CASE(a_secret_counts_only_once_a_code_of_it_was_seen) {
  set_up();
  BOOST_TEST(!value_of(two_factor.state(id)).enabled_at);
  BOOST_TEST(bool(sign_in()));
  const auto wrong = two_factor.enable(id, wrong_code(), kClient);
  BOOST_REQUIRE(!wrong);
  BOOST_TEST((wrong.error().kind == ErrorKind::Forbidden));
  BOOST_TEST(wrong.error().field == "totp_code");
  BOOST_TEST(bool(sign_in()));
  BOOST_TEST(bool(two_factor.enable(id, code(), kClient)));
  BOOST_TEST((value_of(two_factor.state(id)).enabled_at == clock.now()));
}

BOOST_AUTO_TEST_CASE(setting_up_again_takes_the_place_of_what_was_not_enabled) {
  set_up();
  const auto old_code = code();
  set_up();
  BOOST_TEST(!two_factor.enable(id, old_code, kClient));
  BOOST_TEST(bool(two_factor.enable(id, code(), kClient)));
}

BOOST_AUTO_TEST_CASE(a_set_up_is_good_for_ten_minutes) {
  set_up();
  clock.advance(std::chrono::minutes(10));
  BOOST_TEST((two_factor.enable(id, code(), kClient).error().kind == ErrorKind::Conflict));
  set_up();
  clock.advance(std::chrono::minutes(10) - std::chrono::milliseconds(1));
  BOOST_TEST(bool(two_factor.enable(id, code(), kClient)));
}

BOOST_AUTO_TEST_CASE(setting_up_needs_the_password_and_that_it_is_off) {
  const auto wrong = two_factor.set_up(id, Secret("wrong horse"), kClient);
  BOOST_REQUIRE(!wrong);
  BOOST_TEST((wrong.error().kind == ErrorKind::Forbidden));
  BOOST_TEST(wrong.error().field == "current_password");
  enable();
  BOOST_TEST((two_factor.set_up(id, password(), kClient).error().kind == ErrorKind::Conflict));
  BOOST_TEST(bool(sign_in(code())));
}

BOOST_AUTO_TEST_CASE(each_code_works_once) {
  set_up();
  const auto first = code();
  codes = value_of(two_factor.enable(id, first, kClient));
  BOOST_TEST((refusal(first.clone()) == ErrorKind::TwoFactorRejected));
  clock.advance(kStep);
  BOOST_TEST(bool(sign_in(code())));
  BOOST_TEST((refusal(code()) == ErrorKind::TwoFactorRejected));
  clock.advance(kStep);
  BOOST_TEST(bool(sign_in(code())));
}

BOOST_AUTO_TEST_CASE(of_several_who_come_at_once_with_one_code_one_gets_in) {
  enable();
  const auto one = code();
  std::atomic<int> inside = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        if (two_factor.check(id, one.clone(), kClient)) ++inside;
      });
  }
  BOOST_TEST(inside == 1);
}

BOOST_AUTO_TEST_CASE(a_recovery_code_signs_in_once) {
  enable();
  BOOST_TEST(codes_left() == 10);
  BOOST_TEST(bool(sign_in(codes.at(3).clone())));
  BOOST_TEST(codes_left() == 9);
  BOOST_TEST((refusal(codes.at(3).clone()) == ErrorKind::TwoFactorRejected));
  BOOST_TEST(bool(sign_in(codes.at(4).clone())));
  // What was refused may be told a moment later, so only the number of entries is certain.
  const auto entries = value_of(audit.entries(id, {}, 100));
  BOOST_TEST(std::ranges::count(entries, "recovery_code.used", &store::AuditEntry::action) == 2);
}

BOOST_AUTO_TEST_CASE(new_recovery_codes_take_the_place_of_the_old_ones) {
  enable();
  const auto by_recovery_code = two_factor.renew_recovery_codes(id, password(), codes.at(0), kClient);
  BOOST_REQUIRE(!by_recovery_code);
  BOOST_TEST(by_recovery_code.error().field == "totp_code");
  wait_for_refusals(1);
  const auto fresh = value_of(two_factor.renew_recovery_codes(id, password(), code(), kClient));
  BOOST_TEST(told() == "recovery_codes.renewed success");
  BOOST_TEST((refusal(codes.at(0).clone()) == ErrorKind::TwoFactorRejected));
  BOOST_TEST(bool(sign_in(fresh.at(0).clone())));
}

BOOST_AUTO_TEST_CASE(switching_it_off_needs_password_and_code) {
  enable();
  BOOST_TEST(two_factor.disable(id, Secret("wrong horse"), code(), kClient).error().field == "current_password");
  BOOST_TEST(two_factor.disable(id, password(), wrong_code(), kClient).error().field == "totp_code");
  BOOST_TEST((refusal(std::nullopt) == ErrorKind::TwoFactorRequired));
  wait_for_refusals(2);
  BOOST_TEST(bool(two_factor.disable(id, password(), code(), kClient)));
  BOOST_TEST(told() == "two_factor.disabled success");
  BOOST_TEST(bool(sign_in()));
  BOOST_TEST(codes_left() == 0);
  BOOST_TEST((two_factor.disable(id, password(), code(), kClient).error().kind == ErrorKind::Conflict));
}

BOOST_AUTO_TEST_CASE(a_recovery_code_switches_it_off_too_and_a_new_set_up_knows_no_old_code) {
  enable();
  BOOST_TEST(bool(two_factor.disable(id, password(), codes.at(0), kClient)));
  const auto old = codes.at(1).clone();
  enable();
  BOOST_TEST((refusal(old.clone()) == ErrorKind::TwoFactorRejected));
}

BOOST_AUTO_TEST_CASE(wrong_codes_are_limited_and_told) {
  enable();
  for (int i = 0; i < 10; ++i) BOOST_TEST((refusal(wrong_code()) == ErrorKind::TwoFactorRejected));
  const auto limited = sign_in(code());
  BOOST_REQUIRE(!limited);
  BOOST_TEST((limited.error().kind == ErrorKind::RateLimited));
  BOOST_TEST(limited.error().retry_after_s.value() > 0);
  BOOST_TEST((two_factor.disable(id, password(), code(), kClient).error().kind == ErrorKind::RateLimited));
  clock.advance(kStep);
  BOOST_TEST(bool(sign_in(code())));
  BOOST_TEST(test::eventually([&] {
    for (const auto& entry : value_of(audit.entries(id, {}, 100)))
      if (entry.action == "session.started" && entry.result == "two_factor_rejected") return true;
    return false;
  }));
}

// Regression: those who came while others were still being checked found the last try untouched.
BOOST_AUTO_TEST_CASE(of_many_wrong_codes_at_once_only_as_many_are_checked_as_tries_are_left) {
  enable();
  for (int i = 1; i < 10; ++i) BOOST_TEST(!two_factor.check(id, wrong_code(), kClient));
  auto slow = sealing();
  slow.open = [open = slow.open](const auto& place, const auto& sealed) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return open(place, sealed);
  };
  TwoFactor slowly({users, check, limiter, audit, random, clock, slow});
  std::atomic<int> checked = 0, limited = 0;
  {
    std::latch start(8);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&] {
        const auto code = wrong_code();
        start.arrive_and_wait();
        ++(slowly.check(id, code.clone(), kClient).error().kind == ErrorKind::RateLimited ? limited : checked);
      });
  }
  BOOST_TEST(checked == 1);
  BOOST_TEST(limited == 7);
}

BOOST_AUTO_TEST_CASE(wrong_codes_from_many_addresses_are_limited_too) {
  enable();
  int tried = 0;
  for (bool limited = false; !limited; ++tried) {
    BOOST_REQUIRE(tried < 100);
    const auto result = two_factor.check(id, wrong_code(), {"203.0.113." + std::to_string(tried), "evil"});
    limited = result.error().kind == ErrorKind::RateLimited;
  }
  BOOST_TEST(tried == 31);
}

// Regression: one who has a whole IPv6 network had fresh tries at each of its addresses.
BOOST_AUTO_TEST_CASE(wrong_codes_are_counted_for_a_whole_ipv6_network) {
  enable();
  const auto refusal_at = [&](const std::string& address) {
    return two_factor.check(id, wrong_code(), {address, "test"}).error().kind;
  };
  for (int i = 0; i < 10; ++i)
    BOOST_TEST((refusal_at("2001:db8:1:2::" + std::to_string(i)) == ErrorKind::TwoFactorRejected));
  BOOST_TEST((refusal_at("2001:db8:1:2:f:e:d:c") == ErrorKind::RateLimited));
  BOOST_TEST((refusal_at("2001:db8:1:3::1") == ErrorKind::TwoFactorRejected));
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_answered_as_without_a_second_factor) {
  const auto before = sign_in({}, "wrong horse");
  enable();
  const auto after = sign_in(code(), "wrong horse");
  BOOST_REQUIRE(!before);
  BOOST_REQUIRE(!after);
  BOOST_TEST((before.error().kind == after.error().kind));
  BOOST_TEST(before.error().public_text == after.error().public_text);
  BOOST_TEST(before.error().field == after.error().field);
  BOOST_TEST(bool(sign_in(code())));  // the code was not used up
}

BOOST_AUTO_TEST_CASE(the_secret_lies_sealed_and_moves_to_a_new_data_key) {
  enable();
  const auto value = value_of(store::read_sealed_values(users.file_of(id), id, store::FileMark::Made)).at(0);
  BOOST_TEST(value.column == "sealed_secret");
  vault::DataKeyRotation rotation{*this->accounts, users, keys, random, clock};
  BOOST_TEST(value_of(rotation.renew(id, base::command_line())).moved == 1);
  BOOST_TEST(!(value_of(store::read_sealed_values(users.file_of(id), id, store::FileMark::Made)).at(0).sealed ==
               value.sealed));
  BOOST_TEST(bool(sign_in(code())));
  BOOST_TEST(bool(sign_in(codes.at(0).clone())));
  vault::KeyDoctor doctor(*this->accounts, users, keys);
  const auto examination = value_of(doctor.examine(
      vault::KeyDoctor::Depth::Values, [](const auto&) {}, [](const auto&) { return true; }));
  BOOST_TEST(examination.values.readable == 1);
  BOOST_TEST(examination.values.all_readable());
}

BOOST_AUTO_TEST_CASE(a_secret_that_cannot_be_read_lets_nobody_in) {
  enable();
  const auto store = value_of(users.open(id));
  const auto damage = [](const store::SealedValue& value) -> std::optional<base::Sealed> {
    auto bytes = value.sealed.bytes();
    bytes.back() ^= 1;
    return base::Sealed(std::move(bytes));
  };
  BOOST_REQUIRE(store->reseal_all(damage, {AuditAction::DataKeyRotated, {}, kClient, clock.now()}));
  BOOST_TEST((refusal(code()) == ErrorKind::CredentialUnreadable));
  BOOST_TEST((refusal(codes.at(0).clone()) == ErrorKind::CredentialUnreadable));
}

// Regression: in the file that was made in its place there was no second factor.
BOOST_AUTO_TEST_CASE(the_password_alone_does_not_do_where_the_file_with_the_second_factor_was_lost) {
  enable();
  const auto sign_in_later = [&] {
    store::UserStores stores(folder.path(), 4, crypto::sha256_text, this->accounts.get());
    TwoFactor later({stores, check, limiter, audit, random, clock, sealing()});
    return later.check(id, std::nullopt, kClient);
  };
  BOOST_TEST((sign_in_later().error().kind == ErrorKind::TwoFactorRequired));
  std::filesystem::resize_file(users.file_of(id), 0);
  BOOST_TEST((sign_in_later().error().kind == ErrorKind::Internal));
  std::filesystem::remove(users.file_of(id));
  const auto refused = sign_in_later();
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().kind == ErrorKind::Internal));
  BOOST_TEST(refused.error().public_text.find("the operator must bring it back from a backup") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
