#include <boost/test/unit_test.hpp>

#include "server/workflow/example_workflows.h"
#include "tests/support/executor_fixture.h"

using namespace ownkey;
using namespace ownkey::workflow;
using test::edge;
using test::entry;
using test::node;

namespace {

struct Fixture : test::ExecutorFixture {
  // What a node makes of these inputs.
  json output_of(std::string_view type, const json& data, const json& inputs) {
    const auto result =
        run({{"nodes", {node("in", "input", inputs), node("it", type, data)}}, {"edges", {edge("in", "it")}}});
    return entry(result, "it").output.value_or(json());
  }

  // Which of the two branches is taken.
  std::string branch(const json& condition, const json& inputs) {
    const auto result =
        run({{"nodes",
              {node("in", "input", inputs), node("if", "condition", condition), node("yes", "default"),
               node("no", "default")}},
             {"edges", {edge("in", "if"), edge("if", "true", "yes", ""), edge("if", "false", "no", "")}}});
    BOOST_TEST((result.status == api::RunStatus::Success));
    return result.results.contains("yes") ? "yes" : "no";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(nodes, Fixture)

BOOST_AUTO_TEST_CASE(handles_select_single_outputs_and_inputs) {
  const json nodes{node("a", "input", {{"x", 1}, {"y", 2}}), node("b", "input", {{"x", 3}}), node("out", "output")};
  const auto merged = [&](const json& edges) { return run({{"nodes", nodes}, {"edges", edges}}).results["out"]; };
  // A handle at the source alone may be a drawing program's own that is called like a field.
  BOOST_TEST(merged(json::array({edge("a", "x", "out", "")})) == json({{"x", 1}, {"y", 2}}));
  BOOST_TEST(merged({edge("a", "x", "out", "left"), edge("b", "x", "out", "right")}) ==
             json({{"left", 1}, {"right", 3}}));
  // Handles that a drawing program made up mean nothing.
  BOOST_TEST(merged(json::array({edge("a", "source-1", "out", "target-1")})) == json({{"x", 1}, {"y", 2}}));
}

BOOST_AUTO_TEST_CASE(a_custom_node_takes_and_gives_what_it_declares) {
  const json data{
      {"inputs", {"name", {{"name", "n"}, {"type", "number"}}}},
      {"outputs", {"n", {{"name", "greeting"}, {"value", "Hello {{name}}"}}, {{"name", "raw"}, {"value", "{{n}}"}}}}};
  BOOST_TEST(output_of("custom", data, {{"name", "Ada"}, {"n", 3}, {"other", 1}}) ==
             json({{"n", 3}, {"greeting", "Hello Ada"}, {"raw", 3}}));
  BOOST_TEST(output_of("custom", json::object(), {{"a", 1}}) == json({{"a", 1}}));
  // A declared input takes the value that a node is about.
  const auto result =
      run({{"nodes", {node("t", "template", {{"template", "text"}}), node("c", "custom", {{"inputs", {"topic"}}})}},
           {"edges", {edge("t", "", "c", "topic")}}});
  BOOST_TEST(result.results["c"] == json({{"topic", "text"}}));
}

// Regression: a large input that is named many times filled the memory before anybody weighed what came out.
BOOST_AUTO_TEST_CASE(a_large_input_cannot_be_multiplied_within_a_node) {
  const json inputs{{"x", std::string(1'000'000, 'x')}};
  const auto error_of = [&](std::string_view type, const json& data) {
    const auto result =
        run({{"nodes", {node("in", "input", inputs), node("it", type, data)}}, {"edges", {edge("in", "it")}}});
    const auto& error = entry(result, "it").error;
    return error ? error->code : "";
  };
  auto filled = json::array(), named = json::array(), args = json::object();
  for (int i = 0; i < 20'000; ++i) {
    const auto name = "n" + std::to_string(i);
    filled.push_back({{"name", name}, {"value", "{{x}}"}});
    named.push_back("x");
    args[name] = json::array({"{{x}}"});
  }
  BOOST_TEST(error_of("custom", {{"outputs", filled}}) == "limit_exceeded");
  BOOST_TEST(error_of("custom", {{"outputs", named}}) == "limit_exceeded");
  BOOST_TEST(error_of("tool", {{"tool", "calculator"}, {"args", args}}) == "limit_exceeded");
}

BOOST_AUTO_TEST_CASE(a_template_becomes_the_prompt_behind_it) {
  BOOST_TEST(output_of("template", {{"template", "{{a}}-{{b.c}}"}}, {{"a", 1}, {"b", {{"c", "x"}}}}) ==
             json({{"prompt", "1-x"}}));
}

BOOST_AUTO_TEST_CASE(a_tool_node_fills_its_arguments_from_its_inputs) {
  BOOST_TEST(output_of("tool", {{"tool", "calculator"}, {"args", {{"expression", "{{n}} * 2"}}}}, {{"n", 21}}) ==
             json({{"output", 42}}));
  BOOST_TEST(output_of("tool", {{"tool", "calculator"}}, {{"expression", "1 + 1"}}) == json({{"output", 2}}));
  const json query{{"tool", "json_query"}, {"args", {{"data", "{{doc}}"}, {"pointer", "/a"}}}};
  BOOST_TEST(output_of("tool", query, {{"doc", {{"a", json::array({1, 2})}}}}) ==
             json({{"output", json::array({1, 2})}}));
  const auto failed = run({{"nodes", {node("t", "tool", {{"tool", "calculator"}, {"args", {{"expression", "1 +"}}}})}},
                           {"edges", json::array()}});
  BOOST_TEST((failed.status == api::RunStatus::Error));
  BOOST_TEST(entry(failed, "t").error->detail.find("it ends here") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_condition_compares_texts_and_numbers) {
  const auto test = [&](const char* op, const json& value, const json& field) {
    return branch({{"field", "f"}, {"operator", op}, {"value", value}}, {{"f", field}}) == "yes";
  };
  BOOST_TEST(test("equals", "yes", " Yes\n"));
  BOOST_TEST(!test("equals", "yes", "no"));
  BOOST_TEST(test("not_equals", "yes", "no"));
  BOOST_TEST(test("equals", 5, "5.0"));
  BOOST_TEST(test("contains", "plain", "A comPLAINt"));
  BOOST_TEST(test("contains", 2, json::array({1, 2})));
  BOOST_TEST(test("not_contains", "x", "abc"));
  BOOST_TEST(test("starts_with", "yes", "Yes, it is"));
  BOOST_TEST(test("ends_with", "!", "hi!"));
  BOOST_TEST(test("greater", 9, "10"));
  BOOST_TEST(test("less_or_equal", "10", 10));
  BOOST_TEST(!test("less", 10, 10));
  BOOST_TEST(branch({{"field", "a.b"}, {"operator", "exists"}}, {{"a", {{"b", 1}}}}) == "yes");
  BOOST_TEST(branch({{"field", "a.c"}, {"operator", "exists"}}, {{"a", {{"b", 1}}}}) == "no");
  BOOST_TEST(branch({{"field", "a"}, {"operator", "empty"}}, {{"a", "  "}}) == "yes");
  BOOST_TEST(branch({{"field", "a"}, {"operator", "equals"}, {"value", "{{b}}"}}, {{"a", 7}, {"b", 7}}) == "yes");
}

BOOST_AUTO_TEST_CASE(the_branch_not_taken_is_skipped_without_an_error_and_branches_meet_again) {
  const json nodes{node("in", "input", {{"x", 1}}),
                   node("if", "condition", {{"field", "x"}, {"operator", "equals"}, {"value", 1}}),
                   node("yes", "custom", {{"outputs", {{{"name", "said"}, {"value", "yes"}}}}}),
                   node("no", "custom", {{"outputs", {{{"name", "said"}, {"value", "no"}}}}}),
                   node("after_no", "default"),
                   node("both", "output")};
  const auto result = run({{"nodes", nodes},
                           {"edges",
                            {edge("in", "if"), edge("if", "true", "yes", ""), edge("if", "false", "no", ""),
                             edge("no", "after_no"), edge("yes", "both"), edge("after_no", "both")}}});
  BOOST_TEST((result.status == api::RunStatus::Success));
  BOOST_TEST(result.results["both"] == json({{"said", "yes"}}));
  for (const auto* skipped : {"no", "after_no"}) {
    BOOST_TEST((entry(result, skipped).status == api::NodeStatus::Skipped));
    BOOST_TEST(entry(result, skipped).reason.value() == "branch_not_taken");
  }
}

BOOST_AUTO_TEST_CASE(a_node_between_a_failed_and_a_taken_branch_is_skipped) {
  const auto result =
      run({{"nodes",
            {node("in", "input", {{"x", 1}}), node("if", "condition", {{"field", "x"}, {"operator", "exists"}}),
             node("bad", "tool", {{"tool", "calculator"}, {"args", {{"expression", "("}}}}), node("both", "output")}},
           {"edges", {edge("in", "if"), edge("in", "bad"), edge("if", "true", "both", ""), edge("bad", "both")}}});
  BOOST_TEST((result.status == api::RunStatus::Error));
  BOOST_TEST(entry(result, "both").reason.value() == "parent_failed");
}

BOOST_AUTO_TEST_CASE(the_examples_are_five_and_each_can_be_saved_and_run) {
  save(ada, Provider::OpenAi, "sk-sim-openai-of-ada-0123456789");
  save(ada, Provider::Anthropic, "sk-ant-sim-of-ada-0123456789");
  BOOST_TEST(example_workflows().size() == 5U);
  for (const auto& example : example_workflows()) {
    const auto result = run(example.canvas_state);
    BOOST_TEST((result.status == api::RunStatus::Success), example.id);
  }
}

BOOST_AUTO_TEST_SUITE_END()
