// What stands above each page of one workflow: the way back, its name, and the tabs between these pages.
#pragma once

#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// Null while the workflow is not there: then what stands in its place is drawn, too.
const state::OpenWorkflow* draw_workflow_head(ui::Ui& ui, const state::AppState& state, state::Actions& actions);

}  // namespace ownkey::pages
