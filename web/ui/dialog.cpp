#include "web/ui/dialog.h"

namespace ownkey::ui {
namespace {

constexpr Color kShade{0, 0, 0, 110};

void draw_shade(Ui& ui, const std::string& name) {
  const Rect all{0, 0, ui.width(), ui.height()};
  ui.brush().set_layer(Layer::Ground);
  ui.brush().fill(all, kShade);
  ui.brush().set_layer(Layer::Content);
  ui.mirror().add({.tag = "div",
                   .id = node_id(name + ".shade"),
                   .rect = all,
                   .attributes = {{"data-look", "shade"}, {"aria-hidden", "true"}}});
}

}  // namespace

Backdrop::Backdrop(Ui& ui, bool behind_dialog)
    : ui_(ui), page_(ui, "div", "page", behind_dialog ? Attributes{{"inert", ""}} : Attributes{}) {
  ui.set_reachable(!behind_dialog);
}

Backdrop::~Backdrop() { ui_.set_reachable(true); }

Dialog::Dialog(Ui& ui, std::string_view name, std::string_view heading_name, std::string_view text_name, float top)
    : ui_(ui) {
  ui.brush().raise();
  draw_shade(ui, std::string(name));
  ui.pen() = lone_card(ui);
  ui.pen().y += top;
  card_.emplace(
      ui, name, heading_name,
      Attributes{{"role", "dialog"}, {"aria-modal", "true"}, {"aria-describedby", reference(node_id(text_name))}});
}

Dialog::~Dialog() {
  card_.reset();
  ui_.reserve_height(ui_.pen().y);
}

}  // namespace ownkey::ui
