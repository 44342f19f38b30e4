#include "server/workflow/graph.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using workflow::Graph;

namespace {

std::string field_at_fault(const char* text) {
  const auto graph = Graph::parse(json::parse(text), "canvas_state");
  BOOST_REQUIRE(!graph);
  BOOST_TEST((graph.error().kind == ErrorKind::InvalidRequest));
  return graph.error().field;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(graph)

BOOST_AUTO_TEST_CASE(what_react_flow_draws_is_understood) {
  const auto parsed = Graph::parse(json::parse(R"({
    "nodes": [{"id":"a","type":"input","position":{"x":1,"y":2},"data":{"input":"hi","label":"Start"},"selected":true},
              {"id":"b","type":"llm","data":{"model":"gpt-3.5-turbo","label":"Ask"}},
              {"id":"c","type":"output"}],
    "edges": [{"id":"e1","source":"a","target":"b","sourceHandle":null,"animated":true},{"source":"b","target":"c"}],
    "viewport": {"x":0,"y":0,"zoom":1}})"));
  BOOST_REQUIRE(parsed);
  const auto& nodes = parsed->nodes();
  BOOST_REQUIRE(nodes.size() == 3U);
  BOOST_TEST(nodes[1].id == "b");
  BOOST_TEST((nodes[1].incoming == std::vector<std::size_t>{0}));
  BOOST_TEST((nodes[1].outgoing == std::vector<std::size_t>{1}));
  BOOST_TEST((parsed->edges()[0] == workflow::Edge{0, 1, "", ""}));
}

BOOST_AUTO_TEST_CASE(edges_come_in_their_order_and_the_same_one_once) {
  const auto parsed = Graph::parse(json::parse(R"({
    "nodes": [{"id":"a","type":"input"},{"id":"b","type":"input"},{"id":"c","type":"output"}],
    "edges": [{"source":"b","target":"c"},{"source":"a","target":"c"},{"source":"b","target":"c"},
              {"source":"b","target":"c","sourceHandle":"x","targetHandle":"y"}]})"));
  BOOST_REQUIRE(parsed);
  const std::vector<workflow::Edge> expected{{1, 2, "", ""}, {0, 2, "", ""}, {1, 2, "x", "y"}};
  BOOST_TEST((parsed->edges() == expected));
  BOOST_TEST((parsed->nodes()[2].incoming == std::vector<std::size_t>{0, 1, 2}));
}

BOOST_AUTO_TEST_CASE(each_mistake_names_the_node_or_edge_and_the_field) {
  BOOST_TEST(field_at_fault(R"([])") == "canvas_state");
  BOOST_TEST(field_at_fault(R"({"edges":[]})") == "canvas_state.nodes");
  BOOST_TEST(field_at_fault(R"({"nodes":{},"edges":[]})") == "canvas_state.nodes");
  BOOST_TEST(field_at_fault(R"({"nodes":[1],"edges":[]})") == "canvas_state.nodes[0]");
  BOOST_TEST(field_at_fault(R"({"nodes":[{"type":"input"}],"edges":[]})") == "canvas_state.nodes[0].id");
  BOOST_TEST(field_at_fault(R"({"nodes":[{"id":"","type":"input"}],"edges":[]})") == "canvas_state.nodes[0].id");
  BOOST_TEST(field_at_fault(R"({"nodes":[{"id":"a","type":"shell"}],"edges":[]})") == "canvas_state.nodes[0].type");
  BOOST_TEST(field_at_fault(R"({"nodes":[{"id":"a","type":"input","data":[]}],"edges":[]})") ==
             "canvas_state.nodes[0].data");
  BOOST_TEST(field_at_fault(R"({"nodes":[{"id":"a","type":"input"},{"id":"a","type":"end"}],"edges":[]})") ==
             "canvas_state.nodes[1].id");
  BOOST_TEST(field_at_fault(R"({"nodes":[{"id":"a","type":"input"}],"edges":[{"source":"a"}]})") ==
             "canvas_state.edges[0].target");
  BOOST_TEST(field_at_fault(R"({"nodes":[{"id":"a","type":"input"}],"edges":[{"source":"a","target":"b"}]})") ==
             "canvas_state.edges[0].target");
  BOOST_TEST(field_at_fault(R"({"nodes":[{"id":"a","type":"input"}],"edges":[{"source":"z","target":"a"}]})") ==
             "canvas_state.edges[0].source");
}

BOOST_AUTO_TEST_CASE(an_llm_node_is_checked_before_it_runs) {
  const auto field = [](const std::string& data) {
    return field_at_fault((R"({"nodes":[{"id":"a","type":"llm","data":)" + data + R"(}],"edges":[]})").c_str());
  };
  BOOST_TEST(field("{}") == "canvas_state.nodes[0].data.model");
  BOOST_TEST(field(R"({"model":" "})") == "canvas_state.nodes[0].data.model");
  BOOST_TEST(field(R"({"model":5})") == "canvas_state.nodes[0].data.model");
  BOOST_TEST(field(R"({"model":"m","provider":"acme"})") == "canvas_state.nodes[0].data.provider");
  BOOST_TEST(field(R"({"model":"m","temperature":"hot"})") == "canvas_state.nodes[0].data.temperature");
  BOOST_TEST(field(R"({"model":"m","temperature":3})") == "canvas_state.nodes[0].data.temperature");
  BOOST_TEST(field(R"({"model":"m","max_tokens":0})") == "canvas_state.nodes[0].data.max_tokens");
}

BOOST_AUTO_TEST_CASE(each_kind_of_node_is_checked_before_it_runs) {
  const auto field = [](const std::string& type, const std::string& data) {
    return field_at_fault(
        (R"({"nodes":[{"id":"a","type":")" + type + R"(","data":)" + data + R"(}],"edges":[]})").c_str());
  };
  const std::string at = "canvas_state.nodes[0].data.";
  BOOST_TEST(field("agent", R"({"model":"m","tools":["calculator","shell"]})") == at + "tools[1]");
  BOOST_TEST(field("agent", R"({"model":"m","max_steps":26})") == at + "max_steps");
  BOOST_TEST(field("agent", R"({"tools":[]})") == at + "model");
  BOOST_TEST(field("tool", R"({"tool":"shell"})") == at + "tool");
  BOOST_TEST(field("tool", R"({"tool":"calculator","args":[1]})") == at + "args");
  BOOST_TEST(field("condition", R"({"operator":"equals","value":1})") == at + "field");
  BOOST_TEST(field("condition", R"({"field":"x","operator":"like","value":1})") == at + "operator");
  BOOST_TEST(field("condition", R"({"field":"x","operator":"equals"})") == at + "value");
  BOOST_TEST(field("template", "{}") == at + "template");
  BOOST_TEST(field("custom", R"({"inputs":["a",5]})") == at + "inputs[1]");
  BOOST_TEST(field("custom", R"({"outputs":[{"name":""}]})") == at + "outputs[0]");
  BOOST_TEST(field("default", R"({"timeout_s":0})") == at + "timeout_s");
  BOOST_TEST(field("default", R"({"retries":6})") == at + "retries");
  BOOST_TEST(field("default", R"({"token_budget":"many"})") == at + "token_budget");
}

BOOST_AUTO_TEST_CASE(an_error_names_the_node_and_a_condition_has_two_handles) {
  const auto nameless = Graph::parse(json::parse(R"({"nodes":[{"id":"ask","type":"llm","data":{}}],"edges":[]})"));
  BOOST_REQUIRE(!nameless);
  BOOST_TEST(nameless.error().public_text.find("node 'ask'") != std::string::npos);
  const std::string nodes =
      R"({"nodes":[{"id":"if","type":"condition","data":{"field":"x","operator":"exists"}},{"id":"b","type":"end"}],)";
  BOOST_TEST(field_at_fault((nodes + R"("edges":[{"source":"if","target":"b"}]})").c_str()) ==
             "canvas_state.edges[0].sourceHandle");
  BOOST_TEST(field_at_fault((nodes + R"("edges":[{"source":"if","target":"b","sourceHandle":"maybe"}]})").c_str()) ==
             "canvas_state.edges[0].sourceHandle");
  BOOST_TEST(
      bool(Graph::parse(json::parse(nodes + R"("edges":[{"source":"if","target":"b","sourceHandle":"false"}]})"))));
}

BOOST_AUTO_TEST_CASE(a_circle_is_refused_however_small_or_long) {
  BOOST_TEST(field_at_fault(R"({"nodes":[{"id":"a","type":"default"}],"edges":[{"source":"a","target":"a"}]})") ==
             "canvas_state.edges");
  json canvas{{"nodes", json::array()}, {"edges", json::array()}};
  for (int i = 0; i < 500; ++i) {
    canvas["nodes"].push_back({{"id", std::to_string(i)}, {"type", "default"}});
    canvas["edges"].push_back({{"source", std::to_string(i)}, {"target", std::to_string((i + 1) % 500)}});
  }
  BOOST_TEST(!Graph::parse(canvas));
  canvas["edges"].erase(499);
  BOOST_TEST(bool(Graph::parse(canvas)));
}

BOOST_AUTO_TEST_CASE(too_many_nodes_or_edges_are_refused) {
  json canvas{{"nodes", json::array()}, {"edges", json::array()}};
  for (std::size_t i = 0; i < workflow::kMaxNodes; ++i)
    canvas["nodes"].push_back({{"id", std::to_string(i)}, {"type", "default"}});
  BOOST_TEST(bool(Graph::parse(canvas)));
  for (std::size_t i = 0; i <= workflow::kMaxEdges; ++i) canvas["edges"].push_back({{"source", "0"}, {"target", "1"}});
  BOOST_TEST(!Graph::parse(canvas));
  canvas["edges"].clear();
  canvas["nodes"].push_back({{"id", "one more"}, {"type", "default"}});
  BOOST_TEST(!Graph::parse(canvas));
}

BOOST_AUTO_TEST_SUITE_END()
