// The audit log through the API, and `ownkey audit verify` beside the server.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "server/store/user_stores.h"
#include "tests/support/api_client.h"
#include "tests/support/command.h"
#include "tests/support/execute_sql.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

const std::string kKey = "sk-sim-openai-of-ada-0123456789-X8d2";
const std::string kCredentials = "/api/settings/credentials";
const std::string kPassword = "correct horse";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");
  const std::string ada_id = id_of(ada);

  static std::string id_of(test::ApiClient& client) { return client.get("/api/auth/me").body().at("id"); }
  static json log_of(test::ApiClient& client, const std::string& query = "") {
    const auto answer = client.get("/api/settings/audit" + query);
    BOOST_REQUIRE(answer.status == 200);
    return answer.body();
  }
  static std::vector<std::string> actions_of(test::ApiClient& client) {
    std::vector<std::string> actions;
    for (const auto& entry : log_of(client)) actions.push_back(entry.at("action"));
    return actions;
  }

  test::Ended verify(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"audit", "verify", "--data", server.data().string()});
    return test::run_ownkey(std::move(arguments));
  }
  json verify_json(int status) {
    const auto ended = verify({"--json"});
    BOOST_TEST(ended.status == status, ended.err);
    return json::parse(ended.out);
  }
  // As somebody would who can write the file.
  void execute(const std::string& sql) {
    test::execute_sql(store::user_file(server.data(), base::UserId(ada_id)), sql);
  }
};

std::string all_content(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) all += test::read_file(entry.path());
  return all;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audit_api, Fixture)

BOOST_AUTO_TEST_CASE(everything_that_is_done_is_told_newest_first) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  BOOST_REQUIRE(ada.save_key("openai", "sk-sim-openai-rejected-0123456789").status == 200);
  BOOST_REQUIRE(ada.post(kCredentials + "/openai/verify").status == 400);
  BOOST_REQUIRE(ada.post(kCredentials + "/openai/undo").status == 200);
  BOOST_REQUIRE(ada.patch(kCredentials + "/openai", {{"label", "work"}}).status == 200);
  BOOST_REQUIRE(ada.remove(kCredentials + "/openai/work").status == 200);
  const auto workflow = ada.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  BOOST_REQUIRE(ada.put("/api/workflows/" + workflow, test::ask_workflow()).status == 200);
  BOOST_REQUIRE(ada.remove("/api/workflows/" + workflow).status == 200);
  const std::vector<std::string> actions{
      "workflow.deleted",    "workflow.changed",    "workflow.created",    "credential.removed", "credential.changed",
      "credential.restored", "credential.verified", "credential.replaced", "credential.saved",   "account.created"};
  BOOST_TEST(actions_of(ada) == actions, boost::test_tools::per_element());

  const auto log = log_of(ada);
  for (const auto& entry : log) {
    BOOST_TEST(entry.at("who") == "user");
    BOOST_TEST(entry.at("address") == "127.0.0.1");
    BOOST_TEST(entry.at("agent").get<std::string>().starts_with("cpp-httplib"));
    BOOST_TEST(entry.at("session_id") == log.back().at("session_id"));
    BOOST_TEST(entry.at("at").get<std::string>().ends_with("Z"));
    BOOST_TEST(entry.at("result") == (entry.at("action") == "credential.verified" ? "key_rejected" : "success"));
  }
  BOOST_TEST(log[0].at("subject") == workflow);
  BOOST_TEST(log[4].at("subject") == "openai/default to work");
  BOOST_TEST(log[8].at("subject") == "openai/default");
}

BOOST_AUTO_TEST_CASE(sessions_are_told_also_those_that_did_not_begin) {
  test::ApiClient other(server.port());
  const auto sign_in = [&](const std::string& password) {
    return other.post("/api/auth/login", {{"email", "ada@example.com"}, {"password", password}});
  };
  BOOST_TEST(sign_in("wrong horse").status == 401);
  BOOST_REQUIRE(test::eventually([&] { return log_of(ada).size() == 2; }));
  const auto refused = log_of(ada).at(0);
  BOOST_TEST(refused.at("action") == "session.started");
  BOOST_TEST(refused.at("result") == "unauthenticated");
  BOOST_TEST(refused.at("who") == "unknown");
  BOOST_TEST(!refused.contains("session_id"));

  other.use_token(sign_in(kPassword).body().at("access_token"));
  BOOST_TEST(other.post("/api/auth/logout").status == 204);
  const auto log = log_of(ada);
  BOOST_TEST(log.at(0).at("action") == "session.ended");
  BOOST_TEST(log.at(1).at("action") == "session.started");
  BOOST_TEST(log.at(0).at("session_id") == log.at(1).at("session_id"));
  BOOST_TEST(log.at(0).at("session_id") != log.at(3).at("session_id"));
}

