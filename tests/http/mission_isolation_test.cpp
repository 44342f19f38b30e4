// The third of the mission's three tests: A's key is out of B's reach, by any route.
#include <sqlite3.h>
#include <boost/test/unit_test.hpp>

#include <memory>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

const std::string kAdasKey = "sk-sim-openai-of-ada-0123456789-AAAA";
const std::string kBobsKey = "sk-sim-openai-of-bob-0123456789-BBBB";
const std::string kRandomId = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");
  test::ApiClient bob = test::ApiClient::of_new_user(server.port(), "bob");
  test::ApiClient nobody{server.port()};
  std::string workflow = ada.post("/api/workflows", test::ask_workflow()).body().at("id");

  Fixture() { BOOST_REQUIRE(ada.save_key("openai", kAdasKey).status == 200); }

  std::filesystem::path file_of(test::ApiClient& user) {
    const auto id = user.get("/api/auth/me").body().at("id").get<std::string>();
    return server.data() / "users" / id.substr(0, 2) / (id + ".db");
  }
  bool provider_saw(const std::string& key) {
    for (const auto& request : server.seen_by_provider().seen())
      if (request.key == key) return true;
    return false;
  }
};

struct Call {
  const char* method;
  std::string path;  // {id} stands for a workflow's id
  std::string body;
};

// Every route that takes a session.
std::vector<Call> all_calls() {
  const auto workflow = test::ask_workflow().dump();
  const std::string key = R"({"provider":"openai","api_key":"sk-sim-openai-typed-0123456789"})";
  return {{"POST", "/api/auth/logout", ""},
          {"GET", "/api/auth/me", ""},
          {"GET", "/api/settings/profile", ""},
          {"PATCH", "/api/settings/profile", R"({"full_name":"Nobody"})"},
          {"POST", "/api/settings/password", R"({"current_password":"correct horse","new_password":"battery staple"})"},
          {"GET", "/api/settings/sessions", ""},
          {"DELETE", "/api/settings/sessions/{id}", ""},
          {"DELETE", "/api/settings/sessions", ""},
          {"GET", "/api/settings/preferences", ""},
          {"PUT", "/api/settings/preferences", "{}"},
          {"DELETE", "/api/settings/account", R"({"current_password":"correct horse"})"},
          {"GET", "/api/settings/export", ""},
          {"GET", "/api/settings/providers", ""},
          {"GET", "/api/settings/credentials", ""},
          {"POST", "/api/settings/credentials", key},
          {"PATCH", "/api/settings/credentials/openai", R"({"is_active":true})"},
          {"PATCH", "/api/settings/credentials/openai/default", R"({"is_active":true})"},
          {"POST", "/api/settings/credentials/openai/undo", ""},
          {"POST", "/api/settings/credentials/openai/default/undo", ""},
          {"GET", "/api/settings/credentials/openai/uses", ""},
          {"GET", "/api/settings/credentials/openai/default/uses", ""},
          {"DELETE", "/api/settings/credentials/openai", ""},
          {"DELETE", "/api/settings/credentials/openai/default", ""},
          {"POST", "/api/settings/credentials/verify", key},
          {"POST", "/api/settings/credentials/openai/verify", ""},
          {"POST", "/api/settings/credentials/openai/default/verify", ""},
          {"GET", "/api/settings/failover", ""},
          {"PUT", "/api/settings/failover", R"({"openai":{"enabled":true,"order":["default"]}})"},
          {"GET", "/api/settings/budgets", ""},
          {"PUT", "/api/settings/budgets", R"({"provider":"openai","monthly_tokens":1})"},
          {"GET", "/api/usage", ""},
          {"GET", "/api/models", ""},
          {"GET", "/api/workflows", ""},
          {"POST", "/api/workflows", workflow},
          {"GET", "/api/workflows/{id}", ""},
          {"PUT", "/api/workflows/{id}", workflow},
          {"DELETE", "/api/workflows/{id}", ""},
          {"POST", "/api/workflows/{id}/execute", "{}"}};
}

std::string with_id(std::string path, const std::string& id) {
  const auto at = path.find("{id}");
  return at == std::string::npos ? path : path.replace(at, 4, id);
}

std::string without_request_id(const test::ApiAnswer& answer) {
  auto body = answer.body();
  body.erase("request_id");
  return body.dump();
}

