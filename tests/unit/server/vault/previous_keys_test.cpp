// Replacing a key, bringing the old one back, and that it is gone when the time is over.
#include <boost/test/unit_test.hpp>

#include "server/store/database.h"
#include "shared/validation.h"
#include "tests/support/credential_rows.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::vault;

namespace {

constexpr std::string_view kOld = "sk-test-abcdefghijklmnopqrstuvwxyz-X8d2";
constexpr std::string_view kNew = "sk-another-key-0123456789";
const api::Verification kGood{.reached = true, .key_accepted = true, .models_listed = true, .checked_at = "now"};

struct Fixture : test::VaultFixture {
  base::UserId ada = add_user("ada");

  CredentialInfo found() { return vault.find(ada, Provider::OpenAi, "default")->value(); }
  std::string opened() { return std::string(vault.open(ada, found().id)->reveal()); }
  Result<CredentialInfo> undo() { return vault.undo_replacing(ada, Provider::OpenAi, "default", test::kClient); }
  ErrorKind undo_fails() {
    const auto result = undo();
    BOOST_REQUIRE(!result);
    return result.error().kind;
  }
  store::CredentialRow row() {
    return *test::value_of(test::value_of(users.open(ada))->find_credential(Provider::OpenAi, "default"));
  }
  void put(const store::CredentialRow& changed) {
    BOOST_REQUIRE(test::put_row(*test::value_of(users.open(ada)), changed));
  }