BOOST_AUTO_TEST_CASE(what_the_operator_does_is_told_as_theirs) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  BOOST_REQUIRE(test::run_ownkey({"keys", "rotate-data", "--all", "--data", server.data().string()}).status == 0);
  const auto entry = log_of(ada).at(0);
  BOOST_TEST(entry.at("action") == "data_key.rotated");
  BOOST_TEST(entry.at("who") == "operator");
  BOOST_TEST(entry.at("address") == "command line");
}

BOOST_AUTO_TEST_CASE(each_person_sees_their_own_log_alone) {
  auto bob = test::ApiClient::of_new_user(server.port(), "bob");
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  BOOST_TEST(log_of(bob).size() == 1U);
  BOOST_TEST(ada.remove(kCredentials + "/google").status == 404);
  BOOST_TEST(log_of(ada).size() == 2U);
  test::ApiClient nobody(server.port());
  BOOST_TEST(nobody.get("/api/settings/audit").status == 401);
}

BOOST_AUTO_TEST_CASE(a_log_is_read_in_pages) {
  for (int i = 0; i < 60; ++i) BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  BOOST_TEST(log_of(ada).size() == 50U);
  BOOST_TEST(log_of(ada, "?limit=200").size() == 61U);
  const auto page = log_of(ada, "?before=10&limit=3");
  BOOST_REQUIRE(page.size() == 3U);
  BOOST_TEST(page[0].at("sequence") == 9);
  BOOST_TEST(log_of(ada, "?before=1") == json::array());
  for (const auto* bad : {"before=0", "before=x", "before=", "before=1x", "before=99999999999999999999", "limit=0",
                          "limit=201", "limit=-1"}) {
    const auto answer = ada.get(std::string("/api/settings/audit?") + bad);
    BOOST_TEST(answer.status == 400, bad);
    BOOST_TEST(answer.field() == std::string(bad).substr(0, std::string(bad).find('=')));
  }
}

BOOST_AUTO_TEST_CASE(no_secret_is_in_a_log) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  BOOST_REQUIRE(ada.post(kCredentials + "/openai/verify").status == 200);
  test::ApiClient other(server.port());
  const std::string wrong = "wrong-password-canary";
  BOOST_TEST(other.post("/api/auth/login", {{"email", "ada@example.com"}, {"password", wrong}}).status == 401);
  BOOST_REQUIRE(test::eventually([&] { return log_of(ada).size() == 4; }));
  const auto text = ada.get("/api/settings/audit").text + all_content(server.data());
  for (const auto& secret : {kKey, kPassword, wrong, ada.token()}) BOOST_TEST(text.find(secret) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(verify_says_that_all_is_well_beside_the_server_and_prints_the_heads) {
  auto bob = test::ApiClient::of_new_user(server.port(), "bob");
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  const auto head = log_of(ada).at(0);
  const auto result = verify_json(0);
  BOOST_TEST(result.at("users") == 2);
  BOOST_TEST(result.at("broken") == 0);
  const auto& logs = result.at("logs");
  const auto mine = std::ranges::find_if(logs, [&](const json& log) { return log.at("user") == ada_id; });
  BOOST_REQUIRE((mine != logs.end()));
  BOOST_TEST(mine->at("entries") == 2);
  BOOST_TEST(mine->at("head").at("sequence") == head.at("sequence"));
  BOOST_TEST(mine->at("head").at("hash") == head.at("hash"));
  const auto text = verify({"--user", ada_id});
  BOOST_TEST(text.status == 0);
  BOOST_TEST(text.out.find("2 entries, head 2 " + head.at("hash").get<std::string>()) != std::string::npos, text.out);
  BOOST_TEST(verify({"--user", "nobody"}).status == 1);
}

BOOST_AUTO_TEST_CASE(verify_names_the_first_entry_that_was_tampered_with) {
  for (int i = 0; i < 4; ++i) BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  execute("UPDATE audit SET address = '192.0.2.1' WHERE sequence = 4");
  BOOST_TEST(verify_json(3).at("logs").at(0).at("broken").at("sequence") == 4);
  execute("DELETE FROM audit WHERE sequence = 2");
  BOOST_TEST(verify_json(3).at("logs").at(0).at("broken").at("sequence") == 3);
  const auto text = verify();
  BOOST_TEST(text.out.find("BROKEN at entry 3: entries before it are missing") != std::string::npos, text.out);
  BOOST_TEST(log_of(ada).size() == 4U);  // what is left can still be read
}

BOOST_AUTO_TEST_CASE(verify_changes_nothing_and_makes_nothing) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  server.stop();
  const auto before = all_content(server.data());
  BOOST_TEST(verify_json(0).at("logs").at(0).at("entries") == 2);
  BOOST_TEST((all_content(server.data()) == before));
  const test::TempFolder empty;
  BOOST_TEST(test::run_ownkey({"audit", "verify", "--data", empty.path().string()}).status == 1);
  BOOST_TEST(std::filesystem::is_empty(empty.path()));
}

BOOST_AUTO_TEST_SUITE_END()
