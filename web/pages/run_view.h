// What became of a run: its answer, or what went wrong, and what each node did.
#pragma once

#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

void draw_run(ui::Ui& ui, const state::Run& run, state::Actions& actions);

// "ran on your OpenAI key sk-...X8d2"
std::string receipt_text(const api::KeyReceipt& key);

}  // namespace ownkey::pages
