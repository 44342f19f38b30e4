#include "server/vault/master_key_rotation.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "server/vault/master_key_status.h"
#include "tests/support/rotation_fixture.h"

using namespace ownkey;
using namespace ownkey::vault;

namespace {

constexpr std::string_view kKey = "sk-test-abcdefghijklmnopqrstuvwxyz-X8d2";

struct Fixture : test::RotationFixture {
  RewrapReport rotate(const KeyRing& ring) {
    return test::value_of(rewrap_data_keys(*accounts, ring, [](std::int64_t, std::int64_t) {}));
  }

  std::string start_is_refused_with(const std::string& list) {
    try {
      start_with(list);
      return {};
    } catch (const std::runtime_error& refusal) {
      return refusal.what();
    }
  }

  MasterKeyStatus status_of(const std::string& list, crypto::MasterKeyId id) {
    for (const auto& key : master_key_status(facts(), parsed(list)))
      if (key.id == id) return key;
    throw std::runtime_error("no such key in the status");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(master_key_rotation, Fixture)

BOOST_AUTO_TEST_CASE(a_key_is_added_made_first_and_the_old_one_goes) {
  const auto ada = add_user("ada");
  const auto info = save(ada, Provider::OpenAi, kKey);
  start_with(k1 + "," + k2);
  const auto ring = start_with(k2 + "," + k1);
  BOOST_TEST(start_is_refused_with(k2).find("k1 is missing") != std::string::npos);

  const auto report = rotate(ring);
  BOOST_TEST(report.rewrapped == 1);
  BOOST_TEST(report.remaining == 0);
  const auto k2_alone = start_with(k2);
  CredentialVault after(*accounts, users, k2_alone, random, clock);
  BOOST_TEST(after.open(ada, info.id)->reveal() == kKey);
  BOOST_TEST(start_is_refused_with(k1).find("k2 is missing") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_new_key_may_come_first_at_once) {
  add_user("ada");
  const auto ring = start_with(k2 + "," + k1);
  BOOST_TEST(accounts->current_data_key(add_user("bob"))->master_key_id == 1U);  // made by the older server
  BOOST_TEST(ring.new_data_key(base::UserId("u")).master_key_id == 2U);
}

BOOST_AUTO_TEST_CASE(rotating_again_finds_nothing_to_do) {
  for (int i = 0; i < 5; ++i) add_user();
  const auto ring = start_with(k2 + "," + k1);
  BOOST_TEST(rotate(ring).rewrapped == 5);
  BOOST_TEST(rotate(ring).rewrapped == 0);
}

BOOST_AUTO_TEST_CASE(many_batches_from_several_keys_reach_the_primary) {
  for (int i = 0; i < 1500; ++i) add_user();
  const auto second = start_with(k2 + "," + k1);
  const base::UserId user(crypto::new_id(random));
  BOOST_REQUIRE(accounts->create_user({user, "late@example.com", "", "", clock.now()}, second.new_data_key(user),
                                      store::AccountStore::Who::Anyone));
  std::int64_t last_done = 0, all = 0;
  const auto third = start_with(k3 + "," + k2 + "," + k1);
  const auto report = rewrap_data_keys(*accounts, third, [&](std::int64_t done, std::int64_t of) {
    last_done = done;
    all = of;
  });
  BOOST_TEST(report->rewrapped == 1501);
  BOOST_TEST(last_done == 1501);
  BOOST_TEST(all == 1501);
  BOOST_TEST(status_of(k3 + "," + k2 + "," + k1, 1).data_keys == 0);
}

BOOST_AUTO_TEST_CASE(a_blob_that_changed_meanwhile_is_not_overwritten) {
  const auto ring = start_with(k2 + "," + k1);
  const auto row = test::value_of(accounts->current_data_key(add_user("ada")));
  const auto first = test::value_of(ring.rewrap(row)), second = test::value_of(ring.rewrap(row));
  BOOST_TEST(*accounts->replace_wrapped({&first, 1}) == 1);
  BOOST_TEST(*accounts->replace_wrapped({&second, 1}) == 0);
  BOOST_TEST((accounts->current_data_key(row.user)->wrapped == first.wrapped));
}

BOOST_AUTO_TEST_CASE(a_damaged_data_key_stays_and_the_others_go_on) {
  const auto ada = add_user("ada"), bob = add_user("bob");
  auto row = test::value_of(accounts->current_data_key(ada));
  auto bytes = row.wrapped.bytes();
  bytes.back() ^= 1;
  const store::AccountStore::Rewrapped damaged{row, 1, base::Sealed(bytes)};
  BOOST_REQUIRE(*accounts->replace_wrapped({&damaged, 1}) == 1);
  const auto report = rotate(start_with(k2 + "," + k1));
  BOOST_TEST(report.rewrapped == 1);
  BOOST_TEST(report.unreadable == 1);
  BOOST_TEST(report.remaining == 1);
  BOOST_TEST((status_of(k2 + "," + k1, 1).state == KeyState::Needed));
}

BOOST_AUTO_TEST_CASE(a_server_with_both_keys_opens_all_the_while) {
  const auto ada = add_user("ada");
  const auto info = save(ada, Provider::OpenAi, kKey);
  for (int i = 0; i < 50; ++i) add_user();
  const auto to_second = start_with(k2 + "," + k1), to_first = start_with(k1 + "," + k2);
  CredentialVault serving(*accounts, users, to_first, random, clock);
  std::atomic<bool> stop = false;
  std::thread rotation([&] {
    while (!stop) {
      rotate(to_second);
      rotate(to_first);
    }
  });
  int opened = 0;
  for (int i = 0; i < 300; ++i) opened += serving.open(ada, info.id) ? 1 : 0;
  stop = true;
  rotation.join();
  BOOST_TEST(opened == 300);
}

BOOST_AUTO_TEST_CASE(the_status_tells_what_each_key_means) {
  add_user("ada");
  BOOST_TEST((status_of(k1, 1).state == KeyState::Primary));
  BOOST_TEST((status_of(k1 + "," + k2, 2).state == KeyState::New));
  start_with(k1 + "," + k2);
  BOOST_TEST((status_of(k1 + "," + k2, 2).state == KeyState::MayGo));
  BOOST_TEST((status_of(k2 + "," + k1, 2).state == KeyState::Primary));
  BOOST_TEST((status_of(k2 + "," + k1, 1).state == KeyState::Needed));
  BOOST_TEST(status_of(k2 + "," + k1, 1).data_keys == 1);
  BOOST_TEST((status_of(k2, 1).state == KeyState::Missing));
  const auto stranger = named("k1", crypto::generate_master_key(random));
  BOOST_TEST((status_of(stranger, 1).state == KeyState::Wrong));
}

BOOST_AUTO_TEST_SUITE_END()
