// EntryFrame: the narrow, centred card that people meet before they are signed in.
#pragma once

#include <optional>
#include <string_view>

#include "web/state/actions.h"
#include "web/state/app_state.h"
#include "web/ui/button.h"
#include "web/ui/panel.h"
#include "web/ui/ui.h"

namespace ownkey::pages {

class EntryFrame {
 public:
  EntryFrame(ui::Ui& ui, std::string_view heading);
  ~EntryFrame();
  EntryFrame(const EntryFrame&) = delete;
  EntryFrame& operator=(const EntryFrame&) = delete;

  bool brand_clicked() const { return brand_clicked_; }

  // The way to the other form, and home.
  void lead_on(const ui::LinkSpec& other, state::Actions& actions);

 private:
  ui::Ui& ui_;
  ui::Group main_;
  bool brand_clicked_;
  std::optional<ui::Card> card_;
};

// The end of a form: what went wrong, if anything, and the button that sends it; true when that was clicked.
bool draw_submit(ui::Ui& ui, const state::Form& entry, std::uint32_t edits, ui::ButtonSpec button);

}  // namespace ownkey::pages
