#include "server/vault/data_key_rotation.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "tests/support/credential_rows.h"
#include "tests/support/rotation_fixture.h"

using namespace ownkey;
using namespace ownkey::vault;

namespace {

constexpr std::string_view kKey = "sk-test-abcdefghijklmnopqrstuvwxyz-X8d2";

struct Fixture : test::RotationFixture {
  base::UserId ada = add_user("ada");
  DataKeyRotation rotation{*accounts, users, keys, random, clock};

  std::vector<std::uint32_t> versions() {
    std::vector<std::uint32_t> list;
    for (const auto& row : test::value_of(accounts->data_keys(ada))) list.push_back(row.version);
    return list;
  }
  void damage_data_key() {
    const auto row = test::value_of(accounts->current_data_key(ada));
    auto bytes = row.wrapped.bytes();
    bytes.back() ^= 1;
    const store::AccountStore::Rewrapped damaged{row, row.master_key_id, base::Sealed(bytes)};
    BOOST_REQUIRE(*accounts->replace_wrapped({&damaged, 1}) == 1);
  }
};

using Versions = std::vector<std::uint32_t>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(data_key_rotation, Fixture)

BOOST_AUTO_TEST_CASE(values_move_to_a_new_data_key_and_the_old_one_goes) {
  const auto openai = save(ada, Provider::OpenAi, kKey), google = save(ada, Provider::Google, "AQ.another-0123456789");
  const auto report = test::value_of(rotation.renew(ada, base::command_line()));
  BOOST_TEST(report.moved == 2);
  BOOST_TEST(report.unreadable == 0);
  BOOST_TEST((versions() == Versions{2}));
  BOOST_TEST(vault.open(ada, openai.id)->reveal() == kKey);
  BOOST_TEST(vault.open(ada, google.id)->reveal() == "AQ.another-0123456789");
  BOOST_TEST((vault.list(ada)->front().health == api::Health::Readable));
}

BOOST_AUTO_TEST_CASE(a_user_without_keys_gets_a_new_data_key_too) {
  BOOST_TEST(test::value_of(rotation.renew(ada, base::command_line())).moved == 0);
  BOOST_TEST((versions() == Versions{2}));
  BOOST_TEST(vault.open(ada, save(ada, Provider::OpenAi, kKey).id)->reveal() == kKey);
}

BOOST_AUTO_TEST_CASE(a_run_that_ended_between_its_steps_is_finished_by_the_next) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  BOOST_REQUIRE(accounts->add_data_key(keys.new_data_key(ada, 2), clock.now()));
  BOOST_TEST(vault.open(ada, info.id)->reveal() == kKey);
  const auto later = save(ada, Provider::Google, "AQ.another-0123456789");
  BOOST_TEST(test::value_of(rotation.renew(ada, base::command_line())).moved == 2);
  BOOST_TEST((versions() == Versions{3}));
  BOOST_TEST(vault.open(ada, info.id)->reveal() == kKey);
  BOOST_TEST(vault.open(ada, later.id)->reveal() == "AQ.another-0123456789");
}

// Both data keys are there, and the right one would open it: it is not tried.
BOOST_AUTO_TEST_CASE(a_value_that_names_another_data_key_of_its_user_is_unreadable) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  BOOST_REQUIRE(accounts->add_data_key(keys.new_data_key(ada, 2), clock.now()));
  const auto store = test::value_of(users.open(ada));
  auto row = test::value_of(store->credential(info.id)).value();
  row.sealed_key = test::with_key_id(row.sealed_key, 2);
  BOOST_REQUIRE(test::put_row(*store, row));
  BOOST_TEST((vault.open(ada, info.id).error().kind == ErrorKind::CredentialUnreadable));
}

BOOST_AUTO_TEST_CASE(a_value_that_does_not_open_stays_with_its_data_key) {
  save(ada, Provider::OpenAi, kKey);
  const auto google = save(ada, Provider::Google, "AQ.another-0123456789");
  damage(ada, Provider::OpenAi);
  const auto report = test::value_of(rotation.renew(ada, base::command_line()));
  BOOST_TEST(report.moved == 1);
  BOOST_TEST(report.unreadable == 1);
  BOOST_TEST((versions() == Versions{1, 2}));
  BOOST_TEST(vault.open(ada, google.id)->reveal() == "AQ.another-0123456789");
  save(ada, Provider::OpenAi, kKey);
  BOOST_TEST(test::value_of(rotation.renew(ada, base::command_line())).unreadable == 0);
  BOOST_TEST((versions() == Versions{3}));
}