void execute_sql(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* opened = nullptr;
  BOOST_REQUIRE(sqlite3_open(file.c_str(), &opened) == SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  char* message = nullptr;
  BOOST_REQUIRE_MESSAGE(sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK, message);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mission_isolation, Fixture)

BOOST_AUTO_TEST_CASE(isolation_without_a_session_every_route_answers_401) {
  for (const auto& call : all_calls()) {
    const auto answer = nobody.send(call.method, with_id(call.path, workflow), call.body);
    BOOST_TEST(answer.status == 401, call.method << " " << call.path << " answered " << answer.status);
    BOOST_TEST(answer.code() == "unauthenticated");
  }
}

BOOST_AUTO_TEST_CASE(isolation_anothers_id_answers_like_an_id_that_does_not_exist) {
  for (const auto& call : all_calls()) {
    if (call.path.find("{id}") == std::string::npos) continue;
    const auto adas = bob.send(call.method, with_id(call.path, workflow), call.body);
    const auto none = bob.send(call.method, with_id(call.path, kRandomId), call.body);
    BOOST_TEST(adas.status == 404, call.method << " " << call.path);
    BOOST_TEST(without_request_id(adas) == without_request_id(none));
  }
  BOOST_TEST(ada.get("/api/workflows/" + workflow).status == 200);
}

BOOST_AUTO_TEST_CASE(isolation_bob_sees_verifies_uses_and_deletes_no_key_of_adas) {
  BOOST_TEST(bob.get("/api/settings/credentials").body() == json::array());
  BOOST_TEST(bob.get("/api/workflows").body() == json::array());
  BOOST_TEST(bob.post("/api/settings/credentials/openai/verify").status == 404);
  BOOST_TEST(bob.remove("/api/settings/credentials/openai").status == 404);
  const auto own = bob.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  const auto run = bob.post("/api/workflows/" + own + "/execute").body();
  BOOST_TEST(run.at("status") == "error");
  BOOST_TEST(run.dump().find("no_credential") != std::string::npos);
  BOOST_TEST(run.dump().find("AAAA") == std::string::npos);
  BOOST_TEST(!provider_saw(kAdasKey));
  BOOST_TEST(ada.get("/api/settings/credentials").body().size() == 1U);
}

BOOST_AUTO_TEST_CASE(isolation_bob_saving_a_key_of_the_same_name_changes_nothing_of_adas) {
  BOOST_REQUIRE(bob.save_key("openai", kBobsKey).status == 200);
  BOOST_REQUIRE(bob.remove("/api/settings/credentials/openai").status == 200);
  BOOST_REQUIRE(bob.save_key("openai", kBobsKey).status == 200);
  BOOST_TEST(ada.get("/api/settings/credentials").body().at(0).at("masked_key") == "sk-...AAAA");
  BOOST_TEST(ada.post("/api/workflows/" + workflow + "/execute").body().at("status") == "success");
  BOOST_TEST(provider_saw(kAdasKey));
  BOOST_TEST(!provider_saw(kBobsKey));
}

BOOST_AUTO_TEST_CASE(isolation_a_shared_graph_runs_on_the_key_of_the_one_who_runs_it) {
  BOOST_REQUIRE(bob.save_key("openai", kBobsKey).status == 200);
  const auto draft = test::ask_workflow().at("canvas_state");
  const auto run =
      bob.post("/api/workflows/draft/execute", {{"nodes", draft.at("nodes")}, {"edges", draft.at("edges")}}).body();
  BOOST_TEST(run.at("status") == "success");
  BOOST_TEST(provider_saw(kBobsKey));
  BOOST_TEST(!provider_saw(kAdasKey));
}

BOOST_AUTO_TEST_CASE(isolation_a_row_moved_from_adas_file_into_bobs_does_not_open) {
  const auto from = file_of(ada), to = file_of(bob);
  BOOST_TEST(bob.get("/api/settings/credentials").status == 200);  // makes the file
  BOOST_REQUIRE(server.stop() == 0);
  execute_sql(to, "ATTACH '" + from.string() + "' AS ada; INSERT INTO credentials SELECT * FROM ada.credentials");
  server.start();
  test::ApiClient again(server.port());
  again.use_token(bob.token());
  BOOST_TEST(again.get("/api/settings/credentials").body().size() == 1U);
  const auto own = again.post("/api/workflows", test::ask_workflow()).body().at("id").get<std::string>();
  const auto run = again.post("/api/workflows/" + own + "/execute").body();
  BOOST_TEST(run.at("status") == "error");
  BOOST_TEST(run.dump().find("credential_unreadable") != std::string::npos);
  const auto verified = again.post("/api/settings/credentials/openai/verify");
  BOOST_TEST(verified.code() == "credential_unreadable");
  BOOST_TEST(!provider_saw(kAdasKey));
}

BOOST_AUTO_TEST_CASE(isolation_adas_whole_file_in_bobs_place_is_refused) {
  const auto from = file_of(ada), to = file_of(bob);
  BOOST_TEST(bob.get("/api/settings/credentials").status == 200);
  BOOST_REQUIRE(server.stop() == 0);
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
  server.start();
  test::ApiClient again(server.port());
  again.use_token(bob.token());
  const auto list = again.get("/api/settings/credentials");
  BOOST_TEST(list.status == 500);
  BOOST_TEST(list.text.find("sk-") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
