// Dialogs: what has to be answered before the page can be used again.
#pragma once

#include <optional>
#include <string_view>

#include "web/ui/panel.h"

namespace ownkey::ui {

// The page without its dialog, as long as it lives. Behind one it is seen, but nothing in it can be reached.
class Backdrop {
 public:
  Backdrop(Ui& ui, bool behind_dialog);
  ~Backdrop();
  Backdrop(const Backdrop&) = delete;
  Backdrop& operator=(const Backdrop&) = delete;

 private:
  Ui& ui_;
  Group page_;
};

// A narrow card over the page, open as long as it lives; what is drawn meanwhile lies on it. To be drawn after the
// Backdrop. It stands at a place of the document and is scrolled with it, so that no window is too small for it.
class Dialog {
 public:
  // Named by the heading and described by the text of these names; `top` is where the view began when it was opened.
  Dialog(Ui& ui, std::string_view name, std::string_view heading_name, std::string_view text_name, float top);
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;

 private:
  Ui& ui_;
  std::optional<Card> card_;
};

}  // namespace ownkey::ui
