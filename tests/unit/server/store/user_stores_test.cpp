#include "server/store/user_stores.h"

#include <boost/test/unit_test.hpp>

#include <fstream>

#include "server/crypto/digest.h"
#include "server/store/sqlite_user_store.h"
#include "tests/support/credential_rows.h"
#include "tests/support/temp_folder.h"

using namespace ownkey;
using namespace ownkey::store;

namespace {

const base::UserId kAda("ada"), kBob("bob"), kCyd("cyd");

const AuditNote kNote{AuditAction::CredentialRemoved, "openai/default", {"127.0.0.1", "test"}, {}};

CredentialRow row(const std::string& id, Provider provider, const std::string& label) {
  CredentialRow result;
  result.id = base::CredentialId(id);
  result.provider = provider;
  result.label = label;
  result.masked_key = "sk-...1234";
  result.sealed_key = base::Sealed({1, 2, 3});
  result.generation = 1;
  return result;
}

std::size_t open_files() {
  const std::filesystem::directory_iterator descriptors("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
}

struct Fixture {
  test::TempFolder folder;
  UserStores users{folder.path(), 2, crypto::sha256_text};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(user_stores, Fixture)

BOOST_AUTO_TEST_CASE(each_user_sees_their_own_rows_alone) {
  const auto ada = users.open(kAda), bob = users.open(kBob);
  BOOST_REQUIRE(ada);
  BOOST_REQUIRE(bob);
  BOOST_REQUIRE(test::put_row(**ada, row("c1", Provider::OpenAi, "default")));
  BOOST_TEST((*(*ada)->credentials())->size() == 1U);
  BOOST_TEST((*(*bob)->credentials())->empty());
  BOOST_TEST(!(*bob)->credential(base::CredentialId("c1"))->has_value());
}

BOOST_AUTO_TEST_CASE(a_file_put_in_the_place_of_another_is_refused) {
  BOOST_REQUIRE(users.open(kAda));
  std::filesystem::create_directories(users.file_of(kBob).parent_path());
  {
    const UserStores gone(folder.path(), 1,
                          crypto::sha256_text);  // closes nothing of `users`; the copy takes what is in the main file
    std::filesystem::copy_file(users.file_of(kAda), users.file_of(kBob));
    for (const auto* suffix : {"-wal", "-shm"})
      if (std::filesystem::exists(users.file_of(kAda).string() + suffix))
        std::filesystem::copy_file(users.file_of(kAda).string() + suffix, users.file_of(kBob).string() + suffix);
  }
  const auto result = users.open(kBob);
  BOOST_REQUIRE(!result);
  BOOST_TEST(result.error().log_text.find("belongs to ada") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(rows_survive_being_closed_and_opened_again) {
  BOOST_REQUIRE(test::put_row(**users.open(kAda), row("c1", Provider::Google, "work")));
  for (const auto& other : {kBob, kCyd}) BOOST_REQUIRE(users.open(other));
  const auto found = (*users.open(kAda))->find_credential(Provider::Google, "work");
  BOOST_REQUIRE(found);
  BOOST_TEST((*found)->id.text() == "c1");
}

BOOST_AUTO_TEST_CASE(only_so_many_files_stay_open) {
  for (int i = 0; i < 5; ++i) BOOST_REQUIRE(users.open(base::UserId("warm" + std::to_string(i))));
  const auto before = open_files();
  for (int i = 0; i < 50; ++i) BOOST_REQUIRE(users.open(base::UserId("user" + std::to_string(i))));
  BOOST_TEST(open_files() <= before);
}

BOOST_AUTO_TEST_CASE(a_store_in_use_outlives_its_place_in_the_cache) {
  const auto ada = users.open(kAda);
  BOOST_REQUIRE(ada);
  for (const auto& other : {kBob, kCyd}) BOOST_REQUIRE(users.open(other));
  BOOST_TEST(bool(test::put_row(**ada, row("c1", Provider::OpenAi, "default"))));
}

BOOST_AUTO_TEST_CASE(a_file_that_another_process_removed_does_not_stay_open) {
  const auto before = open_files();
  BOOST_REQUIRE(users.open(kAda));
  BOOST_REQUIRE(users.open(kBob));
  BOOST_REQUIRE(UserStores(folder.path(), 1, crypto::sha256_text).erase(kAda));
  const auto with_both = open_files();
  users.close_removed();
  BOOST_TEST(open_files() < with_both);
  BOOST_TEST(open_files() > before);
}

// Regression: this ended the process.
BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_looked_into_is_the_trouble_of_its_users_alone) {
  const auto folder_of_ada = users.file_of(kAda).parent_path();
  std::filesystem::create_directories(folder_of_ada.parent_path());
  std::filesystem::create_symlink(folder_of_ada, folder_of_ada);  // round and round
  const auto opened = users.open(kAda);
  BOOST_REQUIRE(!opened);
  BOOST_TEST((opened.error().kind == ErrorKind::Internal));
  BOOST_TEST(!users.read(kAda, [](UserView& view) { return view.credentials(); }));
  BOOST_TEST(bool(users.open(kBob)));
}

BOOST_AUTO_TEST_CASE(an_edit_changes_what_it_names_and_nothing_else) {
  const auto ada = *users.open(kAda);
  BOOST_REQUIRE(test::put_row(*ada, row("c1", Provider::OpenAi, "default")));
  auto note = kNote;
  note.at = base::from_millis(5000);
  const auto off = ada->edit_credential(Provider::OpenAi, "default", {false, {}}, note);
  BOOST_REQUIRE(off);
  BOOST_TEST(!(*off)->is_active);
  BOOST_TEST((*off)->label == "default");
  BOOST_TEST(((*off)->updated_at == note.at));
  const auto renamed = ada->edit_credential(Provider::OpenAi, "default", {{}, "work"}, note);
  BOOST_REQUIRE(renamed);
  BOOST_TEST((*renamed)->label == "work");
  BOOST_TEST(!(*renamed)->is_active);
  BOOST_TEST(((*renamed)->sealed_key == base::Sealed({1, 2, 3})));
  BOOST_TEST((*renamed)->generation == 1U);
  BOOST_TEST(!ada->edit_credential(Provider::OpenAi, "default", {true, {}}, note)->has_value());
}

BOOST_AUTO_TEST_CASE(a_label_that_is_taken_is_no_new_label_and_nobody_loses_their_row) {
  const auto ada = *users.open(kAda);
  BOOST_REQUIRE(test::put_row(*ada, row("c1", Provider::OpenAi, "default")));
  BOOST_REQUIRE(test::put_row(*ada, row("c2", Provider::OpenAi, "work")));
  BOOST_REQUIRE(test::put_row(*ada, row("c3", Provider::Google, "home")));
  const auto taken = ada->edit_credential(Provider::OpenAi, "work", {false, "default"}, kNote);
  BOOST_REQUIRE(!taken);
  BOOST_TEST((taken.error().kind == ErrorKind::Conflict));
  BOOST_TEST(taken.error().field == "label");
  BOOST_TEST((*ada->find_credential(Provider::OpenAi, "work"))->is_active);
  BOOST_TEST((*ada->credentials())->size() == 3U);
  BOOST_TEST(bool(ada->edit_credential(Provider::OpenAi, "work", {{}, "work"}, kNote)));
  BOOST_TEST(bool(ada->edit_credential(Provider::OpenAi, "work", {{}, "home"}, kNote)));
}

BOOST_AUTO_TEST_CASE(a_previous_key_comes_back_as_it_was_put_until_it_is_erased) {
  const auto ada = *users.open(kAda);
  auto stored = row("c1", Provider::OpenAi, "default");
  stored.previous = PreviousKey{"sk-...0000",
                                base::Sealed({7, 8, 9}),
                                false,
                                "https://llm.example/v1",
                                base::from_millis(10),
                                R"({"a":"b"})",
                                base::from_millis(1000),
                                base::from_millis(2000)};
  BOOST_REQUIRE(test::put_row(*ada, stored));
  const auto read = [&] { return (*ada->credential(stored.id))->previous; };
  BOOST_TEST(read()->masked_key == "sk-...0000");
  BOOST_TEST((read()->sealed_key == base::Sealed({7, 8, 9})));
  BOOST_TEST(!read()->is_active);
  BOOST_TEST(read()->base_url.value() == "https://llm.example/v1");
  BOOST_TEST((read()->last_verified_at == base::from_millis(10)));
  BOOST_TEST(read()->verification.value() == R"({"a":"b"})");
  BOOST_TEST((read()->replaced_at == base::from_millis(1000)));
  BOOST_TEST((read()->until == base::from_millis(2000)));
  BOOST_REQUIRE(ada->erase_previous_keys(base::from_millis(1999)));
  BOOST_TEST(read().has_value());
  BOOST_REQUIRE(ada->erase_previous_keys(base::from_millis(2000)));
  BOOST_TEST(!read().has_value());
  BOOST_TEST(((*ada->credential(stored.id))->sealed_key == stored.sealed_key));
}

BOOST_AUTO_TEST_CASE(removing_says_whether_there_was_something) {
  const auto ada = *users.open(kAda);
  BOOST_REQUIRE(test::put_row(*ada, row("c1", Provider::OpenAi, "default")));
  BOOST_TEST(!*ada->remove_credential(Provider::OpenAi, "work", kNote));
  BOOST_TEST(!*ada->remove_credential(Provider::Google, "default", kNote));
  BOOST_TEST(*ada->remove_credential(Provider::OpenAi, "default", kNote));
  BOOST_TEST(!*ada->remove_credential(Provider::OpenAi, "default", kNote));
}

BOOST_AUTO_TEST_SUITE_END()
