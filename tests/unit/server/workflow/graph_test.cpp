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
  BOOST_TEST((nodes[1].parents == std::vector<std::size_t>{0}));
  BOOST_TEST((nodes[1].children == std::vector<std::size_t>{2}));
}

BOOST_AUTO_TEST_CASE(parents_come_in_the_order_of_the_edges) {
  const auto parsed = Graph::parse(json::parse(R"({
    "nodes": [{"id":"a","type":"input"},{"id":"b","type":"input"},{"id":"c","type":"output"}],
    "edges": [{"source":"b","target":"c"},{"source":"a","target":"c"}]})"));
  BOOST_REQUIRE(parsed);
  BOOST_TEST((parsed->nodes()[2].parents == std::vector<std::size_t>{1, 0}));
}

BOOST_AUTO_TEST_CASE(each_mistake_names_the_node_or_edge_and_the_field) {
  BOOST_TEST(field_at_fault(R"([])") == "canvas_state");
  BOOST_TEST(field_at_fault(R"({"edges":[]})") == "canvas_state.nodes");
  BOOST_TEST(field_at_fault(R"({"nodes":{},"edges":[]})") == "canvas_state.nodes");
  BOOST_TEST(field_at_fault(R"({"nodes":[],"edges":[]})") == "canvas_state.nodes");
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
