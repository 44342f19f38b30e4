#include "server/workflow/graph_executor.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "tests/support/child_process.h"
#include "tests/support/executor_fixture.h"
#include "tests/support/raw_server.h"

using namespace ownkey;
using namespace ownkey::workflow;
using test::edge;
using test::entry;
using test::node;

namespace {

constexpr std::string_view kOpenAiKey = "sk-sim-openai-of-ada-0123456789";

const json kAsk{
    {"nodes", {node("in", "input"), node("ask", "llm", {{"model", "gpt-3.5-turbo"}}), node("out", "output")}},
    {"edges", {edge("in", "ask"), edge("ask", "out")}}};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(graph_executor, test::ExecutorFixture)

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

BOOST_AUTO_TEST_CASE(a_cancelled_run_ends_slow_calls_of_tools_within_moments) {
  std::atomic<int> asked = 0, left = 0;
  test::RawServer site([&](test::RawConnection& connection) {
    connection.read_head();
    ++asked;
    if (connection.wait_for_close(10'000)) ++left;
  });
  const auto host = "127.0.0.1:" + std::to_string(site.port());
  const auto web_tools = test::value_of(Tools::create({{host}, "http://" + host}));
  GraphExecutor with_web(workers, *web_tools, deadlines, system_clock);
  const auto graph = test::value_of(
      Graph::parse({{"nodes",
                     {node("page", "tool", {{"tool", "http_get"}, {"args", {{"url", "http://" + host + "/slow"}}}}),
                      node("article", "tool", {{"tool", "wikipedia"}, {"args", {{"query", "slowness"}}}})}},
                    {"edges", json::array()}}));
  base::CancelSource source;
  std::chrono::steady_clock::time_point cancelled;
  std::thread canceller([&] {
    test::eventually([&] { return asked == 2; });
    cancelled = std::chrono::steady_clock::now();
    source.cancel();
  });
  auto llm = service->for_user(ada);
  const auto result = with_web.run(graph, json::object(), llm, {source.token(), {}, {}});
  const auto ended = std::chrono::steady_clock::now();
  canceller.join();
  BOOST_TEST((result.status == api::RunStatus::Cancelled));
  for (const auto* name : {"page", "article"}) BOOST_TEST((entry(result, name).status == api::NodeStatus::Cancelled));
  BOOST_TEST((ended - cancelled < std::chrono::seconds(2)));
  BOOST_TEST(test::eventually([&] { return left == 2; }, std::chrono::seconds(2)));
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
  const auto result = run(canvas, json::object(), {.on_event = [&](const RunEvent& event) {
                            const auto id = event.data.at("node_id").get<std::string>();
                            if (event.name == "node.started") running.insert(id);
                            if (event.name == "node.finished") running.erase(id);
                            most = std::max(most, running.size());
                          }});
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
  const auto result = run(kAsk, {{"input", "[sim:stall]"}}, {.cancel = cancel.token()});
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
  const auto result = run(kAsk, {{"input", "hello"}},
                          {.on_event = [](const RunEvent&) { throw std::runtime_error("no more memory"); }});
  BOOST_TEST((result.status == api::RunStatus::Success));
}

BOOST_AUTO_TEST_CASE(a_node_that_takes_too_long_fails_and_the_others_finish) {
  save(ada, Provider::OpenAi, kOpenAiKey);
  const auto result = run({{"nodes",
                            {node("slow", "llm", {{"model", "gpt-5.5"}, {"prompt", "[sim:stall]"}, {"timeout_s", 1}}),
                             node("quick", "llm", {{"model", "gpt-5.5"}, {"prompt", "hi"}}), node("after", "output")}},
                           {"edges", {edge("slow", "after")}}});
  BOOST_TEST((result.status == api::RunStatus::Error));
  BOOST_TEST(entry(result, "slow").error->code == "limit_exceeded");
  BOOST_TEST(entry(result, "after").reason.value() == "parent_failed");
  BOOST_TEST((entry(result, "quick").status == api::NodeStatus::Success));
}

BOOST_AUTO_TEST_CASE(a_node_tries_again_as_often_as_it_is_told_and_only_where_it_may_help) {
  save(ada, Provider::OpenAi, kOpenAiKey);
  const auto with = [&](const std::string& prompt) {
    return run({{"nodes",
                 {node("ask", "llm", {{"model", "gpt-5.5"}, {"prompt", prompt}, {"retries", 2}, {"retry_wait_s", 0}})}},
                {"edges", json::array()}});
  };
  const auto cut = with("[sim:cut] one two three");
  BOOST_TEST((entry(cut, "ask").status == api::NodeStatus::Error));
  BOOST_TEST(entry(cut, "ask").attempts.value() == 3);
  const auto hopeless = with("[sim:no-credit]");
  BOOST_TEST(!entry(hopeless, "ask").attempts.has_value());
}

BOOST_AUTO_TEST_CASE(a_cancel_before_the_start_leaves_every_node_cancelled) {
  base::CancelSource cancel;
  cancel.cancel();
  const auto result = run(kAsk, json::object(), {.cancel = cancel.token()});
  BOOST_TEST((result.status == api::RunStatus::Cancelled));
  for (const auto& of_node : result.logs) BOOST_TEST((of_node.status == api::NodeStatus::Cancelled));
}

BOOST_AUTO_TEST_SUITE_END()
