// What goes on while the disk is full: reading and signing in. What is to be stored is refused, and nothing is lost.
#include <boost/test/unit_test.hpp>

#include "server/accounts/profile.h"
#include "server/crypto/password_hash.h"
#include "server/crypto/totp.h"
#include "tests/support/accounts_fixture.h"
#include "tests/support/full_disk.h"

using namespace ownkey;
using namespace ownkey::accounts;
using test::FullDisk;
using test::kClient;
using test::value_of;

namespace {

struct Fixture : test::AccountsFixture {
  SignedIn sign_in() { return value_of(service.sign_in({"ada@example.com", Secret("correct horse"), {}}, kClient)); }
  SignedIn sign_in_on_full_disk() {
    const FullDisk full;
    return sign_in();
  }
  bool is_stored(const NewSession& session) {
    for (const auto& row : value_of(this->accounts->sessions(id)))
      if (row.id == session.id) return true;
    return false;
  }
  bool is_open(const NewSession& session) { return bool(sessions.find(session.token)); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(accounts_full_disk, Fixture)

BOOST_AUTO_TEST_CASE(somebody_signs_in_and_is_known) {
  const FullDisk full;
  const auto signed_in = sign_in();
  const auto found = sessions.find(signed_in.session.token);
  BOOST_REQUIRE(found);
  BOOST_TEST((found->user == id));
  BOOST_TEST((found->id == signed_in.session.id));
  BOOST_TEST(value_of(sessions.list(id)).size() == 2U);
  BOOST_TEST(is_open(ada.session));
}

BOOST_AUTO_TEST_CASE(what_must_be_stored_is_refused_as_such) {
  const FullDisk full;
  const auto kind_of = [](const auto& result) { return result ? ErrorKind::Internal : result.error().kind; };
  BOOST_TEST((kind_of(service.sign_up({"bob@example.com", Secret("correct horse"), "Bob", {}}, kClient)) ==
              ErrorKind::StorageFull));
  const api::ChangePasswordRequest request{Secret("correct horse"), Secret("another battery")};
  BOOST_TEST((kind_of(profile.change_password({id, ada.session.id}, request, kClient, Profile::Token::Keep)) ==
              ErrorKind::StorageFull));
  BOOST_TEST(is_open(sign_in().session));  // with the old one
}

// Regression: the server took it for one that another process had ended, and cancelled its requests.
BOOST_AUTO_TEST_CASE(the_session_counts_as_one_wherever_it_is_kept) {
  const auto signed_in = sign_in_on_full_disk();
  const Session session{id, signed_in.session.id};
  BOOST_TEST(value_of(sessions.has(session)));
  BOOST_REQUIRE(sessions.settle());
  BOOST_TEST(value_of(sessions.has(session)));
  BOOST_REQUIRE(sessions.end(session));
  BOOST_TEST(!value_of(sessions.has(session)));
}

BOOST_AUTO_TEST_CASE(the_session_is_stored_once_there_is_room) {
  const auto signed_in = sign_in_on_full_disk();
  {
    const FullDisk still_full;
    const auto settled = sessions.settle();
    BOOST_REQUIRE(!settled);
    BOOST_TEST((settled.error().kind == ErrorKind::StorageFull));
    BOOST_TEST(is_open(signed_in.session));
  }
  BOOST_TEST(!is_stored(signed_in.session));
  BOOST_REQUIRE(sessions.settle());
  BOOST_TEST(is_stored(signed_in.session));
  BOOST_TEST(is_open(signed_in.session));
  BOOST_TEST(value_of(sessions.list(id)).size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_session_ends_like_any) {
  const auto first = sign_in_on_full_disk(), second = sign_in_on_full_disk(), third = sign_in_on_full_disk();
  BOOST_REQUIRE(service.sign_out(id, {kClient.address, kClient.agent, first.session.id}));
  BOOST_TEST(!is_open(first.session));
  BOOST_REQUIRE(service.revoke(id, second.session.id, kClient));
  BOOST_TEST(!is_open(second.session));
  BOOST_TEST(!service.revoke(id, second.session.id, kClient));
  BOOST_REQUIRE(service.revoke_others(id, {kClient.address, kClient.agent, ada.session.id}));
  BOOST_TEST(!is_open(third.session));
  BOOST_TEST(is_open(ada.session));
}

BOOST_AUTO_TEST_CASE(the_session_expires_like_any) {
  const auto signed_in = sign_in_on_full_disk();
  clock.advance(kIdleLifetime);
  BOOST_TEST(!is_open(signed_in.session));
  BOOST_REQUIRE(sessions.remove_expired());
  BOOST_REQUIRE(sessions.settle());
  BOOST_TEST(!is_stored(signed_in.session));
}

BOOST_AUTO_TEST_CASE(the_session_goes_with_the_account) {
  const auto signed_in = sign_in_on_full_disk();
  BOOST_REQUIRE(this->accounts->begin_erasure(id));
  BOOST_TEST(!is_open(signed_in.session));
  BOOST_TEST(bool(sessions.settle()));
  BOOST_TEST(!is_open(signed_in.session));
}

// As the operator's commands do, which know nothing of this process.
BOOST_AUTO_TEST_CASE(the_session_ends_when_another_process_resets_the_password) {
  const auto reset = sign_in_on_full_disk();
  auto others = value_of(store::open_account_store(folder / "accounts.db"));
  BOOST_REQUIRE(others->reset_password(id, crypto::hash_password(Secret("another battery"), {8, 1, 1}, random), {}));
  BOOST_TEST(!is_open(reset.session));
  BOOST_REQUIRE(sessions.settle());
  BOOST_TEST(!is_stored(reset.session));
  BOOST_TEST(!is_open(reset.session));
}

BOOST_AUTO_TEST_CASE(the_session_ends_when_another_process_disables_the_account) {
  const auto disabled = sign_in_on_full_disk();
  auto others = value_of(store::open_account_store(folder / "accounts.db"));
  BOOST_REQUIRE(others->disable_user(id, clock.now()));
  BOOST_TEST(!is_open(disabled.session));
  BOOST_REQUIRE(sessions.settle());
  BOOST_TEST(!is_stored(disabled.session));
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_the_others_and_keeps_the_one_that_asked) {
  const auto asks = sign_in_on_full_disk(), other = sign_in_on_full_disk();
  const api::ChangePasswordRequest request{Secret("correct horse"), Secret("another battery")};
  BOOST_REQUIRE(profile.change_password({id, asks.session.id}, request, kClient, Profile::Token::Keep));
  BOOST_TEST(is_open(asks.session));
  BOOST_TEST(!is_open(other.session));
  BOOST_TEST(!is_open(ada.session));
}

// Regression: whoever had a second factor could not sign in, as the used code could not be struck off.
BOOST_AUTO_TEST_CASE(a_code_of_the_app_signs_in_and_works_once) {
  constexpr auto kStep = std::chrono::seconds(30);
  const auto secret = value_of(two_factor.set_up(id, Secret("correct horse"), kClient)).secret.clone();
  const auto code = [&] { return Secret(crypto::totp_code(secret, crypto::totp_step(clock.now()))); };
  const auto sign_in_with = [&](Secret totp_code) {
    return service.sign_in({"ada@example.com", Secret("correct horse"), {}, std::move(totp_code)}, kClient);
  };
  const auto recovery_codes = value_of(two_factor.enable(id, code(), kClient));
  clock.advance(kStep);
  {
    const FullDisk full;
    BOOST_TEST(bool(sign_in_with(code())));
    BOOST_TEST(!sign_in_with(code()));
    const auto refused = sign_in_with(recovery_codes.front().clone());
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == ErrorKind::StorageFull));
  }
  BOOST_TEST(!sign_in_with(code()));
  BOOST_TEST(bool(sign_in_with(recovery_codes.front().clone())));
  clock.advance(kStep);
  BOOST_TEST(bool(sign_in_with(code())));
}

BOOST_AUTO_TEST_SUITE_END()
