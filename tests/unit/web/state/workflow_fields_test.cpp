#include "web/state/workflow_fields.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using namespace ownkey::state;

BOOST_AUTO_TEST_SUITE(workflow_fields_of_a_graph)

BOOST_AUTO_TEST_CASE(the_example_has_a_model_a_prompt_and_a_path_through_it) {
  const auto example = example_workflow();
  BOOST_TEST(example.name == "Ask a model");
  BOOST_TEST(!fields_of(example.canvas_state).model->empty());
  BOOST_TEST(!fields_of(example.canvas_state).prompt->empty());
  BOOST_TEST(example.canvas_state["nodes"].size() == 3u);
  BOOST_TEST(example.canvas_state["edges"].size() == 2u);
}

BOOST_AUTO_TEST_CASE(editing_changes_the_two_fields_and_nothing_else) {
  json canvas = example_workflow().canvas_state;
  canvas["viewport"] = {{"zoom", 1.5}};
  canvas["nodes"][1]["data"]["temperature"] = 0.25;
  const json edited = with_fields(canvas, {"gpt-3.5-turbo", "Why?"});
  BOOST_TEST((fields_of(edited) == WorkflowFields{"gpt-3.5-turbo", "Why?", true}));
  BOOST_TEST((with_fields(edited, fields_of(canvas)) == canvas));
}

BOOST_AUTO_TEST_CASE(a_graph_without_such_nodes_has_no_fields_and_stays_as_it_is) {
  for (const json& canvas :
       {json::object(), json{{"nodes", 3}}, json{{"nodes", {{{"id", "a"}, {"type", "llm"}}}}}, json(nullptr)}) {
    BOOST_TEST((fields_of(canvas) == WorkflowFields{}));
    BOOST_TEST((with_fields(canvas, {"m", "p"}) == canvas));
  }
}

BOOST_AUTO_TEST_CASE(without_an_input_node_the_prompt_is_that_of_the_model) {
  const json canvas{{"nodes", {{{"id", "m"}, {"type", "llm"}, {"data", {{"model", "m1"}, {"prompt", "Why?"}}}}}}};
  BOOST_TEST((fields_of(canvas) == WorkflowFields{"m1", "Why?", false}));
  const json edited = with_fields(canvas, {"m2", "How?", false});
  BOOST_TEST(edited["nodes"][0]["data"]["model"].get<std::string>() == "m2");
  BOOST_TEST(edited["nodes"][0]["data"]["prompt"].get<std::string>() == "How?");
}

BOOST_AUTO_TEST_CASE(an_input_that_is_no_text_is_not_for_people_to_edit) {
  const json canvas{{"nodes", {{{"id", "q"}, {"type", "input"}, {"data", {{"input", {{"a", 1}}}}}}}}};
  BOOST_TEST(!fields_of(canvas).prompt);
  BOOST_TEST((with_fields(canvas, fields_of(canvas)) == canvas));
}

BOOST_AUTO_TEST_CASE(a_name_that_is_taken_gets_the_next_number) {
  std::vector<api::Workflow> workflows(2);
  BOOST_TEST(unused_name("Ask", workflows) == "Ask");
  workflows[0].name = "Ask";
  BOOST_TEST(unused_name("Ask", workflows) == "Ask 2");
  workflows[1].name = "Ask 2";
  BOOST_TEST(unused_name("Ask", workflows) == "Ask 3");
}

BOOST_AUTO_TEST_CASE(the_answer_is_the_text_of_the_output_node) {
  api::RunResult result;
  result.results = {{"model", {{"generated_text", "early"}}}, {"answer", {{"generated_text", "late"}}}};
  result.logs.resize(2);
  result.logs[0].node_id = "answer";
  result.logs[0].type = "output";
  result.logs[1].node_id = "model";
  result.logs[1].type = "llm";
  BOOST_TEST(answer_of(result) == "late");
  result.results.erase("answer");
  BOOST_TEST(answer_of(result) == "early");
}

BOOST_AUTO_TEST_CASE(an_output_without_text_is_shown_as_json) {
  api::RunResult result;
  result.results = {{"end", {{"sum", 3}}}};
  result.logs.resize(1);
  result.logs[0].node_id = "end";
  result.logs[0].type = "end";
  BOOST_TEST(answer_of(result) == R"({"sum":3})");
}

BOOST_AUTO_TEST_SUITE_END()
