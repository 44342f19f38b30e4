#include "web/state/canvas.h"

#include <boost/test/unit_test.hpp>

#include "web/state/new_workflow.h"
#include "web/state/node_kinds.h"

using namespace ownkey;
using namespace ownkey::state;

namespace {

const char* const kCanvas = R"({"viewport":{"zoom":1.5},"nodes":[
  {"id":"q","type":"input","data":{"label":"Question","input":"Why?","words":3}},
  {"id":"m","type":"llm","data":{"model":"m1","temperature":0.25}},
  {"id":"c","type":"condition","data":{"label":"Yes?"}}],
  "edges":[{"source":"q","target":"m"},{"source":"m","target":"c"}]})";

json canvas() { return *parse_json(kCanvas); }

std::vector<std::string> places(const std::vector<NodeField>& fields) {
  std::vector<std::string> all;
  for (const auto& field : fields) all.push_back(field.place);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(canvas_editing)

BOOST_AUTO_TEST_CASE(what_is_no_graph_has_no_nodes_and_can_be_added_to) {
  for (const json& broken : {json(), json::object(), json{{"nodes", 3}}, json::array()}) {
    BOOST_TEST(nodes_of(broken).empty());
    BOOST_TEST(edges_of(broken).empty());
    json edited = broken;
    BOOST_TEST(add_node(edited, "llm", json::object(), "") == "llm");
    BOOST_TEST(nodes_of(edited).size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(a_new_node_gets_an_id_of_its_own_and_an_edge) {
  json edited = canvas();
  BOOST_TEST(add_node(edited, "output", json::object(), "m") == "output");
  BOOST_TEST(add_node(edited, "output", json::object(), "c false") == "output_2");
  const json& edges = edges_of(edited);
  BOOST_TEST(text_in(edges[2], "source") == "m");
  BOOST_TEST(text_in(edges[3], "source") == "c");
  BOOST_TEST(text_in(edges[3], "sourceHandle") == "false");
  BOOST_TEST(edited["viewport"]["zoom"].get<double>() == 1.5);
}

BOOST_AUTO_TEST_CASE(a_node_goes_with_its_edges) {
  json edited = canvas();
  remove_node(edited, "m");
  BOOST_TEST(nodes_of(edited).size() == 2u);
  BOOST_TEST(edges_of(edited).empty());
  BOOST_TEST(!find_node(edited, "m"));
}

BOOST_AUTO_TEST_CASE(edges_come_and_go) {
  json edited = canvas();
  connect(edited, "q", "c");
  BOOST_TEST(edges_of(edited).size() == 3u);
  disconnect(edited, 0);
  BOOST_TEST(text_in(edges_of(edited)[0], "source") == "m");
  disconnect(edited, 17);
  BOOST_TEST(edges_of(edited).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_value_that_is_typed_as_it_was_stays_as_it_was) {
  json edited = canvas();
  set_value(edited, "m", "temperature", "0.25", ValueKind::Number, false);
  set_value(edited, "q", "input", "Why?", ValueKind::Text, true);
  BOOST_TEST((edited == canvas()));
}

BOOST_AUTO_TEST_CASE(numbers_are_numbers_and_what_is_none_stays_for_the_server_to_say_so) {
  json edited = canvas();
  set_value(edited, "m", "temperature", "0.7", ValueKind::Number, false);
  BOOST_TEST(edited["nodes"][1]["data"]["temperature"].get<double>() == 0.7);
  set_value(edited, "m", "temperature", "warm", ValueKind::Number, false);
  BOOST_TEST(edited["nodes"][1]["data"]["temperature"].get<std::string>() == "warm");
  set_value(edited, "m", "temperature", "", ValueKind::Number, false);
  BOOST_TEST(!edited["nodes"][1]["data"].contains("temperature"));
}

BOOST_AUTO_TEST_CASE(a_required_text_stays_when_it_is_emptied) {
  json edited = canvas();
  set_value(edited, "m", "model", "", ValueKind::Text, true);
  BOOST_TEST(edited["nodes"][1]["data"]["model"].get<std::string>().empty());
}

BOOST_AUTO_TEST_CASE(a_place_may_lie_within_an_object) {
  json edited = canvas();
  set_value(edited, "m", "args.expression", "1 + 1", ValueKind::Text, false);
  BOOST_TEST(value_at(data_of(*find_node(edited, "m")), "args.expression") == "1 + 1");
  BOOST_TEST(value_at(data_of(*find_node(edited, "m")), "args.other").empty());
}

BOOST_AUTO_TEST_CASE(a_list_is_ticked_and_unticked) {
  json edited = canvas();
  toggle_in_list(edited, "m", "tools", "calculator");
  BOOST_TEST(is_in_list(data_of(*find_node(edited, "m")), "tools", "calculator"));
  toggle_in_list(edited, "m", "tools", "calculator");
  BOOST_TEST((edited == canvas()));
}

BOOST_AUTO_TEST_CASE(inputs_get_names_and_lose_them) {
  json edited = canvas();
  add_node(edited, "input", json{{"label", "Start"}}, "");
  BOOST_TEST(!has_inputs(data_of(*find_node(edited, "input"))));
  add_input(edited, "input", "tone");
  BOOST_TEST((data_of(*find_node(edited, "input")) == json{{"label", "Start"}, {"input", ""}, {"tone", ""}}));
  remove_input(edited, "input", "tone");
  BOOST_TEST((data_of(*find_node(edited, "input")) == json{{"label", "Start"}, {"input", ""}}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(kinds_of_node)

BOOST_AUTO_TEST_CASE(a_node_goes_by_its_label_or_else_its_kind) {
  BOOST_TEST(label_of(*find_node(canvas(), "c")) == "Yes?");
  BOOST_TEST(label_of(*find_node(canvas(), "m")) == "Model call");
  BOOST_TEST(kind_name("my_own") == "My own");
}

BOOST_AUTO_TEST_CASE(an_agent_has_the_fields_of_a_model_and_more) {
  const auto model = places(node_fields(*find_node(canvas(), "m"), nullptr));
  auto agent = places(node_fields(json{{"id", "a"}, {"type", "agent"}}, nullptr));
  BOOST_TEST(std::erase(agent, "max_steps") == 1u);
  BOOST_TEST(agent == model, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_arguments_of_a_tool_come_from_its_schema) {
  const std::vector<api::ToolEntry> tools{
      {"calculator",
       "",
       json{{"properties", {{"expression", {{"type", "string"}}}, {"digits", {{"type", "integer"}}}}}},
       true,
       {}}};
  const json node{{"id", "t"}, {"type", "tool"}, {"data", {{"tool", "calculator"}}}};
  const std::vector<std::string> expected{"label", "tool", "args.digits", "args.expression", "timeout_s", "retries"};
  BOOST_TEST(places(node_fields(node, &tools)) == expected, boost::test_tools::per_element());
  BOOST_TEST(places(node_fields(node, nullptr)).size() == 4u);
}

BOOST_AUTO_TEST_CASE(a_run_is_given_what_the_input_nodes_hold_each_name_once) {
  json two = canvas();
  add_node(two, "input", json{{"input", "again"}, {"language", "French"}}, "");
  const auto fields = run_fields(two);
  const std::vector<std::string> expected{"input", "words", "language"};
  BOOST_TEST(places(fields) == expected, boost::test_tools::per_element());
  BOOST_TEST(fields[0].label == "Question");
  BOOST_TEST((fields[1].value == ValueKind::Json));
  BOOST_TEST(run_fields(json{{"nodes", {{{"id", "i"}, {"type", "input"}}}}}).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(new_workflows)

BOOST_AUTO_TEST_CASE(an_export_and_a_mere_drawing_can_be_imported) {
  const auto whole =
      read_import(R"({"id":"x","name":"N","description":"D","canvas_state":)" + std::string(kCanvas) + "}");
  BOOST_REQUIRE(whole);
  BOOST_TEST((*whole).name == "N");
  BOOST_TEST(*(*whole).description == "D");
  BOOST_TEST(((*whole).canvas_state == canvas()));
  const auto drawing = read_import(R"({"nodes":[]})");
  BOOST_REQUIRE(drawing);
  BOOST_TEST((*drawing).name == "Imported workflow");
  BOOST_TEST((*drawing).canvas_state["edges"].is_array());
}

BOOST_AUTO_TEST_CASE(what_is_no_workflow_is_refused) {
  for (const auto* text : {"", "{", "[]", "3", "{}", R"({"canvas_state":3})"}) BOOST_TEST(!read_import(text), text);
}

BOOST_AUTO_TEST_CASE(a_name_that_is_taken_gets_the_next_number) {
  std::vector<api::Workflow> workflows(2);
  BOOST_TEST(unused_name("Ask", workflows) == "Ask");
  workflows[0].name = "Ask";
  BOOST_TEST(unused_name("Ask", workflows) == "Ask 2");
  workflows[1].name = "Ask 2";
  BOOST_TEST(unused_name("Ask", workflows) == "Ask 3");
}

BOOST_AUTO_TEST_SUITE_END()
