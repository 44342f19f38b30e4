#include "server/workflow/graph_executor.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <thread>

#include "tests/provider_sim/simulator.h"
#include "tests/support/vault_fixture.h"

using namespace ownkey;
using namespace ownkey::workflow;

namespace {

constexpr std::string_view kOpenAiKey = "sk-sim-openai-of-ada-0123456789";

struct Fixture : test::VaultFixture {
  provider_sim::RequestLog seen;
  // With a delay, so that nodes which run together are seen to do so.
  provider_sim::Simulator simulator{{.delay = std::chrono::milliseconds(20)}, seen};
  base::Log log = base::Log::to([](std::string_view) {}, base::Log::Format::Json);
  base::SystemClock system_clock;
  NodeWorkers workers{16};
  GraphExecutor executor{workers, system_clock};
  base::UserId ada = add_user("ada");
  std::unique_ptr<llm::LlmService> service;

  Fixture() {
    BOOST_REQUIRE(simulator.start());
    llm::LlmOptions options;
    options.endpoints = {simulator.origin() + "/v1", simulator.origin(), simulator.origin() + "/v1beta", {}};
    service = test::value_of(llm::LlmService::create(std::move(options), vault, users, system_clock, log));
  }

  GraphRun run(const json& canvas, const json& inputs = json::object(), const base::CancelToken& cancel = {},
               const OnRunEvent& on_event = {}) {
    const auto graph = test::value_of(Graph::parse(canvas));
    auto llm = service->for_user(ada);
    return executor.run(graph, inputs, llm, cancel, on_event);
  }

  static const api::LogEntry& entry(const GraphRun& run, std::string_view node) {
    const auto found = std::ranges::find(run.logs, node, &api::LogEntry::node_id);
    BOOST_REQUIRE((found != run.logs.end()));
    return *found;
  }
};

json node(std::string_view id, std::string_view type, const json& data = json::object()) {
  return {{"id", id}, {"type", type}, {"data", data}};
}
json edge(std::string_view source, std::string_view target) { return {{"source", source}, {"target", target}}; }

const json kAsk{
    {"nodes", {node("in", "input"), node("ask", "llm", {{"model", "gpt-3.5-turbo"}}), node("out", "output")}},
    {"edges", {edge("in", "ask"), edge("ask", "out")}}};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(graph_executor, Fixture)

BOOST_AUTO_TEST_CASE(a_model_is_asked_on_the_users_own_key_and_the_log_says_so) {
  const auto info = save(ada, Provider::OpenAi, kOpenAiKey);
  const auto result = run(kAsk, {{"input", "hello"}});
  BOOST_TEST((result.status == api::RunStatus::Success));
  BOOST_TEST(result.results.at("out").at("generated_text") == "gpt-3.5-turbo (simulated) heard: hello");
  const auto& asked = entry(result, "ask");
  BOOST_TEST(asked.key->credential_id.value() == info.id.text());
  BOOST_TEST((asked.key->source == api::KeySource::Own));
  BOOST_TEST(asked.key->masked_key == "sk-...6789");
  BOOST_TEST(asked.usage->output_tokens > 0);
  BOOST_REQUIRE(seen.seen().size() == 1U);
  BOOST_TEST(seen.seen()[0].key == kOpenAiKey);
}

BOOST_AUTO_TEST_CASE(without_a_key_the_run_is_an_error_and_the_provider_hears_nothing) {
  const auto result = run(kAsk, {{"input", "hello"}});
  BOOST_TEST((result.status == api::RunStatus::Error));
  BOOST_TEST(entry(result, "ask").error->code == "no_credential");
  BOOST_TEST((entry(result, "out").status == api::NodeStatus::Skipped));
  BOOST_TEST(!result.results.contains("ask"));
  BOOST_TEST(seen.seen().empty());
}

BOOST_AUTO_TEST_CASE(what_lies_behind_a_failed_node_is_skipped_and_other_branches_finish) {
  save(ada, Provider::OpenAi, kOpenAiKey);
  const auto result = run({{"nodes",
                            {node("in", "input", {{"input", "x"}}), node("bad", "llm", {{"model", "claude-opus-5"}}),
                             node("good", "llm", {{"model", "gpt-3.5-turbo"}}), node("after_bad", "default"),
                             node("after_good", "output"), node("both", "end")}},
                           {"edges",
                            {edge("in", "bad"), edge("in", "good"), edge("bad", "after_bad"),
                             edge("good", "after_good"), edge("after_bad", "both"), edge("after_good", "both")}}});
  BOOST_TEST((result.status == api::RunStatus::Error));
  BOOST_TEST((entry(result, "bad").status == api::NodeStatus::Error));
  BOOST_TEST((entry(result, "after_bad").status == api::NodeStatus::Skipped));
  BOOST_TEST((entry(result, "both").status == api::NodeStatus::Skipped));
  BOOST_TEST((entry(result, "after_good").status == api::NodeStatus::Success));
}

BOOST_AUTO_TEST_CASE(inputs_are_merged_in_the_order_of_the_edges) {
  const json nodes{node("a", "input", {{"x", "a"}, {"only_a", 1}}), node("b", "input", {{"x", "b"}}),
                   node("out", "output")};
  for (int i = 0; i < 20; ++i) {
    BOOST_TEST(run({{"nodes", nodes}, {"edges", {edge("a", "out"), edge("b", "out")}}}).results["out"] ==
               json({{"x", "b"}, {"only_a", 1}}));
    BOOST_TEST(run({{"nodes", nodes}, {"edges", {edge("b", "out"), edge("a", "out")}}}).results["out"] ==
               json({{"x", "a"}, {"only_a", 1}}));
  }
}

BOOST_AUTO_TEST_CASE(initial_inputs_are_laid_over_the_data_of_input_nodes) {
  const auto result =
      run({{"nodes", {node("in", "input", {{"a", 1}, {"b", 1}})}}, {"edges", json::array()}}, {{"b", 2}});
  BOOST_TEST(result.results["in"] == json({{"a", 1}, {"b", 2}}));
}

BOOST_AUTO_TEST_CASE(nodes_that_are_ready_together_run_together) {
  save(ada, Provider::OpenAi, kOpenAiKey);
  json canvas{{"nodes", {node("in", "input", {{"input", "hi"}})}}, {"edges", json::array()}};
  for (int i = 0; i < 4; ++i) {
    canvas["nodes"].push_back(node("n" + std::to_string(i), "llm", {{"model", "gpt-3.5-turbo"}}));
    canvas["edges"].push_back(edge("in", "n" + std::to_string(i)));
  }
  std::set<std::string> running;
  std::size_t most = 0;
  const auto result = run(canvas, json::object(), {}, [&](const RunEvent& event) {
    const auto id = event.data.at("node_id").get<std::string>();
    if (event.name == "node.started") running.insert(id);
    if (event.name == "node.finished") running.erase(id);
    most = std::max(most, running.size());
  });
  BOOST_TEST((result.status == api::RunStatus::Success));
  BOOST_TEST(most >= 2U);
}

BOOST_AUTO_TEST_CASE(a_cancelled_run_ends_soon_also_before_the_first_token) {
  save(ada, Provider::OpenAi, kOpenAiKey);
  base::CancelSource cancel;
  const auto start = std::chrono::steady_clock::now();
  std::jthread later([&] {
    while (seen.seen().empty() && std::chrono::steady_clock::now() - start < std::chrono::seconds(5))
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    cancel.cancel();
  });
  const auto result = run(kAsk, {{"input", "[sim:stall]"}}, cancel.token());
  BOOST_TEST((result.status == api::RunStatus::Cancelled));
  BOOST_TEST((entry(result, "ask").status == api::NodeStatus::Cancelled));
  BOOST_TEST((entry(result, "out").status == api::NodeStatus::Cancelled));
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(7)));
}

