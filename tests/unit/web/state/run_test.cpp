#include "web/state/run.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using namespace ownkey::state;

namespace {

struct Fixture {
  Fixture() {
    api::RunDetails details;
    details.run_id = "r1";
    details.workflow_id = "w1";
    run.record.set(std::move(details));
  }
  std::string take(std::string_view name, std::string_view data) { return take_event(run, name, data, 1, 3); }
  NodeRun known(std::string_view node) const {
    const NodePlaces places{{"m", 0}, {"a", 1}};
    return node_runs(run, places, places.size())[places.find(node)->second];
  }

  Run run;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(run_events, Fixture)

BOOST_AUTO_TEST_CASE(a_run_waits_then_goes_through_its_nodes_and_ends) {
  take("run.queued", R"({"run_id":"r1","position":2})");
  BOOST_TEST(*run.record.value()->position == 2);
  BOOST_TEST(run.is_under_way());
  take("run.started", "{}");
  BOOST_TEST(!run.record.value()->position);
  BOOST_TEST(take("node.started", R"({"node_id":"m","type":"llm"})") == "Step 1 of 3: Model call.");
  BOOST_TEST((known("m").state() == NodeState::Running));
  BOOST_TEST((known("a").state() == NodeState::Waiting));
  take("node.delta", R"({"node_id":"m","text":"Be"})");
  take("node.delta", R"({"node_id":"m","text":"cause."})");
  BOOST_TEST(known("m").live->text == "Because.");
  take("node.finished", R"({"node_id":"m","type":"llm","status":"success","started_at":"","duration_ms":5})");
  BOOST_TEST((known("m").state() == NodeState::Done));
  BOOST_TEST(!known("m").live);
  BOOST_TEST(take("run.finished", R"({"run_id":"r1","workflow_id":"w1","status":"success","results":{},"logs":[]})") ==
             "The answer is there.");
  BOOST_TEST(!run.is_under_way());
}

BOOST_AUTO_TEST_CASE(tools_are_shown_with_what_they_brought) {
  take("node.started", R"({"node_id":"a","type":"agent"})");
  take("node.tool_call", R"({"node_id":"a","name":"calculator","arguments":{"expression":"1+1"}})");
  BOOST_REQUIRE(known("a").live->tool_calls.size() == 1u);
  BOOST_TEST(!known("a").live->tool_calls[0].result);
  take("node.tool_result", R"({"node_id":"a","name":"calculator","result":2})");
  BOOST_TEST(known("a").live->tool_calls[0].result->get<int>() == 2);
}

BOOST_AUTO_TEST_CASE(nodes_that_the_graph_has_no_more_are_left_out_and_new_ones_wait) {
  take("node.finished", R"({"node_id":"gone","type":"llm","status":"success","started_at":"","duration_ms":5})");
  take("node.finished", R"({"node_id":"m","type":"llm","status":"error","started_at":"","duration_ms":5})");
  take("node.started", R"({"node_id":"also-gone","type":"llm"})");
  const auto all = node_runs(run, {{"a", 0}, {"m", 2}}, 3);
  BOOST_REQUIRE(all.size() == 3u);
  BOOST_TEST((all[0].state() == NodeState::Waiting));
  BOOST_TEST((all[1].state() == NodeState::Waiting));
  BOOST_TEST((all[2].state() == NodeState::Failed));
}

BOOST_AUTO_TEST_CASE(a_lost_connection_is_noted_until_the_next_event) {
  take("", "");
  BOOST_TEST(run.reconnecting);
  take("node.started", R"({"node_id":"m","type":"llm"})");
  BOOST_TEST(!run.reconnecting);
}

BOOST_AUTO_TEST_CASE(an_event_that_comes_twice_or_is_not_understood_changes_nothing) {
  const auto* finished = R"({"node_id":"m","type":"llm","status":"success","started_at":"","duration_ms":5})";
  take("node.finished", finished);
  take("node.finished", finished);
  BOOST_TEST(logs_of(*run.record.value()).size() == 1u);
  for (const auto* data : {"", "[]", "{", R"({"node_id":3})"})
    for (const auto* name : {"node.delta", "node.tool_call", "node.tool_result", "node.finished", "new.event"})
      take(name, data);
  BOOST_TEST(logs_of(*run.record.value()).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(run_answers)

BOOST_AUTO_TEST_CASE(the_answer_is_the_text_of_the_output_node) {
  api::RunDetails record;
  record.results = {{"model", {{"generated_text", "early"}}}, {"answer", {{"generated_text", "late"}}}};
  auto& logs = record.logs.emplace(2);
  logs[0].node_id = "answer";
  logs[0].type = "output";
  logs[1].node_id = "model";
  logs[1].type = "llm";
  BOOST_TEST(answer_of(record) == "late");
  record.results->erase("answer");
  BOOST_TEST(answer_of(record) == "early");
}

BOOST_AUTO_TEST_CASE(several_answers_stand_below_each_other_and_anything_else_is_json) {
  BOOST_TEST(text_of_output({{"open_ai", "A"}, {"anthropic", "B"}}) == "Anthropic:\nB\n\nOpen ai:\nA");
  BOOST_TEST(text_of_output({{"sum", 3}}) == R"({"sum":3})");
  BOOST_TEST(text_of_output("plain") == "plain");
  BOOST_TEST(text_of_output(json()).empty());
}

BOOST_AUTO_TEST_SUITE_END()
