// `ownkey keys` as an operator uses it, beside a server that goes on serving.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "tests/support/api_client.h"
#include "tests/support/command.h"
#include "tests/support/credential_rows.h"
#include "tests/support/ownkey_server.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;

namespace {

std::string key_text(const std::string& id) { return id + ":" + test::run_ownkey({"keygen"}).out.substr(0, 44); }

std::string without_line_end(std::string text) {
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");
  std::string workflow = ada.post("/api/workflows", test::ask_workflow()).body().at("id");
  const std::filesystem::path key_file = server.data() / "master.key";
  const std::string k1 = without_line_end(test::read_file(key_file)), k2 = key_text("k2");

  test::Ended keys(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "keys");
    arguments.insert(arguments.end(), {"--data", server.data().string()});
    return test::run_ownkey(std::move(arguments));
  }
  json keys_json(std::vector<std::string> arguments, int status = 0) {
    arguments.emplace_back("--json");
    const auto ended = keys(std::move(arguments));
    BOOST_TEST(ended.status == status, ended.err);
    return json::parse(ended.out);
  }
  std::string state_of(const std::string& key) {
    const auto status = keys_json({"status"});
    for (const auto& row : status.at("keys"))
      if (row.at("key") == key)
        return std::to_string(row.at("data_keys").get<int>()) + " " + row.at("state").get<std::string>();
    return "not listed";
  }

  void restart_with(const std::string& list) {
    BOOST_REQUIRE(server.stop() == 0);
    test::write_file(key_file, list + "\n");
    server.start();
    ada = client_of(ada.token());
  }
  test::ApiClient client_of(const std::string& token) {
    test::ApiClient client(server.port());
    client.use_token(token);
    return client;
  }
  json run() { return ada.post("/api/workflows/" + workflow + "/execute").body(); }
  std::string health() { return ada.get("/api/settings/credentials").body().at(0).at("health"); }

  base::UserId user_id() { return base::UserId(ada.get("/api/auth/me").body().at("id").get<std::string>()); }

  // Changes the stored row as no code of ours would.
  void damage() {
    store::UserStores users(server.data(), 1, crypto::sha256_text);
    const auto store = test::value_of(users.open(user_id()));
    auto row = test::value_of(store->credentials())->at(0);
    auto bytes = row.sealed_key.bytes();
    bytes.back() ^= 1;
    row.sealed_key = base::Sealed(std::move(bytes));
    BOOST_REQUIRE(test::put_row(*store, row));
  }
};

const std::string kKey = "sk-sim-openai-of-ada-0123456789";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(keys, Fixture)

BOOST_AUTO_TEST_CASE(a_master_key_is_replaced_while_people_save_and_run) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  BOOST_TEST(state_of("k1") == "1 primary");
  restart_with(k1 + "," + k2);
  BOOST_TEST(state_of("k2") == "0 may_go");
  restart_with(k2 + "," + k1);
  BOOST_TEST(state_of("k1") == "1 needed");

  std::atomic<bool> stop = false;
  std::atomic<int> rounds = 0, failures = 0;
  std::thread busy([&] {
    auto client = client_of(ada.token());
    for (; !stop; ++rounds) {
      failures += client.save_key("openai", kKey).status == 200 ? 0 : 1;
      failures +=
          client.post("/api/workflows/" + workflow + "/execute").body().value("status", "") == "success" ? 0 : 1;
    }
  });
  const auto rotated = keys_json({"rotate"});
  BOOST_TEST(rotated.at("rewrapped") == 1);
  BOOST_TEST(rotated.at("remaining") == 0);
  for (int i = 0; i < 10; ++i) BOOST_TEST(keys_json({"rotate-data", "--all"}).at("users") == 1);
  // Whether there is a value left to move depends on the saves meanwhile: one may have taken the new data key already.
  BOOST_TEST(keys_json({"rotate-data", "--user", user_id().text()}).at("users") == 1);
  // The key, and the one that it replaced.
  BOOST_TEST(keys_json({"doctor"}).at("values").at("readable") == 2);
  BOOST_TEST(test::eventually([&] { return rounds >= 10; }));
  stop = true;
  busy.join();
  BOOST_TEST(failures == 0);

  BOOST_TEST(state_of("k1") == "0 may_go");
  BOOST_TEST(state_of("k2") == "1 primary");
  restart_with(k2);
  BOOST_TEST(run().at("status") == "success");
  BOOST_TEST(health() == "readable");
}

