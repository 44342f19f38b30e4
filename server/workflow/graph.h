// Graph: a workflow's nodes and edges, proven to be runnable: known kinds of node, edges between nodes that exist, no
// cycle. Made from the JSON that React Flow draws; drawing fields are ignored here and kept where the workflow is
// stored. Immutable; safe from several threads.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "server/workflow/node_settings.h"
#include "shared/json.h"
#include "shared/result.h"

namespace ownkey::workflow {

struct NodeKind;

inline constexpr std::size_t kMaxNodes = 1000;
inline constexpr std::size_t kMaxEdges = 5000;

struct Edge {
  std::size_t source;  // indexes of nodes
  std::size_t target;
  // Which output of the source and which input of the target; empty for all of it.
  std::string source_handle;
  std::string target_handle;

  bool operator==(const Edge&) const = default;
};

struct Node {
  std::string id;
  const NodeKind* kind = nullptr;  // never null in a graph
  json data;                       // an object, checked by the kind
  NodeSettings settings;
  std::vector<std::size_t> incoming = {};  // indexes of edges, in their order
  std::vector<std::size_t> outgoing = {};
};

class Graph {
 public:
  // `canvas` is {"nodes": [...], "edges": [...]}. The error names the node or edge and the field
  // ("nodes[2].data.model", below `path` when one is given).
  static Result<Graph> parse(const json& canvas, const std::string& path = {});

  // In the order in which they were given.
  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<Edge>& edges() const { return edges_; }

 private:
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
};

}  // namespace ownkey::workflow
