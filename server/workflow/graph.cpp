#include "server/workflow/graph.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>

#include "server/workflow/node_kind.h"
#include "shared/fields.h"

namespace ownkey::workflow {
namespace {

// What we read of a node and an edge; everything else in them is the drawing's.
struct NodeShape {
  std::string id;
  std::string type;
  std::optional<json> data;

  static constexpr auto fields() {
    return std::tuple{Field{"id", &NodeShape::id}, Field{"type", &NodeShape::type}, Field{"data", &NodeShape::data}};
  }
};

struct EdgeShape {
  std::string source;
  std::string target;

  static constexpr auto fields() {
    return std::tuple{Field{"source", &EdgeShape::source}, Field{"target", &EdgeShape::target}};
  }
};

struct CanvasShape {
  std::vector<json> nodes;
  std::vector<json> edges;

  static constexpr auto fields() {
    return std::tuple{Field{"nodes", &CanvasShape::nodes}, Field{"edges", &CanvasShape::edges}};
  }
};

using Index = std::unordered_map<std::string, std::size_t>;

std::string at(const std::string& path, std::string_view list, std::size_t index) {
  return (path.empty() ? "" : path + ".") + std::string(list) + "[" + std::to_string(index) + "]";
}

Result<Node> read_node(const json& value, const std::string& path) {
  auto shape = from_json<NodeShape>(value, Unknown::Ignore, path);
  if (!shape) return std::move(shape.error());
  if (shape->id.empty()) return invalid(path + ".id", "a node needs an id that is not empty");
  const auto* kind = find_node_kind(shape->type);
  if (!kind)
    return invalid(path + ".type", "there is no node of type '" + shape->type + "'; use one of: " + node_kind_names());
  Node node{std::move(shape->id), kind, shape->data.value_or(json::object()), {}, {}};
  if (!node.data.is_object()) return invalid(path + ".data", "the data of node '" + node.id + "' must be an object");
  if (auto checked = kind->check(node.data, path + ".data"); !checked) return std::move(checked.error());
  return node;
}

Result<std::pair<std::size_t, std::size_t>> read_edge(const json& value, const Index& index, const std::string& path) {
  const auto shape = from_json<EdgeShape>(value, Unknown::Ignore, path);
  if (!shape) return shape.error();
  const auto source = index.find(shape->source);
  if (source == index.end())
    return invalid(path + ".source", "this edge begins at node '" + shape->source + "', which does not exist");
  const auto target = index.find(shape->target);
  if (target == index.end())
    return invalid(path + ".target", "this edge ends at node '" + shape->target + "', which does not exist");
  return std::pair{source->second, target->second};
}

// Kahn's algorithm: what cannot be put in order lies on a cycle or behind one.
std::optional<std::string> node_on_cycle(const std::vector<Node>& nodes) {
  std::vector<std::size_t> waiting_for;
  std::deque<std::size_t> ready;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    waiting_for.push_back(nodes[i].parents.size());
    if (nodes[i].parents.empty()) ready.push_back(i);
  }
  std::size_t done = 0;
  for (; !ready.empty(); ready.pop_front(), ++done)
    for (const auto child : nodes[ready.front()].children)
      if (--waiting_for[child] == 0) ready.push_back(child);
  if (done == nodes.size()) return std::nullopt;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (waiting_for[i] > 0) return nodes[i].id;
  return std::nullopt;
}

}  // namespace

Result<Graph> Graph::parse(const json& canvas, const std::string& path) {
  const auto shape = from_json<CanvasShape>(canvas, Unknown::Ignore, path);
  if (!shape) return shape.error();
  const std::string prefix = path.empty() ? "" : path + ".";
  if (shape->nodes.empty()) return invalid(prefix + "nodes", "a workflow needs at least one node");
  if (shape->nodes.size() > kMaxNodes)
    return invalid(prefix + "nodes", "a workflow can have at most " + std::to_string(kMaxNodes) + " nodes");
  if (shape->edges.size() > kMaxEdges)
    return invalid(prefix + "edges", "a workflow can have at most " + std::to_string(kMaxEdges) + " edges");

  Graph graph;
  Index index;
  for (std::size_t i = 0; i < shape->nodes.size(); ++i) {
    auto node = read_node(shape->nodes[i], at(path, "nodes", i));
    if (!node) return std::move(node.error());
    if (!index.emplace(node->id, i).second)
      return invalid(at(path, "nodes", i) + ".id", "two nodes have the id '" + node->id + "'; each needs its own");
    graph.nodes_.push_back(std::move(*node));
  }
  for (std::size_t i = 0; i < shape->edges.size(); ++i) {
    const auto edge = read_edge(shape->edges[i], index, at(path, "edges", i));
    if (!edge) return edge.error();
    auto& parents = graph.nodes_[edge->second].parents;
    // A second edge between the same two nodes brings nothing new.
    if (std::ranges::find(parents, edge->first) != parents.end()) continue;
    parents.push_back(edge->first);
    graph.nodes_[edge->first].children.push_back(edge->second);
  }
  if (const auto id = node_on_cycle(graph.nodes_))
    return invalid(prefix + "edges", "the edges form a circle that node '" + *id + "' waits for; remove one of them");
  return graph;
}

}  // namespace ownkey::workflow