  // Whether any piece of the bytes lies in the user's file or beside it.
  bool on_disk(const base::Sealed& sealed) {
    constexpr std::size_t kPiece = 32;
    const std::string bytes(sealed.bytes().begin(), sealed.bytes().end());
    const auto file = users.file_of(ada);
    for (const auto& entry : std::filesystem::directory_iterator(file.parent_path())) {
      if (!entry.path().string().starts_with(file.string())) continue;
      const auto content = test::read_file(entry.path());
      for (std::size_t at = 0; at + kPiece <= bytes.size(); at += kPiece)
        if (content.find(bytes.substr(at, kPiece)) != std::string::npos) return true;
    }
    return false;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(previous_keys, Fixture)

BOOST_AUTO_TEST_CASE(a_new_key_has_nothing_before_it) {
  BOOST_TEST(!save(ada, Provider::OpenAi, kOld).previous.has_value());
  BOOST_TEST((undo_fails() == ErrorKind::Conflict));
  BOOST_TEST((vault.undo_replacing(ada, Provider::OpenAi, "work", test::kClient).error().kind == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_CASE(a_replaced_key_comes_back_with_all_that_was_known_of_it) {
  const auto first = save(ada, Provider::OpenAi, kOld, "default", "https://llm.example/v1");
  BOOST_REQUIRE(*vault.record_verification(ada, first, kGood, {}, test::kClient));
  const auto second = save(ada, Provider::OpenAi, kNew);
  BOOST_TEST(second.previous->masked_key == "sk-...X8d2");
  BOOST_TEST((second.previous->replaced_at == clock.now()));
  BOOST_TEST((second.previous->until == clock.now() + kUndoTime));
  BOOST_TEST(!second.verification.has_value());

  clock.advance(kUndoTime - std::chrono::milliseconds(1));
  const auto back = test::value_of(undo());
  BOOST_TEST(back.id.text() == first.id.text());
  BOOST_TEST(back.masked_key == "sk-...X8d2");
  BOOST_TEST(back.base_url.value() == "https://llm.example/v1");
  BOOST_TEST(back.verification->key_accepted);
  BOOST_TEST((back.last_verified_at == first.updated_at));
  BOOST_TEST(opened() == kOld);
}

BOOST_AUTO_TEST_CASE(an_undo_can_be_undone) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  clock.advance(std::chrono::minutes(9));
  BOOST_TEST(test::value_of(undo()).previous->masked_key == "sk-...6789");
  clock.advance(std::chrono::minutes(9));
  BOOST_REQUIRE(undo());
  BOOST_TEST(opened() == kNew);
}

BOOST_AUTO_TEST_CASE(a_key_that_came_back_is_not_mistaken_for_the_one_before) {
  const auto first = save(ada, Provider::OpenAi, kOld);
  const auto second = save(ada, Provider::OpenAi, kNew);
  const auto back = test::value_of(undo());
  BOOST_TEST(back.generation > second.generation);
  for (const auto& stale : {first, second})
    BOOST_TEST((vault.open(ada, stale.id, stale.generation).error().kind == ErrorKind::Conflict));
}

BOOST_AUTO_TEST_CASE(an_undo_switches_nothing_on) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  BOOST_REQUIRE(vault.edit(ada, Provider::OpenAi, "default", {false, {}}, test::kClient));
  BOOST_TEST(!test::value_of(undo()).is_active);
}

BOOST_AUTO_TEST_CASE(only_the_key_just_before_is_kept) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  save(ada, Provider::OpenAi, "sk-the-third-key-0123456789");
  BOOST_REQUIRE(undo());
  BOOST_TEST(opened() == kNew);
}

BOOST_AUTO_TEST_CASE(renaming_keeps_the_key_and_the_one_before) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  const auto renamed = test::value_of(vault.edit(ada, Provider::OpenAi, "default", {{}, "work"}, test::kClient));
  BOOST_TEST(renamed.label == "work");
  BOOST_TEST(vault.open(ada, renamed.id, renamed.generation)->reveal() == kNew);
  BOOST_REQUIRE(vault.undo_replacing(ada, Provider::OpenAi, "work", test::kClient));
  BOOST_TEST(vault.open(ada, renamed.id)->reveal() == kOld);
}

BOOST_AUTO_TEST_CASE(after_the_time_there_is_nothing_to_undo_though_it_was_not_erased_yet) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  clock.advance(kUndoTime);
  BOOST_TEST(!found().previous.has_value());
  BOOST_TEST((undo_fails() == ErrorKind::Conflict));
  BOOST_TEST(opened() == kNew);
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_read_is_not_kept) {
  save(ada, Provider::OpenAi, kOld);
  damage(ada, Provider::OpenAi);
  BOOST_TEST(!save(ada, Provider::OpenAi, kNew).previous.has_value());
  BOOST_TEST((undo_fails() == ErrorKind::Conflict));
  BOOST_TEST(opened() == kNew);
}

BOOST_AUTO_TEST_CASE(a_kept_key_that_was_damaged_leaves_the_present_one_alone) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  damage_previous(ada, Provider::OpenAi);
  BOOST_TEST((undo_fails() == ErrorKind::CredentialUnreadable));
  BOOST_TEST(opened() == kNew);
  BOOST_TEST((found().health == api::Health::Readable));
}

BOOST_AUTO_TEST_CASE(neither_of_the_two_keys_opens_in_the_place_of_the_other) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  auto changed = row();
  std::swap(changed.sealed_key, changed.previous->sealed_key);
  put(changed);
  BOOST_TEST((undo_fails() == ErrorKind::CredentialUnreadable));
  BOOST_TEST((vault.open(ada, changed.id).error().kind == ErrorKind::CredentialUnreadable));
}

BOOST_AUTO_TEST_CASE(an_earlier_kept_key_put_back_does_not_open) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  const auto earlier = row().previous->sealed_key;
  save(ada, Provider::OpenAi, "sk-the-third-key-0123456789");
  auto changed = row();
  changed.previous->sealed_key = earlier;
  put(changed);
  BOOST_TEST((undo_fails() == ErrorKind::CredentialUnreadable));
}

