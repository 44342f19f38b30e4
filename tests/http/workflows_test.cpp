#include <boost/test/unit_test.hpp>

#include <thread>

#include "tests/support/api_client.h"
#include "tests/support/ownkey_server.h"
#include "tests/support/raw_socket.h"

using namespace ownkey;

namespace {

const std::string kKey = "sk-sim-openai-of-ada-0123456789-X8d2";

struct Fixture {
  test::OwnkeyServer server;
  test::ApiClient ada = test::ApiClient::of_new_user(server.port(), "ada");

  std::string create(const json& workflow) { return ada.post("/api/workflows", workflow).body().at("id"); }
  json run(const std::string& id, const json& inputs = json::object()) {
    return ada.post("/api/workflows/" + id + "/execute", {{"initial_inputs", inputs}}).body();
  }
};

const json& entry(const json& run, const std::string& node) {
  for (const auto& line : run.at("logs"))
    if (line.at("node_id") == node) return line;
  throw std::runtime_error("no log of " + node);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(workflows_api, Fixture)

BOOST_AUTO_TEST_CASE(a_workflow_is_created_read_changed_listed_and_deleted) {
  auto workflow = test::ask_workflow();
  workflow["description"] = "asks";
  workflow["canvas_state"]["viewport"] = {{"x", 1}, {"zoom", 0.5}};
  workflow["canvas_state"]["nodes"][0]["position"] = {{"x", 10}, {"y", -3.5}};
  const auto created = ada.post("/api/workflows", workflow);
  BOOST_REQUIRE(created.status == 201);
  const auto id = created.body().at("id").get<std::string>();
  BOOST_TEST(ada.get("/api/workflows/" + id).body() == created.body());
  BOOST_TEST(created.body().at("canvas_state") == workflow.at("canvas_state"));
  workflow["name"] = "Renamed";
  const auto changed = ada.put("/api/workflows/" + id, workflow);
  BOOST_TEST(changed.status == 200);
  BOOST_TEST(ada.get("/api/workflows").body().at(0).at("name") == "Renamed");
  BOOST_TEST(ada.remove("/api/workflows/" + id).status == 200);
  BOOST_TEST(ada.get("/api/workflows/" + id).status == 404);
  BOOST_TEST(ada.get("/api/workflows").body() == json::array());
}

BOOST_AUTO_TEST_CASE(a_graph_that_cannot_run_is_refused_when_saved_and_when_run_as_a_draft) {
  const auto refused = [&](const json& nodes, const json& edges, const std::string& field) {
    const auto saved =
        ada.post("/api/workflows", {{"name", "x"}, {"canvas_state", {{"nodes", nodes}, {"edges", edges}}}});
    BOOST_TEST(saved.status == 400);
    BOOST_TEST(saved.field() == "canvas_state." + field);
    const auto draft = ada.post("/api/workflows/draft/execute", {{"nodes", nodes}, {"edges", edges}});
    BOOST_TEST(draft.status == 400);
    BOOST_TEST(draft.field() == field);
  };
  const json a{{"id", "a"}, {"type", "default"}}, b{{"id", "b"}, {"type", "default"}};
  refused({a, b}, {{{"source", "a"}, {"target", "b"}}, {{"source", "b"}, {"target", "a"}}}, "edges");
  refused(json::array({a}), {{{"source", "a"}, {"target", "gone"}}}, "edges[0].target");
  refused({{{"id", "a"}, {"type", "shell"}}}, json::array(), "nodes[0].type");
  refused({{{"id", "a"}, {"type", "llm"}}}, json::array(), "nodes[0].data.model");
}

BOOST_AUTO_TEST_CASE(function_a_workflow_on_a_gpt_model_runs_on_the_stored_key) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  const auto result = run(create(test::ask_workflow()), {{"input", "what is new?"}});
  BOOST_TEST(result.at("status") == "success");
  BOOST_TEST(result.at("results").at("out").at("generated_text") == "gpt-3.5-turbo (simulated) heard: what is new?");
  BOOST_TEST(entry(result, "ask").at("key").at("source") == "own");
  BOOST_TEST(entry(result, "ask").at("key").at("masked_key") == "sk-...X8d2");
  BOOST_TEST(entry(result, "ask").at("usage").at("input_tokens").get<int>() > 0);
  BOOST_TEST(server.seen_by_provider().seen().back().key == kKey);
  BOOST_TEST(ada.get("/api/settings/credentials").body().at(0).contains("last_used_at"));
}

BOOST_AUTO_TEST_CASE(each_provider_answers_on_its_own_key) {
  BOOST_REQUIRE(ada.save_key("anthropic", "sk-ant-sim-of-ada-0123456789").status == 200);
  BOOST_REQUIRE(ada.save_key("google", "AQ.sim-of-ada-0123456789").status == 200);
  for (const auto* model : {"claude-opus-5", "gemini-3.8-flash"}) {
    const auto result = run(create(test::ask_workflow(model)));
    BOOST_TEST(result.at("status") == "success", result.dump());
  }
}

BOOST_AUTO_TEST_CASE(a_failed_node_makes_the_run_an_error_that_says_what_to_do) {
  const auto without_key = run(create(test::ask_workflow()));
  BOOST_TEST(without_key.at("status") == "error");
  BOOST_TEST(entry(without_key, "ask").at("error").at("code") == "no_credential");
  BOOST_TEST(entry(without_key, "out").at("status") == "skipped");
  BOOST_TEST(server.seen_by_provider().seen().empty());
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  const std::vector<std::pair<std::string, std::string>> faults{{"no-credit", "no_credit"},
                                                                {"rejected", "key_rejected"},
                                                                {"forbidden", "permission_denied"},
                                                                {"context-too-long", "context_too_long"},
                                                                {"model-not-found", "model_not_found"}};
  const auto id = create(test::ask_workflow());
  for (const auto& [fault, code] : faults) {
    const auto result = run(id, {{"input", "[sim:" + fault + "]"}});
    BOOST_TEST(result.at("status") == "error");
    BOOST_TEST(entry(result, "ask").at("error").at("code") == code);
    BOOST_TEST(entry(result, "ask").at("key").at("masked_key") == "sk-...X8d2");
  }
}

BOOST_AUTO_TEST_CASE(a_run_can_be_watched_as_events) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  const auto answer = ada.send("POST", "/api/workflows/" + create(test::ask_workflow()) + "/execute", "{}",
                               {{"Accept", "text/event-stream"}});
  BOOST_TEST(answer.header("Content-Type").starts_with("text/event-stream"));
  std::size_t at = 0;
  for (const auto* name : {"run.started", "node.started", "node.delta", "node.finished", "run.finished"}) {
    at = answer.text.find("event: " + std::string(name) + "\n", at);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, name);
  }
}

