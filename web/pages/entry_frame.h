// EntryFrame: the narrow, centred card that people meet before they are signed in.
#pragma once

#include <optional>
#include <string_view>

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

 private:
  ui::Ui& ui_;
  ui::Group main_;
  bool brand_clicked_;
  std::optional<ui::Card> card_;
};

}  // namespace ownkey::pages