BOOST_AUTO_TEST_CASE(a_key_that_is_needed_cannot_be_left_out) {
  BOOST_REQUIRE(server.stop() == 0);
  test::write_file(key_file, k2);
  const auto refused = test::run_ownkey({"serve", "--data", server.data().string(), "--listen", "127.0.0.1:0"});
  BOOST_TEST(refused.status == 1);
  BOOST_TEST(refused.err.find("k1 is missing") != std::string::npos);
  const auto status = keys({"status"});
  BOOST_TEST(status.status == 3);
  BOOST_TEST(status.out.find("missing") != std::string::npos);
  BOOST_TEST(keys({"rotate"}).status == 1);
  BOOST_TEST(keys_json({"doctor"}, 3).at("findings").at(0).at("needs") == "k1");
}

BOOST_AUTO_TEST_CASE(rotating_to_a_key_that_no_server_knows_is_refused) {
  test::write_file(key_file, k2 + "," + k1);
  const auto refused = keys({"rotate"});
  BOOST_TEST(refused.status == 1);
  BOOST_TEST(refused.err.find("k2") != std::string::npos);
  BOOST_TEST(keys({"rotate-data", "--all"}).status == 1);
  BOOST_TEST(state_of("k1") == "1 needed");
  BOOST_TEST(state_of("k2") == "0 new");
}

BOOST_AUTO_TEST_CASE(a_damaged_key_is_found_not_used_and_healed_by_saving_again) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  BOOST_REQUIRE(ada.save_key("google", "AQ.sim-google-of-ada-0123456789").status == 200);
  damage();  // the first by name: google
  const auto examined = keys_json({"doctor"}, 3);
  BOOST_TEST(examined.at("values").at("lost") == 1);
  BOOST_TEST(examined.at("values").at("readable") == 1);
  BOOST_TEST(examined.at("findings").at(0).at("condition") == "lost");

  const auto id =
      ada.post("/api/workflows", test::ask_workflow("gemini-3.5-flash-lite")).body().at("id").get<std::string>();
  server.seen_by_provider().clear();
  const auto result = ada.post("/api/workflows/" + id + "/execute").body();
  BOOST_TEST(result.at("status") == "error");
  BOOST_TEST(result.dump().find("credential_unreadable") != std::string::npos);
  BOOST_TEST(server.seen_by_provider().seen().empty());
  BOOST_TEST(health() == "needs_reentry");
  BOOST_TEST(run().at("status") == "success");

  BOOST_REQUIRE(ada.save_key("google", "AQ.sim-google-of-ada-0123456789").status == 200);
  BOOST_TEST(health() == "readable");
  BOOST_TEST(ada.post("/api/workflows/" + id + "/execute").body().at("status") == "success");
  BOOST_TEST(keys({"doctor"}).status == 0);
}

BOOST_AUTO_TEST_CASE(a_server_tries_the_keys_when_it_starts) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  damage();
  restart_with(k1);
  BOOST_TEST(health() == "needs_reentry");
  BOOST_TEST(server.log().find("tried the data keys") != std::string::npos);
  BOOST_TEST(server.log().find("tried the stored keys") != std::string::npos);
  BOOST_TEST(server.log().find("cannot be read") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_cannot_work_is_said_in_one_line) {
  test::TempFolder folder;
  const auto nowhere = (folder / "typo").string();
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"keys"}, {"keys", "sing"}, {"keys", "rotate-data"}, {"keys", "rotate-data", "--all", "--user", "u"}}) {
    const auto ended = test::run_ownkey(arguments);
    BOOST_TEST(ended.status == 2);
    BOOST_TEST(std::ranges::count(ended.err, '\n') == 1);
  }
  const auto ended = test::run_ownkey({"keys", "status", "--data", nowhere});
  BOOST_TEST(ended.status == 1);
  BOOST_TEST(std::ranges::count(ended.err, '\n') == 1);
  BOOST_TEST(!std::filesystem::exists(nowhere));
  BOOST_TEST(keys({"rotate-data", "--user", "nobody"}).status == 1);
}

BOOST_AUTO_TEST_SUITE_END()
