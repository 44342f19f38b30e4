// Which workflows run on a key, asked before it is removed.
#include <boost/test/unit_test.hpp>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

const std::string kList = "/api/settings/credentials";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");

  void save(const std::string& label) {
    BOOST_REQUIRE(
        ada.post(kList, {{"provider", "openai"}, {"api_key", "sk-sim-openai-0123456789"}, {"label", label}}).status ==
        200);
  }
  std::string workflow_naming(const std::string& label) {
    auto workflow = test::ask_workflow();
    workflow["name"] = "Ask " + label;
    workflow["canvas_state"]["nodes"][1]["data"]["credential"] = label;
    return ada.post("/api/workflows", workflow).body().at("id");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(credentials_uses, Fixture)

BOOST_AUTO_TEST_CASE(workflows_are_told_by_the_nodes_that_name_the_key_or_get_it_unasked) {
  save("default");
  save("work");
  const auto named = workflow_naming("work");
  const std::string unasked = ada.post("/api/workflows", test::ask_workflow()).body().at("id");
  const json ask = json::array({"ask"}), none = json::array();
  BOOST_TEST(ada.get(kList + "/openai/work/uses").body() ==
             json::array({{{"workflow_id", named}, {"name", "Ask work"}, {"node_ids", ask}, {"by_default", none}}}));
  BOOST_TEST(
      ada.get(kList + "/openai/uses").body() ==
      json::array({{{"workflow_id", unasked}, {"name", "Ask a model"}, {"node_ids", none}, {"by_default", ask}}}));
  // Without the usual key, the next one takes its place: this is what removing it would change.
  BOOST_REQUIRE(ada.remove(kList + "/openai").status == 200);
  BOOST_TEST(ada.get(kList + "/openai/work/uses").body().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_key_of_no_use_has_an_empty_list_and_one_that_is_not_there_has_none) {
  save("work");
  BOOST_TEST(ada.get(kList + "/openai/work/uses").body() == json::array());
  BOOST_TEST(ada.get(kList + "/openai/uses").status == 404);
  BOOST_TEST(ada.get(kList + "/acme/uses").status == 404);
}

BOOST_AUTO_TEST_CASE(nobody_learns_of_the_workflows_of_others) {
  save("work");
  workflow_naming("work");
  auto bob = test::ApiClient::of_new_user(server.port(), "bob");
  BOOST_TEST(bob.get(kList + "/openai/work/uses").status == 404);
  BOOST_REQUIRE(
      bob.post(kList, {{"provider", "openai"}, {"api_key", "sk-sim-openai-of-bob-0123"}, {"label", "work"}}).status ==
      200);
  BOOST_TEST(bob.get(kList + "/openai/work/uses").body() == json::array());
  BOOST_TEST(test::ApiClient(server.port()).get(kList + "/openai/work/uses").status == 401);
}

BOOST_AUTO_TEST_SUITE_END()