BOOST_AUTO_TEST_CASE(the_bytes_of_a_replaced_key_leave_the_disk_when_the_time_is_over) {
  save(ada, Provider::OpenAi, kOld);
  const auto first = row().sealed_key;
  save(ada, Provider::OpenAi, kNew);
  const auto kept = row().previous->sealed_key, present = row().sealed_key;
  clock.advance(kUndoTime - std::chrono::milliseconds(1));
  BOOST_REQUIRE(vault.erase_replaced_keys());
  BOOST_TEST(on_disk(kept));
  clock.advance(std::chrono::milliseconds(1));
  BOOST_REQUIRE(vault.erase_replaced_keys());
  BOOST_TEST(!on_disk(kept));
  BOOST_TEST(!on_disk(first));
  BOOST_TEST(on_disk(present));
  BOOST_TEST(opened() == kNew);
  BOOST_TEST(accounts->due_key_erasures(clock.now() + kUndoTime)->empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_takes_several_pages_leaves_the_disk_as_well) {
  save(ada, Provider::OpenAi, std::string(kMaxKeyBytes, 'k'));
  const auto first = row().sealed_key;
  save(ada, Provider::OpenAi, kNew);
  const auto kept = row().previous->sealed_key;
  BOOST_TEST(on_disk(kept));
  clock.advance(kUndoTime);
  BOOST_REQUIRE(vault.erase_replaced_keys());
  BOOST_TEST(!on_disk(kept));
  BOOST_TEST(!on_disk(first));
}

BOOST_AUTO_TEST_CASE(keys_that_were_replaced_at_different_times_go_at_different_times) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::Google, kOld);
  save(ada, Provider::OpenAi, kNew);
  clock.advance(std::chrono::minutes(5));
  save(ada, Provider::Google, kNew);
  clock.advance(std::chrono::minutes(5));
  BOOST_REQUIRE(vault.erase_replaced_keys());
  BOOST_TEST(!row().previous.has_value());
  BOOST_TEST(vault.find(ada, Provider::Google, "default")->value().previous.has_value());
  clock.advance(std::chrono::minutes(5));
  BOOST_REQUIRE(vault.erase_replaced_keys());
  BOOST_TEST(
      (vault.undo_replacing(ada, Provider::Google, "default", test::kClient).error().kind == ErrorKind::Conflict));
}

BOOST_AUTO_TEST_CASE(a_later_server_erases_what_an_earlier_one_kept) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  const auto kept = row().previous->sealed_key;
  clock.advance(kUndoTime);
  store::UserStores their_users(folder.path(), 4, crypto::sha256_text);
  CredentialVault later(*accounts, their_users, keys, random, clock);
  BOOST_REQUIRE(later.erase_replaced_keys());
  BOOST_TEST(!on_disk(kept));
}

BOOST_AUTO_TEST_CASE(a_file_that_somebody_reads_is_erased_the_next_time) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  const auto kept = row().previous->sealed_key;
  clock.advance(kUndoTime);
  {
    auto reader = store::Database::open(users.file_of(ada));
    reader.execute("BEGIN");
    BOOST_TEST(reader.prepare("SELECT 1 FROM credentials").step());
    BOOST_TEST(!vault.erase_replaced_keys());
    BOOST_TEST(accounts->due_key_erasures(clock.now())->size() == 1U);
  }
  BOOST_REQUIRE(vault.erase_replaced_keys());
  BOOST_TEST(!on_disk(kept));
}

BOOST_AUTO_TEST_CASE(a_list_erases_what_nobody_noted) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  const auto kept = row().previous->sealed_key;
  clock.advance(kUndoTime);
  BOOST_REQUIRE(accounts->remove_key_erasures(ada, clock.now()));
  BOOST_TEST(!vault.list(ada)->front().previous.has_value());
  BOOST_TEST(!on_disk(kept));
}

BOOST_AUTO_TEST_CASE(removing_takes_both_keys_off_the_disk_at_once) {
  save(ada, Provider::OpenAi, kOld);
  save(ada, Provider::OpenAi, kNew);
  const auto before = row();
  BOOST_REQUIRE(vault.remove(ada, Provider::OpenAi, "default", test::kClient));
  BOOST_TEST(!on_disk(before.sealed_key));
  BOOST_TEST(!on_disk(before.previous->sealed_key));
  BOOST_TEST((undo_fails() == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_SUITE_END()
