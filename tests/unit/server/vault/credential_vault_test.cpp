#include "server/vault/credential_vault.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/credential_rows.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::vault;

namespace {

constexpr std::string_view kKey = "sk-test-abcdefghijklmnopqrstuvwxyz-X8d2";

struct Fixture : test::VaultFixture {
  base::UserId ada = add_user("ada");
  base::UserId bob = add_user("bob");

  store::CredentialRow stored(const base::UserId& user, const CredentialInfo& info) {
    return *test::value_of(test::value_of(users.open(user))->credential(info.id));
  }
  void put(const base::UserId& user, const store::CredentialRow& row) {
    BOOST_REQUIRE(test::put_row(*test::value_of(users.open(user)), row));
  }
  ErrorKind opening_fails(const base::UserId& user, const CredentialInfo& info) {
    const auto opened = vault.open(user, info.id);
    BOOST_REQUIRE(!opened);
    return opened.error().kind;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(credential_vault, Fixture)

BOOST_AUTO_TEST_CASE(a_saved_key_opens_and_is_listed_by_its_mask) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  BOOST_TEST(info.masked_key == "sk-...X8d2");
  BOOST_TEST(vault.open(ada, info.id)->reveal() == kKey);
  const auto list = vault.list(ada);
  BOOST_REQUIRE(list->size() == 1U);
  BOOST_TEST(list->front().id.text() == info.id.text());
  BOOST_TEST(list->front().label == "default");
  BOOST_TEST((list->front().health == api::Health::Readable));
}

BOOST_AUTO_TEST_CASE(saving_the_same_key_twice_never_stores_the_same_bytes) {
  const auto first = stored(ada, save(ada, Provider::OpenAi, kKey)).sealed_key;
  const auto second = stored(ada, save(ada, Provider::OpenAi, kKey)).sealed_key;
  BOOST_TEST((first != second));
}

BOOST_AUTO_TEST_CASE(saving_again_replaces_the_key_and_keeps_the_id) {
  const auto first = save(ada, Provider::OpenAi, kKey);
  BOOST_REQUIRE(vault.record_verification(ada, first, {.reached = true, .key_accepted = true, .checked_at = "now"}, {},
                                          test::kClient));
  clock.advance(std::chrono::seconds(5));
  const auto second = save(ada, Provider::OpenAi, "sk-another-key-0123456789");
  BOOST_TEST(second.id.text() == first.id.text());
  BOOST_TEST((second.created_at == first.created_at));
  BOOST_TEST((second.updated_at > first.updated_at));
  BOOST_TEST(!second.verification.has_value());
  BOOST_TEST(vault.open(ada, second.id)->reveal() == "sk-another-key-0123456789");
  BOOST_TEST(vault.list(ada)->size() == 1U);
}

BOOST_AUTO_TEST_CASE(labels_and_providers_keep_keys_apart) {
  save(ada, Provider::OpenAi, kKey);
  save(ada, Provider::OpenAi, kKey, "work");
  save(ada, Provider::Anthropic, kKey);
  BOOST_TEST(vault.list(ada)->size() == 3U);
  BOOST_REQUIRE(vault.remove(ada, Provider::OpenAi, "work", test::kClient));
  BOOST_TEST(!vault.find(ada, Provider::OpenAi, "work")->has_value());
  BOOST_TEST(vault.find(ada, Provider::OpenAi, "default")->has_value());
}

BOOST_AUTO_TEST_CASE(one_users_key_is_out_of_another_users_reach) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  BOOST_TEST((opening_fails(bob, info) == ErrorKind::NotFound));
  BOOST_TEST(vault.list(bob)->empty());
  const auto removed = vault.remove(bob, Provider::OpenAi, "default", test::kClient);
  BOOST_REQUIRE(!removed);
  BOOST_TEST((removed.error().kind == ErrorKind::NotFound));
  BOOST_TEST(vault.open(ada, info.id)->reveal() == kKey);
}

BOOST_AUTO_TEST_CASE(a_row_moved_into_another_users_file_does_not_open) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  put(bob, stored(ada, info));
  BOOST_TEST((opening_fails(bob, info) == ErrorKind::CredentialUnreadable));
}

BOOST_AUTO_TEST_CASE(a_ciphertext_moved_within_a_users_file_does_not_open) {
  const auto openai = save(ada, Provider::OpenAi, kKey),
             google = save(ada, Provider::Google, "AQ.another-key-0123456789");
  auto row = stored(ada, google);
  row.sealed_key = stored(ada, openai).sealed_key;
  put(ada, row);
  BOOST_TEST((opening_fails(ada, google) == ErrorKind::CredentialUnreadable));
  row = stored(ada, openai);
  row.provider = Provider::Anthropic;
  put(ada, row);
  BOOST_TEST((opening_fails(ada, openai) == ErrorKind::CredentialUnreadable));
}

