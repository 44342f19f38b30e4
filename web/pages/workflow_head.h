// What stands above each page of one workflow: the way back, its name, the tabs between these pages,
// and what can be done with it as a whole.
#pragma once

#include "web/pages/drafts.h"
#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// Null while the workflow is not there: then what stands in its place is drawn, too.
const state::OpenWorkflow* draw_workflow_head(ui::Ui& ui, const state::AppState& state, Drafts& drafts,
                                              state::Actions& actions);

}  // namespace ownkey::pages
