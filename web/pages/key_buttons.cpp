#include "web/pages/key_buttons.h"

namespace ownkey::pages {
namespace {

// What names the button for the eye need not repeat which key it is about.
std::string_view short_label(std::string_view label) {
  return label.ends_with(" label of") ? label.substr(0, label.find(' ')) : label;
}

}  // namespace

void draw_button(ui::ButtonRow& row, const CardView& view, const state::KeyName& key, const KeyButton& button,
                 bool ghost) {
  const std::string id = key_id(key, button.part), name = " " + key_name(view.keys, key);
  ui::ButtonSpec spec{.name = id,
                      .label = short_label(button.label),
                      .accessible_name = std::string(button.label) + name,
                      .look = button.look,
                      .submits = button.look == ui::Look::Primary};
  if (ghost) {
    spec.look = button.look == ui::Look::Danger ? ui::Look::GhostDanger : ui::Look::Ghost;
  } else {
    spec.busy = button.task != Task::None && view.work(key).task == button.task;
    spec.busy_label = short_label(button.busy_label);
    spec.busy_accessible_name = std::string(button.busy_label) + name;
  }
  if (row.button(spec)) view.ask(button.wish, key);
}

}  // namespace ownkey::pages