BOOST_AUTO_TEST_CASE(a_client_that_leaves_cancels_the_run_and_the_provider_call) {
  BOOST_REQUIRE(ada.save_key("openai", kKey).status == 200);
  const auto id = create(test::ask_workflow());
  const std::string body = R"({"initial_inputs":{"input":"[sim:stall]"}})";
  {
    test::RawSocket leaving(server.port());
    leaving.send("POST /api/workflows/" + id + "/execute HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                 "\r\nAuthorization: Bearer " + ada.token() + "\r\nContent-Type: application/json\r\nContent-Length: " +
                 std::to_string(body.size()) + "\r\n\r\n" + body);
    BOOST_REQUIRE(test::eventually([&] { return !server.seen_by_provider().seen().empty(); }));
  }
  // The graceful stop waits for running requests: that it is quick shows that the run has ended.
  const auto start = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(std::chrono::milliseconds(2100));
  BOOST_TEST(server.stop() == 0);
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(8)));
}

BOOST_AUTO_TEST_CASE(bad_input_to_a_run_is_an_error_of_the_request) {
  const auto id = create(test::ask_workflow());
  const auto execute = "/api/workflows/" + id + "/execute";
  BOOST_TEST(ada.post(execute, {{"initial_inputs", "text"}}).field() == "initial_inputs");
  BOOST_TEST(ada.post(execute, {{"nodes", json::array()}}).field() == "nodes");
  BOOST_TEST(ada.post(execute, {{"base_url", "https://evil.example"}}).field() == "base_url");
  BOOST_TEST(ada.post("/api/workflows/draft/execute", json::object()).field() == "nodes");
  BOOST_TEST(ada.post("/api/workflows/nothere/execute", json::object()).status == 404);
  auto nameless = test::ask_workflow();
  nameless["name"] = "  ";
  BOOST_TEST(ada.post("/api/workflows", nameless).field() == "name");
}

BOOST_AUTO_TEST_SUITE_END()
