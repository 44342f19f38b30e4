// What becomes of a run: how far it is, its answer, or what went wrong, and what each node does.
#pragma once

#include "web/pages/drafts.h"
#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// While it is under way.
void draw_progress(ui::Ui& ui, const state::Run& run, const json& canvas);

// The graph, and with a run all that is known of it. Without one, a node leads to where it is edited.
void draw_run(ui::Ui& ui, const state::Run* run, WorkflowDraft& draft, std::string_view edit_address,
              state::Actions& actions);

// Why a run could not begin.
void draw_run_failure(ui::Ui& ui, const state::Failure& failure, state::Actions& actions);

// "ran on your OpenAI key sk-...X8d2"
std::string receipt_text(const api::KeyReceipt& key);

}  // namespace ownkey::pages
