// Replacing a key, and bringing the old one back.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/support/api_client.h"
#include "tests/support/command.h"
#include "tests/support/credential_rows.h"
#include "tests/support/ownkey_server.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;

namespace {

const std::string kOld = "sk-sim-openai-of-ada-0123456789-X8d2";
const std::string kNew = "sk-sim-openai-another-0123456789-Y9e3";
const std::string kList = "/api/settings/credentials";
const std::string kUndo = kList + "/openai/undo";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");

  json entry() { return ada.get(kList).body().at(0); }
  // The key that the provider saw in the run's call.
  std::string key_of_run() {
    server.seen_by_provider().clear();
    const json node{{"id", "ask"}, {"type", "llm"}, {"data", {{"model", "gpt-3.5-turbo"}, {"prompt", "hello"}}}};
    const auto result = ada.post("/api/workflows/draft/execute", {{"nodes", {node}}, {"edges", json::array()}}).body();
    BOOST_TEST(result.at("status") == "success");
    const auto seen = server.seen_by_provider().seen();
    return seen.empty() ? "" : seen.front().key;
  }

  base::UserId user_id() { return base::UserId(ada.get("/api/auth/me").body().at("id").get<std::string>()); }
  bool on_disk(const base::Sealed& sealed) {
    const std::string bytes(sealed.bytes().begin(), sealed.bytes().end());
    return std::ranges::any_of(std::filesystem::recursive_directory_iterator(server.data()), [&](const auto& entry) {
      return entry.is_regular_file() && test::read_file(entry.path()).find(bytes) != std::string::npos;
    });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(credentials_undo, Fixture)

BOOST_AUTO_TEST_CASE(a_run_uses_the_new_key_and_the_old_one_after_an_undo) {
  const auto saved = ada.save_key("openai", kOld).body();
  BOOST_TEST(!saved.contains("notice"));
  BOOST_TEST(!saved.contains("previous"));
  const auto replaced = ada.save_key("openai", kNew);
  BOOST_REQUIRE(replaced.status == 200);
  const auto previous = replaced.body().at("previous");
  BOOST_TEST(previous.at("masked_key") == "sk-...X8d2");
  BOOST_TEST(previous.at("until") > previous.at("replaced_at"));
  const auto notice = replaced.body().at("notice").get<std::string>();
  BOOST_TEST(notice.find("sk-...X8d2 is kept until " + previous.at("until").get<std::string>().substr(11, 5) +
                         " UTC") != std::string::npos);
  BOOST_TEST(entry().at("previous") == previous);
  BOOST_TEST(key_of_run() == kNew);

  const auto undone = ada.post(kUndo);
  BOOST_REQUIRE(undone.status == 200);
  BOOST_TEST(undone.body().at("masked_key") == "sk-...X8d2");
  BOOST_TEST(undone.body().at("id") == saved.at("id"));
  BOOST_TEST(undone.body().at("previous").at("masked_key") == "sk-...Y9e3");
  BOOST_TEST(key_of_run() == kOld);
  BOOST_TEST(ada.post(kUndo).body().at("masked_key") == "sk-...Y9e3");
  BOOST_TEST(key_of_run() == kNew);
  for (const auto& text : {replaced.text, undone.text, ada.get(kList).text})
    for (const auto& key : {kOld, kNew}) BOOST_TEST(text.find(key) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(with_nothing_to_bring_back_that_is_said) {
  BOOST_TEST(ada.post(kUndo).status == 404);
  BOOST_TEST(ada.post(kList + "/acme/undo").status == 404);
  ada.save_key("openai", kOld);
  const auto none = ada.post(kUndo);
  BOOST_TEST(none.status == 409);
  BOOST_TEST(none.code() == "conflict");
  BOOST_TEST(none.detail().find("no earlier key") != std::string::npos);
  BOOST_TEST(ada.post(kList + "/openai/work/undo").status == 404);
}

BOOST_AUTO_TEST_CASE(white_space_and_the_old_key_are_both_told_of) {
  ada.save_key("openai", kOld);
  const auto notice = ada.save_key("openai", " " + kNew).body().at("notice").get<std::string>();
  BOOST_TEST(notice.find("white space") != std::string::npos);
  BOOST_TEST(notice.find("is kept until") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_removed_key_does_not_come_back) {
  ada.save_key("openai", kOld);
  ada.save_key("openai", kNew);
  BOOST_REQUIRE(ada.remove(kList + "/openai").status == 200);
  BOOST_TEST(ada.post(kUndo).status == 404);
  BOOST_TEST(!ada.save_key("openai", kNew).body().contains("previous"));
}

BOOST_AUTO_TEST_CASE(another_person_brings_nothing_back) {
  ada.save_key("openai", kOld);
  ada.save_key("openai", kNew);
  auto bob = test::ApiClient::of_new_user(server.port(), "bob");
  BOOST_TEST(bob.post(kUndo).status == 404);
  BOOST_TEST(bob.save_key("openai", "sk-sim-openai-of-bob-0123456789").status == 200);
  BOOST_TEST(bob.post(kUndo).status == 409);
  BOOST_TEST(test::ApiClient(server.port()).post(kUndo).status == 401);
  BOOST_TEST(key_of_run() == kNew);
}

BOOST_AUTO_TEST_CASE(a_key_that_could_not_be_read_is_not_kept_and_that_is_said) {
  ada.save_key("openai", kOld);
  {
    store::UserStores users(server.data(), 1, crypto::sha256_text);
    const auto store = test::value_of(users.open(user_id()));
    auto row = test::value_of(store->credentials())->at(0);
    row.sealed_key = base::Sealed({'x'});
    BOOST_REQUIRE(test::put_row(*store, row));
  }
  const auto replaced = ada.save_key("openai", kNew).body();
  BOOST_TEST(!replaced.contains("previous"));
  BOOST_TEST(replaced.at("notice").get<std::string>().find("cannot be undone") != std::string::npos);
  BOOST_TEST(ada.post(kUndo).status == 409);
  BOOST_TEST(key_of_run() == kNew);
}

BOOST_AUTO_TEST_CASE(a_server_that_starts_erases_what_is_overdue) {
  ada.save_key("openai", kOld);
  ada.save_key("openai", kNew);
  const auto user = user_id();
  BOOST_REQUIRE(server.stop(SIGKILL) != 0);
  base::Sealed kept;
  {
    // As if ten minutes had passed.
    const auto accounts = test::value_of(store::open_account_store(server.data() / "accounts.db"));
    store::UserStores users(server.data(), 1, crypto::sha256_text);
    const auto store = test::value_of(users.open(user));
    auto row = test::value_of(store->credentials())->at(0);
    row.previous.value().until = base::SystemClock().now();
    kept = row.previous->sealed_key;
    BOOST_REQUIRE(test::put_row(*store, row));
    BOOST_REQUIRE(accounts->add_key_erasure(user, row.previous->until));
  }
  BOOST_TEST(on_disk(kept));
  server.start();
  BOOST_TEST(test::eventually([&] { return !on_disk(kept); }));
  test::ApiClient again(server.port());
  again.use_token(ada.token());
  BOOST_TEST(!again.get(kList).body().at(0).contains("previous"));
  BOOST_TEST(again.post(kUndo).status == 409);
}

BOOST_AUTO_TEST_CASE(no_key_is_lost_while_keys_are_replaced_brought_back_and_moved_to_new_data_keys) {
  ada.save_key("openai", kOld);
  std::atomic<bool> stop = false;
  std::atomic<int> rounds = 0, failures = 0;
  std::thread busy([&] {
    test::ApiClient client(server.port());
    client.use_token(ada.token());
    for (; !stop; ++rounds) {
      failures += client.save_key("openai", kNew).status == 200 ? 0 : 1;
      failures += client.post(kUndo).body().value("masked_key", "") == "sk-...X8d2" ? 0 : 1;
    }
  });
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(test::run_ownkey({"keys", "rotate-data", "--all", "--data", server.data().string()}).status == 0);
  BOOST_TEST(test::eventually([&] { return rounds >= 10; }));
  stop = true;
  busy.join();
  BOOST_TEST(failures == 0);
  BOOST_TEST(test::run_ownkey({"keys", "doctor", "--data", server.data().string()}).status == 0);
  BOOST_TEST(key_of_run() == kOld);
  BOOST_TEST(ada.post(kUndo).status == 200);
  BOOST_TEST(key_of_run() == kNew);
}

BOOST_AUTO_TEST_SUITE_END()