BOOST_AUTO_TEST_CASE(a_key_that_was_replaced_moves_too_and_can_still_be_brought_back) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  save(ada, Provider::OpenAi, "sk-another-key-0123456789");
  BOOST_TEST(test::value_of(rotation.renew(ada, base::command_line())).moved == 2);
  BOOST_TEST((versions() == Versions{2}));
  BOOST_REQUIRE(vault.undo_replacing(ada, Provider::OpenAi, "default", test::kClient));
  BOOST_TEST(vault.open(ada, info.id)->reveal() == kKey);
}

BOOST_AUTO_TEST_CASE(a_damaged_data_key_is_replaced) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  damage_data_key();
  BOOST_TEST(test::value_of(rotation.renew(ada, base::command_line())).unreadable == 1);
  BOOST_TEST((versions() == Versions{2}));
  BOOST_TEST((vault.list(ada)->front().health == api::Health::NeedsReentry));
  save(ada, Provider::OpenAi, kKey);
  BOOST_TEST(vault.open(ada, info.id)->reveal() == kKey);
}

BOOST_AUTO_TEST_CASE(saving_heals_a_damaged_data_key) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  damage_data_key();
  BOOST_TEST((vault.open(ada, info.id).error().kind == ErrorKind::CredentialUnreadable));
  save(ada, Provider::OpenAi, kKey);
  BOOST_TEST(vault.open(ada, info.id)->reveal() == kKey);
  BOOST_TEST((vault.list(ada)->front().health == api::Health::Readable));
}

BOOST_AUTO_TEST_CASE(a_missing_master_key_or_user_changes_nothing) {
  save(ada, Provider::OpenAi, kKey);
  const auto stranger = KeyRing::of_fitting(facts(), parsed(k2), random);
  const auto refused = DataKeyRotation{*accounts, users, stranger, random, clock}.renew(ada, base::command_line());
  BOOST_REQUIRE(!refused);
  BOOST_TEST(refused.error().public_text.find("k1") != std::string::npos);
  BOOST_TEST((versions() == Versions{1}));
  BOOST_TEST((rotation.renew(base::UserId("nobody"), base::command_line()).error().kind == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_CASE(saving_does_not_replace_a_data_key_whose_master_key_is_elsewhere) {
  save(ada, Provider::OpenAi, kKey);
  const auto stranger = KeyRing::of_fitting(facts(), parsed(k2), random);
  CredentialVault other(*accounts, users, stranger, random, clock);
  const auto saved = other.save(ada, {Provider::OpenAi, "default", std::nullopt, Secret(kKey)}, test::kClient);
  BOOST_REQUIRE(!saved);
  BOOST_TEST((saved.error().kind == ErrorKind::CredentialUnreadable));
  BOOST_TEST((versions() == Versions{1}));
}

// What another process would do: its own connections to the same files.
BOOST_AUTO_TEST_CASE(no_save_and_no_undo_is_lost_and_every_open_succeeds_while_data_keys_change) {
  const auto theirs = test::value_of(store::open_account_store(folder / "accounts.db"));
  store::UserStores their_users(folder.path(), 4, crypto::sha256_text);
  DataKeyRotation elsewhere{*theirs, their_users, keys, random, clock};
  save(ada, Provider::OpenAi, "sk-number-000000000000");
  std::atomic<bool> stop = false;
  std::atomic<int> rotations = 0, failed = 0;
  std::thread rotating([&] {
    while (!stop) {
      const auto renewed = elsewhere.renew(ada, base::command_line());
      if (renewed) ++rotations;
      else if (renewed.error().kind != ErrorKind::Busy) ++failed;  // busy: the saves left no gap for five seconds
    }
  });
  int lost = 0;
  for (int i = 0; i < 300 || (rotations < 5 && i < 100'000); ++i) {
    const auto key = "sk-number-" + std::to_string(100'000'000'000 + i);
    const auto info = save(ada, Provider::OpenAi, key);
    const auto opened = vault.open(ada, info.id);
    lost += opened && opened->reveal() == key ? 0 : 1;
    lost += vault.list(ada)->front().health == api::Health::Readable ? 0 : 1;
    if (i % 3 != 0) continue;
    const auto before = "sk-number-" + std::to_string(100'000'000'000 + i - 1);
    const auto undone = vault.undo_replacing(ada, Provider::OpenAi, "default", test::kClient);
    const auto previous = undone ? vault.open(ada, undone->id) : undone.error();
    lost += i == 0 || (previous && previous->reveal() == before) ? 0 : 1;
    lost += vault.undo_replacing(ada, Provider::OpenAi, "default", test::kClient) ? 0 : 1;
  }
  stop = true;
  rotating.join();
  BOOST_TEST(bool(rotation.renew(ada, base::command_line())));
  BOOST_TEST(lost == 0);
  BOOST_TEST(failed == 0);
  BOOST_TEST(rotations >= 5);
  BOOST_TEST(versions().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
