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
  std::optional<std::string> source_handle;
  std::optional<std::string> target_handle;

  static constexpr auto fields() {
    return std::tuple{Field{"source", &EdgeShape::source}, Field{"target", &EdgeShape::target},
                      Field{"sourceHandle", &EdgeShape::source_handle},
                      Field{"targetHandle", &EdgeShape::target_handle}};
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

// Says of which node it speaks: people know their nodes by these, not by their place in a list.
Error about_node(const std::string& id, Error error) {
  error.public_text = "node '" + id + "': " + error.public_text;
  return error;
}

Result<Node> read_node(const json& value, const std::string& path) {
  auto shape = from_json<NodeShape>(value, Unknown::Ignore, path);
  if (!shape) return std::move(shape.error());
  if (shape->id.empty()) return invalid(path + ".id", "a node needs an id that is not empty");
  const auto* kind = find_node_kind(shape->type);
  if (!kind)
    return invalid(path + ".type", "there is no node of type '" + shape->type + "'; use one of: " + node_kind_names());
  Node node{std::move(shape->id), kind, shape->data.value_or(json::object()), {}};
  if (!node.data.is_object()) return invalid(path + ".data", "the data of node '" + node.id + "' must be an object");
  auto settings = read_node_settings(node.data, path + ".data");
  if (!settings) return about_node(node.id, std::move(settings.error()));
  node.settings = *settings;
  if (auto checked = kind->check(node.data, path + ".data"); !checked)
    return about_node(node.id, std::move(checked.error()));
  return node;
}

Result<std::size_t> node_at_end(const Index& index, const std::string& id, const std::string& path,
                                std::string_view which_end) {
  const auto found = index.find(id);
  if (found != index.end()) return found->second;
  return invalid(path, "this edge " + std::string(which_end) + " at node '" + id + "', which does not exist");
}

Result<Edge> read_edge(const json& value, const std::vector<Node>& nodes, const Index& index, const std::string& path) {
  auto shape = from_json<EdgeShape>(value, Unknown::Ignore, path);
  if (!shape) return shape.error();
  const auto source = node_at_end(index, shape->source, path + ".source", "begins");
  if (!source) return source.error();
  const auto target = node_at_end(index, shape->target, path + ".target", "ends");
  if (!target) return target.error();
  Edge edge{*source, *target, shape->source_handle.value_or(""), shape->target_handle.value_or("")};
  const auto& from = nodes[edge.source];
  if (from.kind->branches && edge.source_handle != kTrueBranch && edge.source_handle != kFalseBranch)
    return about_node(from.id, invalid(path + ".sourceHandle",
                                       "an edge that leaves a condition begins at its handle 'true' or 'false'"));
  return edge;
}

// Kahn's algorithm: what cannot be put in order lies on a cycle or behind one.
std::optional<std::string> node_on_cycle(const std::vector<Node>& nodes, const std::vector<Edge>& edges) {
  std::vector<std::size_t> waiting_for;
  std::deque<std::size_t> ready;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    waiting_for.push_back(nodes[i].incoming.size());
    if (nodes[i].incoming.empty()) ready.push_back(i);
  }
  std::size_t done = 0;
  for (; !ready.empty(); ready.pop_front(), ++done)
    for (const auto edge : nodes[ready.front()].outgoing)
      if (--waiting_for[edges[edge].target] == 0) ready.push_back(edges[edge].target);
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
    auto edge = read_edge(shape->edges[i], graph.nodes_, index, at(path, "edges", i));
    if (!edge) return std::move(edge.error());
    auto& incoming = graph.nodes_[edge->target].incoming;
    // The same edge a second time brings nothing new.
    if (std::ranges::any_of(incoming, [&](auto other) { return graph.edges_[other] == *edge; })) continue;
    incoming.push_back(graph.edges_.size());
    graph.nodes_[edge->source].outgoing.push_back(graph.edges_.size());
    graph.edges_.push_back(std::move(*edge));
  }
  if (const auto id = node_on_cycle(graph.nodes_, graph.edges_))
    return invalid(prefix + "edges", "the edges form a circle that node '" + *id + "' waits for; remove one of them");
  return graph;
}

}  // namespace ownkey::workflow
