// Workflows as drawing programs export them: with positions, sizes, colours, handles and fields of their own.
#include <boost/test/unit_test.hpp>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"

using namespace ownkey;

namespace {

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");

  Fixture() { ada.save_key("openai", "sk-sim-openai-of-ada-0123456789-X8d2"); }

  static json flow(const std::string& name) {
    return json::parse(test::read_file(OWNKEY_SOURCE_DIR "/tests/vectors/exported_flows/" + name + ".json"));
  }

  // Stored, read back as it was, and run both as stored and as a draft, with the same results.
  json results_of(const std::string& name) {
    const auto canvas = flow(name);
    const auto created = ada.post("/api/workflows", {{"name", name}, {"canvas_state", canvas}});
    BOOST_REQUIRE_MESSAGE(created.status == 201, created.text);
    const auto path = "/api/workflows/" + created.body().at("id").get<std::string>();
    BOOST_TEST(ada.get(path).body().at("canvas_state") == canvas);
    const auto stored = ada.post(path + "/execute", json::object()).body();
    const auto draft =
        ada.post("/api/workflows/draft/execute", {{"nodes", canvas["nodes"]}, {"edges", canvas["edges"]}});
    for (const auto& run : {stored, draft.body()}) BOOST_TEST(run.at("status") == "success", run.dump());
    BOOST_TEST(stored.at("results") == draft.body().at("results"));
    return stored.at("results");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(exported_flows, Fixture)

BOOST_AUTO_TEST_CASE(a_question_goes_over_handles_that_mean_nothing_to_a_model_and_its_answer_comes_out) {
  BOOST_TEST(results_of("ask").at("output-1718035200003").at("generated_text") ==
             "gpt-3.5-turbo (simulated) heard: What is a credential?");
}

BOOST_AUTO_TEST_CASE(an_agent_uses_its_tool_and_the_result_passes_through_a_default_node) {
  const auto results = results_of("agent");
  BOOST_TEST(results.at("4").at("output").get<std::string>().find("42") != std::string::npos, results.dump());
  BOOST_TEST(results.at("3") == results.at("2"));
}

BOOST_AUTO_TEST_CASE(a_custom_node_gets_its_inputs_over_their_handles) {
  BOOST_TEST(results_of("branches").at("result").at("line") == "5: gpt-3.5-turbo (simulated) heard: bees");
}

BOOST_AUTO_TEST_SUITE_END()
