// The picture of a workflow's graph: as it is edited, or as a run goes through it.
#pragma once

#include <string>
#include <string_view>

#include "web/pages/drafts.h"
#include "web/state/run.h"

namespace ownkey::pages {

// What is drawn of the canvas, made anew when that was changed: with many steps this takes longer than a frame may.
CanvasView& view_of(WorkflowDraft& draft);

// With a run, each node shows how it is doing; without, the one that is being edited may be marked. The id of the
// clicked node, or empty.
std::string draw_workflow_graph(ui::Ui& ui, WorkflowDraft& draft, const std::vector<state::NodeRun>* run,
                                std::string_view selected);

struct StateLook {
  std::string_view word;
  ui::NodeLook look;
};
StateLook look_of(state::NodeState state);

}  // namespace ownkey::pages
