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
  std::string leads_to = {};  // the labels of what comes after it
  std::optional<Point> place = {};

  // How it is at the moment; all else stays as it is while the graph does.
  NodeLook look = NodeLook::Plain;
  std::string_view state = {};  // as a word; a literal
  bool selected = false;
};

// Which way an edge leaves one node and comes to the other; a way round goes past what lies between them.
struct Way {
  Point start, out, in, end;
  Point arrow;  // the direction at its end
};

// A graph, and how it was drawn last. There can be a thousand nodes, so the graph is kept from frame to frame, and what
// is neither seen nor different costs next to nothing.
class Graph {
 public:
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;

  // Across the pen's width; moves the pen below it. The index of the clicked node, or -1.
  int draw(Ui& ui, std::string_view name, std::string_view label);

 private:
  // Where it lies and how large its texts are.
  struct Ground {
    Pen pen;
    float scale, pixel_ratio;
    bool operator==(const Ground&) const = default;
  };
  struct Drawn {
    std::string detail;       // as much of it as there is room for
    MirrorNode item, button;  // the button has the place and the label
    NodeLook look;
    std::string_view state;
    bool selected;
  };

  void lay_out(Ui& ui);
  void dress(Ui& ui, const GraphNode& node, Drawn& drawn);
  bool draw_node(Ui& ui, const GraphNode& node, Drawn& drawn);

  std::optional<Ground> ground_;
  float height_ = 0;
  std::vector<Way> ways_;
  std::vector<Drawn> drawn_;
};

// The mark of a state, within a square of that size.
void node_mark(Ui& ui, NodeLook look, float x, float y, float size);

}  // namespace ownkey::ui
