// The third of the mission's three tests: A's key is out of B's reach. isolation_matrix_test goes through every route.
#include <boost/test/unit_test.hpp>

#include "tests/support/api_client.h"
#include "tests/support/execute_sql.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

const std::string kAdasKey = "sk-sim-openai-of-ada-0123456789-AAAA";
const std::string kBobsKey = "sk-sim-openai-of-bob-0123456789-BBBB";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");
  test::ApiClient bob = test::ApiClient::of_new_user(server.port(), "bob");
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

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mission_isolation, Fixture)

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
  test::execute_sql(to, "ATTACH '" + from.string() + "' AS ada; INSERT INTO credentials SELECT * FROM ada.credentials");
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
