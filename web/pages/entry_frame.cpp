#include "web/pages/entry_frame.h"

#include <string>

#include "web/pages/shell.h"
#include "web/ui/label.h"
#include "web/ui/navigation.h"

namespace ownkey::pages {
namespace {

bool draw_brand(ui::Ui& ui) {
  ui.pen() = ui::lone_card(ui);
  const bool clicked = ui::brand(ui, (ui.width() - ui::brand_width(ui)) / 2, ui.pen().y, ui.width());
  ui.pen().y += ui::brand_height(ui) + ui::space::kCard;
  return clicked;
}

}  // namespace

EntryFrame::EntryFrame(ui::Ui& ui, std::string_view heading)
    : ui_(ui), main_(ui, "main", "main"), brand_clicked_(draw_brand(ui)) {
  const std::string title = "title." + std::string(heading);
  card_.emplace(ui, "entry", title);
  ui::heading(ui, 1, title, heading);
}

EntryFrame::~EntryFrame() {
  card_.reset();
  ui_.reserve_height(ui_.pen().y + ui::space::kSmall);
}

bool draw_submit(ui::Ui& ui, const state::Form& entry, std::uint32_t edits, ui::ButtonSpec button) {
  draw_failure(ui, "failure", entry.failure, edits);
  ui.gap(ui::space::kCard);
  button.look = ui::Look::Primary;
  button.submits = true;
  button.busy = entry.busy;
  return ui::wide_button(ui, button);
}

void EntryFrame::lead_on(const ui::LinkSpec& other, state::Actions& actions) {
  ui_.gap(ui::space::kField);
  if (ui::link(ui_, other)) actions.emplace_back(state::action::GoTo{other.href});
  if (brand_clicked_) actions.emplace_back(state::action::GoTo{"/"});
}

}  // namespace ownkey::pages
