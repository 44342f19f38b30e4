// Workflows: any JSON is a graph that can run, or an error that says where it is wrong.
#include "server/workflow/graph.h"
#include "tests/fuzz/target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ownkey;
  const auto canvas = parse_json(fuzz::text_of(data, size));
  if (!canvas) return 0;
  const auto graph = workflow::Graph::parse(*canvas, "canvas_state");
  if (!graph) {
    fuzz::require(!graph.error().public_text.empty(), "an error says what is wrong");
    return 0;
  }
  for (const auto& edge : graph->edges())
    fuzz::require(edge.source < graph->nodes().size() && edge.target < graph->nodes().size(), "edges join nodes");
  for (const auto& node : graph->nodes()) fuzz::require(node.kind != nullptr, "every node has a kind");
  return 0;
}
