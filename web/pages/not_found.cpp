// An address that means nothing here.
#include "web/pages/entry_frame.h"
#include "web/pages/pages.h"
#include "web/ui/label.h"

namespace ownkey::pages {

void draw_not_found(ui::Ui& ui, const state::AppState&, Drafts&, state::Actions& actions) {
  EntryFrame frame(ui, "Page not found");
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "intro",
                     .text = "There is nothing at this address. It may have been mistyped, or what was here is gone.",
                     .tone = ui::Tone::Muted});
  frame.lead_on({.name = "home", .label = "Go to the start page", .href = "/"}, actions);
}

}  // namespace ownkey::pages
