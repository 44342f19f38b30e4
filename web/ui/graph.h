// The picture of a graph. Every node is a button; what state it is in is said by colour, by a mark, and in its name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/ui/graph_layout.h"
#include "web/ui/ui.h"

namespace ownkey::ui {

enum class NodeLook { Plain, Waiting, Running, Done, Failed, Skipped };

struct GraphNode {
  std::string name;           // of the widget
  std::string label, detail;  // what it is called, and what it is
  std::string state = {};     // as a word
  std::string leads_to = {};  // the labels of what comes after it
  NodeLook look = NodeLook::Plain;
  bool selected = false;
  std::optional<Point> place = {};
};

struct Graph {
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
};

// Across the pen's width; moves the pen below it. The index of the clicked node, or -1.
int draw_graph(Ui& ui, std::string_view name, std::string_view label, const Graph& graph);

// The mark of a state, within a square of that size.
void node_mark(Ui& ui, NodeLook look, float x, float y, float size);

}  // namespace ownkey::ui