BOOST_AUTO_TEST_CASE(an_older_key_put_back_does_not_open) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  const auto old = stored(ada, info).sealed_key;
  save(ada, Provider::OpenAi, "sk-the-newer-key-0123456789");
  auto row = stored(ada, info);
  row.sealed_key = old;
  put(ada, row);
  BOOST_TEST((opening_fails(ada, info) == ErrorKind::CredentialUnreadable));
}

BOOST_AUTO_TEST_CASE(a_damaged_row_harms_itself_alone_and_saving_heals_it) {
  const auto openai = save(ada, Provider::OpenAi, kKey),
             google = save(ada, Provider::Google, "AQ.another-key-0123456789");
  auto row = stored(ada, openai);
  row.sealed_key = base::Sealed({'x'});
  put(ada, row);
  BOOST_TEST((opening_fails(ada, openai) == ErrorKind::CredentialUnreadable));
  BOOST_TEST((vault.find(ada, Provider::OpenAi, "default")->value().health == api::Health::NeedsReentry));
  BOOST_TEST(bool(vault.open(ada, google.id)));
  save(ada, Provider::OpenAi, kKey);
  BOOST_TEST(vault.open(ada, openai.id)->reveal() == kKey);
}

BOOST_AUTO_TEST_CASE(a_key_that_was_found_not_to_open_is_listed_as_such_until_it_is_saved_again) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  damage(ada, Provider::OpenAi);
  const auto health = [&] { return vault.list(ada)->front().health; };
  BOOST_TEST((health() == api::Health::Readable));  // a list opens nothing, so it cannot know
  BOOST_TEST((opening_fails(ada, info) == ErrorKind::CredentialUnreadable));
  BOOST_TEST((health() == api::Health::NeedsReentry));
  save(ada, Provider::OpenAi, kKey);
  BOOST_TEST((health() == api::Health::Readable));
}

BOOST_AUTO_TEST_CASE(a_key_whose_data_key_is_gone_is_listed_as_such) {
  save(ada, Provider::OpenAi, kKey);
  BOOST_REQUIRE(accounts->add_data_key(keys.new_data_key(ada, 2), clock.now()));
  BOOST_REQUIRE(accounts->remove_data_key(ada, 1));
  BOOST_TEST((vault.list(ada)->front().health == api::Health::NeedsReentry));
  BOOST_TEST((vault.find(ada, Provider::OpenAi, "default")->value().health == api::Health::NeedsReentry));
}

BOOST_AUTO_TEST_CASE(the_result_of_a_check_is_kept) {
  const auto info = save(ada, Provider::OpenAi, kKey);
  const api::Verification verification{.reached = true,
                                       .key_accepted = true,
                                       .models_listed = true,
                                       .model_count = 4,
                                       .checked_at = "2026-01-01T00:00:00.000Z",
                                       .latency_ms = 12,
                                       .detail = "fine"};
  BOOST_TEST(*vault.record_verification(ada, info, verification, {}, test::kClient));
  const auto found = vault.find(ada, Provider::OpenAi, "default")->value();
  BOOST_TEST(found.verification->model_count.value() == 4);
  BOOST_TEST(found.last_verified_at.has_value());
}

BOOST_AUTO_TEST_CASE(use_is_noted_at_most_once_a_minute) {
  save(ada, Provider::OpenAi, kKey);
  const auto used = [&] { return vault.find(ada, Provider::OpenAi, "default")->value(); };
  BOOST_REQUIRE(vault.record_use(ada, used()));
  const auto first = used().last_used_at;
  BOOST_TEST(first.has_value());
  clock.advance(std::chrono::seconds(30));
  BOOST_REQUIRE(vault.record_use(ada, used()));
  BOOST_TEST((used().last_used_at == first));
  clock.advance(std::chrono::seconds(31));
  BOOST_REQUIRE(vault.record_use(ada, used()));
  BOOST_TEST((used().last_used_at > first));
}

BOOST_AUTO_TEST_CASE(a_key_that_was_replaced_does_not_open_as_the_one_before_it) {
  const auto first = save(ada, Provider::OpenAi, kKey);
  const auto second = save(ada, Provider::OpenAi, "sk-another-key-0123456789");
  const auto stale = vault.open(ada, first.id, first.generation);
  BOOST_REQUIRE(!stale);
  BOOST_TEST((stale.error().kind == ErrorKind::Conflict));
  BOOST_TEST(vault.open(ada, second.id, second.generation)->reveal() == "sk-another-key-0123456789");
}

BOOST_AUTO_TEST_CASE(what_was_found_out_about_a_key_is_not_said_of_its_successor) {
  const auto first = save(ada, Provider::OpenAi, kKey);
  save(ada, Provider::OpenAi, "sk-another-key-0123456789");
  BOOST_TEST(!*vault.record_verification(ada, first, {.reached = true, .key_accepted = true, .checked_at = "now"}, {},
                                         test::kClient));
  BOOST_TEST(bool(vault.record_use(ada, first)));
  const auto found = vault.find(ada, Provider::OpenAi, "default")->value();
  BOOST_TEST(!found.verification.has_value());
  BOOST_TEST(!found.last_verified_at.has_value());
  BOOST_TEST(!found.last_used_at.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
