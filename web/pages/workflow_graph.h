// The picture of a workflow's graph: as it is edited, or as a run goes through it.
#pragma once

#include <string>
#include <string_view>

#include "shared/json.h"
#include "web/state/run.h"
#include "web/ui/graph.h"

namespace ownkey::pages {

// With a run, each node shows how it is doing; without, the selected one is marked. The id of the clicked node, or
// empty.
std::string draw_workflow_graph(ui::Ui& ui, const json& canvas, const state::Run* run, std::string_view selected);

struct StateLook {
  std::string_view word;
  ui::NodeLook look;
};
StateLook look_of(state::NodeState state);

}  // namespace ownkey::pages