BOOST_AUTO_TEST_CASE(a_key_that_the_model_repeats_is_in_no_result) {
  save(ada, Provider::OpenAi, kOpenAiKey);
  const auto result = run(kAsk, {{"input", "[sim:say-key]"}});
  BOOST_TEST((result.status == api::RunStatus::Success));
  BOOST_TEST(dump_json(result.results).find(kOpenAiKey) == std::string::npos);
  const auto failed = run(kAsk, {{"input", "[sim:echo-key]"}});
  BOOST_TEST((failed.status == api::RunStatus::Error));
  BOOST_TEST(dump_json(to_json(failed.logs)).find(kOpenAiKey) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_thousand_nodes_in_a_chain_and_in_a_fan_come_to_their_end) {
  json chain{{"nodes", {node("0", "input", {{"x", 1}})}}, {"edges", json::array()}};
  json fan = chain;
  for (int i = 1; i < 1000; ++i) {
    for (auto* canvas : {&chain, &fan}) (*canvas)["nodes"].push_back(node(std::to_string(i), "default"));
    chain["edges"].push_back(edge(std::to_string(i - 1), std::to_string(i)));
    fan["edges"].push_back(edge("0", std::to_string(i)));
  }
  BOOST_TEST(run(chain).results["999"] == json({{"x", 1}}));
  BOOST_TEST(run(fan).results.size() == 1000U);
}

// Regression: what a run carries could be multiplied from node to node until the memory was gone.
BOOST_AUTO_TEST_CASE(a_run_carries_no_more_than_its_bounds) {
  const std::string large(1'000'000, 'x');
  json canvas{{"nodes", {node("0", "input", {{"x", large}})}}, {"edges", json::array()}};
  for (int i = 1; i < 100; ++i) {
    canvas["nodes"].push_back(node(std::to_string(i), "default"));
    canvas["edges"].push_back(edge(std::to_string(i - 1), std::to_string(i)));
  }
  const auto result = run(canvas);
  BOOST_TEST((result.status == api::RunStatus::Error));
  BOOST_TEST(result.results.size() < 20U);
  const auto failed = std::ranges::find(result.logs, api::NodeStatus::Error, &api::LogEntry::status);
  BOOST_TEST(failed->error->code == "limit_exceeded");
}

// Regression: an exception in one node ended the whole program.
BOOST_AUTO_TEST_CASE(a_listener_that_throws_does_not_end_the_run) {
  save(ada, Provider::OpenAi, kOpenAiKey);
  const auto result =
      run(kAsk, {{"input", "hello"}}, {}, [](const RunEvent&) { throw std::runtime_error("no more memory"); });
  BOOST_TEST((result.status == api::RunStatus::Success));
}

BOOST_AUTO_TEST_SUITE_END()
