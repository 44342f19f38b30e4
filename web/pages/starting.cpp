// Before it is known who is there, and when the server cannot be asked.
#include "web/pages/entry_frame.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/ui/navigation.h"

namespace ownkey::pages {

void draw_starting(ui::Ui& ui, const state::AppState& state, Drafts&, state::Actions& actions) {
  if (state.session.phase == state::Session::Phase::Unreachable) {
    const EntryFrame frame(ui, state.session.failure.offline ? "No connection" : "Not available");
    ui.gap(ui::space::kField);
    draw_load_failure(ui, state.session.failure, actions);
    if (frame.brand_clicked()) actions.emplace_back(state::action::LoadAgain{});
    return;
  }
  const ui::Group main(ui, "main", "main");
  ui::header_ground(ui);
  const float width = std::min(ui.width() - 2 * ui::space::kField, ui::kContentWidth);
  ui.pen() = {(ui.width() - width) / 2, ui.metrics().header() + ui::space::kWide, width};
  ui::skeleton(ui, state.session.since_s, 2, 120);
}

}  // namespace ownkey::pages
