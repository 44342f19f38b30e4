// What can be done with a workflow as a whole: rename, export, delete.
#pragma once

#include <optional>

#include "web/pages/drafts.h"
#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// The buttons: at the right of something that begins at that height, or below the pen.
void draw_workflow_tools(ui::Ui& ui, const api::Workflow& workflow, std::optional<float> beside,
                         state::Actions& actions);
float workflow_tools_width(ui::Ui& ui);

// The question whether to delete it, as long as that is asked.
void draw_workflow_deletion(ui::Ui& ui, const state::OpenWorkflow& open, const WorkflowDraft& draft,
                            state::Actions& actions);

}  // namespace ownkey::pages
