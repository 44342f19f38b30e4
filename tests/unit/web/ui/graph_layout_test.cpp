#include "web/ui/graph_layout.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey::ui;

namespace {

using Places = std::vector<std::optional<Point>>;

void check_apart(const GraphLayout& layout, float width) {
  for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
    const auto& a = layout.nodes[i];
    BOOST_TEST(a.x >= -0.5f);
    BOOST_TEST(a.right() <= width + 0.5f);
    BOOST_TEST(a.bottom() <= layout.height + 0.5f);
    for (std::size_t j = 0; j < i; ++j) {
      const auto& b = layout.nodes[j];
      BOOST_TEST((a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y));
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(graph_layouts)

BOOST_AUTO_TEST_CASE(a_chain_goes_from_left_to_right_where_there_is_room_and_down_where_there_is_none) {
  const std::vector<GraphEdge> edges{{0, 1}, {1, 2}};
  const auto wide = graph_layout(Places(3), edges, 680, 1);
  BOOST_TEST(wide.nodes[0].right() < wide.nodes[1].x);
  BOOST_TEST(wide.nodes[1].right() < wide.nodes[2].x);
  const auto narrow = graph_layout(Places(3), edges, 300, 1);
  BOOST_TEST(narrow.nodes[0].bottom() < narrow.nodes[1].y);
  check_apart(wide, 680);
  check_apart(narrow, 300);
}

BOOST_AUTO_TEST_CASE(every_node_is_behind_all_that_lead_to_it) {
  const std::vector<GraphEdge> edges{{0, 1}, {0, 2}, {1, 3}, {2, 3}, {0, 3}};
  const auto layout = graph_layout(Places(4), edges, 680, 1);
  for (const auto& edge : edges) BOOST_TEST(layout.nodes[edge.from].right() < layout.nodes[edge.to].x);
  check_apart(layout, 680);
}

BOOST_AUTO_TEST_CASE(many_nodes_side_by_side_go_on_in_the_next_row) {
  check_apart(graph_layout(Places(9), {}, 288, 1), 288);
  check_apart(graph_layout(Places(9), {}, 288, 2), 288);
}

BOOST_AUTO_TEST_CASE(places_are_kept_where_they_fit_and_give_the_order_where_not) {
  const auto kept = graph_layout({Point{0, 200}, Point{300, 0}}, {{0, 1}}, 680, 1);
  BOOST_TEST(kept.nodes[0].y == 200);
  BOOST_TEST(kept.nodes[1].x - kept.nodes[0].x == 300);
  const auto order = graph_layout({Point{0, 0}, Point{10, 90}, Point{10, 20}}, {{0, 1}, {0, 2}}, 680, 1);
  BOOST_TEST(order.nodes[2].y < order.nodes[1].y);
  check_apart(order, 680);
}

BOOST_AUTO_TEST_CASE(a_circle_is_drawn_too) {
  check_apart(graph_layout(Places(3), {{0, 1}, {1, 2}, {2, 0}}, 680, 1), 680);
  BOOST_TEST(graph_layout({}, {}, 680, 1).nodes.empty());
}

BOOST_AUTO_TEST_SUITE_END()
