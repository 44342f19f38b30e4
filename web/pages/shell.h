// Shell: what stands around every page of a signed-in person, and how any page says that something failed.
#pragma once

#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

// Draws header and navigation, leaving the pen at the top of the main column.
void draw_shell(ui::Ui& ui, const state::AppState& state, state::Actions& actions);

// Ends the page: room below the last thing on it.
void end_page(ui::Ui& ui);

// What went wrong with a form, unless the form was edited since.
void draw_failure(ui::Ui& ui, std::string_view name, const std::optional<state::Failure>& failure,
                  std::uint32_t edits = 0);

// A failed load in place of the content, with a way to try again.
void draw_load_failure(ui::Ui& ui, const state::Failure& failure, state::Actions& actions);

}  // namespace ownkey::pages
