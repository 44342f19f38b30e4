// The pages. Each draws one screen from the state and the drafts, and adds what the person asks for to the actions.
#pragma once

#include "web/pages/drafts.h"
#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

void draw_starting(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);       // before it is known who is there
void draw_session_ended(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);  // over any page
void draw_login(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_register(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_api_keys(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_account(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_preferences(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_activity(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_usage(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_workflows(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_workflow(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_new_workflow(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_edit_workflow(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_runs(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_shortcuts(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);
void draw_not_found(ui::Ui&, const state::AppState&, Drafts&, state::Actions&);

}  // namespace ownkey::pages
